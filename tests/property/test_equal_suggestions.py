"""The law of equals: what nothing tells apart is told as equal, and the order in a file decides only how equals are listed."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment, Rate
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.priorities.steps import Step
from kmmaturity.domain.priorities.suggestions import Suggestions, suggest
from kmmaturity.domain.roadmap import roadmap
from kmmaturity.testing.strategies import assessments, linked

TEAMS = st.one_of(linked(), linked(), assessments())

RATES = [Rate.HIGH, Rate.SOME, Rate.LOW, None]


def key(step: Step) -> tuple[int, int, int]:
    """What a step is placed by: benefit first, then what it opens, then the targets that it leads to."""
    return RATES.index(step.rate), -len(step.opens), -len(step.targets)


def told(found: Suggestions) -> dict[str, tuple[int, frozenset[str]]]:
    """Each suggestion and step with its place and its equals, whatever the order."""
    areas = {each.outcome: (each.place, frozenset(each.equal)) for each in found}
    return areas | {f"{each.sub} step": (each.place or 0, frozenset(each.equal)) for each in found.steps}


def in_another_order(assessment: Assessment, data: st.DataObject) -> Assessment:
    """The same assessment and model, with outcomes, sub-outcomes, edges, answers and priorities in another order."""

    def shuffled(mapping: Any) -> Any:
        return FrozenMap({name: mapping[name] for name in data.draw(st.permutations(list(mapping)))})

    outcomes = {
        name: evolve(
            outcome,
            subs=shuffled(
                FrozenMap({sub: evolve(value, requires=value.requires[::-1]) for sub, value in outcome.subs.items()})
            ),
        )
        for name, outcome in assessment.model.outcomes.items()
    }
    return evolve(
        assessment,
        model=evolve(assessment.model, outcomes=shuffled(FrozenMap(outcomes))),
        scores=shuffled(assessment.scores),
        benefit=shuffled(assessment.benefit),
        priorities=assessment.priorities[::-1],
    )


@given(TEAMS)
def test_equal_suggestions_are_told_as_equal(assessment: Assessment) -> None:
    """Steps share a place exactly when nothing tells them apart, and each of them names all the others."""
    steps = suggest(assessment, limit=9).steps
    for step in steps:
        same = {each.sub for each in steps if key(each) == key(step)}
        assert set(step.equal) == same - {step.sub}
        assert step.place == 1 + sum(key(each) < key(step) for each in steps)


@given(TEAMS)
def test_a_limit_hides_no_equal(assessment: Assessment) -> None:
    """An outcome that is shown names those that are equal to it, also where the limit leaves them out."""
    every = evolve(assessment, priorities=())
    whole = {each.outcome: set(each.equal) for each in suggest(every, limit=99)}
    for each in suggest(every, limit=1):
        assert set(each.equal) == whole[each.outcome]


@given(TEAMS, st.data())
def test_order_changes_nothing_but_how_equals_are_listed(assessment: Assessment, data: st.DataObject) -> None:
    """Places, equals, what is blocked and the roadmap are the same whatever the order of the model and the file."""
    other = in_another_order(assessment, data)
    assert told(suggest(assessment, limit=99)) == told(suggest(other, limit=99))
    blocked = [{(each.sub, each.level) for each in suggest(team).blocked} for team in (assessment, other)]
    assert blocked[0] == blocked[1]
    rises = [
        [{(rise.sub, rise.level) for rise in year.rises} for year in roadmap(team).years]
        for team in (assessment, other)
    ]
    assert rises[0] == rises[1]
