"""The profile: counts per level first, the low median, the lowest, and coverage beside every figure.

Levels are ordinal, so nothing here is a mean. Sub-outcomes that are not assessed or not applicable are counted as
such and never as a level. Strengths and weaknesses are relative to the unit itself; no unit is set against another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal, get_args

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment, State
from kmmaturity.domain.frozen import FrozenMap, freeze
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import listed
from kmmaturity.errors import KmMaturityError

__all__ = ["By", "Change", "Comparison", "Gap", "Move", "Profile", "Progress", "Tally", "compare", "profile"]

By = Literal["outcome", "principle"]


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


def tally(assessment: Assessment, subs: Iterable[str]) -> Tally:
    """The count of `subs` by level and state."""
    counts = dict.fromkeys(assessment.model.levels, 0)
    unassessed = inapplicable = 0
    for sub in subs:
        answer = assessment.answer(sub)
        if answer.score is not None:
            if answer.score not in counts:
                raise KmMaturityError(f"{sub} has the score {answer.score}, which {assessment.model.reference} lacks")
            counts[answer.score] += 1
        elif answer.state is State.INAPPLICABLE:
            inapplicable += 1
        else:
            unassessed += 1
    return Tally(counts, unassessed, inapplicable)


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


def profile(assessment: Assessment, *, by: By = "outcome") -> Profile:
    """The profile of `assessment`: the whole, and by outcome or principle (method, step 3)."""
    whole = tally(assessment, assessment.model.subs)
    even = whole.lowest == whole.highest

    def at(level: int | None) -> tuple[str, ...]:
        return () if even else tuple(sub for sub in assessment.model.subs if assessment.level(sub) == level)

    return Profile(
        by=by,
        whole=whole,
        groups={name: tally(assessment, subs) for name, subs in groups_of(assessment.model, by).items()},
        strengths=at(whole.highest),
        weaknesses=at(whole.lowest),
        gaps=tuple(_gaps(assessment)),
        even=even and whole.scored > 0,
    )


def _gaps(assessment: Assessment) -> Iterator[Gap]:
    for sub in assessment.model.subs:
        answer, by = assessment.answer(sub), assessment.target_date(sub)
        if answer.target is not None and by is not None and answer.target.level != answer.score:
            yield Gap(sub, answer.score, answer.target.level, by)


class Move(StrEnum):
    """How a sub-outcome's answer changed. A fall is told as a rise is: scores often fall as a team learns."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    NEWLY_SCORED = "newly-scored"
    NO_LONGER_SCORED = "no-longer-scored"


class Progress(StrEnum):
    """What became of a target set last time."""

    REACHED = "reached"
    PART_WAY = "part-way"
    STILL_AHEAD = "still-ahead"
    SET_ASIDE = "set-aside"


@frozen(weakref_slot=False)
class Change:
    """One sub-outcome, then and now. `target` is last time's, and `progress` what became of it."""

    sub: str
    before: int | None
    after: int | None
    move: Move
    rebaselined: str | None = None
    target: int | None = None
    progress: Progress | None = None


@frozen(weakref_slot=False)
class Comparison:
    """Two assessments of one unit, on the sub-outcomes that both models have, in the later model's order.

    `left_out` names the sub-outcomes that only one of the two models has: they are not compared.
    """

    before: Tally
    after: Tally
    changes: tuple[Change, ...]
    left_out: tuple[str, ...] = ()

    def moved(self, move: Move) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.move is move)


def compare(before: Assessment, after: Assessment) -> Comparison:
    """What changed from `before` to `after`, and what became of the targets set then.

    Only sub-outcomes with the same id, on the same scale, are compared. Raises KmMaturityError when the two models
    share none, or when their scales differ.
    """
    if before.model.levels != after.model.levels:
        raise KmMaturityError(
            f"{before.model.reference} is scored at {listed(map(str, before.model.levels), last='and')} and "
            f"{after.model.reference} at {listed(map(str, after.model.levels), last='and')}: they cannot be compared"
        )
    shared = [sub for sub in after.model.subs if sub in before.model.subs]
    if not shared:
        raise KmMaturityError(f"{before.model.reference} and {after.model.reference} share no sub-outcome to compare")
    alone = [sub for sub in (*before.model.subs, *after.model.subs) if sub not in set(shared)]
    return Comparison(
        before=tally(before, shared),
        after=tally(after, shared),
        changes=tuple(_change(before, after, sub) for sub in shared),
        left_out=tuple(alone),
    )


def _change(before: Assessment, after: Assessment, sub: str) -> Change:
    then, now = before.answer(sub), after.answer(sub)
    return Change(
        sub=sub,
        before=then.score,
        after=now.score,
        move=_move(then.score, now.score),
        rebaselined=now.rebaselined,
        target=then.target.level if then.target else None,
        progress=_progress(then.score, then.target.level, now.score, now.state) if then.target else None,
    )


def _move(then: int | None, now: int | None) -> Move:
    if then is None or now is None:
        if then == now:
            return Move.SAME
        return Move.NEWLY_SCORED if then is None else Move.NO_LONGER_SCORED
    return Move.SAME if then == now else Move.ROSE if now > then else Move.FELL


def _progress(then: int | None, target: int, now: int | None, state: State) -> Progress:
    if state is State.INAPPLICABLE:
        return Progress.SET_ASIDE
    if now is None:
        return Progress.STILL_AHEAD
    if now >= target:
        return Progress.REACHED
    return Progress.PART_WAY if then is not None and now > then else Progress.STILL_AHEAD
