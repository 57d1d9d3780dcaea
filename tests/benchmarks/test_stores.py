"""How long each store takes to keep a document, beside a plain file and a plain row, turn by turn."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import pytest
from tests.benchmarks.measuring import ROUNDS, Figures, turn_by_turn

from kmmaturity import example
from kmmaturity.builtin.stores import open_store
from kmmaturity.files.writing import dump
from kmmaturity.testing.contention import MOMENT

pytestmark = pytest.mark.slow

TIMES = 150 if ROUNDS > 1 else 20


def plain_file(folder: Path, document: bytes) -> Callable[[int], None]:
    """Writes a file of its own for each number, and waits for the disk."""

    def write(number: int) -> None:
        with (folder / f"{number}.json").open("xb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())

    return write


def plain_row(connection: sqlite3.Connection, document: bytes, journal: str) -> Callable[[int], None]:
    """Inserts a row for each number, and waits for the disk."""
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE documents (number INTEGER PRIMARY KEY, document BLOB)")

    def write(number: int) -> None:
        connection.execute("INSERT INTO documents VALUES (?, ?)", (number, document))

    return write


def store(url: str, document: bytes, stack: ExitStack) -> Callable[[int], None]:
    """Puts a revision for each number, of twenty assessments in turn."""
    opened = stack.enter_context(open_store(url, create=True))

    def write(number: int) -> None:
        opened.put(f"team-{number % 20}", document, expect=number // 20 or None, at=MOMENT)

    return write


@pytest.fixture
def ways(tmp_path: Path) -> Iterator[dict[str, Callable[[int], None]]]:
    """Each way to keep a document, ready to be called with 0, 1, 2 and so on."""
    document = dump(example(), "json")
    with ExitStack() as stack:
        bare = [
            stack.enter_context(closing(sqlite3.connect(tmp_path / f"{journal}.db", isolation_level=None)))
            for journal in ("wal", "delete")
        ]
        (tmp_path / "plain").mkdir()
        yield {
            "plain file, fsync": plain_file(tmp_path / "plain", document),
            "plain sqlite3, WAL": plain_row(bare[0], document, "wal"),
            "plain sqlite3, DELETE": plain_row(bare[1], document, "delete"),
            "memory:": store("memory:", document, stack),
            "dir:": store(f"dir:{tmp_path}/store", document, stack),
            "sqlite:": store(f"sqlite:///{tmp_path}/team.db", document, stack),
        }


def test_puts(figures: Figures, ways: dict[str, Callable[[int], None]]) -> None:
    """Every way keeps every document; what each takes beside a plain write to the same disk is told, waits and all."""
    calls = {name: numbered(write) for name, write in ways.items()}
    taken = turn_by_turn(calls, rounds=TIMES, clock=time.perf_counter)  # on the wall, since a store waits for the disk
    for name in ways:
        figures.timed("Putting a document into a store, waits and all", taken, name, base="plain file, fsync")


def numbered(write: Callable[[int], None]) -> Callable[[], None]:
    """Writes with 0, 1, 2 and so on, call by call."""
    numbers = count()
    return lambda: write(next(numbers))
