"""Mistakes in somebody else's code: what was raised, in a line, and where in their own files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from types import CodeType, FrameType
from typing import Any

from kmmaturity.domain.names import closest
from kmmaturity.errors import KmMaturityError

__all__ = ["deepest", "said", "spot", "told"]

# What stands between us and a stranger's code in a traceback.
_BETWEEN = {"kmmaturity", "pluggy", "importlib", "_frozen_importlib", "_frozen_importlib_external", "contextlib"}
_FIELD = re.compile(r"(\w+)\.__init__\(\) got an unexpected keyword argument '(\w+)'")
# What a field is called elsewhere, and here.
_MEANT = {
    **dict.fromkeys(("min", "minimum", "ge"), "least"),
    **dict.fromkeys(("max", "maximum", "le"), "most"),
    **dict.fromkeys(("help", "description", "doc"), "summary"),
    **dict.fromkeys(("extensions", "endings"), "suffixes"),
}
_NAME = re.compile(r"cannot import name '(\w+)' from 'kmmaturity\.hooks'")


def said(error: BaseException) -> str:
    """An exception by its class and message, as a warning tells it; for a slip in a name of ours, with the near one."""
    text = str(error).strip()
    if isinstance(error, KmMaturityError):
        return text  # which is written for people
    near = _near(error, text)
    text += f": did you mean {near}?" if near else ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _near(error: BaseException, text: str) -> str | None:
    """What a misspelt field of a record, or a name that was to be imported from `kmmaturity.hooks`, may mean.

    From Python 3.13 on the first is told by Python itself.
    """
    from kmmaturity import hooks  # a mistake's need only

    if isinstance(error, TypeError) and (field := _FIELD.fullmatch(text)):
        record = getattr(hooks, field[1]) if field[1] in dir(hooks) else None
        names = [each.name for each in getattr(record, "__attrs_attrs__", ())]
        return closest(field[2], names) or (meant if (meant := _MEANT.get(field[2])) in names else None)
    if isinstance(error, ImportError) and (name := _NAME.match(text)):
        return closest(name[1], dir(hooks))
    return None


def spot(error: BaseException, given: Callable[..., Any] | None = None) -> str:
    """Where a stranger's code raised `error`, such as `wiki.py, line 7`; empty where none of it was running.

    It is the deepest place in the package that we called, not in what that package calls in its turn. Where we met the
    mistake in what `given` had returned, it is where that function begins.
    """
    frames = [(frame, line) for frame, line in _frames(error) if _package(frame) not in _BETWEEN]
    for frame, line in reversed(frames):
        if _package(frame) == _package(frames[0][0]):
            return _place(frame.f_code, line)
    code = getattr(given, "__code__", None)
    return _place(code, code.co_firstlineno) if isinstance(code, CodeType) else ""


def told(error: BaseException, given: Callable[..., Any] | None = None) -> str:
    """What a stranger's code raised, and the spot."""
    where = spot(error, given)
    return f"{said(error)} ({where})" if where else said(error)


def deepest(error: BaseException) -> str:
    """Where `error` was raised, whosever code it was."""
    *_, last = _frames(error)
    return _place(last[0].f_code, last[1])


def _frames(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    trace = error.__traceback__  # the module `traceback` has the same, and costs milliseconds to import
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _place(code: CodeType, line: int) -> str:
    return f"{PurePath(code.co_filename).name}, line {line}"
