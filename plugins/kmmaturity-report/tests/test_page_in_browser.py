"""The report in a real Chromium: what people, with and without sight, on a phone and on paper, get of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

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
def test_it_is_as_wide_as_the_window(name: str, opens: Opening, written: Written) -> None:
    """Nobody has to scroll sideways, on a phone or, which is the same, at 400 % zoom, or at any width between."""
    opened = opens(written(name), width=320)
    for width in (320, 390, 600, 719, 895, 897, 1280):
        opened.page.set_viewport_size({"width": width, "height": 640})
        assert (width, opened.wider()) == (width, 0)


@pytest.mark.parametrize("name", ["partial", "two-years"])
def test_words_are_whole(name: str, opens: Opening, written: Written) -> None:
    """No word is cut in two by a narrow column, a date stands on one line, and only longer ones may be hyphenated."""
    opened = opens(written(name))
    for width in (320, 600, 896, 1280):
        opened.page.set_viewport_size({"width": width, "height": 900})
        assert (width, opened.cut()) == (width, [])


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


def test_it_can_be_gone_through_by_keyboard(opens: Opening, written: Written) -> None:
    """Tab goes first to the report itself, past the head; every link shows where the focus is, and Enter follows it."""
    page = opens(written("two-years")).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "At a glance"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#glance"
    assert page.locator("#glance").is_visible()


@pytest.mark.parametrize("name", ["two-years", "large"])
def test_every_printed_page_says_whose_it_is(name: str, opens: Opening, written: Written) -> None:
    """On paper, each page has the handling mark, the unit and the model with its status in its margins."""
    seen = TEAMS[name].report()
    pages = [
        each.extract_text()
        for each in PdfReader(BytesIO(opens(written(name)).page.pdf(prefer_css_page_size=True))).pages
    ]
    assert len(pages) > 5
    for number, text in enumerate(pages, 1):
        told = "".join(text.split())
        assert f"{number}of{len(pages)}" in told
        assert f"({seen.model.reference}),{seen.model.status}" in told
        assert told.count("".join((seen.marking or "").split())) >= (2 if seen.marking else 0)


def test_it_reads_without_its_styles(opens: Opening, written: Written) -> None:
    """With no stylesheet at all, everything is there in its order, and the pictures are drawn in their own size."""
    page = opens(written("two-years")).page
    page.evaluate("document.querySelectorAll('style').forEach(each => each.remove())")
    said = page.evaluate("document.body.innerText")
    places = [
        said.index(title) for title in ("Coastal Evidence Team", "26 of 26", "Picture", "Strengths", "Low median")
    ]
    assert len(set(places)) == 5
    headings = page.evaluate("[...document.querySelectorAll('h2')].map(each => each.offsetTop)")
    assert headings == sorted(headings)
    box = page.locator("svg.bar").first.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (220, 26)
