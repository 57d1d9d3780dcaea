"""One sub-outcome on its scale: where it was, where it is and where it is to be.

A ring is last time, a disc is now, a triangle that points onwards is the target; each has its number inside. A solid
line leads from last time to now, up or down alike, a dashed one from now to the target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from kmmaturity.domain.report import Row
from kmmaturity_report.pictures.palette import AIM, BEFORE, INK, LINE, NOW, QUIET

__all__ = ["HEIGHT", "Mark", "Marks", "key", "width"]

STEP, LEFT, RIGHT, HEIGHT = 56, 17, 44, 34
MIDDLE = HEIGHT // 2
BESIDE = 24  # from the middle of a disc to that of a triangle at the same level
TYPE = 'font-size="13" text-anchor="middle"'


def width(levels: Sequence[int]) -> int:
    """How wide the drawing of a scale of these levels is."""
    return LEFT + STEP * (len(levels) - 1) + RIGHT


def _picture(parts: str, wide: int) -> str:
    return (
        f'<svg class="marks" viewBox="0 {-MIDDLE} {wide} {HEIGHT}" width="{wide}" height="{HEIGHT}" {TYPE} '
        f'aria-hidden="true">{parts}</svg>'
    )


@frozen
class Marks:
    """The marks of `row` on the scale `levels`, lowest first. What the scale does not have is not drawn."""

    row: Row
    levels: tuple[int, ...]

    def __str__(self) -> str:
        told = (("last time", self.row.previous), ("now", self.row.score), ("target", self.row.target))
        return ", ".join(f"{name} {level}" for name, level in told if level is not None)

    def __html__(self) -> str:
        return _picture("".join(self._parts()), width(self.levels))

    def at(self, x: int, y: int) -> str:
        """The marks as a part of a larger drawing, their left end and their middle at this place."""
        return f'<g transform="translate({x} {y})" {TYPE}>{"".join(self._parts())}</g>'

    def _parts(self) -> Iterator[str]:
        row = self.row
        before, now, target = (
            level if level in self.levels else None for level in (row.previous, row.score, row.target)
        )
        there = [level for level in self.levels if level <= row.highest]
        yield f'<path d="M{self._x(there[0])} 0H{self._x(there[-1])}" stroke="{LINE}"/>'
        if before is not None and now is not None and before != now:
            yield f'<path d="M{self._x(before)} 0H{self._x(now)}" stroke="{NOW}" stroke-width="4"/>'
        if target is not None and now is not None and target != now:
            way = f"M{self._x(now)} 0H{self._x(target)}"
            yield f'<path d="{way}" stroke="{AIM}" stroke-width="3" stroke-dasharray="5 4"/>'
        yield from self._levels(level for level in there if level not in (before, now, target))
        if before is not None:
            yield _ring(self._x(before), None if before == now else before)
        if now is not None:
            yield _disc(self._x(now), now)
        if target is not None:
            aside = BESIDE + 2 * (before == now) if target in (now, before) else 0
            yield _triangle(self._x(target) + aside, target)

    def _levels(self, levels: Iterable[int]) -> Iterator[str]:
        """The levels that have no mark, as numbers in a gap of the line."""
        numbers = "".join(f'<text x="{self._x(level)}" y="4">{level}</text>' for level in levels)
        if numbers:
            yield f'<g fill="{QUIET}" stroke="#fff" stroke-width="9" paint-order="stroke">{numbers}</g>'

    def _x(self, level: int) -> int:
        return LEFT + STEP * self.levels.index(level)


def _ring(x: int, level: int | None) -> str:
    """Last time's ring; without its number where it stands around the disc of now, which has the same."""
    around = f'<circle cx="{x}" r="{15 if level is None else 11}" fill="#fff" stroke="{BEFORE}" stroke-width="2"/>'
    return around if level is None else around + _number(x, level, INK, "before")


def _disc(x: int, level: int) -> str:
    return f'<circle cx="{x}" r="11" fill="{NOW}"/>{_number(x, level, "#fff", "now")}'


def _triangle(x: int, level: int) -> str:
    return f'<path d="M{x - 10}-13v26L{x + 16} 0z" fill="{AIM}"/>{_number(x - 2, level, INK, "target")}'


def _number(x: int, level: int, colour: str, what: str) -> str:
    return f'<text class="{what}" x="{x}" y="4.5" fill="{colour}" font-weight="700">{level}</text>'


@frozen
class Mark:
    """One mark alone, to be explained."""

    drawn: str

    def __html__(self) -> str:
        return _picture(self.drawn, 2 * LEFT)

    def at(self, x: int, y: int) -> str:
        """The mark as a part of a larger drawing, its left end and its middle at this place."""
        return f'<g transform="translate({x} {y})" {TYPE}>{self.drawn}</g>'


def key(*, before: bool, target: bool) -> Iterator[tuple[Mark, str]]:
    """Each mark, with what it stands for."""
    if before:
        yield Mark(_ring(LEFT, 1)), "last time"
    yield Mark(_disc(LEFT, 2)), "now"
    if target:
        yield Mark(_triangle(LEFT, 3)), "target"
