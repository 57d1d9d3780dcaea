"""Tables in a notebook have the markup of those in a report, and are held to the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import kmmaturity as km
from browser import Opening
from markup import parsed
from teams import ATTACKS, TEAMS, Team

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A notebook</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>A notebook</h1>{}</main></body></html>"""
# Values that a person ends a notebook's cell with.
SHOWN: Mapping[str, Callable[[Team], Any]] = {
    "assessment": lambda team: team.assessment,
    "profile": lambda team: km.profile(team.assessment),
    "principles": lambda team: km.profile(team.assessment, by="principle"),
    "model": lambda team: team.assessment.model,
    "findings": lambda team: km.check(team.assessment),
    "comparison": lambda team: km.compare(team.previous or team.assessment, team.assessment),
    "roadmap": lambda team: km.roadmap(team.assessment),
}


@pytest.mark.parametrize("name", TEAMS)
def test_text_in_a_notebook_stays_text(name: str) -> None:
    """Every table closes what it opens, and holds nothing but the parts of a table and their text."""
    for show in SHOWN.values():
        table = parsed(f"<div>{show(TEAMS[name])._repr_html_()}</div>")
        assert {each.tag for each in table.iter()} <= {
            "div",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "p",
            "bdi",
        }
        assert {key for each in table.iter() for key in each.attrib} <= {"scope", "class", "data-label"}
    if name == "hostile":
        said = "".join(parsed(f"<div>{TEAMS[name].assessment.model._repr_html_()}</div>").itertext())
        assert any(attack in said for attack in ATTACKS)


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("name", TEAMS)
def test_tables_in_a_notebook_can_be_used_by_all(name: str, opens: Opening, tmp_path: Path) -> None:
    """Axe finds nothing in them, nothing runs, and nothing is asked for."""
    path = tmp_path / "notebook.html"
    tables = "".join(show(TEAMS[name])._repr_html_() for show in SHOWN.values())
    path.write_text(PAGE.format(tables), encoding="utf-8", errors="surrogatepass")
    opened = opens(path)
    assert opened.against() == []
    assert (opened.said, opened.outside()) == ([], [])
    assert opened.page.evaluate("window.harmed") is None
