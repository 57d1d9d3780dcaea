"""Values as JSON: what `--json` prints, for programs that read what a command says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import asdict, has

from kmmaturity.checking.formats import text

__all__ = ["as_json", "plain"]


def plain(value: Any, *told: str) -> dict[str, Any]:
    """A frozen value as plain data, with the properties `told` of it as well."""
    held: dict[str, Any] = asdict(value, recurse=False)
    held |= {name: getattr(value, name) for name in told}
    held |= {"handling": held["handling"].upper()} if held.get("handling") else {}  # as on every other output
    return {name: _plain(each) for name, each in held.items()}


def _plain(value: Any) -> Any:
    if has(type(value)):
        return plain(value, *(["why"] if hasattr(value, "why") and isinstance(type(value).why, property) else []))
    match value:
        case date():
            return value.isoformat()
        case Fraction():
            return value.numerator if value.denominator == 1 else float(value)
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
        case _:
            return value


def as_json(data: dict[str, Any]) -> str:
    """`data` as JSON, with every letter that a terminal or a log could take for a command as an escape."""
    return text.as_json(data)
