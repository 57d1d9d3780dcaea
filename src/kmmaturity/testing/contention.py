"""Several processes at one store: what each of them does, and what starts, counts and kills them.

It imports little, because every process imports it.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any

from attrs import frozen

from kmmaturity.hooks.store import Conflict, Store

__all__ = ["Killed", "Raced", "document", "kill", "race"]

MOMENT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PATIENCE = 300.0  # seconds until a process that says nothing is taken to hang
LONGEST_LIFE = 0.03  # seconds from a writer's first revision to its death

Make = Callable[[], Store]


def document(number: int) -> bytes:
    """A small assessment that says `number`, and enough beside it for a torn one to be seen."""
    said = {
        "kmmaturity": 1,
        "model": "starter@1.0",
        "unit": ["Example team"],
        "assessed": "2026-11-24",
        "notes": f"{number}",
        "scores": {"learning.before": {"score": number % 4, "evidence": [{"note": f"seen {number} times " * 500}]}},
    }
    return json.dumps(said, indent=2).encode()


def number_in(found: bytes) -> int:
    """The number that a document says."""
    return int(json.loads(found)["notes"])


@frozen(weakref_slot=False)
class Raced:
    """How a race went: conflicts in all, and for each writer that could not go on the error that stopped it."""

    conflicts: int
    errors: tuple[str, ...]


def race(make: Make, key: str, *, processes: int, writes: int) -> Raced:
    """Several processes add one to the number in the newest document, each of them `writes` times, all at once."""
    context: Any = _context()
    start = context.Barrier(processes)
    ends = [_started(_add, make, key, writes, start) for _ in range(processes)]
    told = [_heard(process, end) for process, end in ends]
    for process, end in ends:
        process.join()
        end.close()
    conflicts = sum(each for each in told if isinstance(each, int))
    return Raced(conflicts, tuple(each for each in told if isinstance(each, str)))


def _add(end: Connection, make: Make, key: str, writes: int, start: Any) -> None:
    conflicts = 0
    try:
        with make() as store:
            start.wait(PATIENCE)
            for _ in range(writes):
                while not _added(store, key):
                    conflicts += 1
    except Exception:  # noqa: BLE001  # whatever it is, it is told to the test
        end.send(traceback.format_exc())
    else:
        end.send(conflicts)


def _added(store: Store, key: str) -> bool:
    newest = store.get(key)
    if newest is None or newest.document is None:
        raise AssertionError(f"get({key!r}) gave {newest!r}, and revisions of {key!r} are there")
    try:
        store.put(key, document(number_in(newest.document) + 1), expect=newest.number, at=MOMENT)
    except Conflict:
        return False
    return True


@frozen(weakref_slot=False)
class Killed:
    """What a writer had been told was kept before it was killed: the number of its last revision."""

    acknowledged: int


def kill(make: Make, key: str, *, seed: int) -> Killed:
    """A process writes revision upon revision of `key`, and is killed at a moment that `seed` decides."""
    process, end = _started(_write, make, key)
    try:
        acknowledged = _heard(process, end)
        if isinstance(acknowledged, str):
            raise AssertionError(f"the writer could not write:\n{acknowledged}")  # noqa: TRY004  # it is told to a test
        time.sleep(random.Random(seed).uniform(0, LONGEST_LIFE))  # noqa: S311  # no secret
        process.kill()
        process.join()
        while end.poll():
            try:
                acknowledged = end.recv()
            except EOFError:
                break
    finally:
        end.close()
    if isinstance(acknowledged, str):
        raise AssertionError(f"the writer could not go on:\n{acknowledged}")  # noqa: TRY004  # as above
    return Killed(acknowledged)


def _write(end: Connection, make: Make, key: str) -> None:
    number = 0
    try:
        with make() as store:
            while True:
                store.put(key, document(number + 1), expect=number or None, at=MOMENT)
                number += 1
                end.send(number)
    except Exception:  # noqa: BLE001  # whatever it is, it is told to the test
        end.send(traceback.format_exc())


def _context() -> BaseContext:
    # A server that has imported this module already starts processes fast, and without copying the test's threads.
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        return context
    return multiprocessing.get_context("spawn")


def _started(target: Callable[..., None], *given: Any) -> tuple[Any, Connection]:
    context: Any = _context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(theirs, *given), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _heard(process: Any, end: Connection) -> int | str:
    """What a process says next, or in its place why it says nothing."""
    try:
        if end.poll(PATIENCE):
            said: int | str = end.recv()
            return said
        process.kill()
    except EOFError:
        process.join()
        return f"the process ended without a word, with exit code {process.exitcode}"
    return f"the process said nothing for {PATIENCE:.0f} seconds: it waits for a lock that nobody lets go of"
