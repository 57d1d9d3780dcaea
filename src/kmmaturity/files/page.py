"""A file's text as it is edited: where its lines run, and how a part of it is put in, replaced or taken out.

Every method that edits gives splices, and none changes anything but the lines that it has to.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

from attrs import field, frozen

from kmmaturity.files.emitter import Laid, beside_dash, beside_key, block, flow
from kmmaturity.files.nodes import Mapping, Scalar, Sequence
from kmmaturity.files.shapes import Choice, Day, Listing, Record, Shape, Table, Text, Whole
from kmmaturity.files.source import Syntax

__all__ = ["Page", "Splice", "spliced"]

Splice = tuple[int, int, str]  # from, to, and what stands there afterwards


def spliced(text: str, splices: list[Splice]) -> str:
    """`text` with every splice made. They are in order and do not overlap."""
    parts, at = [], 0
    for start, end, new in splices:
        parts += [text[at:start], new]
        at = end
    return "".join((*parts, text[at:]))


@frozen(eq=False)
class Page:
    """The text of a file, in YAML or JSON."""

    text: str = field(repr=False)
    syntax: Syntax

    # Lines

    @cached_property
    def newline(self) -> str:
        """How this file ends its lines."""
        found = re.search(r"\r\n|\r|\n", self.text)
        return found[0] if found else "\n"

    def line_start(self, at: int) -> int:
        """Where the line of `at` begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Where the line of `at` ends, before its line break."""
        found = re.compile(r"[\r\n]").search(self.text, at)
        return found.start() if found else len(self.text)

    def column(self, at: int) -> int:
        """How many characters stand before `at` on its line."""
        return at - self.line_start(at)

    def _past_comments(self, at: int, column: int) -> int:
        """Where the line of `at` ends, or the last of the comments below it that are indented beyond `column`.

        They belong to what they stand under, and a folded text written above them would take them in.
        """
        end = self.line_end(at)
        found = re.compile(rf"(?:[ \t\r\n]*[\r\n] {{{column + 1},}}#[^\r\n]*)+").match(self.text, end)
        return found.end() if found else end

    def _whole_lines(self, start: int, end: int) -> Splice:
        """Take out the lines from that of `start` to that of `end`."""
        first, last = self.line_start(start), self._past_comments(end, self.column(start))
        after = re.compile(r"\r\n|\r|\n").match(self.text, last)
        return first, after.end() if after else last, ""

    def _lines_after(self, end: int, lines: list[str]) -> Splice:
        """Put `lines` after the line that ends at `end`; at the end of the file they are ended too."""
        added = "".join(self.newline + line for line in lines)
        return end, end, added + self.newline if lines and end == len(self.text) else added

    def _below(self, at: int, column: int, lines: list[str]) -> Splice:
        """Put `lines`, which begin at `column`, below the line of `at`; a comment at its end stays on it."""
        return self._lines_after(self._past_comments(at, column), lines)

    def _laid(self, start: int, end: int, laid: Laid, instead: str = "") -> list[Splice]:
        """Put in place of what stands from `start` to `end` what belongs on that line, and below it the rest.

        `instead`, on one line, is for where lines below would run into a comment. A comment at the end of the line that
        stands apart, to line up with others, keeps its column if it can.
        """
        head, below = laid
        line_end = self.line_end(end)
        if below and self._past_comments(end, len(below[-1]) - len(below[-1].lstrip(" ")) - 1) != line_end:
            head, below = instead, []
        apart = re.compile(r" {2,}(?=#)").match(self.text, end)
        gap = apart.end() - end if apart else 0
        room = " " * max(gap - len(head) + end - start, 1) if apart else ""
        return [(start, end + gap, head + room), self._lines_after(line_end, below)]

    # Values of a mapping

    def set_value(self, mapping: Mapping, name: str, value: Any, shape: Shape) -> list[Splice]:
        """Write `value` in place of what stands at the key `name`."""
        written, old = mapping.pairs[name]
        colon = self._colon(written, old)
        if mapping.flow:
            start, mark = (old.start, "") if not _blank(old) else (colon, " ") if colon else (written.end, ": ")
            return [(start, old.end, mark + self._inside(value, shape, written.start))]
        column = self.column(written.start)
        if _short_line(value, shape):
            laid: Laid = flow(value, shape), []
        else:
            laid = beside_key(value, shape, column, self.text[written.start : written.end])
        if laid[0] and not _blank(old):
            return self._laid(old.start, old.end, laid, flow(value, shape))
        return self._laid(colon, old.end, (laid[0] and f" {laid[0]}", laid[1]), f" {flow(value, shape)}")

    def _colon(self, written: Scalar, old: Any) -> int:
        """Just past the colon of a key, or 0 where it has none: `{score}`."""
        return self.text.find(":", written.end, max(old.start, written.end + 1)) + 1

    def add_value(self, mapping: Mapping, name: str, value: Any, shape: Record | Table, inner: Shape) -> list[Splice]:
        """Write a key that `mapping`, which is of `shape` and not empty, does not have: after its last value."""
        if mapping.flow:
            return self._insert_inside(mapping, len(mapping.pairs), inner, value, name)
        column = self.column(mapping.start)
        return [self._below(mapping.end, column, block({name: value}, shape, column))]

    def swap_value(self, mapping: Mapping, old: str, name: str, value: Any, shape: Shape) -> list[Splice]:
        """Write the key `name` and its value in place of the key `old` and its."""
        written, given = mapping.pairs[old]
        if mapping.flow:
            return [(written.start, given.end, self._named(name, self._inside(value, shape, written.start)))]
        head, below = beside_key(value, shape, self.column(written.start), name)
        return self._laid(written.start, given.end, (f"{name}: {head}", below), f"{name}: {flow(value, shape)}")

    def blank_value(self, mapping: Mapping, old: str, name: str) -> list[Splice]:
        """Write the key `name` without a value in place of the key `old` and its, in block style."""
        written, given = mapping.pairs[old]
        return self._laid(written.start, given.end, (f"{name}:", []))

    def remove_value(self, mapping: Mapping, name: str) -> list[Splice]:
        """Take out the key `name` with its value."""
        names = list(mapping.pairs)
        index = names.index(name)
        if mapping.flow:
            return self._remove_inside(mapping, index)
        start, end = mapping.spans[index]
        if self.text[self.line_start(start) : start].strip() and index + 1 < len(names):
            return [(start, mapping.spans[index + 1][0], "")]  # it shares its line with the dash of a list
        return [self._whole_lines(start, end)]

    # Items of a list

    def set_item(self, sequence: Sequence, index: int, value: Any, shape: Shape) -> list[Splice]:
        """Write `value` in place of an item."""
        old = sequence.items[index]
        if sequence.flow:
            return [(old.start, old.end, self._inside(value, shape, old.start))]
        laid = beside_dash(value, shape, self.column(old.start) - 2)
        return self._laid(old.start, old.end, laid, flow(value, shape))

    def insert_item(self, sequence: Sequence, index: int, value: Any, shape: Shape) -> list[Splice]:
        """Write an item before the one at `index`, or after the last one; the list is not empty."""
        if sequence.flow:
            return self._insert_inside(sequence, index, shape, value)
        column = self.column(sequence.start)
        lines = block([value], Listing(shape), column)
        if index:
            return [self._below(sequence.items[index - 1].end, column, lines)]
        start = self.line_start(sequence.start)
        return [(start, start, "".join(line + self.newline for line in lines))]

    def remove_item(self, sequence: Sequence, index: int) -> list[Splice]:
        """Take out an item."""
        if sequence.flow:
            return self._remove_inside(sequence, index)
        start, end = sequence.items[index].start, sequence.items[index].end
        dash = re.compile(r"[\r\n] *(-)(?=\s)").search(self.text, sequence.items[index - 1].end) if index else None
        return [self._whole_lines(dash.start(1) if dash else min(start, sequence.start), end)]

    # Inside brackets: flow style, and all of JSON

    def _insert_inside(
        self, node: Mapping | Sequence, index: int, shape: Shape, value: Any, name: str | None = None
    ) -> list[Splice]:
        spans = node.spans
        written = self._inside(value, shape, spans[0][0])
        if name is not None:
            written = self._named(name, written)
        first = spans[0][0]
        lined = self.line_start(first) > node.start  # each entry has a line of its own
        gap = self.newline + self._indent(first) if lined else "" if self._compact else " "
        if not index:
            return [(first, first, f"{written},{gap}")]
        end = spans[index - 1][1]
        rest = re.compile(r"[ \t]*(,?)[ \t]*(?:#[^\r\n]*)?(?=[\r\n])").match(self.text, end) if lined else None
        if rest and rest[1]:
            return [(rest.end(), rest.end(), f"{gap}{written},")]
        if rest and index == len(spans):
            return [(end, end, ","), (rest.end(), rest.end(), gap + written)]
        return [(end, end, f",{gap}{written}")]

    def _remove_inside(self, node: Mapping | Sequence, index: int) -> list[Splice]:
        spans = node.spans
        if len(spans) == 1:
            return [(node.start, node.end, "{}" if isinstance(node, Mapping) else "[]")]
        if index + 1 < len(spans):
            return [(spans[index][0], spans[index + 1][0], "")]
        return [(spans[index - 1][1], spans[index][1], "")]

    def _indent(self, at: int) -> str:
        """The space that the line of `at` begins with."""
        found = re.compile(r"[ \t]*").match(self.text, self.line_start(at))
        return found[0] if found else ""

    @cached_property
    def _step(self) -> str:
        """By how much this JSON file indents."""
        found = re.match(r"\s*\{[ \t]*[\r\n]+([ \t]+)", self.text)
        return found[1] if found else "  "

    @cached_property
    def _compact(self) -> bool:
        return self.syntax == "json" and not re.search(r'":\s', self.text)

    def _named(self, name: str, written: str) -> str:
        if self.syntax == "json":
            return json.dumps(name, ensure_ascii=False) + (":" if self._compact else ": ") + written
        return f"{flow(name, Text())}: {written}"

    def _inside(self, value: Any, shape: Shape, sibling: int) -> str:
        """`value` as it can stand inside brackets, where the entry that it belongs to begins at or beside `sibling`."""
        if self.syntax == "yaml":
            return flow(value, shape)
        indent = self._indent(sibling)
        if self.text[self.line_start(sibling) : sibling] != indent:  # entries share lines here
            return json.dumps(value, ensure_ascii=False, separators=(",", ":") if self._compact else (", ", ": "))
        written = json.dumps(value, ensure_ascii=False, indent=self._step)
        return written.replace("\n", self.newline + indent)


def _blank(node: Any) -> bool:
    """Whether nothing at all stands in the place of `node`."""
    return isinstance(node, Scalar) and node.start == node.end


def _short_line(value: Any, shape: Shape) -> bool:
    """Whether `value` reads best in braces, and may: `{level: 2, by: 2027-09-30}`, with no free text in it."""
    if not isinstance(shape, Record) or shape.short is None or value.keys() == {shape.short}:
        return False
    return all(isinstance(each.shape, Whole | Day | Choice) for each in shape.fields.values())
