"""What comes next, and which dates have passed: the plan seen from a given day (method, step 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.plan import Review
from kmmaturity.domain.report import Report, report

__all__ = ["Agenda", "Entry", "Occasion", "agenda"]


class Occasion(StrEnum):
    """What falls on a day."""

    REVIEW = "review"
    ACTION = "action"
    TARGET = "target"


@frozen(weakref_slot=False)
class Entry:
    """One day of the plan: `what` in words, `about` the sub-outcomes it is for, and the role that looks after it.

    `id` is an action's, where it has one.
    """

    day: date
    occasion: Occasion
    what: str
    about: tuple[str, ...] = ()
    owner: str | None = None
    id: str | None = None


@frozen(weakref_slot=False)
class Agenda:
    """The plan on the day `today`: what is ahead, whose date has passed, reviews held, and actions with no date.

    Each is in order of its day. Actions that are done or set aside, and targets already met, are in none of them.
    """

    today: date
    ahead: tuple[Entry, ...]
    passed: tuple[Entry, ...]
    held: tuple[Review, ...]
    undated: tuple[Entry, ...] = ()


def agenda(subject: Assessment | Report, *, today: date) -> Agenda:
    """What the plan of an assessment, or of its report, holds, seen from `today`."""
    told = subject if isinstance(subject, Report) else report(subject, redact=())
    entries = sorted(_entries(told), key=lambda entry: (entry.day, entry.occasion, entry.what))
    held = sorted((each for each in told.plan.reviews if each.held), key=lambda each: each.held or each.due)
    return Agenda(
        today=today,
        ahead=tuple(each for each in entries if each.day >= today),
        passed=tuple(each for each in entries if each.day < today),
        held=tuple(held),
        undated=tuple(
            Entry(date.max, Occasion.ACTION, each.action, each.towards, each.owner, each.id)
            for each in told.plan.actions
            if each.open and each.due is None
        ),
    )


def _entries(told: Report) -> Iterator[Entry]:
    for review in told.plan.reviews:
        if review.held is None:
            yield Entry(review.due, Occasion.REVIEW, "Review of the plan")
    for action in told.plan.actions:
        if action.open and action.due is not None:
            yield Entry(action.due, Occasion.ACTION, action.action, action.towards, action.owner, action.id)
    titles = {level.level: level.title for level in told.scale}
    for row in told.rows:
        if row.target is None or row.target_by is None:
            continue
        if row.score is None or row.score < row.target:
            what = f"{row.title}: level {row.target}, {titles.get(row.target, row.target)}"
            yield Entry(row.target_by, Occasion.TARGET, what, (row.sub,))
