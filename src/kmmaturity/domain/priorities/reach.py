"""What is within reach, as a small graph: next levels that wait for others, and the way to the team's own targets."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.priorities.graph import Node, Position, graph_of

__all__ = ["Reach", "Spot", "reach"]


@frozen(weakref_slot=False)
class Spot:
    """A level that is not held yet, and where the team stands towards it. `target` says that the team aims for it.

    `needs` are the other spots that it waits for. One whose position is not-assessed has to be scored before anything
    else can be said of it, so it needs none.
    """

    sub: str
    title: str
    level: int
    level_title: str
    score: int | None
    position: Position
    target: bool = False
    needs: tuple[tuple[str, int], ...] = field(default=(), converter=tupled)

    @property
    def key(self) -> tuple[str, int]:
        """What other spots name this one by."""
        return self.sub, self.level


@frozen(weakref_slot=False)
class Reach:
    """The `spots`, each after those that it needs; and of all next levels, how many could begin now and how many wait.

    Steps that nothing waits for and no target asks for are counted in `free`, and are no spots.
    """

    spots: tuple[Spot, ...] = field(default=(), converter=tupled)
    free: int = 0
    waiting: int = 0

    def opened_by(self, spot: Spot) -> tuple[Spot, ...]:
        """The spots that need `spot`."""
        return tuple(each for each in self.spots if spot.key in each.needs)

    @property
    def stages(self) -> dict[tuple[str, int], int]:
        """How many spots stand one before the other on the longest way to each; 0 is where one can begin."""
        found: dict[tuple[str, int], int] = {}
        for each in self.spots:
            found[each.key] = max((found[need] + 1 for need in each.needs), default=0)
        return found


def reach(assessment: Assessment) -> Reach:
    """What is within reach of this team. Raises KmMaturityError for a model with a circle of requirements."""
    model = assessment.model
    graph = graph_of(model)
    frontier = dict(graph.frontier(assessment))
    waiting = [node for node, unmet in frontier.items() if unmet]
    targets = list(_targets(assessment))
    way = graph.way([*waiting, *targets], assessment)
    unscored = (each for step in way.steps for each in graph.needs(step) if each.sub in way.score_first)
    shown = dict.fromkeys([*(each for each in unscored if not graph.met(each, assessment)), *way.steps])
    return Reach(
        [
            Spot(
                sub=node.sub,
                title=model.subs[node.sub].title,
                level=node.level,
                level_title=model.level_title(node.level),
                score=(score := assessment.level(node.sub)),
                position=graph.position(node, assessment),
                target=node in targets,
                needs=() if score is None else dict.fromkeys(each for each in graph.needs(node) if each in shown),
            )
            for node in shown
        ],
        free=len(frontier) - len(waiting),
        waiting=len(waiting),
    )


def _targets(assessment: Assessment) -> Iterator[Node]:
    for sub in assessment.model.subs:
        answer = assessment.answer(sub)
        if answer.score is None or answer.target is None or answer.target.level not in assessment.model.levels_of(sub):
            continue
        if answer.score < answer.target.level:
            yield Node(sub, answer.target.level)
