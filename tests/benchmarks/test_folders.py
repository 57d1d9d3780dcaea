"""A folder of thousands of files, some broken in every way: all told, in memory that hardly grows, beside another tool."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest
from tests.benchmarks.measuring import ROUNDS, Figures
from tests.benchmarks.processes import process, processes

import kmmaturity as km
from kmmaturity.builtin import models
from kmmaturity.domain.rules import CATALOGUE

MANY = 10_000
SOME = 1_000 if ROUNDS > 1 else 20
BROKEN = {
    code: each.bad
    for code, each in CATALOGUE.items()
    if each.about == "assessment" and each.family in ("file", "structure", "fit") and len(each.bad) < 100_000
}
pytestmark = pytest.mark.slow
TREE = """
import resource, sys
import kmmaturity as km
found = km.check(sys.argv[1])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(found.checked), len({each.place.path for each in found.errors}), peak)
"""


def fill(folder: Path, count: int, *, broken: int = 0) -> dict[str, str]:
    """A folder of assessments, a hundred to a folder, and the codes that those which are broken are to be told with."""
    good = models.example(2).data.replace(b"previous: example-1.kmm.yaml\n", b"")
    wrong: dict[str, str] = {}
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"{number:05}.kmm.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        if len(wrong) < broken and number % 33 == 7:
            code = list(BROKEN)[len(wrong) % len(BROKEN)]
            wrong[str(path)] = code
            path.write_bytes(BROKEN[code])
        else:
            path.write_bytes(good.replace(b"unit:\n", f"unit:\n  - Agency {number}\n".encode(), 1))
    return wrong


def checked(folder: Path) -> tuple[int, int, int, float]:
    """How many files a process of its own checked, how many had errors, its most memory in bytes, and its seconds."""
    begun = perf_counter()
    run = subprocess.run([sys.executable, "-c", TREE, folder], capture_output=True, encoding="utf-8", check=True)
    files, wrong, peak = map(int, run.stdout.split())
    return files, wrong, peak * 1024, perf_counter() - begun


def test_ten_thousand(figures: Figures, tmp_path: Path) -> None:
    """Of 10,000 files 300 are broken in all ways: each is told as what it is, none stops the rest, memory is flat."""
    few, many = tmp_path / "few", tmp_path / "many"
    fill(few, MANY // 5)
    wrong = fill(many, MANY, broken=MANY * 3 // 100)
    small, large = checked(few), checked(many)
    table = "A folder checked, every rule, once"
    for (files, _, peak, seconds), broken in ((small, 0), (large, len(wrong))):
        name = f"{files:,} YAML files, {broken:,} of them broken"
        figures.noted(table, f"{name}: the time on the wall", seconds, "s")
        figures.noted(table, f"{name}: most memory", peak, "B")
    assert large[0] == MANY
    found: dict[str, Counter[str]] = {}
    for each in km.check(many):
        assert each.place is not None
        found.setdefault(each.place.path, Counter())[each.code] += 1
    assert len(wrong) == MANY * 3 // 100
    assert {path for path, code in wrong.items() if code not in found.get(path, ())} == set()
    errors = {path for path, codes in found.items() if any(str(CATALOGUE[code].severity) == "error" for code in codes)}
    assert errors <= set(wrong)
    assert large[1] == len(errors)
    # What each finding needs, some 2 KB of a file with any, is the findings' own; texts and answers are not kept.
    assert (large[2] - small[2]) / (large[0] - small[0]) < 10 * 1024


def test_beside_check_jsonschema(figures: Figures, tmp_path: Path) -> None:
    """A thousand files in YAML and as many in JSON, checked by processes of ours and of check-jsonschema."""
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(km.schema(model="starter")), encoding="utf-8")
    in_yaml, in_json = tmp_path / "yaml", tmp_path / "json"
    fill(in_yaml, SOME)
    in_json.mkdir()
    for number, path in enumerate(sorted(in_yaml.rglob("*.yaml"))):
        km.save(km.load(path), in_json / f"{number:04}.kmm.json")
    table = "A folder checked, beside check-jsonschema with our schema of the model, for each file"
    for folder in (in_yaml, in_json):
        files = sorted(str(path) for path in folder.rglob("*.kmm.*"))
        assert len(files) == SOME
        name = f"{SOME:,} {folder.name.upper()} files"
        ours, theirs = f"kmmaturity check: {name}", f"check-jsonschema: {name}"
        calls = {
            ours: process("-m", "kmmaturity", "check", str(folder)),
            theirs: process("-m", "check_jsonschema", "--schemafile", str(schema), *files),
        }
        taken = processes(calls, rounds=min(ROUNDS, 3), warm=False)
        figures.timed(table, taken, ours, base=theirs, per=SOME)
        figures.timed(table, taken, theirs, per=SOME)
