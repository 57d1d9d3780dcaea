"""What is within reach stands in an order that works, and says all that is missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.priorities.graph import Node, Position, graph_of
from kmmaturity.domain.priorities.reach import reach
from kmmaturity.testing.strategies import assessments, linked


@given(assessment=st.one_of(assessments(), linked()))
def test_each_spot_comes_after_what_it_needs(assessment: Assessment) -> None:
    """Each spot is there once, after those that it needs, which are all that is missing; what is held is never there."""
    graph = graph_of(assessment.model)
    found = reach(assessment)
    seen: set[tuple[str, int]] = set()
    for spot in found.spots:
        node = Node(spot.sub, spot.level)
        assert node not in seen
        assert not graph.met(node, assessment)
        assert seen.issuperset(spot.needs)
        if spot.position is Position.UNASSESSED:
            assert spot.needs == ()
        else:
            assert set(spot.needs) == {each for each in graph.needs(node) if not graph.met(each, assessment)}
        seen.add(node)
    assert found.stages.keys() == seen


@given(assessment=st.one_of(assessments(), linked()))
def test_every_target_is_there(assessment: Assessment) -> None:
    """Each target that is still ahead is a spot, and marked as one; nothing else is."""
    aims = {
        (sub, answer.target.level)
        for sub in assessment.model.subs
        if (answer := assessment.answer(sub)).score is not None
        and answer.target is not None
        and answer.target.level in assessment.model.levels_of(sub)
        and answer.score < answer.target.level
    }
    assert {spot.key for spot in reach(assessment).spots if spot.target} == aims
