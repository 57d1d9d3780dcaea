"""YAML text to plain data."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.findings import Finding, Pointer, Severity
from kmmaturity.domain.rules.file import RULES
from kmmaturity.domain.rules.rule import Rule
from kmmaturity.domain.rules.structure import DUPLICATE_KEY
from kmmaturity.files.places import locate
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Record
from kmmaturity.files.source import Source
from kmmaturity.files.yaml_events import comma_in_flow, parse

ANYTHING = Record(object, {})


def read(text: str, record: Record = ASSESSMENT) -> tuple[Any, tuple[Finding, ...]]:
    """What `text` is read as, and what is found in it."""
    return parse(Source("file", text, "yaml"), record)


def good(text: str, record: Record = ASSESSMENT) -> Any:
    """What `text` is read as; nothing may be found in it."""
    data, findings = read(text, record)
    assert findings == ()
    return data


def told(text: str) -> list[tuple[str, int, int]]:
    """Each finding's code and place."""
    return [(each.code, each.place.line, each.place.column) for each in read(text)[1] if each.place]


DOCUMENT = """\
%YAML 1.1
---
kmmaturity: 1
model: starter@1.0
unit: [UK Example Agency, 'Coast, and rivers']
assessed: 2026-11-24
notes: >-
  Agreed together,
  all of it. # not a comment
scores:
  learning.before:
    score: 2   # a comment
    evidence:
      - A plain note
        that goes on
      - {note: "Say \\"hi\\" 😀", dated: 2026-09-30}
      - 42
    target: 3
  learning.after: {score: ~, target: {level: -1, by: null}}
  learning.during:
    score:
    inapplicable: "null"
benefit: {learning: high}
plan: {actions: [{action: First, towards: [learning.before]}]}
novel: {count: 3, list: [1, ~]}
"""


def test_plain_data() -> None:
    """Whole numbers and blanks are told by their place and by being plain; all else is text, dates included."""
    assert good(DOCUMENT) == {
        "kmmaturity": 1,
        "model": "starter@1.0",
        "unit": ["UK Example Agency", "Coast, and rivers"],
        "assessed": "2026-11-24",
        "notes": "Agreed together, all of it. # not a comment",
        "scores": {
            "learning.before": {
                "score": 2,
                "evidence": ["A plain note that goes on", {"note": 'Say "hi" 😀', "dated": "2026-09-30"}, "42"],
                "target": 3,
            },
            "learning.after": {"score": None, "target": {"level": -1, "by": None}},
            "learning.during": {"score": None, "inapplicable": "null"},
        },
        "benefit": {"learning": "high"},
        "plan": {"actions": [{"action": "First", "towards": ["learning.before"]}]},
        "novel": {"count": "3", "list": ["1", None]},
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2", 2),
        ("-1", -1),
        ("0", 0),
        ("'2'", "2"),
        ('"2"', "2"),
        (">-\n  2", "2"),
        ("02", "02"),
        ("2.0", "2.0"),
        ("+2", "+2"),
        ("0x2", "0x2"),
        ("1_0", "1_0"),
        ("two", "two"),
        ("true", "true"),
        ("'~'", "~"),
        ("''", ""),
        ("Null", "Null"),
        ("9" * 999, int("9" * 999)),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_whole_numbers(written: str, value: object) -> None:
    """A plain `0`, `12` or `-3` is a whole number where one belongs, and everything else is left for the diagnosis."""
    assert good(f"scores: {{a: {{score: {written}}}}}" if "\n" not in written else f"kmmaturity: {written}") in (
        {"scores": {"a": {"score": value}}},
        {"kmmaturity": value},
    )


def test_level_numbers_as_keys() -> None:
    """Keys that are level numbers are whole numbers, in quotes too, and other keys there stay texts."""
    subs = "outcomes: {a: {subs: {b: {levels: {0: None yet, '1': Some, one: Odd, 01: Odd}, title: {1: x}}}}}"
    levels = {0: "None yet", 1: "Some", "one": "Odd", "01": "Odd"}
    assert good(subs, MODEL) == {"outcomes": {"a": {"subs": {"b": {"levels": levels, "title": {"1": "x"}}}}}}


@pytest.mark.parametrize(
    "rule", [each for each in (*RULES, DUPLICATE_KEY) if b": 2" not in each.bad or each.family != "file"]
)
def test_the_examples_of_the_rules(rule: Rule) -> None:
    """Every rule about YAML text finds its bad example, alone, and nothing in its good one."""
    if rule.code == "KMM002":
        pytest.skip("not text: what is not UTF-8 is found before")
    assert [each.code for each in read(rule.bad.decode())[1]] == [rule.code]
    assert good(rule.good.decode()) is not None


# What is refused, and where.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("KMM001", 1, 1)]),
        ("# Only this\n", [("KMM001", 1, 1)]),
        ("---\n~\n", [("KMM001", 1, 1)]),
        ("a: &b c\nd: {e: &f [g]}\n", [("KMM004", 1, 4), ("KMM004", 2, 8)]),
        ("a: &b c\nd: *b\ne: !f g\n", [("KMM004", 1, 4), ("KMM004", 2, 4)]),
        ("a: !b c\n!d e: !!str f\n", [("KMM005", 1, 4), ("KMM005", 2, 1), ("KMM005", 2, 7)]),
        ("a: !b &c d\n", [("KMM004", 1, 7), ("KMM005", 1, 4)]),
        ("a: &c !b d\n", [("KMM004", 1, 4), ("KMM005", 1, 7)]),
        ("%TAG ! b\n---\na: c\n", [("KMM005", 1, 1)]),
        ("a: b\n---\nc: d\n---\ne: *f\n", [("KMM008", 2, 1)]),
        ("a: 1\nb: 2\na: 3\nb: [x\n", [("KMM103", 3, 1), ("KMM103", 4, 1), ("KMM003", 4, 4)]),
        ("a: b\n~: c\n'': d\n? e\n", [("KMM102", 2, 1)]),
        ("{a: b}: c\n? - d\n: e\n", [("KMM102", 1, 1), ("KMM102", 2, 3)]),
        ("unit: {{ name }}\n", [("KMM102", 1, 8)]),
        ("\ufeffa: b\n", [("KMM003", 1, 1)]),
    ],
)
def test_refused_at_the_event(text: str, found: list[tuple[str, int, int]]) -> None:
    """Anchors, tags, second documents, repeated and strange keys are all found at once, up to where reading stops."""
    assert sorted(told(text)) == sorted(found)


def test_what_a_refusal_leaves() -> None:
    """The data goes on past what can be passed over, keeps the first of two same keys, and is None past what cannot."""
    assert read("a: !b c\nd: &e f\na: g\n~: h\n{i: j}: k\nl: [m]\n")[0] == {"a": "c", "d": "f", "l": ["m"]}
    assert read("a: b\n---\nc: d\n")[0] == {"a": "b"}
    assert read("a: b\nc: *d\n")[0] is None
    assert read("a: b\nc: [d\n")[0] is None


def test_a_key_that_stands_twice() -> None:
    """A repeated key is told with its pointer, its own place, and the place of the first."""
    text = "scores:\n  learning.before: {score: 1}\n  x: {}\n  'learning.before': {score: 2, score: 3}\n"
    data, (outer, inner) = read(text)
    assert data == {"scores": {"learning.before": {"score": 1}, "x": {}}}
    assert outer.pointer == Pointer(("scores", "learning.before"))
    assert str(outer.place) == "file:4:3"
    assert [str(each.place) for each in outer.related] == ["file:2:3"]
    assert "`learning.before`" in outer.message
    assert (str(inner.place), inner.related) == ("file:4:33", ())  # its first is in a value that the data leaves out


def test_level_numbers_that_are_the_same() -> None:
    """Two ways of writing one level number are one key."""
    text = "outcomes: {a: {subs: {b: {levels: {1: x, '1': y, 0: z, -0: w}}}}}"
    data, findings = read(text, MODEL)
    assert data["outcomes"]["a"]["subs"]["b"]["levels"] == {1: "x", 0: "z"}
    assert [each.code for each in findings] == ["KMM103", "KMM103"]


def warns_where(text: str, code: str, shown: str, pointer: str) -> None:
    """The data is kept, and one warning of `code` stands at `shown`, which it tells."""
    data, (finding,) = read(text)
    assert data is not None
    assert (finding.code, finding.severity, str(finding.pointer)) == (code, Severity.WARNING, pointer)
    assert finding.place is not None
    line = text.split("\n")[finding.place.line - 1]
    assert line[finding.place.column - 1 : finding.place.end_column - 1] == shown
    assert shown in finding.message


@pytest.mark.parametrize(
    ("text", "shown", "pointer"),
    [
        ("scores: {a: {evidence: [Two, of nine, asked]}}\n", "of nine", "/scores/a/evidence/1"),
        ("unit: [Department for A, B, and C]\n", "and C", "/unit/2"),
        ("scores:\n  a:\n    evidence: [Asked ten,\n      with 😀 in two]\n", "with 😀 in two", "/scores/a/evidence/1"),
    ],
)
def test_text_cut_by_a_comma(text: str, shown: str, pointer: str) -> None:
    """A list item in brackets that goes on with a sentence is a warning at that item, and the data is kept."""
    warns_where(text, "KMM010", shown, pointer)


@pytest.mark.parametrize(
    "text",
    [
        "scores: {a: {evidence: [Weekly debrief, Team wiki]}}\n",
        "scores: {a: {evidence: [Weekly debrief, team wiki, intranet]}}\n",
        "scores: {a: {evidence: [Asked all six, Of nine, 'of nine, two']}}\n",
        "scores:\n  a:\n    evidence:\n    - Asked all six,\n    - of nine projects\n",
        "plan: {actions: [{action: Ask, towards: [to.in, of, on]}]}\n",
        "scores: {a: {evidence: [of nine projects]}}\n",
        "notes: One, of many\n",
    ],
)
def test_several_items_are_no_cut_text(text: str) -> None:
    """Items that stand for themselves, in quotes, or on lines of their own, are taken without a word."""
    assert read(text)[1] == ()


@pytest.mark.parametrize(
    ("text", "shown", "pointer"),
    [
        ("notes: Agreed in meeting #4 of the board  \n", "#4 of the board", "/notes"),
        ("unit:\n  - Team #1\n", "#1", "/unit/0"),
        ("scores: {a: {evidence: [\n  Case #7\n]}}\n", "#7", "/scores/a/evidence/0"),
        ("scores:\n  a:\n    evidence:\n    - note: 😀 goes\n        on\t#7\n", "#7", "/scores/a/evidence/0/note"),
        ("notes: #4 was agreed\n", "#4 was agreed", "/notes"),
    ],
)
def test_text_cut_by_a_hash(text: str, shown: str, pointer: str) -> None:
    """A text cut short by ` #` is a warning at the hash, with what was lost, and the data is kept."""
    warns_where(text, "KMM009", shown, pointer)


@pytest.mark.parametrize(
    "text",
    [
        "notes: Agreed # a comment",
        "notes: Agreed #\n",
        "notes: Agreed #### heading",
        "notes: 'Agreed' #4",
        "notes: meeting#4",
        "assessed: 2026-11-24 #draft",
        "scores: {a: {score: 2}} #draft",
        "#draft\nnotes: Agreed",
        "other: Agreed #4",
        "notes: |\n  Agreed #4\n",
    ],
)
def test_comments_that_cut_nothing(text: str) -> None:
    """A comment with a space after its hash, or after something else than a plain text, is no finding."""
    good(text)


# Syntax, in plain words.


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("scores:\n\tlearning: 1\n", 2, 1, "a tab stands in the indent .* Use spaces"),
        ("scores:\n  a:\n  \tscore: 1\n", 3, 3, "a tab stands in the indent .* Use spaces"),
        ("scores:\n  a: 1\n\tb: 2\n", 3, 1, "a tab stands in the indent .* Use spaces"),
        ("-\ta: b\n", 1, 2, "a tab stands here.* Use spaces"),
        ("notes: Decided: yes  # so\n", 1, 8, 'a colon and a space .* in quotes: notes: "Decided: yes"$'),
        ('- note: Say "hi": now\n', 1, 9, "a colon and a space .* in quotes: note: 'Say \"hi\": now'$"),
        (f"notes: {'very ' * 20}long: text\n", 1, 8, "a colon and a space .* Put the text in quotes.$"),
        ("notes: 'Decided': yes\n", 1, 8, "a colon and a space .* Put the text in quotes.$"),
        ("notes: one\n  two: three\n", 2, 3, "`two` is indented further .* the same indent"),
        ("evidence:\n  - One\n    effect: Two\n", 3, 5, "`effect` cannot follow .* `- note: One`"),
        ("score:1\n# a comment\ntarget: 2\n", 1, 6, "a space is missing after this colon"),
        ("score: 1\ntarget:2\nnotes: x\n", 2, 7, "a space is missing after this colon"),
        ("A title\nscore: 1\n", 1, 1, '"A title" stands on a line without a colon'),
        ("score: 1\nA title\ntarget: 2\n", 2, 1, '"A title" stands on a line without a colon'),
        (": one\n", 1, 1, "a colon stands here without a key"),
        ("- : : one\n", 1, 3, "a colon stands here without a key"),
        ("notes: 'One\nunit: x\n", 1, 8, "the quote ' that is opened here .* Add the closing '"),
        ('notes: "One\n---\nunit: x\n', 1, 8, 'the quote " that is opened here .* Add the closing "'),
        ("notes: 'It's done'\n", 1, 12, """more text stands after the closing quote ' .* Write "It's done"$"""),
        (
            'notes: "Best" practice\n',
            1,
            15,
            """more text stands after the closing quote " .* Write '"Best" practice'$""",
        ),
        ('notes: "C:\\dir"\n', 1, 11, r"`\\d` means something else.* single quotes"),
        ('notes: "C:\\users"\n', 1, 11, r"`\\u` means something else.* single quotes"),
        ("notes: @home\n", 1, 8, 'cannot begin with @ .* in quotes: "@home"$'),
        ("notes: `x`, y\n", 1, 8, "cannot begin with ` .* Put the whole text in quotes.$"),
        ("notes: %\n", 1, 8, "cannot begin with %"),
        ("%x: y\n", 1, 1, "cannot begin with %"),
        ("notes: *very* useful\n", 1, 8, r'cannot begin with \* .* in quotes: "\*very\* useful"$'),
        ("notes: & more\n", 1, 8, "cannot begin with &"),
        ("notes: !<x\n", 1, 8, "cannot begin with !"),
        ("notes: !a!b c\n", 1, 8, "cannot begin with !"),
        ("notes: ? what\n", 1, 8, r"cannot begin with \?"),
        ("notes: , what\n", 1, 8, "cannot begin with , .* in quotes.$"),
        ("notes: - one\n", 1, 8, "a dash stands on the line of its key"),
        ("notes: > one\n  two\n", 1, 8, "> says that a text begins on the next line"),
        ("a: {b: One: two}\n", 1, 11, "a colon and a space .* between { and } .* in quotes"),
        ("a: [b: c: d]\n", 1, 9, r"a colon and a space .* between \[ and \]"),
        ("a: {b: 1\n", 1, 4, "the { that is opened here is never closed"),
        ("a: [b, c\nd: e\n", 1, 4, r"the \[ that is opened here is not closed before line 2"),
        ("a: {b: 1,\n c: 2\n d: 3}\n", 1, 4, "the { that is opened here is not closed before line 3, or a comma"),
        ("a: [b #4]\nc: d\n", 1, 7, r"takes what follows ` #` for a comment, so the \["),
        ("a: [b}\n", 1, 6, r"this } cannot close the \[ of line 1"),
        ("a: ['b' c]\n", 1, 9, r"a comma or \] is missing before this"),
        ("a: [b,, c]\n", 1, 7, "an entry is missing before this comma"),
        ("a: {b: c}}\n", 1, 10, "this } closes nothing"),
        ("a: ]\n", 1, 4, "this ] closes nothing"),
        ("a:\n  b: c\n d: e\n", 3, 2, "indented by 1, which fits none .* line 1, for one, is indented by 0"),
        ("a: b\n- c\n", 2, 1, "a list item stands here among the keys that begin on line 1"),
        ("- a\nb: c\n", 2, 1, "a key stands here among the list items that begin on line 1"),
        ("  a: b\nc: d\n", 2, 1, "the document ended above"),
        ("a: b\n...\nc\n", 3, 1, "the document ended above"),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n", 2, 1, "a merge conflict"),
        ("é😀: b\nc: d\x01\n", 2, 5, r"the character U\+0001 .* Delete it"),
        ("a: \x00\n", 1, 4, r"the character U\+0000"),
        ("a: \ufffe\n", 1, 4, r"the character U\+FFFE"),
        ("a: \ud800\n", 1, 4, r"the character U\+D800"),
    ],
)
def test_syntax_in_plain_words(text: str, line: int, column: int, says: str) -> None:
    """A syntax error is told once, where the mistake is, with its usual cause and what to do."""
    for ends in ("\n", "\r\n"):
        data, (finding,) = read(text.replace("\n", ends))
        assert data is None
        assert (finding.code, finding.place and (finding.place.line, finding.place.column)) == (
            "KMM003",
            (line, column),
        )
        assert re.search(says, f"{finding.message} | {finding.help}")


def test_places_count_as_editors_do() -> None:
    """Lines end at LF, CRLF and CR only, and columns count code points, whatever libyaml takes for a line's end."""
    assert told("a: 'b\u2028c\x85d'\r\n😀: !x 1\r'😀': 2\n") == [("KMM005", 2, 4), ("KMM103", 3, 1)]


def test_no_parser_words_in_common_messages() -> None:
    """What has no words of ours yet is told in the parser's, with the place."""
    (finding,) = read("%YAML 9.9\n---\na: b\n")[1]
    assert finding.message.startswith("the YAML cannot be read on from here: ")
    assert finding.place is not None


def test_without_the_c_parser() -> None:
    """Where PyYAML was built without libyaml, its own parser reads the same and finds the same at the same places."""
    texts = [
        DOCUMENT.replace("%YAML 1.1\n", ""),
        "a: !b c\n'a': &d e\n~: f\n{g: h}: *d\n",
        "a: b\n---\nc: d\n",
        "notes: Agreed #4\n",
        "notes: Decided: yes\n",
        "scores:\n\ta: 1\n",
        "a: {b: One: two}\n",
        "notes: 'It's done'\n",
        'notes: "C:\\users"\n',
        "notes: *very* useful\n",
        "a: b\n  \x01",
        "a:\n  b: c\n d: e\n",
        "[" * 21,
    ]
    code = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from kmmaturity.files.yaml_events import parse\n"
        "from kmmaturity.files.shapes import ASSESSMENT\n"
        "from kmmaturity.files.source import Source\n"
        "import yaml; assert not yaml.__with_libyaml__\n"
        f"print([parse(Source('file', text, 'yaml'), ASSESSMENT) for text in {texts!r}])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == str([read(each) for each in texts])


# Hostile text.


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 60_000, "KMM007"),
        ("kmmaturity: " + "[" * 60_000, "KMM007"),
        ("{" * 60_000, "KMM007"),
        ("[{" * 30_000, "KMM007"),
        ("- " * 60_000, "KMM007"),
        ("? " * 60_000, "KMM007"),
        ("\n".join(" " * depth + "a:" for depth in range(1000)), "KMM007"),
        (
            "a: &a [x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
            "KMM004",
        ),
        ("a: &a [*a]\n", "KMM004"),
        ("<<: *x\n", "KMM004"),
        ("a: !!python/object/apply:os.system [echo]\n", "KMM005"),
        ("a:\n" * 100_000, "KMM103"),
        ("- &a b\n" * 100_000, "KMM004"),
        ("a: '" + "x " * 400_000, "KMM003"),
        ("a: " + " " * 900_000 + "b: c", "KMM003"),
        ("a: " + "b:" * 400_000 + " c", "KMM003"),
        ("- a\n" * 100_000 + "b: c", "KMM003"),
        ("notes: " + "a #b\n  " * 100_000, "KMM003"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_hostile_text(text: str, code: str) -> None:
    """Bombs, towers of brackets and endless repetitions are refused with at most a hundred errors."""
    _, findings = read(text)
    assert 1 <= len(findings) <= 101
    assert code in {each.code for each in findings}


def test_many_warnings() -> None:
    """A warning that comes thousands of times is told a hundred times, and the data is still read."""
    data, findings = read("unit:\n" + "- a #b\n" * 1000)
    assert data == {"unit": ["a"] * 1000}
    assert len(findings) == 100


def test_twenty_deep() -> None:
    """Twenty collections inside each other are read, and the next one is where reading stops."""
    assert good("[" * 20 + "]" * 20, ANYTHING) is not None
    assert told("- " * 20 + "a: b") == [("KMM007", 1, 41)]


BITS = st.sampled_from(
    [
        *"\n\t :-?#,[]{}&*!|>'\"%@`~0",
        "\n  ",
        "\r\n",
        ": ",
        " #x",
        "- ",
        "---\n",
        "\u2028",
        "\x85",
        "😀",
        "\ufeff",
        "\x07",
        "null",
    ]
)
EDITS = st.lists(st.tuples(st.integers(0, len(DOCUMENT)), st.integers(0, 9), st.lists(BITS, max_size=3)), max_size=4)


def edited(edits: list[tuple[int, int, list[str]]], text: str = DOCUMENT) -> str:
    """The text after each edit has put bits in place of some characters."""
    for start, length, bits in edits:
        text = text[:start] + "".join(bits) + text[start + length :]
    return text


@given(EDITS)
def test_any_text_is_read_or_explained(edits: list[tuple[int, int, list[str]]]) -> None:
    """Whatever is done to a file, it is read as PyYAML reads its texts, or an error says why not, placed inside it."""
    text = edited(edits)
    source = Source("file", text, "yaml")
    data, findings = parse(source, ASSESSMENT)
    errors = [each for each in findings if each.severity is Severity.ERROR]
    assert data is not None or errors
    for each in findings:
        assert each.place is not None
        source.line(each.place.line)
        assert (1, 1) <= (each.place.line, each.place.column) <= source.position(len(text))
        assert each.message
        assert each.help
    if not errors:
        assert same(data, yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506  # reads nothing but texts


def same(data: Any, texts: Any) -> bool:
    """Whether `data` is what its texts say."""
    if isinstance(data, dict):
        return (
            isinstance(texts, dict) and list(data) == list(texts) and all(same(data[key], texts[key]) for key in data)
        )
    if isinstance(data, list):
        return len(data) == len(texts) and all(map(same, data, texts))
    return bool(texts in ("", "~", "null")) if data is None else str(data) == str(int(texts) if data == 0 else texts)


@given(st.text(max_size=60))
def test_any_characters(text: str) -> None:
    """No text at all makes the reader fall over."""
    data, findings = read(text)
    assert data is not None or findings


TREES = st.recursive(
    st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc é:#'", min_size=1, max_size=5), inner),
    max_leaves=10,
)


@given(data=TREES, flow=st.sampled_from([True, False, None]), unicode=st.booleans())
def test_what_is_dumped_is_read(data: Any, flow: bool | None, unicode: bool) -> None:
    """What PyYAML writes of plain data is read as that data, in block and in flow style."""
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, default_flow_style=flow, allow_unicode=unicode)
    expected = yaml.load(text, Loader=yaml.CSafeLoader)
    assert read(text, ANYTHING)[0] == expected


@given(
    data=st.dictionaries(st.text("ab é:#'", min_size=1, max_size=5), TREES, min_size=1),
    flow=st.booleans(),
    more=st.sampled_from(["", "z: [", "z: *a"]),
)
def test_the_first_of_two_same_keys_is_shown(data: Any, flow: bool, more: str) -> None:
    """For every key of a mapping that is written twice, the finding and what it relates to are the key's two places."""
    once = yaml.dump(data, Dumper=yaml.CSafeDumper, default_flow_style=flow, width=10_000, allow_unicode=True)
    inner = once.strip("\n")[1:-1]
    text = f"{{{inner}, {inner}}}" if flow else once + once + more
    source = Source("file", text, "yaml")
    twice = [each for each in parse(source, ANYTHING)[1] if each.code == "KMM103"]
    assert sorted(each.pointer[-1] for each in twice) == sorted(data)
    for finding in twice:
        first = finding.related[0].place
        assert finding.place is not None
        assert first is not None
        shown = [source.line(each.line)[each.column - 1 : each.end_column - 1] for each in (first, finding.place)]
        assert shown[0] == shown[1]
        assert yaml.safe_load(shown[0]) == finding.pointer[-1]
        assert (first.line, first.column) < (finding.place.line, finding.place.column)


@pytest.mark.parametrize(
    ("text", "key", "whether"),
    [
        ("- {due: 2027-01-01, note: First, then second}", "then second", True),
        ("- {note: First,\n   then second  ,  third}", "then second", True),
        ("- {note: First, then: second}", "then", False),
        ("- {note: First, then: , third}", "then", False),
        ("- {first, note: x}", "first", False),
        ("note: x\nthen:\n", "then", False),
    ],
)
def test_comma_in_flow(text: str, key: str, whether: bool) -> None:
    """The tail of a text that a comma cut is told from a key: it stands in braces, after a comma, without a value."""
    start = text.index(key)
    assert comma_in_flow(Source("file", text, "yaml"), (start, start + len(key))) is whether


def test_comma_in_flow_with_a_located_key() -> None:
    """The span that `locate` gives for an unknown key is the one that `comma_in_flow` takes."""
    source = Source("file", "plan: {reviews: [{due: 2027-01-01, note: First, then second}]}", "yaml")
    pointer = Pointer(("plan", "reviews", 0, "then second"))
    spots = locate(source, [pointer])[pointer]
    assert spots.key is not None
    assert comma_in_flow(source, spots.key)


@pytest.mark.parametrize("name", ["example-1.kmm.yaml", "example-2.kmm.yaml", "starter-1.0.kmmodel.yaml"])
def test_the_shipped_files(name: str) -> None:
    """The example assessments and the starter model hold nothing that the reader remarks upon."""
    text = (Path(__file__).parents[2] / "model/kmmaturity_model" / name).read_text(encoding="utf-8")
    assert set(good(text, MODEL if "kmmodel" in name else ASSESSMENT)) <= set(
        (MODEL if "kmmodel" in name else ASSESSMENT).fields
    )


def test_findings_are_values() -> None:
    """A finding of the reader is like any other: it has a name, and can be evolved."""
    (finding,) = read("a: [\n")[1]
    assert attrs.evolve(finding, help="Other").name == "syntax"
