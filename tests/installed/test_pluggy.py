"""Plug-ins work with the oldest pluggy that we say we work with, and with the newest that there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each needs a registry, and runs all tests of plug-ins

ROOT = Path(__file__).parents[2]


def oldest() -> str:
    """The oldest pluggy that pyproject.toml allows."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    (found,) = (each.removeprefix("pluggy>=") for each in wanted if each.startswith("pluggy>="))
    return f"pluggy=={found}.*"


@pytest.fixture(scope="session", params=[oldest(), "pluggy"], ids=["oldest", "newest"])
def pluggy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that pluggy and nothing else."""
    folder = tmp_path_factory.mktemp("pluggy")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), request.param]
    run = subprocess.run(install, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return folder


def test_plug_ins_work_with_it(pluggy: Path) -> None:
    """Every test of installed plug-ins passes in processes that have this pluggy."""
    env = os.environ | {"KMM_PLUGGY": str(pluggy)}
    version = subprocess.run(
        [sys.executable, "-c", "import pluggy; print(pluggy.__file__)"],
        env=env | {"PYTHONPATH": str(pluggy)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(version.stdout.strip()).is_relative_to(pluggy)
    tests = [str(Path(__file__).with_name(name)) for name in ("test_plugins.py", "test_example.py")]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout
    assert re.search(r"\b[1-9]\d* passed", run.stdout)
