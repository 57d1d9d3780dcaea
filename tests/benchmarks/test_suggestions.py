"""How long suggestions take for 40, 200 and 1,000 sub-outcomes, import apart."""

# ruff: noqa: T201  # a benchmark is there to be printed

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.priorities.suggestions import suggest

pytestmark = pytest.mark.slow

AIMS = {40: 2.0, 200: 10.0, 1000: 100.0}  # milliseconds
ROUNDS = 30


def median(assessment: Assessment) -> float:
    """The median time of a suggestion, in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        suggest(assessment)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e3


def test_suggestions(team: Callable[..., Assessment]) -> None:
    """A suggestion is there before anybody notices, also for a model that no team would use."""
    suggest(team(40))
    print(f"\nSuggestions, median of {ROUNDS}\n{'sub-outcomes':>12}{'links':>8}{'median':>12}{'aim':>10}")
    for size, aim in AIMS.items():
        drawn = team(size)
        links = sum(len(each.requires) for each in drawn.model.subs.values())
        print(f"{size:>12}{links:>8}{median(drawn):>9.2f} ms{aim:>7.0f} ms")
        assert suggest(drawn).steps
