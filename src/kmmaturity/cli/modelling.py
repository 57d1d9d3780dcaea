"""`kmmaturity model new`, `diff` and `graph`: models of one's own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from attrs import evolve

from kmmaturity import api
from kmmaturity.api.sources import no_file
from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose
from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.console import data, note, out
from kmmaturity.cli.drawing import width
from kmmaturity.cli.files import STDIN, assessment_at, refuse_other_endings
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.difference import Difference, difference
from kmmaturity.domain.difference import Kind as Changed
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel, Requirement, Standing
from kmmaturity.domain.names import is_word, listed, typed
from kmmaturity.domain.priorities.graph import Node, graph_of
from kmmaturity.errors import CannotRead, CannotWrite
from kmmaturity.files.document import read_document
from kmmaturity.files.model_csv import model_from_csv
from kmmaturity.files.writing import dump, save

__all__ = ["diff", "graph", "new"]

MEANING = {
    Changed.ADDED: "Added: not assessed yet in files written before",
    Changed.REMOVED: "Removed: answers to these are kept and reported, and counted nowhere",
    Changed.RENAMED: "Renamed: answers stand under the old id until the file is changed",
    Changed.RELEVELLED: "Re-levelled: scores given before may no longer be on the scale",
    Changed.REQUIREMENT: "Requirements",
    Changed.REWORDED: "Reworded: answers stay",
}


@click.command(
    "new",
    short_help="Make a model of your own, from another or from a spreadsheet.",
    epilog='\b\nExamples: kmmaturity model new --from starter --id our-km --title "Our KM model"\n'
    "          kmmaturity model new --from sheet.csv --id our-km",
)
@click.argument("file", required=False)
@click.option("--from", "origin", metavar="MODEL|CSV", default="starter", show_default=True, help="What to start from.")
@click.option("--id", "name", metavar="ID", required=True, help="What files will call it: a word such as our-km.")
@click.option("--version", metavar="TEXT", default="0.1", show_default=True, help="Its first version.")
@click.option("--title", metavar="TEXT", help="What people call it.  [default: the id]")
@click.option("--publisher", metavar="NAME", help="Who publishes it: a team or an organisation.")
def new(file: str | None, origin: str, name: str, version: str, title: str | None, publisher: str | None) -> None:
    """Make a model of your own: a copy to adapt, or what a spreadsheet saved as CSV holds.

    A CSV has a row for each sub-outcome and a column for the words of each level, or a row for each outcome, level
    and measure. What is not understood is told by its cell.
    """
    if not is_word(name):
        raise click.UsageError(f"{name!r} cannot be an id: use a word of letters, digits and hyphens, such as our-km.")
    if not re.fullmatch(r"\d[\w.-]*", version, re.ASCII):
        raise click.UsageError(f"{version!r} cannot be a version: use numbers with dots between them, such as 1.0.")
    if Path(origin).suffix.lower() in (".csv", ".tsv", ".txt"):
        model = _from_csv(origin, name, title)
    else:
        source = api.load_model(origin)
        adapted = f"{source.title} {source.version}" + (f", {source.publisher}" if source.publisher else "")
        model = evolve(source, id=name, title=title or name, adapted=adapted, support=None, description=None)
    model = evolve(model, version=version, status=Standing.DRAFT, publisher=publisher)
    target = file or f"{name}-{model.version}.kmmodel.yaml"
    refuse_other_endings(target, ".kmmodel.yaml")
    content = dump(model, "json" if target.lower().endswith(".json") else "yaml")
    if target == STDIN:
        data(content)
        return
    if os.path.lexists(target):
        raise CannotWrite(f"{target} is there already, and `model new` never replaces a file: choose another name")
    save(target, content)
    outcomes = counted(len(model.outcomes), "outcome")
    note(f"Wrote {target}: {outcomes}, {counted(len(model.subs), 'sub-outcome')}, a draft to adapt.")
    note(f"Edit it, then: kmmaturity model check {typed(target)}; kmmaturity new --model {typed(target)} --unit ...")


def _from_csv(path: str, name: str, title: str | None) -> MaturityModel:
    try:
        document = read_document(path)
    except FileNotFoundError:
        raise no_file(path) from None
    if isinstance(document, Finding):
        raise CannotRead(document.message, [document])
    found = model_from_csv(document, id=name, title=title)
    for remark in found.remarks:
        note(f"{path}: {remark}")
    return found.model


@click.command(
    "diff",
    short_help="Tell what changed between two versions of a model.",
    epilog="Example: kmmaturity model diff our-km-1.0.kmmodel.yaml our-km-1.1.kmmodel.yaml",
)
@click.argument("old")
@click.argument("new_", metavar="NEW")
def diff(old: str, new_: str) -> None:
    """Tell what changed between two models, and what it means for answers given before."""
    before, after = api.load_model(old), api.load_model(new_)
    found = difference(before, after)
    prose = Prose(width())
    told = counted(len(found), "change") if found else "no changes"
    lines = [f"{tidy(before.reference)} to {tidy(after.reference)}: {told}"]
    for kind, title in MEANING.items():
        if group := [each for each in found if each.kind is kind]:
            lines += ["", title, *_changes(prose, group)]
    out("".join(f"{line.rstrip()}\n" for line in lines))


def _changes(prose: Prose, group: list[Difference]) -> Iterator[str]:
    for each in group:
        yield from prose.items([f"{tidy(each.name)}: {tidy(each.what)}"])
        if each.kind is Changed.REWORDED:
            said = [(mark, tidy(text)) for mark, text in (("-", each.before), ("+", each.after)) if text]
            yield from prose.beside(said, indent=6)


@click.command(
    "graph",
    short_help="Show which levels need or help which others.",
    epilog="\b\nExamples: kmmaturity model graph starter\n"
    "          kmmaturity model graph --for team.kmm.yaml --format svg > graph.svg",
)
@click.argument("name", required=False, metavar="[MODEL]")
@click.option("--for", "team", metavar="FILE", help="An assessment: with where its team stands, and its model.")
@click.option(
    "--format", type=click.Choice(["text", "mermaid", "dot", "svg"]), default="text", show_default=True, help="How."
)
def graph(name: str | None, team: str | None, format: str) -> None:
    """Show what each level rests on: what it needs first, and what helps it, with the reasons.

    With an assessment, what could begin now and what waits are told apart, in words and by their borders.
    """
    assessment = None if team is None else assessment_at(team, name)
    model = assessment.model if assessment else api.load_model(name or "starter")
    if format == "text":
        prose = Prose(width())
        lines = _graph(model, prose, assessment)
        page = [line.rstrip() for line in lines]
        mark = [tidy(assessment.handling.upper())] if assessment and assessment.handling else []
        out("".join(f"{line}\n" for line in [*mark, *page, *mark]))
    else:
        from kmmaturity.builtin.diagrams import FORMATS, diagram

        data(FORMATS[format](diagram(model, assessment)).encode())


def _graph(model: MaturityModel, prose: Prose, assessment: Assessment | None) -> Iterator[str]:
    edges = sum(len(each.requires) + len(each.supports) for each in model.subs.values())
    whose = f", for {tidy(assessment.unit[-1])}" if assessment else ""
    yield f"{tidy(model.title)} ({tidy(model.reference)}){whose}: {counted(edges, 'link')} between levels"
    if not edges:
        yield "Each level needs the one below it; the model states no others."
    stands = _standing(model, assessment)
    for sub, value in model.subs.items():
        if value.requires or value.supports:
            yield ""
            yield f"{tidy(sub)}: {tidy(value.title)}"
            yield from prose.items(_said(sub, "needs", edge, stands) for edge in value.requires)
            yield from prose.items(_said(sub, "is helped by", edge, stands) for edge in value.supports)
    if assessment:
        graph = graph_of(model)
        frontier = dict(graph.frontier(assessment))
        free = [f"{tidy(node.sub)} level {node.level}" for node, unmet in frontier.items() if not unmet]
        waits = [
            f"{tidy(node.sub)} level {node.level}, for {listed(map(_named, unmet), last='and')}"
            for node, unmet in frontier.items()
            if unmet
        ]
        for title, found in (("Could begin now", free), ("Waits", waits)):
            yield from ("", title, *(prose.items(found) if found else ["  Nothing"]))


def _standing(model: MaturityModel, assessment: Assessment | None) -> Callable[[str, int], str]:
    """How to say where the team stands towards a level: not at all where no team is given."""
    if assessment is None:
        return lambda *_: ""
    from kmmaturity.builtin.diagrams.diagram import WORDS

    graph = graph_of(model)

    def said(sub: str, level: int) -> str:
        there = sub in model.subs and level in model.levels_of(sub)
        return f" ({WORDS[graph.position(Node(sub, level), assessment)]})" if there else ""

    return said


def _named(node: Node) -> str:
    return f"level {node.level} of {tidy(node.sub)}"


def _said(sub: str, verb: str, edge: Requirement, stands: Callable[[str, int], str]) -> str:
    because = f": {tidy(edge.because)}" if edge.because else ""
    needed = f"level {edge.at} of {tidy(edge.needs)}{stands(edge.needs, edge.at)}"
    return f"level {edge.level}{stands(sub, edge.level)} {verb} {needed}{because}"
