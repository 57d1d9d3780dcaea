"""`kmmaturity import`: tables become files, one for each assessment, and nothing is replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import kmmaturity as km

Run = Callable[..., Result]


@pytest.fixture
def both(folder: Path) -> Path:
    """A table of two years of the example team."""
    km.export([km.example(year=1), km.example()], folder / "both.csv")
    return folder / "both.csv"


def test_a_file_for_each(run: Run, both: Path, folder: Path) -> None:
    """Each assessment gets a file named after its day and unit, which says what the table did."""
    result = run("import", both)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Wrote 2026-11-24-coastal-evidence-team.kmm.yaml." in result.stderr
    back = km.load(folder / "2026-11-24-coastal-evidence-team.kmm.yaml")
    assert km.profile(back) == km.profile(km.example())
    assert run("check", "2025-11-20-coastal-evidence-team.kmm.yaml").exit_code == 0


def test_nothing_is_replaced(run: Run, both: Path, folder: Path) -> None:
    """A file that is there stays as it is, the others are written, and the exit code tells."""
    (folder / "2026-11-24-coastal-evidence-team.kmm.yaml").write_text("precious", encoding="utf-8")
    result = run("import", both)
    assert result.exit_code == 1
    assert "2026-11-24-coastal-evidence-team.kmm.yaml is there already, and stays as it is" in result.stderr
    assert "1 of 2 assessments not written." in result.stderr
    assert (folder / "2026-11-24-coastal-evidence-team.kmm.yaml").read_text(encoding="utf-8") == "precious"
    assert (folder / "2025-11-20-coastal-evidence-team.kmm.yaml").exists()


def test_dry_run(run: Run, both: Path, folder: Path) -> None:
    """`--dry-run` says what would be written and writes nothing."""
    before = sorted(folder.iterdir())
    result = run("import", both, "--dry-run")
    assert result.exit_code == 0
    assert "Would write 2025-11-20-coastal-evidence-team.kmm.yaml." in result.stderr
    assert sorted(folder.iterdir()) == before


def test_what_is_wrong(run: Run, both: Path, folder: Path) -> None:
    """What is wrong with one assessment is told by its cell, and the other is written."""
    both.write_bytes(both.read_bytes().replace(b",2025-11-20,", b",20/11/2025,"))
    result = run("import", both, "--into", ".")
    assert result.exit_code == 1
    assert 'cell C2: `assessed` takes a date, and this is the text "20/11/2025"' in result.stderr
    assert [each.name for each in folder.glob("*.kmm.yaml")] == ["2026-11-24-coastal-evidence-team.kmm.yaml"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("team.odt",), 2, "team.odt does not say what it is in: end its name in .csv, or say --format"),
        ((".",), 2, "Error: . is a folder, and a file is imported: name one in it"),
        (("none.csv",), 2, "there is no file none.csv"),
        (("both.csv", "--format", "cvs"), 2, "import has no importer 'cvs': it has csv"),
        (("both.csv", "--into", "nowhere"), 1, "there is no folder"),
    ],
)
def test_refusals(words: tuple[str, ...], code: int, told: str, run: Run, both: Path) -> None:  # there
    """What cannot be done is told in one sentence with the remedy."""
    result = run("import", *words)
    assert result.exit_code == code
    assert told in result.stderr


def test_other_commands_read_a_table(run: Run, both: Path, folder: Path) -> None:
    """Other commands read a table of one assessment, and say what to do with one of several."""
    km.export(km.example(), folder / "one.csv")
    assert run("show", "one.csv").exit_code == 0
    result = run("show", both)
    assert result.exit_code == 1
    assert "holds 2 assessments, and one is wanted here: `kmmaturity import` makes a file of each" in result.stderr
