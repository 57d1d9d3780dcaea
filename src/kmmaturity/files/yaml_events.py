"""YAML text to plain data, by the parser's event stream: never composed, so nothing in it can unfold or run.

Anchors, aliases, tags, depth, several documents and keys that stand twice are refused at the event, with their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn

import yaml
from attrs import define, evolve, field
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kmmaturity.domain.findings import Finding, Place, Pointer, Related, Severity
from kmmaturity.domain.rules import file as rules
from kmmaturity.domain.rules.structure import DUPLICATE_KEY, WRONG_TYPE
from kmmaturity.files.shapes import Choice, Day, Listing, Record, Shape, Table, Text, Whole
from kmmaturity.files.source import BOM, Source, Span

__all__ = ["DEEPEST", "comma_in_flow", "parse"]

DEEPEST = 20
MOST = 100  # problems of one file; the rest shows once these are gone

_LOADER: Callable[[str], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,999})")  # int() refuses some thousand digits and more
_BLANK = frozenset(("", "~", "null"))
_CUT = re.compile(r"[ \t]+(#[^\s#].*)")
_HASH = re.compile(r"[ \t]#[^\s#]")
# Words that go on with a sentence and hardly ever begin a piece of evidence; small, and with more text after them.
_GOES_ON = re.compile(
    r"(?:and|as|at|because|but|by|for|from|in|nor|of|on|or|since|so|than|that|though|to|when|where|which|while|who"
    r"|with|without|yet) +\S"
)


def parse(source: Source, record: Record) -> tuple[Any, tuple[Finding, ...]]:
    """The plain data of a YAML text, and all that was found on the way, placed; the data is None where it is no use.

    A plain scalar in the place of a whole number becomes one, and so do keys that are level numbers; a blank, `~` or
    `null` becomes None; everything else is text, dates included. Of a key that stands twice the data keeps the first.
    """
    trouble = _Trouble(source)
    data = None
    try:
        data = _read(source.text, record, trouble)
    except _Stopped:
        data = None
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        from kmmaturity.files.yaml_mistakes import explained  # good files have no need of it

        trouble.findings.append(explained(source, error))
    if data is None and not trouble.any:
        message = f"{source.path} holds nothing to read: it is blank, or all of it is comments"
        trouble.findings.append(rules.UNREADABLE.found(message).at(source.place((0, 0))))
    return data, trouble.told()


def comma_in_flow(source: Source, span: Span) -> bool:
    """Whether the key at `span` is in `{}` after a comma and without a value: the tail of a text that the comma cut."""
    before, after = source.text[: span[0]].rstrip(), source.text[span[1] :].lstrip()
    return before.endswith(",") and after.startswith((",", "}"))


PLAIN, TEXT, WHOLE = 0, 1, 2  # how a plain scalar is read


@define(eq=False)
class _Position:
    """One place in the tree of shapes, as the loop over the events needs it."""

    leaf: int = PLAIN
    children: dict[Any, _Position] = field(factory=dict)
    otherwise: Any = None  # the position of the other children
    item: Any = None
    whole: bool = False  # whether keys are level numbers


_UNKNOWN = _Position()
_UNKNOWN.otherwise = _UNKNOWN.item = _UNKNOWN


@cache
def _position(shape: Shape) -> _Position:
    position = _Position(otherwise=_UNKNOWN, item=_UNKNOWN)
    match shape:
        case Text():
            position.leaf = TEXT
        case Whole():
            position.leaf = WHOLE
        case Listing(item):
            position.item = _position(item)
        case Table(whole, value):
            position.whole, position.otherwise = whole, _position(value)
        case Record(fields=fields, short=short):
            position.children = {name: _position(each.shape) for name, each in fields.items()}
            if short is not None:
                position.leaf = position.children[short].leaf
        case Day() | Choice():
            pass  # read as texts; what they say is judged later
    return position


class _Stopped(Exception):
    """The stream is not read on; why is among the findings."""


class _Spare:
    """Stands for a key that the data cannot have: blank, a collection, or there already."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


ITEM, WANTED = object(), object()  # in place of a key: the next value is a list's item; the next scalar is a key

Frames = list[tuple[Any, _Position, Any]]


def _read(text: str, record: Record, trouble: _Trouble) -> Any:  # noqa: C901, PLR0912, PLR0915  # a call for each event would double the cost
    """The data of the first document. Raises _Stopped and what the parser raises."""
    if text.startswith(BOM):
        trouble.second_mark()
    get_event = _LOADER(text).get_event
    cut = _CUT.match if _HASH.search(text) else None
    number, goes_on = _WHOLE.fullmatch, _GOES_ON.match
    documents: list[Any] = []
    spares: list[tuple[dict[Any, Any], _Spare]] = []
    frames: Frames = []
    # The collection that is being filled, its position, the key that waits for its value, and that value's position.
    into: Any = documents
    here = _position(Listing(record))
    key: Any = ITEM
    child = here.item
    while True:
        event = get_event()
        kind = type(event)
        if kind is ScalarEvent:
            value = event.value
            if event.tag is not None or event.anchor is not None:
                trouble.property(event, _pointer(frames, into, value if key is WANTED else key))
            if key is WANTED:
                key = int(value) if here.whole and number(value) else value
                child = here.children.get(key, here.otherwise)
                if key in into:
                    trouble.duplicate(event, _pointer(frames, into, key), astray=_astray(frames))
                    key = _Spare(value)
                    spares.append((into, key))
                elif not event.style and value in _BLANK:
                    trouble.strange_key(event, _pointer(frames, into, WANTED), "blank")
                    key = _Spare(value)
                    spares.append((into, key))
                continue
            if not event.style:
                leaf = child.leaf
                if cut is not None and leaf == TEXT and (lost := cut(text, event.end_mark.index)):
                    trouble.cut(lost, _pointer(frames, into, key))
                if key is ITEM and leaf == TEXT and into and goes_on(value):
                    trouble.comma(event, _pointer(frames, into, key))
                if value in _BLANK:
                    value = None
                elif leaf == WHOLE and number(value):
                    value = int(value)
            if key is ITEM:
                into.append(value)
            else:
                into[key] = value
                key = WANTED
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.tag is not None or event.anchor is not None:
                trouble.property(event, _pointer(frames, into, key))
            if len(frames) == DEEPEST:
                trouble.too_deep(event)
            new: Any = {} if kind is MappingStartEvent else []
            if key is ITEM:
                into.append(new)
                frames.append((into, here, ITEM))
            elif key is WANTED:
                trouble.strange_key(event, _pointer(frames, into, WANTED), "a mapping" if new == {} else "a list")
                key = _Spare("?")
                spares.append((into, key))
                child = _UNKNOWN
                into[key] = new
                frames.append((into, here, key))
            else:
                into[key] = new
                frames.append((into, here, WANTED))
            into, here = new, child
            key = WANTED if kind is MappingStartEvent else ITEM
            child = here.item
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            into, here, key = frames.pop()
            child = here.item
        elif kind is DocumentStartEvent:
            if event.tags:
                trouble.directive(event)
            if documents:
                trouble.second_document(event)
                break
        elif kind is AliasEvent:
            trouble.alias(event, _pointer(frames, into, key))
        elif kind is StreamEndEvent:
            break
    for holder, spare in spares:
        del holder[spare]
    return documents[0] if documents else None


def _pointer(frames: Frames, into: Any, key: Any) -> Pointer:
    """Where the stream has come to: the last step of every open collection, and `key` in the innermost."""
    if not frames:
        return Pointer()
    steps = [len(each) - 1 if type(each) is list else next(reversed(each)) for each, _, _ in frames[1:]]
    steps += [len(into) if key is ITEM else key] if key is not WANTED else []
    return Pointer(step.text if type(step) is _Spare else step for step in steps)


def _astray(frames: Frames) -> bool:
    """Whether the stream is inside a value that the data leaves out, so that pointers lead to another."""
    return any(type(each) is dict and type(next(reversed(each))) is _Spare for each, _, _ in frames[1:])


def _order(finding: Finding) -> tuple[int, int]:
    return (finding.place.line, finding.place.column) if finding.place else (0, 0)


@define(eq=False)
class _Trouble:
    """The findings of one reading, each placed; what the stream cannot go on from raises _Stopped."""

    source: Source
    findings: list[Finding] = field(factory=list)
    twice: list[tuple[Pointer, Span, bool]] = field(factory=list)
    cuts: int = 0

    @property
    def any(self) -> bool:
        """Whether an error was found."""
        return bool(self.twice) or any(each.severity is Severity.ERROR for each in self.findings)

    def told(self) -> tuple[Finding, ...]:
        """Every finding in reading order, with the first of two same keys beside the second."""
        if self.twice:
            from kmmaturity.files.places import locate  # the rest has no need of it

            place = self.source.place
            _, (_, end), _ = self.twice[-1]  # the firsts stand before it, and what comes after may be long
            spots = locate(evolve(self.source, text=self.source.text[:end] + ":"), {each[0] for each in self.twice})
            for pointer, span, astray in self.twice:
                first = Related("the first of the two", pointer, place(spots[pointer].key or spots[pointer].value))
                message, related = f"the key `{pointer[-1]}` stands a second time", () if astray else (first,)
                found = DUPLICATE_KEY.found(message, pointer, on_key=True, related=related)
                self.findings.append(found.at(place(span)))
        return tuple(sorted(self.findings, key=_order))

    def duplicate(self, event: Any, pointer: Pointer, *, astray: bool) -> None:
        self.twice.append((pointer, (event.start_mark.index, event.end_mark.index), astray))
        self._enough()

    def strange_key(self, event: Any, pointer: Pointer, what: str) -> None:
        help = "Write the key before the colon." if what == "blank" else "Put a text that holds brackets in quotes."
        self._add(WRONG_TYPE.found(f"a key is {what} here", pointer, help=help), self._place(event))

    def property(self, event: Any, pointer: Pointer) -> None:
        text, start = self.source.text, event.start_mark.index
        for rule, sign, what in ((rules.ANCHOR_OR_ALIAS, "&", "an anchor"), (rules.TAG, "!", "a tag")):
            if (event.anchor if sign == "&" else event.tag) is not None:
                word = re.compile(rf"{sign}[^\s,\[\]{{}}]*").search(text, start)
                span = word.span() if word else (start, start + 1)
                message = f"YAML takes `{text[slice(*span)]}` for {what}"
                self._add(rule.found(message, pointer), self.source.place(span))

    def directive(self, event: Any) -> None:
        self._add(rules.TAG.found("a %TAG line declares YAML tags", help="Take the line away."), self._place(event))

    def cut(self, lost: re.Match[str], pointer: Pointer) -> None:
        self.cuts += 1
        if self.cuts <= MOST:
            comment = lost[1].rstrip()
            shown = comment if len(comment) <= 40 else comment[:40] + "…"
            message = f'YAML takes "{shown}" for a comment, so the text ends before it'
            help = "Put the whole text in quotes; if it is a comment, put a space after its #."
            finding = rules.TEXT_AFTER_HASH.found(message, pointer, help=help)
            self.findings.append(finding.at(self.source.place((lost.start(1), lost.start(1) + len(comment)))))

    def comma(self, event: Any, pointer: Pointer) -> None:
        start = event.start_mark.index
        if not self.source.text[:start].rstrip().endswith(","):
            return  # an item on a line of its own, after its dash
        self.cuts += 1
        if self.cuts <= MOST:
            value = event.value if len(event.value) <= 40 else event.value[:40] + "…"
            message = f'YAML takes "{value}", after the comma, for another item of the list'
            finding = rules.TEXT_AFTER_COMMA.found(message, pointer)
            self.findings.append(finding.at(self._place(event)))

    def alias(self, event: AliasEvent, pointer: Pointer) -> NoReturn:
        message = f"YAML takes `*{event.anchor}` for an alias"
        self._add(rules.ANCHOR_OR_ALIAS.found(message, pointer), self._place(event))
        raise _Stopped

    def too_deep(self, event: Any) -> NoReturn:
        message = f"the file is nested more than {DEEPEST} deep here"
        self._add(rules.TOO_LARGE_OR_DEEP.found(message), self._place(event))
        raise _Stopped

    def second_document(self, event: Any) -> None:
        self._add(rules.SEVERAL_DOCUMENTS.found("a second document begins here"), self._place(event))

    def second_mark(self) -> NoReturn:
        message, help = "a second byte order mark begins the file", "Save the file again as UTF-8."
        self._add(rules.SYNTAX.found(message, help=help), self.source.place((0, 1)))
        raise _Stopped

    def _place(self, event: Any) -> Place:
        return self.source.place((event.start_mark.index, event.end_mark.index))

    def _add(self, finding: Finding, place: Place) -> None:
        self.findings.append(finding.at(place))
        self._enough()

    def _enough(self) -> None:
        if len(self.findings) + len(self.twice) - min(self.cuts, MOST) >= MOST:
            raise _Stopped
