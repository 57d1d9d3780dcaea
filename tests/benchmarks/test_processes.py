"""What a process costs: an import, and a check of one file, beside a bare Python and beside check-jsonschema.

Processor time of the whole process, since how long it waits says what else the machine does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.benchmarks import peers
from tests.benchmarks.corpus import documents
from tests.benchmarks.measuring import ROUNDS, Figures, Taken, turn_by_turn

import kmmaturity as km

pytestmark = pytest.mark.slow

BARE = "python -c pass"
IMPORT = "import kmmaturity"
STRUCTURE = "check-jsonschema, our schema of the structure: {}"
ALONE = os.environ | {"KMMATURITY_PLUGINS": ""}


def process(*words: str) -> Callable[[], None]:
    """Runs Python with these arguments, to its good end."""

    def call() -> None:
        run = subprocess.run([sys.executable, *words], capture_output=True, check=False, env=ALONE)
        assert run.returncode == 0, run.stderr

    return call


def measured(calls: dict[str, Callable[[], None]]) -> Taken:
    """The processor time of each, children of this process."""
    resource = pytest.importorskip("resource")

    def clock() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return float(used.ru_utime + used.ru_stime)

    return turn_by_turn(calls, rounds=min(ROUNDS, 20), clock=clock)


def test_import(figures: Figures) -> None:
    """The package is there for next to nothing."""
    calls = {BARE: process("-c", "pass"), IMPORT: process("-c", "import kmmaturity")}
    taken = measured(calls)
    for name in calls:
        figures.timed("A process that imports", taken, name)
    figures.noted("A process that imports", f"{IMPORT}, above bare Python", above(taken, IMPORT), "s", within=5e-3)


@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_one_file(figures: Figures, tmp_path: Path, syntax: str) -> None:
    """One right file is checked, as a hook does before each commit."""
    file = tmp_path / f"t.kmm.{syntax}"
    file.write_bytes(documents(1, "yaml" if syntax == "yaml" else "json")[0])
    ours, theirs = f"kmmaturity check: {syntax}", f"check-jsonschema, our schema of the model: {syntax}"
    calls = {BARE: process("-c", "pass"), ours: process("-m", "kmmaturity", "check", str(file))}
    if peers.installed("check_jsonschema"):
        # With the model's schema it looks at names and levels, too; without, it does less than `check`.
        for name, schema in {theirs: km.schema(model="starter"), STRUCTURE.format(syntax): km.schema()}.items():
            path = tmp_path / f"{len(calls)}.schema.json"
            path.write_text(json.dumps(schema), encoding="utf-8")
            calls[name] = process("-m", "check_jsonschema", "--schemafile", str(path), str(file))
    taken = measured(calls)
    table = "A process that checks one file of 15 KB"
    for name in calls:
        figures.timed(table, taken, name)
    figures.noted(table, f"{ours}, above bare Python", above(taken, ours), "s", within=0.1)
    figures.compared(table, taken, ours, theirs, most=0.5)
    figures.compared(table, taken, ours, STRUCTURE.format(syntax), most=0.5)


def above(taken: Taken, name: str) -> float:
    """How much more it took than a bare Python, each at its least: a busy machine only adds."""
    return taken.least(name) - taken.least(BARE)
