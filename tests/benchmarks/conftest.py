"""What the benchmarks share: a place for their figures, and teams of any size, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.benchmarks.measuring import ROUNDS, Figures

from kmmaturity.domain.assessment import Assessment, Benefit, Rate, Score, Target
from kmmaturity.domain.model import Level, MaturityModel, Outcome, Requirement, SubOutcome

WHOLE, PART = Path("build/benchmarks.json"), Path("build/benchmarks-part.json")


@pytest.fixture(scope="session")
def figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    """Where a benchmark notes its figures: printed as tables at the end, and kept as JSON.

    What one round or a part of the benchmarks gave is kept apart, and writes over no whole run.
    """
    found = Figures()
    yield found
    print(f"\n\n{found}")  # noqa: T201  # a benchmark is there to be printed
    every = set(Path(__file__).parent.glob("test_*.py"))
    whole = ROUNDS > 1 and every <= {item.path for item in request.session.items}
    found.save(WHOLE if whole else PART)


@pytest.fixture
def team() -> Callable[..., Assessment]:
    """Draws a team: of so many sub-outcomes, from a seed."""
    return drawn


def drawn(size: int, seed: int = 0) -> Assessment:
    """An assessment with `size` sub-outcomes in eight outcomes: levels 0 to 3, and about two prerequisites for each three.

    A level needs a lower one of anything, or the same one of an earlier sub-outcome, so that nothing runs in a circle.
    """
    chance = random.Random(seed)  # noqa: S311  # the same draw every time
    names = [f"o{8 * number // size}.s{number}" for number in range(size)]
    outcomes: dict[str, dict[str, SubOutcome]] = {}
    for number, name in enumerate(names):
        edges = []
        for level in (1, 2, 3):
            other = chance.randrange(size)
            at = level if other < number else level - 1
            if other != number and at and chance.random() < 0.5:
                edges.append(Requirement(level, names[other], at, "One rests on the other"))
        outcome, _, sub = name.partition(".")
        outcomes.setdefault(outcome, {})[sub] = SubOutcome(f"Sub-outcome {number}", requires=edges)
    model = MaturityModel(
        "drawn",
        str(seed),
        "A drawn model",
        [Level(level, f"Stage {level}") for level in range(4)],
        {name: Outcome(name, subs=subs) for name, subs in outcomes.items()},
    )
    return Assessment(
        model,
        ["A drawn team"],
        date(2026, 11, 24),
        scores={
            name: Score(
                score=chance.randint(0, 2), target=Target(chance.choice([2, 3])) if chance.random() < 0.3 else None
            )
            for name in names
        },
        benefit={name: Benefit(chance.choice([Rate.HIGH, Rate.SOME, Rate.LOW])) for name in outcomes},
    )
