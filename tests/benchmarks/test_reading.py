"""JSON bytes to a yes or no, and to values, beside what others take for the same files; orjson.loads is 1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.benchmarks import peers
from tests.benchmarks.corpus import TEXTS, documents
from tests.benchmarks.measuring import Figures, Taken, turn_by_turn
from tests.benchmarks.peers import BASE, CATTRS, CATTRS_TUNED, INFORMED, ONCE, PYDANTIC, PYDANTIC_DICTS

import kmmaturity as km
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files import gate
from kmmaturity.files.shapes import ASSESSMENT, FORMAT

pytestmark = pytest.mark.slow

COUNT = 50
GATE = "kmmaturity: gate"
STRUCTURE = "kmmaturity: gate, structure only"
LOAD = "kmmaturity: load"
BLIND = "kmmaturity: load, less its test for duplicates"
TEST, DECODED = "with the test", "without it"  # what the mirror takes; the difference is the test


def gate_of(model: MaturityModel | None) -> peers.Read:
    """Whether a file is right: the families file and structure, duplicates among them, and fit if there is a model."""

    def read(data: bytes) -> Any:
        found = gate.accept_json(data, ASSESSMENT, model)
        if found is None or found.kmmaturity != FORMAT:
            raise ValueError("refused")
        for answer in found.scores.values():
            if answer.score is not None and answer.inapplicable is not None:  # `load` refuses it with the values
                raise ValueError("refused")
        return found

    return read


def over(read: peers.Read, files: tuple[Any, ...]) -> Callable[[], None]:
    """Reads every file, one after the other, and keeps none."""

    def call() -> None:
        for data in files:
            read(data)

    return call


def each_over(reads: dict[str, peers.Read], *, small: bool) -> Taken:
    """The processor time of each, for all files."""
    files = documents(COUNT, small=small)
    return turn_by_turn({name: over(read, files) for name, read in reads.items()}, each=4 if small else 1)


@pytest.mark.parametrize("small", [False, True], ids=["15 KB", "2 KB"])
def test_gate(figures: Figures, *, small: bool) -> None:
    """Every file is right to all, and what each takes to see that is told."""
    model = km.load_model("starter@1.0")
    reads = {**peers.gates(model), GATE: gate_of(model), STRUCTURE: gate_of(None)}
    taken = each_over(reads, small=small)
    table = f"JSON of {'2' if small else '15'} KB: is it right?"
    for name in reads:
        figures.timed(table, taken, name, base=BASE, per=COUNT, most=2.4 if name == GATE and not small else None)
    aims = {PYDANTIC: 1 / 1.3, PYDANTIC_DICTS: 1 / 1.3, INFORMED: 1}
    for peer, most in aims.items():
        figures.compared(table, taken, GATE, peer, per=COUNT, most=None if small else most)
    figures.compared(table, taken, STRUCTURE, ONCE, per=COUNT, most=None if small else 1)


@pytest.mark.parametrize("wrong", [b'"kmmaturity": 2', b'"kmmaturity": true', b'"kmmaturity": 1, "kmmaturity": 1'])
def test_the_gate_refuses_the_start(wrong: bytes) -> None:
    """What is measured refuses another format, and a key that stands twice."""
    gated = gate_of(km.load_model("starter@1.0"))
    (data,) = documents(1)
    gated(data)
    with pytest.raises(ValueError, match="refused"):
        gated(data.replace(b'"kmmaturity": 1', wrong, 1))


@pytest.mark.parametrize(
    ("was", "wrong"),
    [
        (b'"score": ', b'"inapplicable": "no", "score": '),
        (b'"score": ', b'"score": 1'),
        (b'"leadership.direction"', b'"leadership.nowhere"'),
        (b'"level": ', b'"level": 1'),
        (b'"because": ', b'"because": "", "because": '),
    ],
)
def test_the_gate_refuses_the_rest(was: bytes, wrong: bytes) -> None:
    """What is measured refuses what `load` or a check refuses: names, levels, and what excludes each other."""
    gated = gate_of(km.load_model("starter@1.0"))
    (data,) = documents(1)
    assert was in data
    with pytest.raises(ValueError, match="refused"):
        gated(data.replace(was, wrong, 1))


def test_other_texts(figures: Figures) -> None:
    """What the gate and `load` take where files are of another kind is told, beside what others take."""
    model = km.load_model("starter@1.0")
    reads = peers.base() | peers.informed(model)
    reads |= {GATE: gate_of(model), LOAD: lambda data: km.load(data, model=model)}
    calls: dict[str, Callable[[], None]] = {}
    for text, files in TEXTS.items():
        written = tuple(files(COUNT))
        calls |= {f"{text}: {name}": over(read, written) for name, read in reads.items()}
    taken = turn_by_turn(calls)
    for name in calls:
        figures.timed("JSON of 15 KB, other texts", taken, name, base=f"{name.partition(': ')[0]}: {BASE}", per=COUNT)


@pytest.mark.parametrize("small", [False, True], ids=["15 KB", "2 KB"])
def test_load(figures: Figures, *, small: bool) -> None:
    """Values that are the same as ours, where a peer makes the same classes; and what each takes."""
    model = km.load_model("starter@1.0")
    reads: dict[str, peers.Read] = {
        **peers.base(),
        **peers.loads(),
        LOAD: lambda data: km.load(data, model=model),
    }
    decoder = msgspec.json.Decoder(gate.mirror(ASSESSMENT, model))
    parts: dict[str, peers.Read] = {
        TEST: lambda data: gate.accept_json(data, ASSESSMENT, model),
        DECODED: decoder.decode,
    }
    (data,) = documents(1)
    for peer in {CATTRS, CATTRS_TUNED} & reads.keys():
        assert reads[peer](data).scores == km.load(data, model=model).scores
    taken = each_over(reads | parts, small=small).sum(BLIND, {LOAD: 1, TEST: -1, DECODED: 1})
    table = f"JSON of {'2' if small else '15'} KB to values"
    for name in (*reads, BLIND):
        figures.timed(table, taken, name, base=BASE, per=COUNT, most=4.2 if name == LOAD and not small else None)
    for peer in (CATTRS, CATTRS_TUNED):
        figures.compared(table, taken, LOAD, peer, per=COUNT, most=None if small else 1 / 1.8)
    for peer in (PYDANTIC, PYDANTIC_DICTS):
        figures.compared(table, taken, LOAD, peer, per=COUNT)
    for peer in (PYDANTIC, PYDANTIC_DICTS):
        figures.compared(table, taken, BLIND, peer, per=COUNT, most=None if small else 1)


def test_other_calls(figures: Figures, tmp_path: Path) -> None:
    """What else can be asked of the same files takes longer, and is told beside `load`."""
    model = km.load_model("starter@1.0")
    files = documents(COUNT)
    paths = tuple(tmp_path / f"{number}.kmm.json" for number in range(COUNT))
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    calls = {
        "load(bytes, model=model)": over(lambda data: km.load(data, model=model), files),
        "load(path, model=model)": over(lambda path: km.load(path, model=model), paths),
        "load(path)": over(km.load, paths),
        "load_all(paths)": lambda: list(km.load_all(paths)),
        "check(bytes, model=model), every rule": over(lambda data: km.check(data, model=model), files),
        "check(path), every rule": over(km.check, paths),
    }
    taken = turn_by_turn(calls)
    for name in calls:
        figures.timed("JSON of 15 KB, other calls", taken, name, base=next(iter(calls)), per=COUNT)
