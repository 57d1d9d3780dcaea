"""`kmmaturity new`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click
from attrs import evolve

from kmmaturity import api
from kmmaturity.builtin.forms import ELSEWHERE
from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.console import data, note
from kmmaturity.cli.files import DAY, STDIN, assessment_at, named_after, refuse_other_endings
from kmmaturity.cli.options import given
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel, Scope
from kmmaturity.domain.names import typed
from kmmaturity.domain.succession import successor
from kmmaturity.errors import CannotWrite
from kmmaturity.files.schema import as_bytes
from kmmaturity.files.writing import save
from kmmaturity.hooks import Form
from kmmaturity.registry import default

__all__ = ["command"]

HINTS = ".kmmaturity"  # the folder for what editors read, beside the files of the team


@click.command(
    "new",
    epilog='\b\nExamples: kmmaturity new --unit "Example Agency" --unit "Coastal Evidence Team" --scope team\n'
    "          kmmaturity new --from 2025-11-20-coastal-evidence-team.kmm.yaml",
)
@click.argument("file", required=False)
@click.option("--unit", "units", metavar="NAME", multiple=True, help="Who you are; repeat it, largest unit first.")
@click.option("--scope", type=click.Choice(list(map(str, Scope))), help="How much of the organisation you score for.")
@click.option("--model", metavar="MODEL", help="A model's file or name.  [default: that of --from, or starter]")
@click.option("--assessed", type=DAY, metavar="DATE", help="The day of the assessment.  [default: today]")
@click.option(
    "--from", "last", metavar="FILE", help="Last time's assessment: its unit, scope and open work carry over."
)
@click.option(
    "--format", metavar="NAME", help="yaml, json, or a plug-in's, such as html.  [default: by FILE's ending, or yaml]"
)
@click.option("-o", "pairs", metavar="KEY=VALUE", multiple=True, help="An option of the format, where it has some.")
def command(
    file: str | None,
    units: tuple[str, ...],
    scope: str | None,
    model: str | None,
    assessed: date | None,
    last: str | None,
    format: str | None,
    pairs: tuple[str, ...],
) -> None:
    """Start an assessment: write a file with every question, its levels and a blank for the answer.

    FILE is named after the day and the unit unless given; - is the screen, and a name in .json gets JSON. A file
    that is there already is never replaced. With `--format html`, or a name in .html, it is a page to fill in: any
    browser opens it, and it saves a file in .kmm.json (it comes with kmmaturity-report).

    With --from, the unit, the scope, reasons for not applicable and unfinished actions carry over. Scores are blank,
    with last time's beside them.
    """
    before = None if last is None else assessment_at(last)
    if not units and before is None:
        raise click.UsageError('Say who you are, largest unit first: --unit "Example Agency" --unit "Evidence Team"')
    form = _form(format, file)
    options = given(form.options, pairs, owner=f"the form {form.name}")
    day = assessed or date.today()
    target = file or named_after(day, units or (before.unit if before else ()), ending=form.suffixes[0])
    if form.suffixes[0].startswith(".kmm."):
        refuse_other_endings(target, ".kmm.yaml")
    if before is None or last is None:
        started = api.new(model or "starter", unit=units, assessed=day, scope=scope)
    else:
        chosen = None if model is None else api.load_model(model)
        started = successor(before, assessed=day, model=chosen, previous=_seen_from(target, last))
        started = evolve(started, unit=units or before.unit, scope=Scope(scope) if scope else before.scope)
    if any(each.name == "schema" for each in form.options):
        options.setdefault("schema", _schema_beside(target, started.model))
    content = api.form(started, format=form.name, previous=before, options=options)
    if target == STDIN:
        data(content)
    else:
        _write(target, content, started, form)


def _form(format: str | None, file: str | None) -> Form:
    """The form that is named, or that the ending of `file` chooses; else the one that people edit."""
    registry = default()
    if format is not None:
        return registry.form(format)
    ending = Path(file or "").suffix[1:].lower()
    if ending in ELSEWHERE:
        return registry.form(ending)
    return registry.form_for(file or "") or registry.form("yaml")


def _schema_beside(target: str, model: MaturityModel) -> str | None:
    """Where the schema of `model` is put for editors, as seen from the new file; None where it cannot be."""
    if target == STDIN or os.path.lexists(target):
        return None
    name = f"{HINTS}/{model.id}-{model.version}.schema.json"
    place = Path(target).parent / name
    content = as_bytes(api.schema(model=model))
    try:
        place.parent.mkdir(exist_ok=True)
        if not (place.exists() and place.read_bytes() == content):
            save(place, content, overwrite=True)
    except OSError:  # CannotWrite among them; the file itself will say what keeps it from being written
        return None
    return name


def _seen_from(target: str, path: str) -> str:
    """`path` as the new file names it: from its own folder, with forward slashes on every system."""
    if path == STDIN:
        raise click.UsageError("--from names a file: the new one points at it.")
    folder = Path() if target == STDIN else Path(target).parent
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of a Windows machine
        return Path(path).resolve().as_posix()


def _write(target: str, content: bytes, started: Assessment, form: Form) -> None:
    if os.path.lexists(target):
        raise CannotWrite(f"{target} is there already, and `new` never replaces a file: give the new one another name")
    save(target, content)
    questions = counted(len(started.model.subs), "question")
    note(f"Wrote {target}: {questions} of {started.model.reference}, to be answered.")
    if not form.suffixes[0].startswith(".kmm."):
        note("Open it in a browser and fill it in. It saves a file in .kmm.json, for: kmmaturity check FILE")
        return
    if ".kmm." not in Path(target).name:
        note("Note: a name that ends in .kmm.yaml or .kmm.json is found in folders, by editors and in pipelines.")
    note(f"Fill it in, then: kmmaturity check {typed(target)}")
