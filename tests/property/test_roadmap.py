"""The laws of a roadmap: it keeps to its rules, and the exact one is the best there is, by trying everything."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment, Rate, State
from kmmaturity.domain.roadmap import By, Roadmap, roadmap
from kmmaturity.testing.strategies import assessments, linked

TEAMS = st.one_of(linked(), linked(), assessments())

WEIGHTS = {Rate.HIGH: 4, Rate.SOME: 3, Rate.LOW: 2, None: 1}
Levels = dict[str, int]


def weight(assessment: Assessment, sub: str, level: int) -> int:
    """What a level is worth for a year: the team's rating, ten times as much on the way up to a target."""
    target = assessment.answer(sub).target
    return WEIGHTS[assessment.rate(sub)] * (10 if target is not None and level <= target.level else 1)


def can_rise(assessment: Assessment, levels: Levels, sub: str) -> int | None:
    """The level that `sub` can rise to within a year in which the team begins with `levels`, or None."""
    model = assessment.model
    above = [level for level in model.levels_of(sub) if level > levels[sub]]
    if not above or assessment.rate(sub) is Rate.NOT_NOW:
        return None
    for edge in model.subs[sub].requires:
        applies = assessment.state(edge.needs) is not State.INAPPLICABLE
        if edge.level == above[0] and applies and levels.get(edge.needs, model.lowest) < edge.at:
            return None
    return above[0]


def begin(assessment: Assessment) -> Levels:
    """The levels that are scored."""
    return {sub: score for sub in assessment.model.subs if (score := assessment.level(sub)) is not None}


def follow(assessment: Assessment, found: Roadmap) -> Fraction:
    """What `found` is worth, walking through it year by year and asserting each of its rules on the way."""
    levels, value = begin(assessment), Fraction(0)
    for left, year in zip(range(len(found.years), 0, -1), found.years, strict=True):
        model = assessment.model
        groups = {model.outcome_of(rise.sub) if found.by == "outcome" else rise.sub for rise in year.rises}
        assert groups == set(year.priorities)
        assert len(groups) <= found.per_year
        assert found.steps is None or len(year.rises) <= found.steps
        assert len({rise.sub for rise in year.rises}) == len(year.rises)
        for rise in year.rises:
            assert rise.score == levels[rise.sub]
            assert rise.level == can_rise(assessment, levels, rise.sub)
            value += weight(assessment, rise.sub, rise.level) * left
        levels |= {rise.sub: rise.level for rise in year.rises}
    return value


def best(assessment: Assessment, *, years: int, per_year: int, steps: int | None, by: By) -> int:
    """The most that any roadmap comes to, by trying every choice in every year."""
    model = assessment.model
    subs = sorted(begin(assessment))

    @cache
    def most(now: tuple[int, ...], left: int) -> int:
        if not left:
            return 0
        levels = dict(zip(subs, now, strict=True))
        free = [(sub, level) for sub in subs if (level := can_rise(assessment, levels, sub)) is not None]
        found = 0
        for count in range((len(free) if steps is None else min(steps, len(free))) + 1):
            for chosen in combinations(free, count):
                groups = {model.outcome_of(sub) if by == "outcome" else sub for sub, _ in chosen}
                if len(groups) <= per_year:
                    worth = sum(weight(assessment, sub, level) * left for sub, level in chosen)
                    after = levels | dict(chosen)
                    found = max(found, worth + most(tuple(after[sub] for sub in subs), left - 1))
        return found

    return most(tuple(begin(assessment)[sub] for sub in subs), years)


LIMITS = st.fixed_dictionaries(
    {
        "years": st.integers(1, 3),
        "per_year": st.integers(1, 2),
        "steps": st.sampled_from([1, 2, 3]),
        "by": st.sampled_from(["outcome", "sub-outcome"]),
    }
)


@given(TEAMS, LIMITS)
def test_a_roadmap_keeps_to_its_rules(assessment: Assessment, limits: dict[str, int]) -> None:
    """Prerequisites held a year before, so many priorities and steps a year, one level at a time; its value is its own."""
    found = roadmap(assessment, **limits)  # type: ignore[arg-type]  # drawn as a dictionary of different things
    assert found.value == follow(assessment, found)
    assert not found.proved
    assert "illustration" in str(found)


@settings(max_examples=200)
@given(TEAMS, LIMITS)
def test_exact_is_the_best_there_is(assessment: Assessment, limits: dict[str, int]) -> None:
    """The exact roadmap keeps to the rules, comes to at least as much as the greedy one, and to what trying all finds."""
    pytest.importorskip("highspy")
    from kmmaturity.builtin.highs import solve

    found = roadmap(assessment, **limits, solve=solve)  # type: ignore[arg-type]  # as above
    assert found.proved
    assert found.gap == 0
    assert found.value == follow(assessment, found) == best(assessment, **limits)  # type: ignore[arg-type]  # as above
    assert found.value >= roadmap(assessment, **limits).value  # type: ignore[arg-type]  # as above


@settings(max_examples=150)
@given(TEAMS, st.integers(1, 2))
def test_exact_without_a_limit_to_steps(assessment: Assessment, years: int) -> None:
    """So it is where nothing limits the steps of a year."""
    pytest.importorskip("highspy")
    from kmmaturity.builtin.highs import solve

    found = roadmap(assessment, years=years, per_year=1, steps=None, solve=solve)
    assert (
        found.value == follow(assessment, found) == best(assessment, years=years, per_year=1, steps=None, by="outcome")
    )


@given(TEAMS)
def test_one_year_of_greedy_is_the_best_year(assessment: Assessment) -> None:
    """Each year's choice is the best of that year: with one year, greedy comes to what trying all finds."""
    small = evolve(assessment, priorities=())
    for by in ("outcome", "sub-outcome"):
        found = roadmap(small, years=1, per_year=2, steps=3, by=by)
        assert found.value == best(small, years=1, per_year=2, steps=3, by=by)
