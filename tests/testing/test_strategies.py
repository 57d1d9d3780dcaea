"""The strategies give what they promise: sound models, and assessments that fit them."""

from __future__ import annotations

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Severity
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.rules import Context
from kmmaturity.domain.rules.fit import RULES as FIT
from kmmaturity.domain.rules.model import RULES as DEFECTS
from kmmaturity.testing.strategies import assessments, models, texts

LAW = settings(max_examples=60, deadline=None)


@LAW
@given(models())
def test_models_have_no_defects(model: MaturityModel) -> None:
    """A drawn model has no cycle, no dangling edge, no inversion and no odd id; only level wording may be missing."""
    for rule in DEFECTS:
        if rule.defects is not None and rule.severity > Severity.INFO:
            assert list(rule.defects(model)) == [], rule.name


@LAW
@given(assessments())
def test_assessments_fit_their_model(assessment: Assessment) -> None:
    """Every name and level in a drawn assessment is the model's."""
    for rule in FIT:
        if rule.judge is not None and rule.severity > Severity.INFO:
            assert list(rule.judge(Context(assessment))) == [], rule.name


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_a_given_model_is_used(data: st.DataObject) -> None:
    """Two assessments can be drawn against one model."""
    model = data.draw(models())
    assert data.draw(assessments(model)).model is model


@LAW
@given(texts())
def test_text_has_no_control_characters(text: str) -> None:
    """Text holds no control characters but tabs, line feeds and next-lines, and no halves of characters."""
    controls = {chr(number) for number in (*range(32), *range(127, 160))} - set("\n\t\x85")
    assert controls.isdisjoint(text)
    assert text.encode().decode() == text


def _has_mutual_edges(model: MaturityModel) -> bool:
    edges = {(sub, edge.needs) for sub, value in model.subs.items() for edge in value.requires}
    return any((b, a) in edges for a, b in edges)


@pytest.mark.parametrize(
    "sought",
    [
        pytest.param(lambda model: model.lowest > 0, id="a scale that does not start at 0"),
        pytest.param(lambda model: len(model.levels) == 1, id="a single level"),
        pytest.param(lambda model: len({model.highest(sub) for sub in model.subs}) > 1, id="tops that differ"),
        pytest.param(_has_mutual_edges, id="two that need each other at different levels"),
    ],
)
def test_models_vary(sought: object) -> None:
    """The corners of the format are among the models drawn."""
    assert callable(sought)
    find(models(), sought, settings=settings(max_examples=2000, database=None, deadline=None, phases=[Phase.generate]))
