"""The hooks: functions without arguments that hand over records. Each shows a complete plug-in.

The contract grows by new hooks and by optional fields of records, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from kmmaturity.domain.rules import Rule
from kmmaturity.hooks.records import CommandKind, Destination, Exporter, Form, Importer, ModelFile, StoreKind

__all__ = [
    "RECORDS",
    "hookimpl",
    "kmmaturity_commands",
    "kmmaturity_destinations",
    "kmmaturity_exporters",
    "kmmaturity_forms",
    "kmmaturity_importers",
    "kmmaturity_models",
    "kmmaturity_rules",
    "kmmaturity_stores",
]

hookspec = pluggy.HookspecMarker("kmmaturity")
hookimpl = pluggy.HookimplMarker("kmmaturity")


@hookspec
def kmmaturity_exporters() -> Iterable[Exporter]:
    r"""Ways to write a report.

    >>> from kmmaturity.hooks import Exporter, Option, hookimpl
    >>> MOST = Option("most", "How many scores to write at most", type=int, default=100, least=1)
    >>> def render(report, most):
    ...     head = [report.marking or "", f"{report.purpose} {report.standing}"]
    ...     told = [f"{row.sub}: {row.state if row.score is None else row.score}" for row in report.rows]
    ...     return "\n".join([*head, *told[:most], ""]).encode(errors="backslashreplace")
    >>> @hookimpl
    ... def kmmaturity_exporters():
    ...     lines = Exporter("lines", suffixes=(".lines",), summary="A score a line", render=render, options=(MOST,))
    ...     return [lines]

    `kmmaturity export FILE --to team.lines -o most=10` gives the option, and so does `options={"most": 10}` of
    `kmmaturity.export`; `kmmaturity plugins lines` shows it. It is checked before `render` is called with `most=10`.

    A table that many reports go into has no room for sentences, so they stand in a file beside it, whether it holds one
    report or several:

    >>> TITLES = Option("titles", "Write titles in place of ids", type=bool, default=False)
    >>> def stream(reports, titles):
    ...     for report in reports:
    ...         start = f"{report.marking or ''};{report.unit[-1]};{report.assessed}"
    ...         for row in report.rows:
    ...             told = f"{row.title if titles else row.sub};{row.state if row.score is None else row.score}"
    ...             yield f"{start};{told}\n".encode(errors="backslashreplace")
    >>> def table(report, titles):
    ...     return b"".join(stream([report], titles))
    >>> def beside(report, name, titles):
    ...     return {"-about.txt": f"{name}: {report.purpose} {report.standing}".encode()}
    >>> def beside_several(several, name, titles):
    ...     return "\n".join([f"{name}: {several.count}", *several.purposes, *several.standings]).encode()
    >>> @hookimpl
    ... def kmmaturity_exporters():
    ...     return [Exporter(
    ...         "table", suffixes=(".table",), summary="Many teams, a row for each score", render=table,
    ...         companions=beside, stream=stream, options=(TITLES,),
    ...         companions_of_several={"-about.txt": beside_several},
    ...     )]

    `kmmaturity export a.kmm.yaml b.kmm.yaml --to all.table -o titles=yes` writes `all.table` and
    `all.table-about.txt`.
    """
    raise NotImplementedError


@hookspec
def kmmaturity_destinations() -> Iterable[Destination]:
    """Places to bring exports to.

    >>> from kmmaturity.hooks import Delivered, Destination, hookimpl
    >>> SHELF = {}
    >>> def deliver(delivery):
    ...     for file in delivery.files:
    ...         content = file.read()
    ...         if not delivery.dry_run:
    ...             SHELF[file.target] = content
    ...         yield Delivered(file.target, len(content))
    >>> @hookimpl
    ... def kmmaturity_destinations():
    ...     return [Destination(schemes=("shelf",), summary="Kept in a dictionary", deliver=deliver)]
    """
    raise NotImplementedError


@hookspec
def kmmaturity_forms() -> Iterable[Form]:
    r"""Files that a team fills in, for `kmmaturity new`.

    >>> from kmmaturity.hooks import Form, hookimpl
    >>> def render(started, previous):
    ...     lines = [f"{sub.title}: ____\n" for sub in started.model.subs.values()]
    ...     return "".join(lines).encode(errors="backslashreplace")
    >>> @hookimpl
    ... def kmmaturity_forms():
    ...     return [Form("paper", suffixes=(".paper",), summary="A line for each question", render=render)]
    """
    raise NotImplementedError


@hookspec
def kmmaturity_importers() -> Iterable[Importer]:
    """Ways to read assessments from another format.

    >>> from kmmaturity.hooks import CannotRead, Imported, Importer, hookimpl
    >>> def read(data):
    ...     try:
    ...         unit, model, assessed, *scores = data.decode().splitlines()
    ...         found = {sub: {"score": int(score)} for sub, score in (line.split(": ") for line in scores)}
    ...     except ValueError as error:  # what is no UTF-8, too
    ...         raise CannotRead(f"this is no list of scores, a unit first and then a line each: {error}") from error
    ...     yield Imported({"kmmaturity": 1, "model": model, "unit": [unit], "assessed": assessed, "scores": found})
    >>> @hookimpl
    ... def kmmaturity_importers():
    ...     return [Importer("lines", suffixes=(".lines",), summary="One line a score", read=read)]
    """
    raise NotImplementedError


@hookspec
def kmmaturity_stores() -> Iterable[StoreKind]:
    """Ways to keep assessments.

    >>> from kmmaturity.hooks import StoreKind, hookimpl
    >>> from kmmaturity.builtin.stores.memory import open_at
    >>> @hookimpl
    ... def kmmaturity_stores():
    ...     return [StoreKind(schemes=("ours",), summary="In this process", open=open_at)]

    This hands over a store of ours. For one of your own begin with `ChainedStore`, which is most of a store already:
    its abstract methods put bytes somewhere, and say what has to hold.
    """
    raise NotImplementedError


@hookspec
def kmmaturity_models() -> Iterable[ModelFile]:
    """Models that a package carries; every version that was ever published stays.

    >>> from importlib.resources import files
    >>> from kmmaturity.hooks import ModelFile, hookimpl
    >>> @hookimpl
    ... def kmmaturity_models():
    ...     file = files("kmmaturity_model") / "starter-1.0.kmmodel.yaml"
    ...     return [ModelFile("starter-copy@1.0", name=file.name, read=file.read_bytes)]
    """
    raise NotImplementedError


@hookspec
def kmmaturity_rules() -> Iterable[Rule]:
    r"""Checks of one's own, with codes that begin with a prefix of their own.

    >>> from kmmaturity.hooks import Pointer, Rule, Severity, hookimpl
    >>> def without_notes(context):
    ...     if not context.assessment.notes:
    ...         yield NOTES.found("nothing says who took part", Pointer(("assessed",)))
    >>> FILE = b"kmmaturity: 1\nmodel: starter@1.0\nunit: [A team]\nassessed: 2026-11-24\n"
    >>> NOTES = Rule(
    ...     code="OUR001", name="notes-wanted", family="our", severity=Severity.INFO,
    ...     summary="The file has no notes.", why="Next year nobody remembers who was there.",
    ...     remedy="Add `notes:` and say who took part.", judge=without_notes,
    ...     bad=FILE, good=FILE + b"notes: Nine of fourteen of us\n",
    ... )
    >>> @hookimpl
    ... def kmmaturity_rules():
    ...     return [NOTES]
    """
    raise NotImplementedError


@hookspec
def kmmaturity_commands() -> Iterable[CommandKind]:
    """Commands of one's own, beside those of `kmmaturity --help`; each is imported when it is used.

    >>> import click
    >>> from kmmaturity.hooks import CommandKind, hookimpl
    >>> @click.command("hello", help="Say hello.")
    ... def hello():
    ...     click.echo("Hello")
    >>> @hookimpl
    ... def kmmaturity_commands():
    ...     return [CommandKind("hello", summary="Say hello.", load=lambda: hello)]
    """
    raise NotImplementedError


# What each hook hands over.
RECORDS: dict[str, type] = {
    "kmmaturity_exporters": Exporter,
    "kmmaturity_destinations": Destination,
    "kmmaturity_forms": Form,
    "kmmaturity_importers": Importer,
    "kmmaturity_stores": StoreKind,
    "kmmaturity_models": ModelFile,
    "kmmaturity_rules": Rule,
    "kmmaturity_commands": CommandKind,
}
