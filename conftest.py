"""Runs the examples in README.md, docs/ and model/: Python, the commands of console blocks, and whole YAML files.

Where the sentence before a block says "Save this as `name`", it is a file that what follows on the page finds.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from doctest import DONT_ACCEPT_BLANKLINE, ELLIPSIS, OutputChecker
from doctest import Example as Expectation
from importlib import invalidate_caches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["tests.choosing"]  # which tests run, those of plug-ins included

FLAGS = ELLIPSIS | DONT_ACCEPT_BLANKLINE
SAVED = re.compile(r"[Ss]ave this as\s+`([^`]+)`[.:]\s*\Z")
PROGRAMS = ("kmmaturity", "pip", "pytest")
PLAIN = {"NO_COLOR": "1", "COLUMNS": "100", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
PLAIN |= {"GITHUB_ACTIONS": "", "TF_BUILD": ""}  # pages show what a person sees

# What `pip install .` does on a page: nothing is fetched, and no environment but the page's own folder is changed.
PACKAGES = ".packages"
INTO_A_FOLDER = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--upgrade", "--target", PACKAGES)


class ByPage(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist publishes no types
    """Spreads tests over processes one by one, but for those that build on others of their file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file.endswith((".md", "test_packaging.py")) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """How `pytest -n` spreads tests over processes."""
    return ByPage(config, log)


def enter_directory(namespace: dict[str, Any]) -> None:
    """Gives each document an empty directory of its own to work in, as for a reader who runs Python in that folder."""
    namespace["before"], namespace["directory"] = Path.cwd(), tempfile.TemporaryDirectory()
    os.chdir(namespace["directory"].name)
    sys.path.insert(0, namespace["directory"].name)


def leave_directory(namespace: dict[str, Any]) -> None:
    """Goes back to where the tests were started, and leaves nothing behind."""
    os.chdir(namespace["before"])
    sys.path.remove(namespace["directory"].name)
    namespace["directory"].cleanup()


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, with the output that the page says it has."""
    for part in block.removeprefix("$ ").split("\n$ "):
        command, _, expected = part.partition("\n")
        yield command, expected and expected.rstrip("\n") + "\n"


def evaluate_console(example: Example) -> str | None:
    """What differs between a console block and what its commands print now, or None.

    `...` stands for any text. A command with nothing below it may print what it likes, and has to succeed.
    """
    for command, expected in commands(example.parsed):
        program, *arguments = shlex.split(command, comments=True)
        if program not in PROGRAMS:
            return f"a console block runs {', '.join(PROGRAMS)} alone, and this one starts {program!r}: call it `sh`"
        if program == "pip":
            arguments = [*arguments[:1], *INTO_A_FOLDER, *arguments[-1:]]
        run = subprocess.run(
            [sys.executable, "-m", program, *arguments],
            env=os.environ | PLAIN | {"PYTHONPATH": os.pathsep.join((os.curdir, PACKAGES))},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if not expected and run.returncode == 0:
            continue
        if not OutputChecker().check_output(expected, run.stdout, FLAGS):
            difference = OutputChecker().output_difference(Expectation(command, expected), run.stdout, FLAGS)
            return f"$ {command}\n{difference}(exit code {run.returncode})"
    return None


def evaluate_yaml(example: Example) -> str | None:
    """What `check` has against a YAML block that is a whole file, or None; a fragment is not checked."""
    import kmmaturity

    saved(example)
    if not example.parsed.startswith(("kmmaturity:", "kmmodel:")):
        return None
    found = kmmaturity.check(example.parsed.encode())
    against = [*found.errors, *found.warnings]
    return "\n".join(f"{finding.code} {finding.message}" for finding in against) or None


def saved(example: Example) -> bool:
    """Whether the page says to save the block; then it is."""
    named = SAVED.search(example.document.text[: example.start])
    if named:
        Path(named[1]).write_text(example.parsed, encoding="utf-8")
        invalidate_caches()  # what the page saved a moment ago is to be found
    return named is not None


def evaluate_python(example: Example) -> None:
    """Runs a block of Python, unless it is a file to be saved."""
    if not saved(example):
        PythonEvaluator()(example)


def evaluate_toml(example: Example) -> None:
    """Saves a block of TOML where the page says so; what reads the file says what is wrong in it."""
    saved(example)


PYTHON = PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)  # which knows blocks with prompts from those without
PYTHON.codeblock_parser = CodeBlockParser("python", evaluate_python)

pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser("console", evaluate_console),
        CodeBlockParser("yaml", evaluate_yaml),
        CodeBlockParser("toml", evaluate_toml),
        PYTHON,
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md", "model/*.md"],
    setup=enter_directory,
    teardown=leave_directory,
).pytest()
