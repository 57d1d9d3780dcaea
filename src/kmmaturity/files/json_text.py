"""JSON text to plain data, for the diagnosis: what the gate refused is read here, and said where it breaks off.

What has the wrong shape and no other fault is read at once. Of anything else the standard library's parser says where
it breaks off. It takes some things that JSON has not (NaN, half an emoji, a number too large to hold); they are refused
here with their place, as the gate refuses them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kmmaturity.domain.findings import Finding, Pointer, Related
from kmmaturity.domain.rules.file import SYNTAX, TOO_LARGE_OR_DEEP, UNREADABLE
from kmmaturity.domain.rules.structure import DUPLICATE_KEY
from kmmaturity.files.gate import plain_json
from kmmaturity.files.shapes import Listing, Record, Shape, Table, has_level_keys
from kmmaturity.files.source import Source, Span

__all__ = ["TOKEN", "parse"]

DEEPEST = 20
MOST = 100  # problems of one file; the rest shows once these are gone

TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},:]|[^\s"\[\]{},:]+', re.DOTALL)
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,999})")
_DIGITS = 4300  # int() refuses more
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")
INFINITY = float("inf")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # of a character written as two escapes


def parse(source: Source, record: Record) -> tuple[Any, tuple[Finding, ...]]:
    """The plain data of a JSON text, and all that was found on the way, placed; the data is None where it is no use.

    Keys that are level numbers become whole numbers, since JSON can only write them as texts. Of a key that stands
    twice the data keeps the first.
    """
    data = plain_json(source.text.encode())
    if data is None or (type(data) in (dict, list) and _deeper(data, DEEPEST)):
        data, findings = _looked_into(source)
        if data is None:
            return None, findings
    else:
        findings = ()
    return _numbered(data, record) if has_level_keys(record) else data, findings


def _looked_into(source: Source) -> tuple[Any, tuple[Finding, ...]]:
    """The plain data of a text that is perhaps no JSON, or None, and what was found."""
    text = source.text
    reader = _Reader()
    try:
        data = json.loads(
            text,
            object_pairs_hook=reader.mapping,
            parse_constant=reader.constant,
            parse_float=reader.fraction,
            parse_int=reader.whole,
        )
    except RecursionError:
        if not (trouble := tuple(_too_deep(source))):
            raise  # it is the caller who is deep
        return None, trouble
    except json.JSONDecodeError as error:
        from kmmaturity.files.json_mistakes import explained  # well-formed files have no need of it

        return None, tuple(_too_deep(source)) or (explained(source, error),)
    if (reader.odd or (type(data) in (dict, list) and _deeper(data, DEEPEST))) and (
        trouble := tuple(_too_deep(source))
    ):
        return None, trouble
    findings = tuple(_oddities(source)) if reader.odd or _HALF.search(text) else ()
    if any(each.code == SYNTAX.code for each in findings):
        return None, findings
    if data is None:
        message = f"{source.path} holds nothing to read: all of it is `null`"
        return None, (UNREADABLE.found(message).at(source.place((0, 0))),)
    return data, findings


class _Reader:
    """The hooks of the parser; `odd` tells that something has to be looked for, since they are not told its place."""

    def __init__(self) -> None:
        self.odd = False

    def mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self.odd = True
            found.update(reversed(pairs))
        return found

    def constant(self, _: str) -> None:
        self.odd = True

    def fraction(self, digits: str) -> float:
        number = float(digits)
        self.odd |= abs(number) == INFINITY
        return number

    def whole(self, digits: str) -> int:
        if _too_large(digits):
            self.odd = True
            return 0
        return int(digits)


def _numbered(data: Any, shape: Shape) -> Any:
    """`data` with the keys of its tables of levels as whole numbers; a key that would then be there twice stays."""
    match shape:
        case Record(fields=fields) if isinstance(data, dict):
            return {
                name: _numbered(each, fields[name].shape) if name in fields else each for name, each in data.items()
            }
        case Listing(item) if isinstance(data, list):
            return [_numbered(each, item) for each in data]
        case Table(whole, value) if isinstance(data, dict):
            table: dict[Any, Any] = {}
            for name, each in data.items():
                key = int(name) if whole and _WHOLE.fullmatch(name) else name
                table[name if key in table else key] = _numbered(each, value)
            return table
        case _:
            return data


def _deeper(data: Any, most: int) -> bool:
    """Whether the mapping or list `data` is nested more than `most` deep."""
    level = [data]
    for _ in range(most):
        level = [
            inner
            for each in level
            for inner in (each.values() if type(each) is dict else each)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return True


def _too_deep(source: Source) -> Iterator[Finding]:
    """The first place that is nested too deep, if there is one."""
    depth = 0
    for token in TOKEN.finditer(source.text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth > DEEPEST:
                message = f"the file is nested more than {DEEPEST} deep here"
                yield TOO_LARGE_OR_DEEP.found(message).at(source.place(token.span()))
                return
        elif token[0] in ("]", "}"):
            depth -= 1


# What the parser lets pass, found by a second look at a text that is well-formed otherwise.


def _oddities(source: Source) -> Iterator[Finding]:
    """Keys that stand twice, numbers that are none, and halves of characters; the first hundred."""
    for found, _ in zip(_each_oddity(source), range(MOST), strict=False):
        yield found


def _each_oddity(source: Source) -> Iterator[Finding]:
    place = source.place
    for token, pointer, first in _walk(source.text):
        start, word = token.start(), token[0]
        if first is not None:
            yield DUPLICATE_KEY.found(
                f"the key `{pointer[-1]}` stands a second time",
                pointer,
                on_key=True,
                related=[Related("the first of the two", pointer, place(first))],
            ).at(place(token.span()))
        if word[0] == '"':
            for at, length in _halves(word):
                half = word[at : at + length]
                help = 'Write the character itself, or both halves, such as "\\ud83d\\ude00".'
                found = SYNTAX.found(f"`{half}` is half of a character; its other half is missing", pointer, help=help)
                yield found.at(place((start + at, start + at + length)))
        elif word.lstrip("-") in ("NaN", "Infinity"):
            help = "Write a number, or leave the field out."
            yield SYNTAX.found(f"{word} is no number that JSON has", pointer, help=help).at(place(token.span()))
        elif word[0] in "-0123456789" and _too_large(word):
            finding = SYNTAX.found("this number is too large to be held", pointer, help="Write a smaller number.")
            yield finding.at(place(token.span()))


def _too_large(number: str) -> bool:
    return len(number) > _DIGITS if number.lstrip("-").isdigit() else abs(float(number)) == INFINITY


def _walk(text: str) -> Iterator[tuple[re.Match[str], Pointer, Span | None]]:
    """Each text and number of well-formed JSON, keys included, with its pointer; the first key's span for a second."""
    keys: list[dict[str, Span] | None] = []  # of the open mappings; None for an open list
    steps: list[str | int] = []
    awaits_key = False
    for token in TOKEN.finditer(text):
        match token[0]:
            case "{":
                keys.append({})
                steps.append("")
                awaits_key = True
            case "[":
                keys.append(None)
                steps.append(0)
            case "}" | "]":
                keys.pop()
                steps.pop()
            case ",":
                awaits_key = keys[-1] is not None
                if isinstance(position := steps[-1], int):
                    steps[-1] = position + 1
            case ":":
                awaits_key = False
            case word if awaits_key and (seen := keys[-1]) is not None:
                name = str(json.loads(word)).encode(errors="backslashreplace").decode()  # half a character has no UTF-8
                steps[-1] = name
                yield token, Pointer(steps), seen.get(name)
                seen.setdefault(name, token.span())
            case _:
                yield token, Pointer(steps), None


def _halves(word: str) -> Iterator[Span]:
    """Where in a JSON text, and over what length, half of a character stands alone."""
    first: int | None = None  # a first half that waits for its second
    for escape in _ESCAPE.finditer(word):
        code = int(escape[1], 16) if escape[1] else 0
        if first is not None and escape.start() == first + 6 and 0xDC00 <= code < 0xE000:
            first = None
            continue
        if first is not None:
            yield first, 6
        first = escape.start() if 0xD800 <= code < 0xDC00 else None
        if 0xDC00 <= code < 0xE000:
            yield escape.start(), 6
    if first is not None:
        yield first, 6
