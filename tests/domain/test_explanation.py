"""What a word means, told offline."""

from __future__ import annotations

import pytest

import kmmaturity as km
from kmmaturity.domain.explanation import explain
from kmmaturity.domain.model import MaturityModel
from kmmaturity.errors import UnknownName


@pytest.fixture(scope="module")
def starter() -> MaturityModel:
    """The model that ships."""
    return km.load_model("starter")


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("KMM201", "rule", "KMM201"),
        ("201", "rule", "KMM201"),
        ("unknown-outcome", "rule", "KMM201"),
        ("plan", "family", "plan"),
        ("Handling", "family", "handling"),
        ("learning", "outcome", "learning"),
        ("learning.before", "sub-outcome", "learning.before"),
        ("handover", "sub-outcome", "assets.handover"),
        ("LEARNING", "outcome", "learning"),
        ("Our leaders show that knowledge matters", "outcome", "leadership"),
        ("Looking back when work ends", "sub-outcome", "learning.after"),
        ("level 2", "level", "level 2"),
        ("Starting", "level", "level 1"),
        ("learning.before 2", "level", "learning.before level 2"),
        ("learning.before level 2", "level", "learning.before level 2"),
        ("principle 5", "principle", "principle 5"),
        ("start-up-check", "measure", "start-up-check"),
        ("KM due diligence", "term", "km-due-diligence"),
        ("knowledge café", "term", "knowledge-cafe"),
        ("low median", "word", "low median"),
        ("Targets", "word", "target"),
        ("rebaselined", "word", "re-baselined"),
        ("not-assessed", "word", "not assessed"),
    ],
)
def test_every_sort_of_word(starter: MaturityModel, name: str, kind: str, found: str) -> None:
    """Rules, outcomes, levels, measures, principles and terms are found by the names that people use for them."""
    assert (kind, found) in [(each.kind, each.name) for each in explain(name, starter)]


def test_a_word_with_several_meanings_gives_them_all(starter: MaturityModel) -> None:
    """`toolkit` is a sub-outcome and a term of the glossary: both are told."""
    assert {each.kind for each in explain("toolkit", starter)} == {"sub-outcome", "term"}


def test_an_unknown_word_offers_a_near_one(starter: MaturityModel) -> None:
    """A misspelt word is answered with the one that was probably meant."""
    with pytest.raises(UnknownName, match="did you mean facilitator"):
        explain("facilitatr", starter)


def test_a_level_that_is_not_there(starter: MaturityModel) -> None:
    """A level beyond the scale is unknown rather than empty."""
    with pytest.raises(UnknownName):
        explain("learning.before 9", starter)


def test_a_sub_outcome_tells_what_it_rests_on(starter: MaturityModel) -> None:
    """A sub-outcome is told with its levels, its requirements with their reasons, and its principles."""
    (told,) = explain("learning.before", starter)
    labels = [label for label, _ in told.lines]
    assert {"level 0", "level 3", "needs", "principles", "question"} <= set(labels)


def test_a_part_of_a_word_is_enough_to_be_shown_the_way(starter: MaturityModel) -> None:
    """Part of a term is answered with the terms that hold it."""
    with pytest.raises(UnknownName, match="did you mean KM due diligence"):
        explain("due diligence", starter)


def test_a_rule_tells_what_may_come_next(starter: MaturityModel) -> None:
    """A rule is told with what following its help may bring up, what has to be stated for it, and the files beside it."""
    (lines,) = [dict(each.lines) for each in explain("KMM408", starter)]
    assert lines["may come up next"] == "KMM412 review-gap"
    (lines,) = [dict(each.lines) for each in explain("KMM305", starter)]
    assert lines["off unless stated"] == "age"
    (lines,) = [dict(each.lines) for each in explain("KMM504", starter)]
    assert lines["with this beside it"].startswith("last-year.kmm.yaml:\n\nkmmaturity: 1\n")
