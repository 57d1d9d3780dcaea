"""What kmmaturity says never ranks anybody and never blames."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Whole words, and what software may fail at: a plug-in, a check, a run.
UNWANTED = re.compile(
    r"\b(overdue|poor|poorly|(?<!stands )behind|worst|best team|league table|ranked|amber|red status|rag status|"
    r"underperform\w*|blame them|failing team|non-compliant)\b",
    re.IGNORECASE,
)
FAILED = re.compile(r"\bfail(?:ed|ing|s|ure)?\b", re.IGNORECASE)
OF_SOFTWARE = re.compile(r"plug-?in|^Failure$|exit code|ends with 1|fail-on|CI|pipeline|test|disk|hook", re.IGNORECASE)


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every text that the code in `path` can print, docstrings of modules, classes and functions left out."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def spoken() -> Iterator[tuple[str, str]]:
    """Every text in the code and every line of the models, the examples and the documentation, with its place."""
    for path in sorted(
        {*(ROOT / "src").rglob("*.py")} - {ROOT / "src/kmmaturity/testing/wording.py"}
    ):  # the list itself
        for line, text in strings(path):
            yield f"{path.relative_to(ROOT)}:{line}", text
    for pattern in ("model/**/*.yaml", "model/*.md", "docs/**/*.md", "README.md"):
        for path in sorted(ROOT.glob(pattern)):
            for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
                yield f"{path.relative_to(ROOT)}:{number}", text


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    """Everything that is spoken, read once."""
    return list(spoken())


def test_nothing_ranks_or_blames(texts: list[tuple[str, str]]) -> None:
    """No message, model or page holds a word that sets teams against each other or calls a score bad."""
    found = [f"{place}: {text.strip()[:80]}" for place, text in texts if UNWANTED.search(text)]
    assert not found, "\n".join(found)


def test_only_software_fails(texts: list[tuple[str, str]]) -> None:
    """`Failed` is said of plug-ins, checks and disks alone, never of people or their work."""
    found = [
        f"{place}: {text.strip()[:80]}" for place, text in texts if FAILED.search(text) and not OF_SOFTWARE.search(text)
    ]
    assert not found, "\n".join(found)


def test_the_scan_finds_what_it_looks_for(tmp_path: Path) -> None:
    """The scan sees words inside f-strings and passes over docstrings."""
    code = tmp_path / "code.py"
    code.write_text('"""Overdue in a docstring."""\nprint(f"{1} review is overdue")\n', "utf-8")
    assert [line for line, text in strings(code) if UNWANTED.search(text)] == [2]
