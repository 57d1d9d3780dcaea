"""JSON bytes to a yes or no, and to values, beside what others take for the same files; orjson.loads is 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.benchmarks import peers
from tests.benchmarks.corpus import TEXTS, documents
from tests.benchmarks.measuring import Figures, Taken, turn_by_turn

import kmmaturity as km
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files import gate
from kmmaturity.files.builder import build_assessment
from kmmaturity.files.shapes import ASSESSMENT

pytestmark = pytest.mark.slow

COUNT = 50
BASE = "orjson.loads, nothing checked"
PYDANTIC = "pydantic strict"
INFORMED = "jsonschema-rs, names and levels, duplicates"
GATE = "kmmaturity: gate"
STRUCTURE = "kmmaturity: gate, structure only"
LOAD = "kmmaturity: load"
INSIDE = "kmmaturity: gate, then values"
BLIND = "kmmaturity: values, without the test for duplicates"


def gate_of(model: MaturityModel) -> peers.Read:
    """Whether a file is right: the families file, structure and fit, duplicates among them. No value is kept."""

    def read(data: bytes) -> None:
        found = gate.accept_json(data, ASSESSMENT)
        if found is None or not gate.fits(found, model):
            raise ValueError("refused")

    return read


def valued(model: MaturityModel) -> peers.Read:
    """The values of a file that the gate lets through: what `load` does once it knows the file and its model."""

    def read(data: bytes) -> Any:
        found = gate.accept_json(data, ASSESSMENT)
        if found is None or not gate.fits(found, model):
            raise ValueError("refused")
        return build_assessment(found, model)

    return read


def without_duplicates(model: MaturityModel) -> peers.Read:
    """The values of a file, in which a key that stands twice would go unseen: a part of `load`, for comparison only."""
    decode = gate._decoder(ASSESSMENT).decode  # noqa: SLF001  # what `accept_json` begins with

    def read(data: bytes) -> Any:
        found = decode(data)
        if not gate.fits(found, model):
            raise ValueError("refused")
        return build_assessment(found, model)

    return read


def over(read: peers.Read, files: tuple[bytes, ...]) -> Callable[[], None]:
    """Reads every file, one after the other, and keeps none."""

    def call() -> None:
        for data in files:
            read(data)

    return call


def measured(reads: dict[str, peers.Read], *, small: bool) -> Taken:
    """The processor time of each, for all files."""
    files = documents(COUNT, small=small)
    return turn_by_turn({name: over(read, files) for name, read in reads.items()}, each=4 if small else 1)


@pytest.mark.parametrize("small", [False, True], ids=["15 KB", "2 KB"])
def test_gate(figures: Figures, *, small: bool) -> None:
    """Every file is right to all, and what each takes to see that is told."""
    model = km.load_model("starter@1.0")
    reads = {**peers.gates(model), GATE: gate_of(model), STRUCTURE: structure_only}
    taken = measured(reads, small=small)
    table = f"JSON of {'2' if small else '15'} KB to a yes"
    for name in reads:
        most = 2.4 if name == GATE and not small else None
        figures.timed(table, taken, name, base=BASE, per=COUNT, most=most)
    if small:
        return
    figures.compared(table, taken, GATE, PYDANTIC, per=COUNT, most=1 / 1.3)
    figures.compared(table, taken, GATE, INFORMED, per=COUNT, most=1)
    figures.compared(table, taken, STRUCTURE, "jsonschema-rs, duplicates", per=COUNT, most=1)


def test_other_texts(figures: Figures) -> None:
    """What the gate and `load` take where texts are of another kind is told, beside what others take."""
    model = km.load_model("starter@1.0")
    reads = {**peers.gates(model), GATE: gate_of(model), LOAD: lambda data: km.load(data, model=model)}
    reads = {name: read for name, read in reads.items() if name in (BASE, INFORMED, GATE, LOAD)}
    calls: dict[str, Callable[[], None]] = {}
    for text, files in TEXTS.items():
        calls |= {f"{text}: {name}": over(read, tuple(files(COUNT))) for name, read in reads.items()}
    taken = turn_by_turn(calls)
    for text in TEXTS:
        for name in reads:
            figures.timed("JSON of 15 KB, other texts", taken, f"{text}: {name}", base=f"{text}: {BASE}", per=COUNT)


def structure_only(data: bytes) -> None:
    """Whether a file is right, whatever the model says: what a schema of the structure tells, and duplicates."""
    if gate.accept_json(data, ASSESSMENT) is None:
        raise ValueError("refused")


@pytest.mark.parametrize("small", [False, True], ids=["15 KB", "2 KB"])
def test_load(figures: Figures, *, small: bool) -> None:
    """Values that are the same as ours, where a peer makes the same classes; and what each takes."""
    model = km.load_model("starter@1.0")
    reads = {
        BASE: peers.gates(model).get(BASE, lambda _: None),
        **peers.loads(),
        LOAD: lambda data: km.load(data, model=model),
        INSIDE: valued(model),
        BLIND: without_duplicates(model),
    }
    if "cattrs strict" in reads:
        data = documents(1)[0]
        assert reads["cattrs strict"](data).scores == km.load(data, model=model).scores
    taken = measured(reads, small=small)
    table = f"JSON of {'2' if small else '15'} KB to values"
    for name in reads:
        most = 4.2 if name == LOAD and not small else None
        figures.timed(table, taken, name, base=BASE, per=COUNT, most=most)
    if not small:
        figures.compared(table, taken, LOAD, "cattrs strict", per=COUNT, most=1 / 1.8)
        figures.compared(table, taken, BLIND, PYDANTIC, per=COUNT, most=1)
