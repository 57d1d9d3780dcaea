"""The import contracts of pyproject.toml hold, and would break if the code broke them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the packages in `tree`, under this project's contracts."""
    start = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", start, "--no-cache", "--no-logo", ROOT / "pyproject.toml"],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, [tree / "src", tree / "model"])), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the packages, to be spoilt."""
    for part in ("src", "model"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_kept() -> None:
    """Every contract holds on the code as it is."""
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_copy_is_what_is_checked(tree: Path) -> None:
    """A faithful copy keeps every contract, so what breaks below is the spoilt line."""
    assert lint_imports(tree).returncode == 0


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("kmmaturity/domain/model.py", "import json", "The domain does no I/O and knows no plug-ins"),
        ("kmmaturity/domain/model.py", "from pathlib import Path", "The domain does no I/O and knows no plug-ins"),
        ("kmmaturity/domain/model.py", "import cattrs", "The domain does no I/O and knows no plug-ins"),
        ("kmmaturity/domain/model.py", "import kmmaturity.files", "Each layer imports only from those below it"),
        ("kmmaturity/errors.py", "import kmmaturity.domain.model", "Each layer imports only from those below it"),
        ("kmmaturity/domain/model.py", "import networkx", "Only domain/priorities/graph imports networkx"),
        ("kmmaturity/domain/priorities/steps.py", "import networkx", "Only domain/priorities/graph imports networkx"),
        ("kmmaturity/files/shapes.py", "import networkx", "Only domain/priorities/graph imports networkx"),
        ("kmmaturity/unplaced.py", "", "Each layer imports only from those below it"),
    ],
)
def test_broken(tree: Path, module: str, line: str, contract: str) -> None:
    """A contract breaks when a module imports what it should not, or has no layer."""
    with (tree / "src" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = lint_imports(tree)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout
