"""Reading side by side: the first files that a program reads may be read by several threads at once."""

from __future__ import annotations

import subprocess
import sys

READ = """
import json, sys
from concurrent.futures import ThreadPoolExecutor

from attrs import evolve

import kmmaturity as km

team = km.example()
plain = km.to_dict(team)
data = json.dumps(plain).encode()
models = [evolve(team.model, description=str(number)) for number in range(20) for _ in range(6)]
sys.setswitchinterval(1e-6)  # threads take turns within what is done once for each class
with ThreadPoolExecutor(6) as threads:
    as_json = list(threads.map(lambda model: km.load(data, model=model), models))
    as_plain = list(threads.map(lambda model: km.from_dict(plain, model=model), models))
assert all(each == evolve(team, model=each.model) for each in as_json + as_plain)
"""


def test_first_files_of_a_process() -> None:
    """Six threads that read with models which nobody has read with before get what one alone would, and none crashes."""
    run = subprocess.run([sys.executable, "-c", READ], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
