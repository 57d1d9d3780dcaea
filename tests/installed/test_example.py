"""The plug-in that the documentation shows is built, installed and used as a stranger's would be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

import pytest

Start = Callable[..., "CompletedProcess[str]"]

EXAMPLE = Path(__file__).parents[2] / "plugins" / "kmmaturity-example"


@pytest.fixture
def installed(site: Path, tmp_path: Path) -> None:
    """The example's wheel, built from its folder and unpacked where distributions are."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "built")]
    subprocess.run(build, cwd=EXAMPLE, capture_output=True, check=True)
    (wheel,) = (tmp_path / "built").iterdir()
    ZipFile(wheel).extractall(site)


@pytest.mark.usefixtures("installed")
def test_it_is_used(start: Start) -> None:
    """It is listed with what it brings, writes its format by name and by ending, takes its option, and checks."""
    listed = start("plugins")
    assert listed.stderr == ""
    assert "example (kmmaturity-example 0.1.0)\n  exporters:  mediawiki\n  rules:      EXAMPLE001" in listed.stdout
    start("demo", "--folder", ".")
    shown = start("export", "example-2.kmm.yaml", "--format", "mediawiki")
    assert shown.stderr == ""
    assert "|+ Coastal Evidence Team, 2026-11-24, starter&#64;1.0" in shown.stdout
    assert "! Sub-outcome !! Now !! Target\n" in shown.stdout
    written = start("export", "example-2.kmm.yaml", "--to", "team.mediawiki", "-o", "evidence=true")
    assert written.stderr.startswith("Wrote team.mediawiki (")
    start("new", "begun.kmm.yaml", "--unit", "A team")
    assert "EXAMPLE001 nothing says who took part" in start("check", "begun.kmm.yaml", "--format", "concise").stdout
    assert start("explain", "EXAMPLE001").stdout.startswith("rule EXAMPLE001: notes-wanted (info)")


@pytest.mark.usefixtures("installed")
def test_it_carries_what_it_needs(site: Path) -> None:
    """The wheel holds the package alone, and names our entry-point group."""
    assert {path.name for path in site.iterdir()} == {"kmmaturity_example", "kmmaturity_example-0.1.0.dist-info"}
    entries = (site / "kmmaturity_example-0.1.0.dist-info" / "entry_points.txt").read_text("utf-8")
    assert entries.strip() == "[kmmaturity]\nexample = kmmaturity_example"
