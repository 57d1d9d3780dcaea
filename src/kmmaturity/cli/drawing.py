"""How wide to draw, and with what: as the terminal can, or as the options say."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click
from attrs import evolve

from kmmaturity.builtin.picture import PLAIN, UNICODE, Theme
from kmmaturity.builtin.picture.theme import Role
from kmmaturity.cli.console import colourful, quiet

__all__ = ["drawing", "theme", "width"]

Command = TypeVar("Command", bound=Callable[..., Any])

WIDTH = 100  # where there is no terminal to ask

# Colours of the palette that stand out on black and on white alike; an orange and a blue that nobody confuses.
_STYLES: dict[Role, dict[str, Any]] = {
    "heading": {"bold": True},
    "before": {"fg": 245},
    "now": {"fg": 33, "bold": True},
    "target": {"fg": 208},
    "faint": {"fg": 245},
}


def drawing(command: Command) -> Command:
    """Give `command` the options of everything drawn: `--width`, `--ascii` and `--no-color`."""
    ascii_only = click.option("--ascii", "ascii_only", is_flag=True, help="Draw with plain ASCII characters.")
    columns = click.option(
        "--width", "columns", type=click.IntRange(min=40), help="Columns to use.  [default: the terminal's]"
    )
    return columns(ascii_only(quiet(command)))


def width() -> int:
    """How many columns the terminal has; without one, COLUMNS or 100."""
    return shutil.get_terminal_size((WIDTH, 24)).columns


def theme(*, ascii_only: bool = False) -> Theme:
    """The marks that standard output can show, in colour where somebody is looking."""
    base = PLAIN if ascii_only or not _shows(UNICODE.glyphs) else UNICODE
    return evolve(base, paint=_painted) if colourful() else base


def _shows(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _painted(text: str, role: Role) -> str:
    return click.style(text, **_STYLES[role])
