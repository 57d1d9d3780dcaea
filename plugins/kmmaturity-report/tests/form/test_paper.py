"""The form on paper: every answer in full, or every question where no script runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import kmmaturity as km
from browser import Opening
from form.sitting import Sitting
from kmmaturity_report.pages import said
from teams import TEAMS

pytestmark = pytest.mark.needs("chromium")


def told_in(data: Any) -> Iterator[str]:
    """Every text and every day that somebody wrote in an assessment, as it is read on paper."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from told_in(value)
        elif key in ("dated", "due", "held", "by"):
            yield said(date.fromisoformat(value))
        elif key in (
            "notes",
            "inapplicable",
            "rebaselined",
            "note",
            "alternative",
            "effect",
            "ref",
            "because",
        ) or key in ("action", "owner"):
            yield value


@pytest.mark.parametrize("name", ["partial", "two-years", "large"])
def test_paper_has_everything(name: str, opens: Opening, tmp_path: Path) -> None:
    """Nothing that a team wrote is missing on paper, with its day where it has one."""
    team = TEAMS[name].assessment
    sitting = Sitting(opens, tmp_path, team, TEAMS[name].previous)
    sitting.page.emulate_media(media="print")
    sitting.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    told = " ".join(sitting.page.inner_text("#reading").split())
    wanted = [" ".join(each.split()) for each in told_in(km.to_dict(team))]
    assert len(wanted) > 10
    assert [each for each in wanted if each not in told] == []


def test_paper(opens: Opening, tmp_path: Path) -> None:
    """On paper there are the answers in full, the marking on each sheet, and no controls; afterwards these are back."""
    marked = evolve(TEAMS["two-years"].assessment, handling='official"; } * { display: none')
    sitting = Sitting(opens, tmp_path, marked, TEAMS["two-years"].previous)
    rules = "[...document.styleSheets[0].cssRules].map(rule => rule.cssText)"
    screen = sitting.page.evaluate(rules)
    sitting.page.emulate_media(media="print")
    sitting.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    added = sitting.page.evaluate(rules)[len(screen) :]
    assert len(added) == 1
    assert 'OFFICIAL\\"; } * { DISPLAY: NONE' in added[0]
    strays = "[...document.querySelectorAll('#reading, #reading div')].flatMap(each => [...each.childNodes])"
    assert sitting.page.evaluate(f"{strays}.filter(node => node.nodeType === 3).map(node => node.data)") == []
    told = sitting.page.inner_text("body")
    for sub, answer in TEAMS["two-years"].assessment.scores.items():
        assert TEAMS["two-years"].assessment.model.subs[sub].title in told
        for each in answer.evidence:
            assert each.note in told
            assert (each.ref or "") in told
    for action in TEAMS["two-years"].assessment.plan.actions:
        assert action.action in told
        assert (action.owner or "") in told
    assert sitting.page.locator("button:visible, input:visible, textarea:visible, nav:visible").count() == 0
    sitting.page.emulate_media(media="screen")
    sitting.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert sitting.page.evaluate(rules) == screen
    assert sitting.page.locator("#save").is_visible()
    assert sitting.page.locator("#reading").is_hidden()


def test_without_its_script(opens: Opening, tmp_path: Path) -> None:
    """Where scripts do not run, the page says so, and shows every question to be answered on paper."""
    sitting = Sitting(opens, tmp_path, TEAMS["empty"].assessment, java_script_enabled=False)
    told = sitting.page.inner_text("body")
    assert "nothing that you enter can be saved" in told
    for sub in TEAMS["empty"].assessment.model.subs.values():
        assert sub.title in told
        for wording in sub.levels.values():
            assert wording in told
    assert sitting.page.locator("#save").is_hidden()
