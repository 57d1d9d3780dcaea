"""How long an exact roadmap takes to be proved, and how far the greedy one is from it over a hundred models."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from tests.benchmarks.measuring import ROUNDS, Figures, Taken

from kmmaturity.builtin.highs import solve
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.roadmap import roadmap

pytestmark = pytest.mark.slow

MODELS = 100 if ROUNDS > 1 else 3
# 40 sub-outcomes, 2 priorities a year, 5 years; the seconds within which the optimum is to be proved.
LIMITS: dict[str, tuple[dict[str, Any], float]] = {
    "sub-outcomes": ({"by": "sub-outcome", "steps": 4}, 1.0),
    "outcomes, 4 steps a year": ({"by": "outcome", "steps": 4}, 1.0),
    "outcomes, no limit to steps": ({"by": "outcome", "steps": None}, 5.0),
}


def test_exact_and_greedy(figures: Figures, team: Callable[..., Assessment]) -> None:
    """Greedy is never better than exact; how long that takes, and how near greedy comes, is told."""
    table = f"Exact roadmaps of {MODELS} models: 40 sub-outcomes, 2 priorities a year, 5 years"
    for name, (limits, aim) in LIMITS.items():
        taken: list[float] = []
        gaps: list[Fraction] = []
        proved = 0
        for seed in range(MODELS):
            drawn = team(40, seed)
            start = time.process_time()
            best = roadmap(drawn, years=5, per_year=2, solve=solve, **limits)
            taken.append(time.process_time() - start)
            proved += best.proved
            gaps.append(1 - roadmap(drawn, years=5, per_year=2, **limits).value / best.value)
        figures.timed(table, Taken({name: tuple(taken)}), name)
        figures.noted(table, f"{name}: longest", max(taken), "s", within=aim)
        figures.noted(table, f"{name}: proved", proved, "")
        figures.noted(table, f"{name}: greedy below the best, on average", 100 * float(statistics.mean(gaps)), "%")
        figures.noted(table, f"{name}: greedy below the best, at most", 100 * float(max(gaps)), "%")
        assert all(gap >= 0 for gap in gaps)
