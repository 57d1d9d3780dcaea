"""The case for a harder step: effects over the years, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.case import Link, case_for
from kmmaturity.errors import KmMaturityError, UnknownName

HARDER = "culture.development-talks"


@pytest.fixture
def years() -> tuple[Assessment, Assessment]:
    """The example team's first year and its second."""
    return km.example(year=1), km.example()


def test_a_case_gathers_effects_over_the_years(years: tuple[Assessment, Assessment]) -> None:
    """A case holds the sub-outcome's own evidence and that of what its level rests on, year by year, oldest first."""
    before, now = years
    found = case_for(now, HARDER, 2, earlier=[before])
    assert [(each.sub, each.link) for each in found.support] == [
        (HARDER, Link.OWN),
        ("learning.showing-worth", Link.REQUIRES),
        ("leadership.sponsorship", Link.SUPPORTS),
    ]
    assert all([year.assessed for year in each.years] == [before.assessed, now.assessed] for each in found.support)
    assert [effect for _, effect in found.effects] == [
        "Two other teams have asked for our start-up checklist",
        "An open question led to a shadowing week, and a shared method for dune profiles",
    ]


def test_the_order_of_years_does_not_matter(years: tuple[Assessment, Assessment]) -> None:
    """Earlier assessments may be given in any order."""
    before, now = years
    between = evolve(before, assessed=date(2026, 3, 1))
    assert case_for(now, HARDER, 2, earlier=[between, before]) == case_for(now, HARDER, 2, earlier=[before, between])


def test_a_note_kept_from_last_year_is_told_once(years: tuple[Assessment, Assessment]) -> None:
    """Evidence that was copied into the next year's file is told under its first year only."""
    _, now = years
    copied = evolve(now, assessed=date(2025, 11, 24))
    own = case_for(now, HARDER, 2, earlier=[copied]).support[0]
    assert [len(year.evidence) for year in own.years] == [1, 0]


def test_what_is_missing(years: tuple[Assessment, Assessment]) -> None:
    """Unmet prerequisites, effects that nobody wrote down and years that were not given are named."""
    _, now = years
    low = now.with_score("learning.showing-worth", 0)
    missing = "\n".join(case_for(low, HARDER, 2).missing)
    assert "learning.showing-worth is at level 0, and level 1 is needed first." in missing
    assert "One assessment is looked at" in missing
    unscored = case_for(now.without_score("learning.showing-worth"), HARDER, 2)
    assert any("not assessed, and level 1 of it is needed" in each for each in unscored.missing)
    bare = case_for(now, "assets.care", 1).missing
    assert any("No effect is noted yet" in each or "No effect is noted under" in each for each in bare)


def test_what_does_not_apply_is_not_asked_for(years: tuple[Assessment, Assessment]) -> None:
    """Nobody is asked for the effects of a sub-outcome that does not apply."""
    before, now = years
    assert now.answer("leadership.sponsorship").inapplicable
    assert not any("leadership.sponsorship" in each for each in case_for(now, HARDER, 2, earlier=[before]).missing)


def test_nothing_named_by_the_model(team: Assessment) -> None:
    """A level that rests on nothing else says that only its own evidence speaks for it."""
    found = case_for(team.with_score("sharing.inside", 1), "sharing.inside", 2)
    assert any("only its own evidence" in each for each in found.missing)


def test_a_case_that_cannot_be_made(years: tuple[Assessment, Assessment]) -> None:
    """A level that is held, does not apply or is not there, and an outcome, are refused in words."""
    _, now = years
    with pytest.raises(KmMaturityError, match="is at level 2 already: ask for the case for a higher one"):
        case_for(now, "learning.after", 2)
    with pytest.raises(KmMaturityError, match="does not apply here, so there is no case to make"):
        case_for(now, "leadership.sponsorship", 2)
    with pytest.raises(UnknownName, match="culture is an outcome"):
        case_for(now, "culture", 2)
    with pytest.raises(KmMaturityError, match="has the levels 0, 1, 2 or 3, not 9"):
        case_for(now, HARDER, 9)


@pytest.mark.parametrize("wrong", ["one", "words"])
def test_earlier_is_a_list_of_assessments(years: tuple[Assessment, Assessment], wrong: str) -> None:
    """One assessment alone, or anything that is none, is refused with what to pass."""
    before, now = years
    with pytest.raises(KmMaturityError, match=r"`earlier`.*pass"):
        case_for(now, HARDER, 2, earlier=before if wrong == "one" else ["2025.yaml"])  # type: ignore[arg-type, list-item]  # on purpose


def test_another_model_in_an_earlier_year(years: tuple[Assessment, Assessment], team: Assessment) -> None:
    """An earlier year that was scored with another model adds what both know, here nothing."""
    _, now = years
    other = evolve(team, assessed=date(2020, 1, 1))
    assert all(len(each.years) == 1 for each in case_for(now, HARDER, 2, earlier=[other]).support)


def test_told_in_words_and_marked(years: tuple[Assessment, Assessment]) -> None:
    """Printed, a case begins with its marking, and its effects have their days; `repr` shows no evidence."""
    _, now = years
    found = case_for(evolve(now, handling="official"), HARDER, 2)
    assert str(found).startswith("OFFICIAL\nThe case for level 2")
    assert "2026-10-21: Two other teams" in str(found)
    assert "line managers" not in repr(found)
