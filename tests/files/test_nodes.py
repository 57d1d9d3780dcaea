"""The tree of a text: where each part stands, and what it says."""

from __future__ import annotations

import pytest

from kmmaturity.files.nodes import Mapping, Scalar, Sequence, grow, held
from kmmaturity.files.shapes import ASSESSMENT
from kmmaturity.files.source import Syntax


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: plain # comment\n", "plain"),
        ("a: 'quoted'\n", "'quoted'"),
        ("a: >-\n  folded\n  text\n\n# comment\n", ">-\n  folded\n  text"),
        ("a: |+ # keeps\n  kept\n\n\nb: 1\n", "|+ # keeps\n  kept\n\n"),
        ("a: |+\r\n  kept\r\n\r\nb: 1\r\n", "|+\r\n  kept\r\n"),
        ("a: |+\n  kept", "|+\n  kept"),
        ("a: |- # not +\n  text\n\nb: 1\n", "|- # not +\n  text"),
        ("a:   # blank\n", ""),
        ("a: {b: 1, c: [2]} # comment\n", "{b: 1, c: [2]}"),
        ("a:\n  b: 1\n  c:\n    - x # last\n  # comment\n", "b: 1\n  c:\n    - x"),
        ("a:\n- \U0001f642 x\n- y\n# comment\n", "- \U0001f642 x\n- y"),
    ],
)
def test_yaml_values_end_where_they_end_to_the_eye(text: str, value: str) -> None:
    """A value's span holds its text alone: no comment after it, and no blank line that is not part of it."""
    tree = grow(text, "yaml")
    assert isinstance(tree, Mapping)
    key, node = tree.pairs["a"]
    assert text[key.start : key.end] == "a"
    assert text[node.start : node.end] == value


def test_json_values() -> None:
    """JSON values of every kind stand where they are written, however they are spaced."""
    text = ' {"a\\u0062" : [1 , -2.5e3,"\\ud83d\\ude42", null,true,{} ,[]] } '
    tree = grow(text, "json")
    assert isinstance(tree, Mapping)
    assert (tree.start, tree.end) == (1, len(text) - 1)
    items = tree.pairs["ab"][1]
    assert isinstance(items, Sequence)
    assert [text[item.start : item.end] for item in items.items] == [
        "1",
        "-2.5e3",
        '"\\ud83d\\ude42"',
        "null",
        "true",
        "{}",
        "[]",
    ]
    assert [item.value for item in items.items if isinstance(item, Scalar)] == [
        "1",
        "-2.5e3",
        "\U0001f642",
        "null",
        "true",
    ]
    assert [item.blank for item in items.items if isinstance(item, Scalar)] == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("", "yaml"),
        ("# nothing\n", "yaml"),
        ("a: [1\n", "yaml"),
        ("{a: 1}: b\n", "yaml"),
        ("a: &x 1\nb: *x\n", "yaml"),
        ("", "json"),
        ('{"a" 1}', "json"),
        ('{"a": 1 "b": 2}', "json"),
        ('{"a": 1', "json"),
        ("[1, ", "json"),
        ('{[1]: "a"}', "json"),
    ],
)
def test_what_is_not_well_formed_is_refused(text: str, syntax: Syntax) -> None:
    """A text that is no document, or refers from one place to another, has no tree."""
    with pytest.raises(ValueError, match=r".+"):
        grow(text, syntax)


def test_held_is_the_long_form() -> None:
    """What a tree says is in the long form, without what is blank or at its default."""
    text = """\
kmmaturity: 1
scope: ~
notes:
scores:
  a.b: {score: 1, evidence: [x], target: 2}
  c.d:
plan:
  actions:
    - {action: Do, status: idea}
benefit: {a: high}
"""
    assert held(grow(text, "yaml"), ASSESSMENT) == {
        "kmmaturity": 1,
        "scores": {"a.b": {"score": 1, "evidence": [{"note": "x"}], "target": {"level": 2}}, "c.d": {}},
        "plan": {"actions": [{"action": "Do"}]},
        "benefit": {"a": {"rate": "high"}},
    }


def test_held_is_nothing_where_the_shape_differs() -> None:
    """A list in the place of a mapping says nothing, and so do fields that nobody knows."""
    assert held(grow("scores: [1]\nunknown: 2\nassessed: {a: 1}\n", "yaml"), ASSESSMENT) == {}
