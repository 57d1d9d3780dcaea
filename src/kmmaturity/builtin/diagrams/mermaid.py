"""Mermaid flowcharts: what many wikis and code hosts draw from text."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.builtin.diagrams.diagram import Diagram
from kmmaturity.domain.priorities.graph import Position

__all__ = ["render"]

ARROWS = {"below": "---", "requires": "==>", "supports": "-.->"}
# Shapes as well as words, so that a glance is enough: rounded ends could begin, six-sided ones wait.
SHAPES = {Position.FREE: ('(["', '"])'), Position.BLOCKED: ('{{"', '"}}'), Position.HELD: ('[["', '"]]')}
PLAIN = ('["', '"]')


def render(drawing: Diagram) -> str:
    """`drawing` as a Mermaid flowchart."""
    return "".join(f"{line}\n" for line in _lines(drawing))


def _lines(drawing: Diagram) -> Iterator[str]:
    names = {box.node: f"n{number}" for number, box in enumerate(drawing.boxes)}
    yield "flowchart LR"
    if drawing.marking:
        yield f'  marking["{_safe(drawing.marking)}"]'
    yield f'  title["{_safe(drawing.title)}"]'
    yield "  %% thick arrows: is needed by; dotted arrows: helps; plain lines: the next level"
    for number, area in enumerate(drawing.areas):
        yield f'  subgraph a{number}["{_safe(area.title)}"]'
        for sub, title, boxes in area.subs:
            for box in boxes:
                left, right = SHAPES.get(box.position, PLAIN) if box.position else PLAIN
                yield f"    {names[box.node]}{left}{_safe(f'{title} ({sub}): {box.label}')}{right}"
        yield "  end"
    for line in drawing.lines:
        yield f"  {names[line.start]} {ARROWS[line.kind]} {names[line.end]}"


def _safe(text: str) -> str:
    """`text` with every mark that Mermaid or HTML reads as more than a letter written as its number."""
    return "".join(each if each.isalnum() or each in " .,:()-'_" else f"#{ord(each)};" for each in text)
