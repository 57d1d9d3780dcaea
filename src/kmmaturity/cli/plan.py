"""`kmmaturity plan`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import click

from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose, said
from kmmaturity.cli.console import out
from kmmaturity.cli.drawing import drawing, theme, width
from kmmaturity.cli.files import DAY, assessment_at
from kmmaturity.domain.agenda import Agenda, Entry, Occasion, agenda
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.plan import Status

__all__ = ["command"]

NAMES = {Occasion.REVIEW: "", Occasion.ACTION: "", Occasion.TARGET: "Target: "}


@click.command("plan", epilog="Example: kmmaturity plan 2026-11-24-our-team.kmm.yaml")
@click.argument("file")
@click.option("--today", type=DAY, metavar="DATE", help="The day that dates are told against.  [default: today]")
@drawing
def command(file: str, today: date | None, columns: int | None, ascii_only: bool) -> None:
    """Tell what is next in the action plan, which dates have passed, and what reviews have found."""
    assessment = assessment_at(file)
    found = agenda(assessment, today=today or date.today())
    prose = Prose(columns or width(), theme(ascii_only=ascii_only))
    out(prose.page(assessment, _sections(prose, assessment, found)))


def _sections(prose: Prose, assessment: Assessment, found: Agenda) -> Iterator[Iterable[str]]:
    yield _priorities(prose, assessment)
    yield [prose.heading(f"Next, from {said(found.today)}"), *(_dated(prose, found.ahead) or ["Nothing with a date."])]
    if found.passed:
        yield [prose.heading("Dates passed"), *_dated(prose, found.passed)]
    if found.undated:
        yield [prose.heading("Planned, without a date"), *prose.items(map(_told, found.undated))]
    if found.held:
        held = ((said(each.held or each.due), tidy(each.note or "Held; nothing noted")) for each in found.held)
        yield [prose.heading("Reviews held"), *prose.beside(held)]
    for status, title in ((Status.IDEA, "Ideas"), (Status.DONE, "Done"), (Status.SET_ASIDE, "Set aside")):
        if actions := [each for each in assessment.plan.actions if each.status is status]:
            yield [prose.heading(title), *prose.items(tidy(each.action) for each in actions)]


def _priorities(prose: Prose, assessment: Assessment) -> Iterator[str]:
    yield prose.heading("Priorities")
    if not assessment.priorities:
        yield "None chosen yet: one or two outcomes to work on this year."
    for each in assessment.priorities:
        because = f": {tidy(each.because)}" if each.because else ""
        yield from prose.items([f"{tidy(assessment.model.title_of(each.outcome))}{because}"])


def _dated(prose: Prose, entries: tuple[Entry, ...]) -> list[str]:
    return list(prose.beside((f"{said(each.day):>11}", _told(each)) for each in entries))


def _told(entry: Entry) -> str:
    return f"{NAMES[entry.occasion]}{tidy(entry.what)}" + (f" ({tidy(entry.owner)})" if entry.owner else "")
