"""The law: whatever the gate accepts, the slow path accepts, with equal values; and what it refuses is refused for cause."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Severity
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import Level, MaturityModel, Outcome, SubOutcome
from kmmaturity.domain.rules import Context, judge
from kmmaturity.domain.rules.fit import OFF_THE_SCALE, UNKNOWN_OUTCOME
from kmmaturity.files import gate, json_text, yaml_events
from kmmaturity.files.builder import build_assessment, build_model
from kmmaturity.files.diagnosis import problems
from kmmaturity.files.document import Document
from kmmaturity.files.reading import read_assessment
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Choice, Day, Listing, Record, Shape, Table, Text, Whole
from kmmaturity.files.source import Source
from kmmaturity.files.writing import dump, model_data
from kmmaturity.testing.strategies import assessments, models

EXAMPLES, EACH = 25, 100  # 2,500 mutations of assessments a run, and as many of models
# No shrinking: the document that breaks the law is shown, and is short enough.
LAW = settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


OWN = [name for name in ASSESSMENT.fields if name not in ("kmmaturity", "model", "digest")]


class Pairs(list[tuple[str, Any]]):
    """A JSON object as pairs, so that a key can stand twice."""


TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s"\[\]{},:]+')
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, 2, -1, 4, 99, 1.0, 2.5, float("nan"), float("inf"), 2**63, 2**70, "", "2", "2.0", "true", "null",
    "2026-02-30", "2026-02-28", "2026-2-28", "2026-02-28T00:00:00", "20260228", "high", "team", "planned", "done", "a: b",
    [], [None], ["x"], [[]], Pairs(), Pairs([("note", "x")]), Pairs([("level", 1)]), Pairs([("x", 1)]), Pairs([("score", None)]),
    Pairs([("level", 1), ("level", 2)]), Pairs([("1", "x")]), Pairs([("01", "x")]), Pairs([("+1", "x"), (" 1", "y")]),
)  # fmt: skip
NAMES = (
    "score",
    "note",
    "level",
    "kmmaturity",
    "digest",
    "title",
    "x",
    "",
    "1",
    "01",
    "-1",
    "1.0",
    "1e1",
    "a:b",
    "é",
    "target",
)
TOKENS = (
    b"null", b"true", b"1", b"-0", b"0", b"1.0", b"1e2", b"01", b"+1", b"NaN", b"-Infinity", b'""', b'"x"', b'"\\u003a"', b'"\\u003A"',
    b'"\\ud800"', b'"\\ud83d\\ude00"', b'"\\/"', b'"\\x"', b"{}", b"[]", b":", b",", b"{", b"]", b"//", b"'x'", b'"2026-11-24"', b"9" * 400,
)  # fmt: skip
BYTES = (
    b"\xef\xbb\xbf",
    b"\xff",
    b"\x00",
    b"\xc3",
    b"\n",
    b"\t",
    b" ",
    b'"',
    b"\\",
    b":",
    b",",
    b"0",
    b"\x7f",
    b"\xe2\x80\xa8",
    b"\x1f",
)


def written(tree: Any) -> str:
    """A tree as JSON text; pairs may hold a key twice."""
    if isinstance(tree, Pairs):
        return "{" + ", ".join(f"{json.dumps(key)}: {written(each)}" for key, each in tree) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(written, tree)) + "]"
    return json.dumps(tree, ensure_ascii=False)


def nodes(tree: Any) -> list[Any]:
    """Every object and list in a tree."""
    inner = [each for _, each in tree] if isinstance(tree, Pairs) else tree if isinstance(tree, list) else []
    return ([tree] if isinstance(tree, list) else []) + [node for each in inner for node in nodes(each)]


def in_tree(data: bytes, rng: random.Random) -> bytes:
    """One change to the tree: a value of another kind, a key renamed, added, taken away or doubled."""
    tree = json.loads(data, object_pairs_hook=Pairs)
    node = rng.choice([each for each in nodes(tree) if each] or [tree])
    at = rng.randrange(len(node))
    keyed = isinstance(node, Pairs)
    value = rng.choice(ODD)
    match rng.randrange(6):
        case 0:
            node[at] = (node[at][0], value) if keyed else value
        case 1:
            del node[at]
        case 2:
            node.append((rng.choice(NAMES), value) if keyed else value)
        case 3:
            node.insert(rng.randrange(len(node) + 1), node[at])
        case 4 if keyed:
            node[at] = (rng.choice(NAMES), node[at][1])
        case _:
            rng.shuffle(node)
    return written(tree).encode()


def in_tokens(data: bytes, rng: random.Random) -> bytes:
    """One token dropped, doubled, exchanged for another of the text, or for an odd one."""
    found = list(TOKEN.finditer(data))
    if not found:
        raise ValueError("no token is left")
    token, other = rng.choice(found), rng.choice(found)
    replacement = rng.choice([b"", token[0] * 2, token[0] + b"," + token[0], other[0], rng.choice(TOKENS)])
    return data[: token.start()] + replacement + data[token.end() :]


def in_bytes(data: bytes, rng: random.Random) -> bytes:
    """One byte changed, put in or taken out; or the text cut off."""
    at = rng.randrange(len(data))
    match rng.randrange(5):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + 1 :]
        case 2:
            return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]
        case _:
            return data[:at] + rng.choice(BYTES) + data[at:]


def in_escapes(data: bytes, rng: random.Random) -> bytes:
    """The same text with characters written as escapes, colons among them."""
    wanted = rng.choice([b":", b"e", b"-", b"1"])
    return TOKEN.sub(
        lambda token: (
            token[0].replace(wanted, b"\\u%04x" % wanted[0])
            if token[0][:1] == b'"' and rng.random() < 0.5
            else token[0]
        ),
        data,
    )


def mutated(data: bytes, rng: random.Random) -> bytes:
    """`data` after one to three changes, of the same or several kinds."""
    kinds: list[Callable[[bytes, random.Random], bytes]] = [in_tree, in_tree, in_tokens, in_bytes, in_escapes]
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        try:
            data = rng.choice(kinds)(data, rng)
        except ValueError:  # the last change left no tree or no token
            data = in_bytes(data, rng) if data else b" "
    return data


def slow(document: Document, record: Record) -> tuple[Any, bool]:
    """What the slow path makes of a document: its form, or None, and whether it refuses."""
    if document.trouble() or document.wrong_bytes():
        return None, True
    data, findings = json_text.parse(document.source, record)
    if data is None or any(each.severity is Severity.ERROR for each in findings):
        return None, True
    return thorough(data, record)


def thorough(data: Any, record: Record) -> tuple[Any, bool]:
    """The form that plain data are, or None, and whether they are refused; the gate is not asked."""
    refused = bool(problems(data, record, "json", right=lambda data, shape: False))
    return None if refused else valued(data, record), refused


def valued(data: Any, shape: Shape) -> Any:
    """The value of right plain data, made the plainest way."""
    match shape:
        case Day():
            return date.fromisoformat(data)
        case Choice(kind):
            return kind(data)
        case Listing(item):
            return tuple(valued(each, item) for each in data)
        case Table(_, value):
            return FrozenMap({key: valued(each, value) for key, each in data.items()})
        case Record(kind, fields, short):
            given = data if isinstance(data, dict) else {} if data is None else {str(short): data}
            own = {name: valued(each, fields[name].shape) for name, each in given.items() if each is not None}
            if shape not in (ASSESSMENT, MODEL):
                return kind(**own)
            return SimpleNamespace(**{name: each.default for name, each in fields.items()} | own)  # more than the value
        case _:
            return data


def agrees(data: bytes, record: Record, build: Callable[[Any], Any]) -> bool:
    """Asserts the law, and its converse, for one document; whether the gate let it through."""
    document = Document("x.json", data)
    found = gate.accept_json(document.body, record)
    form, refused = slow(document, record)
    if found is None:
        assert refused, "the gate refuses without a cause"
        return False
    try:
        fast = build(found)
    except ValueError:
        assert refused, "the gate's value is impossible, and the slow path knows nothing of it"
        return True
    assert not refused, "the gate accepts what the slow path refuses"
    for name in record.fields:
        held = getattr(found if name in ("kmmaturity", "kmmodel", "digest", "model") else fast, name)
        assert held == getattr(form, name), name
    return True


def assessment_of(model: MaturityModel) -> Callable[[Any], Assessment]:
    """How to build an assessment, against this model whatever its file names."""
    return lambda found: build_assessment(found, model)


def each_mutation(data: bytes, seed: int, record: Record, build: Callable[[Any], Any]) -> int:
    """Asserts the law for the document and for each of its mutations; how many of them the gate let through."""
    assert agrees(data, record, build)
    rng = random.Random(seed)  # noqa: S311  # no secret
    accepted = 0
    for _ in range(EACH):
        changed = mutated(data, rng)
        try:
            accepted += agrees(changed, record, build)
        except AssertionError as error:
            error.add_note(f"the document: {changed!r}")
            raise
    return accepted


@LAW
@given(value=assessments(), seed=st.integers(0, 2**32))
def test_assessments(value: Assessment, seed: int) -> None:
    """What the gate accepts of spoilt assessments the slow path accepts, equal in every field; the rest has its cause."""
    each_mutation(dump(value, "json"), seed, ASSESSMENT, assessment_of(value.model))


@LAW
@given(value=models(), seed=st.integers(0, 2**32))
def test_models(value: MaturityModel, seed: int) -> None:
    """What the gate accepts of spoilt models the slow path accepts, equal in every field; the rest has its cause."""
    each_mutation(dump(value, "json"), seed, MODEL, build_model)


def test_mutations_go_both_ways() -> None:
    """The mutations are no idle ones: of a real file, some are accepted and more are refused."""
    team = km.example()
    data = dump(team, "json")
    accepted = sum(each_mutation(data, seed, ASSESSMENT, assessment_of(team.model)) for seed in range(10))
    assert 100 < accepted < 500


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"notes": "', '"notes": "\\u003a", "notes": "', 1),
        lambda text: text.replace('"notes": "', '"notes": "x", "notes": "\\u003A', 1),
        lambda text: text.replace('"model"', '"notes": null, "notes": "\\u003a\\u003a", "model"', 1),
        lambda text: text.replace('"notes": "', '"notes": "' + "\\n" * 100 + '\\u003a", "notes": "', 1),
        lambda text: text.replace('"notes": "', '"notes": "\\u003c' + "\\n" * 100 + '\\u003A", "notes": "', 1),
    ],
)
def test_escaped_colon_hides_no_second_key(spoil: Callable[[str], str]) -> None:
    """A key that stands twice is refused even where an escaped colon makes up for the one that was dropped."""
    text = spoil(dump(km.example(), "json").decode())
    assert gate.accept_json(text.encode(), ASSESSMENT) is None
    assert "KMM103" in [each.code for each in km.check(text.encode())]


@pytest.mark.parametrize("many", [1, 100])
@pytest.mark.parametrize("escapes", [r"\n\"\u003c\u00e9\\u00", r"\u003a\\\u003A", r"\n\\u003a:"])
def test_escapes_are_taken_at_once(escapes: str, many: int) -> None:
    """Line ends, quotes, accents and colons that are written as escapes, few or many, are no cause for a second look."""
    text = dump(km.example(), "json").decode().replace('"notes": "', '"notes": "' + escapes * many, 1)
    found = gate.accept_json(text.encode(), ASSESSMENT)
    assert found is not None
    assert found.notes == json.loads(text)["notes"]


def test_blanks_are_taken_at_once() -> None:
    """A field that is left blank, in a table or without one, is no cause for a second look; and it still hides no key."""
    text = dump(km.example(), "json").decode()
    blank = text.replace('"notes": "', '"handling": null, "notes": "', 1).replace(
        '"scores": {', '"scores": {"a.b": null,'
    )
    assert blank.count("null") == 2
    assert gate.accept_json(blank.encode(), ASSESSMENT) is not None
    twice = blank.replace('"handling": null', '"handling": null, "handling": null')
    assert gate.accept_json(twice.encode(), ASSESSMENT) is None


@pytest.mark.parametrize(
    ("record", "build", "least"),
    [
        (ASSESSMENT, assessment_of(km.load_model("starter@1.0")), {"kmmaturity": 1, "model": "starter@1.0"}),
        (MODEL, build_model, {"kmmodel": 1}),
    ],
)
def test_written_defaults_are_taken_at_once(record: Record, build: Callable[[Any], Any], least: dict[str, Any]) -> None:
    """A file that writes down what goes without saying is no duplicate's work: the gate takes it, and it is the same."""
    short, long = (json.dumps(_sample(record, defaults=each) | least).encode() for each in (False, True))
    found, other = gate.accept_json(short, record), gate.accept_json(long, record)
    assert len(long) > len(short) + 50
    assert build(found) == build(other)


def _sample(shape: Shape, *, defaults: bool) -> Any:
    """Plain data of this shape: what is required and all that holds something, with the `defaults` written down or not."""
    match shape:
        case Text():
            return "a"
        case Whole():
            return 1
        case Day():
            return "2026-11-24"
        case Choice(kind):
            return str(next(iter(kind)))
        case Listing(item):
            return [_sample(item, defaults=defaults)]
        case Table(whole, value):
            return {"1" if whole else "a": _sample(value, defaults=defaults)}
        case Record(fields=fields):
            made: dict[str, Any] = {}
            for name, each in fields.items():
                if each.required or isinstance(each.shape, Record | Table):
                    made[name] = _sample(each.shape, defaults=defaults)
                elif defaults and each.default is not None:
                    made[name] = json.loads(msgspec.json.encode(each.default))
            return made


def test_model_of_the_package() -> None:
    """The starter model is taken by the gate, and the value is the one that YAML gives."""
    model = km.load_model("starter@1.0")
    found = gate.accept_json(json.dumps(model_data(model)).encode(), MODEL)
    assert found is not None
    assert build_model(found) == model


@pytest.mark.parametrize("again", ["0", "-0"])
def test_level_that_stands_twice(again: str) -> None:
    """A model in which a level number is the key of two texts is refused, however the second is written."""
    data = json.dumps(model_data(km.load_model("starter@1.0")) | {"principles": {"0": "One", "0?": "Another"}})
    assert gate.accept_json(data.replace("0?", again).encode(), MODEL) is None


@LAW
@given(value=assessments(), seed=st.integers(0, 2**32))
def test_plain_data(value: Assessment, seed: int) -> None:
    """Of plain data that YAML gave, the gate accepts exactly what the slow path accepts, equal in every field."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    data = dump(value, "json")
    for _ in range(EACH):
        text = mutated(data, rng).decode(errors="replace")
        plain, findings = yaml_events.parse(Source("x.yaml", text, "yaml"), ASSESSMENT)
        if plain is None or any(each.severity is Severity.ERROR for each in findings):
            continue
        found = gate.accept_data(plain, ASSESSMENT)
        form, refused = thorough(plain, ASSESSMENT)
        try:
            fast = None if found is None else build_assessment(found, value.model)
        except ValueError:
            fast = None
        assert (fast is None) == refused, text
        if fast is not None:
            assert [getattr(fast, name) for name in OWN] == [getattr(form, name) for name in OWN], text


def misfits(value: Assessment) -> bool:
    """Whether a rule of the family `fit` finds a name or a level in `value` that its model lacks."""
    return any(judge(Context(value), [UNKNOWN_OUTCOME, OFF_THE_SCALE]))


def on_every_scale(value: Assessment) -> bool:
    """Whether each level in `value` is one that all sub-outcomes of its model have, where some stop short of the top."""
    answers = value.scores.values()
    held = [each.score for each in answers] + [each.target.level for each in answers if each.target]
    return all(level in scale for level in held if level is not None for scale in value.model.scales.values())


@LAW
@given(value=assessments(), seed=st.integers(0, 2**32))
def test_names_and_levels(value: Assessment, seed: int) -> None:
    """What the gate takes with a model is equal, and fits by the rules; what it then refuses does not, or not all scales."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    data = dump(value, "json")
    for _ in range(EACH):
        changed = mutated(data, rng)
        whole, known = (gate.accept_json(changed, ASSESSMENT, model) for model in (None, value.model))
        try:
            read = None if whole is None else build_assessment(whole, value.model)
        except ValueError:
            continue
        if known is not None:
            assert gate.fits(known, value.model)
            assert build_assessment(known, value.model) == read, changed
            assert not misfits(build_assessment(known, value.model)), changed
        elif read is not None:
            assert misfits(read) or not on_every_scale(read), changed


@pytest.mark.parametrize(
    ("was", "now", "fit"),
    [
        ("", "", True),
        ('"learning.before"', '"learning.never"', False),
        ('"score": 1', '"score": 4', False),
        ('"level": 2', '"level": 9', False),
        ('"kmmaturity": 1,', '"kmmaturity": 1, "benefit": {"model": "high"},', False),
    ],
)
def test_a_quick_yes(was: str, now: str, *, fit: bool) -> None:
    """A file that fits its model is known to; one that does not, or names something else first, is read all the same."""
    team = km.example()
    text = re.sub(r'"benefit": \{.*?\n  \},', "", dump(team, "json").decode(), flags=re.DOTALL)
    assert was in text
    reading = read_assessment(Document("x.json", text.replace(was, now, 1).encode()), km.load_model)
    assert reading.value is not None
    assert reading.fits is fit


ODD_MODELS: dict[str, dict[str, Any]] = {
    "no sub-outcome": {"outcomes": {}},
    "scales that share no level": {
        "outcomes": {"a": Outcome("A", subs={"b": SubOutcome("B", highest=-1), "c": SubOutcome("C")})}
    },
    "a level beyond 64 bits": {"scale": [Level(0, "None"), Level(2**70, "All")]},
    "half a character in a name": {"outcomes": {"a": Outcome("A", subs={"\ud800": SubOutcome("B")})}},
}


@pytest.mark.parametrize("change", ODD_MODELS.values(), ids=list(ODD_MODELS))
def test_odd_models(change: dict[str, Any]) -> None:
    """Of a model whose names and levels no mirror can hold, nothing is known to fit, and a file is read all the same."""
    odd: MaturityModel = evolve(km.load_model("starter@1.0"), **change)
    data = json.dumps({"kmmaturity": 1, "model": odd.reference, "unit": ["Team"], "assessed": "2026-11-24"}).encode()
    reading = read_assessment(Document("x.json", data), lambda _: odd)
    assert reading.value is not None
    assert not reading.fits
