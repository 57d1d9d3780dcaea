"""The law: lowering a score, evidence kept, adds no finding of practice on that sub-outcome. Low is not wrong."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.rules import CATALOGUE, Context, judge
from kmmaturity.testing.strategies import assessments, models

LAW = settings(max_examples=100, deadline=None)
PRACTICE = [each for each in CATALOGUE.values() if each.family == "practice"]


def told(assessment: Assessment, sub: str | None = None) -> set[tuple[str, str]]:
    """The findings of practice, on one sub-outcome or on all: their codes and where they are."""
    found = judge(Context(assessment), PRACTICE)
    return {(each.code, str(each.pointer)) for each in found if sub is None or each.pointer[1] == sub}


def lowered(value: Assessment, data: st.DataObject) -> tuple[Assessment, str] | None:
    """The assessment with one score lower, and whose; None where every score is at the bottom of the scale."""
    model = value.model
    possible = [
        (sub, level)
        for sub in model.subs
        for level in model.levels_of(sub)
        if (score := value.level(sub)) is not None and level < score
    ]
    if not possible:
        return None
    sub, level = data.draw(st.sampled_from(possible))
    answer = evolve(value.answer(sub), score=level)
    return evolve(value, scores=value.scores.with_item(sub, answer)), sub


@LAW
@given(value=assessments(), data=st.data())
def test_on_that_sub_outcome(value: Assessment, data: st.DataObject) -> None:
    """A lower score, with the same evidence, has nothing more against it."""
    if changed := lowered(value, data):
        assert told(*changed) <= told(value, changed[1])


@LAW
@given(value=models(edges=False).flatmap(assessments), data=st.data())
def test_anywhere_without_prerequisites(value: Assessment, data: st.DataObject) -> None:
    """Where nothing rests on anything else, a lower score adds no finding of practice anywhere."""
    if changed := lowered(value, data):
        assert told(changed[0]) <= told(value)
