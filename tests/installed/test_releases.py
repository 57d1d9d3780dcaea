"""kmmaturity works with the oldest releases that it promises to work with, and plug-ins with the newest pluggy, too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,  # each needs a registry, and runs many tests
    pytest.mark.skipif(sys.version_info >= (3, 12), reason="old releases are built for the oldest Python alone"),
]

ROOT = Path(__file__).parents[2]
PROJECTS = (ROOT, *(ROOT / "plugins" / name for name in ("kmmaturity-report", "kmmaturity-sharepoint")))
OF_PLUGINS = ["tests/installed/test_plugins.py", "tests/installed/test_example.py"]
# Not what needs newer releases itself: import-linter and check-jsonschema run with click, too.
OF_ALL = ["tests/domain", "tests/files", "tests/checking", "tests/builtin", "tests/cli", "tests/property", "plugins"]
UNLIKE = ["plugins/kmmaturity-sharepoint/tests/test_pages.py"]


def oldest() -> Iterator[str]:
    """The oldest releases that the pyproject.toml of the core and of its plug-ins allow."""
    for project in PROJECTS:
        for each in tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]:
            if not each.startswith("kmmaturity"):
                yield each.replace(">=", "==")


RELEASES = [
    pytest.param(sorted(set(oldest())), OF_ALL + OF_PLUGINS, id="oldest"),
    pytest.param(["pluggy"], OF_PLUGINS, id="newest-pluggy"),
]


@pytest.mark.parametrize(("releases", "tests"), RELEASES)
def test_releases(releases: list[str], tests: list[str], tmp_path: Path) -> None:
    """Every test that needs them passes in processes that have these releases."""
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tmp_path), *releases]
    ran = subprocess.run(install, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    bare = {name: value for name, value in os.environ.items() if name != "KMMATURITY_PLUGINS"}
    env = bare | {"KMM_RELEASES": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    code = "import pluggy; print(pluggy.__file__)"
    found = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, encoding="utf-8", check=True)
    assert Path(found.stdout.strip()).is_relative_to(tmp_path)
    suite = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--maxprocesses", "8", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [*suite, *tests, *(f"--ignore={each}" for each in UNLIKE)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert re.search(r"\b[1-9]\d* passed", ran.stdout)
