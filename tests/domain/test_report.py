"""The report: flat, complete, and without what was asked to be left out."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Benefit, Evidence, Rate, Score, State
from kmmaturity.domain.model import MaturityModel, Scope, Standing
from kmmaturity.domain.plan import Action, Review
from kmmaturity.domain.redaction import REDACTABLE
from kmmaturity.domain.report import Report, Row, report
from kmmaturity.errors import UnknownName


@pytest.fixture
def full(team: Assessment) -> Assessment:
    """A team with something in every part that can be left out; each holds its own secret."""
    told = evolve(team, contact="secret-contact", notes="secret-notes", handling="official-sensitive", scope=Scope.TEAM)
    told = told.with_score("learning.before", 1, rebaselined="secret-notes").with_target("learning.before", 2)
    told = told.with_evidence(
        "learning.before", Evidence("secret-evidence", effect="secret-evidence", ref="secret-evidence")
    )
    told = told.with_score("learning.during", 0).with_inapplicable("sharing.outside", "Done elsewhere")
    told = (
        told.with_priority("learning", "Aim 2")
        .with_priority("sharing.inside", "Aim 3")
        .with_benefit("learning", "high")
    )
    told = told.with_action(Action("Ask", owner="secret-owner", contact="secret-contact", note="secret-notes"))
    return told.with_review(date(2027, 2, 24), note="secret-notes")


def row(shown: Report, sub: str) -> Row:
    """The row of one sub-outcome."""
    return next(each for each in shown.rows if each.sub == sub)


def everything(shown: Report) -> str:
    """Every value in a report, hidden in `repr` or not."""
    from attrs import asdict

    return str(asdict(shown))


@pytest.mark.parametrize("part", REDACTABLE)
def test_each_part_can_be_left_out(full: Assessment, part: str) -> None:
    """What is redacted is nowhere in the report, in rows or plan, and everything else still is."""
    shown = report(full, redact=[part])
    assert f"secret-{part}" not in everything(shown)
    assert all(f"secret-{other}" in everything(shown) for other in REDACTABLE if other != part)
    assert shown.redacted == (part,)


def test_contact_is_left_out_unless_asked_for(full: Assessment) -> None:
    """A report has no contact, and has everything else, unless asked otherwise."""
    assert report(full).redacted == ("contact",)
    assert "secret-contact" not in everything(report(full))
    assert report(full, redact=()).contact == "secret-contact"


def test_all_can_be_left_out(full: Assessment) -> None:
    """All four parts can be left out together, and are named in order, each once."""
    shown = report(full, redact=[*reversed(REDACTABLE), "owner"])
    assert "secret" not in everything(shown)
    assert shown.redacted == REDACTABLE


def test_other_parts_are_refused(full: Assessment) -> None:
    """A part that cannot be left out is refused with a near one, rather than kept in silence."""
    with pytest.raises(UnknownName, match="redaction has no part 'owners': did you mean owner"):
        report(full, redact=["owners"])


def test_redacting_one_word(full: Assessment) -> None:
    """One part may be named without a list around it."""
    assert report(full, redact="evidence").redacted == ("evidence",)


def test_repr_shows_no_text(full: Assessment) -> None:
    """A report that is printed, as in a log, shows nothing that anybody wrote as evidence, note, owner or contact."""
    assert "secret" not in repr(report(full, redact=()))


def test_rows_are_complete(full: Assessment) -> None:
    """A row holds titles beside ids, the level's words, target with its date, priority, and the benefit that counts."""
    shown = report(full)
    assert [each.sub for each in shown.rows] == list(full.model.subs)
    before = row(shown, "learning.before")
    assert (before.outcome_title, before.title, before.highest) == ("We learn", "Before", 2)
    assert (before.state, before.score, before.score_title) == (State.SCORED, 1, "Starting")
    assert (before.target, before.target_by, before.priority) == (2, date(2027, 11, 24), True)
    assert before.benefit == Benefit(Rate.HIGH)
    assert row(shown, "learning.during").score_title == "Not in place yet"


def test_words_of_the_level(team: Assessment) -> None:
    """A row quotes the model's description of the level scored, where it has one."""
    shown = report(team.with_score("learning.during", 2).with_score("learning.after", 2))
    assert row(shown, "learning.during").means == "Mostly"
    assert row(shown, "learning.after").means is None


def test_three_states(full: Assessment) -> None:
    """Zero, not assessed and not applicable are three things in a report."""
    shown = report(full)
    found = [
        (row(shown, sub).state.value, row(shown, sub).score)
        for sub in ("learning.during", "learning.after", "sharing.outside")
    ]
    assert found == [("scored", 0), ("not-assessed", None), ("not-applicable", None)]
    assert row(shown, "sharing.outside").inapplicable == "Done elsewhere"


def test_outcomes_say_why_they_are_priorities(full: Assessment) -> None:
    """An outcome is a priority when it or one of its sub-outcomes is, with every reason given."""
    learning, sharing = report(full.with_priority("learning.after", "Aim 4")).outcomes
    assert (learning.priority, learning.because) == (True, "Aim 2; Aim 4")
    assert (sharing.priority, sharing.because) == (True, "Aim 3")
    assert not any(each.priority for each in report(evolve(full, priorities=())).outcomes)


def test_last_year_stands_beside(full: Assessment, team: Assessment) -> None:
    """With last year's assessment, each row holds its score and state then; without it, neither."""
    last = evolve(team, assessed=date(2025, 11, 24)).with_score("learning.before", 0)
    shown = report(full, previous=last)
    assert shown.previous == date(2025, 11, 24)
    assert (row(shown, "learning.before").previous, row(shown, "learning.before").previous_state) == (0, State.SCORED)
    assert row(shown, "learning.after").previous_state is State.UNASSESSED
    assert row(report(full), "learning.before").previous_state is None


def test_last_years_model_may_lack_a_row(full: Assessment, five: MaturityModel) -> None:
    """A row that last year's model had no question for has no score or state then."""
    last = Assessment(five, full.unit, date(2025, 11, 24))
    assert row(report(full, previous=last), "learning.before").previous_state is None


def test_marking_is_printed_in_capitals(full: Assessment, team: Assessment) -> None:
    """A handling mark is printed in capitals, and none is ever chosen for the user."""
    assert report(full).marking == "OFFICIAL-SENSITIVE"
    assert report(team).marking is None


@pytest.mark.parametrize("status", Standing)
def test_every_standing_has_its_sentence(team: Assessment, model: MaturityModel, status: Standing) -> None:
    """A report says in a sentence who stands behind the model, for every standing that there is."""
    shown = report(evolve(team, model=evolve(model, status=status)))
    assert shown.model.reference == "small@1.0"
    assert str(status).removesuffix("ed") in shown.standing


def test_says_what_it_is_for(team: Assessment) -> None:
    """A report says that it is an aid and not a holding-to-account tool."""
    assert "not a holding-to-account tool" in report(team).purpose


def test_answers_beyond_the_model_are_named(team: Assessment) -> None:
    """A report names the answers that the model has no question for."""
    assert report(evolve(team, scores={"strategy.old": Score(2)})).beyond == ("strategy.old",)


def test_scale_is_lowest_first(five: MaturityModel) -> None:
    """The scale is shown lowest first, whatever order it is written in."""
    shown = report(Assessment(five, ["A team"], date(2026, 1, 1)))
    assert [level.level for level in shown.scale] == [1, 2, 3, 4, 5]


def test_held_reviews_stay(full: Assessment) -> None:
    """Leaving out notes keeps the dates of the plan."""
    assert report(full, redact=["notes"]).plan.reviews == (Review(date(2027, 2, 24)),)
