"""A page for each rule, made from the same data as what `check` and `explain` print."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from kmmaturity.domain.findings import Severity
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.domain.rules.pages import pages

FOLDER = Path(__file__).parent.parent / "docs" / "rules"


def test_pages_are_what_the_catalogue_gives() -> None:
    """The pages in docs/rules are those of the catalogue, no more and no less, to the letter: run `make pages`."""
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert found == runpy.run_path(str(FOLDER / "write.py"))["written"]()


@pytest.mark.parametrize("each", CATALOGUE.values(), ids=CATALOGUE)
def test_page_holds_all(each: Rule) -> None:
    """A page has what its rule says, why, what to do and both examples, and links to what may come next."""
    page = pages()[f"{each.code}.md"]
    for text in (each.code, each.name, each.summary, each.why, each.remedy, str(each.severity)):
        assert text in page
    for example in (each.bad, each.good, *each.beside.values()):
        assert len(example) > 2_000 or example.decode("utf-8", "replace").strip() in page
    for code in each.leads_to:
        assert f"]({code}.md)" in page


@pytest.mark.parametrize("each", CATALOGUE.values(), ids=CATALOGUE)
def test_examples_fit_a_screen(each: Rule) -> None:
    """No line of an example is so long that `explain` would cut it at its usual width."""
    for example in (each.bad, each.good):
        assert len(example) > 2_000 or max(map(len, example.splitlines()), default=0) <= 90


def test_pages_of_a_plug_in() -> None:
    """A plug-in's own rules get an index and pages in the same way, its family among them."""
    ours = Rule(
        "OUR001", "notes-wanted", "our", Severity.INFO, "No notes.", "Who was there?", "Add notes.", b"", b"x: 1\n"
    )
    told = [ours.found("nothing says who took part"), CATALOGUE["KMM205"].found("not this one")]
    written = pages([ours], {"OUR001": told})
    assert set(written) == {"README.md", "OUR001.md"}
    assert "| [OUR001](OUR001.md) | notes-wanted | info | No notes. |" in written["README.md"]
    assert "An empty file." in written["OUR001.md"]
    assert "> nothing says who took part. Add notes." in written["OUR001.md"]
    assert "not this one" not in written["OUR001.md"]
