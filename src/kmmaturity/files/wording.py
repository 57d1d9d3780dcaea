"""How a message names what stands in a file: the thing at a pointer, and a value."""

from __future__ import annotations

from kmmaturity.domain.findings import Pointer
from kmmaturity.domain.names import numeral

__all__ = ["Bare", "shown", "thing"]

LONGEST = 40


class Bare(str):
    """Text that YAML left unquoted, `2.0` or `true`, told as it stands there."""

    __slots__ = ()


def thing(pointer: Pointer) -> str:
    """What stands at `pointer`, as a sentence names it: `score` of learning.before, item 2 of `unit`."""
    if not pointer:
        return "the file"
    names: list[str] = []
    steps = list(pointer)
    while steps:
        taken = 1
        match steps:
            case [*_, "outcomes", outcome, "subs", sub]:
                names.append(f"{outcome}.{sub}")
                taken = 4
            case [*_, "benefit", name]:
                names.append(f"the benefit of {name}")
                taken = 2
            case [*_, "outcomes" | "subs" | "scores" | "glossary", name]:
                names.append(str(name))
                taken = 2
            case [*_, "measures", int() as level, int() as position]:
                names.append(f"item {position + 1} of `measures` at level {level}")
                taken = 3
            case [*_, "measures", int() as level]:
                names.append(f"`measures` at level {level}")
                taken = 2
            case [*_, "levels", int() as level]:
                names.append(f"level {level}")
                taken = 2
            case ["principles", int() as number]:
                names.append(f"principle {number}")
                taken = 2
            case [*_, str() as name, int() as position]:
                names.append(f"item {position + 1} of `{name}`")
                taken = 2
            case ["plan"] if names:
                pass
            case [*_, name]:
                names.append(f"`{name}`")
        steps = steps[:-taken]
    return " of ".join(names)


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
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return str(value)
