"""The graph of a model: which level of which sub-outcome rests on which others. The one door to networkx.

Nodes are (sub-outcome, level). Each level needs the one below it; a model adds hard edges (`requires`) and advisory
ones (`supports`), which never block. All prerequisites of a level are needed together, so what is missing for it is one
set, and that set is the shortest way to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment, State
from kmmaturity.domain.frozen import FrozenMap, freeze
from kmmaturity.domain.model import MaturityModel, Requirement
from kmmaturity.domain.names import listed
from kmmaturity.errors import KmMaturityError, UnknownName

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Graph", "Node", "Position", "Way", "graph_of", "longest_chain", "node_of", "to_networkx"]


class Node(NamedTuple):
    """A level of a sub-outcome."""

    sub: str
    level: int


class Position(StrEnum):
    """Where a team stands towards a node.

    `free` is a next level whose prerequisites are all met; `blocked` a next level that waits for another sub-outcome;
    `later` comes after the next one. A level of a sub-outcome that is not assessed is `not-assessed`.
    """

    HELD = "held"
    FREE = "free"
    BLOCKED = "blocked"
    LATER = "later"
    UNASSESSED = "not-assessed"
    INAPPLICABLE = "not-applicable"


class Way(NamedTuple):
    """What is missing for a node, itself included: `steps` in an order that works, and what has to be scored first."""

    steps: tuple[Node, ...]
    score_first: tuple[str, ...]


@frozen(weakref_slot=False)
class Graph:
    """A model's edges by the node that they belong to. A node without edges to other sub-outcomes has no entry."""

    model: MaturityModel
    requires: FrozenMap[Node, tuple[Requirement, ...]] = field(converter=freeze, repr=False)
    supports: FrozenMap[Node, tuple[Requirement, ...]] = field(converter=freeze, repr=False)

    def below(self, node: Node) -> Node | None:
        """The level before this one on the same sub-outcome, or None at the lowest."""
        lower = [level for level in self.model.levels_of(node.sub) if level < node.level]
        return Node(node.sub, lower[-1]) if lower else None

    def needs(self, node: Node) -> Iterator[Node]:
        """The hard prerequisites of `node`: the level below it, then those that the model states."""
        if (below := self.below(node)) is not None:
            yield below
        for edge in self.requires.get(node, ()):
            yield Node(edge.needs, edge.at)

    def met(self, node: Node, assessment: Assessment) -> bool:
        """Whether `node` is held, or cannot block: the lowest level is everybody's, a not-applicable one nobody's."""
        score = assessment.level(node.sub)
        if score is not None and score >= node.level:
            return True
        return node.level <= self.model.lowest or assessment.state(node.sub) is State.INAPPLICABLE

    def position(self, node: Node, assessment: Assessment) -> Position:
        """Where the team stands towards `node`. A score is taken at its word, whatever its prerequisites."""
        answer = assessment.answer(node.sub)
        if answer.score is None:
            return Position.INAPPLICABLE if answer.state is State.INAPPLICABLE else Position.UNASSESSED
        if answer.score >= node.level:
            return Position.HELD
        if node.level != self.model.next_level(node.sub, answer.score):
            return Position.LATER
        met = all(self.met(each, assessment) for each in self.needs(node))
        return Position.FREE if met else Position.BLOCKED

    def frontier(self, assessment: Assessment) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        """The next level of each scored sub-outcome, with its unmet prerequisites: where there are none, it is free."""
        for sub in self.model.subs:
            score = assessment.level(sub)
            level = None if score is None else self.model.next_level(sub, score)
            if level is not None:
                node = Node(sub, level)
                unmet = (Node(edge.needs, edge.at) for edge in self.requires.get(node, ()))
                yield node, tuple(dict.fromkeys(each for each in unmet if not self.met(each, assessment)))

    def way(self, goals: Iterable[Node], assessment: Assessment) -> Way:
        """All that is missing for `goals`, prerequisites first. What is held already is not asked about again."""
        seen: set[Node] = set()
        steps: dict[Node, None] = {}
        score_first: dict[str, None] = {}
        pending = [(node, False) for node in reversed(list(goals))]
        while pending:
            node, told = pending.pop()
            if told:
                steps[node] = None
            elif node not in seen and not self.met(node, assessment):
                seen.add(node)
                if assessment.level(node.sub) is None:
                    score_first[node.sub] = None
                else:
                    pending.append((node, True))
                    pending += [(each, False) for each in reversed(list(self.needs(node)))]
        return Way(tuple(steps), tuple(score_first))


def node_of(model: MaturityModel, sub: str, level: int) -> Node:
    """The node that a caller means. Raises UnknownName for a sub-outcome, KmMaturityError for a level, not there."""
    if sub in model.outcomes and sub not in model.subs:
        raise UnknownName(f"{sub} is an outcome: name one of its sub-outcomes, {listed(model.within(sub))}")
    if sub not in model.subs:
        raise model.no_sub(sub)
    levels = model.levels_of(sub)
    if type(level) is not int or level not in levels:  # True is 1 to `in`
        raise KmMaturityError(f"{sub} has the levels {listed(map(str, levels))}, not {level!r}")
    return Node(sub, level)


def graph_of(model: MaturityModel) -> Graph:
    """The graph of `model`. Raises KmMaturityError for a circle of requirements, or an edge to what is not there.

    Loading a model from a file reports these with their places; here they come from a model made in code.
    """
    requires = dict(_by_node(model, "requires"))
    _refuse_gaps(model, requires)
    _refuse_circles(model, requires)
    return Graph(model, requires, dict(_by_node(model, "supports")))


def _by_node(model: MaturityModel, kind: str) -> Iterator[tuple[Node, tuple[Requirement, ...]]]:
    for sub, value in model.subs.items():
        edges: tuple[Requirement, ...] = getattr(value, kind)
        for level in dict.fromkeys(edge.level for edge in edges):
            yield Node(sub, level), tuple(edge for edge in edges if edge.level == level)


def _refuse_gaps(model: MaturityModel, requires: dict[Node, tuple[Requirement, ...]]) -> None:
    for node, edges in requires.items():
        for edge in edges:
            if edge.needs not in model.subs or edge.at not in model.levels_of(edge.needs):
                raise KmMaturityError(
                    f"{model.reference} cannot be used as a graph: {node.sub} level {node.level} needs {edge.needs} "
                    f"level {edge.at}, which the model lacks: mend `requires` there"
                )


def _refuse_circles(model: MaturityModel, requires: dict[Node, tuple[Requirement, ...]]) -> None:
    from graphlib import CycleError, TopologicalSorter

    sorter: TopologicalSorter[Node] = TopologicalSorter()
    ends = {Node(edge.needs, edge.at) for edges in requires.values() for edge in edges}
    by_sub: dict[str, set[int]] = {}
    for node in (*requires, *ends):
        by_sub.setdefault(node.sub, set()).add(node.level)
    for sub, levels in by_sub.items():
        # Levels that no edge touches cannot be part of a circle, so those between are passed over.
        below: list[Node] = []
        for level in sorted(levels):
            node = Node(sub, level)
            sorter.add(node, *below, *(Node(edge.needs, edge.at) for edge in requires.get(node, ())))
            below = [node]
    try:
        sorter.prepare()
    except CycleError as error:
        path = " → ".join(f"{sub} level {level}" for sub, level in error.args[1][::-1])
        raise KmMaturityError(
            f"{model.reference} cannot be used as a graph, since these levels need one another in a circle: {path}: "
            "take one of these requirements away"
        ) from None


def to_networkx(model: MaturityModel) -> nx.DiGraph[Any]:
    """The model as a networkx graph, from prerequisite to dependent: for questions of your own.

    Nodes are `Node(sub, level)` with `title`, `outcome` and `level_title`. Edges have a `kind`, which is `below`,
    `requires` or `supports`, and `because`, the model's reason or None; of two kinds between the same nodes the harder
    one stays.
    """
    import networkx as nx  # 100 ms at import, and few questions need it

    graph = graph_of(model)
    found = nx.DiGraph(model=model.reference)
    for sub, value in model.subs.items():
        for level in model.levels_of(sub):
            words = {"title": value.title, "outcome": model.outcome_of(sub), "level_title": model.level_title(level)}
            found.add_node(Node(sub, level), **words)
    for kind, stated in (("supports", graph.supports), ("requires", graph.requires)):
        for node, edges in stated.items():
            for edge in edges:
                start = Node(edge.needs, edge.at)
                if start in found and node in found:  # an advisory edge may lead nowhere; it never blocks
                    found.add_edge(start, node, kind=kind, because=edge.because)
    for node in list(found):
        if (below := graph.below(node)) is not None:
            found.add_edge(below, node, kind="below", because=None)
    return found


def longest_chain(model: MaturityModel) -> tuple[Node, ...]:
    """The longest row of levels each of which needs the one before: no plan is shorter, however much is done at once.

    Lowest levels are left out, since they are everybody's. Of several that are equally long, one is given.
    """
    import networkx as nx

    found = to_networkx(model)
    advisory = [(a, b) for a, b, kind in found.edges(data="kind") if kind == "supports"]
    found.remove_edges_from(advisory)
    found.remove_nodes_from([node for node in found if node.level <= model.lowest])
    return tuple(nx.dag_longest_path(found))
