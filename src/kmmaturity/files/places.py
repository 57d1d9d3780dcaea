"""Where in a file's text each pointer's key and value stand, found by reading only what lies on the way to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from attrs import Factory, define, evolve, frozen

from kmmaturity.domain.findings import Pointer
from kmmaturity.files.source import Source, Span

__all__ = ["Spots", "locate"]


@frozen(weakref_slot=False)
class Spots:
    """Where a key and its value stand. The items of a list and the whole document have no key.

    A scalar's span holds exactly its characters, quotes included, so that other text can take its place: a block (`>-`)
    from its sign to the last line of its text, without the line's end. A blank value in YAML is an empty span right
    after the colon or dash, before any space. A collection's span is what stands of it on its first line, from its
    first key, dash or bracket on.
    """

    key: Span | None
    value: Span


@define(eq=False)
class _Wanted:
    """A place on the way to the pointers: the wanted steps onwards from it, and where it stands once that is known."""

    steps: dict[str, _Wanted] = Factory(dict)
    spots: Spots | None = None

    def step(self, name: object) -> _Wanted | None:
        """The wanted value at `name`, unless it has been found: of two same keys the first counts."""
        found = self.steps.get(str(name))
        return None if found is None or found.spots else found


def locate(source: Source, pointers: Iterable[Pointer]) -> dict[Pointer, Spots]:
    """Where the key and the value of each pointer stand; a pointer that is not there gives its nearest ancestor that is.

    Steps are compared by their text, since level numbers are texts in JSON. Of a text that breaks off, what stands before
    the break is found.
    """
    asked = tuple(pointers)
    top = _Wanted()
    for pointer in asked:
        wanted = top
        for step in pointer:
            wanted = wanted.steps.setdefault(str(step), _Wanted())
    if source.syntax == "json":
        _in_json(source.text, top)
    else:
        _in_yaml(source.text, top)
    return {pointer: _nearest(top, pointer) for pointer in asked}


def _nearest(top: _Wanted, pointer: Pointer) -> Spots:
    spots = top.spots or Spots(None, (0, 0))
    wanted = top
    for step in pointer:
        wanted = wanted.steps[str(step)]
        if wanted.spots is None:
            break
        spots = wanted.spots
    return spots


_LINE_END = re.compile(r"[\r\n]|\Z")


def _first_line(text: str, start: int, end: int) -> Span:
    """The part of a collection's span that is on its first line."""
    line_end = _LINE_END.search(text, start)
    stop = min(end, line_end.start() if line_end else end)
    return start, start + len(text[start:stop].rstrip(" \t"))


# JSON. The standard library's scanner, written in C, reads keys and whole values; only collections on the way are
# gone through here.

_read = json.JSONDecoder().raw_decode
_gap = re.compile(r"[ \t\n\r]*").match
_ALONE = re.compile(r"[\[{][ \t]*[\r\n]")


def _in_json(text: str, top: _Wanted) -> None:
    try:
        _enter(text, _past_gap(text, 0), top, None)
    except (ValueError, IndexError, RecursionError):
        return  # the text breaks off or is no JSON: what was found so far stands


def _past_gap(text: str, at: int) -> int:
    gap = _gap(text, at)
    return gap.end() if gap else at


def _enter(text: str, start: int, wanted: _Wanted, key: Span | None) -> int | None:
    """Notes where the value at `start` stands, and what is wanted in it; its end, where that came to be known."""
    end = None
    if _ALONE.match(text, start):
        wanted.spots = Spots(key, (start, start + 1))
    else:
        end = _read(text, start)[1]
        wanted.spots = Spots(key, _first_line(text, start, end) if text[start] in "[{" else (start, end))
    if wanted.steps and text[start] in "[{":
        end = _search(text, start, wanted) or end
    return end


def _search(text: str, start: int, wanted: _Wanted) -> int | None:
    """Goes through the collection at `start` until all that is wanted in it is found; its end, if it was reached."""
    left = len(wanted.steps)
    keyed = text[start] == "{"
    position = 0
    at = _past_gap(text, start + 1)
    while text[at] not in "}]":
        key = None
        name: object = position
        if keyed:
            name, end = _read(text, at)
            key = (at, end)
            at = _past_gap(text, _past_gap(text, end) + 1)
        position += 1
        child = wanted.step(name)
        reached = None
        if child is not None:
            reached = _enter(text, at, child, key)
            left -= 1
            if not left:
                return None
        at = _past_gap(text, reached or _read(text, at)[1])
        if text[at] == ",":
            at = _past_gap(text, at + 1)
    return at + 1


# YAML. One pass over the events of the first document.


def _in_yaml(text: str, top: _Wanted) -> None:
    import yaml  # costs 10 ms, and JSON has no need of it

    try:
        _follow(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), text, top)
    except (yaml.YAMLError, UnicodeEncodeError):
        return  # the text breaks off or is no YAML: what was found so far stands


def _follow(events: Iterable[Any], text: str, top: _Wanted) -> None:
    """Notes where all that is wanted stands, as the events go by."""
    from yaml.events import CollectionEndEvent, CollectionStartEvent, DocumentEndEvent, MappingStartEvent, NodeEvent

    wanted = _Wanted({"0": top})  # the document, as the one item of a list
    position: int | None = 0  # None in a mapping
    child: _Wanted | None = None
    key: Span | None = None  # of a mapping's value that comes next
    within: list[tuple[_Wanted, int | None]] = []
    skipping: list[_Wanted | None] = []  # collections that nothing more is wanted of, outermost first
    for event in events:
        if isinstance(event, CollectionEndEvent):
            if skipping:
                ended = skipping.pop()
            else:
                ended = wanted
                wanted, position = within.pop()
            _close(ended, text, event.end_mark.index)
        elif isinstance(event, DocumentEndEvent):
            return
        elif not isinstance(event, NodeEvent):
            continue
        elif skipping:
            if isinstance(event, CollectionStartEvent):
                skipping.append(None)
        elif position is None and key is None:
            key = _span(event, text)
            child = wanted.step(event.value) if hasattr(event, "value") else None
            if isinstance(event, CollectionStartEvent):
                skipping.append(None)
        else:
            if position is not None:
                child = wanted.step(position)
                position += 1
            if child is not None:
                child.spots = Spots(key, _span(event, text))
            key = None
            if isinstance(event, CollectionStartEvent):
                if child is None or not child.steps:
                    skipping.append(child)
                else:
                    within.append((wanted, position))
                    wanted, position = child, None if isinstance(event, MappingStartEvent) else 0


def _span(event: Any, text: str) -> Span:
    """The span of a scalar, or of a collection's start to the end of its line."""
    start, end = event.start_mark.index, event.end_mark.index
    if not hasattr(event, "value"):
        return _first_line(text, start, len(text)) if hasattr(event, "flow_style") else (start, end)
    if event.style in ("|", ">"):
        end = start + len(text[start:end].rstrip(" \t\r\n"))
    return start, end


def _close(ended: _Wanted | None, text: str, end: int) -> None:
    """Cuts the span of a collection that ends on the line on which it began: `{level: 2}` of `target: {level: 2}, …`."""
    if ended is not None and ended.spots is not None and ended.spots.value[1] > end:
        ended.spots = evolve(ended.spots, value=_first_line(text, ended.spots.value[0], end))
