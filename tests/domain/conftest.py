"""Models and assessments of several shapes, so that nothing is true of one model alone."""

from __future__ import annotations

from datetime import date

import pytest

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import Level, MaturityModel, Outcome, Requirement, SubOutcome


@pytest.fixture
def model() -> MaturityModel:
    """Two outcomes with five sub-outcomes, scored at 0 to 3; two of them stop short of the top."""
    return MaturityModel(
        id="small",
        version="1.0",
        title="A small model",
        scale=[Level(0, "Not in place yet"), Level(1, "Starting"), Level(2, "Usual"), Level(3, "Part of the work")],
        outcomes={
            "learning": Outcome(
                "We learn",
                subs={
                    "before": SubOutcome("Before", principles=[1, 2], highest=2),
                    "during": SubOutcome("During", principles=[2], levels={1: "Now and then", 2: "Mostly"}),
                    "after": SubOutcome("After", requires=[Requirement(2, "learning.during", 1)]),
                },
            ),
            "sharing": Outcome(
                "We share",
                subs={"inside": SubOutcome("Inside the team"), "outside": SubOutcome("Outside it", highest=1)},
            ),
        },
        principles={1: "Look first", 2: "Gains value through re-use", 3: "Served by nothing here"},
    )


@pytest.fixture
def five() -> MaturityModel:
    """One outcome with four sub-outcomes, scored at 1 to 5, written highest first."""
    return MaturityModel(
        id="five",
        version="2024",
        title="A model that counts from one",
        scale=[Level(n, f"Stage {n}") for n in (5, 4, 3, 2, 1)],
        outcomes={"data": Outcome("Data", subs={name: SubOutcome(name.title()) for name in ("a", "b", "c", "d")})},
    )


@pytest.fixture
def gappy() -> MaturityModel:
    """One outcome with two sub-outcomes, scored at 0, 10 or 25; one stops at 10."""
    return MaturityModel(
        id="gappy",
        version="1",
        title="A model with gaps in its scale",
        scale=[Level(0, "None"), Level(10, "Some"), Level(25, "Most")],
        outcomes={
            "work": Outcome("Work", subs={"wide": SubOutcome("Wide"), "narrow": SubOutcome("Narrow", highest=10)})
        },
    )


@pytest.fixture
def team(model: MaturityModel) -> Assessment:
    """A team that has scored nothing yet."""
    return Assessment(model, ["An agency", "A team"], date(2026, 11, 24))
