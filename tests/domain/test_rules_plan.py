"""Family `plan`: one or two priorities, a step at a time, who and by when; one cause is one finding."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Evidence, Priority, Score, Target
from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.model import Figures, MaturityModel, Requirement
from kmmaturity.domain.plan import Action, ActionPlan, Review, Status
from kmmaturity.domain.rules import CATALOGUE, Context, judge, rule

NOTE = [Evidence("Two of nine projects looked first")]
DAY = date(2026, 12, 1)


def told(assessment: Assessment, code: str, **context: object) -> list[Finding]:
    """What one rule finds."""
    return list(judge(Context(assessment, **context), [rule(code)]))  # type: ignore[arg-type]  # fields of Context


def codes(assessment: Assessment) -> list[str]:
    """The codes of all findings but that something is not assessed yet."""
    return [each.code for each in judge(Context(assessment, today=DAY)) if each.code != "KMM205"]


def scored(team: Assessment, **answers: Score) -> Assessment:
    """The team with these answers on its sub-outcomes of learning."""
    return evolve(team, scores={f"learning.{name}": answer for name, answer in answers.items()})


def planning(team: Assessment, *actions: Action, reviews: tuple[Review, ...] = ()) -> Assessment:
    """The team with these actions and reviews."""
    return evolve(team, plan=ActionPlan(reviews, actions))


# Priorities


def test_priorities_are_counted_by_outcome(five: MaturityModel, team: Assessment) -> None:
    """Sub-outcomes of one outcome count once, unknown names not at all, and the most is the figure in force."""
    told_of = evolve(
        team, priorities=[Priority("learning.before"), Priority("learning.after"), Priority("sharing"), Priority("x.y")]
    )
    assert told(told_of, "401") == []
    (finding,) = told(told_of, "401", figures=Figures(priorities=1))
    assert finding.message == "2 outcomes are priorities: learning and sharing; one at most is advised"
    assert (str(finding.pointer), finding.on_key) == ("/priorities", True)
    stated = evolve(told_of, model=evolve(team.model, figures=Figures(priorities=1)))
    assert len(told(stated, "401")) == 1
    assert told(Assessment(five, ["T"], DAY, priorities=[Priority("data")]), "401") == []


def test_a_priority_is_asked_for_when_all_is_scored(team: Assessment) -> None:
    """Until everything that applies is scored no priority is asked for, nor where nothing has room."""
    every = evolve(team, scores={sub: Score(0) for sub in team.model.subs})
    assert len(told(every, "402")) == 1
    assert told(every.without_score("sharing.inside"), "402") == []
    assert told(every.with_priority("learning"), "402") == []
    top = evolve(team, scores={sub: Score(team.model.highest(sub)) for sub in team.model.subs})
    assert told(top, "402") == []


def test_priority_without_targets(team: Assessment) -> None:
    """A priority's scored sub-outcomes with room want a target: one finding, which names them and what to type."""
    told_of = scored(team, before=Score(1), during=Score(2), after=Score(0, target=Target(0))).with_priority("learning")
    (finding,) = told(told_of, "403")
    assert finding.message == "learning is a priority, and learning.before and learning.during have no target"
    assert finding.help.startswith(
        "Below `learning.before:` write the level that you want in a year, such as `target: 2`"
    )
    assert str(finding.pointer) == "/priorities/0/outcome"


@pytest.mark.parametrize("answer", [Score(), Score(inapplicable="Done by others"), Score(2), Score(9)])
def test_priority_without_need_of_a_target(team: Assessment, answer: Score) -> None:
    """What is not scored, not applicable, at its own top or off the scale is not asked for a target."""
    assert told(scored(team, before=answer).with_priority("learning"), "403") == []


def test_a_missing_target_is_told_once(team: Assessment) -> None:
    """A sub-outcome within two priorities, the outcome and itself, is told with the first of them."""
    told_of = scored(team, before=Score(1)).with_priority("learning.before").with_priority("learning")
    assert [str(each.pointer) for each in told(told_of, "403")] == ["/priorities/0/outcome"]


def test_priority_without_room(team: Assessment) -> None:
    """A priority of which all that applies is at its own highest level is told; one with anything unscored is not."""
    outside, inside = Score(1), Score(inapplicable="Done by others")
    told_of = evolve(team, scores={"sharing.outside": outside, "sharing.inside": inside}).with_priority("sharing")
    assert len(told(told_of, "415")) == 1
    assert told(told_of.without_score("sharing.inside"), "415") == []
    assert told(told_of.with_inapplicable("sharing.outside", "Done by others"), "415") == []


# Targets


def test_target_below_score(team: Assessment) -> None:
    """A target below the score is told with what to write; at the top of a scale there is no next level to offer."""
    (finding,) = told(scored(team, during=Score(2, target=Target(1))), "404")
    assert finding.help == "Write `target: 2` to stay put, or `target: 3` for the next level."
    (finding,) = told(scored(team, before=Score(2, target=Target(1))), "404")
    assert finding.help == "Write `target: 2` to stay put."
    assert told(scored(team, before=Score(2, target=Target(2))), "404") == []


def test_off_the_scale_is_one_finding(team: Assessment) -> None:
    """A score or target that the scale lacks is that one finding: no rule on targets counts with it."""
    answer = Score(1, evidence=NOTE, target=Target(9))
    assert codes(scored(team, before=answer, during=Score(-4, evidence=NOTE, target=Target(2)))) == ["KMM202"] * 2


def test_target_outside_priorities(team: Assessment) -> None:
    """Once priorities are chosen, a target above its score outside them is told; staying put never is."""
    told_of = scored(team, before=Score(1, target=Target(2)), during=Score(1, target=Target(1)))
    assert told(told_of, "405") == []
    (finding,) = told(told_of.with_priority("sharing"), "405")
    assert finding.message == "learning.before has the target 2, and lies outside the priorities: sharing"
    assert finding.help.endswith("or write `- outcome: learning` below `priorities:`.")


@pytest.mark.parametrize(
    ("status", "wanted"),
    [(Status.IDEA, 1), (Status.PLANNED, 0), (Status.UNDER_WAY, 0), (Status.DONE, 0), (Status.SET_ASIDE, 1)],
)
def test_target_without_action(team: Assessment, status: Status, wanted: int) -> None:
    """A target above its score wants an action from planned on; an idea does not lead there yet."""
    told_of = scored(team, before=Score(1, target=Target(2)), during=Score(1, target=Target(1)))
    findings = told(planning(told_of, Action("Ask", towards=["learning"], status=status)), "406")
    assert [str(each.pointer) for each in findings] == ["/scores/learning.before/target/level"] * wanted
    if wanted:
        assert "status: planned" in findings[0].help
        assert "towards: [learning.before]" in findings[0].help


def test_a_target_outside_priorities_is_one_finding(team: Assessment) -> None:
    """A target for another year is told as that, and not for having no action as well; without priorities it is."""
    told_of = scored(team, before=Score(1, evidence=NOTE, target=Target(2)))
    assert codes(told_of) == ["KMM406"]
    assert codes(told_of.with_priority("sharing")) == ["KMM405"]


def test_a_misspelt_id_is_one_finding(team: Assessment) -> None:
    """An id that is misspelt in a score with its target, a priority and an action is one finding, not four."""
    action = Action("Ask", towards=["learning.befor"], owner="Lead", due=date(2027, 4, 1), status=Status.PLANNED)
    told_of = evolve(
        planning(team, action, reviews=(Review(date(2027, 5, 24)),)),
        scores={"learning.befor": Score(1, target=Target(2)), "learning.after": Score(0, target=Target(1))},
        priorities=[Priority("learning.befor")],
    )
    assert codes(told_of) == ["KMM201"]


def test_more_than_one_level(gappy: MaturityModel, team: Assessment) -> None:
    """Steps are counted on the scale itself, and the figure in force says how many are advised at a time."""
    work = Assessment(gappy, ["T"], DAY, scores={"work.wide": Score(0, target=Target(10))})
    assert told(work, "409") == []
    (finding,) = told(work.with_target("work.wide", 25), "409")
    assert finding.help.startswith("Write `target: 10` for this year")
    assert told(work.with_target("work.wide", 25), "409", figures=Figures(rise=2)) == []
    assert finding.severity is Severity.INFO
    assert told(scored(team, before=Score(2, target=Target(0))), "409") == []


def test_what_comes_first_is_planned_first(team: Assessment) -> None:
    """A target whose prerequisite is neither in place nor aimed at is told, with the target to write there."""
    aim = Score(1, target=Target(2))
    (finding,) = told(scored(team, after=aim, during=Score(0)), "414")
    assert finding.message == (
        "learning.after is to reach 2, which rests on level 1 of learning.during: that is scored 0 and has no target"
    )
    assert finding.help.startswith("Below `learning.during:` write `target: 1`")
    for during in (
        Score(1),
        Score(0, target=Target(1)),
        Score(),
        Score(inapplicable="Done by others"),
    ):
        assert told(scored(team, after=aim, during=during), "414") == []
    assert len(told(scored(team, after=aim, during=Score(0)).with_priority("learning"), "403")) == 1
    assert told(scored(team, after=aim, during=Score(0)).with_priority("learning"), "414") == []
    (finding,) = told(scored(team, after=aim, during=Score(0, target=Target(0))), "414")
    assert finding.message.endswith("that is scored 0 and has the target 0")


def test_a_prerequisite_that_the_model_has_wrong(team: Assessment, model: MaturityModel) -> None:
    """Edges to what is not there, or to a level that is not, are the model's defects, and not told of a plan."""
    learning = model.outcomes["learning"]
    wrong = [Requirement(2, "nobody.knows", 1), Requirement(2, "sharing.outside", 3)]
    after = evolve(learning.subs["after"], requires=wrong)
    broken = evolve(
        model,
        outcomes=model.outcomes.with_item("learning", evolve(learning, subs=learning.subs.with_item("after", after))),
    )
    scores = {"learning.after": Score(2, target=Target(3)), "sharing.outside": Score(0)}
    assert told(evolve(team, model=broken, scores=scores), "414") == []


# Actions and reviews


@pytest.mark.parametrize("status", Status)
def test_ideas_are_free(team: Assessment, status: Status) -> None:
    """Owner, date and review are wanted of what is planned or under way, and of nothing else."""
    expected = ["KMM407", "KMM408", "KMM413"] if status in (Status.PLANNED, Status.UNDER_WAY) else []
    assert codes(planning(scored(team, before=Score(0)), Action("Ask what is known", status=status))) == expected


def test_actions_are_named(team: Assessment) -> None:
    """A message names an action by its id, or else by how it begins, and points at the status that asks for more."""
    told_of = planning(
        team,
        Action("Ask", id="ask", status=Status.PLANNED, owner=" "),
        Action("Ask at the start of each and every project\nwhat is known", status=Status.UNDER_WAY),
    )
    assert [(each.message, str(each.pointer)) for each in told(told_of, "407")] == [
        ("the action ask is planned and has no owner", "/plan/actions/0/status"),
        (
            'the action "Ask at the start of each and every project..." is under way and has no owner',
            "/plan/actions/1/status",
        ),
    ]


def test_a_date_is_offered(team: Assessment) -> None:
    """An action without a date is offered the day of the first target that it serves, or a year after the assessment."""
    told_of = scored(
        team, before=Score(1, target=Target(2, date(2027, 9, 1))), during=Score(1, target=Target(2, date(2027, 6, 1)))
    )
    (first, second) = told(
        planning(told_of, Action("Ask", ["learning"], status=Status.PLANNED), Action("Look", status=Status.PLANNED)),
        "413",
    )
    assert "`due: 2027-06-01`" in first.help
    assert "`due: 2027-11-24`" in second.help


@pytest.mark.parametrize(
    ("due", "late"), [(date(2027, 9, 1), False), (date(2027, 9, 2), True), (date(2027, 6, 2), False)]
)
def test_action_after_its_targets(team: Assessment, due: date, late: bool) -> None:
    """An action is late for its targets when it is due after the last of them, and not before."""
    told_of = scored(
        team, before=Score(1, target=Target(2, date(2027, 9, 1))), during=Score(1, target=Target(2, date(2027, 6, 1)))
    )
    findings = told(planning(told_of, Action("Ask", ["learning"], due=due, status=Status.PLANNED)), "411")
    assert bool(findings) == late
    if late:
        assert "the target of learning.before is for 2027-09-01" in findings[0].message


def test_date_passed(team: Assessment) -> None:
    """An open action's date that has passed is information, in a unit's newest assessment and with a day to go by."""
    told_of = planning(
        team,
        Action("Ask", due=date(2026, 11, 30), status=Status.UNDER_WAY),
        Action("Look", due=DAY, status=Status.PLANNED),
        Action("Done", due=date(2026, 11, 30), status=Status.DONE),
    )
    (finding,) = told(told_of, "410", today=DAY)
    assert finding.severity is Severity.INFO
    assert finding.message == 'the action "Ask" is under way, and its date, 2026-11-30, has passed'
    assert told(told_of, "410") == []
    assert told(told_of, "410", today=DAY, newest=False) == []


def test_reviews_are_offered(team: Assessment) -> None:
    """A plan without a review is offered a day, half a year after the assessment unless the figures say otherwise."""
    told_of = planning(team, Action("Ask", status=Status.PLANNED), Action("Look", status=Status.UNDER_WAY))
    assert told(told_of, "408") == []  # nothing is scored yet, so these are last year's
    told_of = scored(told_of, before=Score(0))
    (finding,) = told(told_of, "408")
    assert finding.message == "the plan has 2 actions and no review"
    assert "`reviews: [{due: 2027-05-24}]`" in finding.help
    (finding,) = told(told_of, "408", figures=Figures(review=3))
    assert "2027-02-24" in finding.help


@pytest.mark.parametrize(
    ("due", "wanted"),
    [
        (["2027-05-24"], []),
        (["2027-02-24", "2027-08-24"], []),
        (["2027-02-24"], ["2027-08-24"]),
        (["2027-08-24"], ["2027-05-24"]),
        (["2026-11-24", "2028-01-01"], ["2027-05-24"]),
    ],
)
def test_review_gaps(team: Assessment, due: list[str], wanted: list[str]) -> None:
    """More than six months without review, in the year after the assessment, are told once with the days to add."""
    reviews = tuple(Review(date.fromisoformat(day)) for day in due)
    findings = told(planning(team, Action("Ask", status=Status.PLANNED), reviews=reviews), "412")
    offered = [day for each in findings for day in each.help.split("`") if day.startswith("- due: ")]
    assert offered == [f"- due: {day}" for day in wanted]
    assert len(findings) <= 1


def test_a_review_counts_when_it_was_held(team: Assessment) -> None:
    """A review that was held later than planned counts from then, and one without open actions is not asked for."""
    action = Action("Ask", status=Status.PLANNED)
    held = (Review(date(2027, 2, 24), held=date(2027, 2, 26)), Review(date(2027, 8, 26)))
    assert told(planning(team, action, reviews=held), "412") == []
    assert told(planning(team, reviews=(Review(date(2027, 1, 1)),)), "412") == []
    assert told(planning(team, action, reviews=held), "412", figures=Figures(review=0)) == []


def test_every_rule_of_the_plan_is_advice() -> None:
    """No rule of this family is an error."""
    assert {each.severity for each in CATALOGUE.values() if each.family == "plan"} == {Severity.INFO, Severity.WARNING}
