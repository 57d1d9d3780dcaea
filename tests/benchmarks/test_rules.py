"""How long the catalogue takes on the example, beside reading the file; and that it grows with the file, not faster."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from attrs import evolve
from tests.benchmarks.corpus import assessments
from tests.benchmarks.measuring import ROUNDS, Figures, turn_by_turn

import kmmaturity as km
from kmmaturity.builtin import models
from kmmaturity.domain.answers import Evidence, Score, Target
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel, Outcome, Requirement, SubOutcome
from kmmaturity.domain.plan import Action, ActionPlan, Status
from kmmaturity.domain.rules import CATALOGUE, Context, judge

pytestmark = pytest.mark.slow

DAY = date(2026, 12, 1)
COUNT = 20


def judged(assessment: Assessment, previous: Assessment | None = None) -> int:
    """The number of findings of the whole catalogue."""
    return len(list(judge(Context(assessment, previous, DAY))))


def test_catalogue(figures: Figures) -> None:
    """All rules are put to the example and to the corpus, beside reading the example's file."""
    assessment, previous = km.example(), km.example(year=1)
    document = models.example(2).data
    many = list(assessments(COUNT))
    calls = {
        "reading the example, YAML": lambda: km.load(document, model=assessment.model),
        "the whole catalogue on the example": lambda: judged(assessment, previous),
        f"the whole catalogue on {COUNT} of the corpus": lambda: sum(map(judged, many)),
    }
    taken = turn_by_turn(calls)
    for name in calls:
        figures.timed("Rules", taken, name, base="reading the example, YAML")
    rules = {
        f"{code} {rule.name} on the example": partial(
            lambda rule: list(judge(Context(assessment, previous, DAY), [rule])), rule
        )
        for code, rule in CATALOGUE.items()
        if rule.judge is not None
    }
    each = turn_by_turn(rules)
    for name in sorted(rules, key=each.median, reverse=True)[:5]:
        figures.timed("Rules", each, name)


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


def test_growth(figures: Figures) -> None:
    """Ten times the sub-outcomes and actions take about ten times as long: no rule looks at each beside each."""
    for count in (100, 1_000, 10_000) if ROUNDS > 1 else (10, 100):
        name = f"{count:,} sub-outcomes and actions"
        taken = turn_by_turn({name: partial(judged, large(count))}, rounds=min(ROUNDS, 3))
        figures.timed("The whole catalogue, for each sub-outcome", taken, name, per=count)
