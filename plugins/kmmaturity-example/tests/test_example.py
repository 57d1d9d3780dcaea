"""What the plug-in brings keeps kmmaturity's contracts, and is what a wiki shows as it was meant."""

from __future__ import annotations

import re

import pytest

import kmmaturity as km
from kmmaturity.hooks import Exporter, Rule
from kmmaturity.testing import ExporterContract, RuleContract
from kmmaturity_example import kmmaturity_exporters, kmmaturity_rules
from kmmaturity_example.wiki import escaped

(WIKI,) = kmmaturity_exporters()


class TestWiki(ExporterContract):
    """The exporter keeps its contract."""

    @pytest.fixture
    def exporter(self) -> Exporter:
        """The table for a wiki."""
        return WIKI


class TestNotesWanted(RuleContract):
    """The rule keeps its contract."""

    @pytest.fixture
    def rule(self) -> Rule:
        """The rule on notes."""
        (rule,) = kmmaturity_rules()
        return rule


def test_table() -> None:
    """The table has a row for each sub-outcome, with as many cells as there are columns."""
    lines = WIKI.render(km.report(km.example()), evidence=True).decode().splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) == len(km.example().model.subs)
    assert {line.count("||") for line in rows} == {3}
    assert rows[2].startswith(
        "| Leaders who go first || 2 Our usual way of working ||  || The Head of Coastal Evidence came"
    )


def test_three_states() -> None:
    """Not assessed, not applicable and 0 are told apart."""
    team = km.new(unit="A team").with_score("learning.before", 0).with_inapplicable("learning.after", "Not ours")
    page = WIKI.render(km.report(team), evidence=False).decode()
    assert "|| 0 Not in place yet ||" in page
    assert "|| not applicable&#58; Not ours ||" in page
    assert page.count("|| not assessed yet ||") == len(team.model.subs) - 2


@pytest.mark.parametrize(
    "text",
    [
        "a || b",
        "|}",
        "{{delete}}",
        "[[File:x]]",
        "<script>",
        "'''x'''",
        "https://x.example",
        "~~~~",
        "__TOC__",
        "-{x}-",
    ],
)
def test_markup_stays_text(text: str) -> None:
    """Nothing that MediaWiki would act on is left of a text; a browser shows it as it was written."""
    assert not re.search(r"[^\w&#; ,.()-]|__", escaped(text))
    assert re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), escaped(text)) == text


def test_what_cannot_be_seen() -> None:
    """Marks that turn text around, controls and half characters are shown as escapes; lines are joined."""
    assert escaped("a\n\u202eb\x1b\ud83d") == "a &#92;u202eb&#92;u001b&#92;ud83d"
