"""JSON Schema (draft-07) of our files, for editors: completion, hover text, and marks where something is amiss.

It is made from the same shapes as the gate, and refuses nothing that `check` reads without an error. What only a check
can see, it leaves to the check: days of the calendar, names of another file, and whatever spans several keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.meanings import MEANINGS
from kmmaturity.files.shapes import (
    ASSESSMENT,
    FORMAT,
    MODEL,
    Choice,
    Day,
    Field,
    Listing,
    Record,
    Shape,
    Table,
    Text,
    Whole,
)
from kmmaturity.files.source import Kind
from kmmaturity.files.writing import encoded

__all__ = ["as_bytes", "schema"]

DIALECT = "http://json-schema.org/draft-07/schema#"
NULL: dict[str, Any] = {"type": "null"}
Schema = dict[str, Any]


def schema(kind: Kind, model: MaturityModel | None = None) -> Schema:
    """The schema of assessments or models; with `model`, of assessments against it, with its ids and its wording."""
    if kind == "model":
        return _file(MODEL, "kmmodel", "A maturity model")
    whole = _file(ASSESSMENT, "kmmaturity", "A knowledge management maturity self-assessment")
    return whole if model is None else _against(model, whole)


def as_bytes(made: Schema) -> bytes:
    """A schema as a file, the same bytes for the same schema."""
    return encoded(json.dumps(made, ensure_ascii=False, indent=2) + "\n")


def _file(record: Record, version: str, title: str) -> Schema:
    definitions: dict[str, Schema] = {}
    body = _record(record, definitions)
    body["properties"][version] = _described({"const": FORMAT}, record.kind.__name__, version)
    return {"$schema": DIALECT, "title": title, **body, "definitions": definitions}


def _record(record: Record, definitions: dict[str, Schema]) -> Schema:
    """A record as an object, the records within it by reference."""
    name = record.kind.__name__
    properties = {key: _described(_field(each, definitions), name, key) for key, each in record.fields.items()}
    body: Schema = {
        "type": "object",
        "properties": properties,
        "required": list(record.required),
        "additionalProperties": False,
    }
    if "inapplicable" in record.fields:
        told = {"score": {"type": "integer"}, "inapplicable": {"type": "string"}}
        body["not"] = {"properties": told, "required": list(told)}
    return body


def _field(field: Field, definitions: dict[str, Schema]) -> Schema:
    """What a field takes: blank, too, unless it is required."""
    made = _shape(field.shape, definitions)
    if field.required:
        return made | {"minItems": 1} if isinstance(field.shape, Listing) else made
    if "type" in made and isinstance(made["type"], str):
        return made | {"type": [made["type"], "null"]}
    return {"anyOf": [*made["anyOf"], NULL]} if list(made) == ["anyOf"] else {"anyOf": [made, NULL]}


def _shape(shape: Shape, definitions: dict[str, Schema]) -> Schema:
    match shape:
        case Text():
            return {"type": "string"}
        case Whole():
            return {"type": "integer"}
        case Day():
            return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case Choice(kind):
            return {"enum": [str(each) for each in kind]}
        case Listing(item):
            return {"type": "array", "items": _shape(item, definitions)}
        case Table(whole, value):
            blank = isinstance(value, Record) and value.blank
            entry = _shape(value, definitions)
            table: Schema = {"type": "object", "additionalProperties": {"anyOf": [entry, NULL]} if blank else entry}
            return table | {"propertyNames": {"pattern": "^-?(0|[1-9][0-9]*)$"}} if whole else table
        case Record(kind=kind, fields=fields, short=short):
            name = kind.__name__
            if name not in definitions:
                definitions[name] = {}  # begun, so that a record within itself would end
                definitions[name] = _record(shape, definitions)
            whole_one = {"$ref": f"#/definitions/{name}"}
            return {"anyOf": [_shape(fields[short].shape, definitions), whole_one]} if short else whole_one


def _described(made: Schema, record: str, key: str) -> Schema:
    """`made` with what the key holds; beside a reference, draft-07 passes everything over."""
    means = MEANINGS.get(record, {}).get(key)
    if means is None:
        return made
    return {"description": means, **({"allOf": [made]} if "$ref" in made else made)}


def _against(model: MaturityModel, whole: Schema) -> Schema:
    """The schema of assessments against `model`: its questions, and each level's words where it is chosen."""
    subs = {sub: _answer(model, sub, whole["definitions"]) for sub in model.subs}
    names = {name: each.title for name, each in model.outcomes.items()}
    names |= {sub: each.title for sub, each in model.subs.items()}
    properties = dict(whole["properties"])
    properties["model"] |= {"enum": [model.reference, model.id]}
    properties["scores"] = {
        "description": properties["scores"]["description"],
        "type": ["object", "null"],
        "properties": subs,
        "additionalProperties": False,
    }
    rated = whole["properties"]["benefit"]["additionalProperties"]
    properties["benefit"] |= {
        "properties": {name: {"title": title, **rated} for name, title in names.items()},
        "additionalProperties": False,
    }
    definitions = dict(whole["definitions"])
    named = {"oneOf": [{"const": name, "title": title} for name, title in names.items()]}
    priority = definitions["Priority"]
    outcome = {"description": priority["properties"]["outcome"]["description"], **named}
    definitions["Priority"] = priority | {"properties": priority["properties"] | {"outcome": outcome}}
    properties["priorities"] |= {"items": {"anyOf": [named, {"$ref": "#/definitions/Priority"}]}}
    action = definitions["Action"]
    towards = action["properties"]["towards"] | {"items": named}
    definitions["Action"] = action | {"properties": action["properties"] | {"towards": towards}}
    title = f"{whole['title']}, against {model.title} {model.version} ({model.status})"
    return whole | {"title": title, "properties": properties, "definitions": definitions}


def _answer(model: MaturityModel, sub: str, definitions: Mapping[str, Schema]) -> Schema:
    """The answer to one question, with the words of each level as hover text."""
    asked = model.subs[sub]
    levels = [(level, asked.levels.get(level) or model.level_title(level)) for level in model.levels_of(sub)]
    wording = "\n".join(f"{level}: {words}" for level, words in levels)
    general = definitions["Score"]
    level = {
        "oneOf": [{"const": each, "title": model.level_title(each), "description": words} for each, words in levels]
    }
    aim = definitions["Target"]["properties"]
    target = {
        "type": "object",
        "properties": {**aim, "level": level},
        "required": ["level"],
        "additionalProperties": False,
    }
    properties = _as_in("Score", general) | {
        "score": _blank({"description": wording, **level}),
        "target": {"description": general["properties"]["target"]["description"], "anyOf": [level, target, NULL]},
    }
    if measures := [each for group in asked.measures.values() for each in group]:
        items = _evidence(measures, definitions["Evidence"])
        properties["evidence"] = general["properties"]["evidence"] | {"items": items}
    return {
        "title": asked.title,
        "description": "\n\n".join(filter(None, (asked.question or asked.description, wording))),
        "anyOf": [general | {"properties": properties}, NULL],
    }


def _blank(made: Schema) -> Schema:
    return made | {"oneOf": [*made["oneOf"], NULL]}


def _as_in(name: str, general: Schema) -> dict[str, Schema]:
    """The properties of a definition by reference, so that each is written once however many questions there are."""
    return {key: {"$ref": f"#/definitions/{name}/properties/{key}"} for key in general["properties"]}


def _evidence(measures: Iterable[Any], general: Schema) -> Schema:
    """Evidence whose `measure` completes to those of the model; another is told by a check, and is no error."""
    known = [{"const": each.id, "description": each.text} for each in measures]
    measure = {
        "description": general["properties"]["measure"]["description"],
        "anyOf": [*known, {"type": ["string", "null"]}],
    }
    return {"anyOf": [{"type": "string"}, general | {"properties": _as_in("Evidence", general) | {"measure": measure}}]}
