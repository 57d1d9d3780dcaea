"""Writing: plain data, YAML that people edit, JSON that machines exchange, and the digest of a model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from kmmaturity.builtin.models import installed
from kmmaturity.domain.assessment import Assessment, Score
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import Level, MaturityModel
from kmmaturity.errors import CannotWrite
from kmmaturity.files.document import Document
from kmmaturity.files.emitter import WIDTH, beside_dash, beside_key, block, flow
from kmmaturity.files.nodes import Mapping, Node, Sequence, grow
from kmmaturity.files.reading import read_assessment
from kmmaturity.files.shapes import Listing, Record, Table, Text, record
from kmmaturity.files.source import Syntax
from kmmaturity.files.writing import assessment_data, digest, dump, model_data
from kmmaturity.testing.strategies import assessments, ids, models, texts

LAW = settings(max_examples=60, deadline=None)
STARTER = installed("starter@1.0")
EMPTY = Assessment(STARTER, ["A team"], date(2026, 11, 24))
FULL = (
    evolve(EMPTY, notes="Nine of us: scored alone first, then agreed together. " * 3, handling="OFFICIAL")
    .with_score("learning.before", 1)
    .with_evidence("learning.before", "Two of nine projects")
    .with_evidence("learning.before", "Start-up checklist", measure="start-up-check", dated=date(2026, 9, 30))
    .with_target("learning.before", 2)
    .with_target("learning.after", 3, date(2027, 9, 30))
    .with_inapplicable("communities.social", "Run by the staff association, open to all: not ours")
    .without_score("culture.development-talks")
    .with_benefit("learning", "high")
    .with_benefit("culture", "not-now", "The HR review ends in 2028")
    .with_priority("assets")
    .with_priority("learning", 'The team\'s aim is "again"')
    .with_review(date(2027, 2, 24))
    .with_action("Ask #1", towards="learning.before", status="under-way")
)
AS_YAML = """\
kmmaturity: 1
model: starter@1.0
unit:
  - A team
assessed: 2026-11-24
handling: OFFICIAL
notes: "Nine of us: scored alone first, then agreed together. Nine of us: scored alone first, then agreed together. \
Nine of us: scored alone first, then agreed together. "
scores:
  learning.before:
    score: 1
    evidence:
      - Two of nine projects
      - note: Start-up checklist
        measure: start-up-check
        dated: 2026-09-30
    target: 2
  learning.after:
    target:
      level: 3
      by: 2027-09-30
  communities.social:
    inapplicable: "Run by the staff association, open to all: not ours"
  culture.development-talks:
    score:
benefit:
  learning: high
  culture:
    rate: not-now
    because: The HR review ends in 2028
priorities:
  - assets
  - outcome: learning
    because: The team's aim is "again"
plan:
  reviews:
    - due: 2027-02-24
  actions:
    - action: "Ask #1"
      towards:
        - learning.before
      status: under-way
"""


def laid(head: str, below: list[str]) -> str:
    """A value beside its key, as a file has it."""
    return "\n".join([f"key: {head}" if head else "key:", *below]) + "\n"


def nodes(node: Node) -> Iterator[Node]:
    """Every node of a tree."""
    yield node
    match node:
        case Mapping(pairs=pairs):
            for _, value in pairs.values():
                yield from nodes(value)
        case Sequence(items=items):
            for item in items:
                yield from nodes(item)


# The look of a file


def test_yaml_looks_as_people_write_it() -> None:
    """YAML is in block style with short forms, and what is at its default is left out."""
    assert dump(FULL, "yaml").decode() == AS_YAML


def test_json_is_the_long_form() -> None:
    """JSON has the same shape in the long form, two spaces deep, and carries the digest of its model."""
    text = dump(FULL, "json").decode()
    data = json.loads(text)
    assert text == json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    assert list(data)[:3] == ["kmmaturity", "model", "digest"]
    assert data["digest"] == digest(STARTER)
    assert data["scores"]["learning.before"]["evidence"][0] == {"note": "Two of nine projects"}
    assert data["scores"]["learning.before"]["target"] == {"level": 2}
    assert data["scores"]["culture.development-talks"] == {}
    assert data["priorities"][0] == {"outcome": "assets"}


def test_model_data_keeps_level_numbers_as_text() -> None:
    """The level numbers that are keys are text in plain data, as JSON has them."""
    data = model_data(STARTER)
    assert next(iter(data)) == "kmmodel"
    assert set(data["outcomes"]["learning"]["subs"]["before"]["levels"]) <= {str(level) for level in STARTER.levels}


def test_what_is_required_is_written_even_when_empty() -> None:
    """A model without outcomes says so, rather than leave out a key that readers need."""
    bare = MaturityModel("bare", "1", "Bare", [Level(0, "")], FrozenMap())
    assert dump(bare, "yaml").decode().endswith('title: Bare\nscale:\n  - level: 0\n    title: ""\noutcomes: {}\n')


@LAW
@given(assessments())
def test_nothing_is_in_brackets(value: Assessment) -> None:
    """What is written holds no `{}` or `[]` with anything in it, where a comma in a text would cut it in two."""
    for node in nodes(grow(dump(value, "yaml").decode(), "yaml")):
        assert not (isinstance(node, Mapping | Sequence) and node.flow and node.spans)


@LAW
@given(models())
def test_plain_data_is_what_json_holds(value: MaturityModel) -> None:
    """Plain data goes through JSON unchanged."""
    data = model_data(value)
    assert json.loads(json.dumps(data)) == data


# Text

VALUE = Table(False, Text())


@LAW
@given(texts())
def test_other_readers_take_text_for_that_text(text: str) -> None:
    """A YAML reader that guesses at types, as most do, takes each text for itself, wherever it stands."""
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        for written in (
            laid(*beside_key(text, Text(), 0, "key")),
            "key:\n" + "".join(f"{line}\n" for line in block([text, text], Listing(Text()), 4)),
            f"{{key: {flow(text, Text())}}}",
            f"key: {flow([text], Listing(Text()))}",
        ):
            assert yaml.load(written, Loader=loader)["key"] in (text, [text], [text, text])  # noqa: S506  # both are safe


@LAW
@given(st.one_of(ids(), texts()))
def test_other_readers_take_keys_for_that_text(name: str) -> None:
    """A key reads back as itself, in block style and in braces, however odd."""
    for written in ("\n".join(block({name: "x"}, VALUE)), flow({name: "x"}, VALUE)):
        assert yaml.safe_load(written) == {name: "x"}


def test_a_key_of_any_length_reads_back() -> None:
    """YAML takes a plain key of a thousand characters at most; a longer one is written so that it is read."""
    data = {"x" * 2000: {"note": "n", "ref": "r"}, "y: " * 1000: {"note": "n", "ref": "r"}}
    evidence = record(Score).fields["evidence"].shape
    assert isinstance(evidence, Listing)
    assert yaml.safe_load("\n".join(block(data, Table(False, evidence.item)))) == data


@pytest.mark.parametrize("text", ["a b", "It's", "20 of 9 teams", "https://x.example/#a", "Über 50 %", "a:b"])
def test_ordinary_text_stands_plain(text: str) -> None:
    """Text that every reader takes for text needs no quotes."""
    assert beside_key(text, Text(), 0, "key") == (text, [])


@pytest.mark.parametrize("text", ["null", "~", "yes", "No", "1.10", "2026-11-24", "12:30", "-5", ".inf", "0x1F", "1e5"])
def test_text_that_looks_like_something_else_is_quoted(text: str) -> None:
    """Text that some reader takes for a number, a date, a truth value or nothing stands in quotes."""
    assert beside_key(text, Text(), 0, "key") == (f'"{text}"', [])


def test_quotes_that_spare_backslashes() -> None:
    """Text with double quotes or backslashes that needs quoting gets single quotes."""
    assert beside_key('"a": b\\c', Text(), 0, "key") == ("'\"a\": b\\c'", [])
    assert beside_key('it\'s: "so"', Text(), 0, "key") == ("'it''s: \"so\"'", [])


def test_long_text_is_folded() -> None:
    """Text past the edge of the page is folded into lines that fit, and a word longer than that is left whole."""
    head, below = beside_key("word: " * 50 + "end", Text(), 4, "notes")
    assert head == ">-"
    assert all(len(line) <= WIDTH and line.startswith(" " * 6) for line in below)
    assert beside_key("x" * 300, Text(), 4, "notes") == ("x" * 300, [])


def test_lines_stay_lines() -> None:
    """Text of several lines keeps them in a literal block; long paragraphs are folded, with a blank line between."""
    assert beside_dash("one\n  two: x\n", Text(), 2) == ("|", ["    one", "      two: x"])
    head, below = beside_dash("long words " * 20 + "end\nshort", Text(), 2)
    assert (head, below[-2:]) == (">-", ["", "    short"])


def test_spaces_that_an_editor_would_strip_are_quoted() -> None:
    """Text whose lines end in spaces stands in quotes, since many editors take such spaces away."""
    head, below = beside_key("one \ntwo", Text(), 0, "key")
    assert (head, below) == (r'"one \ntwo"', [])


def test_half_a_character_is_refused() -> None:
    """Half of a surrogate pair, which JSON can smuggle in, is refused with the text around it."""
    syntaxes: tuple[Syntax, ...] = ("yaml", "json")
    for syntax in syntaxes:
        with pytest.raises(CannotWrite, match=r"agreed \\ud83d' ends in half a character \(U\+D83D\)"):
            dump(evolve(EMPTY, notes="We agreed \ud83d and went"), syntax)


def test_control_characters_survive() -> None:
    """Control characters that came in by JSON are escaped, and come back by YAML."""
    odd = evolve(EMPTY, notes="bell\a, escape \x1b[31m, delete\x7f, feed\r\f")
    found = read_assessment(Document("x.kmm.yaml", dump(odd, "yaml")), lambda _: STARTER)
    assert found.value == odd


# The digest


def test_digest_tells_wordings_apart() -> None:
    """Two models with the same id and version have different digests when a word differs."""
    assert re.fullmatch("sha256:[0-9a-f]{64}", digest(STARTER))
    assert digest(evolve(STARTER, title="Another")) != digest(STARTER)


@settings(max_examples=20, deadline=None)
@given(models())
def test_digest_is_of_the_canonical_json(value: MaturityModel) -> None:
    """The digest is that of the model's JSON with sorted keys, so the order in the file does not count."""
    turned = evolve(value, outcomes=FrozenMap(reversed(value.outcomes.items())))
    assert digest(turned) == digest(value)


def test_assessment_data_pins_on_request() -> None:
    """Plain data names the model; the digest is there when it is asked for, right after the model."""
    assert list(assessment_data(EMPTY)) == ["kmmaturity", "model", "unit", "assessed"]
    assert list(assessment_data(EMPTY, pinned=True)) == ["kmmaturity", "model", "digest", "unit", "assessed"]


def test_flow_quotes_all_but_plain_words() -> None:
    """In braces, text stands in quotes unless it is plain words; ids, numbers and dates never need them."""
    target, benefit = _part("target"), record(Score).fields["evidence"].shape
    assert isinstance(benefit, Listing)
    assert flow({"level": 2, "by": "2027-09-30"}, target) == "{level: 2, by: 2027-09-30}"
    assert (
        flow([{"note": "plain words"}, {"note": "a, b", "ref": "c"}], benefit)
        == '[plain words, {note: "a, b", ref: c}]'
    )


def _part(name: str) -> Any:
    shape = record(Score).fields[name].shape
    assert isinstance(shape, Record)
    return shape
