"""The JSON Schema of files: what it says of the mistakes that people make, and what editors show from it."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
import yaml
from jsonschema import Draft7Validator

import kmmaturity as km
from kmmaturity.domain.model import Level, MaturityModel, Measure, Outcome, SubOutcome
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.errors import KmMaturityError, UnknownName
from kmmaturity.files.document import Document
from kmmaturity.files.meanings import MEANINGS
from kmmaturity.files.schema import as_bytes, schema
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Record
from kmmaturity.files.writing import model_data

STARTER = km.load_model("starter")
OURS = Draft7Validator(schema("assessment", STARTER))
ANY = Draft7Validator(schema("assessment"))

# Mistakes of structure that a schema cannot see: a key that stands twice is one key to it.
UNSEEN = {"KMM103"}


def as_json(document: bytes) -> Any:
    """A YAML example as a program would have it in JSON."""
    return json.loads(json.dumps(yaml.safe_load(document), default=str))


def wrong(validator: Draft7Validator, data: Any) -> list[str]:
    """Where the schema marks something, as paths."""
    return ["/".join(map(str, each.absolute_path)) for each in validator.iter_errors(data)]


def filled(**answers: Any) -> dict[str, Any]:
    """An assessment's data with one answer for learning.before."""
    base = km.to_dict(km.new(unit="T"))
    return base | {"scores": {"learning.before": answers}}


@pytest.mark.parametrize("code", sorted(code for code, each in CATALOGUE.items() if each.family == "structure"))
def test_every_structural_mistake(code: str) -> None:
    """The bad example of each rule of structure is refused, but for the few that no schema can see; the good one is not."""
    rule = CATALOGUE[code]
    validator = ANY if rule.about == "assessment" else Draft7Validator(schema("model"))
    assert bool(wrong(validator, as_json(rule.bad))) is (code not in UNSEEN)
    assert wrong(validator, as_json(rule.good)) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kmmaturity": 2}, "kmmaturity"),
        ({"kmmaturity": None}, "kmmaturity"),
        ({"unit": []}, "unit"),
        ({"unit": "T"}, "unit"),
        ({"assessed": "24/11/2026"}, "assessed"),
        ({"scope": "teams"}, "scope"),
        ({"score": {}}, ""),
        ({"scores": []}, "scores"),
        ({"plan": {"actions": [{"action": "x", "status": "begun"}]}}, "plan"),
        ({"plan": {"reviews": [{"held": "2026-01-01"}]}}, "plan"),
        ({"priorities": [1]}, "priorities/0"),
        ({"benefit": {"learning": "much"}}, "benefit/learning"),
        ({"ignore": [{"rule": "x"}]}, "ignore/0"),
    ],
    ids=str,
)
def test_mistakes(change: dict[str, Any], place: str) -> None:
    """A mistake is marked where it stands, as near as the schema can tell."""
    assert place in wrong(ANY, km.to_dict(km.example()) | change)


@pytest.mark.parametrize(
    "answer",
    [
        {"score": 4},
        {"score": "2"},
        {"score": 1, "inapplicable": "No"},
        {"target": 9},
        {"target": {"by": "2027-01-01"}},
        {"evidence": "Board"},
        {"evidence": [{"note": "x", "mesure": "y"}]},
        {"scroe": 1},
    ],
    ids=str,
)
def test_answers(answer: dict[str, Any]) -> None:
    """With a model, an answer is checked against its own levels, and marked where it stands."""
    assert wrong(OURS, filled(**answer)) == ["scores/learning.before"]


@pytest.mark.parametrize(
    "answer",
    [
        {"score": 0},
        {"score": None, "target": 1},
        {"target": {"level": 2, "by": "2027-01-01"}},
        {"inapplicable": "Not ours", "score": None},
        {"evidence": ["x", {"note": "y", "measure": "anything", "effect": "z"}]},
    ],
    ids=str,
)
def test_right_answers(answer: dict[str, Any]) -> None:
    """What a check takes without an error is not marked."""
    assert wrong(OURS, filled(**answer)) == []


def test_ids_of_the_model() -> None:
    """With a model, a name that it lacks is marked: in scores, benefit, priorities and the plan."""
    data = km.to_dict(km.example())
    assert wrong(OURS, data) == []
    assert wrong(OURS, data | {"scores": {"learning.befor": {"score": 1}}}) == ["scores"]
    assert wrong(OURS, data | {"benefit": {"learnin": "high"}}) == ["benefit"]
    assert wrong(OURS, data | {"priorities": ["learnin"]}) == ["priorities/0"]
    assert wrong(OURS, data | {"plan": {"actions": [{"action": "x", "towards": ["learnin"]}]}})
    assert wrong(OURS, data | {"model": "other@1.0"}) == ["model"]


def test_hover_text() -> None:
    """Each question has its title, and each of its levels the model's own words; each measure is offered with its text."""
    for sub, asked in STARTER.subs.items():
        shown = schema("assessment", STARTER)["properties"]["scores"]["properties"][sub]
        assert shown["title"] == asked.title
        answer = shown["anyOf"][0]["properties"]
        told = {each["const"]: each["description"] for each in answer["score"]["oneOf"] if "const" in each}
        assert told == dict(asked.levels)
        offered = {
            each["const"]
            for item in answer["evidence"]["items"]["anyOf"]
            for each in item.get("properties", {}).get("measure", {}).get("anyOf", ())
            if "const" in each
        }
        assert offered == {each.id for group in asked.measures.values() for each in group}


def test_fewer_levels() -> None:
    """A question that stops early takes no level above its highest, and words that a model lacks are the scale's."""
    model = MaturityModel(
        "m", "1", "M", [Level(0, "None"), Level(1, "Some"), Level(2, "All")],
        {"a": Outcome("A", subs={"x": SubOutcome("X", highest=1, measures={1: (Measure("m-1", "M"),)})})},
    )  # fmt: skip
    validator = Draft7Validator(schema("assessment", model))
    data = km.to_dict(km.new(model, unit="T").with_score("a.x", 1))
    assert wrong(validator, data) == []
    data["scores"]["a.x"]["score"] = 2
    assert wrong(validator, data) == ["scores/a.x"]


def test_models() -> None:
    """The starter model is right by the schema of models, and a slip in it is marked."""
    validator = Draft7Validator(schema("model"))
    data = json.loads(json.dumps(model_data(STARTER)))
    assert wrong(validator, data) == []
    data["outcomes"]["learning"]["subs"]["before"]["level"] = {}
    assert wrong(validator, data) == ["outcomes/learning/subs/before"]


@pytest.mark.parametrize("made", [schema("assessment"), schema("model"), schema("assessment", STARTER)])
def test_it_is_a_schema(made: dict[str, Any]) -> None:
    """Each is itself right by the meta-schema of draft-07, and the same bytes each time."""
    Draft7Validator.check_schema(made)
    assert json.loads(as_bytes(made)) == made
    assert as_bytes(made) == as_bytes(json.loads(as_bytes(made)))


def test_every_key_is_explained() -> None:
    """Every key of a record that a page lists is explained in the schema, in the page's words."""

    def within(shape: Any) -> set[Record]:
        if isinstance(shape, Record):
            return {shape}.union(*(within(each.shape) for each in shape.fields.values()))
        inner = getattr(shape, "item", None) or getattr(shape, "value", None)
        return within(inner) if inner is not None else set()

    explained = {each.kind.__name__: each for each in within(ASSESSMENT) | within(MODEL)}
    assert set(MEANINGS) <= set(explained)
    for name, told in MEANINGS.items():
        assert set(told) == set(explained[name].fields)


def test_api() -> None:
    """`km.schema` takes a kind and a model, by name or as a value, and refuses what goes with neither."""
    assert km.schema(model="starter") == schema("assessment", STARTER)
    assert km.schema("model") == schema("model")
    with pytest.raises(UnknownName, match="did you mean assessment"):
        km.schema("assesment")  # type: ignore[arg-type]  # a slip
    with pytest.raises(KmMaturityError, match="leave it out"):
        km.schema("model", model="starter")


def test_read_as_told() -> None:
    """What the schema of a model takes in a file, reading takes."""
    data = filled(score=3, evidence=["x"])
    assert wrong(OURS, data) == []
    assert km.load(Document("x.kmm.json", json.dumps(data).encode())).answer("learning.before").score == 3
    assert attrs.asdict(km.from_dict(data).answer("learning.before"))["score"] == 3
