"""`kmmaturity roadmap`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from kmmaturity import api
from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose, said
from kmmaturity.cli.console import out
from kmmaturity.cli.drawing import drawing, theme, width
from kmmaturity.cli.files import ASSUMED, assessment_at
from kmmaturity.cli.plain import as_json, plain
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.roadmap import By, Rise, Roadmap

__all__ = ["command"]


@click.command("roadmap", epilog="Example: kmmaturity roadmap team.kmm.yaml --years 3 --exact")
@click.argument("file")
@click.option("--years", type=int, default=3, show_default=True, help="How far to look.")
@click.option("--per-year", type=int, default=2, show_default=True, help="Priorities in each year, at most.")
@click.option("--steps", type=int, default=4, show_default=True, help="Rises in each year, at most; see --no-steps.")
@click.option("--no-steps", is_flag=True, help="No limit to the rises of a year.")
@click.option(
    "--by",
    type=click.Choice(["outcome", "sub-outcome"]),
    default="outcome",
    show_default=True,
    help="What a priority is.",
)
@click.option("--assume", type=ASSUMED, multiple=True, metavar="SUB=LEVEL", help="What if this were so; repeat it.")
@click.option("--exact", is_flag=True, help="The best there is, with its proof; needs kmmaturity[highs].")
@click.option("--json", "machine", is_flag=True, help="As JSON.")
@drawing
def command(  # noqa: PLR0913, PLR0917  # one for each option
    file: str,
    years: int,
    per_year: int,
    steps: int,
    no_steps: bool,
    by: By,
    assume: tuple[tuple[str, int], ...],
    exact: bool,
    machine: bool,
    columns: int | None,
    ascii_only: bool,
) -> None:
    """Lay out several years of one or two priorities: an illustration, not a plan or a forecast."""
    assessment = assessment_at(file)
    found = api.roadmap(
        assessment,
        years=years,
        per_year=per_year,
        steps=None if no_steps else steps,
        by=by,
        assume=dict(assume),
        exact=exact,
    )
    if machine:
        out(
            as_json({"unit": list(assessment.unit), "assessed": assessment.assessed.isoformat(), **plain(found, "gap")})
        )
        return
    prose = Prose(columns or width(), theme(ascii_only=ascii_only))
    out(prose.page(assessment, _sections(prose, assessment.model, found)))


def _sections(prose: Prose, model: MaturityModel, found: Roadmap) -> Iterator[Iterable[str]]:
    yield prose.sentences(found.illustration)
    if found.assumed:
        yield prose.sentences("What if " + ", ".join(f"{sub} were at {level}" for sub, level in found.assumed.items()))
    for year in found.years:
        yield [
            prose.heading(f"Year {year.number}, to {said(year.ends)}"),
            *prose.sentences(
                "; ".join(tidy(model.title_of(each)) for each in year.priorities) or "Nothing left to raise."
            ),
            *prose.items(map(_rise, year.rises)),
        ]
    possible = [each for each in found.unreached if each.possible]
    never = [each for each in found.unreached if not each.possible]
    if never:
        yield [prose.heading("Out of reach within these limits"), *prose.items(tidy(str(each)) for each in never)]
    if possible:
        yield [prose.heading("Targets that are left out here"), *prose.items(tidy(str(each)) for each in possible)]
    yield [line for each in found.notes for line in prose.sentences(each)]


def _rise(rise: Rise) -> str:
    towards = f", towards the target {rise.towards}" if rise.towards is not None else ""
    return f"{tidy(rise.title)} ({rise.sub}): {rise.score} to {rise.level}, {tidy(rise.level_title)}{towards}"
