"""What `needs` and `slow` do to a test: the rules of tests/choosing.py, tried on a small suite of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SUITE = """
import pytest

def test_plain(): pass

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.needs("rclone")
def test_needs(): pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A folder with a plain test, a slow one and one that needs rclone, under this project's rules."""
    shutil.copy(ROOT / "tests" / "choosing.py", tmp_path / "conftest.py")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = -p no:cacheprovider -ra\nmarkers =\n  slow\n  needs(tool)\n"
    )
    (tmp_path / "test_suite.py").write_text(SUITE)
    return tmp_path


def run(suite: Path, *options: str, rclone: bool, require: str = "") -> tuple[str, dict[str, int]]:
    """What pytest prints for the suite, and the counts of its closing line, where rclone is or is not on PATH."""
    programs = suite / "programs"
    programs.mkdir()
    if rclone:
        (programs / "rclone").touch(mode=0o755)
        (programs / "rclone.exe").touch()
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=suite,
        env=os.environ | {"PATH": str(programs), "KMM_REQUIRE": require},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    closing = result.stdout.splitlines()[-1]
    return result.stdout, {word: int(count) for count, word in re.findall(r"(\d+) (passed|skipped|error)", closing)}


def test_unasked(suite: Path) -> None:
    """A plain run skips slow tests and those that need a program, and says how to run them."""
    printed, counts = run(suite, rclone=True)
    assert counts == {"passed": 1, "skipped": 2}
    assert "slow: runs under `make test-all`" in printed
    assert "needs rclone: runs under `make test-all`" in printed


@pytest.mark.parametrize("rclone", [True, False])
def test_asked(suite: Path, rclone: bool) -> None:
    """`--all` runs everything that can run here, and names what is missing with what to install."""
    printed, counts = run(suite, "--all", rclone=rclone)
    assert counts == ({"passed": 3} if rclone else {"passed": 2, "skipped": 1})
    assert ("needs rclone, which is not on PATH: install rclone" in printed) is not rclone


def test_required(suite: Path) -> None:
    """A missing program that KMM_REQUIRE names fails the tests that need it, asked for or not."""
    printed, counts = run(suite, rclone=False, require="soffice,rclone")
    assert counts == {"passed": 1, "skipped": 1, "error": 1}
    assert "KMM_REQUIRE names it" in printed
