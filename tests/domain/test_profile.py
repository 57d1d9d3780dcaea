"""The profile: counts first, low median, strengths relative to the unit itself, gaps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Score
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.profile import Gap, profile
from kmmaturity.domain.tally import Tally, tally
from kmmaturity.errors import KmMaturityError

LEVELS = (0, 1, 2, 3)


def counted(*levels: int) -> Tally:
    """The tally of these levels on a scale of 0 to 3."""
    return Tally({level: levels.count(level) for level in LEVELS})


@pytest.mark.parametrize(
    ("levels", "median"),
    [((), None), ((2,), 2), ((0, 3), 0), ((0, 1, 3), 1), ((1, 1, 2, 2), 1), ((0, 1, 2, 3), 1), ((0, 0, 3, 3, 3), 3)],
)
def test_low_median(levels: tuple[int, ...], median: int | None) -> None:
    """The median is the middle score, of an even number the lower middle one: always a level that was given."""
    assert counted(*levels).median == median


def test_three_states_are_counted_apart(team: Assessment) -> None:
    """A score of 0 is a score; what is not assessed or not applicable counts at no level."""
    whole = profile(team.with_score("learning.before", 0).with_inapplicable("sharing.inside", "x")).whole
    assert whole == Tally({0: 1, 1: 0, 2: 0, 3: 0}, unassessed=3, inapplicable=1)
    assert (whole.scored, whole.applicable, whole.coverage) == (1, 4, Fraction(1, 4))


def test_nothing_scored(team: Assessment) -> None:
    """With nothing scored there is no lowest, median or highest, coverage is 0, and nothing is strong, weak or even."""
    blank = profile(team)
    assert (blank.whole.lowest, blank.whole.median, blank.whole.highest, blank.whole.coverage) == (None, None, None, 0)
    assert (blank.strengths, blank.weaknesses, blank.even) == ((), (), False)


def test_nothing_applicable(team: Assessment) -> None:
    """Where nothing applies there is no coverage, rather than none or all of it."""
    for sub in team.model.subs:
        team = team.with_inapplicable(sub, "Done elsewhere")
    assert profile(team).whole.coverage is None


def test_strengths_and_weaknesses_are_the_units_own(team: Assessment) -> None:
    """Strengths stand at the unit's own highest level scored and weaknesses at its lowest, however high or low those are."""
    found = profile(
        team.with_score("learning.before", 0).with_score("learning.during", 1).with_score("sharing.inside", 1)
    )
    assert found.strengths == ("learning.during", "sharing.inside")
    assert found.weaknesses == ("learning.before",)
    assert not found.even


@pytest.mark.parametrize("level", [0, 1])
def test_even(team: Assessment, level: int) -> None:
    """A unit with the same score throughout is even: it has neither strengths nor weaknesses, even at the lowest level."""
    for sub in ("learning.before", "sharing.outside"):
        team = team.with_score(sub, level)
    assert (profile(team).strengths, profile(team).weaknesses, profile(team).even) == ((), (), True)


def test_by_outcome(team: Assessment) -> None:
    """Each outcome has its own tally, in the model's order, and they add up to the whole."""
    found = profile(team.with_score("learning.before", 2).with_score("sharing.inside", 3))
    assert list(found.groups) == ["learning", "sharing"]
    assert found.groups["sharing"] == Tally({0: 0, 1: 0, 2: 0, 3: 1}, unassessed=1)
    assert sum(each.scored for each in found.groups.values()) == found.whole.scored


def test_by_principle(team: Assessment) -> None:
    """By principle, a sub-outcome that serves two is counted in each, and a principle that none serves has a tally of none."""
    groups = profile(team.with_score("learning.before", 2), by="principle").groups
    assert {name: each.scored for name, each in groups.items()} == {"1": 1, "2": 1, "3": 0}
    assert groups["2"].unassessed == 1
    assert groups["3"].coverage is None


def test_by_something_else(team: Assessment) -> None:
    """Another way to group is refused with the ways that there are."""
    with pytest.raises(KmMaturityError, match="by outcome or principle, not by 'colour'"):
        profile(team, by="colour")  # type: ignore[arg-type]


def test_gaps_are_from_score_to_target(team: Assessment) -> None:
    """A gap runs from the score to the target, upwards or down; a target at the score is none, and no score is a gap of its own."""
    told = team.with_score("learning.before", 1).with_target("learning.before", 2)
    told = told.with_score("learning.after", 3).with_target("learning.after", 3).with_score("learning.during", 3)
    told = told.with_target("learning.during", 2, date(2027, 5, 1)).with_target("sharing.inside", 1)
    assert profile(told).gaps == (
        Gap("learning.before", 1, 2, date(2027, 11, 24)),
        Gap("learning.during", 3, 2, date(2027, 5, 1)),
        Gap("sharing.inside", None, 1, date(2027, 11, 24)),
    )


def test_scale_of_one_to_five(five: MaturityModel) -> None:
    """A scale of 1 to 5 is counted at its own five levels, lowest first, and 1 is its lowest score."""
    team = Assessment(five, ["A team"], date(2026, 1, 1))
    for sub, level in zip(five.subs, (1, 4, 4, 5), strict=True):
        team = team.with_score(sub, level)
    whole = profile(team).whole
    assert list(whole.counts.items()) == [(1, 1), (2, 0), (3, 0), (4, 2), (5, 1)]
    assert (whole.lowest, whole.median, whole.highest, whole.coverage) == (1, 4, 5, 1)


def test_scale_with_gaps(gappy: MaturityModel) -> None:
    """A scale of 0, 10 and 25 has counts at these three and no other level, and its median is one of them."""
    team = Assessment(gappy, ["A team"], date(2026, 1, 1)).with_score("work.wide", 25).with_score("work.narrow", 10)
    found = profile(team)
    assert found.whole.counts == {0: 0, 10: 1, 25: 1}
    assert (found.whole.median, found.strengths, found.weaknesses) == (10, ("work.wide",), ("work.narrow",))


def test_answers_beyond_the_model_count_nowhere(team: Assessment) -> None:
    """An answer to a question that the model lacks is in no count."""
    assert profile(evolve(team, scores={"strategy.old": Score(2)})).whole.scored == 0


def test_score_that_the_scale_lacks(team: Assessment) -> None:
    """A score that is no level of the scale cannot be counted, and the error names the sub-outcome, score and model."""
    wrong = evolve(team, scores={"learning.before": Score(7)})
    with pytest.raises(KmMaturityError, match=r"learning\.before has the score 7, which small@1\.0 lacks"):
        tally(wrong, ["learning.before"])


def test_overall_only_when_named(team: Assessment) -> None:
    """There is no overall level unless its rule is named, and the rule then stands beside it."""
    told = team.with_score("learning.before", 2)
    assert profile(told).overall is None
    named = profile(told, overall="lowest").overall
    assert named is not None
    assert (named.rule, named.level) == ("lowest", 2)


def test_as_a_table(team: Assessment) -> None:
    """A profile prints as counts per level for each outcome and the whole, with strengths and coverage below."""
    found = profile(team.with_score("learning.before", 0).with_score("sharing.inside", 3), overall="lowest")
    levels = [f"Level {level}" for level in range(4)]
    assert [*found.table.columns] == ["Outcome", *levels, "Not assessed", "Low median", "Lowest"]
    assert [row[1:] for row in found.table.rows] == [
        (1, 0, 0, 0, 2, "0", "0"),
        (0, 0, 0, 1, 1, "3", "3"),
        (1, 0, 0, 1, 3, "0", "0"),
    ]
    assert found.table.notes[0] == "2 of 5 applicable sub-outcomes are scored (40%); 3 not assessed yet."
    assert found.table.notes[1].startswith("Strengths, at level 3: ")
    assert found.table.notes[-1].startswith("Overall level by the rule lowest: 0 (")
    assert "<table>" in found._repr_html_()
    assert str(found) == str(found.table)


def test_table_of_an_even_profile(team: Assessment) -> None:
    """An even profile says so in place of strengths, and one with nothing scored has blank medians."""
    assert "Even: every score is at the same level." in profile(team.with_score("learning.before", 2)).table.notes
    blank = profile(team, overall="gated").table
    assert blank.rows[-1][-2:] == ("", "")
    assert "cannot be told" in blank.notes[-1]
    assert len(profile(team).table.notes) == 1
