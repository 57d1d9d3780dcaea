"""`kmmaturity case`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from kmmaturity import api
from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose, said
from kmmaturity.cli.console import out
from kmmaturity.cli.drawing import drawing, theme, width
from kmmaturity.cli.files import assessment_at, years_before
from kmmaturity.cli.plain import as_json, plain
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.case import Case, Link, Noted, Support
from kmmaturity.errors import KmMaturityError

__all__ = ["command"]

LINKS = {Link.OWN: "itself", Link.REQUIRES: "is needed at level {at}", Link.SUPPORTS: "helps at level {at}"}


@click.command("case", epilog="Example: kmmaturity case team.kmm.yaml culture.development-talks 2")
@click.argument("file")
@click.argument("outcome", metavar="SUB-OUTCOME")
@click.argument("level", type=int, required=False)
@click.option(
    "--earlier",
    metavar="FILE",
    multiple=True,
    help="An earlier one; repeat it.  [default: those that files name]",
)
@click.option("--json", "machine", is_flag=True, help="As JSON.")
@drawing
def command(
    file: str,
    outcome: str,
    level: int | None,
    earlier: tuple[str, ...],
    machine: bool,
    columns: int | None,
    ascii_only: bool,
) -> None:
    """Gather the case for a harder step: what smaller ones have brought over the years, and what is still missing.

    LEVEL is the next one unless given. Evidence is shown with its effects, so look through it before you pass it on.
    """
    assessment = assessment_at(file)
    wanted = _next(assessment, outcome) if level is None else level
    years = (
        [assessment_at(each) for each in earlier]
        if earlier
        else list(years_before(assessment, file, remedy="--earlier says where it is"))
    )
    found = api.case_for(assessment, outcome, wanted, earlier=years)
    if machine:
        out(as_json(plain(found)))
        return
    prose = Prose(columns or width(), theme(ascii_only=ascii_only))
    out(prose.page(assessment, _sections(prose, found)))


def _next(assessment: Assessment, sub: str) -> int:
    model, score = assessment.model, assessment.level(sub)
    level = None if score is None else model.next_level(sub, score)
    if level is None:
        state = assessment.state(sub).replace("-", " ") if score is None else f"at its highest level, {score}"
        raise KmMaturityError(f"{sub} is {state}, so it has no next level: name one, as in `case FILE {sub} 2`")
    return level


def _sections(prose: Prose, found: Case) -> Iterator[Iterable[str]]:
    title = f"The case for level {found.level}, {tidy(found.level_title)}, of {tidy(found.title)} ({found.sub})"
    heading = map(prose.heading, prose.sentences(title))
    yield [*heading, *(prose.sentences(tidy(found.means)) if found.means else [])]
    for each in found.support:
        yield _support(prose, each)
    if found.missing:
        yield [prose.heading("Still missing"), *prose.items(map(tidy, found.missing))]


def _support(prose: Prose, support: Support) -> Iterator[str]:
    because = f": {tidy(support.because)}" if support.because else ""
    link = LINKS[support.link].format(at=support.at)
    yield from prose.sentences(f"{tidy(support.title)} ({support.sub}), {link}{because}")
    for year in support.years:
        told = "not scored" if year.score is None else f"level {year.score}"
        yield from prose.beside([(said(year.assessed), f"{told}{'' if year.evidence else '; nothing new noted'}")])
        yield from prose.beside((("-", line) for line in _evidence(year)), indent=4, gap=1)


def _evidence(year: Noted) -> Iterator[str]:
    for each in year.evidence:
        yield tidy(each.note) + (f". What came of it: {tidy(each.effect)}" if each.effect else "")
