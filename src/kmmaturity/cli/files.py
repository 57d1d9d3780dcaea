"""The files that commands are given: read, or told in full what keeps them from being read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from unicodedata import normalize

import click

from kmmaturity import api
from kmmaturity.api.plain import importer_for
from kmmaturity.api.sources import PathLike, earlier_source
from kmmaturity.cli.console import note
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.names import listed, typed
from kmmaturity.errors import CannotRead, NoSuchFile
from kmmaturity.files.document import LARGEST, Document
from kmmaturity.hooks.addresses import scheme_of

__all__ = [
    "ASSUMED",
    "DAY",
    "STDIN",
    "assessment_at",
    "named_after",
    "previous_of",
    "refuse_other_endings",
    "source",
    "years_before",
]

STDIN = "-"


class Day(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on
    """A date on the command line, written as in files."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that `value` names."""
        if isinstance(value, date):
            return value
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            from kmmaturity.files.remedies import as_date  # a slip's need only

            self.fail(f"{value!r} is not a date. {as_date(value)[0]}", param, ctx)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is no day of the calendar.", param, ctx)


class Assumed(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on
    """A what-if on the command line: a sub-outcome and its level, as in learning.before=2."""

    name = "assumption"

    def convert(
        self, value: str | tuple[str, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """The sub-outcome and the level that `value` names."""
        if isinstance(value, tuple):
            return value
        sub, _, level = value.partition("=")
        if not sub or not re.fullmatch(r"-?\d+", level, re.ASCII):
            self.fail(f"{value!r} is not SUB-OUTCOME=LEVEL: write it as learning.before=2.", param, ctx)
        return sub, int(level)


ASSUMED, DAY = Assumed(), Day()


def named_after(assessed: date, unit: Sequence[str], *, ending: str = ".kmm.yaml") -> str:
    """The name of a new file: the day, the smallest unit, and the ending."""
    slug = re.sub(r"[^\w]+", "-", normalize("NFKC", unit[-1]).lower())[:60].strip("-") or "assessment"
    return f"{assessed}-{slug}{ending}"


def source(path: str) -> str | Document:
    """What `path` names, for the library to read: a file, an address, or `-` for standard input."""
    if path != STDIN:
        return path
    if sys.stdin.isatty():
        note("Reading from the terminal: end with Ctrl-D (on Windows, Ctrl-Z and Enter).")
    return Document("<stdin>", sys.stdin.buffer.read(LARGEST + 1))


def assessment_at(path: str, model: str | None = None) -> Assessment:
    """The assessment at `path`. Where it cannot be read, every finding is told as `check` does, and the run ends."""
    given = source(path)
    try:
        found = api.load(given, model=model)
    except NoSuchFile:
        raise
    except CannotRead as error:
        findings = api.check(given, model=model) if error.findings and importer_for(path) is None else None
        note(findings.render("full") if findings and findings.errors else str(error))
        raise click.exceptions.Exit(1) from None
    if found.beyond:
        lacking = f"{found.model.reference} does not ask for {listed(found.beyond)}"
        note(f"Note: {lacking}: kept in the file, and counted nowhere; `kmmaturity check {typed(path)}` tells more.")
    return found


def refuse_other_endings(target: str, ending: str) -> None:
    """Nothing where `target` is a name for YAML or JSON. Raises UsageError, which says how to name it, otherwise."""
    if target != STDIN and not target.lower().endswith((".yaml", ".yml", ".json")):
        named = typed(Path(target).with_suffix(ending) if Path(target).name else ending)
        raise click.UsageError(f"What is written is YAML or JSON, and {target} does not end so: name it {named}.")


def previous_of(
    assessment: Assessment, path: str, given: str | None, *, remedy: str = "--previous says where it is"
) -> Assessment | None:
    """Last time's assessment: `given`, or the one that the file at `path` names, if it is there and can be compared."""
    if given is not None:
        found = assessment_at(given)
    elif assessment.previous is None:
        return None
    else:
        named: PathLike | None = assessment.previous
        try:
            named = earlier_source(assessment, path)  # of standard input, `-`, in the current folder
            if named is None:
                place = assessment.previous
                note(f"Note: last time's assessment, {place}, is on the network, and is not opened; {remedy}.")
                return None
            found = api.load(named)
        except NoSuchFile:
            note(f"Note: last time's assessment, {named}, is not there; {remedy}.")
            return None
        except CannotRead:
            note(f"Note: last time's assessment, {named}, cannot be read; `kmmaturity check {typed(named)}` says why.")
            return None
    return found if _comparable(found, assessment) else None


def years_before(assessment: Assessment, path: str, *, remedy: str) -> Iterator[Assessment]:
    """The years before, as each file names the one before it; a file that names itself in the end is told once."""
    seen = {path if path == STDIN else str(Path(path).resolve())}
    while (found := previous_of(assessment, path, None, remedy=remedy)) is not None:
        named = str(assessment.previous)
        kept = scheme_of(named) is not None  # in a store, whose address is taken from the same folder each time
        path = path if kept else str(Path(path).parent / named)
        here = f"{named} {found.assessed}" if kept else str(Path(path).resolve())
        if here in seen:
            return
        seen.add(here)
        yield found
        assessment = found


def _comparable(before: Assessment, after: Assessment) -> bool:
    if before.model.levels != after.model.levels:
        levels = [listed(map(str, model.levels), last="and") for model in (before.model, after.model)]
        note(f"Note: last time was scored at levels {levels[0]}, and this at {levels[1]}; they are not compared.")
        return False
    if before.unit != after.unit:
        note(f"Note: the earlier assessment is of {', '.join(before.unit)}; this one is of {', '.join(after.unit)}.")
    return True
