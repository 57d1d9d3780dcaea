"""Targets: a level up at a time, with what they rest on and the actions that lead there (method, steps 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.domain.findings import Finding, Related, Severity
from kmmaturity.domain.names import listed
from kmmaturity.domain.plan import Status
from kmmaturity.domain.rules.plan.steps import GOOD, SCORES, changed, chosen, misspelt, served_by, steps
from kmmaturity.domain.rules.rule import Context, Rule

__all__ = ["RULES"]


def target_below_score(context: Context) -> Iterator[Finding]:
    """One finding for each target below the score."""
    for sub, score, level, pointer in steps(context):
        if level < score:
            above = context.model.next_level(sub, score)
            further = "" if above is None else f", or `target: {above}` for the next level"
            yield BELOW_SCORE.found(
                f"{sub} is scored {score}, and its target is the lower {level}",
                pointer,
                help=f"Write `target: {score}` to stay put{further}.",
            )


def outside_priorities(context: Context) -> Iterator[Finding]:
    """One finding for each target above its score that lies within no priority, once priorities are chosen."""
    outside, priorities = _outside(context), listed(chosen(context), last="and")
    for sub, score, level, pointer in steps(context):
        if level > score and sub in outside:
            yield OUTSIDE.found(
                f"{sub} has the target {level}, and lies outside the priorities: {priorities}",
                pointer,
                help=f"Take the target away until its year comes, or write "
                f"`- outcome: {context.model.outcome_of(sub)}` below `priorities:`.",
            )


def _outside(context: Context) -> set[str]:
    """The sub-outcomes within no priority; none of them while no priority is chosen, or one is misspelt."""
    if not context.assessment.priorities or misspelt(context):
        return set()
    return context.model.subs.keys() - set(context.assessment.priority_subs)


def without_action(context: Context) -> Iterator[Finding]:
    """One finding for each target above its score that no action leads to; ideas and what is set aside do not count.

    Where priorities are chosen, a target outside them is told as that instead: it may be one for another year.
    """
    working = [each for each in context.assessment.plan.actions if each.open or each.status is Status.DONE]
    if any(not context.model.knows(name) for each in working for name in each.towards):
        return  # a misspelt name may be the one that is missed here, and is told already
    served = {sub for each in working for sub in served_by(context, each)}
    noted = {sub for each in context.assessment.plan.actions for sub in served_by(context, each)}
    outside = _outside(context)
    for sub, score, level, pointer in steps(context):
        if level > score and sub not in served and sub not in outside:
            there = "Write `status: planned` for the one that is there; or"
            idea = there if sub in noted else "Below `actions:` in `plan:`"
            yield WITHOUT_ACTION.found(
                f"{sub} is to go from {score} to {level}, and no action that is planned leads there",
                pointer,
                help=f"{idea} add `- action:` with what you will do, `towards: [{sub}]` and `status: planned`.",
            )


def more_than_one_level(context: Context) -> Iterator[Finding]:
    """One finding for each target that is more levels above its score than are advised at a time."""
    for sub, score, level, pointer in steps(context):
        levels = context.model.levels_of(sub)
        here = levels.index(score)
        if (rise := levels.index(level) - here) > context.figures.rise > 0:
            yield SEVERAL_LEVELS.found(
                f"{sub} is to go from {score} to {level}, which is {rise} levels at once",
                pointer,
                help=f"Write `target: {levels[here + context.figures.rise]}` for this year; the next can follow it.",
            )


def prerequisite_unplanned(context: Context) -> Iterator[Finding]:
    """One finding for each target that rests on something which is neither in place nor aimed at.

    What lies within a priority and has no target yet is told as that instead.
    """
    assessment, model = context.assessment, context.model
    inside = set(assessment.priority_subs)
    for sub, score, level, pointer in steps(context):
        seen = set()
        for edge in sorted(model.subs[sub].requires, key=lambda each: -each.at):
            if edge.needs in seen or edge.needs not in model.subs or not score < edge.level <= level:
                continue
            other = assessment.answer(edge.needs)
            if other.score is None or other.score >= edge.at or edge.at not in model.levels_of(edge.needs):
                continue
            if other.target is None and edge.needs in inside:
                continue
            if other.target is None or other.target.level < edge.at:
                seen.add(edge.needs)
                aim = "has no target" if other.target is None else f"has the target {other.target.level}"
                yield UNPLANNED.found(
                    f"{sub} is to reach {level}, which rests on level {edge.at} of {edge.needs}: that is scored "
                    f"{other.score} and {aim}",
                    pointer,
                    help=f"Below `{edge.needs}:` write `target: {edge.at}`; or write a lower `target:` here, and come "
                    "back to it when that is in place.",
                    related=[Related(f"{edge.needs} is scored {other.score}", SCORES / edge.needs / "score")],
                )


BELOW_SCORE = Rule(
    code="KMM404",
    name="target-below-score",
    family="plan",
    severity=Severity.WARNING,
    summary="A target is below the score.",
    why="A target is what you would like to see in a year; a lower one is most often two numbers that changed places.",
    remedy="Write the level that you want in a year: the present one to stay put, or the next.",
    bad=changed(
        (
            "{score: 1, evidence: [One index of all reports]",
            "{score: 1, evidence: [One index of all reports], target: 0",
        )
    ),
    good=GOOD,
    stands=True,
    judge=target_below_score,
)
OUTSIDE = Rule(
    code="KMM405",
    name="target-outside-priorities",
    family="plan",
    severity=Severity.INFO,
    summary="A target above its score is in none of the priorities.",
    why="Effort goes where the targets are, so those beside the priorities take from them.",
    remedy="Take the target away until its year comes, or make its outcome a priority.",
    leads_to=("KMM401", "KMM403", "KMM406", "KMM411", "KMM414"),
    bad=changed(
        (
            "{score: 1, evidence: [One index of all reports]",
            "{score: 1, evidence: [One index of all reports], target: 2",
        ),
        ("towards: [learning.before]", "towards: [learning.before, assets.reuse]"),
    ),
    good=GOOD,
    judge=outside_priorities,
)
WITHOUT_ACTION = Rule(
    code="KMM406",
    name="target-without-action",
    family="plan",
    severity=Severity.WARNING,
    summary="No action that is planned, under way or done leads to a target above its score.",
    why="A level is not reached by writing it down: somebody has to do something differently.",
    remedy="Plan an action towards it; one small step is enough to begin with.",
    leads_to=("KMM407", "KMM408", "KMM412", "KMM413"),
    bad=changed(("status: planned", "status: idea")),
    good=GOOD,
    judge=without_action,
)
SEVERAL_LEVELS = Rule(
    code="KMM409",
    name="more-than-one-level",
    family="plan",
    severity=Severity.INFO,
    summary="A target is two or more levels above the score.",
    why="Each level is the ground of the next; steps of one are those that last.",
    remedy="Write the next level as this year's target.",
    leads_to=("KMM414",),
    bad=changed(
        ("learning.after: {score: 0, target: 0}", "learning.after: {score: 0, target: 2}"),
        ("[learning.before]", "[learning]"),
    ),
    good=GOOD,
    stands=True,
    judge=more_than_one_level,
)
UNPLANNED = Rule(
    code="KMM414",
    name="target-prerequisite-unplanned",
    family="plan",
    severity=Severity.INFO,
    summary="A target rests on something that is neither in place nor aimed at.",
    why="The model says which steps come first; taking them in that order saves a year of pushing.",
    remedy="Give what comes first a target too, or aim lower here until it is in place.",
    leads_to=("KMM405", "KMM406", "KMM409", "KMM411", "KMM414"),
    bad=changed(("assets.reuse: {score: 1, evidence: [One index of all reports]}", "assets.reuse: {score: 0}")),
    good=GOOD,
    judge=prerequisite_unplanned,
)

RULES = (BELOW_SCORE, OUTSIDE, WITHOUT_ACTION, SEVERAL_LEVELS, UNPLANNED)
