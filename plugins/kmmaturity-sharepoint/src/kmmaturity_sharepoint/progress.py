"""What is told on standard error while somebody waits."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Progress", "Told", "silent"]

Told = Callable[[int, int], None]  # how much is done, and how much there is in all
FIRST, EVERY = 2.0, 5.0  # seconds before anything is told, and between two tellings


def silent(done: int, total: int) -> None:
    """Nobody wants to know."""


class Progress:
    """Tells how far long work has come, on standard error; what is over soon is not told.

    `shown` is whether to tell at all; None is where somebody looks on.
    """

    def __init__(self, what: str, *, shown: bool | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._shown = sys.stderr.isatty() if shown is None else shown
        self._clock = clock
        self._next = clock() + FIRST

    def __call__(self, done: int, total: int) -> None:
        """So much of `total` is done."""
        if self._shown and self._clock() >= self._next:
            self._next = self._clock() + EVERY
            sys.stderr.write(f"{self._what}: {100 * done // max(total, 1)}%\n")

    def waiting(self, seconds: float, why: str) -> None:
        """So long nothing will happen, and why."""
        if self._shown and seconds >= FIRST:
            sys.stderr.write(f"{self._what}: {why}; waiting {seconds:.0f} seconds\n")

    @contextmanager
    def interruptible(self, left: Callable[[], str]) -> Iterator[None]:
        """Within it, whoever interrupts is told what is `left`, and how to go on."""
        try:
            yield
        except KeyboardInterrupt:
            if self._shown:
                sys.stderr.write(f"{self._what}: interrupted; {left()}\n")
            raise
