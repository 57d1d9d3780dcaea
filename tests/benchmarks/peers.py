"""What others make of the same files: each peer's own strictest description of them, made from the same shapes.

Each is given every advantage: it knows the structure only, and neither the model's names and levels nor keys that stand
twice, but where its name says so. pydantic and cattrs are there twice, as their tutorials show them and as they are
quickest. A peer that is not installed is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import EnumType
from functools import cache
from importlib.util import find_spec
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, get_args, get_origin

import attrs

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.shapes import ASSESSMENT, FORMAT, Choice, Day, Field, Listing, Record, Shape, Table, Text, Whole

__all__ = [
    "BASE",
    "CATTRS",
    "CATTRS_TUNED",
    "INFORMED",
    "ONCE",
    "PYDANTIC",
    "PYDANTIC_DICTS",
    "Read",
    "base",
    "gates",
    "informed",
    "installed",
    "json_schema",
    "loads",
    "pydantic_adapter",
    "pydantics",
]

Read = Callable[[bytes], Any]  # raises for a file that it refuses

BASE = "orjson.loads, nothing checked"
PYDANTIC = "pydantic strict"
PYDANTIC_DICTS = "pydantic strict, TypedDict"
ONCE = "jsonschema-rs, duplicates"
INFORMED = "jsonschema-rs, names and levels, duplicates"
CATTRS = "cattrs strict"
CATTRS_TUNED = "cattrs strict, hooks of its own"


def installed(*names: str) -> bool:
    """Whether every one of these packages is there."""
    return all(map(find_spec, names))


def base() -> dict[str, Read]:
    """What all are measured by."""
    if not installed("orjson"):
        return {}
    import orjson

    return {BASE: orjson.loads}


def gates(model: MaturityModel) -> dict[str, Read]:
    """Those that say whether a file is right, whatever else they give."""
    import msgspec

    found = base()
    found["msgspec to dict, nothing checked"] = msgspec.json.Decoder().decode
    found |= pydantics()
    if installed("orjson", "jsonschema_rs"):
        found["jsonschema-rs"] = _jsonschema_rs(json_schema(), twice=False)
        found[ONCE] = _jsonschema_rs(json_schema(), twice=True)
    found |= informed(model)
    if installed("orjson", "fastjsonschema"):
        found["fastjsonschema"] = _fastjsonschema()
    return found


def informed(model: MaturityModel) -> dict[str, Read]:
    """The peer that knows as much as the gate does."""
    if not installed("orjson", "jsonschema_rs"):
        return {}
    return {INFORMED: _jsonschema_rs(json_schema(model), twice=True)}


def loads() -> dict[str, Read]:
    """Those that give values, as `load` does: of classes, but for TypedDicts, which are plain."""
    found = pydantics()
    if installed("orjson"):
        found |= {CATTRS: _cattrs(tuned=False), CATTRS_TUNED: _cattrs(tuned=True)}
    return found


# pydantic


def pydantic_adapter(*, dicts: bool = False) -> Any:
    """The type adapter of what an assessment's file is, strict and without unknown fields: models, or TypedDicts."""
    import pydantic

    return pydantic.TypeAdapter(_pydantic(ASSESSMENT, dicts))


def pydantics() -> dict[str, Read]:
    """Both kinds of pydantic."""
    if not installed("pydantic"):
        return {}
    return {
        PYDANTIC: pydantic_adapter().validate_json,
        PYDANTIC_DICTS: pydantic_adapter(dicts=True).validate_json,
    }


@cache
def _pydantic(record: Record, dicts: bool) -> Any:
    import pydantic
    from typing_extensions import TypedDict  # pydantic refuses Python's own before 3.12

    config = pydantic.ConfigDict(strict=True, extra="forbid")
    name = record.kind.__name__
    kinds = {name: (_kind(each.shape, dicts), each.required) for name, each in record.fields.items()}
    if dicts:
        keys = {key: kind if needed else NotRequired[kind | None] for key, (kind, needed) in kinds.items()}
        made = TypedDict(name, keys)  # type: ignore[misc]  # made at run time
        return pydantic.with_config(config)(made)
    fields: dict[str, Any] = {
        key: (kind, ...) if needed else (kind | None, None) for key, (kind, needed) in kinds.items()
    }
    return pydantic.create_model(name, __config__=config, **fields)


def _kind(shape: Shape, dicts: bool) -> Any:
    match shape:
        case Text():
            return str
        case Whole():
            return int
        case Day():
            return date
        case Choice(words):
            return words
        case Listing(item):
            return list[_kind(item, dicts)]  # type: ignore[misc]  # made at run time
        case Table(whole, value):
            return dict[int if whole else str, _kind(value, dicts)]  # type: ignore[misc]  # made at run time
        case Record(short=short, fields=fields) if short is not None:
            import pydantic

            either = _pydantic(shape, dicts) | _kind(fields[short].shape, dicts)
            return Annotated[either, pydantic.Field(union_mode="left_to_right")]  # quicker than its default
        case _:
            return _pydantic(shape, dicts)


# JSON Schema


def json_schema(model: MaturityModel | None = None) -> dict[str, Any]:
    """The JSON Schema of an assessment's structure and, with a model, of its names and levels too."""
    made: dict[str, Any] = {}
    top = _schema(ASSESSMENT, made)
    made["Assessment"]["properties"]["kmmaturity"] = {"const": FORMAT}
    made["Score"]["not"] = {
        "properties": {"score": {"type": "integer"}, "inapplicable": {"type": "string"}},
        "required": ["score", "inapplicable"],
    }
    if model is not None:
        names = {"enum": [*model.subs, *model.outcomes]}
        whole = made["Assessment"]["properties"]
        whole["scores"] = {
            "type": ["object", "null"],
            "properties": {sub: _score(made["Score"], levels) for sub, levels in model.scales.items()},
            "additionalProperties": False,
        }
        whole["benefit"]["propertyNames"] = names
        for record, field in (("Priority", "outcome"), ("Suppression", "outcome")):
            made[record]["properties"][field] = names
        made["Action"]["properties"]["towards"]["items"] = names
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "$defs": made}


def _score(score: dict[str, Any], levels: tuple[int, ...]) -> dict[str, Any]:
    """The schema of an answer whose levels are these."""
    own = {"type": ["integer", "null"], "minimum": levels[0], "maximum": levels[-1]}
    target = {
        "type": "object",
        "properties": {"level": own | {"type": "integer"}, "by": {"type": ["string", "null"], "format": "date"}},
        "required": ["level"],
        "additionalProperties": False,
    }
    return {**score, "properties": {**score["properties"], "score": own, "target": {"anyOf": [target, own]}}}


def _field(field: Field, made: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field, which may be left blank unless it is required."""
    own = _schema(field.shape, made)
    if field.required:
        return own
    if "type" in own:
        return own | {"type": [own["type"], "null"]}
    if "enum" in own:
        return {"enum": [*own["enum"], None]}
    return {"anyOf": [*own.get("anyOf", [own]), {"type": "null"}]}


def _schema(shape: Shape, made: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case Text():
            return {"type": "string"}
        case Whole():
            return {"type": "integer"}
        case Day():
            return {"type": "string", "format": "date"}
        case Choice(words):
            return {"enum": [str(each) for each in words]}
        case Listing(item):
            return {"type": "array", "items": _schema(item, made)}
        case Table(_, value):
            return {"type": "object", "additionalProperties": _schema(value, made)}
        case Record(kind=kind, short=short, fields=fields):
            if kind.__name__ not in made:
                made[kind.__name__] = {
                    "type": "object",
                    "properties": {name: _field(each, made) for name, each in fields.items()},
                    "required": [name for name, each in fields.items() if each.required],
                    "additionalProperties": False,
                }
            own = {"$ref": f"#/$defs/{kind.__name__}"}
            return own if short is None else {"anyOf": [own, _schema(fields[short].shape, made)]}


def _jsonschema_rs(schema: dict[str, Any], *, twice: bool) -> Read:
    import jsonschema_rs
    import orjson

    from kmmaturity.files.gate import colons, escaped_colons

    right = jsonschema_rs.validator_for(schema, validate_formats=True).is_valid

    def read(data: bytes) -> Any:
        found = orjson.loads(data)
        if not right(found):
            raise ValueError("refused")
        if twice and colons(data) + escaped_colons(data) != colons(orjson.dumps(found)):
            raise ValueError("a key stands twice")
        return found

    return read


def _fastjsonschema() -> Read:
    import fastjsonschema
    import orjson

    # It knows the drafts up to 7, in which a schema's parts stand under another name.
    schema = json_schema() | {"$schema": "http://json-schema.org/draft-07/schema"}
    schema["$defs"]["Assessment"]["properties"]["kmmaturity"] = {"enum": [FORMAT]}  # quicker than `const`
    right = fastjsonschema.compile(schema, use_default=False, detailed_exceptions=False)
    return lambda data: right(orjson.loads(data))


# cattrs


def _cattrs(*, tuned: bool) -> Read:
    """Values of our own classes, by cattrs alone with exact types; short forms are left out, as in the corpus.

    If `tuned`, with hooks for what its own do at length: fields that may be blank, words of an enum, lists of texts.
    """
    import cattrs
    import orjson

    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
    converter.register_structure_hook_func(lambda kind: kind is str, _exactly)
    converter.register_structure_hook_func(lambda kind: kind is int, _exactly)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_structure_hook_factory(lambda kind: get_origin(kind) is tuple, _listing)
    converter.register_structure_hook_factory(lambda kind: get_origin(kind) is FrozenMap, _table)
    if tuned:
        converter.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _texts)
        converter.register_structure_hook_factory(lambda kind: get_origin(kind) is UnionType, _optional)
        converter.register_structure_hook_factory(lambda kind: isinstance(kind, EnumType), _word)
    whole = _whole()
    structure = converter.get_structure_hook(whole)
    return lambda data: structure(orjson.loads(data), whole)


@cache
def _whole() -> type:
    """The class of what stands in a file: in place of the model itself, which one it is."""
    head = {"kmmaturity": attrs.field(type=int), "model": attrs.field(type=str)}
    head |= {"digest": attrs.field(type=str | None, default=None)}  # type: ignore[arg-type]  # a type, as attrs takes
    own = {
        each.name: attrs.field(type=each.type, default=each.default)
        for each in attrs.fields(Assessment)
        if each.name in ASSESSMENT.fields.keys() - head.keys()
    }
    return attrs.make_class("Whole", head | own, frozen=True, slots=True, kw_only=True)


Hook = Callable[[Any, Any], Any]


def _exactly(value: Any, kind: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def _listing(kind: Any, converter: Any) -> Hook:
    item = get_args(kind)[0]
    inner = converter.get_structure_hook(item)

    def hook(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise TypeError(kind)
        return tuple([inner(each, item) for each in value])

    return hook


def _table(kind: Any, converter: Any) -> Hook:
    item = get_args(kind)[1]
    inner = converter.get_structure_hook(item)
    return lambda value, _: FrozenMap({name: inner(each, item) for name, each in value.items()})


def _texts(value: Any, kind: Any) -> Any:
    if type(value) is not list or not all(type(each) is str for each in value):
        raise TypeError(kind)
    return tuple(value)


def _optional(kind: Any, converter: Any) -> Hook:
    (item,) = [each for each in get_args(kind) if each is not NoneType]
    if item in (str, int):  # most are, and one call is quicker than two
        return lambda value, _: value if value is None or type(value) is item else _exactly(value, item)
    inner = converter.get_structure_hook(item)
    return lambda value, _: None if value is None else inner(value, item)


def _word(kind: Any, _: Any) -> Hook:
    known = {str(each): each for each in kind}
    return lambda value, _: known[value]
