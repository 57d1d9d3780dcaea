"""Gated levels against an oracle written from the published rule: level n holds if levels 1 to n all hold."""

from __future__ import annotations

from datetime import date
from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment, Score, State
from kmmaturity.domain.overall import overall
from kmmaturity.testing.strategies import assessments, models


@st.composite
def complete(draw: st.DrawFn) -> Assessment:
    """An assessment in which nothing is left to assess: each sub-outcome has a score, high ones often, or a reason."""
    model = draw(models(edges=False))

    def answer(sub: str) -> Score:
        levels = model.levels_of(sub)
        high = st.sampled_from(levels[len(levels) // 2 :])
        given_score = draw(st.one_of(high, high, st.sampled_from(levels), st.none()))
        return Score(score=given_score, inapplicable="Not ours" if given_score is None else None)

    return Assessment(model, ["A team"], date(2026, 11, 24), scores={sub: answer(sub) for sub in model.subs})


def oracle(assessment: Assessment) -> int | None:
    """The highest level n for which every level up to n is met by each sub-outcome that has that level."""
    model = assessment.model
    answers = {sub: assessment.answer(sub) for sub in model.subs}
    applicable = {sub: each for sub, each in answers.items() if each.state is not State.INAPPLICABLE}
    if not applicable or any(each.state is State.UNASSESSED for each in applicable.values()):
        return None

    def met(level: int) -> bool:
        having = [each.score for sub, each in applicable.items() if level in model.levels_of(sub)]
        return bool(having) and all(score is not None and score >= level for score in having)

    holding = [n for n in model.levels if all(met(level) for level in model.levels if level <= n)]
    return max(holding, default=model.lowest)


@given(st.one_of(complete(), complete(), complete(), assessments()))
def test_gated_agrees_with_the_published_rule(assessment: Assessment) -> None:
    """For any assessment of any model the gated level is the oracle's."""
    assert overall(assessment, "gated").level == oracle(assessment)


@given(st.one_of(complete(), assessments()))
def test_the_median_is_the_low_median(assessment: Assessment) -> None:
    """For any assessment the median of an even count is its lower middle score, as the statistics module has it."""
    given_scores = [score for sub in assessment.model.subs if (score := assessment.level(sub)) is not None]
    expected = median_low(given_scores) if given_scores else None
    assert overall(assessment, "median").level == expected
    assert overall(assessment, "lowest").level == min(given_scores, default=None)
