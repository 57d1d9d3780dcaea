"""The law: every finding's place points at text that contains the key or value that it is about."""

from __future__ import annotations

import json
from datetime import date
from operator import getitem
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.checking import Findings
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Place, Pointer
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.files.source import Source
from kmmaturity.files.writing import dump
from kmmaturity.testing.strategies import assessments

LAW = settings(max_examples=25, deadline=None)


def excerpt(source: Source, place: Place) -> str:
    """The text of a place, taken from the lines alone."""
    assert (place.line, place.column) <= (place.end_line, place.end_column)
    lines = [source.line(number) for number in range(place.line, place.end_line + 1)]
    last = lines[-1][: place.end_column - 1]
    if len(lines) == 1:
        return last[place.column - 1 :]
    return "\n".join([lines[0][place.column - 1 :], *lines[1:-1], last])


def nearest(tree: Any, pointer: Pointer) -> tuple[list[Any], Any]:
    """The steps of the pointer that are there, and the value at their end."""
    taken: list[Any] = []
    for step in pointer:
        inside = (isinstance(tree, dict) and step in tree) or (
            isinstance(tree, list) and isinstance(step, int) and step < len(tree)
        )
        if not inside:
            break
        tree = getitem(tree, step)
        taken.append(step)
    return taken, tree


def points_well(text: str, found: Findings, tree: Any) -> None:
    """Asserts the law for each finding, and for each related place."""
    (source,) = found.sources.values()
    spots = [(each.place, each.pointer, each.on_key) for each in found]
    spots += [(other.place, other.pointer, False) for each in found for other in each.related]
    for place, pointer, on_key in spots:
        assert place is not None
        shown = excerpt(source, place)
        taken, value = nearest(tree, pointer)
        told = yaml.safe_load(shown) if source.syntax == "yaml" and shown[:1] in "\"'" else shown
        told = json.loads(shown) if source.syntax == "json" and shown[:1] == '"' else told
        if on_key and taken == list(pointer) and isinstance(pointer[-1], str):
            assert told == pointer[-1]
        elif isinstance(value, str):
            assert told == value
        elif isinstance(value, dict | list):
            first = next(iter(value), None)
            assert "\n" not in shown
            assert shown[:1] in "[{" or not isinstance(first, str) or first in shown
        else:
            assert told == ("" if value is None else json.dumps(value))


@LAW
@given(value=assessments(), data=st.data())
def test_block_style(value: Assessment, data: st.DataObject, spoilt: Any, in_yaml: Any) -> None:
    """In block YAML each place is exactly the key or scalar meant, and for a collection its first line."""
    tree = spoilt(data.draw, km.to_dict(value))
    text = in_yaml(tree)
    points_well(text, km.check(text.encode(), model=value.model), tree)


@LAW
@given(value=assessments(), data=st.data())
def test_json(value: Assessment, data: st.DataObject, spoilt: Any) -> None:
    """In JSON, on one line or many, with text escaped or not, each place is exactly the key or value meant."""
    tree = spoilt(data.draw, km.to_dict(value))
    text = json.dumps(tree, indent=data.draw(st.sampled_from([None, 0, 2])), ensure_ascii=data.draw(st.booleans()))
    points_well(text, km.check(text.encode(), model=value.model), tree)


@LAW
@given(value=assessments(), data=st.data())
def test_flow_style(value: Assessment, data: st.DataObject, spoilt: Any, in_yaml: Any) -> None:
    """In YAML all inside braces and brackets, each place is the key or value meant, whatever stands beside it."""
    tree = spoilt(data.draw, km.to_dict(value))
    text = f"--- {in_flow(tree)}\n"
    points_well(text, km.check(text.encode(), model=value.model), tree)


def in_flow(tree: Any) -> str:
    """A tree as YAML in flow style, on one line, all text in single quotes or escaped double ones."""
    match tree:
        case dict():
            return "{" + ", ".join(f"{in_flow(key)}: {in_flow(each)}" for key, each in tree.items()) + "}"
        case list():
            return "[" + ", ".join(map(in_flow, tree)) + "]"
        case str() if tree.isprintable() and tree.isascii():
            return "'" + tree.replace("'", "''") + "'"
        case str():
            return yaml.safe_dump(tree, default_style='"', width=10**9, allow_unicode=False).strip()
        case _:
            return json.dumps(tree)


@LAW
@given(value=assessments())
def test_as_written(value: Assessment) -> None:
    """In the files that the writer makes, short forms and folded text among them, each place is what is meant."""
    for syntax in ("yaml", "json"):
        data = dump(value, syntax)
        found = km.check(data, model=value.model)
        assert not found.errors
        (source,) = found.sources.values()
        for each in found:
            assert each.place is not None
            shown = excerpt(source, each.place)
            tree = json.loads(data) if syntax == "json" else yaml.safe_load(data)
            taken, _ = nearest(tree, each.pointer)
            assert shown
            if each.on_key and taken == list(each.pointer):
                assert yaml.safe_load(shown) == each.pointer[-1]


ADVICE = ("fit", "practice", "plan", "cycle", "handling")
SHOWN = [each for each in CATALOGUE.values() if each.family in ADVICE]


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_examples_of_the_catalogue(rule: Rule) -> None:
    """In the bad example of each rule, written as a person writes, each place is exactly what is meant."""
    tree = yaml.load(rule.bad, Loader=yaml.BaseLoader)  # noqa: S506  # it makes nothing but text of anything
    points_well(rule.bad.decode(), km.check(rule.bad, today=date(2026, 12, 1)), tree)
