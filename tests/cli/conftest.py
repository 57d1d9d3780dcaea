"""The command line, run in this process or as one of its own, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kmmaturity.cli.program import program

PLAIN = {"COLUMNS": "100", "NO_COLOR": "", "KMMATURITY_DEBUG": "", "GITHUB_ACTIONS": "", "TF_BUILD": ""}

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Runs a command in this process."""

    def invoke(*words: object, input: bytes | None = None, **env: str) -> Result:
        return CliRunner().invoke(program, list(map(str, words)), input=input, env=PLAIN | env)

    return invoke


@pytest.fixture
def start() -> Start:
    """Runs a command as a process of its own."""

    def process(*words: object, input: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "kmmaturity", *map(str, words)],
            input=input,
            capture_output=True,
            env=os.environ | PLAIN | env,
            check=False,
        )

    return process


@pytest.fixture
def team(run: Run, folder: Path) -> Path:
    """The example team's second year, the first beside it."""
    assert run("demo", "--folder", "demo").exit_code == 0
    return Path("demo/example-2.kmm.yaml")


MODELS = {
    # 3 outcomes, levels 1 to 5
    "five": "\n".join(
        [
            "kmmodel: 1\nid: five\nversion: '1.0'\ntitle: Five levels\nscale:",
            *(f"  - {{level: {n}, title: Stage {n}}}" for n in range(1, 6)),
            "outcomes:",
            *(
                f"  o{i}:\n    title: Outcome {i}\n    subs:\n      a: {{title: First}}\n      b: {{title: Second}}"
                for i in range(3)
            ),
        ]
    ),
    # 40 sub-outcomes, levels 0 to 3
    "forty": "\n".join(
        [
            "kmmodel: 1\nid: forty\nversion: '1.0'\ntitle: Forty questions\nscale:",
            *(f"  - {{level: {n}, title: Stage {n}}}" for n in range(4)),
            "outcomes:",
            *(
                f"  o{i}:\n    title: Outcome {i}\n    subs:\n"
                + "\n".join(f"      s{j}x: {{title: Sub-outcome {i} {j}}}" for j in range(10))
                for i in range(4)
            ),
        ]
    ),
    # every sub-outcome with a highest level of its own
    "uneven": "\n".join(
        [
            "kmmodel: 1\nid: uneven\nversion: '1.0'\ntitle: Uneven\nscale:",
            *(f"  - {{level: {n}, title: Stage {n}}}" for n in range(4)),
            "outcomes:\n  o:\n    title: Outcome\n    subs:",
            *(f"      s{n}x: {{title: Up to {n}, highest: {n}}}" for n in range(4)),
        ]
    ),
}


@pytest.fixture(params=sorted(MODELS))
def model(request: pytest.FixtureRequest, folder: Path) -> Path:
    """The file of a model unlike the starter: its levels, its size or its sub-outcomes' highest levels differ."""
    path = Path(f"{request.param}-1.0.kmmodel.yaml")
    path.write_text(MODELS[request.param] + "\n", encoding="utf-8")
    return path
