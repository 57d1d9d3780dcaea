"""Tables in a notebook have the markup of those in a report, and are held to the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

import kmmaturity as km
import kmmaturity_report
from browser import Opening
from kmmaturity import render
from kmmaturity.registry import Registry
from markup import parsed
from teams import ATTACKS, TEAMS, Team

OURS = Registry.of(kmmaturity_report)
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


def refute_table(table: Element) -> None:
    """Fails where a table has no caption, a heading without its scope, or a cell that does not name its column."""
    assert "".join(table.find("caption").itertext())  # type: ignore[union-attr]  # or it is no table of ours
    heads = table.findall("thead/tr/th")
    assert {each.get("scope") for each in heads} == {"col"}
    columns = ["".join(each.itertext()) for each in heads]
    for row in table.findall("tbody/tr"):
        first, *rest = row
        assert (first.tag, first.get("scope")) == ("th", "row")
        assert [each.get("data-label") for each in rest] == columns[1:]


@pytest.mark.parametrize("name", TEAMS)
def test_tables_have_one_markup(name: str) -> None:
    """A table in a notebook and one in a report have a caption, headings with their scope, and cells with their column."""
    notebook = "".join(show(TEAMS[name])._repr_html_() for show in SHOWN.values())
    report = render(TEAMS[name].report(), "html", registry=OURS)
    for page in (parsed(f"<div>{notebook}</div>"), parsed(report)):
        tables = list(page.iter("table"))
        assert len(tables) >= len(SHOWN) - 1
        for table in tables:
            refute_table(table)


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("name", TEAMS)
def test_tables_in_a_notebook_can_be_used_by_all(name: str, opens: Opening, tmp_path: Path) -> None:
    """Axe finds nothing in them, nothing runs, and nothing is asked for."""
    path = tmp_path / "notebook.html"
    tables = "".join(show(TEAMS[name])._repr_html_() for show in SHOWN.values())
    path.write_text(PAGE.format(tables), encoding="utf-8", errors="surrogatepass")
    opened = opens(path)
    assert opened.against() == []
    opened.page.set_viewport_size({"width": 320, "height": 640})
    assert opened.against() == []
    assert (opened.said, opened.outside()) == ([], [])
    assert opened.page.evaluate("window.harmed") is None
