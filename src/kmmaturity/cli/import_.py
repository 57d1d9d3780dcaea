"""`kmmaturity import`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kmmaturity import api
from kmmaturity.api.plain import Loaded, imported, importer_for
from kmmaturity.checking import Findings
from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.console import note
from kmmaturity.cli.files import named_after, source
from kmmaturity.domain.names import listed
from kmmaturity.errors import KmMaturityError, UnknownName
from kmmaturity.registry import default

__all__ = ["command"]


@click.command("import", epilog="Example: kmmaturity import our-team.csv --into assessments")
@click.argument("file")
@click.option("--into", "folder", metavar="DIR", default=".", show_default=True, help="The folder to write files to.")
@click.option("--format", metavar="NAME", help="What the file is in.  [default: by its ending]")
@click.option("--model", metavar="MODEL", help="Read with this model instead: a file, or a name such as starter@1.0.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
def command(file: str, folder: str, format: str | None, model: str | None, dry_run: bool) -> int:
    """Make assessment files of a table, such as the CSV that `export` writes and people have filled in.

    What is wrong is told by its cell, and keeps that assessment alone from being written. Nothing is replaced.
    """
    registry = default()
    importer = registry.importer(format) if format else importer_for(file)
    if importer is None:
        known = listed(suffix for each in registry.importers.values() for suffix in each.suffixes)
        if Path(file).is_dir():
            raise click.UsageError(f"{file} is a folder, and a file is imported: name one in it.")
        told = f"{file} does not say what it is in: end its name in {known}, or say --format"
        raise registry.missing("importer", UnknownName(told))
    found = list(imported(source(file), importer, model=model))
    written = sum([_put(each, Path(folder), dry_run=dry_run) for each in found])
    if written < len(found):
        note(f"{len(found) - written} of {counted(len(found), 'assessment')} not written.")
    return 0 if written == len(found) else 1


def _put(found: Loaded, folder: Path, *, dry_run: bool) -> bool:
    """Write one assessment, and tell what was left out of it or keeps it from being written."""
    for told in dict.fromkeys(found.left):
        note(f"Note: {told}.")
    if found.assessment is None:
        note(Findings(found.findings, checked=(found.path,)).render("full"))
        return False
    target = folder / named_after(found.assessment.assessed, found.assessment.unit)
    if os.path.lexists(target):
        note(f"kmmaturity: {target} is there already, and stays as it is: choose another folder with --into")
        return False
    try:
        if not dry_run:
            api.save(found.assessment, target)
    except KmMaturityError as error:  # the next one can perhaps be written
        note(f"kmmaturity: {error}")
        return False
    note(f"{'Would write' if dry_run else 'Wrote'} {target}.")
    return True
