"""Whatever a file holds stays text: no markup, no script, no style, and no address that is not for following."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import kmmaturity_report
from browser import Opening
from kmmaturity import render, report
from kmmaturity.registry import Registry
from kmmaturity_report.pages import address, policy, shown
from markup import parsed
from teams import ATTACKS, TEAMS

OURS = Registry.of(kmmaturity_report)
PICTURES = ("scores", "counts", "steps")
# The rule for the margins of printed pages: nothing in a string but letters, digits, spaces and numbers of characters.
MARGINS = re.compile(
    r'@page\{(@(?:top|bottom)-(?:left|center)\{content:"(?:[^\W_]|[ ]|\\[0-9a-f]+ )*"\}){2,4}'
    r'@bottom-right\{content:counter\(page\) " of " counter\(pages\)\}\}'
)
# All that a report of ours is made of.
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "nav", "section",
    "div", "p", "h1", "h2", "h3", "span", "strong", "em", "b", "br", "bdi", "ul", "ol", "li", "dl", "dt",
    "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "g", "path", "circle", "rect",
    "text", "img",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "src", "alt", "aria-hidden",
    "aria-labelledby", "scope", "data-label", "value", "viewbox", "width", "height", "font-size",
    "font-weight", "text-anchor", "transform", "d", "x", "y", "cx", "r", "rx", "fill", "stroke",
    "stroke-width", "stroke-dasharray", "paint-order",
}  # fmt: skip


def page() -> bytes:
    """The page of a team whose every text is an attack."""
    return render(TEAMS["hostile"].report(redact=()), "html", registry=OURS)


def test_only_our_own_elements() -> None:
    """The page has no element and no attribute beyond those of our templates, and none that can act."""
    for each in parsed(page()).iter():
        assert each.tag in ELEMENTS
        assert set(each.attrib) <= ATTRIBUTES


def test_attacks_are_shown_as_they_are() -> None:
    """Each attack can be read on the page, letter by letter, with only its controls told apart."""
    said = "".join(parsed(page()).itertext())
    for attack in ATTACKS:
        assert shown(attack) in said


def test_links_lead_nowhere_else() -> None:
    """Links lead within the page, or by http, https and mailto out of it; no other reference is one."""
    links = {each.attrib["href"] for each in parsed(page()).iter("a")}
    assert all(each.startswith("#") for each in links)  # what the hostile team refers to is no address
    links = {each.attrib["href"] for each in parsed(render(TEAMS["large"].report(), "html", registry=OURS)).iter("a")}
    assert {each.partition(":")[0] for each in links if not each.startswith("#")} == {"https", "mailto"}


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:x",
        "javascript://x.example/%0aalert(1)",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//elsewhere.example", "/etc/passwd", "https:", "http://",
        "https:///path", "mailto:", "https://a b.example", "https://x.example/\u202egnp", "blob:https://x", "ftp://x.example",
        "https://[", "", "see https://x.example", "C:\\shared\\km.docx",
    ],
)  # fmt: skip
def test_not_an_address(text: str) -> None:
    """What is not plainly http, https or mailto is no link."""
    assert address(text) is None


@pytest.mark.parametrize(
    "text",
    ["https://x.example/a?b=c&d=%20#e", "HTTP://X.EXAMPLE", "mailto:km@example.org?subject=KM", "https://é.example/ü"],
)
def test_an_address(text: str) -> None:
    """What is, is one, as it was written."""
    assert address(text) == text


@given(st.text())
def test_an_address_is_one_of_three_kinds(text: str) -> None:
    """Of whatever text, only what begins with one of the three schemes is a link, and it is not changed."""
    found = address(text)
    assert found is None or (found == text and re.match("(?i)(https?://|mailto:)", found))


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_hold_text_only(picture: str) -> None:
    """A picture of the hostile team is well-formed SVG with shapes and text in it, and nothing that acts."""
    drawn = fromstring(render(TEAMS["hostile"].report(), "svg", options={"picture": picture}, registry=OURS))  # noqa: S314  # our own
    names = {each.tag.partition("}")[2] for each in drawn.iter()}
    assert names <= {"svg", "title", "desc", "rect", "text", "path", "circle", "g"}
    assert not [name for each in drawn.iter() for name in each.attrib if name.startswith("on") or "href" in name]


def test_the_policy_lets_nothing_in() -> None:
    """A page lets its one stylesheet be used, pictures that it holds be shown, and nothing be run or fetched."""
    (made,) = [each.attrib["content"] for each in parsed(page()).iter("meta") if "http-equiv" in each.attrib]
    style = parsed(page()).findtext("head/style", "")
    assert made == policy(styles=[style])
    assert made.startswith("default-src 'none'; style-src 'sha256-")
    assert "; script-src 'none'; img-src data:; base-uri 'none'; form-action 'none'" in made


@given(text=st.one_of(st.sampled_from(ATTACKS), st.text().map("A team {}".format)))
def test_margins_hold_text_only(text: str) -> None:
    """Whatever a unit, its mark or its model is called, the rule for the margins of printed pages ends where it should."""
    team = TEAMS["hostile"].assessment
    model = evolve(team.model, title=text)
    seen = report(evolve(team, model=model, unit=[text], handling=f"OFFICIAL {text}"))
    style = parsed(render(seen, "html", registry=OURS)).findtext("head/style", "")
    assert MARGINS.fullmatch(style[style.rindex("@page{") :])


@pytest.mark.needs("chromium")
def test_nothing_runs(opens: Opening, tmp_path: Path) -> None:
    """In a browser, nothing that the hostile team wrote runs, is fetched, hides the page or breaks its policy."""
    path = tmp_path / "hostile.html"
    path.write_bytes(page())
    opened = opens(path)
    opened.page.hover("h1")
    for link in opened.page.locator("a").all():
        link.focus()
    assert opened.page.evaluate("window.harmed") is None
    assert opened.page.evaluate("document.scripts.length") == 0
    assert opened.page.locator("h1").is_visible()
    assert (opened.said, opened.outside()) == ([], [])


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_draw_without_a_word(picture: str, opens: Opening, tmp_path: Path) -> None:
    """Opened by itself, a picture of the hostile team is drawn, says nothing and asks for nothing."""
    path = tmp_path / "hostile.svg"
    path.write_bytes(render(TEAMS["hostile"].report(), "svg", options={"picture": picture}, registry=OURS))
    opened = opens(path)
    assert opened.page.evaluate("document.documentElement.tagName") == "svg"
    assert opened.page.evaluate("window.harmed") is None
    assert (opened.said, opened.outside()) == ([], [])
