"""The assessment: three states, editing that returns new values, and what is not shown."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from kmmaturity.domain.assessment import (
    Assessment,
    Benefit,
    Evidence,
    Priority,
    Rate,
    Score,
    State,
    Target,
    a_year_after,
)
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.plan import Action, Review, Status
from kmmaturity.errors import KmMaturityError, UnknownName

SUB = "learning.before"
EDITS: dict[str, Callable[[Assessment, str], Assessment]] = {
    "with_score": lambda it, sub: it.with_score(sub, 1),
    "without_score": lambda it, sub: it.without_score(sub),
    "with_inapplicable": lambda it, sub: it.with_inapplicable(sub, "Done elsewhere"),
    "with_evidence": lambda it, sub: it.with_evidence(sub, "Seen"),
    "with_target": lambda it, sub: it.with_target(sub, 2),
    "without target": lambda it, sub: it.with_target(sub, None),
    "with_priority": lambda it, sub: it.with_priority(sub),
    "with_benefit": lambda it, sub: it.with_benefit(sub, "high"),
    "with_action": lambda it, sub: it.with_action("Try it", towards=sub),
    "with_action of a value": lambda it, sub: it.with_action(Action("Try it", towards=[sub])),
}


def without(assessment: Assessment, *parts: str) -> Assessment:
    """The assessment with `parts` as they are in one where nothing is said."""
    blank = Assessment(assessment.model, assessment.unit, assessment.assessed)
    return evolve(assessment, **{part: getattr(blank, part) for part in parts})


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_unknown_names_are_refused(team: Assessment, edit: Callable[[Assessment, str], Assessment]) -> None:
    """Every way to edit refuses a name that the model lacks, names the model, and offers a near one."""
    with pytest.raises(UnknownName, match=r"small@1\.0 has no .*'learning\.befor': did you mean learning\.before\?"):
        edit(team, "learning.befor")


@pytest.mark.parametrize(
    ("name", "parts"),
    [(name, {"priorities"} if "priority" in name else {"benefit"} if "benefit" in name else {"plan"} if "action" in name else {"scores"}) for name in EDITS],
    ids=EDITS,
)  # fmt: skip
def test_editing_changes_one_part(team: Assessment, name: str, parts: set[str]) -> None:
    """Every way to edit returns a new value in which only its own part differs, and leaves the old one as it was."""
    before = pickle.loads(pickle.dumps(team))  # noqa: S301
    after = EDITS[name](team, SUB)
    assert after != team
    assert without(after, *parts) == team == before


def test_score_of_nothing_is_not_assessed(team: Assessment) -> None:
    """A sub-outcome that nothing was said of is not assessed, and has no level: never 0."""
    assert team.state(SUB) is State.UNASSESSED
    assert team.level(SUB) is None
    assert team.with_score(SUB, 0).state(SUB) is State.SCORED
    assert team.with_score(SUB, 0).level(SUB) == 0


def test_score_and_inapplicable_exclude_each_other() -> None:
    """An answer with both a score and a reason why it does not apply is refused."""
    with pytest.raises(ValueError, match="keep one of the two"):
        Score(1, "Done elsewhere")


def test_states_replace_one_another(team: Assessment) -> None:
    """Scoring, setting aside and clearing each leave one state, and evidence and target stay through all of them."""
    told = team.with_evidence(SUB, "Seen").with_target(SUB, 2)
    scored = told.with_score(SUB, 1)
    aside = scored.with_inapplicable(SUB, "Done elsewhere")
    assert [each.state(SUB) for each in (told, scored, aside)] == [State.UNASSESSED, State.SCORED, State.INAPPLICABLE]
    assert aside.with_score(SUB, 1) == scored
    assert scored.without_score(SUB) == told
    assert aside.without_score(SUB) == told


@pytest.mark.parametrize("level", [3, -1, 99, True, 2.0, "2", None])
def test_levels_off_the_scale_are_refused(team: Assessment, level: Any) -> None:
    """A level that the sub-outcome's own scale lacks, or that is no whole number, is refused with the scale."""
    with pytest.raises(KmMaturityError, match=r"learning\.before is scored at 0, 1 or 2, not"):
        team.with_score(SUB, level)
    if level is not None:
        with pytest.raises(KmMaturityError, match=r"a target on learning\.before is 0, 1 or 2, not"):
            team.with_target(SUB, level)


def test_each_sub_outcome_has_its_own_top(team: Assessment) -> None:
    """A level that one sub-outcome reaches is refused for another that stops short of it."""
    assert team.with_score("learning.after", 3).level("learning.after") == 3
    with pytest.raises(KmMaturityError, match="0 or 1, not 2"):
        team.with_score("sharing.outside", 2)


def test_scales_of_other_shapes(five: MaturityModel, gappy: MaturityModel) -> None:
    """A scale of 1 to 5 has no 0, and one with gaps has nothing in them."""
    unit, day = ["A team"], date(2026, 1, 1)
    with pytest.raises(KmMaturityError, match="1, 2, 3, 4 or 5, not 0"):
        Assessment(five, unit, day).with_score("data.a", 0)
    with pytest.raises(KmMaturityError, match="0, 10 or 25, not 5"):
        Assessment(gappy, unit, day).with_target("work.wide", 5)


def test_rebaselined_stays_until_told_anew(team: Assessment) -> None:
    """The reason for a new baseline is kept when a score changes, unless another is given."""
    first = team.with_score(SUB, 1, rebaselined="We counted intentions")
    assert first.with_score(SUB, 2).answer(SUB).rebaselined == "We counted intentions"
    assert first.with_score(SUB, 2, rebaselined="Other").answer(SUB).rebaselined == "Other"


def test_target_is_a_year_ahead_unless_dated(team: Assessment) -> None:
    """A target without a date is for a year after the assessment; without a target there is no date."""
    assert team.target_date(SUB) is None
    assert team.with_target(SUB, 2).target_date(SUB) == date(2027, 11, 24)
    assert team.with_target(SUB, 2, date(2027, 9, 30)).target_date(SUB) == date(2027, 9, 30)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_year_after(day: date, later: date) -> None:
    """A year after a day is the same day, and after a leap day the last of February."""
    assert a_year_after(day) == later


def test_leap_day_target(team: Assessment) -> None:
    """An assessment on a leap day has its targets on the last day of February."""
    leap = evolve(team, assessed=date(2028, 2, 29)).with_target(SUB, 1)
    assert leap.target_date(SUB) == date(2029, 2, 28)


def test_evidence_is_added(team: Assessment) -> None:
    """Evidence is added after what is there, as notes or as values, with details for one note at a time."""
    told = team.with_evidence(SUB, "One", Evidence("Two", ref="case-2")).with_evidence(
        SUB, "Three", effect="Saved a day"
    )
    assert told.answer(SUB).evidence == (
        Evidence("One"),
        Evidence("Two", ref="case-2"),
        Evidence("Three", effect="Saved a day"),
    )
    again = told.with_evidence(SUB, Evidence("Four"), ref="case-4")
    assert again.answer(SUB).evidence[-1] == Evidence("Four", ref="case-4")


def test_details_describe_one_note(team: Assessment) -> None:
    """Details with several notes are refused, since they could belong to any of them."""
    with pytest.raises(TypeError, match="one at a time"):
        team.with_evidence(SUB, "One", "Two", ref="case-2")


WRONG: dict[str, tuple[Callable[[Any], Assessment], str]] = {
    "sub": (lambda it: it.with_score([SUB], 1), r"`sub` is \['learning\.before'\]: pass text"),
    "sub of evidence": (lambda it: it.with_evidence([SUB], "Seen"), "`sub` is .*: pass text"),
    "sub to clear": (lambda it: it.without_score(3), "`sub` is 3: pass text"),
    "rebaselined": (lambda it: it.with_score(SUB, 1, rebaselined=True), "`rebaselined` is True: pass text"),
    "reason": (lambda it: it.with_inapplicable(SUB, None), "`because` is None: pass text"),
    "blank reason": (lambda it: it.with_inapplicable(SUB, " "), "`because` is ' ', which says nothing"),
    "evidence": (lambda it: it.with_evidence(SUB, ["a", "b"]), r"`evidence` is \['a', 'b'\]: pass each note as a text"),
    "number as evidence": (lambda it: it.with_evidence(SUB, 3), "`evidence` is 3: pass"),
    "no evidence": (lambda it: it.with_evidence(SUB, "Seen", None), "`evidence` is None: pass"),
    "blank evidence": (lambda it: it.with_evidence(SUB, ""), "`evidence` is '', which says nothing"),
    "evidence as a value": (lambda it: it.with_evidence(SUB, Evidence("\t")), "`evidence` is .*, which says nothing"),
    "effect": (lambda it: it.with_evidence(SUB, "Seen", effect=3), "`effect` is 3: pass text"),
    "dated": (lambda it: it.with_evidence(SUB, "Seen", dated="May"), r"`dated` is 'May': pass a datetime\.date"),
    "by": (lambda it: it.with_target(SUB, 2, by="30/6/2027"), r"`by` is '30/6/2027': pass a datetime\.date"),
    "moment": (
        lambda it: it.with_target(SUB, 2, datetime(2027, 6, 30, tzinfo=UTC)),
        r"`by` is .*: pass a datetime\.date",
    ),
    "priority": (lambda it: it.with_priority(["learning"]), r"`outcome` is \['learning'\]: pass text"),
    "reason of a priority": (lambda it: it.with_priority("learning", 3), "`because` is 3: pass text"),
    "rated": (lambda it: it.with_benefit(["learning"], "high"), r"`name` is \['learning'\]: pass text"),
    "reason of a benefit": (lambda it: it.with_benefit("learning", "high", 3), "`because` is 3: pass text"),
    "action": (lambda it: it.with_action(3), "`action` is 3: pass text"),
    "blank action": (lambda it: it.with_action("  "), "`action` is '  ', which says nothing"),
    "towards": (lambda it: it.with_action("Ask", towards=3), "`towards` is 3: pass a text, or a list of texts"),
    "one of several": (lambda it: it.with_action("Ask", towards=[SUB, 3]), "`towards` is 3: pass"),
    "due": (lambda it: it.with_action("Ask", due="soon"), r"`due` is 'soon': pass a datetime\.date"),
    "owner": (lambda it: it.with_action("Ask", owner=["Lead"]), r"`owner` is \['Lead'\]: pass text"),
    "id of two words": (lambda it: it.with_action("Ask", id="ask first"), "`id` is 'ask first': pass a word"),
    "id of digits": (lambda it: it.with_action("Ask", id="1"), "`id` is '1': pass a word"),
    "id of a value": (lambda it: it.with_action(Action("Ask", id="a b")), "`id` is 'a b': pass a word"),
    "note of an action": (
        lambda it: it.with_action("Ask", id="ask").with_status("ask", "done", 3),
        "`note` is 3: pass",
    ),
    "review": (lambda it: it.with_review("soon"), r"`due` is 'soon': pass a datetime\.date"),
    "no review": (lambda it: it.with_review(None), r"`due` is None: pass a datetime\.date"),
    "held": (lambda it: it.with_review(date(2027, 2, 1), held="late"), r"`held` is 'late': pass a datetime\.date"),
    "note of a review": (lambda it: it.with_review(date(2027, 2, 1), note=3), "`note` is 3: pass text"),
}


@pytest.mark.parametrize(("edit", "told"), WRONG.values(), ids=WRONG)
def test_arguments_of_another_type_are_refused(team: Assessment, edit: Callable[[Any], Assessment], told: str) -> None:
    """Every way to edit refuses an argument that no file could hold, with its name, its value and what to pass."""
    with pytest.raises(KmMaturityError, match=told):
        edit(team)


def test_action_of_an_unknown_id_of_another_type(team: Assessment) -> None:
    """An action asked for by a number is refused with the ids that there are."""
    with pytest.raises(UnknownName, match="the plan has no action 3: it has ask"):
        team.with_action("Ask", id="ask").with_status(3, "done")  # type: ignore[arg-type]


def test_ids_of_actions_are_there_once(team: Assessment) -> None:
    """An action with the id of another in the plan is refused with the id."""
    told = team.with_action("Ask", id="ask")
    for again in ("Ask again", Action("Ask again", id="ask")):
        details = {} if isinstance(again, Action) else {"id": "ask"}
        with pytest.raises(KmMaturityError, match="an action with the id 'ask' already: choose another"):
            told.with_action(again, **details)
    assert [each.id for each in told.with_action("Look", id="look").with_action("See").plan.actions] == [
        "ask",
        "look",
        None,
    ]


def test_target_can_be_taken_away(team: Assessment) -> None:
    """A target of None takes the target away."""
    assert team.with_target(SUB, 2).with_target(SUB, None).answer(SUB) == Score()


def test_priorities_keep_their_order(team: Assessment) -> None:
    """A priority goes last when new, and keeps its place when it gets another reason."""
    two = team.with_priority("learning", "Aim 2").with_priority("sharing.inside")
    assert two.priorities == (Priority("learning", "Aim 2"), Priority("sharing.inside"))
    assert two.with_priority("learning", "Aim 3").priorities == (
        Priority("learning", "Aim 3"),
        Priority("sharing.inside"),
    )


def test_priority_subs(team: Assessment) -> None:
    """A priority covers its sub-outcomes, each once and in the model's order; unknown names cover nothing."""
    chosen = evolve(
        team, priorities=[Priority("sharing.inside"), Priority("learning"), Priority("learning.after"), Priority("x")]
    )
    assert chosen.priority_subs == ("learning.before", "learning.during", "learning.after", "sharing.inside")


def test_benefit_of_its_own_comes_first(team: Assessment) -> None:
    """A sub-outcome's own rating counts before its outcome's; without either there is none."""
    rated = team.with_benefit("learning", "high").with_benefit(SUB, Rate.NOT_NOW, "The review ends in 2028")
    assert [rated.rate(sub) for sub in (SUB, "learning.after", "sharing.inside")] == [Rate.NOT_NOW, Rate.HIGH, None]
    assert rated.benefit[SUB] == Benefit(Rate.NOT_NOW, "The review ends in 2028")


def test_rates_and_statuses_are_words(team: Assessment) -> None:
    """A rating or status that is none of the words is refused with the words."""
    with pytest.raises(KmMaturityError, match="'huge' is none of high, some, low or not-now"):
        team.with_benefit("learning", "huge")
    with pytest.raises(KmMaturityError, match="'begun' is none of idea, planned, under-way, done or set-aside"):
        team.with_action("Try it", status="begun")


def test_actions_are_added(team: Assessment) -> None:
    """An action is given in words with its details, towards one thing or several, or as a value."""
    told = team.with_action("Ask first", towards=SUB, status="planned", owner="Project Support Lead", id="ask")
    told = told.with_action("Look again", towards=["learning", SUB]).with_action(Action("Third", status=Status.DONE))
    assert [each.towards for each in told.plan.actions] == [(SUB,), ("learning", SUB), ()]
    assert [each.open for each in told.plan.actions] == [True, False, False]
    assert told.plan.actions[0].owner == "Project Support Lead"


def test_reviews_are_in_order_of_their_days(team: Assessment) -> None:
    """Reviews are kept in the order in which they are due, and one told as held takes the place of its date."""
    told = team.with_review(date(2027, 8, 1)).with_review(date(2027, 2, 1))
    assert [each.due.month for each in told.plan.reviews] == [2, 8]
    held = told.with_review(date(2027, 2, 1), held=date(2027, 2, 3), note="On course")
    assert held.plan.reviews == (Review(date(2027, 2, 1), date(2027, 2, 3), "On course"), Review(date(2027, 8, 1)))


def test_answers_beyond_the_model_are_kept(team: Assessment) -> None:
    """An answer to a question that the model lacks is kept, told in `beyond`, and can be read."""
    more = evolve(team, scores={"strategy.old": Score(2), SUB: Score(1)})
    assert more.beyond == ("strategy.old",)
    assert more.level("strategy.old") == 2
    with pytest.raises(UnknownName):
        more.level("strategy.older")


def test_unit_has_a_name(model: MaturityModel) -> None:
    """A unit without a name is refused, and so is one text where the list of names belongs."""
    with pytest.raises(ValueError, match="at least one unit"):
        Assessment(model, [], date(2026, 1, 1))
    with pytest.raises(TypeError, match="not one text"):
        Assessment(model, "A team", date(2026, 1, 1))


def test_repr_counts_and_tells_nothing(team: Assessment) -> None:
    """An assessment shows its unit, day and coverage, and nothing that anybody wrote."""
    told = evolve(team.with_score(SUB, 1).with_evidence(SUB, "secret"), contact="secret", notes="secret")
    assert repr(told) == "<Assessment of A team on 2026-11-24: 1 of 5 scored, small@1.0>"


@pytest.mark.parametrize(
    "value",
    [
        Evidence("secret", ref="secret", effect="secret", alternative="secret"),
        Score(1, rebaselined="secret", evidence=[Evidence("secret")]),
        Score(inapplicable="secret"),
        Action("Ask", owner="secret", contact="secret", note="secret"),
        Review(date(2027, 1, 1), note="secret"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_repr_hides_evidence_owner_and_contact(value: object) -> None:
    """No value shows evidence, an owner, a contact or a note when it is printed, as in a log."""
    assert "secret" not in repr(value)


@pytest.mark.parametrize("again", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])  # noqa: S301
def test_copies_are_equal(team: Assessment, again: Callable[[Any], Any]) -> None:
    """A pickled or copied assessment is equal, hashes alike, and can be edited."""
    told = (
        team.with_score(SUB, 1).with_evidence(SUB, "Seen").with_review(date(2027, 2, 1)).with_benefit("learning", "low")
    )
    assert again(told) == told
    assert hash(again(told)) == hash(told)
    assert again(told).with_score(SUB, 2) == told.with_score(SUB, 2)


def test_where_it_was_read_does_not_matter(team: Assessment) -> None:
    """Two assessments that say the same are equal, wherever they were read from."""
    assert evolve(team, origin="sha256:1") == team


def test_frozen(team: Assessment) -> None:
    """No field can be set, and no answer put into `scores`."""
    with pytest.raises(FrozenInstanceError):
        team.notes = "x"  # type: ignore[misc]
    with pytest.raises(TypeError, match="cannot be changed"):
        team.scores[SUB] = Score(1)


def test_short_forms_are_values(team: Assessment) -> None:
    """A target and a priority need only their first field."""
    assert Target(2) == Target(level=2, by=None)
    assert Priority("learning").because is None


def test_as_a_table(team: Assessment) -> None:
    """An assessment prints as a table of every answer and target, in words, with the mark and no evidence."""
    told = evolve(team, handling="official").with_score(SUB, 0).with_target(SUB, 1).with_evidence(SUB, "secret")
    told = told.with_inapplicable("sharing.inside", "secret")
    assert [row[2:] for row in told.table.rows] == [
        ("0 Not in place yet", "1 by 2027-11-24"),
        ("not assessed", ""),
        ("not assessed", ""),
        ("not applicable", ""),
        ("not assessed", ""),
    ]
    for text in (str(told), told._repr_html_()):
        assert "A team, 2026-11-24" in text
        assert "OFFICIAL" in text
        assert "secret" not in text
    assert len(team.table.notes) == 1
