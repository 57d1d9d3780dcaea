"""`kmmaturity suggest`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import click

from kmmaturity import api
from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose
from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.changes import change, refuse
from kmmaturity.cli.console import note, out
from kmmaturity.cli.drawing import drawing, theme, width
from kmmaturity.cli.files import ASSUMED, DAY, STDIN, assessment_at
from kmmaturity.cli.plain import as_json, plain
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.priorities.steps import Step
from kmmaturity.domain.priorities.suggestions import Suggestions

__all__ = ["command"]


@click.command(
    "suggest",
    epilog="\b\nExamples: kmmaturity suggest team.kmm.yaml --why\n"
    "          kmmaturity suggest team.kmm.yaml --assume leadership.sponsorship=2",
)
@click.argument("file")
@click.option("--why", is_flag=True, help="With the reasons, what the model says shows each level, and what waits.")
@click.option("--json", "machine", is_flag=True, help="As JSON, with all of that.")
@click.option("--assume", type=ASSUMED, multiple=True, metavar="SUB=LEVEL", help="What if this were so; repeat it.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=2, show_default=True, help="Outcomes, before priorities are chosen."
)
@click.option("--write", is_flag=True, help="Add targets, ideas for actions and review dates to FILE.")
@click.option("--take", multiple=True, metavar="SUB-OUTCOME", help="With --write: only this one; repeat it for more.")
@click.option("--today", type=DAY, metavar="DATE", help="The day that reviews are planned from.  [default: today]")
@drawing
def command(  # noqa: PLR0913, PLR0917  # one for each option
    file: str,
    why: bool,
    machine: bool,
    assume: tuple[tuple[str, int], ...],
    limit: int,
    write: bool,
    take: tuple[str, ...],
    today: date | None,
    columns: int | None,
    ascii_only: bool,
) -> None:
    """Tell what could come next: the steps that are free, equal ones as equal, and why.

    Before priorities are chosen, the steps of at most two outcomes; afterwards those inside the priorities. With
    --write they are added to FILE as targets, with ideas for actions from the model's measures, and nothing else in it
    changes.
    """
    refuse(
        {
            "--write changes a file in place: name one.": write and file == STDIN,
            "--write adds what is so, and --assume says what might be: give one of them.": write and bool(assume),
            "--write changes FILE, and --json and --why print: give one of them.": write and (machine or why),
            "--take chooses what is written: add --write.": bool(take) and not write,
        }
    )
    assessment = assessment_at(file)
    found = api.suggest(assessment, limit=limit, assume=dict(assume))
    if write:
        _write(file, assessment, found, take, today)
    elif machine:
        whose = {"unit": list(assessment.unit), "assessed": assessment.assessed.isoformat()}
        out(as_json(whose | plain(found)))
    else:
        prose = Prose(columns or width(), theme(ascii_only=ascii_only))
        out(prose.page(assessment, _sections(prose, found, why=why)))


def _write(file: str, assessment: Assessment, found: Suggestions, take: tuple[str, ...], today: date | None) -> None:
    draft = api.draft_plan(assessment, take or found, today=today)
    for each in (*(() if take else found.notes), *draft.notes):
        note(f"Note: {each}")
    if not draft:
        note(f"Nothing to add to {file}.")
        return
    added = [
        counted(len(draft.targets), "target"),
        counted(len(draft.actions), "idea"),
        counted(len(draft.reviews), "review"),
    ]
    change(file, assessment, assessment.with_draft(draft), f"added {', '.join(added)}")


def _sections(prose: Prose, found: Suggestions, *, why: bool) -> Iterator[Iterable[str]]:
    if found.assumed:
        yield prose.sentences("What if " + ", ".join(f"{sub} were at {level}" for sub, level in found.assumed.items()))
    if found:
        yield [prose.heading("Next steps in the priorities" if found.chosen else "Where a next step is free")]
    for each in found:
        equal = [f"Equal to {', '.join(each.equal)}"] if each.equal and not found.chosen else []
        head = f"{tidy(each.title)} ({each.outcome})"
        yield [*prose.sentences(head), *_steps(prose, each.steps, why=why), *(f"  {line}" for line in equal)]
    if found.blocked and why:
        yield [
            prose.heading("What waits, and the shortest way to free it"),
            *prose.items(map(tidy, map(str, found.blocked))),
        ]
    if found.unassessed and (why or not found):
        yield [prose.heading("Score these first"), *prose.items(found.unassessed)]
    if found.not_now:
        yield [prose.heading("Left out: rated not-now"), *prose.items(found.not_now)]
    if found.notes:
        yield [line for each in found.notes for line in prose.sentences(each)]
    if not why and (found or found.blocked):
        waiting = f" {counted(len(found.blocked), 'step')} more {'waits' if len(found.blocked) == 1 else 'wait'}."
        yield prose.sentences(f"Steps marked = are equal.{waiting if found.blocked else ''} --why tells the reasons.")


def _steps(prose: Prose, steps: Iterable[Step], *, why: bool) -> Iterator[str]:
    for each in steps:
        mark = f"{each.place}{'=' if each.equal else ''}"
        told = f"{tidy(each.title)} ({each.sub}): {each.score} to {each.level}, {tidy(each.level_title)}"
        yield from prose.beside([(f"{mark:>3}", told)])
        if why:
            shows = [f"{tidy(measure.text)}" for measure in each.measures]
            reasons = [*map(tidy, each.why), *(["What shows it:"] if shows else [])]
            yield from prose.beside((("", line) for line in reasons), indent=7, gap=0)
            yield from prose.beside((("-", line) for line in shows), indent=7, gap=1)
