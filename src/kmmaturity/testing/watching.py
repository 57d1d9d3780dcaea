"""Seeing whether a function asks for what changes from one call to the next: the clock, or chance."""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["asking"]

_CLOCKS = {"now", "today", "utcnow", "time", "time_ns"}
_CHANCE = random.random.__self__  # type: ignore[attr-defined]  # the generator behind the functions of `random`


@contextmanager
def asking() -> Iterator[set[str]]:
    """While it is open, whatever asks for the time or for chance is noted by name, such as `date.today`.

    A generator of random numbers that begins with a seed of its own gives the same each time, and is not noted.
    """
    asked: set[str] = set()

    def note(_: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and (name := _named(called)):
            asked.add(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield asked
    finally:
        sys.setprofile(before)


def _named(called: Any) -> str | None:
    """What a function written in C is called, if it asks for the time or for chance."""
    name, owner = called.__name__, getattr(called, "__self__", None)
    if name in _CLOCKS and (owner is time or (isinstance(owner, type) and issubclass(owner, dt.date))):
        return f"{owner.__name__}.{name}"
    if owner is _CHANCE:
        return f"random.{name}"
    return "os.urandom" if name == "urandom" else None
