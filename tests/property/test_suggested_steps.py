"""The laws of suggestions: what is suggested can begin, rises one level, and closes no way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment, Rate, State
from kmmaturity.domain.priorities.suggestions import suggest
from kmmaturity.testing.strategies import assessments, linked

TEAMS = st.one_of(linked(), linked(), assessments())


def held(assessment: Assessment, sub: str, level: int) -> bool:
    """Whether a prerequisite is there, by the words of the method: held, not applicable, or the lowest level of all."""
    score = assessment.level(sub)
    if assessment.state(sub) is State.INAPPLICABLE or level == min(each.level for each in assessment.model.scale):
        return True
    return score is not None and score >= level


def reachable(assessment: Assessment) -> set[tuple[str, int]]:
    """Every level that can be held in the end, found by raising whatever can be raised until nothing can."""
    model = assessment.model
    levels = {sub: score for sub in model.subs if (score := assessment.level(sub)) is not None}
    moved = True
    while moved:
        moved = False
        for sub, now in levels.items():
            following = [level for level in model.levels_of(sub) if level > now][:1]
            for level in following:
                edges = [edge for edge in model.subs[sub].requires if edge.level == level]
                if all(
                    held(assessment, edge.needs, edge.at) or levels.get(edge.needs, edge.at - 1) >= edge.at
                    for edge in edges
                ):
                    levels[sub], moved = level, True
    return {(sub, level) for sub, top in levels.items() for level in model.levels_of(sub) if level <= top}


@given(TEAMS)
def test_no_suggestion_has_an_unmet_prerequisite(assessment: Assessment) -> None:
    """Every hard prerequisite that the model states for a suggested level is held, or does not apply."""
    for step in suggest(assessment, limit=9).steps:
        for edge in assessment.model.subs[step.sub].requires:
            if edge.level == step.level:
                assert held(assessment, edge.needs, edge.at)
        assert all(rest.met for rest in step.rests)


@given(TEAMS)
def test_no_step_exceeds_one_level(assessment: Assessment) -> None:
    """A suggested step goes from the score to the very next level of that sub-outcome's scale."""
    for step in suggest(assessment, limit=9).steps:
        assert step.score == assessment.level(step.sub)
        above = [level for level in assessment.model.levels_of(step.sub) if level > (step.score or 0)]
        assert step.level == min(above)


@given(TEAMS)
def test_every_free_step_is_suggested_or_left_out_by_the_team(assessment: Assessment) -> None:
    """Without priorities and with no limit to speak of, each next level is suggested, blocked, or rated not-now."""
    found = suggest(assessment, limit=99)
    inside = set(assessment.priority_subs) if found.chosen else set(assessment.model.subs)
    below = {
        sub
        for sub in inside
        if (score := assessment.level(sub)) is not None and score < max(assessment.model.levels_of(sub))
    }
    free = {step.sub for step in found.steps}
    blocked = {each.sub for each in found.blocked}
    assert not free & blocked
    assert free | blocked | {sub for sub in below if assessment.rate(sub) is Rate.NOT_NOW} == below


@given(TEAMS)
def test_carrying_out_a_suggestion_never_removes_reachability(assessment: Assessment) -> None:
    """Whatever could be reached before a step can be reached after it."""
    before = reachable(assessment)
    for step in suggest(assessment, limit=9).steps:
        assert before <= reachable(assessment.with_score(step.sub, step.level))


@given(TEAMS)
def test_the_way_to_a_blocked_step_frees_it(assessment: Assessment) -> None:
    """Once its shortest way is gone, a blocked step is free; with any one step of the way left out, it is not."""
    for each in suggest(assessment, limit=9).blocked:
        if each.score_first:
            continue
        done = assessment
        for stage in each.way:
            done = done.with_score(stage.sub, stage.level)
        edges = [edge for edge in assessment.model.subs[each.sub].requires if edge.level == each.level]
        assert all(held(done, edge.needs, edge.at) for edge in edges)
        for sub in {stage.sub for stage in each.way}:
            less = done.with_score(sub, assessment.level(sub) or 0)
            others = {stage.sub for stage in each.way} - {sub}
            needed = any(not held(less, edge.needs, edge.at) for edge in edges) or any(
                not held(less, edge.needs, edge.at)
                for stage in each.way
                if stage.sub in others
                for edge in assessment.model.subs[stage.sub].requires
                if edge.level == stage.level
            )
            assert needed
