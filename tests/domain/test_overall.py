"""A single level, only by a named rule."""

from __future__ import annotations

import pytest

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.overall import overall
from kmmaturity.domain.profile import profile
from kmmaturity.errors import UnknownName


def scored(team: Assessment, *levels: int) -> Assessment:
    """The team with these scores, in the model's order."""
    for sub, level in zip(team.model.subs, levels, strict=True):
        team = team.with_score(sub, level)
    return team


def test_lowest_and_median(team: Assessment) -> None:
    """The lowest level and the low median are levels that were given, never something in between."""
    team = scored(team, 2, 1, 3, 2, 0)
    assert overall(team, "lowest").level == 0
    assert overall(team, "median").level == 2
    assert overall(team.without_score("learning.before"), "median").level == 1


def test_gated_stops_at_the_first_level_that_does_not_hold(team: Assessment) -> None:
    """Level n holds when it and every level below hold; a sub-outcome without the level does not gate it."""
    assert overall(scored(team, 2, 3, 3, 3, 1), "gated").level == 3
    assert overall(scored(team, 1, 3, 3, 3, 1), "gated").level == 1
    assert overall(scored(team, 2, 3, 3, 3, 0), "gated").level == 0


def test_gated_waits_for_every_score(team: Assessment) -> None:
    """A sub-outcome that is not assessed is never taken for the lowest level: the rule says that it cannot tell."""
    waiting = scored(team, 2, 2, 2, 2, 1).without_score("sharing.inside")
    found = overall(waiting, "gated")
    assert found.level is None
    assert "1 are not assessed yet" in found.told
    assert overall(waiting.with_inapplicable("sharing.inside", "Works alone"), "gated").level == 2


def test_nothing_applicable(team: Assessment) -> None:
    """Where nothing applies there is no level by any rule."""
    for sub in team.model.subs:
        team = team.with_inapplicable(sub, "Not ours")
    assert [overall(team, rule).level for rule in ("lowest", "median", "gated")] == [None, None, None]


def test_the_rule_is_named(team: Assessment) -> None:
    """A profile has a single level only when the rule is named, and the rule stands beside it."""
    assert profile(team).overall is None
    found = profile(scored(team, 2, 2, 2, 2, 1), overall="gated").overall
    assert found is not None
    assert (found.rule, found.level) == ("gated", 2)
    with pytest.raises(UnknownName, match="has lowest, median or gated"):
        profile(team, overall="average")
