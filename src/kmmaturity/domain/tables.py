"""Tables as values, told as text or as accessible HTML: what a value prints, and what a notebook shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from unicodedata import category, east_asian_width

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled

__all__ = ["Table", "columns"]


_PLAIN = re.compile("[ -~]*")


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

    Cells are text or numbers; numbers are set to the right.
    """

    caption: str
    columns: tuple[str, ...] = field(converter=tupled)
    rows: tuple[tuple[str | int, ...], ...] = field(converter=_rows)
    notes: tuple[str, ...] = field(default=(), converter=tupled)

    def __str__(self) -> str:
        lines = [self.columns, *([str(cell) for cell in row] for row in self.rows)]
        widths = [max(columns(line[index]) for line in lines) for index in range(len(self.columns))]
        right = [all(isinstance(row[index], int) for row in self.rows) for index in range(len(self.columns))]
        told = ["  ".join(map(_padded, line, widths, right)).rstrip() for line in lines]
        return "\n".join([self.caption, "", *told, *([""] if self.notes else []), *self.notes])

    def _repr_html_(self) -> str:
        heads = "".join(f'<th scope="col">{_safe(each)}</th>' for each in self.columns)
        body = "".join(f"<tr>{_row(row)}</tr>" for row in self.rows)
        notes = "".join(f"<p>{_safe(each)}</p>" for each in self.notes)
        caption = f"<caption>{_safe(self.caption)}</caption>"
        return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{notes}"


def _padded(cell: str, wide: int, right: bool) -> str:
    space = " " * (wide - columns(cell))
    return space + cell if right else cell + space


def _row(row: Iterable[str | int]) -> str:
    head, *cells = row
    return f'<th scope="row">{_safe(head)}</th>' + "".join(f"<td>{_safe(cell)}</td>" for cell in cells)


def _safe(cell: str | int) -> str:
    from html import escape  # a notebook's need only

    return escape(str(cell))
