"""Where in a file's text each pointer's key and value stand, found by reading only what lies on the way to them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from attrs import Factory, define

from kmmaturity.domain.findings import Pointer
from kmmaturity.files.source import Source, Span

__all__ = ["Spots", "locate"]


class Spots(NamedTuple):
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
    """Where the key and value of each pointer stand; for one that is not there, those of its nearest ancestor that is.

    Steps are compared by their text, since level numbers are texts in JSON. Of a text that breaks off, what stands
    before the break is found.
    """
    asked = tuple(pointers)
    top = _Wanted()
    for pointer in asked:
        wanted = top
        for step in map(str, pointer):
            wanted = wanted.steps.get(step) or wanted.steps.setdefault(step, _Wanted())
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


def _first_line(text: str, start: int, end: int) -> Span:
    """The part of a collection's span that is on its first line."""
    for sign in "\n\r":
        found = text.find(sign, start, end)
        end = end if found < 0 else found
    return start, start + len(text[start:end].rstrip(" \t"))


# JSON. The standard library's scanner, written in C, reads keys and whole values; only collections on the way are
# gone through here.

_read = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # there, and not in the stubs
_Match = Callable[[str, int], re.Match[str]]
_gap: _Match = re.compile(r"[ \t\n\r]*").match  # type: ignore[assignment]  # it matches everywhere
_comma: _Match = re.compile(r"[ \t\n\r]*,?[ \t\n\r]*").match  # type: ignore[assignment]  # and so does this
_colon = re.compile(r"[ \t\n\r]*:[ \t\n\r]*").match
_alone = re.compile(r"[\[{][ \t]*[\r\n]").match


class _BrokenOff(ValueError):
    """The text is no JSON from here on."""


def _in_json(text: str, top: _Wanted) -> None:
    try:
        _enter(text, _gap(text, 0).end(), top, None)
    except (ValueError, IndexError, RecursionError, StopIteration):
        return  # what was found so far stands


def _enter(text: str, start: int, wanted: _Wanted, key: Span | None) -> int | None:
    """Notes where the value at `start` stands, and what is wanted in it; its end, where that came to be known."""
    if text[start] not in "[{":
        end = int(_read(text, start)[1])
        wanted.spots = Spots(key, (start, end))
        return end
    wanted.spots = Spots(key, (start, start + 1))
    reached = _search(text, start, wanted.steps) if wanted.steps else None
    if not _alone(text, start):
        reached = reached or int(_read(text, start)[1])
        wanted.spots = Spots(key, _first_line(text, start, reached))
    return reached


def _search(text: str, start: int, steps: dict[str, _Wanted]) -> int | None:
    """Goes through the collection at `start` until all `steps` are found in it; its end, if it was reached."""
    keyed, left, position = text[start] == "{", len(steps), 0
    key: Span | None = None
    at = _gap(text, start + 1).end()
    while text[at] not in "}]":
        if keyed:
            name, end = _read(text, at)
            key = (at, end)
            if (colon := _colon(text, end)) is None:
                raise _BrokenOff
            at = colon.end()
        else:
            name = str(position)
            position += 1
        reached = None
        if (child := steps.get(name)) is not None and child.spots is None:  # of two same keys the first counts
            reached = _enter(text, at, child, key)
            left -= 1
            if not left:
                return None
        at = _comma(text, reached or _read(text, at)[1]).end()
    return at + 1


# YAML. One pass over the events of the first document.


def _in_yaml(text: str, top: _Wanted) -> None:
    import yaml  # costs 10 ms, and JSON has no need of it

    events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    try:
        first = next((event for event in events if isinstance(event, yaml.NodeEvent)), None)
        if first is not None:
            _note(first, events, text, top, None)
    except (yaml.YAMLError, UnicodeEncodeError):
        return  # the text breaks off or is no YAML: what was found so far stands


def _note(event: Any, events: Iterator[Any], text: str, wanted: _Wanted | None, key: Span | None) -> None:
    """Goes past the value that begins with `event`, and notes where it and what is wanted in it stand."""
    from yaml import CollectionEndEvent, CollectionStartEvent, MappingStartEvent

    if wanted is not None:
        wanted.spots = Spots(key, _span(event, text))
    if not isinstance(event, CollectionStartEvent):
        return
    if wanted is None or not wanted.steps:
        each = _skip(events)
    elif isinstance(event, MappingStartEvent):
        while not isinstance(each := next(events), CollectionEndEvent):
            name = getattr(each, "value", None)
            if isinstance(each, CollectionStartEvent):
                _skip(events)
            _note(next(events), events, text, wanted.step(name), _span(each, text))
    else:
        position = 0
        while not isinstance(each := next(events), CollectionEndEvent):
            _note(each, events, text, wanted.step(position), None)
            position += 1
    end = each.end_mark.index
    if wanted is not None and wanted.spots is not None and wanted.spots.value[1] > end:
        # It ends on the line on which it began: `{level: 2}` in `x: {target: {level: 2}, score: 1}`.
        wanted.spots = Spots(key, _first_line(text, wanted.spots.value[0], end))


def _skip(events: Iterator[Any]) -> Any:
    """The end of the collection that has begun; nothing in it is wanted."""
    from yaml import CollectionEndEvent, CollectionStartEvent

    depth = 1
    for event in events:
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
            if not depth:
                return event
    return None


def _span(event: Any, text: str) -> Span:
    """The characters of a scalar; of a collection, those from its start to the end of the line."""
    start, end = event.start_mark.index, event.end_mark.index
    if hasattr(event, "flow_style"):
        return _first_line(text, start, len(text))
    if getattr(event, "style", None) in ("|", ">"):
        end = start + len(text[start:end].rstrip(" \t\r\n"))
    return start, end
