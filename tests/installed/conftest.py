"""Distributions that are installed: real metadata and real modules, in a folder on the path of a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Install = Callable[[str, str], None]
Start = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder for distributions, and an empty one to work in."""
    (tmp_path / "site").mkdir()
    (tmp_path / "work").mkdir()
    return tmp_path / "site"


@pytest.fixture
def install(site: Path) -> Install:
    """Installs a distribution of one module with this code, under version 1.2."""

    def place(name: str, code: str) -> None:
        (site / f"{name}.py").write_text(code, "utf-8")
        # Code of the same length, written within the same second, would be taken for what was compiled before.
        shutil.rmtree(site / "__pycache__", ignore_errors=True)
        info = site / f"kmm_{name}-1.2.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: kmm-{name}\nVersion: 1.2\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[kmmaturity]\n{name} = {name}\n", "utf-8")

    return place


@pytest.fixture
def start(site: Path) -> Start:
    """Runs `kmmaturity`, or Python code given as `code`, with the distributions installed."""

    def process(*words: str, code: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        bare = {name: value for name, value in os.environ.items() if name != "KMMATURITY_PLUGINS"}
        # `KMM_RELEASES` names a folder with other releases than those that run these tests.
        path = os.pathsep.join(filter(None, (os.environ.get("KMM_RELEASES"), str(site))))
        command = [sys.executable, *(("-c", code) if code else ("-m", "kmmaturity", *words))]
        return subprocess.run(
            command,
            cwd=site.parent / "work",
            env=bare | {"PYTHONPATH": path, "PYTHONUTF8": "1", "COLUMNS": "200"} | env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return process
