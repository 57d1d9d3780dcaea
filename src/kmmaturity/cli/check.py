"""`kmmaturity check`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add
from pathlib import Path

import click

from kmmaturity import api
from kmmaturity.checking import FORMATS, Findings
from kmmaturity.checking.formats.full import summary
from kmmaturity.cli.console import data, note, out, quiet
from kmmaturity.cli.files import STDIN, source
from kmmaturity.errors import NoSuchFile
from kmmaturity.files.folder import files_within

__all__ = ["command", "report_on"]


@click.command("check", epilog="Example: kmmaturity check 2026-11-24-our-team.kmm.yaml")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--model", metavar="MODEL", help="Read with this model instead: a file, or a name such as starter@1.0.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The least finding that makes the exit code 1.",
)
@click.option("--format", type=click.Choice(FORMATS), default="full", show_default=True, help="How to tell findings.")
@quiet
def command(paths: tuple[str, ...], model: str | None, fail_on: str, format: str) -> int:
    """Find what is wrong in assessment and model files: every problem, its place and what to do about it.

    A folder stands for the *.kmm.* and *.kmmodel.* files in it, and - for standard input.
    """
    files = list(_files(paths))
    if not files:
        raise click.UsageError(f"No *.kmm.yaml, *.kmm.json or *.kmmodel.yaml file is in {' or '.join(paths)}.")
    return report_on(files, model=model, fail_on=fail_on, format=format)


def _files(paths: Iterable[str]) -> Iterator[str]:
    """The files that `paths` stand for, in order. Raises NoSuchFile before any of them is read."""
    for path in paths:
        if path == STDIN:
            yield path
        elif Path(path).is_dir():
            yield from files_within(path, "assessment", "model")
        elif os.path.lexists(path):
            yield path
        else:
            raise NoSuchFile(f"there is no file {path}")


def report_on(files: Iterable[str], *, model: str | None, fail_on: str, format: str) -> int:
    """Check `files`, tell what was found in them, and give the exit code."""
    found = reduce(add, (api.check(source(path), model=model) for path in files), Findings())
    if format == "json":
        data(found.render(format).encode(errors="backslashreplace"))
    else:
        out(found.render(format))
    if format == "concise":
        note(summary(found))
    return found.exit_code(fail_on)
