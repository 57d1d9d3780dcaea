"""JSON text to plain data."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.files.json_text import parse
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Record
from kmmaturity.files.source import Source

ANYTHING = Record(object, {})


def read(text: str, record: Record = ASSESSMENT) -> tuple[Any, tuple[Finding, ...]]:
    """What `text` is read as, and what is found in it."""
    return parse(Source("file", text, "json"), record)


def test_plain_data() -> None:
    """Well-formed JSON is read as it stands, with nothing taken for anything else."""
    text = '{"a": ["x", 1, -2.5, 1E2, true, null, {}], "\\u00e9\\ud83d\\ude00": "\\n\\/", "scores": {"1": "2"}}'
    assert read(text) == (
        {"a": ["x", 1, -2.5, 100.0, True, None, {}], "é😀": "\n/", "scores": {"1": "2"}},
        (),
    )


def test_level_numbers_as_keys() -> None:
    """Keys that are level numbers become whole numbers, and other keys there, and elsewhere, stay texts."""
    sub = {"levels": {"0": "None yet", "1": "Some", "01": "Odd"}, "title": {"1": "x"}, "measures": {"1": [{"1": "y"}]}}
    text = json.dumps({"outcomes": {"1": {"subs": {"2": sub, "3": [sub]}}}, "principles": [{"5": "z"}]})
    levels = {0: "None yet", 1: "Some", "01": "Odd"}
    numbered = {"levels": levels, "title": {"1": "x"}, "measures": {1: [{"1": "y"}]}}
    expected = {"outcomes": {"1": {"subs": {"2": numbered, "3": [sub]}}}, "principles": [{"5": "z"}]}
    assert read(text, MODEL) == (expected, ())


def test_level_numbers_that_are_the_same() -> None:
    """No answer is dropped where two ways of writing one level number meet: the second stays a text."""
    assert read('{"principles": {"0": "x", "-0": "y"}}', MODEL)[0] == {"principles": {0: "x", "-0": "y"}}


def test_keys_that_stand_twice() -> None:
    """Every repeated key is told with its pointer and both places, and the data keeps the first."""
    text = '{\n  "a": 1, "b": [{"c": 1, "\\u0063": 2}],\n  "a": {"d": 3, "d": 4}, "a": 5\n}'
    data, findings = read(text)
    assert data == {"a": 1, "b": [{"c": 1}]}
    assert [(each.code, str(each.pointer), str(each.place), str(each.related[0].place)) for each in findings] == [
        ("KMM103", "/b/0/c", "file:2:26", "file:2:18"),
        ("KMM103", "/a", "file:3:3", "file:2:3"),
        ("KMM103", "/a/d", "file:3:17", "file:3:9"),
        ("KMM103", "/a", "file:3:26", "file:2:3"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": NaN, "b": [1, -Infinity]}', [("/a", "NaN is no number"), ("/b/1", "-Infinity is no number")]),
        ('[Infinity, "NaN", 1e999, 2]', [("/0", "Infinity is no"), ("/2", "too large")]),
        ("[" + "9" * 5000 + ", -" + "9" * 4300 + "]", [("/0", "too large"), ("/1", "too large")]),
        ("[" + "9" * 400 + ".5]", [("/0", "too large")]),
        ('{"\\ud83d": "a\\ude00b"}', [("/\\ud83d", "`.ud83d` is half"), ("/\\ud83d", "`.ude00` is half")]),
        ('["\\ud83d\\ud83d\\ude00", "\\\\ud83d", "\\uD83D\\uDE00", "\\ud83dx"]', [("/0", "half"), ("/3", "half")]),
    ],
)
def test_what_the_parser_lets_pass(text: str, found: list[tuple[str, str]]) -> None:
    """Numbers that JSON has not or nothing can hold, and halves of characters, are refused, each in its place."""
    data, findings = read(text)
    assert data is None
    assert len(findings) == len(found)
    for each, (pointer, says) in zip(findings, found, strict=True):
        assert (each.code, str(each.pointer)) == ("KMM003", pointer)
        assert re.search(says, each.message)
        assert each.place is not None


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("", 1, 1, "the file ends before it is complete"),
        ("\n \n", 1, 1, "the file ends before it is complete"),
        ('{"a": [1,\n2', 2, 1, r"the file ends here, and the \[ of line 1 is not closed"),
        ('{"a":\n', 1, 5, "the file ends here, and the { of line 1"),
        ('{"a": "x\\', 1, 7, 'the quote " that is opened here is never closed'),
        ('{"a": "x\ny"}', 1, 9, "the line ends before the text on it is closed"),
        ('{"a": "x\ty"}', 1, 9, r"U\+0009 stands inside a text .* Write \\t"),
        ('{"a": "😀\x01"}', 1, 9, r"U\+0001 stands inside a text .* Delete it"),
        ('{"a": "C:\\dir"}', 1, 10, r"`\\d` means nothing .* backslash twice"),
        ('{"a": "C:\\users"}', 1, 10, r"`\\u` means nothing .* backslash twice"),
        ('{"a": 1,\n}', 1, 8, "a comma stands here without an entry after it"),
        ('{"a": [1,]}', 1, 9, "a comma stands here without an entry after it"),
        ("[1,, 2]", 1, 3, "a comma stands here without an entry after it"),
        ("[, 2]", 1, 2, "a comma stands here without an entry before it"),
        ('{"a": 1 // one\n}', 1, 9, "JSON has no comments"),
        ('{"a": 1,\n# two\n"b": 2}', 2, 1, "JSON has no comments"),
        ("{'a': 1}", 1, 2, "cannot begin with ' .* Write \" on both sides"),
        ('{"a": \u201cx\u201d}', 1, 7, "cannot begin with \u201c"),
        ("{a: 1}", 1, 2, '`a` stands without quotes .* Write "a"'),
        ('{"a": yes}', 1, 7, '`yes` stands without quotes .* Write "yes"'),
        ('{"a": True}', 1, 7, "`True` stands without quotes .* Write true"),
        ('{"a": None}', 1, 7, "`None` stands without quotes .* Write null"),
        ('{"a": 2026-09-30}', 1, 7, '2026-09-30 is no number .* Write "2026-09-30"'),
        ('{"a": 01}', 1, 7, "01 is no number that JSON has"),
        ("[+1]", 1, 2, r"\+1 is no number that JSON has"),
        ("[1, .5]", 1, 5, r"\.5 is no number that JSON has"),
        ("1.", 1, 1, r"1\. is no number that JSON has"),
        ('{"a": 1}}', 1, 9, "the document ended above"),
        ('{"a" 1}', 1, 6, "a colon is missing before this"),
        ('{"a": "b": 1}', 1, 10, "a colon stands here, where the entry should have ended"),
        ('{"a": }', 1, 7, "a value is missing before this }"),
        ('{"a": [1}', 1, 9, "this } closes nothing"),
        ("[1 2]", 1, 4, "a comma is missing before this"),
        ("1 2", 1, 3, "the document ended above"),
        ('{"a": 1 "b": 2}', 1, 9, "a comma is missing before this"),
        ("{1: 2}", 1, 2, "a key is expected here"),
        ('{"a": *}', 1, 7, "this is no value that JSON has"),
        ("\ufeff{}", 1, 1, "this is no value that JSON has"),
    ],
)
def test_syntax_in_plain_words(text: str, line: int, column: int, says: str) -> None:
    """A syntax error is told once, where the mistake is, with its usual cause and what to do."""
    data, (finding,) = read(text)
    assert data is None
    assert (finding.code, finding.place and (finding.place.line, finding.place.column)) == ("KMM003", (line, column))
    assert re.search(says, f"{finding.message} | {finding.help}")


def test_where_a_cut_off_file_was_opened() -> None:
    """A file that was cut off is told at its end, and the bracket that waits for its other half beside it."""
    (finding,) = read('{\n  "scores": {\n    "a": {}, "b"')[1]
    assert [str(finding.place), *(str(each.place) for each in finding.related)] == ["file:3:16", "file:2:13"]


def test_null_alone() -> None:
    """A file that holds null and nothing else holds nothing to read."""
    data, (finding,) = read(" null ")
    assert data is None
    assert finding.code == "KMM001"


@pytest.mark.parametrize(
    ("text", "column"),
    [("[" * 21, 21), ("[" * 60_000, 21), ('{"[": ' * 60_000, 121), ("[" * 20 + '"[[["' + "]" * 20, None)],
    ids=["deep", "tower", "mappings", "quoted"],
)
def test_twenty_deep(text: str, column: int | None) -> None:
    """Twenty collections inside each other are read, the next one is refused in its place, and texts do not count."""
    data, findings = read(text)
    assert (data is None) == (column is not None)
    assert [(each.code, each.place and each.place.column) for each in findings] == (
        [("KMM007", column)] if column else []
    )


@pytest.mark.parametrize("entry", ['"a": 1', '"a": NaN', '"a": "\\ud800"'])
def test_at_most_a_hundred(entry: str) -> None:
    """However often one problem comes, a hundred are told."""
    findings = read("{" + ", ".join([entry] * 5000) + "}")[1]
    assert len(findings) == 100


@pytest.mark.parametrize(
    "text",
    [
        '"' + "\\" * 500_001,
        " " * 900_000 + "x",
        '["' + "a" * 900_000,
        "[1," * 3 + "1" * 4000 + "x",
        "[" + "-" * 100_000,
    ],
    ids=["backslashes", "spaces", "quote", "digits", "signs"],
)
def test_hostile_text(text: str) -> None:
    """Endless repetitions are refused with one error."""
    assert [each.code for each in read(text)[1]] == ["KMM003"]


DOCUMENT = (
    '{"kmmaturity": 1, "unit": ["Ag\\u00e9ncy \\ud83d\\ude00", "\\"Coast\\", and\\\\rivers 😀"],\r\n'
    '\t"scores": {"a.b": {"score": 2, "target": {"level": -3}, "evidence": []}, "c": null},\n'
    ' "odd": [1.50, -0, 2e+3, 1E-7, true, false, {}, [[]]], "a\\/b": "\\b\\f\\n\\r\\t"}'
)
SIGNS = '{}[]:,"\\/ \t\n\r\x0b\x00\x7f09-+.eE_aunNI😀\u2028\xa0\ufeff'
WORDS = ["\\u", "\\ud83d", "\\ude00", "NaN", "null", "tru", "1e999", "-Infinity", "9" * 310, '"a": 1,', '"c":', "//"]
BITS = st.sampled_from([*SIGNS, *WORDS])
EDITS = st.lists(st.tuples(st.integers(0, len(DOCUMENT)), st.integers(0, 6), st.lists(BITS, max_size=3)), max_size=3)


@given(EDITS)
def test_as_strict_as_the_gate(edits: list[tuple[int, int, list[str]]]) -> None:
    """Whatever is done to a file, it is read when the gate's parser reads it, with the same data, and only then."""
    text = DOCUMENT
    for start, length, bits in edits:
        text = text[:start] + "".join(bits) + text[start + length :]
    source = Source("file", text, "json")
    data, findings = parse(source, ANYTHING)
    try:
        taken = msgspec.json.decode(text.encode())
    except (msgspec.DecodeError, UnicodeDecodeError):
        assert data is None
        assert {each.code for each in findings} == {"KMM003"}
    else:
        assert not {"KMM003", "KMM007"} & {each.code for each in findings}
        if not findings:
            assert repr(data) == repr(taken)
    for each in findings:
        assert each.place is not None
        assert (1, 1) <= (each.place.line, each.place.column) <= source.position(len(text))
        assert each.message
        assert each.help


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)


@given(data=JSON, indent=st.sampled_from([None, 2]), escaped=st.booleans())
def test_what_is_dumped_is_read(data: Any, indent: int | None, escaped: bool) -> None:
    """What the standard library writes is read as the data that it was."""
    text = json.dumps(data, indent=indent, ensure_ascii=escaped)
    assert read(text, ANYTHING)[0] == data


def test_pointers_into_lists() -> None:
    """The pointer of what is found in a list counts its items, whatever stands in them."""
    text = '[[], {}, [1, [NaN], {"a": [], "b": -Infinity}], "x,y", Infinity]'
    assert [each.pointer for each in read(text)[1]] == [Pointer((2, 1, 0)), Pointer((2, 2, "b")), Pointer((4,))]
