"""Whole processes, run to their good end and timed by what the processor did for them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest
from tests.benchmarks.measuring import ROUNDS, Taken, turn_by_turn

__all__ = ["BARE", "above", "process", "processes"]

BARE = "python -c pass"
SWITCH = "KMMATURITY_PLUGINS"  # our tests run without what is installed


def process(*words: str, plugins: bool = True) -> Callable[[], None]:
    """Runs Python with these arguments, to its good end; with the plug-ins that are installed, or without any."""
    env = {name: value for name, value in os.environ.items() if name != SWITCH} | ({} if plugins else {SWITCH: ""})

    def call() -> None:
        run = subprocess.run([sys.executable, *words], capture_output=True, check=False, env=env)
        assert run.returncode == 0, run.stdout + run.stderr

    return call


def processes(calls: Mapping[str, Callable[[], None]], *, rounds: int = min(ROUNDS, 20), warm: bool = True) -> Taken:
    """The processor time of each, as children of this process: how long they wait says what else the machine does."""
    resource = pytest.importorskip("resource")

    def clock() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return float(used.ru_utime + used.ru_stime)

    return turn_by_turn(calls, rounds=rounds, clock=clock, warm=warm)


def above(taken: Taken, name: str) -> float:
    """How much more it took than a bare Python, each at its least: a busy machine only adds."""
    return taken.least(name) - taken.least(BARE)
