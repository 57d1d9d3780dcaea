"""A still SVG: sub-outcomes below one another, levels side by side, what needs what as lines. No script, no request."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kmmaturity.builtin.diagrams.diagram import Diagram, Line
from kmmaturity.domain.priorities.graph import Node, Position

__all__ = ["render"]

LEFT, COLUMN, ROW, WIDE, HIGH, TOP = 380, 200, 34, 130, 24, 60
LONGEST = 52  # characters of a title that fit to the left of its levels; all of it is in a tooltip
SHAPES = {
    Position.HELD: 'fill="#e4e4e4" stroke-width="1"',
    Position.FREE: 'fill="#fff" stroke-width="3"',
    Position.BLOCKED: 'fill="#fff" stroke-width="1.5" stroke-dasharray="5 3"',
}
PLAIN = 'fill="#fff" stroke-width="1"'
LINES = {
    "below": 'stroke-width="1" stroke="#767676"',
    "requires": 'stroke-width="2" stroke="#12436D" marker-end="url(#arrow)"',
    "supports": 'stroke-width="1.5" stroke="#12436D" stroke-dasharray="2 4" marker-end="url(#arrow)"',
}
KEY = "Solid arrows: is needed by. Dotted arrows: helps."
STANDING = " Thick border: could begin. Dashed border: waits for another. Filled: held."


def render(drawing: Diagram) -> str:
    """`drawing` as an SVG document."""
    return "".join(f"{line}\n" for line in _document(drawing))


def _document(drawing: Diagram) -> Iterator[str]:
    places, texts, bottom = _placed(drawing)
    width = LEFT + COLUMN * max(len(drawing.levels), 1)
    key = KEY + (STANDING if any(box.position for box in drawing.boxes) else "")
    title = f"{drawing.marking}: {drawing.title}" if drawing.marking else drawing.title
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom}" width="{width}" height="{bottom}" '
        'role="img" aria-labelledby="title key" lang="en-GB" font-family="sans-serif" font-size="12">'
    )
    yield f'<title id="title">{escape(title)}</title>'
    yield f'<desc id="key">{escape(key)}</desc>'
    yield '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    yield '<path d="M0 0L8 4L0 8z" fill="#12436D"/></marker></defs>'
    yield f'<rect width="{width}" height="{bottom}" fill="#fff"/>'
    yield f'<text x="10" y="20" font-size="15" font-weight="bold">{escape(title)}</text>'
    yield f'<text x="10" y="40">{escape(key)}</text>'
    yield from texts
    for line in drawing.lines:
        yield f'<path d="{_path(places, line)}" fill="none" {LINES[line.kind]}/>'
    for box in drawing.boxes:
        x, y = places[box.node]
        shape = SHAPES.get(box.position, PLAIN) if box.position else PLAIN
        yield f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="3" stroke="#000" {shape}/>'
        yield f'<text x="{x + WIDE // 2}" y="{y + 16}" text-anchor="middle">{escape(box.label)}</text>'
    yield "</svg>"


def _placed(drawing: Diagram) -> tuple[dict[Node, tuple[int, int]], list[str], int]:
    """Where each box stands, the words to the left of them, and where the drawing ends."""
    places: dict[Node, tuple[int, int]] = {}
    texts: list[str] = []
    y = TOP
    for area in drawing.areas:
        texts.append(f'<text x="10" y="{y + 16}" font-weight="bold">{escape(area.title)}</text>')
        y += ROW
        for sub, title, boxes in area.subs:
            short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
            texts.append(f'<text x="22" y="{y + 16}"><title>{escape(f"{title} ({sub})")}</title>{escape(short)}</text>')
            for box in boxes:
                places[box.node] = (LEFT + COLUMN * drawing.levels.index(box.node.level), y)
            y += ROW
    return places, texts, y + 10


def _path(places: dict[Node, tuple[int, int]], line: Line) -> str:
    (x1, y1), (x2, y2) = places[line.start], places[line.end]
    start, end = y1 + HIGH // 2, y2 + HIGH // 2
    if x1 < x2:
        middle = (x1 + WIDE + x2) // 2
        return f"M{x1 + WIDE} {start}C{middle} {start} {middle} {end} {x2} {end}"
    out = max(x1, x2) + WIDE + 40  # in one column, or backwards: around the right
    return f"M{x1 + WIDE} {start}C{out} {start} {out} {end} {x2 + WIDE} {end}"
