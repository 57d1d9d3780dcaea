"""Actions and reviews: who, by when, and when the plan is looked at again (method, step 7). Ideas are free."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kmmaturity.domain.findings import Finding, Related, Severity
from kmmaturity.domain.months import months_after
from kmmaturity.domain.names import listed
from kmmaturity.domain.rules.plan.steps import (
    GOOD,
    PLAN,
    SCORES,
    changed,
    named,
    open_actions,
    served_by,
    status_of,
    target_days,
)
from kmmaturity.domain.rules.rule import Context, Rule

__all__ = ["RULES"]


def without_owner(context: Context) -> Iterator[Finding]:
    """One finding for each action, planned or under way, that no role looks after."""
    for action, pointer in open_actions(context):
        if not (action.owner or "").strip():
            yield WITHOUT_OWNER.found(f"{named(action)} is {status_of(action)} and has no owner", pointer / "status")


def without_date(context: Context) -> Iterator[Finding]:
    """One finding for each action, planned or under way, that has no date."""
    targets = target_days(context)
    for action, pointer in open_actions(context):
        if action.due is None:
            days = [targets[sub] for sub in served_by(context, action) if sub in targets]
            by = min(days, default=months_after(context.assessment.assessed, 12)).isoformat()
            why = "by then its target is to be reached" if days else "a year after `assessed`, or sooner"
            yield WITHOUT_DATE.found(
                f"{named(action)} is {status_of(action)} and has no date",
                pointer / "status",
                help=f"Add `due: {by}` ({why}), or write `status: idea` until you know.",
            )


def after_target_date(context: Context) -> Iterator[Finding]:
    """One finding for each open action that is due after the last of the targets that it serves."""
    targets = target_days(context)
    for action, pointer in open_actions(context):
        days = {sub: targets[sub] for sub in served_by(context, action) if sub in targets}
        if action.due is None or not days or action.due <= (last := max(days.values())):
            continue
        sub = next(sub for sub, day in days.items() if day == last)
        yield AFTER_TARGET.found(
            f"{named(action)} is due on {action.due.isoformat()}, and the target of {sub} is for {last.isoformat()}",
            pointer / "due",
            help=f"Write `due: {last.isoformat()}` or an earlier day; or give the target that long, with `by: "
            f"{action.due.isoformat()}`.",
            related=[Related(f"The target of {sub}", SCORES / sub / "target")],
        )


def date_passed(context: Context) -> Iterator[Finding]:
    """One finding for each open action whose date is before `today`, in a unit's newest assessment."""
    if context.today is None or not context.newest:
        return
    for action, pointer in open_actions(context):
        if action.due is not None and action.due < context.today:
            yield DATE_PASSED.found(
                f"{named(action)} is {status_of(action)}, and its date, {action.due.isoformat()}, has passed",
                pointer / "due",
            )


def without_review(context: Context) -> Iterator[Finding]:
    """One finding where there are open actions and no day on which to look at them.

    A file in which nothing is scored has last year's actions at most: its own plan is still to come.
    """
    begun = any(answer.score is not None for answer in context.assessment.scores.values())
    actions = sum(1 for _ in open_actions(context))
    if actions and begun and not context.assessment.plan.reviews:
        due = months_after(context.assessment.assessed, max(1, context.figures.review)).isoformat()
        count = "an action" if actions == 1 else f"{actions} actions"
        yield WITHOUT_REVIEW.found(
            f"the plan has {count} and no review",
            PLAN,
            help=f"In `plan:` write `reviews: [{{due: {due}}}]`, with the day on which you will look at it.",
            on_key=True,
        )


def review_gap(context: Context) -> Iterator[Finding]:
    """One finding where open actions go without review for long in the year after the assessment."""
    plan, start, most = context.assessment.plan, context.assessment.assessed, context.figures.review
    if most < 1 or not plan.reviews or not any(open_actions(context)):
        return
    end = months_after(start, 12)
    days = sorted({start, end, *(day for each in plan.reviews if start < (day := each.held or each.due) < end)})
    wanted = []
    for before, after in pairwise(days):
        day, months = months_after(before, most), most
        while day < after:
            wanted.append(day.isoformat())
            months += most
            day = months_after(before, months)
    if wanted:
        each = [f"`- due: {day}`" for day in wanted]
        yield REVIEW_GAP.found(
            f"more than {most} months go by without a review in the year from {start.isoformat()}",
            PLAN / "reviews",
            help=f"Below `reviews:` add {listed(each, most=12, last='and')}, or days near them.",
            on_key=True,
        )


WITHOUT_OWNER = Rule(
    code="KMM407",
    name="action-without-owner",
    family="plan",
    severity=Severity.WARNING,
    summary="An action that is planned or under way has no owner.",
    why="An action that somebody looks after gets done. The owner is a role, so that it outlives a change of post.",
    remedy="Add `owner:` with a role, such as `owner: Knowledge Lead`; or write `status: idea` until there is one.",
    bad=changed(("      owner: Project Support Lead\n", "")),
    good=GOOD,
    stands=True,
    judge=without_owner,
)
WITHOUT_DATE = Rule(
    code="KMM413",
    name="action-without-date",
    family="plan",
    severity=Severity.WARNING,
    summary="An action that is planned or under way has no date.",
    why="A date is what a review looks for. Without one an action is still an idea, and ideas are welcome.",
    remedy="Add `due:` with a day, or write `status: idea` until you know.",
    leads_to=("KMM410",),
    bad=changed(("      due: 2027-04-30\n", "")),
    good=GOOD,
    stands=True,
    judge=without_date,
)
AFTER_TARGET = Rule(
    code="KMM411",
    name="action-after-target-date",
    family="plan",
    severity=Severity.WARNING,
    summary="An action is due after the targets that it is for.",
    why="An action helps a target only if it comes first.",
    remedy="Bring the action forward, or give the target more time.",
    leads_to=("KMM410",),
    bad=changed(("due: 2027-04-30", "due: 2028-01-31")),
    good=GOOD,
    judge=after_target_date,
)
DATE_PASSED = Rule(
    code="KMM410",
    name="action-date-passed",
    family="plan",
    severity=Severity.INFO,
    summary="The date of an action that is planned or under way has passed.",
    why="A plan that is kept up to date can be relied on; what came of an action is worth a note either way.",
    remedy="Write `status: done` if it is, or a new `due:`, or `status: set-aside`; `note:` says what came of it.",
    bad=changed(("due: 2027-04-30", "due: 2026-11-30")),
    good=GOOD,
    stands=True,
    judge=date_passed,
)
WITHOUT_REVIEW = Rule(
    code="KMM408",
    name="plan-without-review",
    family="plan",
    severity=Severity.WARNING,
    summary="The plan has actions, and no day on which it is looked at again.",
    why="Plans change as the year does. A review is there to help, and keeps what was found.",
    remedy="Write `reviews:` in `plan:`, with the days on which you will look at it.",
    leads_to=("KMM412",),
    bad=changed(("  reviews: [{due: 2027-05-24}]\n", "")),
    good=GOOD,
    judge=without_review,
)
REVIEW_GAP = Rule(
    code="KMM412",
    name="review-gap",
    family="plan",
    severity=Severity.INFO,
    summary="The plan goes without review for more than six months.",
    why="In half a year people and aims change; a short look keeps a plan from being found again at year's end.",
    remedy="Add a review in between.",
    bad=changed(("due: 2027-05-24", "due: 2027-02-24")),
    good=GOOD,
    judge=review_gap,
)

RULES = (WITHOUT_OWNER, WITHOUT_DATE, AFTER_TARGET, DATE_PASSED, WITHOUT_REVIEW, REVIEW_GAP)
