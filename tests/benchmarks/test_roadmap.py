"""How long an exact roadmap takes to be proved, and how far the greedy one is from it over a hundred models."""

# ruff: noqa: T201  # a benchmark is there to be printed

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.roadmap import roadmap

pytestmark = pytest.mark.slow

MODELS = 100
# 40 sub-outcomes, 2 priorities a year, 5 years; the seconds within which the optimum is to be proved.
LIMITS: dict[str, tuple[dict[str, Any], float]] = {
    "sub-outcomes": ({"by": "sub-outcome", "steps": 4}, 1.0),
    "outcomes, 4 steps a year": ({"by": "outcome", "steps": 4}, 1.0),
    "outcomes, no limit to steps": ({"by": "outcome", "steps": None}, 5.0),
}


def test_exact_and_greedy(team: Callable[..., Assessment]) -> None:
    """Every optimum is proved, and greedy stays near it."""
    pytest.importorskip("highspy")
    from kmmaturity.builtin.highs import solve

    print(f"\nExact roadmaps of {MODELS} models with 40 sub-outcomes: 2 priorities a year, 5 years")
    print(
        f"{'':28}{'median':>10}{'longest':>10}{'aim':>8}{'within':>8}{'proved':>8}{'greedy: mean gap':>18}{'largest':>9}"
    )
    for name, (limits, aim) in LIMITS.items():
        taken: list[float] = []
        gaps: list[Fraction] = []
        proved = 0
        for seed in range(MODELS):
            drawn = team(40, seed)
            start = time.perf_counter()
            best = roadmap(drawn, years=5, per_year=2, solve=solve, **limits)
            taken.append(time.perf_counter() - start)
            proved += best.proved
            gaps.append(1 - roadmap(drawn, years=5, per_year=2, **limits).value / best.value)
        within = sum(each <= aim for each in taken)
        print(
            f"{name:28}{statistics.median(taken):>8.2f} s{max(taken):>8.2f} s{aim:>6.0f} s{within:>8}{proved:>8}"
            f"{float(statistics.mean(gaps)):>17.1%} {float(max(gaps)):>8.1%}"
        )
        assert proved == MODELS
        assert all(gap >= 0 for gap in gaps)
