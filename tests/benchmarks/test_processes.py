"""What a process costs: an import, and a check of one file, beside a bare Python and beside check-jsonschema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.benchmarks import peers
from tests.benchmarks.corpus import documents
from tests.benchmarks.measuring import Figures
from tests.benchmarks.processes import BARE, above, process, processes

import kmmaturity as km

pytestmark = pytest.mark.slow

IMPORT, FIRST = "import kmmaturity", "import kmmaturity; kmmaturity.load"


def test_import(figures: Figures) -> None:
    """The package is there for next to nothing; what its first use takes is told."""
    calls = {BARE: process("-c", "pass"), **{words: process("-c", words) for words in (IMPORT, FIRST)}}
    taken = processes(calls)
    for name in calls:
        figures.timed("A process that imports", taken, name)
    for name, within in ((IMPORT, 5e-3), (FIRST, None)):
        figures.noted("A process that imports", f"{name}, above bare Python", above(taken, name), "s", within=within)


@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_one_file(figures: Figures, tmp_path: Path, syntax: str) -> None:
    """One right file is checked, as a hook does before each commit, with our two plug-ins installed and without."""
    file = tmp_path / f"t.kmm.{syntax}"
    file.write_bytes(documents(1, "yaml" if syntax == "yaml" else "json")[0])
    alone, whole = "kmmaturity check, no plug-ins", "kmmaturity check, two plug-ins"
    calls = {BARE: process("-c", "pass")}
    calls |= {name: process("-m", "kmmaturity", "check", str(file), plugins=name == whole) for name in (alone, whole)}
    # With the model's schema it looks at names and levels, too; without, it does less than `check`.
    schemas = {
        "check-jsonschema, our schema of the model": km.schema(model="starter"),
        "check-jsonschema, our schema of the structure": km.schema(),
    }
    for name, schema in schemas.items() if peers.installed("check_jsonschema") else ():
        path = tmp_path / f"{len(calls)}.schema.json"
        path.write_text(json.dumps(schema), encoding="utf-8")
        calls[name] = process("-m", "check_jsonschema", "--schemafile", str(path), str(file))
    taken = processes(calls)
    table = f"A process that checks one {syntax.upper()} file of 15 KB"
    for name in calls:
        figures.timed(table, taken, name)
    for name in (alone, whole):
        figures.noted(table, f"{name}, above bare Python", above(taken, name), "s", within=0.1)
        for peer in schemas:
            figures.compared(table, taken, name, peer, most=0.5)
