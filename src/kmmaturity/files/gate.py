"""The gate: bytes that are right, taken at once; anything else refused without a word.

A strict msgspec mirror of the shapes does the work. Why it refused is for `codec` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

import msgspec

from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.shapes import Choice, Day, Field, Listing, Record, Shape, Table, Text, Whole

__all__ = ["accept_data", "accept_json", "colons", "escaped_colons", "fits", "mirror", "plain_json"]

Mirror = Any  # a msgspec.Struct made at run time
_encode = msgspec.json.Encoder().encode
_plain = msgspec.json.Decoder()
_ESCAPED_COLON = re.compile(rb"\\u003[aA]")
FEW = 16  # backslashes


@cache
def mirror(record: Record) -> type[Mirror]:
    """The strict msgspec type of `record`: the same keys, none other, each of exactly its type."""
    return msgspec.defstruct(
        f"{record.kind.__name__}Mirror",
        [_member(name, each) for name, each in sorted(record.fields.items(), key=lambda item: not item[1].required)],
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=False,
    )


def _member(name: str, each: Field) -> Any:
    kind = _type(each.shape)
    if each.required:
        return (name, Annotated[kind, msgspec.Meta(min_length=1)] if isinstance(each.shape, Listing) else kind)
    return (name, kind | None, _left_out(each.default))


def _left_out(default: Any) -> Any:
    """What a mirror holds for a field that the file leaves out: it converts to the default, and no file can give it.

    So a default that is written down is told from one that is not, and is encoded again. A small number is one object
    wherever it comes from: None stands for it, as for a field that is left blank, and the builder sees to both.
    """
    match default:
        case ():
            return frozenset()
        case StrEnum() as word:
            return str(word)
        case int():
            return None
        case _:
            return default


@cache
def _type(shape: Shape) -> Any:
    match shape:
        case Text():
            return str
        case Whole():
            return int
        case Day():
            return date
        case Choice(kind):
            return kind
        case Listing(item):
            return list[_type(item)]  # type: ignore[misc]  # made at run time
        case Table(whole, Record(blank=True) as value):
            return dict[int if whole else str, _type(value) | None]  # type: ignore[misc]  # made at run time
        case Table(whole, value):
            return dict[int if whole else str, _type(value)]  # type: ignore[misc]  # made at run time
        case Record(fields=fields, short=short):
            return mirror(shape) if short is None else mirror(shape) | _type(fields[short].shape)


@cache
def _decoder(record: Record) -> Any:
    return msgspec.json.Decoder(mirror(record))


def accept_json(data: bytes, record: Record) -> Mirror | None:
    """The mirror of JSON `data`, or None when it is refused: syntax, keys, types, or a key that stands twice."""
    return _once(data, _decoder(record).decode)


def plain_json(data: bytes) -> Any:
    """The plain data of JSON `data`, or None where a key may stand twice, or what the standard library has to say."""
    return _once(data, _plain.decode)


def _once(data: bytes, decode: Callable[[bytes], Any]) -> Any:
    """What `data` holds, if it is JSON in which no key stands twice.

    A dropped duplicate shows in the count of colons: what was read, encoded again, has fewer. So has a mirror of what is
    left blank, for which plain data are asked, which keep it.
    """
    try:
        found = decode(data)
        written = colons(data) + escaped_colons(data)
        once = written == colons(_encode(found)) or written == colons(_encode(_plain.decode(data)))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if once else None


def colons(data: bytes) -> int:
    """How many colons are in `data`. Replacing leaps from one to the next, where counting looks at every byte."""
    return len(data) - len(data.replace(b":", b""))


def escaped_colons(data: bytes) -> int:
    """How many colons in JSON `data` are written as escapes."""
    at = -2
    for _ in range(FEW):  # as most files have: one byte is looked for many times quicker than several are
        at = data.find(b"\\", at + 2)
        if at < 0:
            return 0
        if data.startswith(b"u003", at + 1):
            break
    if b"\\u003" not in data:
        return 0
    return len(_ESCAPED_COLON.findall(data.replace(b"\\\\", b"")))


def accept_data(data: Any, shape: Record | Listing) -> Mirror | None:
    """The mirror of plain data that a YAML reader made, or None when it is refused."""
    try:
        return msgspec.convert(data, mirror(shape) if isinstance(shape, Record) else _type(shape))
    except (msgspec.ValidationError, RecursionError):
        return None


def fits(found: Mirror, model: MaturityModel) -> bool:
    """Whether every name and level of an assessment's mirror is the model's: the quick yes of the family `fit`."""
    scales = model.scales
    try:
        for name, answer in (found.scores or {}).items():
            levels = scales[name]
            if answer is None:
                continue
            if (score := answer.score) is not None and score not in levels:
                return False
            if (target := answer.target) is not None and (
                target if type(target) is int else target.level
            ) not in levels:
                return False
    except KeyError:
        return False
    known = model.names.issuperset
    for action in (found.plan and found.plan.actions) or ():
        if action.towards and not known(action.towards):
            return False
    return (
        known(found.benefit or ())
        and known([each if type(each) is str else each.outcome for each in found.priorities or ()])
        and known([each.outcome for each in found.ignore or () if each.outcome is not None])
    )
