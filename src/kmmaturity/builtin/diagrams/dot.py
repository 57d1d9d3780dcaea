"""DOT, which Graphviz draws."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.builtin.diagrams.diagram import Diagram
from kmmaturity.domain.priorities.graph import Position

__all__ = ["render"]

ARROWS = {"below": "arrowhead=none", "requires": "penwidth=2", "supports": "style=dashed"}
SHAPES = {
    Position.HELD: ' style=filled fillcolor="#eeeeee"',
    Position.FREE: " peripheries=2",
    Position.BLOCKED: " style=dashed",
}


def render(drawing: Diagram) -> str:
    """`drawing` in DOT."""
    return "".join(f"{line}\n" for line in _lines(drawing))


def _lines(drawing: Diagram) -> Iterator[str]:
    names = {box.node: f"n{number}" for number, box in enumerate(drawing.boxes)}
    title = f"{drawing.marking}\n{drawing.title}" if drawing.marking else drawing.title
    yield "digraph model {"
    yield f'  graph [rankdir=LR labelloc=t label="{_safe(title)}"];'
    yield "  node [shape=box];"
    for number, area in enumerate(drawing.areas):
        yield f"  subgraph cluster_{number} {{"
        yield f'    label="{_safe(area.title)}";'
        for sub, name, boxes in area.subs:
            for box in boxes:
                shape = SHAPES.get(box.position, "") if box.position else ""
                label = _safe(f"{name}\n{sub}: {box.label}")
                yield f'    {names[box.node]} [label="{label}"{shape}];'
        yield "  }"
    for line in drawing.lines:
        yield f"  {names[line.start]} -> {names[line.end]} [{ARROWS[line.kind]}];"
    yield "}"


def _safe(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
