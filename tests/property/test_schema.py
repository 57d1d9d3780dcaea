"""The law: the schema refuses nothing that a check reads without an error."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.diagnosis import problems
from kmmaturity.files.schema import schema
from kmmaturity.files.shapes import ASSESSMENT, FORMAT, MODEL, Record
from kmmaturity.files.writing import assessment_data, model_data
from kmmaturity.testing.strategies import assessments, models

LAW = settings(max_examples=40)
ASSESSED = Draft7Validator(schema("assessment"))
MODELLED = Draft7Validator(schema("model"))
# What a file could hold in place of a value.
OTHER: tuple[Any, ...] = (
    None,
    "x",
    "",
    0,
    3,
    -1,
    2.5,
    True,
    "2026-11-24",
    "high",
    "team",
    [],
    ["x"],
    {},
    {"note": "x"},
)


def changed(data: Any, draw: st.DrawFn) -> Any:
    """`data` with one value somewhere in it replaced, left out, or joined by an odd one."""
    if isinstance(data, dict) and data and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(data)))
        act = draw(st.sampled_from(["deeper", "deeper", "deeper", "drop", "add"]))
        if act == "drop":
            return {name: each for name, each in data.items() if name != key}
        if act == "add":
            return data | {draw(st.sampled_from(["odd", "note", "score", "level"])): draw(st.sampled_from(OTHER))}
        return data | {key: changed(data[key], draw)}
    if isinstance(data, list) and data and draw(st.booleans()):
        at = draw(st.integers(0, len(data) - 1))
        return [*data[:at], changed(data[at], draw), *data[at + 1 :]]
    return draw(st.sampled_from(OTHER))


@st.composite
def spoilt(draw: st.DrawFn, right: st.SearchStrategy[Any]) -> Any:
    """Right data with one to three changes."""
    data = json.loads(json.dumps(draw(right)))
    for _ in range(draw(st.integers(1, 3))):
        data = changed(data, draw)
    return data


def told(data: Any, record: Record, schema: Draft7Validator) -> None:
    """What the slow path reads without a word, the schema does not refuse."""
    findings = problems(data, record, "json")
    version = next(iter(record.fields))  # a file of another format is refused before its structure is looked at
    if not findings and data[version] == FORMAT:
        assert list(schema.iter_errors(data)) == []


def in_json(data: Any) -> Any:
    """`data` as JSON has it, with level numbers as texts where they are keys."""
    return json.loads(json.dumps(data))


@LAW
@given(assessments())
def test_assessments(value: Assessment) -> None:
    """Whatever is written as an assessment is right by the schema, and by the one made for its model where it fits."""
    data = in_json(assessment_data(value))
    assert list(ASSESSED.iter_errors(data)) == []
    if not value.beyond:
        own = list(Draft7Validator(schema("assessment", value.model)).iter_errors(data))
        assert [list(each.absolute_path) for each in own] == []


@LAW
@given(models())
def test_models(value: MaturityModel) -> None:
    """Whatever is written as a model is right by the schema."""
    assert list(MODELLED.iter_errors(in_json(model_data(value)))) == []


@settings(max_examples=300)
@given(spoilt(assessments().map(assessment_data)))
def test_spoilt_assessments(data: Any) -> None:
    """What is not quite an assessment, and is read all the same, is right by the schema."""
    told(data, ASSESSMENT, ASSESSED)


@settings(max_examples=150)
@given(spoilt(models().map(model_data).map(lambda data: data | {"outcomes": {}, "glossary": {}})))
def test_spoilt_models(data: Any) -> None:
    """So it is with models; their keys that are numbers are told apart by the reader of JSON, and left out here."""
    told(data, MODEL, MODELLED)
