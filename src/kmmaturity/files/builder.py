"""Values from a mirror that the gate let through. msgspec makes them of our own classes, in half of Python's time.

It calls no `__init__`, so no converter runs: the mirror's types stand for them. It does call `__attrs_post_init__`, so
what a class refuses is refused here too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeVar, get_args, get_origin

import attrs
import msgspec

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.gate import learnt, mirror
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Listing, Record, Shape, Table

__all__ = ["build_assessment", "build_model", "excludes", "exclusion"]

Whole = TypeVar("Whole", Assessment, MaturityModel)


def excludes(record: Record) -> bool:
    """Whether something in a `record` can exclude something else in it."""
    return hasattr(record.kind, "__attrs_post_init__")


def exclusion(found: Any, record: Record) -> str | None:
    """What excludes each other in an accepted mirror of `record`, as making its value would say, and sooner.

    A mirror has the fields of its class, so the class's own test is put to it. Its parts are not looked at.
    """
    if excludes(record):
        try:
            record.kind.__attrs_post_init__(found)  # type: ignore[attr-defined]  # looked at above
        except ValueError as error:
            return str(error)
    return None


def build_assessment(found: Any, model: MaturityModel, origin: str | None = None) -> Assessment:
    """The assessment of an accepted mirror, with its resolved model. Raises ValueError for an impossible one."""
    return _whole(Assessment, ASSESSMENT, found, model, origin=origin)


def build_model(found: Any) -> MaturityModel:
    """The model of an accepted mirror. Raises ValueError for an impossible one."""
    return _whole(MaturityModel, MODEL, found)


def _whole(kind: Callable[..., Whole], record: Record, found: Any, *first: Any, **rest: Any) -> Whole:
    """The `kind` whose file's form is `record`; `first` and `rest` are the fields that only the value has."""
    form, parts = _form(kind, record)
    try:
        made = _converted(found, form)
    except msgspec.ValidationError:  # a short form, or something left blank
        found = _record_in_full(record)(found)
        try:
            made = _converted(found, form)
        except msgspec.ValidationError as error:  # which is a ValueError from msgspec 0.21 on
            raise ValueError(str(error)) from error
    return kind(*first, *parts(made), **rest)


@cache
def _form(kind: Any, record: Record) -> tuple[Any, Callable[[Any], Any]]:
    """What a `kind` has of its file, as a type, and what takes that apart.

    Its tables are dicts, which msgspec knows, and which the `kind` freezes.
    """
    own = {
        each.name: _thawed(each.type) for each in attrs.fields(kind) if each.name in record.fields.keys() - {"model"}
    }
    return learnt(msgspec.defstruct(f"{kind.__name__}Parts", own.items(), gc=False)), attrgetter(*own)


def _thawed(kind: Any) -> Any:
    return dict[get_args(kind)] if get_origin(kind) is FrozenMap else kind  # type: ignore[misc]  # made at run time


def _map(kind: Any, found: Any) -> Any:
    """`found` as the FrozenMap that `kind` is, which msgspec does not know."""
    return found if type(found) is FrozenMap else FrozenMap(_converted(found, _dict(kind)))


@cache
def _dict(kind: Any) -> Any:
    return learnt(_thawed(kind))


_converted = partial(msgspec.convert, from_attributes=True, dec_hook=_map)


@cache
def _in_full(shape: Shape) -> Callable[[Any], Any] | None:
    """What writes the short forms in a mirror of `shape` out, and what is left blank as its default.

    None where there can be neither.
    """
    match shape:
        case Listing(item) if one := _in_full(item):
            return lambda found: [one(each) for each in found]
        case Table(_, value) if entry := _in_full(value):
            return lambda found: {name: entry(each) for name, each in found.items()}
        case Record() as record:
            return _record_in_full(record)
        case _:
            return None


@cache
def _record_in_full(record: Record) -> Callable[[Any], Any]:
    own = mirror(record)
    inner = [(name, each.default, _in_full(each.shape)) for name, each in record.fields.items()]
    inner = [(name, default, full) for name, default, full in inner if default is not None or full is not None]

    def record_in_full(found: Any) -> Any:
        if found is None:
            return own()
        if not isinstance(found, msgspec.Struct):  # a default, or a short form
            return found if type(found) is record.kind else own(**{str(record.short): found})
        for name, default, full in inner:
            held = getattr(found, name)
            if held is None:
                setattr(found, name, default)
            elif full is not None:
                setattr(found, name, full(held))
        return found

    return record_in_full
