"""Priorities: one or two, with room, each with its targets (method, steps 4 and 5)."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.domain.assessment import State
from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.names import listed
from kmmaturity.domain.rules.plan.steps import GOOD, PRIORITIES, SCORES, all_scored, changed, chosen
from kmmaturity.domain.rules.rule import Context, Rule, assessment_with

__all__ = ["RULES"]


def too_many_priorities(context: Context) -> Iterator[Finding]:
    """One finding where more outcomes are priorities than the method advises; sub-outcomes of one count once."""
    outcomes = list(dict.fromkeys(map(context.model.outcome_of, chosen(context))))
    most = context.figures.priorities
    if len(outcomes) > most:
        advised = "one at most is advised" if most == 1 else f"{most} at most are advised"
        yield TOO_MANY.found(
            f"{len(outcomes)} outcomes are priorities: {listed(outcomes, last='and')}; {advised}",
            PRIORITIES,
            help=f"Keep {most} of them under `priorities:`, those where improving helps your business most, and leave "
            "the others for a later year.",
            on_key=True,
        )


def no_priority(context: Context) -> Iterator[Finding]:
    """One finding where all is scored and no priority is chosen yet."""
    assessment, model = context.assessment, context.model
    if assessment.priorities or context.waiting:
        return
    scored = [(sub, level) for sub in model.subs if (level := assessment.level(sub)) is not None]
    if any(level < model.highest(sub) for sub, level in scored):
        yield NO_PRIORITY.found("everything that applies is scored, and no priority is chosen yet", SCORES, on_key=True)


def without_target(context: Context) -> Iterator[Finding]:
    """One finding for each priority with scored sub-outcomes that have room and no target; each is told once."""
    told: set[str] = set()
    for name, pointer in chosen(context).items():
        missing = {}
        for sub in context.model.within(name):
            answer = context.assessment.answer(sub)
            if answer.score is None or answer.target is not None or sub in told:
                continue
            further = context.model.next_level(sub, answer.score)
            if further is not None and answer.score in context.model.levels:
                missing[sub] = further
        told |= missing.keys()
        if missing:
            sub, level = next(iter(missing.items()))
            others = ", and so on for the others" if len(missing) > 1 else ""
            yield WITHOUT_TARGET.found(
                f"{name} is a priority, and {listed(missing, last='and')} {'have' if others else 'has'} no target",
                pointer,
                help=f"Below `{sub}:` write the level that you want in a year, such as `target: {level}`{others}; "
                "staying put is a target too.",
            )


def without_room(context: Context) -> Iterator[Finding]:
    """One finding for each priority of which all that applies is at its highest level."""
    assessment, model = context.assessment, context.model
    for name, pointer in chosen(context).items():
        asked = [sub for sub in model.within(name) if assessment.state(sub) is not State.INAPPLICABLE]
        if asked and all(assessment.level(sub) == model.highest(sub) for sub in asked):
            yield WITHOUT_ROOM.found(f"{name} is a priority, and all of it is at its highest level already", pointer)


TOO_MANY = Rule(
    code="KMM401",
    name="too-many-priorities",
    family="plan",
    severity=Severity.WARNING,
    summary="More outcomes are priorities than the method advises: one or two.",
    why="Where everything comes first nothing does; a few small wins build what the harder steps need.",
    remedy="Keep the one or two where improving helps your business most, and leave the others for a later year.",
    leads_to=("KMM405", "KMM414"),
    bad=assessment_with("priorities: [learning, assets, culture]\n"),
    good=assessment_with("priorities: [learning.before, learning.after, assets]\n"),
    stands=True,
    judge=too_many_priorities,
)
NO_PRIORITY = Rule(
    code="KMM402",
    name="no-priority",
    family="plan",
    severity=Severity.INFO,
    summary="Everything is scored, and no priority is chosen yet.",
    why="A profile is a picture; choosing where to begin is what turns it into a plan.",
    remedy="Write `priorities:`, and below it `- outcome:` with one or two, where improving would help most.",
    leads_to=("KMM403", "KMM405", "KMM415"),
    bad=all_scored("{score: 0}"),
    good=all_scored("{score: 0, target: 0}", "priorities: [learning]\n"),
    judge=no_priority,
)
WITHOUT_TARGET = Rule(
    code="KMM403",
    name="priority-without-target",
    family="plan",
    severity=Severity.WARNING,
    summary="A priority has scored sub-outcomes with room and without a target.",
    why="A target says what you hope to see in a year, so that next year you can tell what came of it.",
    remedy="Write `target:` with the level that you want in a year; staying put is a target too.",
    leads_to=("KMM406", "KMM411", "KMM414"),
    bad=changed(("learning.after: {score: 0, target: 0}", "learning.after: {score: 0}")),
    good=GOOD,
    judge=without_target,
)
WITHOUT_ROOM = Rule(
    code="KMM415",
    name="priority-without-room",
    family="plan",
    severity=Severity.INFO,
    summary="All of a priority is at its highest level already.",
    why="Effort helps most where there is room; what is well in place wants keeping up, which needs no priority.",
    remedy="Choose an outcome with room, and take this one away.",
    leads_to=("KMM402", "KMM405", "KMM406"),
    bad=assessment_with(
        "scores:\n  communities.social: {score: 3, evidence: [The walking group has its seventh host]}\n"
        "priorities: [communities.social]\n"
    ),
    good=assessment_with(
        "scores:\n  communities.social: {score: 2, evidence: [The walking group meets weekly], target: 2}\n"
        "priorities: [communities.social]\n"
    ),
    judge=without_room,
)

RULES = (TOO_MANY, NO_PRIORITY, WITHOUT_TARGET, WITHOUT_ROOM)
