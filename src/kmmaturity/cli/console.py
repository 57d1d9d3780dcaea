"""What goes where: data to standard output, notes to standard error, colour only where somebody is looking."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["TOLD", "colourful", "data", "note", "out", "prepare", "quiet"]

Command = TypeVar("Command", bound=Callable[..., Any])

TOLD = "kmmaturity.told"  # the warnings that a command has told itself, in the context's meta
_NO_COLOUR = "kmmaturity.no-colour"


# Not click.echo: it takes an ASCII terminal for a mistake and writes UTF-8 to it.
def out(text: str) -> None:
    """Write `text` to standard output."""
    sys.stdout.write(text)


def data(content: bytes) -> None:
    """Write the bytes of a file to standard output, as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def note(text: str) -> None:
    """Write `text`, its lines made harmless, to standard error."""
    from kmmaturity.checking.formats.text import tame  # and with it all of checking, which help has no need of

    sys.stderr.write("".join(f"{tame(line)}\n" for line in text.splitlines()))


def prepare() -> None:
    """Make sure that a letter which the terminal lacks is shown as `?` rather than ending the run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def quiet(command: Command) -> Command:
    """Give `command` the option `--no-color`."""

    def remember(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001  # click's
        if value:
            context.meta[_NO_COLOUR] = True

    return click.option(
        "--no-color", is_flag=True, expose_value=False, callback=remember, help="No colours; NO_COLOR does the same."
    )(command)


def colourful() -> bool:
    """Whether colour is wanted: on a terminal, unless somebody said otherwise."""
    refused = os.environ.get("NO_COLOR") or click.get_current_context().meta.get(_NO_COLOUR)
    return not refused and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
