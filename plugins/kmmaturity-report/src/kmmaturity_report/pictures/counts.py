"""How many sub-outcomes are at each level, as one bar: a part for each level, its count inside, lowest level first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from kmmaturity.domain.tally import Tally
from kmmaturity_report.pictures.palette import LINE, PAPER, QUIET, TINTS, ink_on, tint

__all__ = ["BAR", "HEIGHT", "Bar", "key"]

BAR, HEIGHT, NARROWEST = 220, 26, 14  # every part is wide enough for its count
TYPE = 'font-size="13" font-weight="700" text-anchor="middle"'


@frozen
class Bar:
    """The bar of `tally`. What is not assessed yet has a dashed outline; what does not apply is left out."""

    tally: Tally

    def __str__(self) -> str:
        told = [f"{count} at level {level}" for level, count in sorted(self.tally.counts.items()) if count]
        told += [f"{self.tally.unassessed} not assessed"] if self.tally.unassessed else []
        return ", ".join(told) or "nothing that applies"

    def __html__(self) -> str:
        return (
            f'<svg class="bar" viewBox="0 0 {BAR} {HEIGHT}" width="{BAR}" height="{HEIGHT}" {TYPE} aria-hidden="true">'
            f"{''.join(self._parts())}</svg>"
        )

    def at(self, x: int, y: int) -> str:
        """The bar as a part of a larger drawing, its upper left corner at this place."""
        return f'<g transform="translate({x} {y})" {TYPE}>{"".join(self._parts())}</g>'

    def _parts(self) -> Iterator[str]:
        tally, places = self.tally, len(self.tally.counts)
        parts = [
            (f"level-{level}", count, TINTS[tint(place, places)])
            for place, (level, count) in enumerate(sorted(tally.counts.items()))
        ]
        shown = [each for each in (*parts, ("unassessed", tally.unassessed, None)) if each[1]]
        room = BAR - NARROWEST * len(shown)
        start = 0.0
        for name, count, colour in shown:
            end = start + NARROWEST + room * count / tally.applicable
            box = f'x="{start + 1:.4g}" y="1" width="{end - start - 2:.4g}" height="{HEIGHT - 2}"'
            yield f"<rect {box} {_look(colour)}/>"
            ink = ink_on(colour or PAPER)
            yield f'<text class="{name}" x="{(start + end) / 2:.4g}" y="17.5" fill="{ink}">{count}</text>'
            start = end


def key(tally: Tally, titles: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Each part of the bar of `tally` to be explained: its look, as attributes of a shape, and what it stands for."""
    for place, level in enumerate(sorted(tally.counts)):
        yield _look(TINTS[tint(place, len(tally.counts))]), f"{level} {titles[level]}"
    if tally.unassessed:
        yield _look(None), "Not assessed"


def _look(colour: str | None) -> str:
    if colour is None:
        return f'fill="{PAPER}" stroke="{QUIET}" stroke-dasharray="3 3"'
    pale = {TINTS[0]: QUIET, TINTS[1]: LINE}
    return f'fill="{colour}"' + (f' stroke="{pale[colour]}"' if colour in pale else "")
