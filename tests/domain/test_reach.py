"""What is within reach: what waits for what, and the way to a team's targets."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel, Requirement
from kmmaturity.domain.priorities.graph import Node, Position, graph_of
from kmmaturity.domain.priorities.reach import Spot, reach
from kmmaturity.errors import KmMaturityError
from kmmaturity.testing.strategies import assessments


def spot(team: Assessment, sub: str, level: int) -> Spot:
    """The spot of a level, which has to be there."""
    (found,) = [each for each in reach(team).spots if each.key == (sub, level)]
    return found


def test_what_waits_and_what_it_waits_for(team: Assessment) -> None:
    """A next level that waits for another is there with what it waits for, and that with what it opens."""
    scored = team.with_score("learning.after", 1).with_score("learning.during", 0)
    found = reach(scored)
    assert (found.free, found.waiting) == (1, 1)
    waits, opens = spot(scored, "learning.after", 2), spot(scored, "learning.during", 1)
    assert (waits.position, waits.needs) == (Position.BLOCKED, (("learning.during", 1),))
    assert (opens.position, opens.needs) == (Position.FREE, ())
    assert found.opened_by(opens) == (waits,)
    assert found.stages == {opens.key: 0, waits.key: 1}


def test_the_way_to_a_target(team: Assessment) -> None:
    """Every level between a score and its target is a spot, and the last of them is marked as the target."""
    aimed = team.with_score("learning.during", 0).with_target("learning.during", 2)
    found = reach(aimed)
    assert [(each.level, each.position, each.target) for each in found.spots] == [
        (1, Position.FREE, False),
        (2, Position.LATER, True),
    ]
    assert found.stages == {("learning.during", 1): 0, ("learning.during", 2): 1}


def test_what_has_to_be_scored_first(team: Assessment) -> None:
    """A prerequisite that is not assessed is a spot of its own, without a score, before what waits for it."""
    found = reach(team.with_score("learning.after", 1))
    first, after = found.spots
    assert (first.key, first.score, first.position) == (("learning.during", 1), None, Position.UNASSESSED)
    assert after.needs == (first.key,)


def test_nothing_waits(team: Assessment) -> None:
    """Where no next level waits and no target is ahead there are no spots; targets off the scale are passed over."""
    scored = team.with_score("sharing.inside", 1).with_score("sharing.outside", 1).with_target("sharing.outside", 1)
    assert reach(scored).spots == ()
    assert reach(scored).free == 1
    assert reach(team).free == reach(team).waiting == 0


def test_a_circle_is_refused(team: Assessment, model: MaturityModel) -> None:
    """A model whose levels need one another in a circle has no graph to reach anything in."""
    outcome = model.outcomes["learning"]
    during = evolve(outcome.subs["during"], requires=[Requirement(1, "learning.after", 2)])
    circle = evolve(
        model, outcomes=model.outcomes | {"learning": evolve(outcome, subs=outcome.subs | {"during": during})}
    )
    with pytest.raises(KmMaturityError, match="in a circle"):
        reach(evolve(team, model=circle))


@given(assessments())
def test_spots_stand_in_an_order_that_works(team: Assessment) -> None:
    """Each spot comes after those that it needs, is not held yet, and stands where the graph says that it does."""
    graph, found = graph_of(team.model), reach(team)
    seen: set[tuple[str, int]] = set()
    for each in found.spots:
        assert set(each.needs) <= seen
        assert each.position is graph.position(Node(*each.key), team)
        assert each.position not in (Position.HELD, Position.INAPPLICABLE)
        seen.add(each.key)
    assert len(seen) == len(found.spots)
    unmet = [node for node, needs in graph.frontier(team) if needs]
    assert found.waiting == len(unmet)
    assert {tuple(node) for node in unmet} <= seen
