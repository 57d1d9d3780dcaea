"""The pictures as files of their own: still SVG that says in its description what it shows, for slides and pages.

Each has the unit, the day, the model's standing and the handling mark on it, since a picture travels alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape

from attrs import frozen

from kmmaturity.domain.report import Report
from kmmaturity.domain.tally import Tally
from kmmaturity_report.pages import capital, said, shown
from kmmaturity_report.pictures import counts, marks
from kmmaturity_report.pictures.counts import Bar
from kmmaturity_report.pictures.lines import text, wrapped
from kmmaturity_report.pictures.marks import Marks
from kmmaturity_report.pictures.palette import INK, LINE, PAPER, QUIET
from kmmaturity_report.pictures.steps import STANDS, Steps

__all__ = ["PICTURES", "render"]

MARGIN, LEFT, ROW = 24, 430, 18  # LEFT: how much room titles have
LETTERS = 56  # of a title that fit on a line of that room
BOLD = 'font-weight="700"'
TYPE = f'font-family="Arial, Helvetica, sans-serif" font-size="13" fill="{INK}"'


@frozen
class _Drawing:
    """What stands below the head of a picture: its parts, where it ends, how wide it is, and what it says in words."""

    parts: tuple[str, ...]
    bottom: int
    width: int
    told: tuple[str, ...]


def render(report: Report, *, picture: str = "scores") -> bytes:
    """One picture of `report`: its scores, the counts of its levels, or the steps within reach."""
    title, draw = PICTURES[picture]
    head = list(_head(report, title))
    top = MARGIN + ROW * len(head) + 22
    drawing = draw(report, top)
    foot = list(_foot(report, max(drawing.width // 7, 60)))
    high = drawing.bottom + ROW * (len(foot) + 1)
    wide = drawing.width + MARGIN
    marked = f"{report.marking}: " if report.marking else ""
    size = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title told" lang="en-GB" {TYPE}>',
        f'<title id="title">{escape(shown(f"{marked}{title}: {report.unit[-1]}, {said(report.assessed)}"))}</title>',
        f'<desc id="told">{escape(shown(" ".join(drawing.told)))}</desc>',
        f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>',
        *(text(line, MARGIN, MARGIN + 8 + ROW * place, look) for place, (line, look) in enumerate(head)),
        *drawing.parts,
        *(text(line, MARGIN, drawing.bottom + ROW * (place + 1), look) for place, (line, look) in enumerate(foot)),
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _head(report: Report, title: str) -> Iterator[tuple[str, str]]:
    if report.marking:
        yield shown(report.marking), BOLD
    yield shown(report.unit[-1]), f'{BOLD} font-size="17"'
    yield f"{title}, {said(report.assessed)}", f'fill="{QUIET}"'


def _foot(report: Report, width: int) -> Iterator[tuple[str, str]]:
    model = report.model
    told = f"Model: {model.title} ({model.reference}), {model.status}. {report.standing} {report.purpose}"
    yield from ((line, f'fill="{QUIET}" font-size="11"') for line in wrapped(told, width))


def _scores(report: Report, top: int) -> _Drawing:
    levels = tuple(level.level for level in report.scale)
    wide = MARGIN + LEFT + marks.width(levels)
    parts, told, y = [], [], top
    x = MARGIN
    for mark, name in marks.key(
        before=any(row.previous is not None for row in report.rows),
        target=any(row.target is not None for row in report.rows),
    ):
        parts += [mark.at(x, y), text(name, x + 36, y + 4)]
        x += 110
    y += 40
    for outcome in report.outcomes:
        for line in wrapped(outcome.title, LETTERS):
            parts.append(text(line, MARGIN, y + 4, f'{BOLD} font-size="15"'))
            y += ROW
        y += 6
        for row in (each for each in report.rows if each.outcome == outcome.outcome):
            lines = wrapped(row.title, LETTERS)
            high = max(len(lines) * ROW, marks.HEIGHT) + 4
            parts.append(f'<path d="M{MARGIN} {y}H{wide}" stroke="{LINE}"/>')
            middle = y + high // 2
            first = middle + 4 - ROW * (len(lines) - 1) // 2
            parts += [text(line, MARGIN + 8, first + ROW * place) for place, line in enumerate(lines)]
            drawn, state = Marks(row, levels), row.state.replace("-", " ")
            parts.append(
                drawn.at(MARGIN + LEFT, middle)
                if str(drawn)
                else text(capital(state), MARGIN + LEFT + 8, middle + 4, f'fill="{QUIET}"')
            )
            told.append(f"{row.title}: {str(drawn) or state}.")
            y += high
        y += 24
    return _Drawing(tuple(parts), y, wide, tuple(told))


def _counts(report: Report, top: int) -> _Drawing:
    groups: list[tuple[str, Tally]] = [(each.title, each.tally) for each in report.outcomes]
    parts, told, y = [], [], top
    for title, tally in [*groups, ("All sub-outcomes", report.profile.whole)]:
        lines = wrapped(title, LETTERS)
        high = max(len(lines) * ROW, counts.HEIGHT) + 10
        first = y + high // 2 + 4 - ROW * (len(lines) - 1) // 2
        parts += [text(line, MARGIN, first + ROW * place) for place, line in enumerate(lines)]
        parts.append(Bar(tally).at(MARGIN + LEFT, y + (high - counts.HEIGHT) // 2))
        told.append(f"{title}: {Bar(tally)}.")
        y += high
    y += 12
    for look, name in counts.key(report.profile.whole, {level.level: level.title for level in report.scale}):
        parts.append(f'<rect x="{MARGIN}" y="{y}" width="22" height="16" {look}/>')
        lines = wrapped(name, LETTERS + 30)
        parts += [text(line, MARGIN + 32, y + 12 + ROW * number) for number, line in enumerate(lines)]
        y += ROW * len(lines) + 4
    return _Drawing(tuple(parts), y, MARGIN + LEFT + counts.BAR, tuple(told))


def _steps(report: Report, top: int) -> _Drawing:
    reach = report.outlook.reach
    graph = Steps(reach) if reach else None
    if graph is None or not graph.spots:
        told = "Nothing waits for anything else: each next step could begin, or nothing is scored yet."
        return _Drawing((text(told, MARGIN, top),), top + ROW, MARGIN + LEFT + counts.BAR, (told,))
    drawn, wide, high = graph.drawn()
    named = {spot.key: f"{spot.title}, level {spot.level}" for spot in graph.spots}
    words = (
        f"{named[spot.key]}: {capital(STANDS[spot.position])}"
        + (f", for {' and '.join(named[need] for need in spot.needs)}." if spot.needs else ".")
        for spot in graph.spots
    )
    part = f'<g transform="translate({MARGIN} {top - 10})">{drawn}</g>'
    return _Drawing((part,), top + high, MARGIN + max(wide, LEFT + counts.BAR), tuple(words))


PICTURES: Mapping[str, tuple[str, Callable[[Report, int], _Drawing]]] = {
    "scores": ("Each sub-outcome on its scale", _scores),
    "counts": ("Sub-outcomes at each level", _counts),
    "steps": ("What rests on what", _steps),
}
