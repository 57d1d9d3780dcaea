"""Values from a mirror that the gate let through, by expressions generated once from the shapes.

Every value is made by its own class, so what `__init__` refuses is refused here too.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import attrs
import msgspec

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.gate import mirror
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Field, Listing, Record, Shape, Table

__all__ = ["build", "build_assessment", "build_model"]


def build(found: Any, record: Record) -> Any:
    """The value of an accepted mirror of `record`. Raises ValueError for an impossible one."""
    return _builder(record, record.kind)(found)


def build_assessment(found: Any, model: MaturityModel, origin: str | None = None) -> Assessment:
    """The assessment of an accepted mirror, with its resolved model. Raises ValueError for an impossible one."""
    return cast("Assessment", _builder(ASSESSMENT, Assessment)(found, model=model, origin=origin))


def build_model(found: Any) -> MaturityModel:
    """The model of an accepted mirror. Raises ValueError for an impossible one."""
    return cast("MaturityModel", _builder(MODEL, MaturityModel)(found))


@cache
def _builder(record: Record, kind: type[Any]) -> Any:
    """The function that makes a `kind` of a mirror of `record`: one expression, written out and compiled.

    Arguments go by position, and a record within a record is written out where it stands: a call for each, by
    keyword, would take half as long again.
    """
    names: dict[str, Any] = {"FrozenMap": FrozenMap, "Top": kind, "astuple": msgspec.structs.astuple}

    def named(name: str, value: Any) -> str:
        names[name] = value
        return name

    def made(shape: Shape, it: str) -> str:
        """The value of `shape` whose mirror is `it`, an expression."""
        inner = f"{it.partition('.')[0]}_"  # a name that nothing around it has
        match shape:
            case Listing(item):
                told = made(item, inner)
                return f"tuple({it})" if told == inner else f"tuple([{told} for {inner} in {it}])"
            case Table(_, value):
                told = made(value, inner)
                return (
                    f"FrozenMap({it})" if told == inner else f"FrozenMap({{k: {told} for k, {inner} in {it}.items()}})"
                )
            case Record():
                return whole(shape, it)
            case _:
                return it

    def whole(each: Record, it: str) -> str:
        own = named(each.kind.__name__, each.kind)
        parts = [part(own, name, field, it) for name, field in each.fields.items()]
        as_they_are = parts == [f"{it}.{name}" for name in mirror(each).__struct_fields__]
        told = f"{own}(*astuple({it}))" if as_they_are else f"{own}({', '.join(parts)})"
        if each.blank:
            return f"({named(f'blank_{own}', each.kind())} if {it} is None else {told})"
        if each.short is not None:
            return f"({told} if type({it}) is {named(f'mirror_{own}', mirror(each))} else {own}({each.short}={it}))"
        return told

    def part(own: str, name: str, field: Field, it: str) -> str:
        held = f"{it}.{name}"
        told = made(field.shape, held)
        if field.required or (told == held and field.default is None):
            return told
        return f"{named(f'default_{own}_{name}', field.default)} if {held} is None else {told}"

    own = {each.name for each in attrs.fields(kind)}
    given = [
        f"{name}={part('Top', name, field, 'm')}" for name, field in record.fields.items() if name in own - {"model"}
    ]
    return eval(f"lambda m, **rest: Top({', '.join(given)}, **rest)", names)  # noqa: S307  # the text is ours, of field names
