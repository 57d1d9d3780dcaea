"""What comes next, and which dates have passed: the plan seen from a given day (method, step 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.plan import Review

__all__ = ["Agenda", "Entry", "Occasion", "agenda"]


class Occasion(StrEnum):
    """What falls on a day."""

    REVIEW = "review"
    ACTION = "action"
    TARGET = "target"


@frozen(weakref_slot=False)
class Entry:
    """One day of the plan: `what` in words, `about` the sub-outcomes it is for, and the role that looks after it."""

    day: date
    occasion: Occasion
    what: str
    about: tuple[str, ...] = ()
    owner: str | None = None


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


def agenda(assessment: Assessment, *, today: date) -> Agenda:
    """What the plan of `assessment` holds, seen from `today`."""
    entries = sorted(_entries(assessment), key=lambda entry: (entry.day, entry.occasion, entry.what))
    held = sorted((each for each in assessment.plan.reviews if each.held), key=lambda each: each.held or each.due)
    return Agenda(
        today=today,
        ahead=tuple(each for each in entries if each.day >= today),
        passed=tuple(each for each in entries if each.day < today),
        held=tuple(held),
        undated=tuple(
            Entry(date.max, Occasion.ACTION, each.action, each.towards, each.owner)
            for each in assessment.plan.actions
            if each.open and each.due is None
        ),
    )


def _entries(assessment: Assessment) -> Iterator[Entry]:
    for review in assessment.plan.reviews:
        if review.held is None:
            yield Entry(review.due, Occasion.REVIEW, "Review of the plan")
    for action in assessment.plan.actions:
        if action.open and action.due is not None:
            yield Entry(action.due, Occasion.ACTION, action.action, action.towards, action.owner)
    for sub in assessment.model.subs:
        answer, by = assessment.answer(sub), assessment.target_date(sub)
        if answer.target is None or by is None:
            continue
        if answer.score is None or answer.score < answer.target.level:
            wanted = assessment.model.level_title(answer.target.level)
            what = f"{assessment.model.subs[sub].title}: level {answer.target.level}, {wanted}"
            yield Entry(by, Occasion.TARGET, what, (sub,))
