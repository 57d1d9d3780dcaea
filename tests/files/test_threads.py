"""Side by side: the first files that a program reads and checks may be read by several threads at once."""

from __future__ import annotations

import subprocess
import sys

AT_ONCE = """
import json, sys
from concurrent.futures import ThreadPoolExecutor

from attrs import evolve

import kmmaturity as km

team = km.example()
plain = km.to_dict(team)
data = json.dumps(plain).encode()
broken = data.replace(b'"score": 1', b'"score": "one"')
models = [evolve(team.model, description=str(number)) for number in range(20) for _ in range(6)]
sys.setswitchinterval(1e-6)  # threads take turns within what is done once for each class
with ThreadPoolExecutor(6) as threads:
    as_json = list(threads.map(lambda model: km.load(data, model=model), models))
    as_plain = list(threads.map(lambda model: km.from_dict(plain, model=model), models))
    findings = list(threads.map(lambda _: [str(each) for each in km.check(broken, model=team.model)], range(24)))
    steps = list(threads.map(lambda read: len(km.suggest(read).steps), as_json[:24]))
assert all(each == evolve(team, model=each.model) for each in as_json + as_plain)
assert all(each == findings[0] for each in findings) and len(findings[0]) > 1
assert set(steps) == {len(km.suggest(team).steps)}
"""


def test_first_files_of_a_process() -> None:
    """Six threads that read, check and suggest before anybody else has done so get what one alone would; none crashes."""
    run = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
