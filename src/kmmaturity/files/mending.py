"""Stand-ins for what is broken, so that one mistake does not hide the next."""

from __future__ import annotations

from typing import Any

from kmmaturity.domain.findings import Pointer
from kmmaturity.files.shapes import Choice, Day, Field, Listing, Record, Shape, Table, Text, Whole

__all__ = ["mended"]


def mended(data: Any, shape: Shape, pointer: Pointer) -> Any:
    """`data` with what stands at `pointer` left out or, where it has to be there, replaced by a stand-in."""
    if not pointer:
        return _stand_in(shape)
    step, rest = pointer[0], Pointer(pointer[1:])
    match shape:
        case Record(fields=fields) if isinstance(data, dict):
            field = fields.get(str(step))
            return _entry(data, step, rest, field or Field(Text(), required=False))
        case Table(_, value) if isinstance(data, dict):
            return _entry(data, step, rest, Field(value, required=True))  # other parts may name it
        case Listing(item) if isinstance(data, list | tuple):
            return [mended(value, item, rest) if index == step else value for index, value in enumerate(data)]
    return _stand_in(shape)


def _entry(data: dict[Any, Any], step: str | int, rest: Pointer, field: Field) -> dict[Any, Any]:
    if rest and step in data:
        return {**data, step: mended(data[step], field.shape, rest)}
    if field.required:
        return {**data, step: _stand_in(field.shape)}
    return {key: value for key, value in data.items() if key != step}


def _stand_in(shape: Shape) -> Any:
    match shape:
        case Text():
            return "this"
        case Whole():
            return 1
        case Day():
            return "2000-01-01"
        case Choice(kind):
            return str(next(iter(kind)))
        case Listing(item):
            return [_stand_in(item)]
        case Table():
            return {}
        case Record(fields=fields, required=required):
            return {name: _stand_in(fields[name].shape) for name in required}
