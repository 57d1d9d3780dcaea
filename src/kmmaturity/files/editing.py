"""Editing in place: a file's text changed where an assessment changed, and nowhere else.

What the text says is compared with what it should say; the first difference is mended in the text, and so on until
none is left. Comments, order, line ends and quotes of everything else stay as the team wrote them.
"""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import Any

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Pointer
from kmmaturity.errors import CannotWrite
from kmmaturity.files.nodes import Mapping, Node, Sequence, grow, held
from kmmaturity.files.page import Page, Splice, spliced
from kmmaturity.files.shapes import ASSESSMENT, Listing, Record, Shape, Table
from kmmaturity.files.source import Source
from kmmaturity.files.writing import assessment_data, digest, encoded

__all__ = ["edit"]

# An answer has one of the two: when it changes sides, the one takes the other's line.
EITHER = {"score": "inapplicable", "inapplicable": "score"}


def edit(source: Source, before: Assessment, after: Assessment) -> str:
    """The text of `source`, which says `before`, changed in as few places as possible so that it says `after`.

    Without the byte order mark, as `source.text` is. Raises CannotWrite where the text is laid out so that a change
    cannot be made in place.
    """
    text = source.text
    tree = grow(text, source.syntax)
    told = held(tree, ASSESSMENT)
    wanted = _wanted(told or {}, source, before, after)
    encoded(json.dumps(wanted, ensure_ascii=False))  # text that no file can hold is refused as such
    for _ in range(_size(told) + _size(wanted)):
        try:
            splices = _difference(Page(text, source.syntax), tree, wanted, ASSESSMENT)
            if not splices:
                return text
            text = spliced(text, splices)
            tree = grow(text, source.syntax)
        except ValueError as error:  # the text is laid out in a way that the splice did not reckon with
            raise _stuck(source, told, wanted) from error
    raise _stuck(source, held(tree, ASSESSMENT), wanted)


def _wanted(told: dict[str, Any], source: Source, before: Assessment, after: Assessment) -> dict[str, Any]:
    """What the file should say. Which model it names, and how, stays as it is unless the model itself changed."""
    head = {name: told[name] for name in told if name in ("kmmaturity", "model", "digest")}
    if before.model != after.model:
        head["model"] = after.model.reference
        if "digest" in told or source.syntax == "json":
            head["digest"] = digest(after.model)
    return assessment_data(after) | head


def _difference(page: Page, node: Node, wanted: Any, shape: Shape) -> list[Splice]:
    """What mends the first difference between `node`, which is a collection that is not empty, and `wanted`."""
    match node, shape:
        case Mapping(), Record(fields=fields):
            return _in_mapping(page, node, wanted, shape, {name: each.shape for name, each in fields.items()})
        case Mapping(), Table(value=value):
            return _in_mapping(page, node, wanted, shape, dict.fromkeys([*node.pairs, *wanted], value))
        case Sequence(), Listing(item):
            return _in_sequence(page, node, wanted, item)
        case _:
            raise ValueError("a list stands in the place of a mapping, or a mapping in that of a list")


def _in_mapping(
    page: Page, node: Mapping, wanted: dict[str, Any], shape: Record | Table, inner: dict[str, Shape]
) -> list[Splice]:
    told = held(node, shape)
    for name, value in wanted.items():
        if name in told and told[name] == value:
            continue
        if name in node.pairs:
            part = node.pairs[name][1]
            if _enters(part, value):
                return _difference(page, part, value, inner[name])
            return page.set_value(node, name, value, inner[name])
        other = EITHER.get(name) if isinstance(shape, Record) else None
        if other in node.pairs and other not in wanted:
            return page.swap_value(node, other, name, value, inner[name])
        return page.add_value(node, name, value, shape, inner[name])
    for name in told:
        if name not in wanted:
            return _without(page, node, name, shape)
    return []


def _without(page: Page, node: Mapping, name: str, shape: Record | Table) -> list[Splice]:
    """What takes `name` out. An answer that is taken back leaves `score:` behind, blank: it is still to be given."""
    answer = isinstance(shape, Record) and name in EITHER and not node.flow
    if answer and (name == "score" or "score" not in node.pairs):
        return page.blank_value(node, name, "score")
    return page.remove_value(node, name)


def _in_sequence(page: Page, node: Sequence, wanted: list[Any], item: Shape) -> list[Splice]:
    told = [_print(held(each, item)) for each in node.items]
    matcher = SequenceMatcher(None, told, [_print(each) for each in wanted], autojunk=False)
    for change, here, _, there, _ in matcher.get_opcodes():
        if change == "insert":
            return page.insert_item(node, here, wanted[there], item)
        if change == "delete":
            return page.remove_item(node, here)
        if change == "replace":
            part = node.items[here]
            if _enters(part, wanted[there]):
                return _difference(page, part, wanted[there], item)
            return page.set_item(node, here, wanted[there], item)
    return []


def _print(data: Any) -> str:
    """What tells one item from another."""
    return json.dumps(data, sort_keys=True)


def _enters(node: Node, value: Any) -> bool:
    """Whether `node` can be mended part by part; what is blank, empty or a short form is written anew."""
    if isinstance(node, Mapping):
        return bool(node.pairs) and isinstance(value, dict)
    return isinstance(node, Sequence) and bool(node.items) and isinstance(value, list)


def _size(data: Any) -> int:
    """How many differences there can be at most: one for each value and each collection."""
    if isinstance(data, dict | list):
        return 1 + sum(map(_size, data.values() if isinstance(data, dict) else data))
    return 1


def _stuck(source: Source, told: Any, wanted: Any) -> CannotWrite:
    return CannotWrite(
        f"{source.path}: {_first(told, wanted, Pointer())} cannot be changed in place, because of how the file is laid "
        "out there; save the assessment under another name"
    )


def _first(told: Any, wanted: Any, pointer: Pointer) -> Pointer:
    """Where the two first differ."""
    if isinstance(told, dict) and isinstance(wanted, dict):
        names = [name for name in [*wanted, *told] if told.get(name) != wanted.get(name)]
        return _first(told.get(names[0]), wanted.get(names[0]), pointer / names[0]) if names else pointer
    return pointer
