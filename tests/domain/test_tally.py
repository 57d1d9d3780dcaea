"""Tallies: the one table that all of them are laid out in, and how they are told in a sentence."""

from __future__ import annotations

from kmmaturity.domain.tally import Tally, table

NONE = Tally(counts={0: 0, 1: 0})
SOME = Tally(counts={0: 1, 1: 2}, unassessed=3)
PUT_ASIDE = Tally(counts={0: 0, 1: 1}, inapplicable=1)


def test_states_that_nothing_is_in() -> None:
    """A state has a column where a row needs one, and then in every row; the levels always have theirs."""
    assert table([("a", NONE)]).columns == ("", "Level 0", "Level 1", "Low median", "Lowest")
    assert table([("a", NONE), ("b", SOME)]).columns[3:-2] == ("Not assessed",)
    both = table([("a", SOME), ("b", PUT_ASIDE)], heading="Team")
    assert both.columns == ("Team", "Level 0", "Level 1", "Not assessed", "Not applicable", "Low median", "Lowest")
    assert both.rows == (("a", 1, 2, 3, 0, "1", "0"), ("b", 0, 1, 0, 1, "1", "1"))


def test_levels_are_no_counts() -> None:
    """A level is text, blank where nothing is scored: the level 0 is not taken for none."""
    assert table([("a", SOME), ("b", NONE)]).rows == (("a", 1, 2, 3, "1", "0"), ("b", 0, 0, 0, "", ""))


def test_as_a_sentence() -> None:
    """A tally tells its coverage, and what else there is where there is any; nothing applicable has no per cent."""
    assert str(SOME) == "3 of 6 applicable sub-outcomes are scored (50%); 3 not assessed yet"
    assert str(PUT_ASIDE) == "1 of 1 applicable sub-outcomes are scored (100%); 1 not applicable"
    assert str(NONE) == "0 of 0 applicable sub-outcomes are scored"
