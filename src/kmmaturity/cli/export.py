"""`kmmaturity export`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from kmmaturity import api
from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.cli.console import data, note
from kmmaturity.cli.files import STDIN, assessment_at, previous_of, years_before
from kmmaturity.cli.options import given
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.names import listed
from kmmaturity.domain.redaction import REDACTABLE
from kmmaturity.domain.report import Report
from kmmaturity.hooks.addresses import scheme_of
from kmmaturity.registry import default

__all__ = ["command"]

CONTACT = "contact"
FORMATS = listed(each.name for each in EXPORTERS)


@click.command("export", epilog="Example: kmmaturity export 2026-11-24-our-team.kmm.yaml --to our-team.csv")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--to", "target", metavar="TARGET", help="The file or address to write to; its ending chooses the format."
)
@click.option("--format", metavar="NAME", help=f"{FORMATS}, or a plug-in's. Without --to, to the screen.")
@click.option("--previous", metavar="FILE", help="Last time's assessment.  [default: the one that the file names]")
@click.option("--model", metavar="MODEL", help="Read with this model instead: a file, or a name such as starter@1.0.")
@click.option("--redact", metavar="PARTS", default="", help=f"Leave out, with commas: {listed(REDACTABLE[1:])}.")
@click.option("--with-contact", is_flag=True, help="Keep contacts, which are otherwise left out.")
@click.option("-o", "pairs", metavar="KEY=VALUE", multiple=True, help="An option of the format, such as -o bom=false.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there already.")
def command(  # noqa: PLR0913, PLR0917  # one for each option
    files: tuple[str, ...],
    target: str | None,
    format: str | None,
    previous: str | None,
    model: str | None,
    redact: str,
    with_contact: bool,
    pairs: tuple[str, ...],
    dry_run: bool,
    overwrite: bool,
) -> None:
    """Write an assessment in another format, beside last time's where there is one; or several as one file.

    `kmmaturity plugins` lists the formats, and the places that an address can name.
    """
    if target == "":
        raise click.UsageError("--to names nothing: write where to, such as --to our-team.csv.")
    if previous and len(files) > 1:
        raise click.UsageError("--previous is of one file: leave it out, and each file's own is looked for.")
    hidden = {part.strip() for part in redact.split(",") if part.strip()} | (set() if with_contact else {CONTACT})
    reports = _reports(files, previous, model, sorted(hidden))
    if target is None or target == STDIN:
        _show(files, reports, _named(format, target), pairs, dry_run=dry_run)
        return
    options = _options(target, format, pairs)
    receipt = api.export(
        next(reports) if len(files) == 1 else reports,
        target,
        format=format,
        options=options,
        overwrite=overwrite,
        dry_run=dry_run,
    )
    for each in receipt.files:
        where = f", at {each.address}" if each.address else ""
        which = f", version {each.version}" if each.version else ""
        note(f"{'Would write' if dry_run else 'Wrote'} {each.target}{where}{which} ({_size(each.size)}).")


def _named(format: str | None, target: str | None) -> str:
    if format is not None:
        return format
    if target is None:
        raise click.UsageError(f"Say where to: --to our-team.csv; or --format {FORMATS} for the screen.")
    raise click.UsageError(f"Say which format: --to - has no ending that tells, so add --format {FORMATS}.")


def _reports(files: Iterable[str], previous: str | None, model: str | None, hidden: list[str]) -> Iterator[Report]:
    for file in files:
        assessment = assessment_at(file, model)
        before = previous_of(assessment, file, previous)
        earlier = list(_earlier(assessment, before, file, previous)) if before else []
        yield api.report(assessment, previous=before, earlier=earlier, redact=hidden)


def _earlier(assessment: Assessment, before: Assessment, file: str, previous: str | None) -> Iterator[Assessment]:
    """The years before last time's, as far as each file names the one before it."""
    path = previous or str(Path(file).parent / str(assessment.previous))
    return years_before(before, path, remedy="the years before it are left out")


def _options(target: str, format: str | None, pairs: tuple[str, ...]) -> dict[str, object]:
    """What `pairs` give to the exporter and the destination that `target` and `format` choose."""
    registry = default()
    destination = registry.destination_for(target)
    if destination.takes == "reports":
        return given(destination.options, pairs, owner=f"the destination {scheme_of(target)}")
    exporter = registry.exporter(format) if format else registry.exporter_for(target)
    return given((*exporter.options, *destination.options), pairs, owner=f"the exporter {exporter.name}")


def _show(
    files: tuple[str, ...], reports: Iterator[Report], format: str, pairs: tuple[str, ...], *, dry_run: bool
) -> None:
    """The export on the screen, or in a pipe."""
    exporter = default().exporter(format)
    options = given(exporter.options, pairs, owner=f"the exporter {format}")
    if len(files) > 1:
        ending = exporter.suffixes[0] if exporter.stream and exporter.suffixes else ".csv"
        raise click.UsageError(f"Several files go into one: say where with --to all{ending}.")
    content = api.render(next(reports), format, options=options)
    if dry_run:
        note(f"Would write {_size(len(content))} to the screen.")
    else:
        data(content)


def _size(number: int) -> str:
    return f"{number:,} byte{'' if number == 1 else 's'}"
