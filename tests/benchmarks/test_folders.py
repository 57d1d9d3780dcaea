"""A folder of thousands of files, some broken in every way: all told, in memory that hardly grows, beside another tool."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest

import kmmaturity as km
from kmmaturity.builtin import models
from kmmaturity.domain.rules import CATALOGUE

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


def measured(folder: Path) -> tuple[int, int, float, float]:
    """How many files were checked, how many had errors, the largest memory in MiB, and the seconds that it took."""
    begun = perf_counter()
    run = subprocess.run([sys.executable, "-c", TREE, folder], capture_output=True, encoding="utf-8", check=True)
    checked, wrong, peak = map(int, run.stdout.split())
    return checked, wrong, peak / 1024, perf_counter() - begun


def test_ten_thousand(tmp_path: Path) -> None:
    """Of 10,000 files 300 are broken in all ways: each is told as what it is, none stops the rest, memory is flat."""
    count = int(os.environ.get("KMM_FILES", "10000"))
    few, many = tmp_path / "few", tmp_path / "many"
    fill(few, count // 5)
    wrong = fill(many, count, broken=count * 3 // 100)
    small, large = measured(few), measured(many)
    for files, _, peak, seconds in (small, large):
        print(f"\n{files} files: at most {peak:.0f} MiB, {seconds:.1f} s")  # noqa: T201
    assert large[0] == count
    found: dict[str, Counter[str]] = {}
    for each in km.check(many):
        assert each.place is not None
        found.setdefault(each.place.path, Counter())[each.code] += 1
    assert len(wrong) == count * 3 // 100
    assert {path for path, code in wrong.items() if code not in found.get(path, ())} == set()
    errors = {path for path, codes in found.items() if any(str(CATALOGUE[code].severity) == "error" for code in codes)}
    assert errors <= set(wrong)
    # What each finding needs, some 2 KB of a file with any, is the findings' own; texts and answers are not kept.
    assert (large[2] - small[2]) * 1024 / (large[0] - small[0]) < 10


def test_beside_check_jsonschema(tmp_path: Path) -> None:
    """One file, then 1,000 in YAML and 1,000 in JSON, checked by processes of ours and of check-jsonschema, which needs
    our schema for it.
    """
    subprocess.run([sys.executable, "-m", "compileall", "-q", *sys.path[1:]], check=False, capture_output=True)
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(km.schema(model="starter")), encoding="utf-8")
    in_yaml, in_json = tmp_path / "yaml", tmp_path / "json"
    fill(in_yaml, 1000)
    in_json.mkdir()
    for number, path in enumerate(sorted(in_yaml.rglob("*.yaml"))):
        km.save(km.load(path), in_json / f"{number:04}.kmm.json")
    one = next(in_yaml.rglob("*.yaml"))
    theirs = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema)]
    ours = [sys.executable, "-m", "kmmaturity", "check"]
    bare = best([sys.executable, "-c", "pass"])
    print(f"\nbare Python: {bare * 1000:.0f} ms")  # noqa: T201
    for what, mine, other in (
        ("one YAML file", [str(one)], [str(one)]),
        ("1,000 YAML files", [str(in_yaml)], [*map(str, in_yaml.rglob("*.yaml"))]),
        ("1,000 JSON files", [str(in_json)], [*map(str, in_json.rglob("*.json"))]),
    ):
        rounds = 7 if len(other) == 1 else 1
        here, there = best([*ours, *mine], rounds), best([*theirs, *other], rounds)
        told = f"kmmaturity {here * 1000:.0f} ms, check-jsonschema {there * 1000:.0f} ms, {here / there:.2f} of it"
        print(f"{what}: {told}")  # noqa: T201


def best(command: list[str], rounds: int = 5) -> float:
    """The least time of some rounds of a command, in seconds."""
    times = []
    for _ in range(rounds):
        begun = perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append(perf_counter() - begun)
    return min(times)
