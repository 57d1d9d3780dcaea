"""How long suggestions take for 40, 200 and 1,000 sub-outcomes, import apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from tests.benchmarks.measuring import Figures, turn_by_turn

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.priorities.suggestions import suggest

pytestmark = pytest.mark.slow

AIMS = {40: 2e-3, 200: 10e-3, 1000: 100e-3}  # seconds


def test_suggestions(figures: Figures, team: Callable[..., Assessment]) -> None:
    """A suggestion is there before anybody notices, also for a model that no team would use."""
    teams = {f"{size:,} sub-outcomes": (team(size), aim) for size, aim in AIMS.items()}
    for drawn, _ in teams.values():
        assert suggest(drawn).steps
    taken = turn_by_turn({name: partial(suggest, drawn) for name, (drawn, _) in teams.items()})
    for name, (_, aim) in teams.items():
        figures.timed("Suggestions", taken, name, within=aim)
