"""A file's text as a tree in which every part knows where it stands: what an edit in place needs to know."""

from __future__ import annotations

import json
import re
from typing import Any

from attrs import field, frozen

from kmmaturity.files.shapes import Choice, Day, Listing, Record, Shape, Table, Text, Whole
from kmmaturity.files.source import Syntax
from kmmaturity.files.writing import plain

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "grow", "held"]


@frozen(eq=False)
class Scalar:
    """A value without parts. `end` is just past its last visible character; a blank one stands where it would begin."""

    start: int
    end: int
    value: str
    blank: bool = False


@frozen(eq=False)
class Mapping:
    """Keys and values in order. One in block style ends where its last value does, before any comment that follows."""

    start: int
    end: int
    flow: bool
    pairs: dict[str, tuple[Scalar, Node]] = field(repr=False)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each key begins and its value ends."""
        return [(key.start, value.end) for key, value in self.pairs.values()]


@frozen(eq=False)
class Sequence:
    """Items in order. One in block style starts at its first dash, and ends where its last item does."""

    start: int
    end: int
    flow: bool
    items: list[Node] = field(repr=False)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each item begins and ends."""
        return [(item.start, item.end) for item in self.items]


Node = Scalar | Mapping | Sequence


def grow(text: str, syntax: Syntax) -> Node:
    """The tree of a well-formed `text`. Raises ValueError for any other."""
    return _grow_json(text, _skip(text, 0))[0] if syntax == "json" else _grow_yaml(text)


def held(node: Node, shape: Shape) -> Any:
    """What `node` says, as `plain` has it: the long form without defaults; None where it is blank or something else."""
    match shape, node:
        case Record(fields=fields), Mapping(pairs=pairs):
            told = {name: held(value, fields[name].shape) for name, (_, value) in pairs.items() if name in fields}
            return {name: each for name, each in told.items() if each is not None and each != _default(shape, name)}
        case Record(short=str(short), fields=fields), Scalar(blank=False):
            return {short: held(node, fields[short].shape)}
        case Table(value=inner), Mapping(pairs=pairs):
            return {name: _entry(value, inner) for name, (_, value) in pairs.items()}
        case Listing(item), Sequence(items=items):
            return [held(each, item) for each in items]
        case Whole(), Scalar(value=value) if re.fullmatch(r"-?[0-9]+", value):
            return int(value)
        case Text() | Day() | Choice() | Whole(), Scalar(blank=False, value=value):
            return value
        case _:
            return None


def _entry(node: Node, shape: Shape) -> Any:
    blank = isinstance(shape, Record) and shape.blank and isinstance(node, Scalar) and node.blank
    return {} if blank else held(node, shape)


def _default(record: Record, name: str) -> Any:
    each = record.fields[name]
    return None if each.required or each.default is None else plain(each.default, each.shape)


# YAML


def _grow_yaml(text: str) -> Node:
    import yaml  # costs 10 ms, and JSON has no need of it

    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                return _branch(event, events, text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    raise ValueError("the file holds nothing")


def _branch(event: Any, events: Any, text: str) -> Node:
    import yaml  # loaded already

    start: int = event.start_mark.index
    step: Any
    if isinstance(event, yaml.MappingStartEvent):
        pairs: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(step := next(events), yaml.MappingEndEvent):
            name = _branch(step, events, text)
            value = _branch(next(events), events, text)
            if not isinstance(name, Scalar):
                raise ValueError("a key is a list or a mapping")  # noqa: TRY004  # of the file, not of an argument
            pairs[name.value] = (name, value)
        ends = [value.end for _, value in pairs.values()]
        return Mapping(start, _close(event, step, ends), bool(event.flow_style), pairs)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(step := next(events), yaml.SequenceEndEvent):
            items.append(_branch(step, events, text))
        return Sequence(start, _close(event, step, [item.end for item in items]), bool(event.flow_style), items)
    if isinstance(event, yaml.AliasEvent):
        raise ValueError("an alias stands in for a value")  # noqa: TRY004  # of the file, not of an argument
    blank = not event.style and event.value in ("", "~", "null")
    return Scalar(start, _end(text, start, event.end_mark.index, event.style), event.value, blank)


def _close(begin: Any, end: Any, ends: list[int]) -> int:
    """Where a collection ends: at its bracket, or else with its last part, since libyaml's mark is after comments."""
    return int(end.end_mark.index if begin.flow_style or not ends else ends[-1])


def _end(text: str, start: int, end: int, style: str | None) -> int:
    """Where a scalar ends to the eye: libyaml takes the blank lines below a block scalar for part of it."""
    if style not in ("|", ">"):
        return end
    header = text[start:end].splitlines()[0]
    if "+" in header.partition("#")[0]:  # here they are: all but the last line break
        return end - len(text[start:end]) + len(re.sub(r"(\r\n|\r|\n)\Z", "", text[start:end]))
    return start + len(text[start:end].rstrip(" \t\r\n"))


# JSON

_read = json.JSONDecoder().raw_decode
_space = re.compile(r"[ \t\r\n]*").match


def _grow_json(text: str, at: int) -> tuple[Node, int]:
    """The node that begins at `at`, and where the next thing after it begins."""
    if text[at : at + 1] == "{":
        return _grow_object(text, at)
    if text[at : at + 1] == "[":
        return _grow_array(text, at)
    value, end = _read(text, at)
    written = value if isinstance(value, str) else text[at:end]
    return Scalar(at, end, written, blank=value is None), _skip(text, end)


def _grow_object(text: str, start: int) -> tuple[Node, int]:
    pairs: dict[str, tuple[Scalar, Node]] = {}
    at = _skip(text, start + 1)
    while text[at : at + 1] != "}":
        key, at = _grow_json(text, at)
        value, at = _grow_json(text, _past(text, at, ":"))
        if not isinstance(key, Scalar):
            raise ValueError(f"a key at {key.start} is not text")  # noqa: TRY004  # of the file, not of an argument
        pairs[key.value] = (key, value)
        if text[at : at + 1] != "}":
            at = _past(text, at, ",")
    return Mapping(start, at + 1, True, pairs), _skip(text, at + 1)


def _grow_array(text: str, start: int) -> tuple[Node, int]:
    items: list[Node] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != "]":
        item, at = _grow_json(text, at)
        items.append(item)
        if text[at : at + 1] != "]":
            at = _past(text, at, ",")
    return Sequence(start, at + 1, True, items), _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    space = _space(text, at)
    return space.end() if space else at


def _past(text: str, at: int, mark: str) -> int:
    if text[at : at + 1] != mark:
        raise ValueError(f"no {mark!r} at {at}")
    return _skip(text, at + 1)
