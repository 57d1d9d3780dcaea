"""What is within reach as a graph: where one can begin stands on the left, what waits for it to the right of it.

A thick border could begin now, a dashed one waits; a triangle marks a target. Words in each box say the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from kmmaturity.domain.priorities.graph import Position
from kmmaturity.domain.priorities.reach import Reach, Spot
from kmmaturity_report.pictures.lines import text, wrapped
from kmmaturity_report.pictures.palette import AIM, INK, NOW, PAPER, QUIET

__all__ = ["STANDS", "Steps"]

WIDE, GAP, BETWEEN, LINE_HEIGHT, INSIDE = 236, 64, 18, 17, 12
LETTERS = 30  # of a title that fit on a line
STANDS = {
    Position.FREE: "could begin now",
    Position.BLOCKED: "waits",
    Position.LATER: "after the level below it",
    Position.UNASSESSED: "to be scored first",
}
BORDERS = {
    Position.FREE: f'stroke="{NOW}" stroke-width="3"',
    Position.UNASSESSED: f'stroke="{QUIET}" stroke-width="1.5" stroke-dasharray="1 3"',
}
WAITING = f'stroke="{QUIET}" stroke-width="1.5" stroke-dasharray="6 4"'


@frozen
class _Box:
    spot: Spot
    lines: tuple[str, ...]
    x: int
    y: int

    @property
    def high(self) -> int:
        return 2 * INSIDE + LINE_HEIGHT * (len(self.lines) + 1 + self.spot.target)

    @property
    def middle(self) -> int:
        return self.y + self.high // 2


@frozen
class Steps:
    """The graph of `reach`: those of its spots that wait for another or that another waits for."""

    reach: Reach

    @property
    def spots(self) -> tuple[Spot, ...]:
        """What is drawn."""
        return tuple(each for each in self.reach.spots if each.needs or self.reach.opened_by(each))

    def __html__(self) -> str:
        drawn, wide, high = self.drawn()
        return (
            f'<svg class="steps" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" font-size="13" '
            f'aria-hidden="true">{drawn}</svg>'
        )

    def drawn(self) -> tuple[str, int, int]:
        """The parts of the graph, and its width and height."""
        boxes = {box.spot.key: box for box in self._boxes()}
        lines = (_arrow(boxes[need], box) for box in boxes.values() for need in box.spot.needs)
        parts = "".join([*lines, *(part for box in boxes.values() for part in _box(box))])
        wide = max((box.x + WIDE + 2 for box in boxes.values()), default=0)
        high = max((box.y + box.high + 2 for box in boxes.values()), default=0)
        return parts, wide, high

    def _boxes(self) -> Iterator[_Box]:
        stages = self.reach.stages
        bottoms: dict[int, int] = {}
        for spot in self._ordered():
            stage = stages[spot.key]
            box = _Box(
                spot, tuple(wrapped(spot.title, LETTERS, most=3)), 2 + stage * (WIDE + GAP), bottoms.get(stage, 2)
            )
            bottoms[stage] = box.y + box.high + BETWEEN
            yield box

    def _ordered(self) -> list[Spot]:
        """Spots so that what waits stands near what it waits for: in the order of the first that each leads back to."""
        place = {spot.key: number for number, spot in enumerate(self.spots)}
        roots: dict[tuple[str, int], int] = {}
        for spot in self.spots:
            roots[spot.key] = min((roots[need] for need in spot.needs), default=place[spot.key])
        return sorted(self.spots, key=lambda spot: (roots[spot.key], place[spot.key]))


def _box(box: _Box) -> Iterator[str]:
    spot = box.spot
    border = BORDERS.get(spot.position, WAITING)
    yield f'<rect x="{box.x}" y="{box.y}" width="{WIDE}" height="{box.high}" rx="4" fill="{PAPER}" {border}/>'
    x, y = box.x + INSIDE, box.y + INSIDE + 12
    for number, line in enumerate(box.lines):
        yield text(line, x, y + number * LINE_HEIGHT, f'fill="{INK}" font-weight="700"')
    y += len(box.lines) * LINE_HEIGHT
    moves = f"to {spot.level}" if spot.score is None else f"{spot.score} to {spot.level}"
    yield f'<text class="stands" x="{x}" y="{y}" fill="{QUIET}">{moves}, {STANDS[spot.position]}</text>'
    if spot.target:
        y += LINE_HEIGHT
        yield f'<path d="M{x} {y - 10}v12l11-6z" fill="{AIM}"/>'
        yield text("target", x + 16, y, f'fill="{INK}"')


def _arrow(start: _Box, end: _Box) -> str:
    x1, x2 = start.x + WIDE + 2, end.x - 9
    bend = (x2 - x1) // 2
    curve = f"M{x1} {start.middle}C{x1 + bend} {start.middle} {x2 - bend} {end.middle} {x2} {end.middle}"
    head = f"M{x2} {end.middle - 5}l8 5l-8 5z"
    return (
        f'<path class="needs" d="{curve}" fill="none" stroke="{NOW}" stroke-width="2"/><path d="{head}" fill="{NOW}"/>'
    )
