"""What follows from the answers of a report: years, progress on targets, what is within reach."""

from __future__ import annotations

from datetime import date

from attrs import asdict, evolve

from kmmaturity.domain.agenda import agenda
from kmmaturity.domain.assessment import Assessment, State
from kmmaturity.domain.comparison import Progress
from kmmaturity.domain.model import MaturityModel, Requirement
from kmmaturity.domain.report import report


def dated(team: Assessment, year: int) -> Assessment:
    """The team in another year."""
    return evolve(team, assessed=date(year, 11, 24))


def test_years_stand_in_order(team: Assessment) -> None:
    """Every year that was given is there once, the oldest first and this one last, each with its own answers."""
    now = team.with_score("learning.before", 2)
    before, first = dated(team.with_score("learning.before", 1), 2025), dated(team, 2023)
    found = report(now, previous=before, earlier=[before, first]).outlook.years
    assert [each.assessed.year for each in found] == [2023, 2025, 2026]
    assert [each.answers["learning.before"].score for each in found] == [None, 1, 2]
    assert found[0].answers["learning.before"].state is State.UNASSESSED


def test_years_on_another_scale_are_left_out(team: Assessment, five: MaturityModel) -> None:
    """A year that was scored on another scale is not set beside this one, and tells of no progress."""
    other = Assessment(five, ["A team"], date(2025, 11, 24))
    found = report(team, previous=other).outlook
    assert [each.assessed.year for each in found.years] == [2026]
    assert found.progress == ()


def test_what_became_of_targets(team: Assessment) -> None:
    """Last time's targets are there with what became of them; a sub-outcome without one is not."""
    before = dated(team.with_score("learning.before", 0).with_target("learning.before", 2), 2025)
    now = team.with_score("learning.before", 1).with_score("learning.during", 3)
    (found,) = report(now, previous=before).outlook.progress
    assert (found.sub, found.target, found.progress) == ("learning.before", 2, Progress.PART_WAY)


def test_a_circle_takes_nothing_else_away(team: Assessment, model: MaturityModel) -> None:
    """A model made in code with a circle in it has neither steps nor suggestions, and everything else."""
    outcome = model.outcomes["learning"]
    during = evolve(outcome.subs["during"], requires=[Requirement(1, "learning.after", 2)])
    circle = evolve(
        model, outcomes=model.outcomes | {"learning": evolve(outcome, subs=outcome.subs | {"during": during})}
    )
    found = report(evolve(team, model=circle)).outlook
    assert (found.reach, found.suggestions) == (None, None)
    assert found.principles is not None


def test_nothing_that_can_be_left_out_is_in_it(team: Assessment) -> None:
    """The answers that an outlook is worked out from hold no evidence, notes, owners or contacts at all."""
    told = evolve(team, contact="secret", notes="secret").with_score("learning.before", 1, rebaselined="secret")
    told = told.with_evidence("learning.before", "secret", ref="secret")
    told = told.with_action("Ask", owner="secret", contact="secret", note="secret").with_review(
        told.assessed, note="secret"
    )
    shown = report(told, previous=dated(told, 2025), redact=())
    assert "secret" in str(asdict(shown, filter=lambda each, _: each.name not in ("basis", "model")))
    assert "secret" not in str(asdict(shown.basis, filter=lambda each, _: each.name != "model"))
    assert "secret" not in str(asdict(shown.outlook))


def test_an_agenda_can_be_made_of_a_report(team: Assessment) -> None:
    """The plan seen from a day is the same whether it is read from the assessment or from its report."""
    planned = (
        team.with_score("learning.before", 1)
        .with_target("learning.before", 2)
        .with_action("Ask", status="planned", due=date(2027, 1, 1), owner="Lead")
        .with_review(date(2027, 3, 1))
    )
    today = date(2027, 2, 1)
    assert agenda(report(planned), today=today) == agenda(planned, today=today)
    assert len(agenda(planned, today=today).ahead) == 2
