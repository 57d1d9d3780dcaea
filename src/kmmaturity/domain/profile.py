"""The profile: counts per level, strengths, weaknesses and gaps, relative to the unit itself.

No unit is set against another, and there is no overall level unless its rule is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap, freeze
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import listed
from kmmaturity.domain.overall import Overall
from kmmaturity.domain.overall import overall as overall_level
from kmmaturity.domain.tables import Table
from kmmaturity.domain.tally import Tally, table, tally
from kmmaturity.errors import KmMaturityError

__all__ = ["By", "Gap", "Profile", "groups_of", "profile"]

By = Literal["outcome", "principle"]


@frozen(weakref_slot=False)
class Gap:
    """The way from a score to its target, nothing else. `score` is None where there is a target and no score."""

    sub: str
    score: int | None
    target: int
    by: date


@frozen(weakref_slot=False)
class Profile:
    """What an assessment looks like: the whole, each group, strengths, weaknesses and gaps.

    `groups` is keyed by outcome id, or by principle number when asked `by` principle, where a sub-outcome that serves
    several is counted in each. `strengths` are the sub-outcomes at the unit's own highest level scored, `weaknesses`
    those at its lowest; both are empty when all are equal, and `even` then says so.
    """

    by: By
    whole: Tally
    groups: FrozenMap[str, Tally] = field(converter=freeze)
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    even: bool = False
    overall: Overall | None = None
    handling: str | None = None
    titles: FrozenMap[str, str] = field(default=FrozenMap(), converter=freeze, repr=False)

    @property
    def table(self) -> Table:
        """Counts per level for each group and the whole, as a table."""
        groups = ((self.titles.get(name, name), each) for name, each in self.groups.items())
        return table([*groups, ("All", self.whole)], heading=self.by.title(), notes=self._notes())

    def _notes(self) -> list[str]:
        whole = self.whole
        notes = [self.handling.upper()] if self.handling else []
        notes.append(f"{whole}.")
        if self.even:
            notes.append("Even: every score is at the same level.")
        elif self.strengths:
            notes.append(f"Strengths, at level {whole.highest}: {', '.join(self.strengths)}.")
            notes.append(f"Weaknesses, at level {whole.lowest}: {', '.join(self.weaknesses)}.")
        if self.overall is not None:
            notes.append(f"{self.overall}.")
        return notes

    def __str__(self) -> str:
        return str(self.table)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def groups_of(model: MaturityModel, by: By) -> dict[str, tuple[str, ...]]:
    """The model's sub-outcomes by outcome, or by the principle that they serve, in the model's order."""
    if by == "outcome":
        return {outcome: model.within(outcome) for outcome in model.outcomes}
    if by == "principle":
        found: dict[int, list[str]] = {number: [] for number in model.principles}
        for sub, value in model.subs.items():
            for number in value.principles:
                found.setdefault(number, []).append(sub)
        return {str(number): tuple(subs) for number, subs in found.items()}
    raise KmMaturityError(f"a profile is by {listed(get_args(By))}, not by {by!r}")


def profile(assessment: Assessment, *, by: By = "outcome", overall: str | None = None) -> Profile:
    """The profile of `assessment`: the whole, and by outcome or principle (method, step 3).

    A single level is worked out only when `overall` names the rule: lowest, median or gated. Raises UnknownName.
    """
    model = assessment.model
    whole = tally(assessment, model.subs)
    even = whole.lowest == whole.highest
    levels = {sub: assessment.level(sub) for sub in model.subs}

    def at(level: int | None) -> tuple[str, ...]:
        return () if even else tuple(sub for sub, scored in levels.items() if scored == level)

    return Profile(
        by=by,
        whole=whole,
        groups={name: tally(assessment, subs) for name, subs in groups_of(model, by).items()},
        strengths=at(whole.highest),
        weaknesses=at(whole.lowest),
        gaps=tuple(_gaps(assessment)),
        even=even and whole.scored > 0,
        handling=assessment.handling,
        titles=_titles(model, by),
        overall=None if overall is None else overall_level(assessment, overall),
    )


def _titles(model: MaturityModel, by: By) -> dict[str, str]:
    if by == "principle":
        return {str(number): f"{number} {words}" for number, words in model.principles.items()}
    return {name: outcome.title for name, outcome in model.outcomes.items()}


def _gaps(assessment: Assessment) -> Iterator[Gap]:
    for sub in assessment.model.subs:
        answer = assessment.scores.get(sub)
        if answer is None or answer.target is None or answer.target.level == answer.score:
            continue
        if (by := assessment.target_date(sub)) is not None:
            yield Gap(sub, answer.score, answer.target.level, by)
