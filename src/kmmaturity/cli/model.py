"""`kmmaturity model`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from kmmaturity import api
from kmmaturity.api.sources import document_of
from kmmaturity.builtin import models
from kmmaturity.builtin.picture.layout import tidy, wrap
from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.check import report_on
from kmmaturity.cli.console import out, quiet
from kmmaturity.cli.drawing import width
from kmmaturity.cli.modelling import diff, graph, new
from kmmaturity.cli.settings import chosen
from kmmaturity.cli.telling import told
from kmmaturity.domain.model import MaturityModel, SubOutcome
from kmmaturity.domain.names import listed
from kmmaturity.domain.report import STANDINGS

__all__ = ["command"]


@click.group("model", epilog="Example: kmmaturity model show starter")
def command() -> None:
    """List, show, make and check maturity models: the questions, and what each level means."""


for made in (new, diff, graph):
    command.add_command(made)


@command.command("list", short_help="List the models that are installed.", epilog="Example: kmmaturity model list")
def list_() -> None:
    """List the models that are installed."""
    for reference in models.references():
        found = models.installed(reference)
        out(f"{reference}  {tidy(found.title)}  ({found.status}, {counted(len(found.subs), 'sub-outcome')})\n")


@command.command(
    "show",
    short_help="Show a model: its scale, outcomes and sub-outcomes.",
    epilog="Example: kmmaturity model show starter --full",
)
@click.argument("name", default="starter", metavar="[MODEL]")
@click.option("--full", is_flag=True, help="With questions, levels, measures and prerequisites.")
def show(name: str, full: bool) -> None:
    """Show a model, a file or an installed one: its scale, outcomes and sub-outcomes with their ids."""
    columns = min(width(), 100)
    out("".join(f"{line.rstrip()}\n" for line in _page(api.load_model(name), columns, full=full)))


@command.command(
    "check",
    short_help="Find what is wrong in model files.",
    epilog="Example: kmmaturity model check ours-1.0.kmmodel.yaml",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@told
@chosen
@quiet
def check(files: tuple[str, ...], **options: Any) -> int:
    """Find what is wrong in model files: cycles, dangling references, levels without words, and the rest."""
    for file in filter(os.path.isfile, files):
        document_of(file, "model")
    return report_on(files, **options)


def _page(model: MaturityModel, columns: int, *, full: bool) -> Iterator[str]:
    yield f"{tidy(model.title)} ({tidy(model.reference)})"
    yield from wrap(STANDINGS[model.status], columns)
    for name in ("publisher", "adapted", "licence", "support"):
        if getattr(model, name):
            yield from wrap(f"{name.capitalize()}: {tidy(getattr(model, name))}", columns)
    if model.description:
        yield from ("", *wrap(tidy(model.description), columns))
    yield ""
    yield "Levels"
    for level in model.scale:
        yield from _hanging(
            f"{level.level}", ": ".join(map(tidy, filter(None, (level.title, level.means)))), 2, columns
        )
    longest = max((len(sub) for sub in model.subs), default=0)
    for outcome, value in model.outcomes.items():
        yield ""
        yield from wrap(f"{tidy(value.title)} ({outcome})", columns)
        for sub in model.within(outcome):
            if full:
                yield from ("", *_whole(model, sub, model.subs[sub], columns))
            else:
                yield from _hanging(f"{sub:{longest}}", tidy(model.subs[sub].title), 2, columns)


def _whole(model: MaturityModel, sub: str, value: SubOutcome, columns: int) -> Iterator[str]:
    """All that a model says of one sub-outcome."""
    yield from _hanging(sub, tidy(value.title), 2, columns)
    if value.question or value.description:
        yield from (f"    {line}" for line in wrap(tidy(value.question or value.description or ""), columns - 4))
    if value.applies:
        yield f"    For a {listed(map(str, value.applies))}"
    for level in model.levels_of(sub):
        yield from _hanging(str(level), tidy(value.levels.get(level, model.level_title(level))), 4, columns)
        for measure in value.measures.get(level, ()):
            kind = f" ({measure.kind.replace('-', ' ')})" if measure.kind else ""
            yield from _hanging("-", f"{tidy(measure.text)}{kind}", 7, columns)
    for said, edges in (("needs", value.requires), ("is helped by", value.supports)):
        for edge in edges:
            because = f": {tidy(edge.because)}" if edge.because else ""
            told = f"Level {edge.level} {said} level {edge.at} of {tidy(edge.needs)}{because}"
            yield from _hanging(">", told, 4, columns)


def _hanging(mark: str, text: str, indent: int, columns: int) -> Iterator[str]:
    """`text` beside `mark`, its later lines below its first."""
    start = f"{' ' * indent}{tidy(mark) if mark.strip() == mark else mark}  "
    first, *more = wrap(text, max(columns - len(start), 20))
    yield start + first
    yield from (" " * len(start) + line for line in more)
