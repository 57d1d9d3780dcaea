"""A team's assessment: answers, priorities and plan, against one resolved model; and how it is changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from kmmaturity.domain.answers import (
    NAME,
    NOT_ASSESSED,
    SUB,
    Benefit,
    Evidence,
    Priority,
    Rate,
    Score,
    State,
    Suppression,
    Target,
    a_year_after,
)
from kmmaturity.domain.arguments import day, filled, one_of, optional, text, texts, word
from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.model import MaturityModel, Scope
from kmmaturity.domain.names import listed, no_such, quoted
from kmmaturity.domain.plan import Action, ActionPlan, Review, Status
from kmmaturity.domain.tables import Table
from kmmaturity.errors import KmMaturityError

if TYPE_CHECKING:
    from kmmaturity.domain.draft import Draft

__all__ = [
    "Assessment",
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


@frozen(weakref_slot=False)
class Assessment:
    """One unit's assessment on one day. Frozen: the `with_…` methods return a new value.

    `unit` holds the unit's names, largest first. `scores` maps full sub-outcome ids to answers and may hold ids that
    the model lacks: what a team wrote is kept, and reported. `previous` says where last year's assessment is.
    `origin` is the digest of the file that the value was read from, by which `update` sees that it has changed.
    """

    model: MaturityModel
    unit: tuple[str, ...] = field(converter=tupled)
    assessed: date
    scope: Scope | None = None
    previous: str | None = None
    handling: str | None = None
    contact: str | None = None
    notes: str | None = None
    scores: FrozenMap[str, Score] = field(default=FrozenMap(), converter=freeze, metadata=SUB)
    benefit: FrozenMap[str, Benefit] = field(default=FrozenMap(), converter=freeze, metadata=NAME)
    priorities: tuple[Priority, ...] = field(default=(), converter=tupled)
    plan: ActionPlan = ActionPlan()
    ignore: tuple[Suppression, ...] = field(default=(), converter=tupled)
    origin: str | None = field(default=None, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.unit:
            raise ValueError("`unit` names at least one unit")

    def __repr__(self) -> str:
        scored = sum(self.state(sub) is State.SCORED for sub in self.model.subs)
        return (
            f"<Assessment of {self.unit[-1]} on {self.assessed.isoformat()}: "
            f"{scored} of {len(self.model.subs)} scored, {self.model.reference}>"
        )

    @property
    def table(self) -> Table:
        """Every answer by sub-outcome, without its evidence."""
        rows = [
            [outcome.title, self.model.subs[sub].title, self._told(sub), self._aim(sub)]
            for name, outcome in self.model.outcomes.items()
            for sub in self.model.within(name)
        ]
        notes = [f"{self.model.title} {self.model.version}, {self.model.status}."]
        notes += [self.handling.upper()] if self.handling else []
        caption = f"{self.unit[-1]}, {self.assessed.isoformat()}"
        return Table(caption, ["Outcome", "Sub-outcome", "Score", "Target"], rows, notes)

    def __str__(self) -> str:
        return str(self.table)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def _told(self, sub: str) -> str:
        answer = self.answer(sub)
        if answer.score is None:
            return answer.state.replace("-", " ")
        return f"{answer.score} {self.model.level_title(answer.score)}"

    def _aim(self, sub: str) -> str:
        target, by = self.answer(sub).target, self.target_date(sub)
        return "" if target is None or by is None else f"{target.level} by {by.isoformat()}"

    # Reading

    def answer(self, sub: str) -> Score:
        """The answer for `sub`: a `Score` that is not assessed where nothing was given. Raises UnknownName."""
        found = self.scores.get(sub)
        if found is not None:
            return found
        self._known(sub)
        return NOT_ASSESSED

    def state(self, sub: str) -> State:
        """Whether `sub` is scored, not assessed or not applicable."""
        return self.answer(sub).state

    def level(self, sub: str) -> int | None:
        """The level that `sub` is scored at, or None."""
        return self.answer(sub).score

    def target_date(self, sub: str) -> date | None:
        """When the target on `sub` is to be met, or None without a target."""
        target = self.answer(sub).target
        if target is None:
            return None
        return target.by or a_year_after(self.assessed)

    @property
    def beyond(self) -> tuple[str, ...]:
        """Answers to sub-outcomes that the model lacks: kept, and counted nowhere."""
        known = self.model.subs
        return tuple(sub for sub in self.scores if sub not in known)

    @property
    def priority_subs(self) -> tuple[str, ...]:
        """Every sub-outcome that lies within a priority, in the model's order."""
        chosen = {
            sub for each in self.priorities if self.model.knows(each.outcome) for sub in self.model.within(each.outcome)
        }
        return tuple(sub for sub in self.model.subs if sub in chosen)

    def rate(self, sub: str) -> Rate | None:
        """The benefit rated for `sub` itself, else for its outcome, else None."""
        found = self.benefit.get(sub) or self.benefit.get(self.model.outcome_of(sub))
        return None if found is None else found.rate

    # Editing: each returns a new value, and raises KmMaturityError for an argument that is not what it takes

    def with_score(self, sub: str, score: int, *, rebaselined: str | None = None) -> Assessment:
        """The assessment with `sub` scored at `score`; its evidence and target stay.

        Raises UnknownName for a sub-outcome, and KmMaturityError for a level, that the model lacks.
        """
        self._on_scale(sub, score)
        if rebaselined is not None:
            text(rebaselined, "rebaselined")
        return self._with(sub, score=score, inapplicable=None, rebaselined=rebaselined or self.answer(sub).rebaselined)

    def without_score(self, sub: str) -> Assessment:
        """The assessment with `sub` not assessed; its evidence and target stay."""
        return self._with(sub, score=None, inapplicable=None)

    def with_inapplicable(self, sub: str, because: str) -> Assessment:
        """The assessment with `sub` not applicable, `because` of a reason."""
        return self._with(sub, score=None, inapplicable=filled(because, "because"))

    def with_evidence(self, sub: str, *notes: str | Evidence, **details: Any) -> Assessment:
        """The assessment with evidence added to `sub`: notes, or one note and the other fields of `Evidence`."""
        if details and len(notes) != 1:
            raise TypeError("details such as ref= or effect= describe one note: add the notes one at a time")
        added = [evolve(note, **details) if isinstance(note, Evidence) else Evidence(note, **details) for note in notes]
        for each in added:
            filled(each.note, "evidence", "each note as a text of its own")
            optional(text, each, "measure", "alternative", "effect", "ref")
            optional(day, each, "dated")
        return self._with(sub, evidence=(*self.answer(text(sub, "sub")).evidence, *added))

    def with_target(self, sub: str, level: int | None, by: date | None = None) -> Assessment:
        """The assessment with a target on `sub`, a year ahead unless `by` is given; a level of None takes it away."""
        if level is None:
            return self._with(sub, target=None)
        self._on_scale(sub, level, "a target on {} is")
        target = Target(level, by)
        optional(day, target, "by")
        return self._with(sub, target=target)

    def with_priority(self, outcome: str, because: str | None = None) -> Assessment:
        """The assessment with `outcome` among its priorities; one that is there already gets the new reason."""
        self.model.within(text(outcome, "outcome"))
        chosen = FrozenMap({each.outcome: each for each in self.priorities})
        priority = Priority(outcome, because)
        optional(text, priority, "because")
        return evolve(self, priorities=chosen.with_item(outcome, priority).values())

    def with_benefit(self, name: str, rate: Rate | str, because: str | None = None) -> Assessment:
        """The assessment with the benefit of improving `name` rated high, some, low or not-now."""
        self.model.within(text(name, "name"))
        benefit = Benefit(one_of(Rate, rate), because)
        optional(text, benefit, "because")
        return evolve(self, benefit=self.benefit.with_item(name, benefit))

    def with_action(
        self,
        action: str | Action,
        *,
        towards: str | Iterable[str] = (),
        status: Status | str = Status.IDEA,
        **details: Any,
    ) -> Assessment:
        """The assessment with an action added to its plan; `details` are the other fields of `Action`.

        An `id` is a word that no other action in the plan has.
        """
        if not isinstance(action, Action):
            action = Action(action, towards=texts(towards, "towards"), status=one_of(Status, status), **details)
        filled(action.action, "action")
        optional(text, action, "owner", "contact", "note")
        optional(word, action, "id")
        optional(day, action, "due")
        for name in texts(action.towards, "towards"):
            self.model.within(name)
        if action.id is not None and any(each.id == action.id for each in self.plan.actions):
            raise KmMaturityError(f"the plan has an action with the id {action.id!r} already: choose another id")
        return evolve(self, plan=evolve(self.plan, actions=(*self.plan.actions, action)))

    def with_status(self, action: str, status: Status | str, note: str | None = None) -> Assessment:
        """The assessment with the action of this `name` at `status`, with a note on what came of it.

        Its name is its id, or its words where it has none. Raises UnknownName.
        """
        if note is not None:
            text(note, "note")
        noted = {"note": note} if note else {}
        return self._with_action(action, status=one_of(Status, status), **noted)

    def with_action_moved(self, action: str, *, due: date | None = None, owner: str | None = None) -> Assessment:
        """The assessment with the action of this `name` due on another day, or with another owner, or both.

        What is None stays. Its name is its id, or its words where it has none. Raises UnknownName.
        """
        given: dict[str, Any] = {} if due is None else {"due": day(due, "due")}
        given |= {} if owner is None else {"owner": filled(owner, "owner")}
        return self._with_action(action, **given)

    def with_review(self, due: date, *, held: date | None = None, note: str | None = None) -> Assessment:
        """The assessment with a review added to its plan, or the review due on that day told as held."""
        told = Review(day(due, "due"), held, note)
        optional(day, told, "held")
        optional(text, told, "note")
        kept = [review for review in self.plan.reviews if review.due != due]
        reviews = sorted((*kept, told), key=lambda review: review.due)
        return evolve(self, plan=evolve(self.plan, reviews=reviews))

    def with_draft(self, draft: Draft) -> Assessment:
        """The assessment with the targets, actions and reviews of a `draft`, see `kmmaturity.draft_plan`."""
        found = self
        for sub, target in draft.targets.items():
            found = found.with_target(sub, target.level, target.by)
        for action in draft.actions:
            found = found.with_action(action)
        for review in draft.reviews:
            found = found.with_review(review.due)
        return found

    def _with(self, sub: str, **changes: Any) -> Assessment:
        text(sub, "sub")
        return evolve(self, scores=self.scores.with_item(sub, evolve(self.answer(sub), **changes)))

    def _with_action(self, name: str, **changes: Any) -> Assessment:
        known = [each.name for each in self.plan.actions]
        if name not in known:
            raise no_such(
                "action", name, (each.id or quoted(each.action) for each in self.plan.actions), where="the plan"
            )
        if known.count(name) > 1:
            raise KmMaturityError(f"several actions of the plan go by {name!r}: give each an `id` of its own")
        changed = [evolve(each, **changes) if each.name == name else each for each in self.plan.actions]
        return evolve(self, plan=evolve(self.plan, actions=changed))

    def _known(self, sub: str) -> None:
        if sub not in self.model.subs:
            raise self.model.no_sub(sub)

    def _on_scale(self, sub: str, level: int, told: str = "{} is scored at") -> None:
        levels = self.model.levels_of(text(sub, "sub"))
        if type(level) is not int or level not in levels:  # True is 1, and 2.0 is 2, to `in`
            raise KmMaturityError(f"{told.format(sub)} {listed(map(str, levels))}, not {level!r}")
