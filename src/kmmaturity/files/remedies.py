"""What to write instead: the help beside a value that its place does not take, from what was probably meant."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from kmmaturity.domain.names import closest, listed
from kmmaturity.files.emitter import key
from kmmaturity.files.shapes import Record, Text, record

__all__ = ["as_list", "as_mapping", "cut_by_a_colon", "turned"]

LONGEST = 80
TURNED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
WHOLE_FILES = {
    "kmmaturity": "An assessment begins with `kmmaturity: 1`; `kmmaturity new` writes one to start from.",
    "kmmodel": "A model begins with `kmmodel: 1`; `kmmaturity model new` writes one to start from.",
}


def turned(value: object) -> date | None:
    """The day that `24/11/2026` can only mean; None where it could be two, or is none."""
    if not isinstance(value, str) or not (told := TURNED.fullmatch(value)) or int(told[1]) <= 12:
        return None
    day, month, year = map(int, told.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_list(value: object, item: Any) -> str:
    """How to write the list that a lone value was probably meant for."""
    if isinstance(value, dict) and value:
        return f"Put a dash and a space before `{next(iter(value))}`, and two spaces more before its other lines."
    if not _short(value):
        return "Write each item on a line of its own, after a dash and a space."
    several = re.split(r", *", str(value))
    if len(several) > 1 and all(re.fullmatch(r"[\w.-]+", each) for each in several):
        return f"Write `[{', '.join(several)}]`."
    first, is_text = "", item is str
    if hasattr(item, "__attrs_attrs__"):
        shape = record(item)
        name = shape.short or next(iter(shape.fields))
        first, is_text = "" if shape.short else f"{name}: ", isinstance(shape.fields[name].shape, Text)
    return f"Write `- {first}{key(str(value)) if is_text else value}`, on a line of its own."


def cut_by_a_colon(value: dict[Any, Any], shape: Record) -> tuple[str, str] | None:
    """The field that a text with a colon in it became, and the text; None where `value` was meant as a mapping."""
    (name, rest), *others = value.items() or ((None, None),)
    meant = others or not isinstance(name, str) or not isinstance(rest, str) or " " not in name
    if meant or closest(str(name), shape.fields):
        return None
    whole = f"{name}: {rest}"
    return str(name), whole if len(whole) <= LONGEST * 2 else f"{whole[: LONGEST * 2]}…"


def as_mapping(shape: Record, value: object) -> str:
    """How to write the mapping that a lone scalar was probably meant for."""
    first = next(iter(shape.fields))
    if first in WHOLE_FILES:
        return WHOLE_FILES[first]
    if not _short(value):
        return f"It holds {listed(shape.fields)}."
    return f"Write `{first}: {value}` indented on the next line."


def _short(value: object) -> bool:
    """Whether `value` is a text or number on one line that help can repeat."""
    return type(value) in (int, str) and re.fullmatch(r".{1,80}", str(value)) is not None
