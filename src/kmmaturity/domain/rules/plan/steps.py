"""What the rules on plans share: how they see priorities, targets and actions, and the example that is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kmmaturity.domain.findings import Pointer
from kmmaturity.domain.names import quoted
from kmmaturity.domain.plan import Action
from kmmaturity.domain.rules.fit import STARTER
from kmmaturity.domain.rules.rule import Context, assessment_with

__all__ = [
    "GOOD",
    "PLAN",
    "PRIORITIES",
    "SCORES",
    "all_scored",
    "changed",
    "chosen",
    "misspelt",
    "named",
    "open_actions",
    "served_by",
    "status_of",
    "steps",
    "target_days",
]

SCORES, PRIORITIES, PLAN = Pointer(("scores",)), Pointer(("priorities",)), Pointer(("plan",))


def chosen(context: Context) -> dict[str, Pointer]:
    """Each priority that the model knows, with its place."""
    every = enumerate(context.assessment.priorities)
    return {each.outcome: PRIORITIES / index / "outcome" for index, each in every if context.model.knows(each.outcome)}


def misspelt(context: Context) -> bool:
    """Whether a priority is one that the model lacks: what lies outside the others may well lie within that one."""
    return any(not context.model.knows(each.outcome) for each in context.assessment.priorities)


def steps(context: Context) -> Iterator[tuple[str, int, int, Pointer]]:
    """Each scored sub-outcome with a target, both on its scale: its score, the target's level, and where that is."""
    for sub, answer in context.assessment.scores.items():
        if sub in context.model.subs and answer.score is not None and answer.target is not None:
            levels = context.model.levels_of(sub)
            if answer.score in levels and answer.target.level in levels:
                pointer = Pointer(("scores", sub, "target", "level"))  # several steps at once are quicker
                yield sub, answer.score, answer.target.level, pointer


def served_by(context: Context, action: Action) -> tuple[str, ...]:
    """The sub-outcomes that an action is for."""
    known = [name for name in action.towards if context.model.knows(name)]
    return tuple(dict.fromkeys(sub for name in known for sub in context.model.within(name)))


def open_actions(context: Context) -> Iterator[tuple[Action, Pointer]]:
    """Each action that is planned or under way, with its place."""
    for index, action in enumerate(context.assessment.plan.actions):
        if action.open:
            yield action, Pointer(("plan", "actions", index))


def named(action: Action) -> str:
    """An action as a message names it: by its id, or else by how it begins."""
    return f"the action {action.id or quoted(action.action)}"


def status_of(action: Action) -> str:
    """An action's status in words."""
    return action.status.replace("-", " ")


def target_days(context: Context) -> dict[str, date]:
    """By when each target that is above its score is to be reached."""
    days = {sub: context.assessment.target_date(sub) for sub, score, level, _ in steps(context) if level > score}
    return {sub: day for sub, day in days.items() if day is not None}


_SCORES = """\
scores:
  learning.before: {score: 1, evidence: [Two of nine projects looked first], target: 2}
  learning.after: {score: 0, target: 0}
  assets.reuse: {score: 1, evidence: [One index of all reports]}
"""
_PRIORITIES = """\
priorities:
  - outcome: learning
"""
_PLAN = """\
plan:
  reviews: [{due: 2027-05-24}]
  actions:
    - id: start-up-question
      action: Ask at the start what is known already
      towards: [learning.before]
      owner: Project Support Lead
      due: 2027-04-30
      status: planned
"""
# A plan that nothing is to be said of, which most examples change in one place.
GOOD = assessment_with(_SCORES + _PRIORITIES + _PLAN)


def changed(*changes: tuple[str, str]) -> bytes:
    """The good example with each old text made the new one."""
    text = GOOD.decode()
    for old, new in changes:
        text = text.replace(old, new)
    return text.encode()


def all_scored(answer: str, rest: str = "") -> bytes:
    """An assessment in which every sub-outcome has the same answer, with `rest` below."""
    return assessment_with("".join(["scores:\n", *(f"  {sub}: {answer}\n" for sub in STARTER), rest]))
