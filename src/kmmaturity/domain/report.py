"""The report: the one thing that exporters see. Flat, frozen, complete, and already redacted.

Nothing in a report has to be looked up or worked out again: titles stand beside ids, the words of a level beside its
number, and the model's standing and the handling mark are there to be printed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from kmmaturity.domain.answers import NOT_ASSESSED
from kmmaturity.domain.assessment import Assessment, Benefit, Evidence, Priority, Score, State, Target
from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.model import Level, MaturityModel, Scope, Standing
from kmmaturity.domain.plan import ActionPlan
from kmmaturity.domain.profile import Profile, profile
from kmmaturity.domain.redaction import bare, bare_plan, hidden_parts, plan_without, rows_without
from kmmaturity.domain.tally import Tally, off_the_scale

if TYPE_CHECKING:
    from kmmaturity.domain.outlook import Outlook

__all__ = ["Basis", "ModelNote", "OutcomeNote", "Report", "Row", "redacted", "report"]

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
    """What the answers of a report rest on: the model, judgements of what matters, and the answers of other years.

    Nothing in it can be left out of a report.
    """

    model: MaturityModel
    benefit: FrozenMap[str, Benefit] = field(default=FrozenMap(), converter=freeze)
    priorities: tuple[Priority, ...] = field(default=(), converter=tupled)
    previous: Assessment | None = None
    earlier: tuple[Assessment, ...] = field(default=(), converter=tupled)


@frozen(weakref_slot=False)
class Report:
    """An assessment made ready to be shown. `redacted` names what was left out.

    `beyond` names answers that the model has no question for: they are kept in the file and counted nowhere. `basis`
    is what `profile`, `outcomes` and `outlook` are worked out from, each when it is first asked for.
    """

    unit: tuple[str, ...]
    assessed: date
    model: ModelNote
    scale: tuple[Level, ...]
    rows: tuple[Row, ...] = field(repr=False)
    plan: ActionPlan
    basis: Basis = field(repr=False)
    scope: Scope | None = None
    previous: date | None = None
    handling: str | None = None
    contact: str | None = field(default=None, repr=False)
    notes: str | None = field(default=None, repr=False)
    beyond: tuple[str, ...] = ()
    redacted: tuple[str, ...] = ()
    purpose: str = PURPOSE

    @cached_property
    def answers(self) -> Assessment:
        """The answers as an assessment, without evidence, notes, owners and contacts, whatever was left out."""
        scores = {
            row.sub: Score(
                row.score,
                row.inapplicable,
                target=None if row.target is None else Target(row.target, row.target_by),
            )
            for row in self.rows
        }
        return Assessment(
            model=self.basis.model,
            unit=self.unit,
            assessed=self.assessed,
            handling=self.handling,
            scores=scores,
            benefit=self.basis.benefit,
            priorities=self.basis.priorities,
            plan=bare_plan(self.plan),
        )

    @cached_property
    def profile(self) -> Profile:
        """Counts by level and outcome, strengths, weaknesses and gaps."""
        return profile(self.answers)

    @cached_property
    def outcomes(self) -> tuple[OutcomeNote, ...]:
        """Each outcome in the model's order, with its count by level."""
        return tuple(_outcomes(self.answers, self.profile))

    @cached_property
    def outlook(self) -> Outlook:
        """What follows from the answers: years, progress on targets, what is within reach, what could be next."""
        from kmmaturity.domain.outlook import outlook  # few exporters ask for it, and most reports are rows alone

        return outlook(self.answers, previous=self.basis.previous, earlier=self.basis.earlier)

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
    hidden = hidden_parts(redact)
    return Report(
        unit=assessment.unit,
        assessed=assessment.assessed,
        model=_note(model),
        scale=tuple(sorted(model.scale, key=lambda level: level.level)),
        rows=tuple(rows_without(hidden, _rows(assessment, previous))),
        plan=plan_without(hidden, assessment.plan),
        basis=Basis(model, assessment.benefit, assessment.priorities, previous and bare(previous), map(bare, earlier)),
        scope=assessment.scope,
        previous=previous.assessed if previous else None,
        handling=assessment.handling,
        contact=None if "contact" in hidden else assessment.contact,
        notes=None if "notes" in hidden else assessment.notes,
        beyond=assessment.beyond,
        redacted=tuple(sorted(hidden)),
    )


def redacted(report: Report, parts: Iterable[str]) -> Report:
    """`report` without what `parts` names: any of contact, evidence, notes and owner. Raises UnknownName."""
    hidden = hidden_parts(parts)
    return evolve(
        report,
        contact=None if "contact" in hidden else report.contact,
        notes=None if "notes" in hidden else report.notes,
        rows=tuple(rows_without(hidden, report.rows)),
        plan=plan_without(hidden, report.plan),
        redacted=tuple(sorted(hidden.union(report.redacted))),
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
    scores, benefit = assessment.scores, assessment.benefit
    within = set(assessment.priority_subs)
    asked_before: Container[str] = previous.model.subs if previous else ()
    for outcome, outcome_title, sub, title, highest, words in _asked(assessment.model):
        answer = scores.get(sub, NOT_ASSESSED)
        score, target = answer.score, answer.target
        if score not in words:
            raise off_the_scale(sub, score, assessment.model)
        score_title, means = words[score]
        before = previous.answer(sub) if previous is not None and sub in asked_before else None
        # By position: naming what is given would take half as long again.
        yield Row(
            outcome,
            outcome_title,
            sub,
            title,
            highest,
            answer.state,
            score,
            score_title,
            means,
            answer.inapplicable,
            answer.rebaselined,
            None if before is None else before.score,
            None if before is None else before.state,
            None if target is None else target.level,
            None if target is None else assessment.target_date(sub),
            sub in within,
            benefit.get(sub) or benefit.get(outcome),
            answer.evidence,
        )


Words = dict[int | None, tuple[str | None, str | None]]


@lru_cache(maxsize=8)
def _asked(model: MaturityModel) -> tuple[tuple[str, str, str, str, int, Words], ...]:
    """What all reports of `model` say of each sub-outcome: ids and titles, its highest level, and words by level."""
    titles = {level: model.level_title(level) for level in model.levels}
    return tuple(
        (
            outcome,
            value.title,
            f"{outcome}.{sub}",
            asked.title,
            model.highest(f"{outcome}.{sub}"),
            {None: (None, None)} | {level: (title, asked.levels.get(level)) for level, title in titles.items()},
        )
        for outcome, value in model.outcomes.items()
        for sub, asked in value.subs.items()
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
