"""The law: order of keys, line endings, comments and format do not change which findings appear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.testing.strategies import assessments

LAW = settings(max_examples=20, deadline=None)
DAY = date(2026, 12, 1)


def told(text: str | bytes, model: MaturityModel | None = None) -> Counter[tuple[str, str]]:
    """How often each finding appears: its code and where in the document it is."""
    data = text if isinstance(text, bytes) else text.encode()
    return Counter((each.code, str(each.pointer)) for each in km.check(data, model=model, today=DAY))


@LAW
@given(value=assessments(), data=st.data())
def test_order_of_keys(
    value: Assessment, data: st.DataObject, spoilt: Any, shuffled: Any, in_yaml: Any, in_json: Any
) -> None:
    """Keys in any order, at any depth, in YAML or in JSON, give the same findings at the same places of the document."""
    tree = spoilt(data.draw, km.to_dict(value))
    expected = told(in_json(tree), value.model)
    assert told(in_yaml(tree), value.model) == expected
    assert told(in_json(shuffled(data.draw, tree)), value.model) == expected
    assert told(in_yaml(shuffled(data.draw, tree)), value.model) == expected


@LAW
@given(value=assessments(), data=st.data())
def test_line_endings_and_comments(value: Assessment, data: st.DataObject, spoilt: Any, in_yaml: Any) -> None:
    """LF, CRLF or CR, comments and blank lines anywhere, a byte order mark: none of them changes a finding."""
    tree = spoilt(data.draw, km.to_dict(value))
    text = in_yaml(tree)
    expected = told(text, value.model)
    ending = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    comment = st.sampled_from(
        ["", "", "  # a comment: with a colon", f"{ending}# a line of its own", f"{ending}", f"{ending}   "]
    )
    lines = [f"{line}{data.draw(comment)}{ending}" for line in text.splitlines()]
    mark = data.draw(st.sampled_from(["", "\ufeff"]))
    assert told(mark + "".join(lines), value.model) == expected


def plain(tree: Any) -> Any:
    """A tree without dates, as JSON has it."""
    match tree:
        case dict():
            return {str(key): plain(each) for key, each in tree.items()}
        case list():
            return [plain(each) for each in tree]
        case date():
            return tree.isoformat()
        case _:
            return tree


PARSED = [
    each
    for each in CATALOGUE.values()
    if each.about in ("assessment", "model") and each.family != "file" and each.name != "duplicate-key"
]


@pytest.mark.parametrize("which", ["bad", "good"])
@pytest.mark.parametrize("rule", PARSED, ids=lambda rule: rule.code)
def test_examples_of_the_catalogue(rule: Any, which: str, in_json: Callable[[Any], str]) -> None:
    """The examples of the catalogue, written as JSON, give the findings that they give in YAML, with the same messages."""
    text = getattr(rule, which)
    in_that = [(each.code, str(each.pointer), each.message) for each in km.check(text, today=DAY)]
    json_text = in_json(plain(yaml.safe_load(text))).encode()
    in_this = [(each.code, str(each.pointer), each.message) for each in km.check(json_text, today=DAY)]
    assert sorted(in_this) == sorted(in_that)


ANSWERED = [each for each in PARSED if each.about == "assessment"]  # in a model the order has a meaning


def turned(tree: Any) -> Any:
    """A tree with the keys of every mapping in it the other way round."""
    match tree:
        case dict():
            return {key: turned(tree[key]) for key in reversed(tree)}
        case list():
            return [turned(each) for each in tree]
        case _:
            return tree


@pytest.mark.parametrize("which", ["bad", "good"])
@pytest.mark.parametrize("rule", ANSWERED, ids=lambda rule: rule.code)
def test_examples_the_other_way_round(rule: Any, which: str, in_json: Callable[[Any], str]) -> None:
    """So do they with the keys of every mapping the other way round, the first of several same notes among them."""
    tree = plain(yaml.safe_load(getattr(rule, which)))
    assert told(in_json(turned(tree))) == told(in_json(tree))
