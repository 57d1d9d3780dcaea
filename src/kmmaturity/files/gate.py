"""The gate: bytes that are right, taken at once; anything else refused without a word.

A strict msgspec mirror of the shapes does the work. Why it refused is for `diagnosis` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from threading import RLock
from typing import Annotated, Any, Literal

import msgspec
from attrs import Factory, frozen

from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.shapes import (
    ASSESSMENT,
    Choice,
    Day,
    Field,
    Listing,
    Of,
    Record,
    Shape,
    Table,
    Text,
    Whole,
    has_level_keys,
)

__all__ = ["accept_data", "accept_json", "colons", "escaped_colons", "fits", "learnt", "mirror", "plain_json"]

Mirror = Any  # a msgspec.Struct made at run time
_encode = msgspec.json.Encoder().encode
_plain = msgspec.json.Decoder()
_LEARNING = RLock()
_ESCAPED_COLON = re.compile(rb"\\u003[aA]")
_MINUS_ZERO = re.compile(rb'"(?:-|\\u002[dD])(?:0|\\u0030)"')
FEW = 16  # backslashes
KEPT = 16  # models


def learnt(kind: Any) -> Any:
    """`kind`, of which msgspec then knows all: it learns at first use, and crashes where threads do so side by side."""
    with _LEARNING:
        msgspec.json.Decoder(kind)
    return kind


@frozen(eq=False)
class Mirrors:
    """The strict msgspec types of shapes, each made when it is first asked for: the same keys, none other, exact types.

    Ids and levels are those that are `known`, or any where none are.
    """

    known: Mapping[Of, tuple[Any, ...]] = Factory(dict)
    ready: dict[Shape, Any] = Factory(dict)
    records: dict[Record, type[Mirror]] = Factory(dict)

    def of(self, shape: Shape) -> Any:
        """The type of `shape`."""
        return self.decoder(shape).type

    def decoder(self, shape: Shape) -> Any:
        """What decodes JSON of `shape`."""
        if (found := self.ready.get(shape)) is None:
            with _LEARNING:
                found = self.ready.setdefault(shape, msgspec.json.Decoder(self._made(shape)))
        return found

    def _made(self, shape: Shape) -> Any:
        return self._record(shape) if isinstance(shape, Record) else self._type(shape, None)

    def _record(self, record: Record) -> type[Mirror]:
        if (found := self.records.get(record)) is None:
            found = self.records[record] = msgspec.defstruct(
                f"{record.kind.__name__}Mirror",
                [self._member(*item) for item in sorted(record.fields.items(), key=lambda item: not item[1].required)],
                forbid_unknown_fields=True,
                omit_defaults=True,
                gc=False,
            )
        return found

    def _member(self, name: str, each: Field) -> Any:
        kind = self._type(each.shape, each.of)
        if each.required:
            return (name, Annotated[kind, msgspec.Meta(min_length=1)] if isinstance(each.shape, Listing) else kind)
        return (name, kind | None, _left_out(each.default))

    def _type(self, shape: Shape, of: Of | None) -> Any:
        own = Literal[self.known[of]] if of in self.known and of is not None else None
        match shape:
            case Text():
                return own or str
            case Whole():
                return own or int
            case Day():
                return date
            case Choice(kind):
                return kind
            case Listing(item):
                return list[self._type(item, of)]  # type: ignore[misc]  # made at run time
            case Table(whole, value):
                key, entry = own or (int if whole else str), self._type(value, None)
                blank = isinstance(value, Record) and value.blank
                return dict[key, entry | None if blank else entry]  # type: ignore[misc,valid-type]  # made at run time
            case Record(fields=fields, short=short):
                long = self._record(shape)
                return long if short is None else long | self._type(fields[short].shape, fields[short].of)


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


_ANY = Mirrors()


@lru_cache(maxsize=KEPT)
def _of(model: MaturityModel) -> Mirrors:
    """The mirrors that hold a model's names, and such levels as all its sub-outcomes have; any where it lacks them."""
    levels = set(model.levels).intersection(*set(model.scales.values()))
    known: dict[Of, tuple[Any, ...]] = {"sub": tuple(model.scales), "name": tuple(model.names), "level": tuple(levels)}
    if not all(known.values()):
        return _ANY
    made = Mirrors(known)
    try:
        made.of(ASSESSMENT)
    except (TypeError, ValueError, NotImplementedError):  # a level beyond 64 bits, or half a character in a name
        return _ANY
    return made


def mirror(record: Record, model: MaturityModel | None = None) -> Any:
    """The mirror of `record`, with the names and levels of a `model` or any."""
    return _mirrors(model).of(record)


def fits(found: Mirror, model: MaturityModel) -> bool:
    """Whether every name and level of an assessment's mirror is known to be the model's, since it was read with it."""
    made = _of(model)
    return made is not _ANY and type(found) is made.of(ASSESSMENT)


def _mirrors(model: MaturityModel | None) -> Mirrors:
    return _ANY if model is None else _of(model)


def accept_json(data: bytes, record: Record, model: MaturityModel | None = None) -> Mirror | None:
    """The mirror of JSON `data`, or None when it is refused: syntax, keys, types, or a key that stands twice.

    With a `model`, for names and levels that are not the model's as well.
    """
    return _once(data, _mirrors(model).decoder(record).decode, levels=has_level_keys(record))


def accept_data(data: Any, shape: Shape, model: MaturityModel | None = None) -> Mirror | None:
    """The mirror of plain data that a YAML reader made, or None when it is refused, as `accept_json` does."""
    try:
        return msgspec.convert(data, _mirrors(model).of(shape))
    except (msgspec.ValidationError, RecursionError, ValueError, AttributeError):  # digits by the thousand; a range
        return None


def plain_json(data: bytes) -> Any:
    """The plain data of JSON `data`, or None where a key may stand twice, or what the standard library has to say."""
    return _once(data, _plain.decode)


def _once(data: bytes, decode: Callable[[bytes], Any], *, levels: bool = False) -> Any:
    """What `data` holds, if it is JSON in which no key stands twice.

    A dropped duplicate shows in the count of colons: what was read, encoded again, has fewer. So it has where a mirror
    drops what is left blank; then the plain data tell, which keep it. But in tables of `levels` 0 and -0 are one key,
    which the plain data keep apart.
    """
    try:
        found = decode(data)
        written = colons(data) + escaped_colons(data)
        once = written == colons(_encode(found)) or (
            not (levels and _MINUS_ZERO.search(data)) and written == colons(_encode(_plain.decode(data)))
        )
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
