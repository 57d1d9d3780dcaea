"""Where two documents differ, told without any of their text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["told"]

MOST = 6
_GONE = object()


def told(there: bytes, yours: bytes) -> str:
    """A line that names where the JSON documents differ; numbers, such as scores, are shown, and text never is."""
    import json  # of no use until writers collide

    try:
        places = list(_places(json.loads(there), json.loads(yours), ()))
    except (ValueError, RecursionError):
        return "they differ, and one of them is not JSON"
    if not places:
        return "they differ in their spacing or order only"
    more = f" and {len(places) - MOST} more" if len(places) > MOST else ""
    return f"they differ in: {', '.join(places[:MOST])}{more}"


def _places(there: Any, yours: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(there, dict) and isinstance(yours, dict):
        for key in dict.fromkeys([*there, *yours]):
            yield from _places(there.get(key, _GONE), yours.get(key, _GONE), (*path, key))
    elif there != yours:
        name = ".".join(path) or "everything"
        shown = (_number(there), _number(yours))
        yield f"{name} ({shown[0]} there, {shown[1]} in yours)" if None not in shown else name


def _number(value: Any) -> str | None:
    if value is _GONE:
        return "nothing"
    return str(value) if type(value) is int else None
