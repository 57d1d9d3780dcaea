"""The action plan: actions towards targets, and the reviews that keep the plan alive (method, step 7)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from kmmaturity.domain.answers import NAME
from kmmaturity.domain.frozen import tupled

__all__ = ["Action", "ActionPlan", "Review", "Status"]


class Status(StrEnum):
    """How far an action has come. An idea is noted and not checked; from `planned` on it has an owner and a date."""

    IDEA = "idea"
    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    SET_ASIDE = "set-aside"


@frozen(weakref_slot=False)
class Action:
    """One step of the plan. `towards` names what it serves; `owner` is a role, never a name."""

    action: str
    towards: tuple[str, ...] = field(default=(), converter=tupled, metadata=NAME)
    id: str | None = None
    owner: str | None = field(default=None, repr=False)
    contact: str | None = field(default=None, repr=False)
    due: date | None = None
    status: Status = Status.IDEA
    note: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What the action goes by: its id, or its own words where it has none."""
        return self.id or self.action

    @property
    def open(self) -> bool:
        """Whether this action is planned or under way."""
        return self.status in (Status.PLANNED, Status.UNDER_WAY)


@frozen(weakref_slot=False)
class Review:
    """A review of the plan: when it is due, when it was held, and what it found."""

    due: date
    held: date | None = None
    note: str | None = field(default=None, repr=False)


@frozen(weakref_slot=False)
class ActionPlan:
    """The year's actions and the dates at which they are looked at again."""

    reviews: tuple[Review, ...] = field(default=(), converter=tupled)
    actions: tuple[Action, ...] = field(default=(), converter=tupled)
