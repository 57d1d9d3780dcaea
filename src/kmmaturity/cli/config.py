"""`kmmaturity config`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.checking.settings import SETTINGS
from kmmaturity.cli.console import out
from kmmaturity.cli.settings import Settled, chosen, settled

__all__ = ["command"]


@click.group("config", epilog="Example: kmmaturity config show assessments")
def command() -> None:
    """Show the settings of a check, and where each was stated."""


@command.command(
    "show", short_help="Show every setting, and where it was stated.", epilog="Example: kmmaturity config show"
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@chosen
def show(paths: tuple[str, ...], **options: Any) -> None:
    """Show every setting with which PATH would be checked, and where it was stated, if anywhere.

    The options are those of `kmmaturity check`. Without a PATH, the current folder is meant.
    """
    found = settled(paths or (".",), **options)
    out(f"Settings file: {tidy(found.file.path) if found.file else 'none'}\n\n")
    rows = list(_rows(found))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for key, value, origin in rows:
        out(f"{key:{widths[0]}}  {value:{widths[1]}}  {origin}".rstrip() + "\n")


def _rows(found: Settled) -> Iterator[tuple[str, str, str]]:
    for key, each in SETTINGS.items():
        told = [*_told(getattr(found.settings, each.name))] or [("", "none")]
        for position, (name, text) in enumerate(told):
            yield "" if position else key, tidy(text), tidy(found.origin(key, name))


def _told(value: Any) -> Iterator[tuple[str, str]]:
    """What a setting says, piece by piece, with the name that each piece is about."""
    match value:
        case None:
            return
        case Mapping():
            for name, each in value.items():
                yield name, f"{name} = {', '.join(each) if isinstance(each, tuple) else each}"
        case tuple():
            yield from ((name, name) for name in value)
        case bool():
            yield "", "true" if value else "false"
        case _:
            yield "", str(value)
