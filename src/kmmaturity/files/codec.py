"""What one value may be: exactly what its place takes, or a Misfit that says what that is and what to write instead.

cattrs is lax by default (`"2"` becomes 2, 2.7 becomes 2, a number becomes a text), so each kind of value has a hook
that takes exactly itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from cattrs import Converter

from kmmaturity.domain.names import LONG, closest, listed
from kmmaturity.domain.rules.rule import Rule
from kmmaturity.domain.rules.structure import LOOKS_LIKE_ANOTHER_TYPE, WRONG_TYPE
from kmmaturity.files.remedies import Help, as_date, as_whole
from kmmaturity.files.shapes import Choice, Day, Text, Whole
from kmmaturity.files.wording import LONGEST, Bare, shown

__all__ = ["Misfit", "taken_as"]

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BARE = re.compile(r"true|false|[-+]?\.?(?:inf|nan)|[-+0-9.eE_]+", re.IGNORECASE)
KINDS: dict[type, type] = {Text: str, Whole: int, Day: date}

_CONVERTER = Converter()


class Misfit(ValueError):
    """One value that is not what its place takes; where that is, who asked knows."""

    def __init__(
        self, rule: Rule, takes: str, value: object, help: Help | str = "", *, instead: str | int | date | None = None
    ) -> None:
        super().__init__(takes)
        self.rule, self.takes, self.value, self.help, self.instead = rule, takes, value, help, instead


@cache
def taken_as(shape: Text | Whole | Day | Choice) -> Callable[[Any], Any]:
    """What takes a value of plain data for one of `shape`, or raises Misfit."""
    kind = shape.kind if isinstance(shape, Choice) else KINDS[type(shape)]
    hook = _CONVERTER.get_structure_hook(kind)  # once: cattrs would look for it at each value
    return lambda value: hook(value, kind)


def _word(value: Any, _: Any) -> str:
    if type(value) is str:
        return value
    written = isinstance(value, float) or (isinstance(value, int) and abs(value) < LONG)
    quoted = f'Write it in quotes: "{shown(value)}".' if written else ""
    raise Misfit(WRONG_TYPE, "text", value, "Write it, or take its line away." if value is None else quoted)


def _whole(value: Any, _: Any) -> int:
    if type(value) is int:
        return value
    if isinstance(value, str) and INTEGER.fullmatch(value):
        if len(value) > LONGEST:
            raise Misfit(WRONG_TYPE, "a whole number", Bare(f"one of {len(value)} digits"), "Write a number such as 2.")
        help = f"Write {value} without the quotation marks."
        raise Misfit(LOOKS_LIKE_ANOTHER_TYPE, "a whole number", value, help, instead=int(value))
    bare = Bare(value) if isinstance(value, str) and BARE.fullmatch(value) else value
    help, meant = as_whole(value)
    raise Misfit(WRONG_TYPE, "a whole number", bare, help, instead=meant)


def _day(value: Any, _: Any) -> date:
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Misfit(WRONG_TYPE, "a day of the calendar", value, "Correct the day or the month.") from None
    help, meant = as_date(value)
    raise Misfit(WRONG_TYPE, "a date", value, help, instead=meant)


def _choice(value: Any, kind: type[StrEnum]) -> StrEnum:
    words = [str(each) for each in kind]
    if type(value) is str and value in words:
        return kind(value)
    near = closest(value, words) if isinstance(value, str) else None
    help = f"Did you mean {near}?" if near else "Write one of these words, or leave it out."
    raise Misfit(WRONG_TYPE, listed(words), value, help, instead=near)


_CONVERTER.register_structure_hook(str, _word)
_CONVERTER.register_structure_hook(int, _whole)
_CONVERTER.register_structure_hook(date, _day)
_CONVERTER.register_structure_hook(StrEnum, _choice)
