"""The law of what blocks: a hard prerequisite that applies and is not met, and nothing else."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.priorities.suggestions import suggest
from kmmaturity.domain.roadmap import roadmap
from kmmaturity.testing.strategies import assessments, linked

TEAMS = st.one_of(linked(), linked(), assessments())


def without_advice(assessment: Assessment) -> Assessment:
    """The same team, with a model that has no advisory edges."""
    outcomes = {
        name: evolve(outcome, subs=FrozenMap({sub: evolve(value, supports=()) for sub, value in outcome.subs.items()}))
        for name, outcome in assessment.model.outcomes.items()
    }
    return evolve(assessment, model=evolve(assessment.model, outcomes=FrozenMap(outcomes)))


@given(TEAMS)
def test_advisory_edges_never_block(assessment: Assessment) -> None:
    """Taking every advisory edge away frees nothing, blocks nothing and changes no order; nor does it change a roadmap."""
    plain = without_advice(assessment)
    with_edges, without = suggest(assessment, limit=9), suggest(plain, limit=9)
    assert with_edges.blocked == without.blocked
    assert [(each.sub, each.place) for each in with_edges.steps] == [(each.sub, each.place) for each in without.steps]
    assert roadmap(assessment).years == roadmap(plain).years


@given(TEAMS, st.data())
def test_a_not_applicable_prerequisite_never_blocks(assessment: Assessment, data: st.DataObject) -> None:
    """Nothing waits for a sub-outcome that does not apply, and making one so blocks nothing that was free."""
    sub = data.draw(st.sampled_from(list(assessment.model.subs)))
    before = suggest(evolve(assessment, priorities=()), limit=9)
    after = suggest(evolve(assessment.with_inapplicable(sub, "Done elsewhere"), priorities=()), limit=9)
    assert all(rest.sub != sub for each in after.blocked for rest in each.waits)
    assert all(stage.sub != sub for each in after.blocked for stage in each.way)
    assert {step.sub for step in before.steps} - {sub} <= {step.sub for step in after.steps}
