"""A draft of the plan: targets, ideas from the model's measures, review dates, and nothing that is there already."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment, Target
from kmmaturity.domain.draft import draft_plan
from kmmaturity.domain.plan import ActionPlan, Status
from kmmaturity.errors import KmMaturityError, UnknownName

TODAY = date(2026, 12, 1)


@pytest.fixture
def fresh() -> Assessment:
    """The example team as scored, without targets or a plan."""
    found = evolve(km.example(), plan=ActionPlan())
    for sub in found.model.subs:
        found = found.with_target(sub, None)
    return found


def test_a_draft_from_suggestions(fresh: Assessment) -> None:
    """Each suggested step becomes a target one level up, with an idea for each measure that is not in evidence."""
    found = km.suggest(fresh)
    draft = draft_plan(fresh, found, today=TODAY)
    assert draft.targets == {step.sub: Target(step.level) for step in found.steps}
    assert len(draft.actions) == sum(len(step.measures) for step in found.steps)
    assert {action.status for action in draft.actions} == {Status.IDEA}
    assert [review.due for review in draft.reviews] == [date(2027, 6, 1), date(2027, 12, 1)]


def test_with_draft(fresh: Assessment) -> None:
    """An assessment with a draft has what it held, and the draft; drafting again adds nothing."""
    draft = draft_plan(fresh, "assets.capture", today=TODAY)
    planned = fresh.with_draft(draft)
    assert planned.answer("assets.capture").target == Target(2)
    assert planned.plan.actions == draft.actions
    assert not draft_plan(planned, "assets.capture", today=TODAY)
    assert not km.check(planned, today=TODAY).errors


def test_what_the_team_has_stays(fresh: Assessment) -> None:
    """A target, an action and review dates ahead are kept, and what was kept is noted."""
    held = fresh.with_target("assets.capture", 1).with_review(date(2027, 1, 31))
    draft = draft_plan(held, ["assets.capture"], today=TODAY)
    assert not draft.targets
    assert not draft.reviews
    assert "assets.capture has the target 1, which stays." in draft.notes


def test_staying_put_is_a_target(fresh: Assessment) -> None:
    """Where the team means to stay, a suggestion is not drafted; the sub-outcome named by the caller is."""
    held = fresh.with_target("assets.capture", 1)
    assert not any("assets.capture" in each.towards for each in draft_plan(held, km.suggest(held), today=TODAY).actions)
    assert draft_plan(held, "assets.capture", today=TODAY).actions


def test_one_level_at_a_time(fresh: Assessment) -> None:
    """Of a way with several levels of one sub-outcome, the next one is drafted."""
    way = km.steps_to(fresh, "assets.capture", 3)
    draft = draft_plan(fresh, way, today=TODAY)
    assert draft.targets["assets.capture"] == Target(2)
    assert draft_plan(fresh, way[-1], today=TODAY).targets == {"assets.capture": Target(2)}


def test_no_measures_to_draft_from(team: Assessment) -> None:
    """Where the model has no measures for a level, the target is drafted and the note says that an action is wanted."""
    draft = draft_plan(team.with_score("sharing.inside", 0), "sharing.inside", today=TODAY)
    assert draft.targets == {"sharing.inside": Target(1)}
    assert draft.notes == ("sharing.inside: the model has no measures for level 1; think of an action of your own.",)


def test_every_measure_in_evidence(fresh: Assessment) -> None:
    """Where all of a level's measures are in evidence, the note asks whether the score is still right."""
    shown = fresh
    for measure in fresh.model.subs["assets.capture"].measures[2]:
        shown = shown.with_evidence("assets.capture", "We do", measure=measure.id)
    draft = draft_plan(shown, "assets.capture", today=TODAY)
    assert not draft.actions
    assert any("is it still at 1?" in note for note in draft.notes)


def test_nothing_to_draft(team: Assessment) -> None:
    """What has no next level here is refused; choosing nothing drafts nothing."""
    top = team.with_score("sharing.outside", 1)
    with pytest.raises(KmMaturityError, match="at 1, its highest level: there is no next step"):
        draft_plan(top, "sharing.outside", today=TODAY)
    with pytest.raises(KmMaturityError, match="is not assessed: a step starts from a score"):
        draft_plan(team, "sharing.outside", today=TODAY)
    with pytest.raises(UnknownName):
        draft_plan(team, "sharing", today=TODAY)
    with pytest.raises(KmMaturityError, match="7 cannot be drafted"):
        draft_plan(team, [7], today=TODAY)  # type: ignore[list-item]  # what a caller without types may pass
    assert not draft_plan(team, [], today=TODAY)


@pytest.mark.parametrize(
    ("months", "today", "due"),
    [
        (3, date(2026, 11, 30), ["2027-02-28", "2027-05-30", "2027-08-30", "2027-11-30"]),
        (12, date(2028, 2, 29), ["2029-02-28"]),
        (24, date(2028, 2, 29), ["2029-02-28"]),
    ],
)
def test_review_dates(team: Assessment, months: int, today: date, due: list[str]) -> None:
    """Reviews are as many months apart as the model advises, for a year, at the month's end where it is shorter."""
    spaced = evolve(team, model=evolve(team.model, figures=evolve(team.model.figures, review=months)))
    draft = draft_plan(spaced.with_score("sharing.inside", 0), "sharing.inside", today=today)
    assert [review.due.isoformat() for review in draft.reviews] == due
