"""`kmmaturity export`."""

from __future__ import annotations

from pathlib import Path

import click

from kmmaturity import api
from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.cli.console import data, note
from kmmaturity.cli.files import STDIN, assessment_at, previous_of
from kmmaturity.domain.names import listed
from kmmaturity.domain.report import REDACTABLE
from kmmaturity.errors import CannotWrite

__all__ = ["command"]

CONTACT = "contact"


@click.command("export", epilog="Example: kmmaturity export 2026-11-24-our-team.kmm.yaml --to our-team.csv")
@click.argument("file")
@click.option("--to", "target", metavar="TARGET", help="The file to write; its ending chooses the format.")
@click.option(
    "--format", metavar="NAME", help=f"{listed(each.name for each in EXPORTERS)}. Without --to, to the screen."
)
@click.option("--previous", metavar="FILE", help="Last time's assessment.  [default: the one that the file names]")
@click.option("--model", metavar="MODEL", help="Read with this model instead: a file, or a name such as starter@1.0.")
@click.option("--redact", metavar="PARTS", default="", help=f"Leave out, with commas: {listed(REDACTABLE[1:])}.")
@click.option("--with-contact", is_flag=True, help="Keep contacts, which are otherwise left out.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there already.")
def command(  # noqa: PLR0913, PLR0917  # one for each option
    file: str,
    target: str | None,
    format: str | None,
    previous: str | None,
    model: str | None,
    redact: str,
    with_contact: bool,
    dry_run: bool,
    overwrite: bool,
) -> None:
    """Write an assessment in another format, beside last time's where there is one."""
    if target in (None, STDIN) and format is None:
        formats = listed(each.name for each in EXPORTERS)
        if target is None:
            raise click.UsageError(f"Say where to: --to our-team.csv; or --format {formats} for the screen.")
        raise click.UsageError(f"Say which format: --to - has no ending that tells, so add --format {formats}.")
    hidden = {part.strip() for part in redact.split(",") if part.strip()} | (set() if with_contact else {CONTACT})
    assessment = assessment_at(file, model)
    report = api.report(assessment, previous=previous_of(assessment, file, previous), redact=sorted(hidden))
    if target is None or target == STDIN:
        content = api.render(report, format or "")
        if dry_run:
            note(f"Would write {len(content):,} bytes to the screen.")
        else:
            data(content)
        return
    planned = api.export(report, target, format=format, dry_run=True)
    taken = [path for path in planned.files if Path(path).exists()]
    if taken and not overwrite:
        there = f"{listed(taken, last='and')} {'is' if len(taken) == 1 else 'are'} there already"
        raise CannotWrite(f"{there}: add --overwrite to replace, or choose another name")
    if not dry_run:
        api.export(report, target, format=format, overwrite=overwrite)
    for path, size in planned.files.items():
        note(f"{'Would write' if dry_run else 'Wrote'} {path} ({size:,} bytes).")
