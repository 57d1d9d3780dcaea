"""What a team says in an assessment: scores with their evidence and targets, what matters most, what is set aside.

A score is one of three states: scored at a level, not assessed, or not applicable with a reason. The lowest level is a
real score; a missing one is never taken for it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.months import months_after

__all__ = [
    "NOT_ASSESSED",
    "Benefit",
    "Evidence",
    "Priority",
    "Rate",
    "Score",
    "State",
    "Suppression",
    "Target",
    "a_year_after",
]

# A field that may stand for the whole value in a file: `evidence: [Weekly debrief]` for `- note: Weekly debrief`.
SHORT = {"short": True}
# A field whose texts, keys or number are the model's: ids of sub-outcomes, of outcomes as well, and levels.
SUB, NAME, LEVEL = {"of": "sub"}, {"of": "name"}, {"of": "level"}


class State(StrEnum):
    """What is known of a sub-outcome. Zero is `scored`; the other two are never counted as a level."""

    SCORED = "scored"
    UNASSESSED = "not-assessed"
    INAPPLICABLE = "not-applicable"


class Rate(StrEnum):
    """How much improving here would help the business, in the team's own judgement (method, step 4)."""

    HIGH = "high"
    SOME = "some"
    LOW = "low"
    NOT_NOW = "not-now"


def a_year_after(day: date) -> date:
    """The same day a year later; the last of February for a leap day."""
    return months_after(day, 12)


@frozen(weakref_slot=False)
class Evidence:
    """What shows a score: a note, perhaps a reference and its effect. Never an uploaded file.

    `measure` names the model's indicative measure that it shows; `alternative` says that it stands in place of one.
    """

    note: str = field(repr=False, metadata=SHORT)
    measure: str | None = None
    alternative: str | None = field(default=None, repr=False)
    effect: str | None = field(default=None, repr=False)
    ref: str | None = field(default=None, repr=False)
    dated: date | None = None


@frozen(weakref_slot=False)
class Target:
    """The level wanted, and by when; `by` is a year after the assessment unless stated (method, step 5)."""

    level: int = field(metadata=SHORT | LEVEL)
    by: date | None = None


@frozen(weakref_slot=False)
class Score:
    """The answer for one sub-outcome: a `score`, or why it is `inapplicable`, or neither while it is not assessed."""

    score: int | None = field(default=None, metadata=LEVEL)
    inapplicable: str | None = field(default=None, repr=False)
    rebaselined: str | None = field(default=None, repr=False)
    evidence: tuple[Evidence, ...] = field(default=(), converter=tupled, repr=False)
    target: Target | None = None

    def __attrs_post_init__(self) -> None:
        if self.score is not None and self.inapplicable is not None:
            raise ValueError("`score` and `inapplicable` exclude each other: keep one of the two")

    @property
    def state(self) -> State:
        """Which of the three states this answer is in."""
        if self.score is not None:
            return State.SCORED
        return State.UNASSESSED if self.inapplicable is None else State.INAPPLICABLE


@frozen(weakref_slot=False)
class Benefit:
    """The team's judgement of how much improving an outcome or sub-outcome would help, and why."""

    rate: Rate = field(metadata=SHORT)
    because: str | None = None


@frozen(weakref_slot=False)
class Priority:
    """An outcome or sub-outcome to work on this year, and why: one or two, not all at once (method, step 4)."""

    outcome: str = field(metadata=SHORT | NAME)
    because: str | None = None


@frozen(weakref_slot=False)
class Suppression:
    """A rule set aside for this file, or for one outcome in it, and why."""

    rule: str
    because: str
    outcome: str | None = field(default=None, metadata=NAME)


NOT_ASSESSED = Score()
