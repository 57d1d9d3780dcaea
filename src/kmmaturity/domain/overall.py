"""A single level, only when somebody names the rule for reaching it; the rule is printed beside it.

The method gives no rule for an overall level, so there is no default here and no mean anywhere.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from kmmaturity.domain.assessment import Assessment, State
from kmmaturity.domain.names import no_such
from kmmaturity.domain.tally import tally

__all__ = ["OVERALL_RULES", "Overall", "overall"]


@frozen(weakref_slot=False)
class Overall:
    """A single level and its rule. `level` is None where the rule cannot tell; `told` says what the rule does."""

    rule: str
    level: int | None
    told: str

    def __str__(self) -> str:
        level = "cannot be told" if self.level is None else str(self.level)
        return f"Overall level by the rule {self.rule}: {level} ({self.told})"


def _lowest(assessment: Assessment) -> tuple[int | None, str]:
    level = tally(assessment, assessment.model.subs).lowest
    return level, "the lowest level scored"


def _median(assessment: Assessment) -> tuple[int | None, str]:
    level = tally(assessment, assessment.model.subs).median
    return level, "the low median of the levels scored"


def _gated(assessment: Assessment) -> tuple[int | None, str]:
    """Level n holds when it and all below it hold; a sub-outcome that stops short of a level does not gate it."""
    model = assessment.model
    applicable = [sub for sub in model.subs if assessment.state(sub) is not State.INAPPLICABLE]
    waiting = sum(assessment.state(sub) is State.UNASSESSED for sub in applicable)
    told = "the highest level that every applicable sub-outcome has reached, and every level below it"
    if waiting or not applicable:
        return None, f"{told}; it takes all of them, and {waiting} are not assessed yet" if waiting else told
    reached = {sub: assessment.scores[sub].score for sub in applicable}
    held = model.lowest
    for level in model.levels:
        asked = [score for sub, score in reached.items() if level <= model.highest(sub) and score is not None]
        if not asked or min(asked) < level:
            break
        held = level
    return held, told


OVERALL_RULES: dict[str, Callable[[Assessment], tuple[int | None, str]]] = {
    "lowest": _lowest,
    "median": _median,
    "gated": _gated,
}


def overall(assessment: Assessment, rule: str) -> Overall:
    """The single level of `assessment` by `rule`: lowest, median or gated. Raises UnknownName."""
    if rule not in OVERALL_RULES:
        raise no_such("rule", rule, OVERALL_RULES, where="an overall level")
    return Overall(rule, *OVERALL_RULES[rule](assessment))
