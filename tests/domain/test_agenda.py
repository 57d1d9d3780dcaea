"""The plan seen from a day."""

from __future__ import annotations

from datetime import date

from kmmaturity.domain.agenda import Occasion, agenda
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.plan import Status


def planned(team: Assessment) -> Assessment:
    """A team with a target, actions of every status and reviews."""
    return (
        team.with_score("learning.before", 1)
        .with_target("learning.before", 2)
        .with_action("Ask first", towards="learning.before", owner="Lead", due=date(2027, 3, 1), status=Status.PLANNED)
        .with_action("Think about it", due=date(2027, 1, 1))
        .with_action("Some day", status=Status.UNDER_WAY)
        .with_action("Was done", due=date(2027, 2, 1), status=Status.DONE)
        .with_review(date(2027, 2, 24))
        .with_review(date(2026, 12, 24), held=date(2026, 12, 27), note="On course")
    )


def test_ahead_and_passed(team: Assessment) -> None:
    """What is open and dated is ahead up to its day and passed after it; ideas and finished actions are neither."""
    early = agenda(planned(team), today=date(2026, 12, 31))
    assert [each.occasion for each in early.ahead] == [Occasion.REVIEW, Occasion.ACTION, Occasion.TARGET]
    assert early.passed == ()
    later = agenda(planned(team), today=date(2027, 3, 2))
    assert [each.what for each in later.passed] == ["Review of the plan", "Ask first"]
    assert [each.day for each in later.ahead] == [date(2027, 11, 24)]


def test_reviews_held_and_actions_without_a_date(team: Assessment) -> None:
    """Reviews that were held keep what they found; open actions without a date are told apart."""
    found = agenda(planned(team), today=date(2027, 1, 1))
    assert [each.note for each in found.held] == ["On course"]
    assert [each.what for each in found.undated] == ["Some day"]


def test_a_target_that_is_met_is_no_longer_ahead(team: Assessment) -> None:
    """A target at or below the score asks for nothing more."""
    met = team.with_score("learning.before", 2).with_target("learning.before", 2)
    assert agenda(met, today=date(2026, 12, 1)).ahead == ()
