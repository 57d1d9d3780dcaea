"""`kmmaturity set`."""

from __future__ import annotations

import re
from datetime import date

import click

from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.changes import change, refuse
from kmmaturity.cli.files import DAY, STDIN, assessment_at
from kmmaturity.domain.assessment import Assessment, Rate

__all__ = ["command"]


class Level(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on
    """The number of a level."""

    name = "level"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The level that `value` is the number of; whether it is on the scale is for the model to say."""
        if isinstance(value, int):
            return value
        if not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
            from kmmaturity.files.remedies import as_whole  # a slip's need only

            shown = value if len(value) <= LONGEST else value[:LONGEST] + "…"
            self.fail(f"{shown!r} is not the number of a level. {as_whole(value)[0]}", param, ctx)
        return int(value)


LONGEST = 40
LEVEL = Level()


@click.command(
    "set", epilog="Example: kmmaturity set team.kmm.yaml learning.before 2 --evidence 'All six projects asked'"
)
@click.argument("file")
@click.argument("outcome", metavar="SUB-OUTCOME")
@click.argument("score", type=LEVEL, required=False)
@click.option("--evidence", "notes", metavar="TEXT", multiple=True, help="What shows it; repeat it for more.")
@click.option("--target", type=LEVEL, metavar="LEVEL", help="The level wanted, a year ahead unless --by says.")
@click.option("--by", type=DAY, metavar="DATE", help="When the target is to be met.")
@click.option("--rebaselined", metavar="WHY", help="Why last time's score is no longer the measure.")
@click.option("--inapplicable", metavar="WHY", help="Why this does not apply, in place of a score.")
@click.option("--priority", is_flag=True, help="Make it a priority of this year; an outcome will do as well.")
@click.option(
    "--benefit", type=click.Choice(list(map(str, Rate))), help="How much improving it would help the business."
)
@click.option("--because", metavar="WHY", help="The reason for the priority or the benefit.")
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
    priority: bool,
    benefit: str | None,
    because: str | None,
    clear: bool,
) -> None:
    """Change one answer in a file, and nothing else in it: comments, order and line endings stay as they are."""
    if file == STDIN:
        raise click.UsageError("`set` changes a file in place: name one.")
    refuse(
        {
            "A score, --inapplicable and --clear exclude each other: give one of them.": (
                sum((score is not None, inapplicable is not None, clear)) > 1
            ),
            "--rebaselined tells why a score is what it is: give the score as well.": (
                rebaselined is not None and score is None
            ),
            "--by is the date of a target: add --target LEVEL.": by is not None and target is None,
            "--because is the reason for --priority or --benefit: add one of them.": (
                because is not None and not priority and benefit is None
            ),
        }
    )
    before = assessment_at(file)
    after = before
    if score is not None:
        after = after.with_score(outcome, score, rebaselined=rebaselined)
    if inapplicable is not None:
        after = after.with_inapplicable(outcome, inapplicable)
    if clear:
        after = after.without_score(outcome)
    if notes:
        after = after.with_evidence(outcome, *notes)
    if target is not None:
        after = after.with_target(outcome, target, by)
    if priority:
        after = after.with_priority(outcome, because)
    if benefit is not None:
        after = after.with_benefit(outcome, benefit, because)
    change(file, before, after, _told(after, outcome))


def _told(assessment: Assessment, sub: str) -> str:
    if sub not in assessment.model.subs:
        return f"{sub}, {assessment.model.title_of(sub)}"
    answer = assessment.answer(sub)
    told = answer.state.replace("-", " ")
    if answer.score is not None:
        told = f"{answer.score}, {assessment.model.level_title(answer.score)}"
    target = f", target {answer.target.level}" if answer.target else ""
    evidence = len(answer.evidence)
    return f"{sub} is {told}{target}, with {counted(evidence, 'piece')} of evidence"
