"""What stands on every output about an assessment: its handling marking, and coverage beside every summary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.cli.conftest import Run

import kmmaturity as km
from kmmaturity.builtin.exporters import EXPORTERS

MARK = "OFFICIAL-SENSITIVE"
TOLD = [
    ("show",),
    ("show", "--by", "principle"),
    ("show", "--overall", "gated"),
    ("show", "--width", "40", "--ascii"),
    ("compare",),
    ("plan", "--today", "2027-06-01"),
    ("suggest",),
    ("suggest", "--why"),
    ("suggest", "--json"),
    ("case", "learning.before"),
    ("case", "learning.before", "--json"),
    ("roadmap",),
    ("roadmap", "--json"),
    *(("model", "graph", "--format", each, "--for") for each in ("text", "mermaid", "dot", "svg")),
    *(("export", "--format", each.name) for each in EXPORTERS),
]


@pytest.fixture
def marked(folder: Path) -> Path:
    """The example team's two years, both marked; the second names the first."""
    for year in (1, 2):
        team = evolve(km.example(year=year), handling="official-sensitive")
        km.save(team, folder / f"example-{year}.kmm.yaml")
    return Path("example-2.kmm.yaml")


@pytest.mark.parametrize("words", TOLD, ids=" ".join)
def test_handling(words: tuple[str, ...], run: Run, marked: Path) -> None:
    """Whatever is told of a team bears its handling marking, in capitals."""
    at = 1 if words[0] == "case" else len(words)
    result = run(*words[:at], marked, *words[at:])
    assert result.exit_code == 0, result.output
    assert MARK in result.stdout


def test_handling_goes_on_to_next_year(run: Run, marked: Path) -> None:
    """Next year's file is marked as this one is."""
    assert run("new", "next.kmm.yaml", "--from", marked).exit_code == 0
    assert km.load("next.kmm.yaml").handling == "official-sensitive"


def test_handling_of_values(marked: Path) -> None:
    """Values bear the marking where they are printed and where a notebook shows them."""
    team = km.load(marked)
    values: list[Any] = [
        team,
        km.profile(team),
        km.compare(km.load("example-1.kmm.yaml"), team),
        km.suggest(team),
        km.case_for(team, "learning.before", 2),
        km.roadmap(team),
    ]
    for value in values:
        assert MARK in str(value), type(value)
        assert MARK in value._repr_html_(), type(value)


@pytest.mark.parametrize(
    "words", [("show",), ("compare",), ("export", "--format", "json"), ("export", "--format", "markdown")], ids=" ".join
)
def test_coverage(words: tuple[str, ...], run: Run, marked: Path) -> None:
    """Wherever counts are told, so is how much of what applies is scored."""
    km.save(km.load(marked).without_score("learning.before"), "less.kmm.yaml")
    told = " ".join(run(*words, "less.kmm.yaml").stdout.split())
    assert "25 of 26" in told or "25/26" in told


def test_coverage_of_values(marked: Path) -> None:
    """A profile and a comparison tell coverage with their counts, in text and in a notebook."""
    team = km.load(marked).without_score("learning.before")
    for value in (km.profile(team), km.profile(team, by="principle"), km.compare(km.example(year=1), team)):
        for told in (str(value), value._repr_html_()):
            assert "25 of 26 applicable sub-outcomes are scored (96%)" in told
