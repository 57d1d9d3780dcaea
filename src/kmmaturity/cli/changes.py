"""Changing a file from the command line: what does not go together is refused, and what changed is told."""

from __future__ import annotations

import click

from kmmaturity import api
from kmmaturity.cli.console import note
from kmmaturity.domain.assessment import Assessment

__all__ = ["change", "refuse"]


def refuse(mistakes: dict[str, bool]) -> None:
    """Refuse the first of `mistakes` that was made."""
    for message, made in mistakes.items():
        if made:
            raise click.UsageError(message)


def change(file: str, before: Assessment, after: Assessment, told: str) -> None:
    """Make `file` say `after` in place of `before`, and tell what it says now."""
    if after is before:
        raise click.UsageError("Say what to change; --help lists what can be.")
    if after == before:
        note(f"{file} says so already.")
    else:
        api.update(file, after)
        note(f"Changed {file}: {told}.")
