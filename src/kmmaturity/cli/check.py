"""`kmmaturity check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from kmmaturity import api
from kmmaturity.cli.console import quiet
from kmmaturity.cli.files import source
from kmmaturity.cli.fixing import Mending, agreed, fix, mending, show_fixes
from kmmaturity.cli.settings import chosen, settled
from kmmaturity.cli.telling import tell, told, write_reports

__all__ = ["command", "report_on"]


@click.command("check", epilog="Example: kmmaturity check 2026-11-24-our-team.kmm.yaml")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--model", metavar="MODEL", help="Read with this model instead: a file, or a name such as starter@1.0.")
@told
@mending
@chosen
@quiet
def command(paths: tuple[str, ...], fixing: bool, diff: bool, unsafe: bool, **options: Any) -> int:
    """Find what is wrong in assessment and model files: every problem, its place and what to do about it.

    A folder stands for the *.kmm.* and *.kmmodel.* files in it, and - for standard input. Settings are taken from the
    nearest kmmaturity.toml, or pyproject.toml with a table [tool.kmmaturity]; `kmmaturity config show` shows them.
    """
    return report_on(paths, mending=agreed(paths, fixing=fixing, diff=diff, unsafe=unsafe), **options)


def report_on(
    paths: Sequence[str],
    *,
    format: str,
    reports: Sequence[tuple[str, str]],
    mending: Mending | None = None,
    **options: Any,
) -> int:
    """Check what is at `paths` with the settings that `options` choose, tell what was found, and give the exit code."""
    settings = settled(paths, **options).settings
    if mending is not None:
        if not mending.write:
            return show_fixes(paths, settings, unsafe=mending.unsafe)
        fix(paths, settings, unsafe=mending.unsafe)
    found = api.check([source(path) for path in paths], settings=settings)
    tell(found, format)
    write_reports(found, reports)
    return found.exit_code()
