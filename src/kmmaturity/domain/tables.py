"""Tables as values, told as text or as accessible HTML: what a value prints, and what a notebook shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol
from unicodedata import category, east_asian_width

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled

__all__ = ["Cell", "Drawn", "Table", "columns"]


_PLAIN = re.compile("[ -~]*")
# Letters that run from right to left, and marks that turn text around: in HTML they are fenced, so that what stands
# beside them stays where it is.
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Drawn(Protocol):
    """A cell that is more than text in HTML, such as a picture or a link; elsewhere it is its `str`."""

    def __html__(self) -> str:
        """The cell as HTML, already safe."""
        ...


Cell = str | int | Drawn
RIGHT = ' class="num"'


def columns(text: str) -> int:
    """How many columns a terminal gives `text`: wide letters take two, accents and what is not seen none."""
    return len(text) if _PLAIN.fullmatch(text) else sum(map(_columns, text))


def _columns(character: str) -> int:
    if east_asian_width(character) in "WF":
        return 2
    unseen = category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff"
    return 0 if unseen else 1


def _rows(rows: Any) -> Any:
    return tuple(map(tupled, rows))


@frozen(weakref_slot=False)
class Table:
    """A caption, column headings, and rows whose first cell heads its row; `notes` stand below.

    Cells are text, numbers, or `Drawn`; numbers are set to the right. In HTML each cell names its column as well, so
    that a narrow page can set the cells of a row below one another.
    """

    caption: str
    columns: tuple[str, ...] = field(converter=tupled)
    rows: tuple[tuple[Cell, ...], ...] = field(converter=_rows)
    notes: tuple[str, ...] = field(default=(), converter=tupled)

    def __str__(self) -> str:
        lines = [self.columns, *([str(cell) for cell in row] for row in self.rows)]
        widths = [max(columns(line[index]) for line in lines) for index in range(len(self.columns))]
        right = [all(isinstance(row[index], int) for row in self.rows) for index in range(len(self.columns))]
        told = ["  ".join(map(_padded, line, widths, right)).rstrip() for line in lines]
        return "\n".join([self.caption, "", *told, *([""] if self.notes else []), *self.notes])

    def _repr_html_(self) -> str:
        numbers = [all(isinstance(row[index], int) for row in self.rows) for index in range(len(self.columns))]
        heads = "".join(
            f'<th scope="col"{RIGHT if number else ""}>{_safe(each)}</th>'
            for each, number in zip(self.columns, numbers, strict=True)
        )
        body = "".join(f"<tr>{self._row(row)}</tr>" for row in self.rows)
        notes = "".join(f"<p>{_safe(each)}</p>" for each in self.notes)
        caption = f"<caption>{_safe(self.caption)}</caption>"
        return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def _row(self, row: Iterable[Cell]) -> str:
        head, *cells = row
        told = [f'<th scope="row">{_safe(head)}</th>']
        for column, cell in zip(self.columns[1:], cells, strict=True):
            right = RIGHT if isinstance(cell, int) else ""
            told.append(f'<td{right} data-label="{_escaped(column)}">{_safe(cell)}</td>')
        return "".join(told)


def _padded(cell: str, wide: int, right: bool) -> str:
    space = " " * (wide - columns(cell))
    return space + cell if right else cell + space


def _safe(cell: Cell) -> str:
    if not isinstance(cell, str | int):
        return cell.__html__()
    text = _escaped(cell)
    return f"<bdi>{text}</bdi>" if _TURNING.search(text) else text


def _escaped(cell: str | int) -> str:
    from html import escape  # a notebook's need, and a report's

    return escape(str(cell))
