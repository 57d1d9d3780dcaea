"""Import budgets: what is not needed is not loaded. Names of modules, in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kmmaturity.builtin import models

HEAVY = {"networkx", "cattrs", "click", "yaml", "msgspec", "importlib.metadata"}
ON_CHECKING = {
    *("networkx", "cattrs", "tempfile", "difflib", "importlib.metadata", "csv"),
    *("kmmaturity.registry", "kmmaturity.domain.report", "kmmaturity.domain.profile", "kmmaturity.checking.baseline"),
}
ON_HELP = {"networkx", "cattrs", "yaml", "msgspec", "importlib.metadata", "tempfile", "difflib", "json"}


def loaded(code: str) -> set[str]:
    """The modules that are loaded after `code` has run in a new interpreter without site-packages' own start-up files."""
    last = "print(); print(*__import__('sys').modules)"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{last}"], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.splitlines()[-1].split())


def beyond_bare(code: str) -> set[str]:
    """What `code` loads that an interpreter with nothing to do has not loaded already."""
    return loaded(code) - loaded("pass")


def command(*words: str) -> str:
    """Code that runs a command and survives its end."""
    return (
        f"import sys; sys.argv = ['kmmaturity', *{words!r}]\n"
        "try:\n    from kmmaturity.cli import main; main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )


def test_package() -> None:
    """`import kmmaturity` loads nothing heavy, and next to nothing of its own."""
    found = beyond_bare("import kmmaturity")
    assert not found & HEAVY
    assert {name for name in found if name.startswith("kmmaturity.")} == set()


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_check(suffix: str, tmp_path: Path) -> None:
    """Checking a good file through the library loads neither the diagnosis, nor networkx, nor difflib, nor tempfile."""
    path = good_file(tmp_path, suffix)
    found = beyond_bare(f"import kmmaturity as km; assert not km.check({str(path)!r}).errors")
    assert not found & (ON_CHECKING | {"click"})
    assert "kmmaturity.files.diagnosis" not in found


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_check_command(suffix: str, tmp_path: Path) -> None:
    """So it is through the command line."""
    path = good_file(tmp_path, suffix)
    found = beyond_bare(command("check", str(path)))
    assert "click" in found
    assert not found & ON_CHECKING


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_help(word: str) -> None:
    """`--version` and `--help` load click, the table of commands and the look for plug-ins, and no command."""
    found = beyond_bare(command(word))
    assert not found & ON_HELP
    ours = {name for name in found if name.startswith("kmmaturity.") and not name.startswith("kmmaturity.cli")}
    assert ours <= {"kmmaturity.errors", "kmmaturity.hooks", "kmmaturity.hooks.loading"}
    assert {name for name in found if name.startswith("kmmaturity.cli.")} == {
        "kmmaturity.cli.console",
        "kmmaturity.cli.program",
    }


def good_file(folder: Path, suffix: str) -> Path:
    """The example team's second year, in YAML or JSON, beside the first: of one that is missing, a near name is sought."""
    path = folder / f"team.kmm.{suffix}"
    (folder / models.example(1).path).write_bytes(models.example(1).data)
    if suffix == "yaml":
        path.write_bytes(models.example(2).data)
    else:
        import kmmaturity as km

        km.save(km.example(), path)
    return path


def test_looking_ahead() -> None:
    """Suggestions, a case, a draft and a roadmap load neither networkx nor the solver: plain sets do for these."""
    code = (
        "import kmmaturity as km; from datetime import date; team = km.example(); found = km.suggest(team)\n"
        "km.roadmap(team); km.case_for(team, 'assets.reuse', 2); km.steps_to(team, 'assets.reuse', 3)\n"
        "team.with_draft(km.draft_plan(team, found, today=date(2026, 12, 1)))"
    )
    assert not beyond_bare(code) & {"networkx", "highspy", "numpy", "icalendar", "click"}
