"""What a caller may pass: each check raises KmMaturityError, which names the argument, the value and what it takes.

Values are not checked as they are made, since reading makes thousands of them from data that it has checked already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from kmmaturity.domain.names import is_word, listed
from kmmaturity.errors import KmMaturityError

__all__ = ["day", "filled", "one_of", "optional", "text", "texts", "word"]

Chosen = TypeVar("Chosen", bound=StrEnum)


def text(value: object, argument: str, takes: str = "text") -> str:
    """`value`, which is a text, perhaps a blank one."""
    if not isinstance(value, str):
        raise _refused(argument, value, takes)
    return value


def filled(value: object, argument: str, takes: str = "text") -> str:
    """`value`, which is a text that says something."""
    found = text(value, argument, takes)
    if not found.strip():
        raise KmMaturityError(f"`{argument}` is {value!r}, which says nothing: put it in words")
    return found


def texts(value: object, argument: str) -> tuple[str, ...]:
    """`value` as several texts that each say something; one text stands for itself."""
    takes = "a text, or a list of texts"
    if isinstance(value, str):
        return (filled(value, argument, takes),)
    if not isinstance(value, Iterable):
        raise _refused(argument, value, takes)
    return tuple(filled(each, argument, takes) for each in value)


def word(value: object, argument: str) -> str:
    """`value`, which can be an id."""
    takes = "a word of letters, digits and hyphens, such as ask-first"
    if not is_word(found := text(value, argument, takes)):
        raise _refused(argument, value, takes)
    return found


def day(value: object, argument: str) -> date:
    """`value`, which is a day: a moment of one, a `datetime`, would be told as another thing in a file."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _refused(argument, value, "a datetime.date, such as date(2027, 6, 30)")
    return value


def one_of(kind: type[Chosen], value: Chosen | str) -> Chosen:
    """The member of `kind` that `value` is or names. Raises KmMaturityError, which lists the choices."""
    try:
        return kind(value)
    except ValueError:
        raise KmMaturityError(f"{value!r} is none of {listed(kind)}") from None


def optional(check: Callable[[object, str], object], value: object, *names: str) -> None:
    """Make `check` of the fields `names` of `value`, but for those that are None."""
    for name in names:
        if (held := getattr(value, name)) is not None:
            check(held, name)


def _refused(argument: str, value: object, takes: str) -> KmMaturityError:
    return KmMaturityError(f"`{argument}` is {value!r}: pass {takes}")
