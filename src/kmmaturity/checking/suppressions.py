"""Rules set aside by a file itself, under `ignore:` with a reason: what that leaves out, and what is not needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve, frozen

from kmmaturity.checking.attempts import attempts
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.checking.settings import rule_help
from kmmaturity.domain.assessment import Assessment, Suppression
from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.domain.rules import Context, Rule, judge
from kmmaturity.domain.rules.config import SUPPRESSION_NOT_NEEDED, UNKNOWN_RULE_IN_IGNORE

__all__ = ["SetAside", "needless", "set_aside"]

IGNORE = Pointer(("ignore",))
RULE = 1  # the least closeness that counts: a file sets rules and families aside, never all


@frozen(weakref_slot=False)
class SetAside:
    """A finding that a file leaves out, and the file's reason."""

    finding: Finding
    because: str


def set_aside(found: Iterable[Finding], assessment: Assessment, book: Rulebook) -> tuple[list[Finding], list[SetAside]]:
    """The findings that stay, and those that the assessment sets aside."""
    kept: list[Finding] = []
    aside: list[SetAside] = []
    for finding in found:
        rule = book.rules.get(finding.code)
        by = next((each for each in assessment.ignore if rule and _covers(each, rule, finding, assessment)), None)
        if by is None:
            kept.append(finding)
        else:
            aside.append(SetAside(finding, by.because))
    return kept, aside


def needless(context: Context, aside: Iterable[SetAside], book: Rulebook) -> Iterator[Finding]:
    """What there is to say of the entries of `ignore`: unknown names, what cannot be set aside, what need not be.

    Whether an entry is needed does not hang on the day, nor on which rules this run looks for.
    """
    left_out = [each.finding for each in aside]
    for index, entry in enumerate(context.assessment.ignore):
        pointer = IGNORE / index / "rule"
        named = [rule for rule in book.rules.values() if (rule.closeness(entry.rule) or 0) >= RULE]
        fixed = next((rule for rule in named if _fixed(rule) and rule.closeness(entry.rule) == 2), None)
        if not named:
            yield UNKNOWN_RULE_IN_IGNORE.found(
                f"`ignore` names {entry.rule}, and there is no such rule or family",
                pointer,
                help=rule_help(entry.rule, book.rules.values()),
            )
        elif fixed is not None:
            yield SUPPRESSION_NOT_NEEDED.found(
                f"{fixed.code} {fixed.name} cannot be set aside, and is told all the same",
                pointer,
                help="Do what it asks for, and take the entry under `ignore:` away.",
            )
        elif not _needed(entry, named, context, left_out, book):
            of = f" for {entry.outcome}" if entry.outcome else ""
            yield SUPPRESSION_NOT_NEEDED.found(f"{entry.rule} is set aside{of}, and finds nothing there", pointer)


def _fixed(rule: Rule) -> bool:
    return rule.vital or (rule.family == "config" and rule.code.startswith("KMM"))


def _needed(entry: Suppression, named: list[Rule], context: Context, left_out: list[Finding], book: Rulebook) -> bool:
    assessment = context.assessment
    unsure = assessment.previous is not None and context.previous is None  # last time's file may make it needed
    beyond = entry.outcome is not None and not context.model.knows(entry.outcome)  # told as an unknown outcome
    if unsure or beyond or any(rule.across for rule in named):
        return True
    if any(_covers(entry, book.rules[finding.code], finding, assessment) for finding in left_out):
        return True
    for day in {date.min, date.max, context.today or date.max}:
        on_that_day = evolve(context, today=day, newest=True)
        found, mistakes = attempts(named, lambda rule: judge(on_that_day, [rule]), book.brought)  # noqa: B023
        if mistakes or any(_covers(entry, book.rules[each.code], each, assessment) for each in found):
            return True
    return False


def _covers(entry: Suppression, rule: Rule, finding: Finding, assessment: Assessment) -> bool:
    if _fixed(rule) or (rule.closeness(entry.rule) or 0) < RULE:
        return False
    outcome = entry.outcome
    return outcome is None or any(
        name == outcome or name.startswith(f"{outcome}.") for name in _concerned(finding.pointer, assessment)
    )


def _concerned(pointer: Pointer, assessment: Assessment) -> tuple[str, ...]:
    """The outcomes and sub-outcomes that a finding at `pointer` is about."""
    match [*pointer]:
        case ["scores" | "benefit", str(name), *_]:
            return (name,)
        case ["priorities", int(index), *_] if index < len(assessment.priorities):
            return (assessment.priorities[index].outcome,)
        case ["plan", "actions", int(index), *_] if index < len(assessment.plan.actions):
            return assessment.plan.actions[index].towards
        case _:
            return ()
