"""`kmmaturity plan`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import click

from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose, said
from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.changes import change, refuse
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
@click.option("--add", "action", metavar="TEXT", help="Add an action to the plan, with the options below.")
@click.option("--towards", metavar="SUB-OUTCOME", multiple=True, help="What the action is for; repeat it for more.")
@click.option("--owner", metavar="ROLE", help="The role that looks after the action, never a name.")
@click.option("--due", type=DAY, metavar="DATE", help="When the action is to be done.")
@click.option("--id", "name", metavar="ID", help="The action to change, or a word to call a new one by.")
@click.option("--status", type=click.Choice(list(map(str, Status))), help="With --add, or with --id of one.")
@click.option("--review", type=DAY, metavar="DATE", help="Add a review that is due then, or tell of one with --held.")
@click.option("--held", type=DAY, metavar="DATE", help="When that review was held.")
@click.option("--note", "found", metavar="TEXT", help="What the review found, or what came of the action.")
@click.option("--today", type=DAY, metavar="DATE", help="The day that dates are told against.  [default: today]")
@drawing
def command(  # noqa: PLR0913, PLR0917  # one for each option
    file: str,
    action: str | None,
    towards: tuple[str, ...],
    owner: str | None,
    due: date | None,
    name: str | None,
    status: str | None,
    review: date | None,
    held: date | None,
    found: str | None,
    today: date | None,
    columns: int | None,
    ascii_only: bool,
) -> None:
    """Tell what is next in the action plan, which dates have passed, and what reviews have found.

    With --add, --id or --review, change the plan in FILE instead, and nothing else in it.
    """
    refuse(
        {
            "--towards says what a new action is for: add --add TEXT.": action is None and bool(towards),
            "--owner and --due describe an action: say which with --id, or add one with --add TEXT.": (
                action is None and name is None and (owner is not None or due is not None)
            ),
            "--id names an action: say what to change with --status, --owner or --due, or add one with --add.": (
                name is not None and action is None and status is None and owner is None and due is None
            ),
            "--status changes an action: say which with --id, or add one with --add.": (
                status is not None and name is None and action is None
            ),
            "--held tells of a review: add --review DATE, the day that it was due.": held is not None
            and review is None,
            "--note tells of a review or an action: add --review DATE, or --id and --status.": (
                found is not None and review is None and status is None
            ),
        }
    )
    assessment = changed = assessment_at(file)
    if action is not None:
        chosen = status or (Status.PLANNED if owner and due else Status.IDEA)
        changed = changed.with_action(action, towards=towards, id=name, owner=owner, due=due, status=chosen)
    elif name is not None:
        if owner is not None or due is not None:
            changed = changed.with_action_moved(name, owner=owner, due=due)
        if status is not None:
            changed = changed.with_status(name, status, None if review else found)
    if review is not None:
        changed = changed.with_review(review, held=held, note=found)
    if changed is not assessment:
        plan = changed.plan
        change(
            file, assessment, changed, f"{counted(len(plan.actions), 'action')}, {counted(len(plan.reviews), 'review')}"
        )
        return
    seen = agenda(assessment, today=today or date.today())
    prose = Prose(columns or width(), theme(ascii_only=ascii_only))
    out(prose.page(assessment, _sections(prose, assessment, seen)))


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
    beside = [entry.owner or "", f"id {entry.id}" if entry.id else ""]
    told = "; ".join(tidy(each) for each in beside if each)
    return f"{NAMES[entry.occasion]}{tidy(entry.what)}" + (f" ({told})" if told else "")
