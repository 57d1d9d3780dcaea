"""The form in a real Chromium: what people, with and without sight, on a phone too, get of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import kmmaturity as km
from browser import Opened, Opening
from form.sitting import Sitting
from kmmaturity_report.pages import said
from teams import TEAMS

pytestmark = pytest.mark.needs("chromium")

STEPS = ("about", "outcome-1", "outcome-2", "standing", "priorities", "targets", "plan", "finish")


def visited(opened: Opened) -> list[str]:
    """What axe has against each step of the form, and how much too wide any of them is."""
    against = []
    for step in STEPS:
        opened.page.evaluate("step => { location.hash = step }", step)
        opened.page.wait_for_timeout(150)
        against += [f"{step}: {each}" for each in opened.against()]
        told = opened.page.inner_text("body")
        against += [f"{step}: shows {slip}" for slip in ("[object", "undefined", "NaN", "null") if slip in told]
        if wider := opened.wider():
            against.append(f"{step}: {wider} px too wide")
    return against


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", TEAMS)
def test_open_to_everybody(name: str, width: int, opens: Opening, tmp_path: Path) -> None:
    """Axe finds nothing in any step, wide or narrow; nothing scrolls sideways; no error is told and nothing asked for."""
    team = TEAMS[name]
    sitting = Sitting(opens, tmp_path, team.assessment, team.previous, width=width)
    for each in sitting.page.locator("details").all():
        each.evaluate("each => { each.open = true }")
    sitting.go("targets")
    sitting.page.check("#beyond")
    assert visited(sitting.opened) == []
    assert sitting.opened.said == []
    assert sitting.opened.outside() == []


@pytest.mark.parametrize("width", [1280, 960, 320])
def test_words_are_whole(width: int, opens: Opening, tmp_path: Path) -> None:
    """No word of ordinary length is cut in two for want of room, in any step."""
    team = TEAMS["two-years"]
    sitting = Sitting(opens, tmp_path, team.assessment, team.previous, width=width)
    for step in STEPS:
        sitting.go(step)
        assert (step, sitting.opened.cut()) == (step, [])


@pytest.mark.parametrize("width", [1280, 320])
def test_messages_are_open_to_everybody(width: int, opens: Opening, tmp_path: Path) -> None:
    """What the page says of a file that it does not open, and of what a file lacks, is without fault to axe, too."""
    sitting = Sitting(opens, tmp_path, TEAMS["empty"].assessment, width=width)
    file = tmp_path / "x.json"
    file.write_text("[]", encoding="utf-8")
    sitting.page.set_input_files("#file", file)
    sitting.page.wait_for_selector(".problem")
    assert sitting.opened.against() == []
    sitting.page.fill("#units", "")
    sitting.page.click("#save")
    assert sitting.opened.against() == []
    sitting.page.fill("#units", "A team")
    sitting.page.click("#save")
    sitting.page.wait_for_selector(".toast.shown")
    assert sitting.opened.against() == []
    assert sitting.opened.wider() == 0


def test_hostile_text_stays_text(opens: Opening, tmp_path: Path) -> None:
    """Whatever anybody wrote is shown as it is and does nothing, in every step, on paper and in a file that is opened."""
    team = TEAMS["hostile"]
    sitting = Sitting(opens, tmp_path, team.assessment, team.previous)
    file = tmp_path / "hostile.kmm.json"
    km.save(team.assessment, file)
    sitting.open(file)
    for step in STEPS:
        sitting.go(step)
    sitting.page.emulate_media(media="print")
    sitting.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for words in (team.assessment.notes, team.assessment.scores["o0.s0"].evidence[0].note):
        assert (words or "?") in sitting.page.inner_text("#reading")
    assert sitting.page.evaluate("window.harmed") is None
    assert sitting.page.locator("#reading a, #reading img, #reading script, #reading svg").count() == 0
    assert sitting.page.locator("a:not([href^='#'])").count() == 0
    sitting.page.emulate_media(media="screen")
    assert km.load(sitting.saved(), model=team.assessment.model) == team.assessment
    assert sitting.opened.said == []
    assert sitting.opened.outside() == []


def test_strings_cannot_become_markup(opens: Opening, tmp_path: Path) -> None:
    """Were there a slip in the script, the page's policy would still refuse to make markup or code of a text."""
    sitting = Sitting(opens, tmp_path, TEAMS["empty"].assessment)
    for slip in ("document.body.innerHTML = '<b>x</b>'", "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')"):
        refused = sitting.page.evaluate(f"() => {{ try {{ {slip} }} catch (error) {{ return error.name }} }}")
        assert refused == "TypeError"


def test_what_a_card_tells(opens: Opening, tmp_path: Path) -> None:
    """Each question has the wording of each level beside it, its measures under theirs, and what was said last time."""
    team, previous = TEAMS["two-years"].assessment, TEAMS["two-years"].previous
    assert previous is not None
    sitting = Sitting(opens, tmp_path, team, previous)
    model = team.model
    for sub, asked in model.subs.items():
        card = sitting.page.locator(f"[data-sub='{sub}']")
        levels = [
            [str(level), model.level_title(level), *filter(None, [asked.levels.get(level)])]
            for level in model.levels_of(sub)
        ]
        texts = "every => every.map(each => each.textContent.trim())"
        assert (
            card.locator(".level").evaluate_all(
                "every => every.map(each => [...each.querySelectorAll('.number, strong, strong + span')].map(told => told.textContent))"
            )
            == levels
        )
        assert card.locator(".of").evaluate_all(texts) == [
            f"{level} {model.level_title(level)}" for level in sorted(asked.measures)
        ]
        assert card.locator(".of + ul > li").evaluate_all(texts) == [
            measure.text for level in sorted(asked.measures) for measure in asked.measures[level]
        ]
        beyond = bool(asked.applies) and team.scope not in asked.applies
        assert card.locator(".applies:not([hidden])").count() == beyond
        then = previous.answer(sub).score
        if then is not None:
            told = f"Last time, {said(previous.assessed)}: {then}, {model.level_title(then)}"
            assert told in card.locator(".last p").evaluate_all(texts)[0]


def test_the_usual_day_of_a_target(opens: Opening, tmp_path: Path) -> None:
    """A target without a day of its own is for a year after the assessment, and the page says which day that is."""
    sitting = Sitting(opens, tmp_path, TEAMS["empty"].assessment)
    for assessed, usual in (("2026-11-24", "24 November 2027"), ("2028-02-29", "28 February 2029")):
        sitting.type("#about [data-at=assessed]", assessed)
        assert set(sitting.page.locator("[data-usual]").all_text_contents()) == {usual}
