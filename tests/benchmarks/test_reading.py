"""JSON bytes to a yes or no, and to values, beside what others take for the same files; orjson.loads is 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.benchmarks import peers
from tests.benchmarks.corpus import documents
from tests.benchmarks.measuring import Figures, Taken, turn_by_turn

import kmmaturity as km
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files import gate
from kmmaturity.files.builder import build_assessment
from kmmaturity.files.shapes import ASSESSMENT

pytestmark = pytest.mark.slow

COUNT = 50
BASE = "orjson.loads, nothing checked"
GATE = "kmmaturity: gate"
LOAD = "kmmaturity: load"


def gate_of(model: MaturityModel) -> peers.Read:
    """Whether a file is right: the families file, structure and fit, duplicates among them. No value is kept."""

    def read(data: bytes) -> None:
        found = gate.accept_json(data, ASSESSMENT)
        if found is None or not gate.fits(found, model):
            raise ValueError("refused")

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
    reads = {**peers.gates(model), GATE: gate_of(model), "kmmaturity: gate, structure only": structure_only}
    taken = measured(reads, small=small)
    table = f"JSON of {'2' if small else '15'} KB to a yes"
    for name in reads:
        most = 2.4 if name == GATE and not small else None
        figures.add(table, name, taken.median(name) / COUNT, ratio=ratio(taken, name), most=most)
    if small:
        return
    against(figures, table, taken, "pydantic strict", GATE, 1 / 1.3)
    against(figures, table, taken, "jsonschema-rs, names and levels, duplicates", GATE, 1)
    against(figures, table, taken, "jsonschema-rs, duplicates", "kmmaturity: gate, structure only", 1)


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
        "kmmaturity: load, without the test for duplicates": without_duplicates(model),
    }
    if "cattrs strict" in reads:
        data = documents(1)[0]
        assert reads["cattrs strict"](data).scores == km.load(data, model=model).scores
    taken = measured(reads, small=small)
    table = f"JSON of {'2' if small else '15'} KB to values"
    for name in reads:
        most = 4.2 if name == LOAD and not small else None
        figures.add(table, name, taken.median(name) / COUNT, ratio=ratio(taken, name), most=most)
    if not small:
        against(figures, table, taken, "cattrs strict", LOAD, 1 / 1.8)
        against(figures, table, taken, "pydantic strict", "kmmaturity: load, without the test for duplicates", 1)


def ratio(taken: Taken, name: str) -> float | None:
    """How long it took, beside orjson."""
    return taken.ratio(name, BASE) if BASE in taken.rounds else None


def against(figures: Figures, table: str, taken: Taken, peer: str, ours: str, most: float) -> None:
    """Notes how long ours took, beside a peer that is there."""
    if peer in taken.rounds:
        figures.add(
            table,
            f"{ours}, beside {peer}",
            taken.median(ours) / COUNT,
            ratio=taken.ratio(ours, peer),
            most=round(most, 2),
        )
