"""`kmmaturity check --fix` and `--diff`: what a program may put right in files, done or shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
from attrs import frozen

from kmmaturity.checking.settings import Settings
from kmmaturity.cli.changes import refuse
from kmmaturity.cli.console import note, out
from kmmaturity.cli.files import STDIN, source
from kmmaturity.domain.names import listed
from kmmaturity.errors import CannotWrite

__all__ = ["Mending", "agreed", "fix", "mending", "show_fixes"]

Command = TypeVar("Command", bound=Callable[..., Any])


@frozen
class Mending:
    """What is wanted of a run besides telling: files put right, or what would be changed in them shown."""

    write: bool
    unsafe: bool


def mending(command: Command) -> Command:
    """Give `command` the options that put files right."""
    options = [
        click.option("--fix", "fixing", is_flag=True, help="Put right in files what can be, and tell what is left."),
        click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing."),
        click.option(
            "--unsafe-fixes", "unsafe", is_flag=True, help="With these: write what was probably meant, too. Look at it."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def agreed(paths: Sequence[str], *, fixing: bool, diff: bool, unsafe: bool) -> Mending | None:
    """What these options ask for; those that do not go together are refused."""
    refuse(
        {
            "--fix changes files, and --diff shows what it would change: give one of the two.": fixing and diff,
            "--unsafe-fixes goes with --fix, or with --diff.": unsafe and not (fixing or diff),
            "--fix changes files, and standard input is none: --diff shows what it would change.": (
                fixing and STDIN in paths
            ),
        }
    )
    return Mending(fixing, unsafe) if fixing or diff else None


def fix(paths: Sequence[str], settings: Settings, *, unsafe: bool) -> int:
    """Put right what can be in the files at `paths`, and tell which were changed: 1 where one cannot be, or else 0."""
    from kmmaturity.api.fixing import fixes, write_fixed  # most runs change nothing

    code = 0
    for made in fixes(map(source, paths), unsafe=unsafe, settings=settings):
        try:
            write_fixed(made)
        except CannotWrite as error:  # the next one can perhaps be written
            note(f"kmmaturity: {error}")
            code = 1
        else:
            note(f"Changed {made.path}: {_told(made.done)}.")
    return code


def show_fixes(paths: Sequence[str], settings: Settings, *, unsafe: bool) -> int:
    """Show what would be put right in the files at `paths`, and give the exit code: 1 when there is anything."""
    from kmmaturity.api.fixing import fixes

    code = 0
    for made in fixes(map(source, paths), unsafe=unsafe, settings=settings):
        out("".join(f"{line}\n" for line in made.diff()))
        note(f"Would change {made.path}: {_told(made.done)}.")
        code = 1
    return code


def _told(done: Sequence[Any]) -> str:
    counts = {f"{each.code} {each.name}": 0 for each in done}
    for each in done:
        counts[f"{each.code} {each.name}"] += 1
    return listed((f"{name} ({count})" if count > 1 else name for name, count in counts.items()), last="and")
