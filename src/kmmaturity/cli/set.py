"""`kmmaturity set`."""

from __future__ import annotations

from datetime import date

import click

from kmmaturity import api
from kmmaturity.cli.console import note
from kmmaturity.cli.files import DAY, STDIN, assessment_at
from kmmaturity.domain.assessment import Assessment

__all__ = ["command"]


@click.command(
    "set", epilog="Example: kmmaturity set team.kmm.yaml learning.before 2 --evidence 'All six projects asked'"
)
@click.argument("file")
@click.argument("outcome", metavar="SUB-OUTCOME")
@click.argument("score", type=int, required=False)
@click.option("--evidence", "notes", metavar="TEXT", multiple=True, help="What shows it; repeat it for more.")
@click.option("--target", type=int, metavar="LEVEL", help="The level wanted, a year ahead unless --by says.")
@click.option("--by", type=DAY, metavar="DATE", help="When the target is to be met.")
@click.option("--rebaselined", metavar="WHY", help="Why last time's score is no longer the measure.")
@click.option("--inapplicable", metavar="WHY", help="Why this does not apply, in place of a score.")
@click.option("--clear", is_flag=True, help="Not assessed after all: leave the score blank.")
def command(  # noqa: PLR0913, PLR0917  # one for each option
    file: str,
    outcome: str,
    score: int | None,
    notes: tuple[str, ...],
    target: int | None,
    by: date | None,
    rebaselined: str | None,
    inapplicable: str | None,
    clear: bool,
) -> None:
    """Change one answer in a file, and nothing else in it: comments, order and line endings stay as they are."""
    if file == STDIN:
        raise click.UsageError("`set` changes a file in place: name one.")
    if sum((score is not None, inapplicable is not None, clear)) > 1:
        raise click.UsageError("A score, --inapplicable and --clear exclude each other: give one of them.")
    if by is not None and target is None:
        raise click.UsageError("--by is the date of a target: add --target LEVEL.")
    before = assessment_at(file)
    after = before
    if score is not None:
        after = after.with_score(outcome, score, rebaselined=rebaselined)
    elif rebaselined is not None:
        raise click.UsageError("--rebaselined tells why a score is what it is: give the score as well.")
    if inapplicable is not None:
        after = after.with_inapplicable(outcome, inapplicable)
    if clear:
        after = after.without_score(outcome)
    if notes:
        after = after.with_evidence(outcome, *notes)
    if target is not None:
        after = after.with_target(outcome, target, by)
    if after is before:
        raise click.UsageError("Say what to set: a score, --evidence, --target, --inapplicable or --clear.")
    if after == before:
        note(f"{file} says so already.")
        return
    api.update(file, after)
    note(f"Changed {outcome} in {file}: {_told(after, outcome)}.")


def _told(assessment: Assessment, sub: str) -> str:
    answer = assessment.answer(sub)
    told = answer.state.replace("-", " ")
    if answer.score is not None:
        told = f"{answer.score}, {assessment.model.level_title(answer.score)}"
    target = f", target {answer.target.level}" if answer.target else ""
    evidence = len(answer.evidence)
    return f"{told}{target}, {evidence} {'piece' if evidence == 1 else 'pieces'} of evidence"
