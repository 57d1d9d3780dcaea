"""What the files look like, read once from the attrs classes; gate, YAML reader, writer and schema follow.

Every key is the attrs field's own name, so that pointers need no translation.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Container
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, Literal

import attrs
from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import MaturityModel

__all__ = [
    "ASSESSMENT",
    "FORMAT",
    "MODEL",
    "Choice",
    "Day",
    "Field",
    "Listing",
    "Of",
    "Record",
    "Shape",
    "Table",
    "Text",
    "Whole",
    "has_level_keys",
]

FORMAT = 1
Of = Literal["sub", "name", "level"]


@frozen
class Text:
    """Free text, or an id."""


@frozen
class Whole:
    """A whole number."""


@frozen
class Day:
    """A date, YYYY-MM-DD."""


@frozen
class Choice:
    """One of a few words."""

    kind: type[StrEnum]


@frozen
class Listing:
    """A list; values hold it as a tuple."""

    item: Shape


@frozen
class Table:
    """A mapping with keys of the writer's choosing: ids, or level numbers (`whole`)."""

    whole: bool
    value: Shape


@frozen
class Field:
    """One key of a record. A field that is not required may be left out or blank; a required list is not empty.

    `of` tells whose texts, keys or number it holds, where they are the model's.
    """

    shape: Shape
    required: bool
    default: Any = None
    of: Of | None = None


@frozen(eq=False)
class Record:
    """A mapping with fixed keys, one for each field of `kind`; `short` is the field that may stand for it all."""

    kind: type
    fields: dict[str, Field] = field(repr=False)
    short: str | None = None

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The fields that have to be there."""
        return tuple(name for name, each in self.fields.items() if each.required)

    @property
    def blank(self) -> bool:
        """Whether the record may be left blank."""
        return not self.required


Shape = Text | Whole | Day | Choice | Listing | Table | Record


@cache
def record(kind: type) -> Record:
    """The record that the attrs class `kind` is in a file."""
    short = [each.name for each in attrs.fields(kind) if each.metadata.get("short")]
    return Record(kind, _fields(kind), short[0] if short else None)


def _fields(kind: type, without: Container[str] = ()) -> dict[str, Field]:
    attrs.resolve_types(kind)
    return {
        each.name: Field(
            shape=_shape(each.type),
            required=each.default is attrs.NOTHING,
            default=None if each.default is attrs.NOTHING else each.default,
            of=each.metadata.get("of"),
        )
        for each in attrs.fields(kind)
        if each.name not in without
    }


def _shape(hint: Any) -> Shape:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        (hint,) = [each for each in inner if each is not types.NoneType]
        return _shape(hint)
    if origin is tuple:
        return Listing(_shape(inner[0]))
    if origin is FrozenMap:
        return Table(inner[0] is int, _shape(inner[1]))
    simple: dict[Any, Shape] = {str: Text(), int: Whole(), date: Day()}
    if hint in simple:
        return simple[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Choice(hint)
    return record(hint)


@cache
def has_level_keys(shape: Shape) -> bool:
    """Whether there is a table of levels in `shape`."""
    match shape:
        case Record(fields=fields):
            return any(has_level_keys(each.shape) for each in fields.values())
        case Listing(item):
            return has_level_keys(item)
        case Table(whole, value):
            return whole or has_level_keys(value)
        case _:
            return False


# A file says in which format it is and which model it is read with; the value holds that model itself.
_FORMAT = Field(Whole(), required=True)
ASSESSMENT = Record(
    Assessment,
    {"kmmaturity": _FORMAT, "model": Field(Text(), required=True), "digest": Field(Text(), required=False)}
    | _fields(Assessment, without=("model", "origin")),
)
MODEL = Record(MaturityModel, {"kmmodel": _FORMAT} | _fields(MaturityModel))
