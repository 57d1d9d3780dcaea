"""`kmmaturity show`."""

from __future__ import annotations

from datetime import date

import click

from kmmaturity import api
from kmmaturity.builtin.picture import picture
from kmmaturity.cli.console import note, out
from kmmaturity.cli.drawing import drawing, theme, width
from kmmaturity.cli.files import DAY, assessment_at, previous_of
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.overall import OVERALL_RULES
from kmmaturity.domain.profile import By
from kmmaturity.domain.tally import Tally

__all__ = ["command", "draw"]


@click.command("show", epilog="Example: kmmaturity show 2026-11-24-our-team.kmm.yaml")
@click.argument("file")
@click.option("--previous", metavar="FILE", help="Last time's assessment.  [default: the one that the file names]")
@click.option(
    "--by", type=click.Choice(["outcome", "principle"]), default="outcome", show_default=True, help="What to count by."
)
@click.option(
    "--overall", type=click.Choice(list(OVERALL_RULES)), help="A single level as well, by the rule that you name."
)
@click.option("--model", metavar="MODEL", help="Read with this model instead: a file, or a name such as starter@1.0.")
@click.option("--today", type=DAY, metavar="DATE", help="The day that dates are told against.  [default: today]")
@drawing
def command(
    file: str,
    previous: str | None,
    by: By,
    overall: str | None,
    model: str | None,
    today: date | None,
    columns: int | None,
    ascii_only: bool,
) -> None:
    """Draw an assessment's profile: counts at each level, where each sub-outcome stands, and what comes next."""
    assessment = assessment_at(file, model)
    before = previous_of(assessment, file, previous)
    draw(assessment, before, by=by, overall=overall, today=today, columns=columns, ascii_only=ascii_only)


def draw(
    assessment: Assessment,
    before: Assessment | None,
    *,
    by: By = "outcome",
    overall: str | None = None,
    today: date | None = None,
    columns: int | None = None,
    ascii_only: bool = False,
) -> None:
    """Draw `assessment`, beside `before` if there is one, as wide as the terminal is."""
    out(
        picture(
            api.report(assessment, previous=before),
            width=columns or width(),
            theme=theme(ascii_only=ascii_only),
            groups=_by_principle(assessment) if by == "principle" else None,
            today=today or date.today(),
            overall=api.profile(assessment, overall=overall).overall,
        )
    )


def _by_principle(assessment: Assessment) -> dict[str, Tally] | None:
    model = assessment.model
    groups = api.profile(assessment, by="principle").groups
    if not groups:
        note(f"Note: {model.reference} names no principles; the counts are by outcome.")
        return None
    return {f"{number}. {model.principles.get(int(number), '')}".rstrip(): tally for number, tally in groups.items()}
