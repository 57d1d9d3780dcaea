"""How far a team has come, and where it stands, as the page shows it while it is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

import kmmaturity as km
from browser import Opening
from form.sitting import Sitting
from kmmaturity.domain.names import listed
from teams import TEAMS

pytestmark = pytest.mark.needs("chromium")


def test_progress(opens: Opening, tmp_path: Path) -> None:
    """Each outcome tells how many of its sub-outcomes are answered, as does the whole; what is not asked counts nowhere."""
    sitting = Sitting(opens, tmp_path, km.new(unit="A team", assessed=km.example().assessed, scope="team"))
    page, first = sitting.page, "[data-count='leadership']"
    assert (page.inner_text("#answered"), page.inner_text(first)) == ("0 of 26 answered", "0 of 3")
    sitting.go("outcome-1")
    sitting.score("leadership.direction", 0)
    sitting.score("leadership.sponsorship", "no")
    assert (page.inner_text("#answered"), page.inner_text(first)) == ("2 of 27 answered", "2 of 4")
    assert page.get_attribute("#progress", "value") == "2"


@pytest.mark.parametrize("name", ["partial", "full", "two-years", "large"])
def test_the_profile(name: str, opens: Opening, tmp_path: Path) -> None:
    """The counts, the medians and the lowest levels in the page are those of the library's profile."""
    team = TEAMS[name].assessment
    sitting = Sitting(opens, tmp_path, team)
    sitting.go("standing")
    told = sitting.page.eval_on_selector_all(
        "#profile .scroll tbody tr, #profile .scroll tfoot tr",
        "rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent))",
    )
    profile = km.profile(team)
    dash = "–"
    assert told == [
        [
            *map(str, each.counts.values()),
            str(each.unassessed),
            str(each.inapplicable),
            dash if each.median is None else str(each.median),
            dash if each.lowest is None else str(each.lowest),
        ]
        for each in (*profile.groups.values(), profile.whole)
    ]
    sentences = sitting.page.locator("#profile > p").all_inner_texts()
    whole = profile.whole
    strong, weak = (
        listed([team.model.subs[sub].title for sub in subs], last="and", most=99)
        for subs in (profile.strengths, profile.weaknesses)
    )
    assert sentences[:3] == [
        f"{whole.scored} of {whole.applicable} sub-outcomes that apply are scored.",
        f"Strengths, at your own highest level, {whole.highest}: {strong}.",
        f"Weaknesses, at your own lowest level, {whole.lowest}: {weak}.",
    ]


def test_tables_stay_tables_on_a_phone(opens: Opening, tmp_path: Path) -> None:
    """Where the cells of a row stand below one another, they are read aloud as cells of a table all the same."""
    sitting = Sitting(opens, tmp_path, TEAMS["two-years"].assessment)
    sitting.go("standing")
    wide = sitting.opened.roles()
    sitting.page.set_viewport_size({"width": 320, "height": 640})
    narrow = sitting.opened.roles()
    for role in ("table", "row", "rowheader", "columnheader"):
        assert wide[role] == narrow[role] > 0
    assert (
        sitting.page.evaluate(
            "(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)(document.querySelector('.scroll'))"
        )
        == 0
    )


def test_an_even_profile(opens: Opening, tmp_path: Path) -> None:
    """Where every score is the same there are neither strengths nor weaknesses, and with none there is nothing to tell."""
    team = TEAMS["empty"].assessment
    even = team.with_score("learning.before", 1).with_score("learning.after", 1)
    for number, (case, told) in enumerate({team: [], even: ["Even: every score is at level 1."]}.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        sitting = Sitting(opens, folder, case)
        sitting.go("standing")
        assert sitting.page.locator("#profile > p:not(.key)").all_inner_texts()[1:] == told


@pytest.mark.parametrize("name", ["partial", "full", "two-years", "large"])
def test_each_on_its_scale(name: str, opens: Opening, tmp_path: Path) -> None:
    """Each mark in the profile stands in the column of its level, has its number, and is told in words as well."""
    team, previous = TEAMS[name].assessment, TEAMS[name].previous
    sitting = Sitting(opens, tmp_path, team, previous)
    sitting.go("standing")
    told = sitting.page.eval_on_selector_all(
        "#profile .dots tbody tr",
        """rows => rows.map(row => [...row.querySelectorAll("td")].map(cell => cell.textContent.trim()))""",
    )
    rows = km.report(team, previous=previous).rows
    assert told == [
        [
            " ".join(
                f"{level} {what}"
                for what, there in (("last time", row.previous), ("now", row.score), ("target", row.target))
                if there == level
            )
            for level in team.model.levels
        ]
        for row in rows
    ]
