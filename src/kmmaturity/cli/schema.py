"""`kmmaturity schema`."""

from __future__ import annotations

import click

from kmmaturity import api
from kmmaturity.cli.console import note, out
from kmmaturity.files.saving import save
from kmmaturity.files.schema import as_bytes
from kmmaturity.files.source import Kind

__all__ = ["command"]


@click.command("schema", epilog="Example: kmmaturity schema --model starter --to starter.schema.json")
@click.argument("kind", type=click.Choice(["assessment", "model"]), default="assessment", required=False)
@click.option("--model", metavar="MODEL", help="Of assessments against this model: its ids, and its levels in words.")
@click.option("--to", "target", metavar="FILE", help="The file to write; without it, to the screen.")
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there already.")
def command(kind: Kind, model: str | None, target: str | None, overwrite: bool) -> None:
    """Write the JSON Schema (draft-07) of an assessment, or of a model, for editors and other programs.

    An editor that knows it completes keys and ids, shows what each level means, and marks what is amiss.
    """
    content = as_bytes(api.schema(kind, model=model))
    if target is None:
        out(content.decode())
    else:
        size = save(target, content, overwrite=overwrite)
        note(f"Wrote {target} ({size:,} bytes).")
