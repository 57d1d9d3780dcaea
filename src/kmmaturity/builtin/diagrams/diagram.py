"""What every drawing of a graph shows: its levels, its edges, and in words where a team stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, frozen

from kmmaturity.checking.formats.text import tame
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.priorities.graph import Graph, Node, Position, graph_of

__all__ = ["WORDS", "Area", "Box", "Diagram", "Line", "diagram", "shown"]

WORDS = {
    Position.HELD: "held",
    Position.FREE: "could begin",
    Position.BLOCKED: "waits",
    Position.LATER: "later",
    Position.UNASSESSED: "not assessed",
    Position.INAPPLICABLE: "not applicable",
}
_ODD = re.compile("[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen
class Box:
    """A level of a sub-outcome, and where the team stands towards it, where a team is given."""

    node: Node
    position: Position | None = None

    @property
    def label(self) -> str:
        """The level, and the position in words."""
        return f"level {self.node.level}" + (f", {WORDS[self.position]}" if self.position else "")


@frozen
class Line:
    """An edge, from what is needed to what needs it: `kind` is below, requires or supports."""

    start: Node
    end: Node
    kind: str


@frozen
class Area:
    """An outcome: its title, and its sub-outcomes with their titles and boxes, lowest level first."""

    title: str
    subs: tuple[tuple[str, str, tuple[Box, ...]], ...] = field(converter=tupled)


@frozen
class Diagram:
    """A graph to be drawn. The lowest level, which is everybody's, is left out, and with it the edges from it."""

    title: str
    areas: tuple[Area, ...] = field(converter=tupled)
    lines: tuple[Line, ...] = field(converter=tupled)
    levels: tuple[int, ...]
    marking: str | None = None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box."""
        return tuple(box for area in self.areas for _, _, boxes in area.subs for box in boxes)


def diagram(model: MaturityModel, assessment: Assessment | None = None) -> Diagram:
    """The drawing of `model`, and of where the team of `assessment` stands. Raises KmMaturityError for a circle."""
    graph = graph_of(model)
    whose = f": {assessment.unit[-1]}, {assessment.assessed.isoformat()}" if assessment else ""
    areas = [
        Area(shown(outcome.title), [_sub(graph, sub, assessment) for sub in model.within(name)])
        for name, outcome in model.outcomes.items()
    ]
    return Diagram(
        shown(f"{model.title} ({model.reference}, {model.status}){whose}"),
        areas,
        _lines(graph),
        levels=model.levels[1:],
        marking=shown(assessment.handling.upper()) if assessment and assessment.handling else None,
    )


def shown(text: str) -> str:
    """`text` from a file on one line, harmless, and of characters that XML can hold."""
    return _ODD.sub("\ufffd", tame(" ".join(text.split())))


def _sub(graph: Graph, sub: str, assessment: Assessment | None) -> tuple[str, str, tuple[Box, ...]]:
    nodes = [Node(sub, level) for level in graph.model.levels_of(sub) if level > graph.model.lowest]
    boxes = (Box(node, graph.position(node, assessment) if assessment else None) for node in nodes)
    return sub, shown(graph.model.subs[sub].title), tuple(boxes)


def _lines(graph: Graph) -> Iterator[Line]:
    model = graph.model
    nodes = [Node(sub, level) for sub in model.subs for level in model.levels_of(sub) if level > model.lowest]
    there = frozenset(nodes)
    for node in nodes:
        below = graph.below(node)
        stated = [(edge, "requires") for edge in graph.requires.get(node, ())]
        stated += [(edge, "supports") for edge in graph.supports.get(node, ())]
        if below in there:
            yield Line(below, node, "below")
        for edge, kind in stated:
            if (start := Node(edge.needs, edge.at)) in there:
                yield Line(start, node, kind)
