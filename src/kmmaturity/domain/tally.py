"""Counts per level, which come before any other figure, and what can honestly be read off them.

Levels are ordinal, so nothing here is a mean. Sub-outcomes that are not assessed or not applicable are counted as such
and never as a level.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment, State
from kmmaturity.domain.frozen import FrozenMap, freeze
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.rounding import percent
from kmmaturity.domain.tables import Table
from kmmaturity.errors import KmMaturityError

__all__ = ["Tally", "off_the_scale", "table", "tally"]


@frozen(weakref_slot=False)
class Tally:
    """How many sub-outcomes stand at each level. `counts` has every level of the scale, zeros included."""

    counts: FrozenMap[int, int] = field(converter=freeze)
    unassessed: int = 0
    inapplicable: int = 0

    @property
    def scored(self) -> int:
        """How many sub-outcomes have a score."""
        return sum(self.counts.values())

    @property
    def applicable(self) -> int:
        """How many sub-outcomes apply: scored or not assessed yet."""
        return self.scored + self.unassessed

    @property
    def coverage(self) -> Fraction | None:
        """The share of the applicable sub-outcomes that is scored, exact; None where none applies."""
        return Fraction(self.scored, self.applicable) if self.applicable else None

    @property
    def lowest(self) -> int | None:
        """The lowest level scored, or None when nothing is."""
        return next((level for level, count in sorted(self.counts.items()) if count), None)

    @property
    def highest(self) -> int | None:
        """The highest level scored, or None when nothing is."""
        return next((level for level, count in sorted(self.counts.items(), reverse=True) if count), None)

    @property
    def median(self) -> int | None:
        """The low median: of an even number of scores the lower middle one, so that it is always a level given."""
        middle = (self.scored + 1) // 2
        passed = 0
        for level, count in sorted(self.counts.items()):
            passed += count
            if count and passed >= middle:
                return level
        return None

    def __str__(self) -> str:
        told = f"{self.scored} of {self.applicable} applicable sub-outcomes are scored"
        told += "" if self.coverage is None else f" ({percent(self.coverage)}%)"
        told += f"; {self.unassessed} not assessed yet" if self.unassessed else ""
        return told + (f"; {self.inapplicable} not applicable" if self.inapplicable else "")


def tally(assessment: Assessment, subs: Iterable[str]) -> Tally:
    """The count of `subs` by level and state."""
    counts = dict.fromkeys(assessment.model.levels, 0)
    unassessed = inapplicable = 0
    for sub in subs:
        answer = assessment.answer(sub)
        if answer.score is not None:
            if answer.score not in counts:
                raise off_the_scale(sub, answer.score, assessment.model)
            counts[answer.score] += 1
        elif answer.state is State.INAPPLICABLE:
            inapplicable += 1
        else:
            unassessed += 1
    return Tally(counts, unassessed, inapplicable)


def off_the_scale(sub: str, score: int | None, model: MaturityModel) -> KmMaturityError:
    """The error for a `score` that no level of `model` is."""
    return KmMaturityError(f"{sub} has the score {score}, which {model.reference} lacks")


def table(named: Iterable[tuple[str, Tally]], *, heading: str = "", notes: Iterable[str] = ()) -> Table:
    """The tallies as a table, a row for each under its name; a state that nothing is in has no column.

    Counts are numbers. A level is text, since nobody reckons with levels, and blank where nothing is scored.
    """
    names, tallies = zip(*named, strict=True)
    states = {
        "Not assessed": [each.unassessed for each in tallies],
        "Not applicable": [each.inapplicable for each in tallies],
    }
    columns: dict[str, list[int] | list[str]] = {
        **{f"Level {level}": [each.counts[level] for each in tallies] for level in tallies[0].counts},
        **{state: counts for state, counts in states.items() if any(counts)},
        "Low median": [_label(each.median) for each in tallies],
        "Lowest": [_label(each.lowest) for each in tallies],
    }
    rows = zip(names, *columns.values(), strict=True)
    return Table("Sub-outcomes at each level", [heading, *columns], rows, notes)


def _label(level: int | None) -> str:
    return "" if level is None else str(level)
