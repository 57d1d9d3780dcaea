"""How long the catalogue takes on the example, beside reading the file; and that it grows with the file, not faster."""

# ruff: noqa: T201  # a benchmark is there to be printed

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.builtin import models
from kmmaturity.domain.assessment import Assessment, Evidence, Score, Target
from kmmaturity.domain.model import MaturityModel, Outcome, Requirement, SubOutcome
from kmmaturity.domain.plan import Action, ActionPlan, Status
from kmmaturity.domain.rules import CATALOGUE, Context, judge

pytestmark = pytest.mark.slow

DAY = date(2026, 12, 1)
ROUNDS = 200


def median(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of a call, in seconds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def test_catalogue_on_the_example() -> None:
    """All rules together cost no more than reading the YAML of the file that they judge."""
    assessment, previous = km.example(), km.example(year=1)
    document = models.example(2).data
    reading = median(lambda: km.load(document, model=assessment.model), 30)
    whole = median(lambda: list(judge(Context(assessment, previous, DAY))))
    print(f"\nreading the example      {reading * 1e6:>9,.0f} µs")
    print(f"the whole catalogue      {whole * 1e6:>9,.0f} µs  {whole / reading:.1%} of reading")
    each = {
        code: median(lambda rule=rule: list(judge(Context(assessment, previous, DAY), [rule])))  # type: ignore[misc]
        for code, rule in CATALOGUE.items()
        if rule.judge is not None
    }
    for code, taken in sorted(each.items(), key=lambda item: -item[1])[:8]:
        print(f"  {code} {CATALOGUE[code].name:32} {taken * 1e6:>7,.0f} µs")


def large(count: int) -> Assessment:
    """A model and an assessment of `count` sub-outcomes, each with evidence, a target, a prerequisite and an action."""
    model = km.load_model("starter")
    subs = {
        f"s{number}": SubOutcome(f"S{number}", requires=[Requirement(2, f"a.s{number - 1}", 1)] if number else ())
        for number in range(count)
    }
    wide: MaturityModel = evolve(model, outcomes={"a": Outcome("A", subs=subs)})
    evidence = [Evidence("Two of nine projects looked first, and one wrote to jo@agency.example", dated=DAY)]
    answer = Score(1, evidence=evidence, target=Target(2))
    actions = [Action("Ask first", towards=[sub], due=DAY, status=Status.PLANNED) for sub in wide.subs]
    return Assessment(wide, ["T"], DAY, scores=dict.fromkeys(wide.subs, answer), plan=ActionPlan((), actions))


def test_growth() -> None:
    """Ten times the sub-outcomes and actions take about ten times as long: no rule looks at each beside each."""
    taken = {}
    for count in (100, 1_000, 10_000):
        assessment = large(count)
        taken[count] = median(lambda value=assessment: list(judge(Context(value, today=DAY))), 3)  # type: ignore[misc]
        print(f"\n{count:>6,} sub-outcomes and actions: {taken[count] * 1e3:>9,.1f} ms", end="")
    print()
    assert taken[10_000] < 40 * taken[1_000]  # a hundred times would be one beside each
