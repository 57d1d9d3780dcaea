"""`kmmaturity compare`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kmmaturity import api
from kmmaturity.builtin.picture.layout import Figures, tidy
from kmmaturity.builtin.picture.prose import Prose, said
from kmmaturity.cli.console import note, out
from kmmaturity.cli.drawing import drawing, theme, width
from kmmaturity.cli.files import assessment_at, previous_of
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.comparison import Change, Comparison, Move, Progress
from kmmaturity.domain.names import typed
from kmmaturity.domain.tally import table
from kmmaturity.errors import KmMaturityError

__all__ = ["command"]

MOVES = {
    Move.ROSE: "Higher than last time",
    Move.FELL: "Lower than last time",
    Move.NEWLY_SCORED: "Newly scored",
    Move.NO_LONGER_SCORED: "Scored last time, and not this time",
}
PROGRESS = {
    Progress.REACHED: "Reached",
    Progress.PART_WAY: "Part-way",
    Progress.STILL_AHEAD: "Still ahead",
    Progress.SET_ASIDE: "Set aside",
}


@click.command("compare", epilog="Example: kmmaturity compare 2025-team.kmm.yaml 2026-team.kmm.yaml")
@click.argument("files", metavar="[BEFORE] AFTER", nargs=-1, required=True)
@drawing
def command(files: tuple[str, ...], columns: int | None, ascii_only: bool) -> None:
    """Tell what changed since last time: the counts, each change, and what became of the targets.

    With one file, last time's is the one that it names under `previous`.
    """
    if len(files) > 2:
        raise click.UsageError("Name the earlier file and the later one.")
    after = assessment_at(files[-1])
    named = len(files) == 2
    before = assessment_at(files[0]) if named else previous_of(after, files[0], None, remedy="give its path as well")
    if before is None:
        raise KmMaturityError(
            f"{files[0]} names no earlier assessment that it can be compared with: name that file first, as in "
            f"kmmaturity compare LAST-TIME {typed(files[0])}"
        )
    if before.assessed > after.assessed:
        note("Note: the first file is the later one; they are told in the order of their dates.")
        before, after = after, before
    prose = Prose(columns or width(), theme(ascii_only=ascii_only))
    out(prose.page(after, _sections(prose, before, after, api.compare(before, after))))


def _sections(prose: Prose, before: Assessment, after: Assessment, found: Comparison) -> Iterator[Iterator[str]]:
    yield _counts(prose, before, after, found)
    for move, title in MOVES.items():
        if changes := found.moved(move):
            yield _changes(prose, title, changes)
    if still := tuple(each for each in found.moved(Move.SAME) if each.rebaselined):
        yield _changes(prose, "The same level, by another measure", still)
    yield _targets(prose, found)
    if found.left_out:
        yield _left_out(prose, found)


def _counts(prose: Prose, before: Assessment, after: Assessment, found: Comparison) -> Iterator[str]:
    yield prose.heading("How many sub-outcomes are at each level")
    both = [(said(before.assessed), found.before), (said(after.assessed), found.after)]
    yield from Figures.of(table(both)).lines(prose.width)
    then, now = (f"{tally.scored} of {tally.applicable}" for _, tally in both)
    yield from prose.sentences(f"Coverage: {then} applicable sub-outcomes were scored then, and {now} are now.")
    twice = [each for each in found.changes if each.before is not None and each.after is not None]
    same = sum(each.move is Move.SAME for each in twice)
    told = f"The same as last time: {same} of the {len(twice)} that were scored both times."
    yield told if twice else "Nothing is scored both times."


def _changes(prose: Prose, title: str, changes: tuple[Change, ...]) -> Iterator[str]:
    yield prose.heading(title)
    yield from prose.items(
        f"{tidy(each.title)}: {_level(each.before)} to {_level(each.after)}"
        + (f". Re-baselined: {tidy(each.rebaselined)}" if each.rebaselined else "")
        for each in changes
    )


def _level(level: int | None) -> str:
    return "not scored" if level is None else str(level)


def _targets(prose: Prose, found: Comparison) -> Iterator[str]:
    aimed = [each for each in found.changes if each.progress is not None]
    yield prose.heading("Targets that were set last time")
    if not aimed:
        yield "None were set."
    for progress, title in PROGRESS.items():
        if group := [each for each in aimed if each.progress is progress]:
            yield f"{title}:"
            yield from prose.items(f"{tidy(each.title)}: {each.target}, now {_level(each.after)}" for each in group)


def _left_out(prose: Prose, found: Comparison) -> Iterator[str]:
    yield prose.heading("Left out, since only one of the two models has it")
    yield from prose.items(map(tidy, found.left_out))
