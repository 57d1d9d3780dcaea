"""A file's text, and where in it: offsets to lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Literal

from attrs import field, frozen

from kmmaturity.domain.findings import Place

__all__ = ["BOM", "Kind", "Source", "Span", "Syntax"]

BOM = "\ufeff"
Syntax = Literal["yaml", "json"]
Kind = Literal["assessment", "model"]
Span = tuple[int, int]


@frozen(eq=False)
class Source:
    """The decoded text of one file, without its byte order mark. Spans are offsets into `text`, in code points."""

    path: str
    text: str = field(repr=False)
    syntax: Syntax
    bom: bool = False

    @cached_property
    def _starts(self) -> list[int]:
        # Lines end at LF, CRLF and CR only, as those of bytes do: editors do not count U+0085, U+2028 and U+2029, and
        # libyaml does. In Latin-1 a character is a byte, whatever stands for it. The full stop ends the last line.
        lines = f"{self.text}.".encode("latin-1", "replace").splitlines(keepends=True)
        return [0, *accumulate(map(len, lines[:-1]))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def place(self, span: Span) -> Place:
        """The place of a span: where it starts, and just past its end."""
        return Place(self.path, *self.position(span[0]), *self.position(span[1]))

    def line(self, number: int) -> str:
        """The text of line `number`, from 1, without its ending."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
