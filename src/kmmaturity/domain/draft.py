"""A draft for the plan: targets, ideas for actions and review dates, from steps that the team has chosen.

What to do for a level comes from the model's own measures, those that are not in evidence yet. They are ideas:
indicative, never definitive, and the team's to change (method, steps 5 to 7).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment, Target, a_year_after
from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.names import is_word
from kmmaturity.domain.plan import Action, Review
from kmmaturity.domain.priorities.graph import Node, graph_of, node_of
from kmmaturity.domain.priorities.steps import Step, step_at
from kmmaturity.domain.priorities.suggestions import Suggestion
from kmmaturity.errors import KmMaturityError

__all__ = ["Chosen", "Draft", "draft_plan"]

Chosen = str | Step | Suggestion | Iterable["str | Step | Suggestion"]


@frozen(weakref_slot=False)
class Draft:
    """What would be added to an assessment, and nothing that it has already. `notes` say what was left as it is.

    Pass it to `Assessment.with_draft`.
    """

    targets: FrozenMap[str, Target] = field(default=FrozenMap(), converter=freeze)
    actions: tuple[Action, ...] = field(default=(), converter=tupled)
    reviews: tuple[Review, ...] = field(default=(), converter=tupled)
    notes: tuple[str, ...] = field(default=(), converter=tupled)

    def __bool__(self) -> bool:
        return bool(self.targets or self.actions or self.reviews)


def draft_plan(assessment: Assessment, chosen: Chosen, *, today: date) -> Draft:
    """The draft for the steps `chosen`: sub-outcomes by their ids, steps, or what `suggest` gave.

    A sub-outcome rises one level, also where steps go further. A target that the team has set stays, and
    where it says to stay put, a suggestion is not drafted: name the sub-outcome to have it all the same.
    Review dates are added, as far apart as the model advises, where the plan has none from `today` on. Raises
    UnknownName, and KmMaturityError for a sub-outcome that has no next level here.
    """
    graph, model = graph_of(assessment.model), assessment.model
    steps: dict[str, Step] = {}
    for node in _nodes(assessment, chosen):
        steps[node.sub] = step_at(graph, node, assessment)
    targets: dict[str, Target] = {}
    actions: list[Action] = []
    notes: list[str] = []
    taken = {each.id for each in assessment.plan.actions}
    for sub, step in steps.items():
        target = assessment.answer(sub).target
        if target is None:
            targets[sub] = Target(step.level)
        elif target.level != step.level:
            notes.append(f"{sub} has the target {target.level}, which stays.")
        for measure in step.measures:
            if measure.id in taken or _planned(assessment, sub, measure.text):
                notes.append(f"{sub}: the plan has {measure.id} already.")
            else:
                taken.add(measure.id)
                actions.append(Action(measure.text, [sub], id=measure.id if is_word(measure.id) else None))
        if not model.subs[sub].measures.get(step.level):
            notes.append(f"{sub}: the model has no measures for level {step.level}; think of an action of your own.")
        elif not step.measures:
            notes.append(
                f"{sub}: every measure of level {step.level} is in evidence already; is it still at {step.score}?"
            )
    ahead = any(each.held is None and each.due >= today for each in assessment.plan.reviews)
    reviews = [] if ahead or not steps else _reviews(today, model.figures.review)
    return Draft(targets, actions, reviews, notes)


def _planned(assessment: Assessment, sub: str, text: str) -> bool:
    return any(sub in each.towards and each.action == text for each in assessment.plan.actions)


def _nodes(assessment: Assessment, chosen: Chosen) -> Iterator[Node]:
    for each in (chosen,) if isinstance(chosen, str | Step | Suggestion) else chosen:
        match each:
            case Suggestion():
                moving = [step for step in each.steps if step.aims is None or step.aims >= step.level]
                yield from _nodes(assessment, moving)
            case Step(sub=sub, level=level):
                held = assessment.level(sub)
                if held is not None and held < node_of(assessment.model, sub, level).level:
                    yield _next(assessment, sub)
            case str():
                yield _next(assessment, each)
            case _:
                raise KmMaturityError(f"{each!r} cannot be drafted: pass sub-outcomes, steps or suggestions")


def _next(assessment: Assessment, sub: str) -> Node:
    model, answer = assessment.model, assessment.answer(sub)
    if answer.score is None:
        raise KmMaturityError(f"{sub} is {answer.state.replace('-', ' ')}: a step starts from a score")
    level = model.next_level(sub, answer.score)
    if level is None:
        raise KmMaturityError(f"{sub} is at {answer.score}, its highest level: there is no next step to draft")
    return Node(sub, level)


def _reviews(today: date, months: int) -> Iterator[Review]:
    """A review each time that so many months have gone by, for a year."""
    for passed in range(months, 13, months):
        years, month = divmod(today.month - 1 + passed, 12)
        last = monthrange(today.year + years, month + 1)[1]
        yield Review(date(today.year + years, month + 1, min(today.day, last)))
    if months > 12:
        yield Review(a_year_after(today))
