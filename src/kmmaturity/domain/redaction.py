"""Redaction: what a report can leave out, and answers with nothing in them that it can."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Score
from kmmaturity.domain.names import no_such
from kmmaturity.domain.plan import Action, ActionPlan, Review

if TYPE_CHECKING:
    from kmmaturity.domain.report import Row

__all__ = ["REDACTABLE", "bare", "bare_plan", "hidden_parts", "plan_without", "rows_without"]

Part = TypeVar("Part", Action, Review)

REDACTABLE = ("contact", "evidence", "notes", "owner")
OF_ROWS = {"evidence", "notes"}
OF_ACTIONS = {"contact": "contact", "notes": "note", "owner": "owner"}


def hidden_parts(parts: Iterable[str]) -> set[str]:
    """What is to be left out: any of REDACTABLE. Raises UnknownName for another word."""
    hidden = {parts} if isinstance(parts, str) else set(parts)
    for name in sorted(hidden):
        if name not in REDACTABLE:
            raise no_such("part", name, REDACTABLE, where="redaction")
    return hidden


def rows_without(hidden: set[str], rows: Iterable[Row]) -> Iterable[Row]:
    """The rows without what is hidden of them."""
    if not hidden & OF_ROWS:
        return rows
    return (
        evolve(
            row,
            rebaselined=None if "notes" in hidden else row.rebaselined,
            evidence=() if "evidence" in hidden else row.evidence,
        )
        for row in rows
    )


def plan_without(hidden: set[str], plan: ActionPlan) -> ActionPlan:
    """The plan without what is hidden of it."""
    fields = [field for part, field in OF_ACTIONS.items() if part in hidden]
    return ActionPlan(
        [_blank(each, ["note"]) for each in plan.reviews] if "notes" in hidden else plan.reviews,
        [_blank(each, fields) for each in plan.actions] if fields else plan.actions,
    )


def _blank(value: Part, fields: Iterable[str]) -> Part:
    """`value` with these of its fields at None; itself where they are so already."""
    told: dict[str, Any] = {field: None for field in fields if getattr(value, field) is not None}
    return evolve(value, **told) if told else value


def bare(assessment: Assessment) -> Assessment:
    """The answers of `assessment` without evidence, notes, owners and contacts, whether those are left out or not."""
    return Assessment(
        model=assessment.model,
        unit=assessment.unit,
        assessed=assessment.assessed,
        handling=assessment.handling,
        scores={
            sub: Score(each.score, each.inapplicable, target=each.target) for sub, each in assessment.scores.items()
        },
        benefit=assessment.benefit,
        priorities=assessment.priorities,
        plan=bare_plan(assessment.plan),
    )


def bare_plan(plan: ActionPlan) -> ActionPlan:
    """The actions of `plan`, what they are towards and how far they have come: nothing that can be left out."""
    return ActionPlan(actions=[Action(each.action, each.towards, status=each.status) for each in plan.actions])
