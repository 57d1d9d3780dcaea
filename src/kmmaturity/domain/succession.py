"""Next year's assessment from this year's: what carries over, and what is asked afresh (method, step 8)."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Score, State
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.plan import ActionPlan, Status

__all__ = ["successor"]


def successor(
    last: Assessment, *, assessed: date, model: MaturityModel | None = None, previous: str | None = None
) -> Assessment:
    """The assessment that follows `last`: nothing scored yet, so that the conversation starts afresh.

    Unit, scope, handling, contact, reasons for not applicable and the actions that are not finished carry over, against
    `model` or the one that `last` has. `previous` says where `last` is.
    """
    kept = {
        sub: Score(inapplicable=answer.inapplicable)
        for sub, answer in last.scores.items()
        if answer.state is State.INAPPLICABLE
    }
    actions = [each for each in last.plan.actions if each.status not in (Status.DONE, Status.SET_ASIDE)]
    return evolve(
        last,
        model=model or last.model,
        assessed=assessed,
        previous=previous,
        notes=None,
        scores=kept,
        benefit={},
        priorities=(),
        plan=ActionPlan(actions=actions),
        ignore=(),
        origin=None,
    )
