"""What a person does with the plug-in installed: the demo, the export, and the picture that README.md shows."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import kmmaturity as km
import kmmaturity_report
from kmmaturity.registry import Registry
from markup import parsed

ROOT = Path(__file__).parents[3]
SCREENSHOT = ROOT / "docs" / "screenshot.py"
OURS = Registry.of(kmmaturity_report)


def run(*words: object, cwd: Path) -> str:
    """What a command prints, in a process that sees this plug-in."""
    found = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=cwd,
        env=os.environ | {"KMMATURITY_PLUGINS": "report", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_the_demo_ends_with_the_report(tmp_path: Path) -> None:
    """`kmmaturity demo` ends by writing the example team's report and naming its path; typed, it gives the same file."""
    said = run("-m", "kmmaturity", "demo", cwd=tmp_path)
    page = Path("kmmaturity-demo") / "report.html"
    assert said.splitlines()[-1].strip().startswith(str(page))
    typed = f"export {page.with_name('example-2.kmm.yaml')} --to {page}"
    assert typed in said
    report = km.report(km.example(), previous=km.example(year=1))
    assert (tmp_path / page).read_bytes() == km.render(report, "html", registry=OURS)
    run("-m", "kmmaturity", *typed.split(), "--overwrite", cwd=tmp_path)
    assert (tmp_path / page).read_bytes() == km.render(report, "html", registry=OURS)


def test_options_from_the_command_line(tmp_path: Path) -> None:
    """Options given on the command line reach the page, and one that it does not take is told with those that it does."""
    km.save(km.example(), tmp_path / "team.kmm.yaml")
    run("-m", "kmmaturity", "export", "team.kmm.yaml", "--to", "a.html", "-o", "name=Our Agency", cwd=tmp_path)
    assert b"<bdi>Our Agency</bdi>" in (tmp_path / "a.html").read_bytes()
    with pytest.raises(km.KmMaturityError, match="picture is 'radar', and takes scores, counts or steps"):
        km.render(km.example(), "svg", options={"picture": "radar"}, registry=OURS)


def test_every_year_that_files_name(tmp_path: Path) -> None:
    """Files that name the one before them, in a circle even, give a page with a column for each year, each once."""
    for year, previous in ((2024, 2026), (2025, 2024), (2026, 2025)):
        team = evolve(km.example(), assessed=date(year, 11, 24), previous=f"{previous}.kmm.yaml")
        km.save(team, tmp_path / f"{year}.kmm.yaml")
    run("-m", "kmmaturity", "export", "2026.kmm.yaml", "--to", "report.html", cwd=tmp_path)
    page = parsed((tmp_path / "report.html").read_bytes())
    (table,) = [each for each in page.iter("table") if "year by year" in "".join(each.itertext())]
    heads = ["".join(each.itertext()) for each in table.iter("th") if each.get("scope") == "col"]
    assert heads == ["Sub-outcome", "24 November 2024", "24 November 2025", "24 November 2026", "Target"]


@pytest.mark.needs("chromium")
@pytest.mark.skipif(not SCREENSHOT.exists(), reason="there is no documentation here to take a picture for")
def test_the_picture_of_the_readme_is_made_by_a_script(tmp_path: Path) -> None:
    """`make screenshot` takes the picture that README.md shows, of the size that it has there."""
    run(SCREENSHOT, tmp_path / "report.png", cwd=tmp_path)
    taken, shown = (path.read_bytes()[:24] for path in (tmp_path / "report.png", ROOT / "docs" / "report.png"))
    assert taken.startswith(b"\x89PNG")
    assert taken[16:24] == shown[16:24]  # the width and the height of a PNG
