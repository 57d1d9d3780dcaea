"""`kmmaturity check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kmmaturity import api
from kmmaturity.api.looking import check_each
from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.changes import refuse
from kmmaturity.cli.console import TOLD, note, quiet
from kmmaturity.cli.files import source
from kmmaturity.cli.fixing import Mending, agreed, fix, mending, show_fixes
from kmmaturity.cli.settings import chosen, settled
from kmmaturity.cli.telling import progress, tell, told, write_reports
from kmmaturity.domain.names import listed
from kmmaturity.errors import KmMaturityError, NoSuchFile
from kmmaturity.files.folder import named_like_ours

if TYPE_CHECKING:
    from kmmaturity.checking.baseline import Baseline

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
    baseline: str | None,
    renewed: str | None,
    mending: Mending | None = None,
    **options: Any,
) -> int:
    """Check what is at `paths` with the settings that `options` choose, tell what was found, and give the exit code."""
    written = [file for _, file in reports]
    refuse(
        {
            "--write-baseline writes down all that is found, and --baseline leaves out what is known: give one.": bool(
                baseline and renewed
            ),
            "--diff shows what --fix would change, and tells nothing else: leave --report, --baseline and "
            "--write-baseline out.": bool(mending and not mending.write and (reports or baseline or renewed)),
            "--report: two reports have one file: give each its own.": len(set(written)) < len(written),
            "--report: that file is the baseline: name another.": bool({baseline, renewed}.intersection(written)),
            f"--write-baseline: {renewed} is named as an assessment or a model is: choose another name.": bool(
                renewed and named_like_ours(renewed)
            ),
        }
    )
    settings = settled(paths, **options).settings
    stuck = 0
    before = _baseline(baseline, "--baseline") or _baseline(renewed, "--write-baseline", new=True)
    if mending is not None:
        if not mending.write:
            return show_fixes(paths, settings, unsafe=mending.unsafe)
        stuck = fix(paths, settings, unsafe=mending.unsafe)
    files = [source(path) for path in paths]
    if renewed and before:
        from kmmaturity.api.baselines import write_baseline

        found = api.check(files, settings=settings)
        new = write_baseline(found, before)
        counts = f"{counted(len(found), 'finding')} in {counted(len(found.checked), 'file')}"
        note(f"Wrote {renewed}: {counts}{f', {new} of them new' if before.known and new else ''}.")
        return 3 if found.crashed else stuck
    passed: list[str] = []
    every = check_each(files, settings=settings, baseline=before, notice=progress(), passed=passed.append)
    found = tell(every, format, reports)
    if passed:
        note(f"Note: git ignores {listed(passed, last='and')}: passed over; name a file to have it checked.")
    write_reports(found, reports)
    # A plug-in that cannot be used is among the findings, and is not told again at the end.
    click.get_current_context().meta[TOLD] = "\n".join(each.message for each in found if each.place is None)
    return found.exit_code() or stuck


def _baseline(path: str | None, option: str, *, new: bool = False) -> Baseline | None:
    if path is None:
        return None
    from kmmaturity.api.baselines import baseline_at  # few runs have one

    try:
        return baseline_at(path, new=new)
    except NoSuchFile:
        raise
    except KmMaturityError as error:
        raise click.UsageError(f"{option}: {error}") from error
