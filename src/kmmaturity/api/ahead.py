"""Looking ahead: what could come next and why, the case for a harder step, a draft of the plan, several years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from kmmaturity.api.sources import assessment_of
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel

if TYPE_CHECKING:
    import networkx as nx

    from kmmaturity.domain.case import Case
    from kmmaturity.domain.draft import Chosen, Draft
    from kmmaturity.domain.priorities.steps import Step
    from kmmaturity.domain.priorities.suggestions import Suggestions
    from kmmaturity.domain.roadmap import By, Number, Roadmap, Solve

__all__ = ["case_for", "draft_plan", "roadmap", "steps_to", "suggest", "to_networkx"]


def suggest(assessment: Assessment, *, limit: int = 2, assume: Mapping[str, int] | None = None) -> Suggestions:
    """What could come next, a sequence of suggestions that explain themselves; at most `limit` outcomes.

    Once priorities are chosen, these are the next steps inside them. `assume` gives levels by sub-outcome, as a
    what-if. Raises UnknownName, and KmMaturityError for a level or a limit that makes no sense.
    """
    from kmmaturity.domain.priorities import suggestions  # nor does reading or checking have any use for these

    return suggestions.suggest(assessment_of(assessment), limit=limit, assume=assume)


def steps_to(assessment: Assessment, outcome: str, level: int) -> tuple[Step, ...]:
    """The shortest way to `level` of the sub-outcome `outcome`: each step one level, in an order that works.

    A step whose `score` is None has to be scored first. Raises UnknownName and KmMaturityError.
    """
    from kmmaturity.domain.priorities import steps

    return steps.steps_to(assessment_of(assessment), outcome, level)


def case_for(assessment: Assessment, outcome: str, level: int, *, earlier: Iterable[Assessment] = ()) -> Case:
    """The case for `level` of the sub-outcome `outcome`: evidence and effects, over the years, and what is missing.

    Raises UnknownName, and KmMaturityError where the level is held already or does not apply.
    """
    from kmmaturity.domain import case

    return case.case_for(assessment_of(assessment), outcome, level, earlier=earlier)


def draft_plan(assessment: Assessment, chosen: Chosen, *, today: date | None = None) -> Draft:
    """Targets, actions as ideas and review dates for the steps `chosen`, from the model's own measures.

    `chosen` are sub-outcomes by id, steps or suggestions; `team.with_draft(draft)` adds the draft. Raises UnknownName,
    and KmMaturityError for a sub-outcome without a next level.
    """
    from kmmaturity.domain import draft

    return draft.draft_plan(assessment_of(assessment), chosen, today=today or date.today())


def roadmap(
    assessment: Assessment,
    *,
    years: int = 3,
    per_year: int = 2,
    steps: int | None = 4,
    by: By = "outcome",
    assume: Mapping[str, int] | None = None,
    weights: Mapping[str, Number] | None = None,
    exact: bool = False,
) -> Roadmap:
    """Several years of `per_year` priorities, at most `steps` rises each: an illustration, never a forecast.

    `by` says whether a priority is an "outcome" or a "sub-outcome"; `weights` replaces the team's `benefit` by numbers
    of your own. `exact` finds the best there is and says whether that is proved; it needs the extra `highs`. Raises
    UnknownName and KmMaturityError.
    """
    from kmmaturity.domain import roadmap as domain

    solve: Solve | None = None
    if exact:
        from kmmaturity.builtin import highs

        solve = highs.solve
    return domain.roadmap(
        assessment_of(assessment),
        years=years,
        per_year=per_year,
        steps=steps,
        by=by,
        assume=assume,
        weights=weights,
        solve=solve,
    )


def to_networkx(model: MaturityModel) -> nx.DiGraph[Any]:
    """The model's levels as a networkx graph, from prerequisite to dependent, for questions of your own.

    Nodes are (sub-outcome, level); an edge's `kind` is below, requires or supports. Raises KmMaturityError for a
    circle.
    """
    from kmmaturity.domain.priorities import graph

    return graph.to_networkx(model)
