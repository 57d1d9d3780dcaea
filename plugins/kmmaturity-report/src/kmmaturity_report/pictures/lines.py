"""Text in lines of a drawing, which cannot wrap text by itself."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kmmaturity.domain.tables import columns
from kmmaturity_report.pages import shown

__all__ = ["text", "wrapped"]


def wrapped(told: str, width: int, *, most: int | None = None) -> list[str]:
    """`told` in lines of at most `width` letters, wide ones counted twice; in at most so many lines, the last cut."""
    lines = list(_lines(shown(told), width))
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rstrip('.,;: ')}…"]


def _lines(told: str, width: int) -> Iterator[str]:
    line = ""
    for word in told.split(" "):
        for piece in _pieces(word, width):
            if line and columns(line) + 1 + columns(piece) > width:
                yield line
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    yield line


def _pieces(word: str, width: int) -> Iterator[str]:
    """`word`, in parts where it is longer than a line."""
    part = ""
    for letter in word:
        if part and columns(part) + columns(letter) > width:
            yield part
            part = ""
        part += letter
    yield part


def text(told: str, x: int, y: int, look: str = "") -> str:
    """A line of text at this place."""
    return f'<text x="{x}" y="{y}"{look and " "}{look}>{escape(told)}</text>'
