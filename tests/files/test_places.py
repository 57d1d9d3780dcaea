"""Where keys and values stand."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.findings import Pointer
from kmmaturity.files.places import Spots, locate
from kmmaturity.files.source import Source, Span, Syntax

YAML = """\
# A comment: with a colon
unit: [UK Example 😀, 'Coast, and rivers']   # two names
notes: >-
  Agreed together,
    all of it.

  # not a comment

scores:
  learning.before:
    score: 2
    evidence:
      - A plain note
        that goes on here   # and a comment
      - {note: "Quoted, with a comma", dated: 2026-09-30}
    target: 3
  learning.after: {target: {level: 2, by: 2027-01-01}, score: 1}
  learning.during:
    score:
plan:
  actions:
  - action: First
    towards:
    - learning.before
  - action: Second
"""
JSON = """\
{
  "unit": ["UK Example \\ud83d\\ude00", "Coast, and rivers"],
  "scores": {
    "learning.before": {"score": 2, "evidence": [{"note": "A \\"plain\\" note"}, {"note": "Other"}], "target": 3},
    "learn\\u0069ng.after": {
      "score": null, "weights": [], "empty": { }
    }
  },
  "levels": {"1": "One", "2": "Two"}
}
"""


def spots(text: str, *steps: str | int, syntax: Syntax = "yaml") -> Spots:
    """Where the pointer of `steps` stands in `text`."""
    pointer = Pointer(steps)
    return locate(Source("file", text, syntax), [pointer])[pointer]


def cut(text: str, span: Span | None) -> str:
    """What `text` holds there."""
    assert span is not None
    return text[slice(*span)]


@pytest.mark.parametrize(
    ("steps", "key", "value"),
    [
        (("unit",), "unit", "[UK Example 😀, 'Coast, and rivers']"),
        (("unit", 0), None, "UK Example 😀"),
        (("unit", 1), None, "'Coast, and rivers'"),
        (("notes",), "notes", ">-\n  Agreed together,\n    all of it.\n\n  # not a comment"),
        (("scores",), "scores", "learning.before:"),
        (("scores", "learning.before", "score"), "score", "2"),
        (("scores", "learning.before", "evidence"), "evidence", "- A plain note"),
        (("scores", "learning.before", "evidence", 0), None, "A plain note\n        that goes on here"),
        (("scores", "learning.before", "evidence", 1), None, '{note: "Quoted, with a comma", dated: 2026-09-30}'),
        (("scores", "learning.before", "evidence", 1, "note"), "note", '"Quoted, with a comma"'),
        (("scores", "learning.after", "target"), "target", "{level: 2, by: 2027-01-01}"),
        (("scores", "learning.after", "target", "level"), "level", "2"),
        (("scores", "learning.during", "score"), "score", ""),
        (("plan", "actions", 1, "action"), "action", "Second"),
        (("plan", "actions", 0, "towards", 0), None, "learning.before"),
    ],
)
def test_yaml_keys_and_values(steps: tuple[str | int, ...], key: str | None, value: str) -> None:
    """In YAML a scalar's span holds exactly its characters, and a collection's what stands of it on its first line."""
    found = spots(YAML, *steps)
    assert (found.key and cut(YAML, found.key), cut(YAML, found.value)) == (key, value)


@pytest.mark.parametrize(
    ("steps", "key", "value"),
    [
        (("unit",), '"unit"', '["UK Example \\ud83d\\ude00", "Coast, and rivers"]'),
        (("unit", 1), None, '"Coast, and rivers"'),
        (("scores",), '"scores"', "{"),
        (("scores", "learning.before", "score"), '"score"', "2"),
        (("scores", "learning.before", "evidence", 0), None, '{"note": "A \\"plain\\" note"}'),
        (("scores", "learning.before", "evidence", 1, "note"), '"note"', '"Other"'),
        (("scores", "learning.after"), '"learn\\u0069ng.after"', "{"),
        (("scores", "learning.after", "score"), '"score"', "null"),
        (("scores", "learning.after", "weights"), '"weights"', "[]"),
        (("scores", "learning.after", "empty"), '"empty"', "{ }"),
        (("levels", 2), '"2"', '"Two"'),
    ],
)
def test_json_keys_and_values(steps: tuple[str | int, ...], key: str | None, value: str) -> None:
    """In JSON a span holds the quotes as well, and a key may be written with escapes or stand for a level number."""
    found = spots(JSON, *steps, syntax="json")
    assert (found.key and cut(JSON, found.key), cut(JSON, found.value)) == (key, value)


@pytest.mark.parametrize(("text", "syntax"), [(YAML, "yaml"), (JSON, "json"), (json.dumps(json.loads(JSON)), "json")])
def test_many_pointers_at_once(text: str, syntax: Syntax) -> None:
    """Looking for several pointers finds each of them where looking for it alone does."""
    data = json.loads(text) if syntax == "json" else yaml.safe_load(text)
    every = [*pointers(data), Pointer(("plan", "nowhere")), Pointer(("scores", "learning.after", "nothing", 0))]
    together = locate(Source("file", text, syntax), every)
    assert list(together) == every
    assert together == {each: spots(text, *each, syntax=syntax) for each in every}


@pytest.mark.parametrize(("text", "syntax"), [(YAML, "yaml"), (JSON, "json")])
def test_a_pointer_that_is_not_there(text: str, syntax: Syntax) -> None:
    """A pointer that is not in the file gives its nearest ancestor: the short form for its field, else the parent."""
    level = spots(text, "scores", "learning.before", "score", "level", syntax=syntax)
    assert cut(text, level.value) == "2"
    assert spots(text, "scores", "none", syntax=syntax) == spots(text, "scores", syntax=syntax)
    assert spots(text, "unit", 7, "name", syntax=syntax) == spots(text, "unit", syntax=syntax)
    assert spots(text, "assessed", syntax=syntax) == spots(text, syntax=syntax)


def test_the_whole_document() -> None:
    """The empty pointer gives the first line of what the document holds, past comments and markers."""
    assert cut(YAML, spots(YAML).value) == YAML.splitlines()[1]
    assert cut("---\r\na: 1\r\nb: 2\r\n", spots("---\r\na: 1\r\nb: 2\r\n").value) == "a: 1"
    assert cut(" [1, 2] ", spots(" [1, 2] ", syntax="json").value) == "[1, 2]"


@pytest.mark.parametrize(
    ("text", "syntax"), [("a: 1\nb: 2\na: {c: 3}\n", "yaml"), ('{"a": 1, "b": 2, "a": {"c": 3}}', "json")]
)
def test_the_first_of_two_same_keys(text: str, syntax: Syntax) -> None:
    """Of two same keys the first is found, and nothing is looked for in the second."""
    assert cut(text, spots(text, "a", syntax=syntax).value) == "1"
    assert spots(text, "a", "c", syntax=syntax) == spots(text, "a", syntax=syntax)


@pytest.mark.parametrize(
    ("text", "syntax"), [("a: 1\nb: [x\n", "yaml"), ('{"a": 1, "b": [x', "json"), ('{"a": 1, "b" [', "json")]
)
def test_a_text_that_breaks_off(text: str, syntax: Syntax) -> None:
    """Of a text that breaks off, what stands before the break is found."""
    assert cut(text, spots(text, "a", syntax=syntax).value) == "1"
    assert spots(text, "z", syntax=syntax).value[0] == 0


@pytest.mark.parametrize(("text", "syntax"), [("", "yaml"), ("# nothing\n", "yaml"), ("", "json"), ("  ", "json")])
def test_an_empty_text(text: str, syntax: Syntax) -> None:
    """Of a text that holds nothing, every pointer gives its beginning."""
    assert spots(text, "a", 0, syntax=syntax) == Spots(None, (0, 0))


def test_a_key_that_is_a_collection() -> None:
    """A key that is a list or a mapping is passed over, and what follows it is found."""
    text = "? [a, {b: c}]\n: {d: e}\n{f: g}: h\ni: j\n"
    assert cut(text, spots(text, "i").value) == "j"


def test_line_ends_and_wide_characters() -> None:
    """Spans count code points, whatever the line ends and whichever signs libyaml takes for line ends."""
    text = "é😀: 'a\u2028b\x85c'\r\nnext: >-\r\n  one\r\n  two\r\nlast: 😀\r\n"
    assert cut(text, spots(text, "next").value) == ">-\r\n  one\r\n  two"
    assert cut(text, spots(text, "last").value) == "😀"
    assert cut(text, spots(text, "last").key) == "last"


def pointers(data: Any, above: Pointer = Pointer()) -> list[Pointer]:
    """The pointer of everything in `data`."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [above, *(each for step, value in inner for each in pointers(value, above / step))]


def at(data: Any, pointer: Pointer) -> Any:
    """What `data` holds there."""
    for step in pointer:
        data = data[step]
    return data


def replaced(data: Any, pointer: Pointer, value: Any) -> Any:
    """`data` with `value` at `pointer`."""
    if not pointer:
        return value
    step, rest = pointer[0], Pointer(pointer[1:])
    if isinstance(data, list):
        return [replaced(each, rest, value) if position == step else each for position, each in enumerate(data)]
    return {key: replaced(each, rest, value) if key == step else each for key, each in data.items()}


WORDS = st.text(st.sampled_from("ab é😀:#-'\"\\,[]{}&*!|>%@`?\n0~"), max_size=30) | st.sampled_from(
    ["Weekly debrief of the whole team, with notes for those away", "2026-09-30", "null", "First: then", "a #b"]
)
NESTED = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
TREES = st.dictionaries(WORDS, NESTED, min_size=1, max_size=4) | st.lists(NESTED, min_size=1, max_size=4)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "default_style": st.sampled_from([None, None, "'", '"', "|", ">"]),
        "width": st.sampled_from([10, 80]),
        "indent": st.sampled_from([2, 4]),
        "allow_unicode": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n"]),
        "explicit_start": st.booleans(),
    }
)


def load(text: str) -> Any:
    """What PyYAML takes the text for."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


@given(tree=TREES, style=STYLES, chosen=st.data())
def test_yaml_spans_can_be_replaced(tree: Any, style: dict[str, Any], chosen: st.DataObject) -> None:
    """Other text in place of a scalar's span changes that value alone, and in place of a key's span that key alone."""
    text = yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, **style)
    data = load(text)  # PyYAML does not always read what it wrote as it was
    pointer = chosen.draw(st.sampled_from(pointers(data)))
    found = spots(text, *pointer)
    if isinstance(at(data, pointer), str):
        start, end = found.value
        assert load(text[:start] + '"😀 new"' + text[end:]) == replaced(data, pointer, "😀 new")
    if found.key is not None:
        start, end = found.key
        within = Pointer(pointer[:-1])
        renamed = {"😀 key" if key == pointer[-1] else key: each for key, each in at(data, within).items()}
        assert load(text[:start] + '"😀 key"' + text[end:]) == replaced(data, within, renamed)


@given(tree=TREES, style=STYLES)
def test_yaml_collections_begin_where_they_begin(tree: Any, style: dict[str, Any]) -> None:
    """A collection's span lies on one line, is not empty, and begins with its bracket, its dash or its first key."""
    text = yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, **style)
    data = load(text)
    found = locate(Source("file", text, "yaml"), pointers(data))
    for pointer in pointers(data):
        value, shown = at(data, pointer), cut(text, found[pointer].value)
        if isinstance(value, list | dict):
            assert shown
            assert shown == shown.strip(" \r\n")
            assert "\n" not in shown
        if isinstance(value, list):
            assert shown[0] in "[-"
        if isinstance(value, dict):
            key = next((found[pointer / each].key for each in value), None)
            assert shown[0] in "{?" or (key is not None and key[0] == found[pointer].value[0])


@given(data=TREES, indent=st.sampled_from([None, 0, 2]), escaped=st.booleans())
def test_json_spans_hold_what_they_name(data: Any, indent: int | None, escaped: bool) -> None:
    """In JSON a scalar's span reads as its value, a key's as its key, and a collection begins with its bracket."""
    text = json.dumps(data, indent=indent, ensure_ascii=escaped)
    found = locate(Source("file", text, "json"), pointers(data))
    for pointer in pointers(data):
        value, shown = at(data, pointer), cut(text, found[pointer].value)
        if isinstance(value, str):
            assert json.loads(shown) == value
        else:
            assert shown[0] == json.dumps(value)[0]
            assert "\n" not in shown
            assert indent is not None or json.loads(shown) == value
        if (key := found[pointer].key) is not None:
            assert json.loads(cut(text, key)) == pointer[-1]
    assert all((found[each].key is None) == (not each or isinstance(each[-1], int)) for each in found)
