"""The findings of a run, as one value that counts and renders itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import overload

from attrs import field, frozen

from kmmaturity.checking.settings import severity_of
from kmmaturity.checking.suppressions import SetAside
from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.names import no_such
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.domain.rules.config import PLUGIN_FAILED
from kmmaturity.domain.tables import Table
from kmmaturity.files.source import Source

__all__ = ["FORMATS", "Findings", "joined"]

# One module of `checking.formats` each, with a function `render(findings) -> str`.
FORMATS = ("full", "concise", "json", "github", "gitlab", "azure", "junit", "sarif", "markdown")


@frozen(eq=False)
class Findings(Sequence[Finding]):
    """What a check found, in reading order; true when there is anything to say.

    `sources` holds the texts, for excerpts, by path; `checked` the paths of every file looked at, clean ones too.
    `rules` are those that were there to look for, by code, `aside` what files themselves leave out, and `known` what a
    baseline does. `fail_on` is the least severity that makes the exit code 1, unless another is given.
    """

    found: tuple[Finding, ...] = ()
    sources: Mapping[str, Source] = field(factory=dict, repr=False)
    checked: tuple[str, ...] = ()
    rules: Mapping[str, Rule] = field(default=CATALOGUE, repr=False)
    aside: tuple[SetAside, ...] = ()
    known: tuple[Finding, ...] = ()
    fail_on: Severity = Severity.ERROR

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.found)

    def __str__(self) -> str:
        return self.render("concise")

    @property
    def table(self) -> Table:
        """Each finding with where it is, what it says and what to do, as a table."""
        from kmmaturity.checking.formats.text import counted, tame  # a notebook's need only

        rows = [
            [tame(str(each.place or each.pointer)), str(each.severity), each.code, tame(each.message), tame(each.help)]
            for each in self.found
        ]
        caption = counted(len(rows), "finding") if rows else "Nothing found"
        return Table(caption, ["Where", "Severity", "Rule", "What", "What to do"], rows)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def __add__(self, other: Findings) -> Findings:
        return joined((self, other), fail_on=min(self.fail_on, other.fail_on), rules={**self.rules, **other.rules})

    def at(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of exactly this severity."""
        return tuple(each for each in self.found if each.severity is severity)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that say a file is broken."""
        return self.at(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that advise."""
        return self.at(Severity.WARNING)

    @property
    def infos(self) -> tuple[Finding, ...]:
        """The findings that are worth knowing."""
        return self.at(Severity.INFO)

    @property
    def crashed(self) -> bool:
        """Whether a rule did not work, so that something may be left unsaid."""
        return any(each.code == PLUGIN_FAILED.code and each.severity is Severity.ERROR for each in self.found)

    def mendable(self, *, unsafe: bool = False) -> tuple[Finding, ...]:
        """The findings that a program may put right, without being asked to guess unless `unsafe`."""
        kinds = ("safe", "unsafe") if unsafe else ("safe",)
        return tuple(
            each
            for each in self.found
            if each.instead is not None and each.code in self.rules and self.rules[each.code].fix in kinds
        )

    def failing(self, fail_on: Severity | str | None = None) -> tuple[Finding, ...]:
        """The findings that are at least as severe as `fail_on`: error, warning or info. Raises UnknownName."""
        least = self.fail_on if fail_on is None else severity_of(fail_on)
        return tuple(each for each in self.found if each.severity >= least)

    def exit_code(self, fail_on: Severity | str | None = None) -> int:
        """3 when a rule did not work, 1 when any finding is at least as severe as `fail_on`, else 0.

        Raises UnknownName.
        """
        failing = self.failing(fail_on)
        return 3 if self.crashed else int(bool(failing))

    def render(self, format: str = "full") -> str:
        """The findings as text, in one of `FORMATS`: full has excerpts, concise a line each. Raises UnknownName."""
        if format not in FORMATS:
            raise no_such("format", format, FORMATS, where="check")
        return str(import_module(f"kmmaturity.checking.formats.{format}").render(self))


def joined(
    every: Iterable[Findings], *, fail_on: Severity = Severity.ERROR, rules: Mapping[str, Rule] = CATALOGUE
) -> Findings:
    """What several checks found, one after the other."""
    found: list[Finding] = []
    sources: dict[str, Source] = {}
    checked: list[str] = []
    aside: list[SetAside] = []
    known: list[Finding] = []
    for each in every:
        found += each.found
        sources |= each.sources
        checked += each.checked
        aside += each.aside
        known += each.known
    return Findings(tuple(found), sources, tuple(checked), rules, tuple(aside), tuple(known), fail_on)
