"""How long the report that people look at takes, import apart, and how large it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from tests.benchmarks.measuring import Figures, turn_by_turn

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.report import report
from kmmaturity_report.pages import environment
from kmmaturity_report.report import render

pytestmark = pytest.mark.slow

SIZES = (27, 40)
WITHIN, LARGEST = 0.1, 150_000  # seconds, bytes


def test_page(figures: Figures, team: Callable[..., Assessment]) -> None:
    """A report is there at once, the first of a process too, for which its templates are read."""

    def page(drawn: Assessment) -> bytes:
        return render(report(drawn))

    def first(drawn: Assessment) -> bytes:
        environment.cache_clear()
        return page(drawn)

    teams = {size: team(size) for size in SIZES}
    taken = turn_by_turn(
        {f"{size} sub-outcomes": partial(page, drawn) for size, drawn in teams.items()}
        | {f"{size} sub-outcomes, the first of a process": partial(first, drawn) for size, drawn in teams.items()}
    )
    for name in taken.rounds:
        figures.timed("The report as a page", taken, name, within=WITHIN)
    for size, drawn in teams.items():
        figures.noted("The report as a page", f"{size} sub-outcomes, its size", len(page(drawn)), "B", within=LARGEST)
