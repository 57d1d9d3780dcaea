"""What a JSON syntax error usually means, in plain words: where the mistake is, and how to mend it."""

from __future__ import annotations

import json
import re

from attrs import evolve, frozen

from kmmaturity.domain.findings import Finding, Related
from kmmaturity.domain.rules.file import SYNTAX
from kmmaturity.files.json_text import TOKEN
from kmmaturity.files.source import Source

__all__ = ["explained"]


def explained(source: Source, error: json.JSONDecodeError) -> Finding:
    """The finding that says in plain words why `source` is not well-formed JSON, placed at the mistake."""
    text, at = source.text, error.pos
    stop = _Stop(source, at + len(text[at:]) - len(text[at:].lstrip(" \t\r\n")), error.msg)
    return _inside_text(stop, at) or _cut_off(stop) or _comma(stop) or _word(stop) or _number(stop) or _structure(stop)


@frozen(eq=False)
class _Stop:
    """Where the parser stopped: what stands there, and the last sign before it."""

    source: Source
    at: int
    said: str

    @property
    def sign(self) -> str:
        return self.source.text[self.at : self.at + 1]

    @property
    def rest(self) -> str:
        return self.source.text[self.at :]

    @property
    def before(self) -> int:
        """The offset of the last character before this that is no space."""
        return len(self.source.text[: self.at].rstrip()) - 1

    def found(self, message: str, help: str, start: int, length: int = 1) -> Finding:
        end = min(start + length, len(self.source.text))
        return SYNTAX.found(message, help=help).at(self.source.place((start, end)))


def _inside_text(stop: _Stop, at: int) -> Finding | None:
    if stop.said.startswith("Unterminated string"):
        return stop.found('the quote " that is opened here is never closed', 'Add the closing ".', at)
    if stop.said.startswith("Invalid control character"):
        sign = stop.source.text[at]
        if sign in "\r\n":
            help = "Add the closing quote; a line break inside a text is written \\n."
            return stop.found("the line ends before the text on it is closed", help, at, 0)
        help = (
            "Write \\t for a tab." if sign == "\t" else "Delete it: it cannot be seen, and probably came in by pasting."
        )
        return stop.found(f"the character U+{ord(sign):04X} stands inside a text", help, at)
    if stop.said.startswith("Invalid \\"):
        start = stop.source.text.rfind("\\", 0, at + 1)
        help = "Write the backslash twice."
        return stop.found(f"`{stop.source.text[start : start + 2]}` means nothing in a JSON text", help, start, 2)
    return None


def _cut_off(stop: _Stop) -> Finding | None:
    if stop.rest:
        return None
    opened: list[int] = []
    for token in TOKEN.finditer(stop.source.text):
        if token[0] in ("[", "{"):
            opened.append(token.start())
        elif token[0] in ("]", "}") and opened:
            opened.pop()
    help = "Look whether the file was saved or copied whole."
    start = max(stop.before, 0)
    if not opened:
        return stop.found("the file ends before it is complete", help, start)
    bracket, line = stop.source.text[opened[-1]], stop.source.position(opened[-1])[0]
    finding = stop.found(f"the file ends here, and the {bracket} of line {line} is not closed", help, start)
    there = stop.source.place((opened[-1], opened[-1] + 1))
    return evolve(finding, related=[Related(f"the {bracket} that is opened here", place=there)])


def _comma(stop: _Stop) -> Finding | None:
    text, comma = stop.source.text, stop.before
    if stop.sign == "," and text[comma : comma + 1] in ("[", "{", ":"):
        return stop.found("a comma stands here without an entry before it", "Take the comma away.", stop.at)
    if stop.sign == "," and stop.rest[1:].lstrip()[:1] in ("]", "}"):
        comma = stop.at
    elif stop.sign not in ("]", "}", ",") or text[comma : comma + 1] != ",":
        return None
    return stop.found("a comma stands here without an entry after it", "Take the comma away.", comma)


_NAME = re.compile(r"[^\W\d][\w.-]*")
_WORDS = {"true": "true", "false": "false", "none": "null", "null": "null"}


def _word(stop: _Stop) -> Finding | None:
    """Something that other languages have and JSON has not."""
    if stop.rest.startswith(("//", "/*", "#")):
        return stop.found("JSON has no comments", "Take it away, or keep the file as YAML, which has them.", stop.at)
    if stop.sign in ("'", "`", "\u2018", "\u2019", "\u201c", "\u201d"):
        return stop.found(f"a JSON text cannot begin with {stop.sign}", 'Write " on both sides of the text.', stop.at)
    name = _NAME.match(stop.rest) if "value" in stop.said or "property name" in stop.said else None
    if name is None:
        return None
    known = _WORDS.get(name[0].lower()) if "value" in stop.said else None
    help = f"Write {known}." if known else f'Write "{name[0]}".'
    return stop.found(f"`{name[0]}` stands without quotes", help, stop.at, len(name[0]))


_DIGITS = re.compile(r"[-+.]*\d[\w.+:-]*")
_RIGHT = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")


def _number(stop: _Stop) -> Finding | None:
    """A number written as JSON has none, or a date: `01`, `+1`, `.5`, `2026-09-30`."""
    text, start = stop.source.text, stop.at
    while start and not text[start - 1].isspace() and text[start - 1] not in '[]{},:"':
        start -= 1
    word = _DIGITS.match(text, start)
    if word is None or word.end() <= stop.at or "property name" in stop.said or _RIGHT.fullmatch(word[0]):
        return None
    help = f'Write "{word[0]}" if it is a date or a text; a number is written such as 2.'
    return stop.found(f"{word[0]} is no number that JSON has", help, start, len(word[0]))


def _structure(stop: _Stop) -> Finding:
    if "Extra data" in stop.said:
        return stop.found("the document ended above, and more stands here", "Take away what does not belong.", stop.at)
    if "':'" in stop.said:
        return stop.found("a colon is missing before this", 'Write each field as "name": value.', stop.at)
    if stop.sign == ":":
        help = "Put the whole text between quotes, or part the entries by commas."
        return stop.found("a colon stands here, where the entry should have ended", help, stop.at)
    if stop.sign in ("]", "}") and "value" in stop.said:
        return stop.found(
            f"a value is missing before this {stop.sign}", "Write the value; a blank one is null.", stop.at
        )
    if stop.sign in ("]", "}"):
        return stop.found(f"this {stop.sign} closes nothing", "Take it away, or write the other one.", stop.at)
    if "','" in stop.said:
        return stop.found("a comma is missing before this", "Part the entries by commas.", stop.at)
    if "property name" in stop.said:
        return stop.found("a key is expected here", 'Write each field as "name": value.', stop.at)
    return stop.found("this is no value that JSON has", 'Write a text in "", a number such as 2, [] or {}.', stop.at)
