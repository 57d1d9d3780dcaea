"""Roadmaps: several years within their limits, what is out of reach, and what makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.priorities.graph import Node
from kmmaturity.domain.roadmap import roadmap
from kmmaturity.domain.schedule import Problem, Solution
from kmmaturity.errors import KmMaturityError, UnknownName


def scored(team: Assessment, **others: int) -> Assessment:
    """The team with everything at 0, but for `others` by the last part of their ids."""
    for sub in team.model.subs:
        team = team.with_score(sub, others.get(sub.partition(".")[2], 0))
    return team


def test_years_and_limits(team: Assessment) -> None:
    """Three years by default, each with at most two outcomes and four rises, and the day on which each ends."""
    found = roadmap(scored(team))
    assert [year.ends for year in found.years] == [date(2027, 11, 24), date(2028, 11, 24), date(2029, 11, 24)]
    assert all(len(year.priorities) <= 2 and len(year.rises) <= 4 for year in found.years)
    assert found.by == "outcome"


def test_leap_day(team: Assessment) -> None:
    """A year that begins on a leap day ends on the last of February."""
    found = roadmap(Assessment(team.model, ["A team"], date(2028, 2, 29)), years=4)
    assert [year.ends.isoformat() for year in found.years] == ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


def test_targets_weigh_ten_times(team: Assessment) -> None:
    """With one step a year, the way up to a target is taken before anything rated high."""
    rated = scored(team).with_benefit("learning", "high").with_target("sharing.inside", 2)
    first, second, third = roadmap(rated, per_year=1, steps=1).years
    assert [year.rises[0].sub for year in (first, second)] == ["sharing.inside"] * 2
    assert first.rises[0].towards == 2
    assert third.rises[0].sub.startswith("learning.")


def test_weights_of_your_own(team: Assessment) -> None:
    """Numbers given by sub-outcome or outcome replace the rating, and are summed exactly."""
    found = roadmap(scored(team), years=1, steps=2, weights={"learning": 0.1, "sharing.inside": Fraction(1, 3)})
    assert {rise.sub for rise in found.years[0].rises} == {"sharing.inside", "sharing.outside"}
    assert found.value == Fraction(1, 3) + 1


@pytest.mark.parametrize("bad", [-1, float("nan"), float("inf"), "3", None, True])
def test_weights_that_are_none(team: Assessment, bad: Any) -> None:
    """A weight that is negative, not a number or without end is refused, named with its place."""
    with pytest.raises(KmMaturityError, match=r"`weights` has .* for learning: pass a number from 0 up"):
        roadmap(team, weights={"learning": bad})


def test_weights_for_nothing(team: Assessment) -> None:
    """A weight for what the model lacks is an unknown name."""
    with pytest.raises(UnknownName, match="no outcome 'lerning': did you mean learning"):
        roadmap(team, weights={"lerning": 1})


@pytest.mark.parametrize(
    "wrong",
    [{"years": 0}, {"years": 21}, {"per_year": 0}, {"steps": 0}, {"steps": -1}, {"years": 1.5}, {"per_year": True}],
)
def test_limits_that_make_no_sense(team: Assessment, wrong: dict[str, Any]) -> None:
    """A horizon of 0, no priorities and no steps are refused with what is wanted instead."""
    with pytest.raises(KmMaturityError, match=f"`{next(iter(wrong))}` is .*: pass "):
        roadmap(team, **wrong)


def test_by_is_one_of_two(team: Assessment) -> None:
    """Priorities are outcomes or sub-outcomes, never a mixture."""
    with pytest.raises(KmMaturityError, match="`by` is 'both': pass outcome or sub-outcome"):
        roadmap(team, by="both")  # type: ignore[arg-type]  # what a caller without types may pass


def test_what_is_out_of_reach_says_why(team: Assessment) -> None:
    """What takes too long, waits for what is not assessed, or is left out by the team is told with its reason."""
    far = {each.sub: each for each in roadmap(scored(team), years=1).unreached}
    assert far["learning.before"].why == "the shortest way takes 2 years, and this roadmap has 1"
    unscored = roadmap(scored(team).without_score("learning.during")).unreached
    (waits,) = (each for each in unscored if each.sub == "learning.after")
    assert waits.why == "learning.during is not assessed, and level 1 of it is needed: score this first"
    left_out = {each.sub: each for each in roadmap(scored(team).with_benefit("learning.during", "not-now")).unreached}
    assert left_out["learning.after"].why == (
        "it needs level 1 of learning.during, and the team leaves learning.during out for now"
    )


def test_a_target_left_out_is_told(team: Assessment) -> None:
    """A target that could be met, and is not within these limits, is told as possible."""
    aimed = scored(team)
    for sub in team.model.subs:
        aimed = aimed.with_target(sub, 1)
    found = roadmap(aimed, years=1, per_year=1, steps=1)
    assert sum(each.possible for each in found.unreached) == 4


def test_nothing_scored_and_all_at_the_top(team: Assessment) -> None:
    """A team that has scored nothing, or is at the top everywhere, gets empty years and a sentence."""
    nothing = roadmap(team)
    assert nothing.value == 0
    assert "Nothing is scored yet" in str(nothing)
    top = team
    for sub in team.model.subs:
        top = top.with_score(sub, team.model.highest(sub))
    assert "No level can be reached" in str(roadmap(top))


def test_assumed(team: Assessment) -> None:
    """An assumed level is where the roadmap begins."""
    found = roadmap(scored(team), assume={"sharing.inside": 2}, per_year=2, steps=None)
    assert ("sharing.inside", 2, 3) in {
        (rise.sub, rise.score, rise.level) for year in found.years for rise in year.rises
    }
    assert found.assumed == {"sharing.inside": 2}


def test_every_output_is_an_illustration(team: Assessment) -> None:
    """Text and HTML say that it is an illustration, and carry the marking."""
    from attrs import evolve

    found = roadmap(evolve(scored(team), handling="OFFICIAL"))
    for told in (str(found), found._repr_html_()):
        assert "An illustration" in told
        assert "OFFICIAL" in told


@pytest.mark.parametrize(
    ("rises", "words"),
    [
        ([[Node("sharing.inside", 2)]], "lacks a prerequisite"),
        ([[Node("sharing.inside", 1)], [Node("sharing.inside", 1)]], "raises what has risen before"),
        ([[Node("sharing.inside", 1), Node("learning.during", 1)]], "has too many priorities"),
        ([[Node("learning.before", 1), Node("learning.during", 1)]], "has too many rises"),
    ],
)
def test_a_solver_is_not_trusted(team: Assessment, rises: list[list[Node]], words: str) -> None:
    """What a solver returns is held against the rules, and refused where it breaks one."""

    def solve(_: Problem) -> Solution:
        return Solution(tuple(tuple(each) for each in rises))

    with pytest.raises(KmMaturityError, match=words):
        roadmap(scored(team), per_year=1, steps=1, solve=solve)


def exactly(**limits: Any) -> Callable[[Assessment], Any]:
    """The exact roadmap within these limits."""
    pytest.importorskip("highspy")
    return lambda team: km.roadmap(team, exact=True, **limits)


def test_exact_proves_its_optimum(team: Assessment, capfd: pytest.CaptureFixture[str]) -> None:
    """The exact roadmap says that it is proved, has no gap, and its solver prints nothing."""
    found = exactly()(scored(team))
    assert found.proved
    assert found.gap == 0
    assert found.bound == found.value
    assert "that is proved" in str(found)
    assert capfd.readouterr().out == ""


def test_exact_settles_equals_by_id_and_early(five: MaturityModel) -> None:
    """Of equally good roadmaps, exact takes the one that the order of ids chooses, earlier years first."""
    team = Assessment(five, ["A team"], date(2026, 1, 1))
    for sub in five.subs:
        team = team.with_score(sub, 4)
    found = exactly(years=2, per_year=1, by="sub-outcome")(team)
    assert [year.priorities for year in found.years] == [("data.a",), ("data.b",)]


def test_a_gap_is_stated_where_time_runs_out(team: Assessment) -> None:
    """Without a proof, the roadmap keeps to its rules, comes to at least what greedy does, and states what may be missing."""
    pytest.importorskip("highspy")
    from kmmaturity.builtin.highs import solve

    aimed = scored(team)
    found = roadmap(aimed, solve=lambda problem: solve(problem, seconds=0.0))
    assert found.value >= roadmap(aimed).value
    assert not found.proved
    assert found.bound is not None
    assert found.bound >= found.value
    assert found.gap is not None
    assert 0 <= found.gap < 1
    assert "Time ran out" in str(found)


def test_exact_without_its_extra(team: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where highspy is not installed, the message says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "highspy", None)
    with pytest.raises(KmMaturityError, match=r"pip install 'kmmaturity\[highs\]'"):
        km.roadmap(scored(team), exact=True)
