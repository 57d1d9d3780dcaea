"""Ten thousand assessments kept: how long, how much memory; and what ten times as many files cost."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from tests.benchmarks import peers
from tests.benchmarks.corpus import documents
from tests.benchmarks.measuring import ROUNDS, Figures, turn_by_turn
from tests.benchmarks.peers import PYDANTIC, PYDANTIC_DICTS

import kmmaturity as km

pytestmark = pytest.mark.slow

FULL = ROUNDS > 1
MANY = 10_000 if FULL else 200
OURS = "kmmaturity: load_all"


def test_kept(figures: Figures) -> None:
    """All that was read is there, and what keeping it cost is told."""
    model = km.load_model("starter@1.0")
    files = tuple(islice(cycle(documents(500 if FULL else 20)), MANY))
    calls: dict[str, Callable[[], list[Any]]] = {OURS: lambda: list(km.load_all(files, model=model))}
    for name, read in peers.pydantics().items():
        calls[name] = partial(every, read, files)
        calls[paused(name)] = partial(rested, calls[name])
    taken = turn_by_turn(
        {name: counted(call) for name, call in calls.items()}, rounds=min(ROUNDS, 5), before=gc.collect
    )
    table = f"{MANY:,} assessments of 15 KB read from memory, and kept"
    for name in calls:
        figures.timed(table, taken, name, base=OURS)
    # The aim is set beside peers as they come. That the collector can be put to rest around them as well is told.
    for peer in (PYDANTIC, PYDANTIC_DICTS):
        figures.compared(table, taken, OURS, peer, most=1 / 3)
        figures.compared(table, taken, OURS, paused(peer))


def paused(name: str) -> str:
    """A peer around which the collector of cycles rests, as it does in `load_all`."""
    return f"{name}, the collector paused"


def every(read: peers.Read, files: tuple[bytes, ...]) -> list[Any]:
    """What `read` gives for each file."""
    return list(map(read, files))


def counted(call: Callable[[], list[Any]]) -> Callable[[], None]:
    """The call, which has to give as many as were asked for."""

    def run() -> None:
        assert len(call()) == MANY

    return run


def rested(call: Callable[[], list[Any]]) -> list[Any]:
    """What the call gives, made while the collector of cycles is at rest."""
    gc.disable()
    try:
        return call()
    finally:
        gc.enable()


def test_memory(figures: Figures) -> None:
    """Each assessment that is kept takes so much memory, beside the model that all share."""
    model = km.load_model("starter@1.0")
    files = documents(200)
    calls: dict[str, Callable[[], Any]] = {OURS: lambda: list(km.load_all(files, model=model))}
    calls |= {name: partial(every, read, files) for name, read in peers.pydantics().items()}
    for name, call in calls.items():
        call()  # what is made once is made now
        gc.collect()
        tracemalloc.start()
        held = call()
        size = tracemalloc.get_traced_memory()[0] / len(held)
        tracemalloc.stop()
        figures.noted("Memory of one assessment of 15 KB", name, size, "B", within=40 * 1024 if name == OURS else None)


def kept(folder: Path) -> list[Any]:
    """All that the files of a folder hold."""
    return list(km.load_all(folder))


def test_growth(figures: Figures, tmp_path: Path) -> None:
    """Every file of a folder is read and checked, and a file costs as much among many as among few."""
    written = documents(100 if FULL else 10)
    counts = {f"load_all, all kept: {count:,} files": count for count in ((100, 1_000, 10_000) if FULL else (10, 20))}
    calls: dict[str, Callable[[], list[Any]]] = {}
    for name, count in counts.items():
        folder = tmp_path / str(count)
        folder.mkdir()
        for number, data in enumerate(islice(cycle(written), count)):
            (folder / f"{number:05}.kmm.json").write_bytes(data)
        calls[name] = partial(kept, folder)
    taken = turn_by_turn(calls, rounds=min(ROUNDS, 5), before=gc.collect).each(counts)
    few = next(iter(counts))
    for name in counts:
        figures.timed("Files of a folder, for each file", taken, name, base=few, most=None if name == few else 1.1)
