"""How long the table takes, beside csv.writer alone over cells that are ready; figures are printed, never judged."""

from __future__ import annotations

import csv
import gc
import io
import time
from collections.abc import Callable

import pytest

import kmmaturity as km
from kmmaturity.builtin.exporters.csv import render
from kmmaturity.domain.report import report

ROUNDS = 5
TABLES = 200


def fastest(run: Callable[[], object]) -> float:
    """The seconds that the quickest of several rounds takes."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(TABLES):
            run()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.slow
def test_table() -> None:
    """Tables and bare rows say the same, and what each takes is printed."""
    given = report(km.example(), previous=km.example(year=1), redact=())
    cells = list(csv.reader(io.StringIO(render(given).decode("utf-8-sig"), newline="")))

    def bare() -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(cells)
        return text.getvalue().encode("utf-8-sig")

    assert bare() == render(given)
    gc.disable()
    try:
        ours, alone = fastest(lambda: render(given)), fastest(bare)
    finally:
        gc.enable()
    print(f"\ncsv: {1000 * ours / TABLES:.2f} ms a table, {ours / alone:.2f} x csv.writer over ready cells")  # noqa: T201
