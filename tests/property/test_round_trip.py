"""The law: what is written is read back as the same value, in either format and by way of the other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.document import Document
from kmmaturity.files.reading import read_assessment, read_model
from kmmaturity.files.source import Syntax
from kmmaturity.files.writing import dump
from kmmaturity.testing.strategies import assessments, models

LAW = settings(max_examples=40, deadline=None)


def read(data: bytes, syntax: Syntax, like: Assessment | MaturityModel) -> Assessment | MaturityModel:
    """The value in a file, which has to be read without a word."""
    if isinstance(like, Assessment):
        found = read_assessment(Document(f"x.kmm.{syntax}", data), lambda _: like.model)
        assert found.findings == ()
        assert found.value is not None
        return found.value
    model = read_model(Document(f"x.kmmodel.{syntax}", data))
    assert model.findings == ()
    assert model.value is not None
    return model.value


def there_and_back(value: Assessment | MaturityModel) -> None:
    """YAML to value to JSON to value to YAML, with the same value at each stop and the same bytes at the end."""
    yaml = dump(value, "yaml")
    first = read(yaml, "yaml", value)
    json = dump(first, "json")
    second = read(json, "json", value)
    assert first == value
    assert second == value
    assert dump(second, "yaml") == yaml
    assert dump(value, "json") == json


@LAW
@given(assessments())
def test_assessments(value: Assessment) -> None:
    """An assessment goes from YAML by way of JSON to YAML and stays the same, to the byte."""
    there_and_back(value)


@LAW
@given(models())
def test_models(value: MaturityModel) -> None:
    """A model goes from YAML by way of JSON to YAML and stays the same, to the byte."""
    there_and_back(value)


@LAW
@given(models())
def test_order_is_kept(value: MaturityModel) -> None:
    """Outcomes, sub-outcomes and levels come back in their order, which equality alone would not tell."""
    again = read(dump(value, "yaml"), "yaml", value)
    assert isinstance(again, MaturityModel)
    assert list(again.subs) == list(value.subs)
    assert [list(each.levels) for each in again.subs.values()] == [list(each.levels) for each in value.subs.values()]


@pytest.mark.parametrize("syntax", ["yaml", "json"])
@settings(max_examples=15, deadline=None)
@given(value=assessments())
def test_writing_twice_gives_the_same_bytes(syntax: Syntax, value: Assessment) -> None:
    """The same value gives the same bytes, and so does the one read back from them."""
    once = dump(value, syntax)
    assert dump(value, syntax) == once
    assert dump(read(once, syntax, value), syntax) == once
