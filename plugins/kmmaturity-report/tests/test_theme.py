"""A department's own name, colour and logo, each checked before it is on a page."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kmmaturity_report
from browser import Opening
from kmmaturity import render
from kmmaturity.errors import KmMaturityError
from kmmaturity.registry import Registry
from kmmaturity_report.pictures.palette import TINTS, ink_on, tint
from kmmaturity_report.theme import contrast, stylesheet, themed
from markup import parsed
from teams import TEAMS

OURS = Registry.of(kmmaturity_report)
# One pixel; and a drawing that would do harm if it were part of the page.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
SVG = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">
<script>window.top.harmed = 1</script><image href="https://elsewhere.example/x.png"/><rect width="120" height="40"/></svg>"""

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#12436d", "#ffffff", 10.25),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    """The contrast of two colours is that of WCAG, whichever is named first."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@given(colours)
def test_text_on_any_colour_can_be_read(colour: str) -> None:
    """A colour that is taken shows on the page, and its text reads at 4.5 to 1; another is refused with its ratio."""
    try:
        theme = themed(colour=colour)
    except KmMaturityError as error:
        ratio = re.search(r"a contrast of ([\d.]+) to 1", str(error))
        assert ratio is not None
        assert float(ratio[1]) <= contrast(colour, "#ffffff") + 1e-9
        assert float(ratio[1]) < 3
    else:
        assert theme.colour == colour
        assert contrast(colour, "#ffffff") >= 3
        assert contrast(colour, theme.ink) >= 4.5


@pytest.mark.parametrize("places", range(1, 14))
def test_levels_can_be_read_on_their_tints(places: int) -> None:
    """Whatever the scale, each level's number reads on its tint, and a higher level is never on a paler one."""
    found = [tint(place, places) for place in range(places)]
    assert found == sorted(found)
    assert all(contrast(TINTS[each], ink_on(TINTS[each])) >= 4.5 for each in found)


def test_tints_are_the_same_in_pictures_and_tables() -> None:
    """The stylesheet has the tints that pictures are drawn with, and the ink that reads on each."""
    for number, colour in enumerate(TINTS):
        (rule,) = re.findall(rf"\.heat-{number}\{{(.*?)\}}", stylesheet("report/report.css"))
        short = re.sub(r"^#(.)\1(.)\2(.)\3$", r"#\1\2\3", colour)
        assert f"background: {short};" in rule
        assert ("color: #fff;" in rule) is (ink_on(colour) == "#ffffff")


@pytest.mark.parametrize("colour", ["#12436D", "12436d", " #12436d"])
def test_colours_are_read_as_people_write_them(colour: str) -> None:
    """Capitals, spaces and a missing # make no difference, and three digits stand for six."""
    assert themed(colour=colour).colour == "#12436d"
    assert themed(colour="#036").colour == "#003366"


@pytest.mark.parametrize("colour", ["red", "#12", "#12436d; } body { display: none", "rgb(0, 0, 0)", "#12436g"])
def test_what_is_no_colour(colour: str) -> None:
    """Anything else is refused, with how to write it: no text from an option becomes style."""
    with pytest.raises(KmMaturityError, match="six hexadecimal digits, such as #12436d"):
        themed(colour=colour)


def test_name_and_logo_stand_at_the_head(tmp_path: Path) -> None:
    """The name stands in the head of the page with the logo, which the page holds itself, beside it."""
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    options = {"name": "Example <Agency>", "colour": "#00703c", "logo": str(logo)}
    page = parsed(render(TEAMS["two-years"].report(), "html", options=options, registry=OURS))
    (picture,) = page.iter("img")
    assert picture.attrib["src"].startswith("data:image/png;base64,")
    assert picture.attrib["alt"] == ""
    header = page.find("body/header")
    assert header is not None
    assert "Example <Agency>" in "".join(header.itertext())
    assert ":root{--accent:#00703c;--on-accent:#ffffff}" in page.findtext("head/style", "")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read"),
        (b"%PDF-1.7", "is no picture that a page can show"),
        (PNG + bytes(70_000), "at most 65,536"),
    ],
)
def test_logos_that_cannot_be_used(content: bytes | None, told: str, tmp_path: Path) -> None:
    """A logo that is not there, is no picture, or would make every page heavy is refused with what would do."""
    logo = tmp_path / "logo"
    if content is not None:
        logo.write_bytes(content)
    with pytest.raises(KmMaturityError, match=told):
        themed(logo=str(logo))


@pytest.mark.needs("chromium")
@pytest.mark.parametrize(
    ("colour", "named"), [("#12436d", True), ("#f46a25", False), ("#949494", True), ("#000", False)]
)
def test_themed_pages_can_be_read(colour: str, named: bool, opens: Opening, tmp_path: Path) -> None:
    """With a dark colour or a light one, a name or none, and a drawing as logo, axe finds nothing and nothing runs."""
    logo, path = tmp_path / "logo.svg", tmp_path / "page.html"
    logo.write_bytes(SVG)
    options = {"colour": colour, "logo": str(logo), "name": "Example Agency" if named else None}
    path.write_bytes(render(TEAMS["partial"].report(), "html", options=options, registry=OURS))
    opened = opens(path)
    assert opened.against() == []
    assert (opened.said, opened.outside()) == ([], [])
    assert opened.page.evaluate("window.harmed") is None
