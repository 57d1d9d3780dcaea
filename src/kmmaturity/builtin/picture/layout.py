"""Text in columns as a terminal counts them: wide letters take two, accents none, and no text turns its line around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import bidirectional

from attrs import frozen

from kmmaturity.checking.formats.text import tame
from kmmaturity.domain.tables import Table, columns

__all__ = ["Figures", "columns", "pad", "tidy", "wrap"]

FENCE, END = "\u2068", "\u2069"  # Unicode's isolates; `tame` lets none through from a file
_PLAIN = re.compile("[ -~]*")


def tidy(text: str) -> str:
    """`text` from a file on one line, harmless to a terminal; fenced where it runs from right to left.

    What stands in a fence is turned around on its own: figures and marks beside it stay where they are.
    """
    shown = tame(" ".join(text.split()))
    if _PLAIN.fullmatch(shown) or not any(bidirectional(each) in ("R", "AL", "AN") for each in shown):
        return shown
    return f"{FENCE}{shown}{END}"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """`text` filled up with spaces to `width` columns; at the `right` edge for figures."""
    space = " " * (width - columns(text))
    return f"{space}{text}" if right else f"{text}{space}"


def wrap(text: str, width: int) -> list[str]:
    """The lines of `text`, at most `width` columns each; a word that is longer than a line is cut."""
    lines: list[str] = []
    line, taken = "", 0
    for word in _pieces(text, width):
        size = columns(word)
        if line and taken + 1 + size > width:
            lines.append(line)
            line, taken = "", 0
        line, taken = (f"{line} {word}", taken + 1 + size) if line else (word, size)
    return list(_fenced([*lines, line]))


def _pieces(text: str, width: int) -> Iterator[str]:
    """The words of `text`; one that is too long for a line, such as a sentence without spaces, in parts."""
    for word in text.split(" "):
        part, taken = "", 0
        for character in word:
            size = columns(character)
            if part and taken + size > width:
                yield part
                part, taken = "", 0
            part, taken = part + character, taken + size
        yield part


def _fenced(lines: Iterable[str]) -> Iterator[str]:
    """`lines`, a fence that one leaves open closed at its end and opened again in the next."""
    is_open = False
    for line in lines:
        begun = f"{FENCE}{line}" if is_open else line
        is_open = begun.rfind(FENCE) > begun.rfind(END)
        yield f"{begun}{END}" if is_open else begun


@frozen
class Figures:
    """A table of figures laid out for a terminal: a dash for none, and headings of one or two lines."""

    heads: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, Sequence[str]]]

    @classmethod
    def of(cls, table: Table) -> Figures:
        """The figures of `table`, whose first column names its rows; a level's number is heading enough."""
        heads = [head.lower().removeprefix("level ").rpartition(" ") for head in table.columns[1:]]
        rows = [(str(name), [str(figure or "-") for figure in figures]) for name, *figures in table.rows]
        return cls([(above, below) for above, _, below in heads], rows)

    def lines(self, width: int) -> Iterator[str]:
        """The table in `width` columns: beside its names, below them, or told figure by figure where it is narrow."""
        names = max(columns(name) for name, _ in self.rows)
        sizes = [max(*map(len, head), *(len(row[i]) for _, row in self.rows)) for i, head in enumerate(self.heads)]
        for gap in (3, 2):
            room = width - sum(size + gap for size in sizes)
            if room >= min(names, 24):
                return self._beside(min(names, room), sizes, gap)
        if sum(size + 1 for size in sizes) + 1 <= width:
            return self._below(width, sizes)
        return self._told(width)

    def _beside(self, room: int, sizes: Sequence[int], gap: int) -> Iterator[str]:
        for line in (0, 1):
            if any(head[line] for head in self.heads):
                yield (" " * room + self._figures([head[line] for head in self.heads], sizes, gap)).rstrip()
        for name, row in self.rows:
            first, *more = wrap(name, room)
            yield pad(first, room) + self._figures(row, sizes, gap)
            yield from more

    def _below(self, width: int, sizes: Sequence[int]) -> Iterator[str]:
        for line in (0, 1):
            if any(head[line] for head in self.heads):
                yield (" " + self._figures([head[line] for head in self.heads], sizes, 1)).rstrip()
        for name, row in self.rows:
            yield from wrap(name, width)
            yield " " + self._figures(row, sizes, 1)

    def _told(self, width: int) -> Iterator[str]:
        for name, row in self.rows:
            yield from wrap(name, width)
            told = (f"{' '.join(filter(None, head))}: {each}" for head, each in zip(self.heads, row, strict=True))
            yield from (f"  {line}" for line in wrap(", ".join(told), width - 2))

    @staticmethod
    def _figures(row: Iterable[str], sizes: Sequence[int], gap: int) -> str:
        return "".join(pad(each, size + gap, right=True) for each, size in zip(row, sizes, strict=True))
