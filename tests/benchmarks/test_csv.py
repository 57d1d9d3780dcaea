"""One table of ten thousand assessments, read and written as a stream, beside csv.writer over cells that are ready."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator
from itertools import cycle, islice

import pytest
from tests.benchmarks.corpus import documents
from tests.benchmarks.measuring import ROUNDS, Figures, turn_by_turn

import kmmaturity as km
from kmmaturity.builtin.exporters.csv import Lines, stream
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.report import report

pytestmark = pytest.mark.slow

FULL = ROUNDS > 1
MANY = 10_000 if FULL else 100
SOME = 500 if FULL else 20


def read(count: int) -> Iterator[Assessment]:
    """So many assessments, one after the other, of some files in turn."""
    model = km.load_model("starter@1.0")
    for each in km.load_all(islice(cycle(documents(SOME)), count), model=model):
        assert each.assessment is not None
        yield each.assessment


def written(count: int) -> int:
    """The size of the table of so many assessments, whose pieces are let go as they come."""
    return sum(map(len, stream(map(report, read(count)))))


def test_table(figures: Figures) -> None:
    """The stream and bare rows say the same, and what each takes is told."""
    whole = b"".join(stream(map(report, read(SOME))))
    cells = list(csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline="")))

    def bare() -> bytes:
        lines = Lines()  # the same as ours: a StringIO takes longer
        csv.writer(lines).writerows(cells)
        return "".join(lines).encode("utf-8-sig")

    assert bare() == whole
    ours, alone, decoding = "kmmaturity: read and written", "csv.writer over ready cells", "kmmaturity: read"
    calls = {ours: lambda: written(SOME), alone: bare, decoding: lambda: sum(1 for _ in read(SOME))}
    taken = turn_by_turn(calls, rounds=min(ROUNDS, 10))
    table = "CSV, for each assessment of 27 rows"
    for name in calls:
        figures.timed(table, taken, name, base=alone, per=SOME)
    allowed = taken.sum("twice both", {alone: 2, decoding: 2}).sum(
        "reading and twice csv.writer", {alone: 2, decoding: 1}
    )
    figures.compared(table, allowed, ours, "twice both", per=SOME, most=1)
    figures.compared(table, allowed, ours, "reading and twice csv.writer", per=SOME, most=1)


def test_memory(figures: Figures) -> None:
    """Of many assessments, no more than a piece of the table is held at a time."""
    written(2)  # what is made once is made now
    tracemalloc.start()
    written(MANY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    table = f"CSV of {MANY:,} assessments: most memory at a time"
    figures.noted(table, "kmmaturity", peak, "B", within=10 * 2**20)
