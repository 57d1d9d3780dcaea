"""Baselines: what is known to be wrong in files that came in from before, so that only what is new is told."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from kmmaturity.checking.fingerprints import without_positions
from kmmaturity.checking.result import Findings
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.domain.rules.config import PLUGIN_FAILED, SUPPRESSION_NOT_NEEDED
from kmmaturity.errors import KmMaturityError
from kmmaturity.files.places import locate
from kmmaturity.files.source import Source

__all__ = ["Baseline", "baseline_in"]

FORMAT = 1
VERSION, FILES = "kmmaturity-baseline", "files"

Key = tuple[str, str]  # the file as the baseline names it, and the code with where in the file
HALF_TOLD = ("file", "structure", "model")  # families whose errors keep other rules from looking


@frozen(eq=False)
class Baseline:
    """How often each finding is known, by file and by code and place in it; lines do not count.

    Files are named from the folder of the baseline itself, so it holds wherever the check is run from.
    """

    source: Source
    known: Mapping[Key, int] = field(factory=dict)

    @property
    def _folder(self) -> Path:
        return Path(os.path.abspath(self.source.path)).parent  # noqa: PTH100  # of the name that was given

    def key(self, finding: Finding) -> Key | None:
        """What a finding is known by; None for what is in no file, or says that the check cannot be relied on."""
        if finding.place is None or finding.place.path.startswith("<") or finding.code == PLUGIN_FAILED.code:
            return None
        where = without_positions(finding.pointer)
        return self.name(finding.place.path), f"{finding.code} {where}".rstrip()

    def name(self, path: str) -> str:
        """What the baseline calls the file at `path`."""
        try:
            return os.path.relpath(path, self._folder).replace(os.sep, "/")
        except ValueError:  # on another drive of Windows
            return path

    def applied(self, found: Findings, book: Rulebook) -> Findings:
        """What is not known yet, and, where the baseline has more than was found, that it need not."""
        new, known, left = self.parted(found)
        needless = book.told(self._needless(+left, found, book), "")
        return evolve(
            found,
            found=(*new, *needless),
            sources={**found.sources, self.source.path: self.source},
            known=(*found.known, *known),
        )

    def parted(self, found: Findings) -> tuple[list[Finding], list[Finding], Counter[Key]]:
        """What is new, what is known, and what is known and was not found."""
        left = Counter(self.known)
        new: list[Finding] = []
        known: list[Finding] = []
        for each in found:
            key = self.key(each)
            if key is not None and left[key] > 0:
                left[key] -= 1
                known.append(each)
            else:
                new.append(each)
        return new, known, left

    def renewed(self, found: Findings) -> str:
        """The text of a baseline of all that was found, in an order that depends on nothing else.

        What this one has of files that were not checked now stays, as long as they are there.
        """
        checked = {self.name(each) for each in found.checked}
        counts = Counter(key for each in found if (key := self.key(each)) is not None)
        for (name, entry), count in self.known.items():
            if name not in checked and (self._folder / name).exists():
                counts[name, entry] = count
        files: dict[str, dict[str, int]] = {}
        for (name, entry), count in sorted(counts.items()):
            files.setdefault(name, {})[entry] = count
        return json.dumps({VERSION: FORMAT, FILES: files}, indent=2) + "\n"

    def _needless(self, left: Mapping[Key, int], found: Findings, book: Rulebook) -> Iterator[Finding]:
        if SUPPRESSION_NOT_NEEDED not in book.in_force(""):
            return
        paths = {self.name(path): path for path in found.checked}
        unsure = {self.name(each.place.path) for each in found.errors if each.place and _half_told(each, book)}
        spots = None
        for (name, entry), count in left.items():
            rule = book.rules.get(entry.partition(" ")[0])
            looked = name in paths and name not in unsure and rule in book.in_force(paths[name])
            if rule is None or rule.across or not (looked or not (self._folder / name).exists()):
                continue
            spots = spots or locate(self.source, [Pointer((FILES, *key)) for key in left])
            spot = spots[Pointer((FILES, name, entry))]
            times = "" if count == 1 else f" {count} times"
            message = f"the baseline has {rule.code} {rule.name} of {name}{times}, and it is not there any more"
            help = (
                f"Good. `--write-baseline {self.source.path}` takes it away; it writes down what is new as well, so "
                "look at that first."
            )
            place = self.source.place(spot.key or spot.value)
            yield SUPPRESSION_NOT_NEEDED.found(message, Pointer((FILES, name, entry)), help=help).at(place)


def _half_told(finding: Finding, book: Rulebook) -> bool:
    rule = book.rules.get(finding.code)
    return rule is not None and rule.family in HALF_TOLD


def baseline_in(path: str, text: str) -> Baseline:
    """The baseline that the text of a file has. Raises KmMaturityError where it is none."""
    remedy = "name one that `--write-baseline` wrote, or a new file to write one"
    wrong = KmMaturityError(f"{path} is no baseline: {remedy}")
    try:
        data = json.loads(text)
        entries = data[FILES]
        whole = data[VERSION] == FORMAT and all(
            type(count) is int for each in entries.values() for count in each.values()
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise wrong from error
    if not whole:
        raise wrong
    known = {(name, entry): count for name, each in entries.items() for entry, count in each.items()}
    return Baseline(Source(path, text, "json"), known)
