"""Last year beside this: what rose, fell or stayed, and what became of the targets. A fall is told as a rise is."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from kmmaturity.domain.assessment import Assessment, Rate, Score, State
from kmmaturity.domain.names import listed
from kmmaturity.domain.plan import Status
from kmmaturity.domain.tables import Table
from kmmaturity.domain.tally import Tally, tally
from kmmaturity.errors import KmMaturityError

__all__ = ["Change", "Comparison", "Move", "Progress", "compare"]


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


MOVES = {
    Move.ROSE: "up",
    Move.FELL: "down",
    Move.SAME: "same",
    Move.NEWLY_SCORED: "newly scored",
    Move.NO_LONGER_SCORED: "no longer scored",
}


@frozen(weakref_slot=False)
class Change:
    """One sub-outcome, then and now. `target` is last time's, and `progress` what became of it."""

    sub: str
    title: str
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
    handling: str | None = None

    @property
    def table(self) -> Table:
        """Each sub-outcome then and now, with what became of its target."""
        rows = [
            [each.title, _told(each.before), _told(each.after), MOVES[each.move], _aimed(each), each.rebaselined or ""]
            for each in self.changes
        ]
        columns = ["Sub-outcome", "Then", "Now", "Change", "Target then", "Note"]
        notes = [self.handling.upper()] if self.handling else []
        notes += [f"Then: {self.before}.", f"Now: {self.after}."]
        if self.left_out:
            notes.append(f"Left out, since only one of the two models has it: {', '.join(self.left_out)}.")
        return Table("This year beside last", columns, rows, notes)

    def __str__(self) -> str:
        return str(self.table)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def moved(self, move: Move) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.move is move)


def _told(level: int | None) -> str:
    return "not scored" if level is None else str(level)


def _aimed(change: Change) -> str:
    return "" if change.progress is None else f"{change.target}, {change.progress.replace('-', ' ')}"


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
        handling=after.handling or before.handling,
    )


def _change(before: Assessment, after: Assessment, sub: str) -> Change:
    then, now = before.answer(sub), after.answer(sub)
    return Change(
        sub=sub,
        title=after.model.subs[sub].title,
        before=then.score,
        after=now.score,
        move=_move(then.score, now.score),
        rebaselined=now.rebaselined,
        target=then.target.level if then.target else None,
        progress=_progress(then, now, then.target.level, dropped=_dropped(after, sub)) if then.target else None,
    )


def _dropped(after: Assessment, sub: str) -> bool:
    """Whether the file says that work on `sub` was let go of: an action set aside, or a benefit of not now."""
    actions = [each for each in after.plan.actions if sub in each.towards]
    let_go = after.rate(sub) is Rate.NOT_NOW or any(each.status is Status.SET_ASIDE for each in actions)
    return let_go and after.answer(sub).target is None


def _move(then: int | None, now: int | None) -> Move:
    if then is None or now is None:
        if then == now:
            return Move.SAME
        return Move.NEWLY_SCORED if then is None else Move.NO_LONGER_SCORED
    return Move.SAME if then == now else Move.ROSE if now > then else Move.FELL


def _progress(then: Score, now: Score, target: int, *, dropped: bool) -> Progress:
    if now.score is not None and now.score >= target:
        return Progress.REACHED
    if now.state is State.INAPPLICABLE or dropped:
        return Progress.SET_ASIDE
    if now.score is not None and then.score is not None and now.score > then.score:
        return Progress.PART_WAY
    return Progress.STILL_AHEAD
