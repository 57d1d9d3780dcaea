"""The report: the one thing that exporters see. Flat, frozen, complete, and already redacted.

Nothing in a report has to be looked up or worked out again: titles stand beside ids, the words of a level beside its
number, and the model's standing and the handling mark are there to be printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, field, frozen

from kmmaturity.domain.assessment import Assessment, Benefit, Evidence, Score, State
from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.model import Level, MaturityModel, Scope, Standing
from kmmaturity.domain.names import no_such
from kmmaturity.domain.plan import Action, ActionPlan, Review
from kmmaturity.domain.profile import Profile, profile
from kmmaturity.domain.tally import Tally

if TYPE_CHECKING:
    from kmmaturity.domain.outlook import Outlook

__all__ = ["REDACTABLE", "Basis", "ModelNote", "OutcomeNote", "Report", "Row", "redacted", "report"]

Part = TypeVar("Part", Action, Review)

REDACTABLE = ("contact", "evidence", "notes", "owner")
OF_ROWS = {"evidence", "notes"}
OF_ACTIONS = {"contact": "contact", "notes": "note", "owner": "owner"}

PURPOSE = "A self-assessment to learn from and plan with. It is an aid, not a holding-to-account tool."
STANDINGS = {
    Standing.OFFICIAL: "The model is published as official by its publisher.",
    Standing.ADOPTED: "The model is adopted by its publisher from another one.",
    Standing.DRAFT: "The model is a draft.",
    Standing.ILLUSTRATIVE: "The model is illustrative: its wording is an example, and no authority stands behind it.",
}


@frozen(weakref_slot=False)
class ModelNote:
    """Which model the scores are given against, and who stands behind it with what standing."""

    id: str
    version: str
    title: str
    status: Standing
    publisher: str | None = None
    adapted: str | None = None
    support: str | None = None
    licence: str | None = None

    @property
    def reference(self) -> str:
        """`id@version`."""
        return f"{self.id}@{self.version}"


@frozen(weakref_slot=False)
class Row:
    """One sub-outcome: its answer now, last time's, its target, and what shows it.

    `score` is None unless `state` is scored. `benefit` is the rating that counts here: its own, or its outcome's.
    """

    outcome: str
    outcome_title: str
    sub: str
    title: str
    highest: int
    state: State
    score: int | None = None
    score_title: str | None = None
    means: str | None = None
    inapplicable: str | None = None
    rebaselined: str | None = None
    previous: int | None = None
    previous_state: State | None = None
    target: int | None = None
    target_by: date | None = None
    priority: bool = False
    benefit: Benefit | None = None
    evidence: tuple[Evidence, ...] = field(default=(), converter=tupled, repr=False)

    @property
    def change(self) -> str | None:
        """How the answer differs from last time's, in words; None where it does not or nothing is known."""
        if self.previous_state is None or (self.previous, self.previous_state) == (self.score, self.state):
            return None
        if self.score is None:
            gone = self.previous is not None and self.state is State.INAPPLICABLE
            return "no longer scored" if gone else None
        if self.previous is None:
            return "newly scored"
        rise = self.score - self.previous
        move = f"up {rise}" if rise > 0 else f"down {-rise}"
        return f"{move}, re-baselined" if self.rebaselined else move


@frozen(weakref_slot=False)
class OutcomeNote:
    """One outcome: its count by level, and whether it, or a sub-outcome in it, is a priority and why."""

    outcome: str
    title: str
    tally: Tally
    priority: bool = False
    because: str | None = None


@frozen(weakref_slot=False)
class Basis:
    """The answers of this time, of last time and of the years before, with nothing in them that can be left out."""

    now: Assessment
    previous: Assessment | None = None
    earlier: tuple[Assessment, ...] = field(default=(), converter=tupled)


@frozen(weakref_slot=False)
class Report:
    """An assessment made ready to be shown. `redacted` names what was left out.

    `beyond` names answers that the model has no question for: they are kept in the file and counted nowhere. `basis`
    holds the answers that the `outlook` is worked out from.
    """

    unit: tuple[str, ...]
    assessed: date
    model: ModelNote
    scale: tuple[Level, ...]
    profile: Profile
    rows: tuple[Row, ...] = field(repr=False)
    outcomes: tuple[OutcomeNote, ...] = field(repr=False)
    plan: ActionPlan
    scope: Scope | None = None
    previous: date | None = None
    handling: str | None = None
    contact: str | None = field(default=None, repr=False)
    notes: str | None = field(default=None, repr=False)
    beyond: tuple[str, ...] = ()
    redacted: tuple[str, ...] = ()
    purpose: str = PURPOSE
    basis: Basis | None = field(default=None, repr=False)

    @cached_property
    def outlook(self) -> Outlook | None:
        """What follows from the answers: years, progress on targets, what is within reach, what could be next.

        It is worked out when it is first asked for. None for a report that was made without its answers.
        """
        from kmmaturity.domain.outlook import outlook  # few exporters ask for it, and most reports are rows alone

        basis = self.basis
        return None if basis is None else outlook(basis.now, previous=basis.previous, earlier=basis.earlier)

    @property
    def standing(self) -> str:
        """What the model's status means, in a sentence that every output prints."""
        return STANDINGS[self.model.status]

    @property
    def marking(self) -> str | None:
        """The handling mark as outputs print it: in capitals."""
        return self.handling.upper() if self.handling else None


def report(
    assessment: Assessment,
    *,
    previous: Assessment | None = None,
    earlier: Iterable[Assessment] = (),
    redact: Iterable[str] = ("contact",),
) -> Report:
    """The report of `assessment`, beside `previous` and the years `earlier`, if given, without what `redact` names.

    `redact` takes any of contact, evidence, notes and owner. Raises UnknownName for another word.
    """
    model = assessment.model
    full = Report(
        unit=assessment.unit,
        assessed=assessment.assessed,
        model=_note(model),
        scale=tuple(sorted(model.scale, key=lambda level: level.level)),
        profile=(whole := profile(assessment)),
        rows=tuple(_rows(assessment, previous)),
        outcomes=tuple(_outcomes(assessment, whole)),
        plan=assessment.plan,
        scope=assessment.scope,
        previous=previous.assessed if previous else None,
        handling=assessment.handling,
        contact=assessment.contact,
        notes=assessment.notes,
        beyond=assessment.beyond,
        basis=Basis(_bare(assessment), previous and _bare(previous), map(_bare, earlier)),
    )
    return redacted(full, redact)


def redacted(report: Report, parts: Iterable[str]) -> Report:
    """`report` without what `parts` names: any of contact, evidence, notes and owner. Raises UnknownName."""
    hidden = {parts} if isinstance(parts, str) else set(parts)
    for name in sorted(hidden):
        if name not in REDACTABLE:
            raise no_such("part", name, REDACTABLE, where="redaction")
    return evolve(
        report,
        contact=None if "contact" in hidden else report.contact,
        notes=None if "notes" in hidden else report.notes,
        rows=tuple(_row_without(hidden, each) for each in report.rows) if hidden & OF_ROWS else report.rows,
        plan=_plan_without(hidden, report.plan),
        redacted=tuple(sorted(hidden.union(report.redacted))),
    )


def _row_without(hidden: set[str], row: Row) -> Row:
    return evolve(
        row,
        rebaselined=None if "notes" in hidden else row.rebaselined,
        evidence=() if "evidence" in hidden else row.evidence,
    )


def _plan_without(hidden: set[str], plan: ActionPlan) -> ActionPlan:
    return ActionPlan(
        tuple(_blank(each, ["note"] if "notes" in hidden else []) for each in plan.reviews),
        tuple(_blank(each, [field for part, field in OF_ACTIONS.items() if part in hidden]) for each in plan.actions),
    )


def _blank(value: Part, fields: Iterable[str]) -> Part:
    """`value` with these of its fields at None; itself where they are so already."""
    told: dict[str, Any] = {field: None for field in fields if getattr(value, field) is not None}
    return evolve(value, **told) if told else value


def _bare(assessment: Assessment) -> Assessment:
    """The answers of `assessment` without evidence, notes, owners and contacts, whether those are left out or not."""
    return Assessment(
        model=assessment.model,
        unit=assessment.unit,
        assessed=assessment.assessed,
        handling=assessment.handling,
        scores={
            sub: Score(each.score, each.inapplicable, target=each.target) for sub, each in assessment.scores.items()
        },
        benefit=assessment.benefit,
        priorities=assessment.priorities,
        plan=ActionPlan(
            actions=[Action(each.action, each.towards, status=each.status) for each in assessment.plan.actions]
        ),
    )


def _note(model: MaturityModel) -> ModelNote:
    return ModelNote(
        model.id,
        model.version,
        model.title,
        model.status,
        model.publisher,
        model.adapted,
        model.support,
        model.licence,
    )


def _rows(assessment: Assessment, previous: Assessment | None) -> Iterator[Row]:
    model = assessment.model
    within = set(assessment.priority_subs)
    titles = {outcome: value.title for outcome, value in model.outcomes.items()}
    for sub, value in model.subs.items():
        answer = assessment.answer(sub)
        score, target = answer.score, answer.target
        known = previous is not None and sub in previous.model.subs
        outcome = model.outcome_of(sub)
        yield Row(
            outcome=outcome,
            outcome_title=titles[outcome],
            sub=sub,
            title=value.title,
            highest=model.highest(sub),
            state=answer.state,
            score=score,
            score_title=None if score is None else model.level_title(score),
            means=None if score is None else value.levels.get(score),
            inapplicable=answer.inapplicable,
            rebaselined=answer.rebaselined,
            previous=previous.level(sub) if previous is not None and known else None,
            previous_state=previous.state(sub) if previous is not None and known else None,
            target=None if target is None else target.level,
            target_by=None if target is None else assessment.target_date(sub),
            priority=sub in within,
            benefit=assessment.benefit.get(sub) or assessment.benefit.get(outcome),
            evidence=answer.evidence,
        )


def _outcomes(assessment: Assessment, whole: Profile) -> Iterator[OutcomeNote]:
    model = assessment.model
    for outcome, value in model.outcomes.items():
        chosen = [
            each
            for each in assessment.priorities
            if each.outcome == outcome or (each.outcome in model.subs and model.outcome_of(each.outcome) == outcome)
        ]
        because = "; ".join(each.because for each in chosen if each.because) or None
        yield OutcomeNote(outcome, value.title, whole.groups[outcome], bool(chosen), because)
