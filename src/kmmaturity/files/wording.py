"""How a message names what stands in a file: the thing at a pointer, and a value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kmmaturity.domain.findings import Pointer
from kmmaturity.domain.names import numeral

__all__ = ["LONGEST", "Bare", "shown", "thing"]

LONGEST = 40
NAMELESS = '""'


class Bare(str):
    """Text that YAML left unquoted, `2.0` or `true`, told as it stands there."""

    __slots__ = ()


def thing(pointer: Pointer) -> str:
    """What stands at `pointer`, as a sentence names it: `score` of learning.before, item 2 of `unit`."""
    if not pointer:
        return "the file"
    names: list[str] = []
    steps: Sequence[str | int] = pointer
    while steps and not (names and steps == ("plan",)):
        name, taken = _innermost(steps)
        names.append(name)
        steps = steps[:-taken]
    return " of ".join(names)


def _innermost(steps: Sequence[str | int]) -> tuple[str, int]:
    """What the last of the steps lead to, within what those before lead to; and how many they are."""
    match steps:
        case [*_, "outcomes", outcome, "subs", sub]:
            return f"{outcome}.{sub}", 4
        case [*_, "measures", int() as level, int() as position]:
            return f"item {position + 1} of `measures` at level {numeral(level)}", 3
        case [*_, "measures", int() as level]:
            return f"`measures` at level {numeral(level)}", 2
        case [*_, "levels", int() as level]:
            return f"level {numeral(level)}", 2
        case ["principles", int() as number]:
            return f"principle {numeral(number)}", 2
        case [*_, "benefit", name]:
            return f"the benefit of {name or NAMELESS}", 2
        case [*_, "outcomes" | "subs" | "scores" | "glossary", name]:
            return str(name) or NAMELESS, 2
        case [*_, str() as name, int() as position]:
            return f"item {position + 1} of `{name}`", 2
        case _:
            return f"`{steps[-1]}`", 1


def shown(value: object) -> str:
    """A value as a message shows it: short, and in the file's own words."""
    match value:
        case None:
            return "blank"
        case bool():
            return str(value).lower()
        case int():
            return numeral(value)
        case Bare():
            return str(value)
        case str():
            return f'the text "{value if len(value) <= LONGEST else value[:LONGEST] + "…"}"'
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
        case float() | date():
            return str(value)
        case _:
            return f"of the type {type(value).__name__}"
