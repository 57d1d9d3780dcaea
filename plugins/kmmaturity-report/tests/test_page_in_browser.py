"""The report in a real Chromium: what people, with and without sight, on a phone and on paper, get of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kmmaturity_report
from browser import Opening
from kmmaturity import render
from kmmaturity.registry import Registry
from teams import TEAMS

pytestmark = pytest.mark.needs("chromium")

OURS = Registry.of(kmmaturity_report)
Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """What writes the report of a team, and gives its path."""

    def write(name: str) -> Path:
        path = tmp_path / f"{name}.html"
        path.write_bytes(render(TEAMS[name].report(), "html", registry=OURS))
        return path

    return write


@pytest.mark.parametrize("name", TEAMS)
def test_nothing_stands_in_the_way(name: str, opens: Opening, written: Written) -> None:
    """Axe finds nothing, wide or on a phone; the browser says nothing, and nothing is asked for from outside."""
    opened = opens(written(name))
    assert opened.against() == []
    opened.page.set_viewport_size({"width": 320, "height": 640})
    assert opened.against() == []
    assert opened.said == []
    assert opened.outside() == []


@pytest.mark.parametrize("name", TEAMS)
@pytest.mark.parametrize("width", [320, 390, 719, 721, 900])
def test_it_is_as_wide_as_the_window(name: str, width: int, opens: Opening, written: Written) -> None:
    """Nobody has to scroll sideways, on a phone or, which is the same, at 400 % zoom."""
    assert opens(written(name), width=width).wider() == 0


@pytest.mark.parametrize("name", ["two-years", "large"])
def test_text_may_be_spaced_out(name: str, opens: Opening, written: Written) -> None:
    """Letters, words and lines can be set as far apart as WCAG 1.4.12 asks, and still nothing runs out of the page."""
    opened = opens(written(name), width=320)
    opened.page.evaluate(
        """() => { for (const each of document.querySelectorAll("body *")) {
            each.style.lineHeight = "1.5"; each.style.letterSpacing = ".12em"; each.style.wordSpacing = ".16em";
        } }"""
    )
    assert opened.wider() == 0


def test_tables_stay_tables_on_a_phone(opens: Opening, written: Written) -> None:
    """Where the cells of a row stand below one another, they are read aloud as cells of a table all the same."""
    opened = opens(written("two-years"))
    wide = opened.roles()
    opened.page.set_viewport_size({"width": 320, "height": 640})
    narrow = opened.roles()
    for role in ("table", "row", "rowheader", "columnheader"):
        assert wide[role] == narrow[role] > 0
