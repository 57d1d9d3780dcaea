"""What a YAML syntax error usually means, in plain words: where the mistake is, and how to mend it.

The parser says where it stopped; the mistake often stands before that. libyaml and PyYAML's own parser word their
errors differently, so they are told apart by the text around them wherever that is enough.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from attrs import evolve, frozen

from kmmaturity.domain.findings import Finding, Related
from kmmaturity.domain.rules.file import SYNTAX, TOO_LARGE_OR_DEEP
from kmmaturity.files.source import Source

__all__ = ["explained"]

LONGEST = 60
UNKNOWN = "Leave it blank while it is not known; a text that begins with ? belongs in quotes."


def explained(source: Source, error: yaml.YAMLError | UnicodeEncodeError) -> Finding:
    """The finding that says in plain words why `source` is not well-formed YAML, placed at the mistake."""
    slip = _slip(source, error)
    for tell in (
        _too_deep,
        _unprintable,
        _merge_conflict,
        _tab,
        _no_break_space,
        _colon_in_text,
        _no_colon,
        _quote,
        _first_character,
        _open_bracket,
        _closed_twice,
        _bare_sign,
        _text_beside_block,
        _text_after_quote,
        _indent,
        _after_the_end,
    ):
        found = tell(slip)
        if found is not None:
            return found
    return slip.found(f"the YAML cannot be read on from here: {slip.problem}", slip.at)


@frozen(eq=False)
class _Slip:
    """Where the parser stopped (`at`), where what it was in began (`since`), and its own words for both."""

    source: Source
    at: int
    since: int
    problem: str
    context: str

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def sign(self) -> str:
        """The character that the parser stopped at; empty at the end of the text."""
        return self.text[self.at : self.at + 1]

    @property
    def line(self) -> int:
        return self.source.position(self.at)[0]

    @property
    def head(self) -> str:
        """What stands before `at` on its line."""
        line, column = self.source.position(self.at)
        return self.source.line(line)[: column - 1]

    def found(self, message: str, start: int, length: int = 1, help: str = "") -> Finding:
        return SYNTAX.found(message, help=help).at(self.source.place((start, min(start + length, len(self.text)))))


def _slip(source: Source, error: Any) -> _Slip:
    at = getattr(error, "problem_mark", None)
    since = getattr(error, "context_mark", None) or at
    return _Slip(
        source,
        at.index if at else 0,
        since.index if since else 0,
        getattr(error, "problem", None) or "",
        getattr(error, "context", None) or "",
    )


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _too_deep(slip: _Slip) -> Finding | None:
    if "nesting depth" not in slip.problem:
        return None
    place = slip.source.place((slip.at, slip.at + 1))
    return TOO_LARGE_OR_DEEP.found("brackets are nested far too deep here").at(place)


_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _unprintable(slip: _Slip) -> Finding | None:
    if slip.problem or not (strange := _UNPRINTABLE.search(slip.text)):
        return None
    message = f"the character U+{ord(strange[0]):04X} stands here, which no text file may hold"
    return slip.found(message, strange.start(), help="Delete it: it cannot be seen, and probably came in by pasting.")


_CONFLICT = re.compile(r"^(?:<{7} .*|={7}|>{7} .*)$", re.MULTILINE)


def _merge_conflict(slip: _Slip) -> Finding | None:
    marks = list(_CONFLICT.finditer(slip.text))
    if len(marks) < 2:
        return None
    help = "Keep one of the two versions, or join them, and take the lines of <, = and > away."
    return slip.found("a merge conflict was left in the file", marks[0].start(), len(marks[0][0]), help)


def _tab(slip: _Slip) -> Finding | None:
    help = "Use spaces, two for each step: most editors can turn tabs into spaces."
    if slip.sign == "\t" and slip.head.strip():
        return slip.found("a tab stands here, where YAML takes spaces only", slip.at, help=help)
    indent = slip.head if slip.head.isspace() else ""
    indent += slip.sign if slip.sign == "\t" else ""
    if "\t" not in indent:
        return None
    start = slip.at - len(slip.head) + indent.index("\t")
    return slip.found("a tab stands in the indent of this line, where YAML takes spaces only", start, help=help)


_NOT_A_SPACE = re.compile("^ *([\u00a0\u2000-\u200a\u202f\u3000])", re.MULTILINE)  # which YAML takes for a letter


def _no_break_space(slip: _Slip) -> Finding | None:
    start = slip.text.rfind("\n", 0, max(slip.at - len(slip.head) - 1, 0)) + 1  # the line above may be the cause
    found = _NOT_A_SPACE.search(slip.text, start, max(slip.at, start) + 1)
    if found is None:
        return None
    message = f"the indent of this line holds U+{ord(found[1]):04X}, which looks like a space and is none to YAML"
    return slip.found(message, found.start(1), help="Type spaces in its place: it probably came in by pasting.")


_KEY_AND_TEXT = re.compile(r"\s*(?:- +)*(?P<key>[^\s#].*?):\s+(?P<text>\S.*)")
_BLANK_KEY = re.compile(r"\s*(?:- +)*(?P<key>[\w.-]+):\s*(?:#.*)?")
_NO_SPACE = re.compile(r"\s*(?:- +)*[\w.-]+:(?=[^\s/])")


def _colon_in_text(slip: _Slip) -> Finding | None:
    if not slip.problem.startswith("mapping values are not allowed"):
        return None
    line_start = slip.at - len(slip.head)
    if here := _KEY_AND_TEXT.match(slip.head):
        text = re.split(r"\s#", here["text"] + slip.source.line(slip.line)[len(slip.head) :])[0].rstrip()
        quote = "'" if '"' in text or "\\" in text else '"'
        fits = len(text) <= LONGEST and text[0] not in "'\""
        written = text.replace("'", "''") if quote == "'" else text
        help = f"Put the text in quotes: {here['key']}: {quote}{written}{quote}" if fits else "Put the text in quotes."
        message = "a colon and a space stand inside a text, so YAML takes what is before them for a key"
        return slip.found(message, line_start + here.start("text"), len(text), help)
    above_start, above = _above(slip)
    key = slip.head.strip()
    if missing := _NO_SPACE.match(above):
        help = "Put a space after the colon."
        return slip.found("a space is missing after this colon", above_start + missing.end() - 1, help=help)
    if _KEY_AND_TEXT.match(above):
        message = f"`{key}` is indented further than the line above, which has its value already"
        help = "Give the two lines the same indent; if this belongs to the text above, put the whole text in quotes."
        return slip.found(message, slip.at - len(key), len(key), help)
    if above.lstrip().startswith("- "):
        message = f"`{key}` cannot follow the line above, whose text has no key of its own"
        help = f"Give that text a key too, such as `- note: {_short(above.lstrip()[2:])}`."
        return slip.found(message, slip.at - len(key), len(key), help)
    if above.strip():
        return _keyless(slip, above_start, above)
    return slip.found("a colon stands here without a key before it", slip.at, help="Put the text in quotes.")


def _above(slip: _Slip, start: int | None = None) -> tuple[int, str]:
    """The last line above that holds more than a comment, and where it starts; empty where there is none.

    It is the one above the line that begins at `start`, or above the one that the parser stopped in.
    """
    start = slip.at - len(slip.head) if start is None else start
    while start:
        end = start - 2 if slip.text[start - 2 : start] == "\r\n" else start - 1
        start = max(slip.text.rfind("\n", 0, end), slip.text.rfind("\r", 0, end)) + 1
        line = slip.text[start:end]
        if line.split("#")[0].strip():
            return start, line
    return 0, ""


def _keyless(slip: _Slip, start: int, line: str) -> Finding:
    text = line.strip()
    message = f'"{_short(text)}" stands on a line without a colon, where a key is expected'
    help = "Write it as `name: value`; if it belongs to the text above, indent it further than that text's key."
    if above := _BLANK_KEY.fullmatch(_above(slip, start)[1]):
        help = f"Begin each item of `{above['key']}` with a dash and a space: - {_short(text)}"
    return slip.found(message, start + line.index(text), len(text), help)


def _no_colon(slip: _Slip) -> Finding | None:
    if "could not find expected ':'" not in slip.problem:
        return None
    line, column = slip.source.position(slip.since)
    whole = slip.source.line(line)
    start = slip.since - column + 1
    if missing := _NO_SPACE.match(whole):
        help = "Put a space after the colon."
        return slip.found("a space is missing after this colon", start + missing.end() - 1, help=help)
    return _keyless(slip, start, whole)


def _quote(slip: _Slip) -> Finding | None:
    if "quoted scalar" not in slip.context:
        return None
    sign = slip.text[slip.since]
    if "end of stream" in slip.problem or "document" in slip.problem:
        help = f"Add the closing {sign} at the end of the text"
        help += "; an apostrophe inside it is written twice." if sign == "'" else '; a quote inside it is written \\".'
        return slip.found(f"the quote {sign} that is opened here is never closed", slip.since, help=help)
    back = slip.text.rfind("\\", slip.since, slip.at + 1)
    if back < 0:
        return None
    message = f"`{slip.text[back : back + 2]}` means something else, or nothing, between double quotes"
    help = "Use single quotes, in which a backslash stands for itself, or write the backslash twice."
    return slip.found(message, back, 2, help)


_QUOTABLE = re.compile(r"""[^"\\,:#\[\]{}]{1,60}""")


def _first_character(slip: _Slip) -> Finding | None:
    start = slip.since if re.search("alias|anchor|tag|directive|a node", slip.context) else slip.at
    sign = slip.text[start : start + 1]
    named = start != slip.at or "cannot start any token" in slip.problem or slip.context.endswith(" node")
    if not sign or sign not in "@`%*&!,|>?" or not named:
        return None
    if sign == "," and "flow" in slip.context:
        return slip.found("an entry is missing before this comma", start, help="Take the comma away.")
    line, column = slip.source.position(start)
    text = slip.source.line(line)[column - 1 :].strip()
    if sign == "*" and text.startswith("* "):
        help = f"Begin each item of a list with a dash and a space: - {_short(text[2:])}"
        return slip.found("a star stands where a list item begins with a dash", start, help=help)
    help = f'Put the text in quotes: "{text}"' if _QUOTABLE.fullmatch(text) else "Put the whole text in quotes."
    return slip.found(f"a plain text cannot begin with {sign}", start, help=help)


def _open_bracket(slip: _Slip) -> Finding | None:
    if not re.search("flow (sequence|mapping)", slip.context) or (opening := slip.text[slip.since]) not in "[{":
        return None
    closing = "]" if opening == "[" else "}"
    opened, line = slip.source.position(slip.since)[0], slip.line
    comment = re.search(r"\s#", slip.source.line(opened)[slip.source.position(slip.since)[1] :])
    if opened != line and comment:
        start = slip.since + 1 + comment.start() + 1
        message = f"YAML takes what follows ` #` for a comment, so the {opening} before it is not closed"
        return slip.found(message, start, help="Put the text in quotes.")
    if slip.sign == ":" and opened == line:
        message = f"a colon and a space stand inside an unquoted text between {opening} and {closing}"
        help = "Put the whole text in quotes, or write each field on a line of its own without brackets."
        return slip.found(message, slip.at, help=help)
    if not slip.text[slip.at :].strip():
        message, help = f"the {opening} that is opened here is never closed", f"Add the closing {closing}."
        return slip.found(message, slip.since, help=help)
    if slip.sign in "]}":
        message = f"this {slip.sign} cannot close the {opening} of line {opened}"
        return slip.found(message, slip.at, help=f"Write {closing}, or take the odd one away.")
    if opened == line:
        help = f"Part the entries by commas, or write {closing}."
        return slip.found(f"a comma or {closing} is missing before this", slip.at, help=help)
    message = f"the {opening} that is opened here is not closed before line {line}, or a comma is missing there"
    help = f"Add the closing {closing}, or a comma after each entry."
    there = slip.source.place((slip.at, slip.at + 1))
    return evolve(slip.found(message, slip.since, help=help), related=[Related("not expected here", place=there)])


def _closed_twice(slip: _Slip) -> Finding | None:
    if slip.sign not in ("]", "}"):
        return None
    help = "Take it away, or add the opening one; a text that begins with it belongs in quotes."
    return slip.found(f"this {slip.sign} closes nothing", slip.at, help=help)


def _bare_sign(slip: _Slip) -> Finding | None:
    if "entries are not allowed" in slip.problem:
        message = "a dash stands on the line of its key, so YAML cannot tell a list from a text"
        help = "Put each item on a line of its own, below the key; a text that begins with a dash belongs in quotes."
        return slip.found(message, slip.at, help=help)
    if "mapping keys are not allowed" in slip.problem:
        return slip.found("a plain text cannot begin with ? and a space", slip.at, help=UNKNOWN)
    if slip.sign == ":" and not slip.head.strip(" -"):
        help = "Write the key before the colon."
        return slip.found("a colon stands here without a key before it", slip.at, help=help)
    return None


def _text_beside_block(slip: _Slip) -> Finding | None:
    if "block scalar" not in slip.context:
        return None
    sign = slip.text[slip.since]
    message = f"{sign} says that a text begins on the next line, and more stands beside it"
    help = f"Put the text on the lines below, indented; a text that begins with {sign} belongs in quotes."
    return slip.found(message, slip.since, help=help)


_VALUE = re.compile(r"^\s*(?:- +)*(?:[\w.-]+:\s+)?")


def _text_after_quote(slip: _Slip) -> Finding | None:
    before = slip.head.rstrip()
    if not before.endswith(("'", '"')) or not slip.sign:
        return None
    sign, other = before[-1], "'" if before[-1] == '"' else '"'
    inside = "an apostrophe is written twice" if sign == "'" else 'a quote is written \\"'
    whole = _VALUE.sub("", slip.source.line(slip.line)).strip()
    if whole.endswith(sign) and whole.count(sign) % 2:  # all of it is quoted, and one quote belongs to it
        whole = whole[1:-1]
    if other in whole or "\\" in whole or len(whole) > LONGEST:
        help = f"Put all of it between the quotes, inside which {inside}."
    else:
        help = f"Write {other}{whole}{other}"
    return slip.found(f"more text stands after the closing quote {sign}", slip.at, help=help)


def _indent(slip: _Slip) -> Finding | None:
    """A line whose indent is that of no open collection; or that of one, where it is of another kind."""
    if "block" not in slip.context or slip.head.strip():
        return None
    line, column = slip.source.position(slip.at)
    began, expected = slip.source.position(slip.since)
    if column != expected:
        message = f"this line is indented by {column - 1}, which fits none of the lines above it"
        help = f"Indent it like the line that it belongs with; line {began}, for one, is indented by {expected - 1}."
    elif slip.sign == "-":
        message = f"a list item stands here among the keys that begin on line {began}"
        help = "Indent the list further than the key that it belongs to."
    else:
        message = f"a key stands here among the list items that begin on line {began}"
        help = "Begin the line with a dash and a space, or indent it like the key that it belongs with."
    return slip.found(message, slip.at, len(slip.source.line(line).strip()), help)


def _after_the_end(slip: _Slip) -> Finding | None:
    if "document start" not in slip.problem:
        return None
    above_start, above = _above(slip)
    if missing := _NO_SPACE.match(above):
        help = "Put a space after the colon."
        return slip.found("a space is missing after this colon", above_start + missing.end() - 1, help=help)
    message = "the document ended above, and more stands here"
    help = "Give all top-level keys the same indent, which is none, and take away what does not belong."
    return slip.found(message, slip.at, len(slip.source.line(slip.line)[len(slip.head) :]), help)
