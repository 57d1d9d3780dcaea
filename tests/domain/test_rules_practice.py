"""Family `practice`: what evidence has to show, and that low is never wrong."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Evidence, Score
from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.model import Figures, MaturityModel, Measure
from kmmaturity.domain.rules import Context, judge, rule

NOTE = "Two of nine projects looked first"


def told(assessment: Assessment, code: str, figures: Figures | None = None) -> list[Finding]:
    """What one rule finds."""
    return list(judge(Context(assessment, figures=figures or assessment.model.figures), [rule(code)]))


def test_evidence_is_wanted_above_the_lowest_level(team: Assessment) -> None:
    """Above the lowest level a score without evidence is told at its key; at the lowest, or off the scale, it is not."""
    scores = {
        "learning.before": Score(1),
        "learning.during": Score(0),
        "learning.after": Score(7),
        "sharing.inside": Score(2, evidence=[Evidence(NOTE)]),
        "sharing.outside": Score(inapplicable="Done by others"),
        "nobody.knows": Score(2),
    }
    (finding,) = told(evolve(team, scores=scores), "301")
    assert (str(finding.pointer), finding.on_key) == ("/scores/learning.before", True)
    assert finding.message == "learning.before is scored 1 and has no evidence"
    assert finding.help.startswith("Below `learning.before:` write `evidence:`")


def test_lowest_of_another_scale(five: MaturityModel) -> None:
    """On a scale that begins at 1, a 1 is the lowest level, and needs no evidence."""
    team = Assessment(five, ["T"], date(2026, 1, 1), scores={"data.a": Score(1), "data.b": Score(2)})
    assert [str(each.pointer) for each in told(team, "301")] == ["/scores/data.b"]


@pytest.mark.parametrize("last", [Score(0), Score(), Score(inapplicable="Done by others")])
def test_practice_is_information_until_all_is_scored(team: Assessment, last: Score) -> None:
    """What warns in a file in which everything is answered only informs while something is not assessed."""
    others = {sub: Score(0) for sub in team.model.subs}
    scores = others | {"learning.before": Score(1), "sharing.inside": last}
    (finding,) = told(evolve(team, scores=scores), "301")
    assert finding.severity is (Severity.INFO if last == Score() else Severity.WARNING)


def test_the_same_note_in_many_places(team: Assessment) -> None:
    """Five sub-outcomes with one note are one finding that lists them; capitals and spaces make no other note."""
    scores = {sub: Score(1, evidence=[Evidence(NOTE)]) for sub in team.model.subs}
    scores["sharing.inside"] = Score(1, evidence=[Evidence(f"  {NOTE.upper()}"), Evidence(NOTE)])
    (finding,) = told(evolve(team, scores=scores), "302")
    assert finding.message == (
        f'5 sub-outcomes have the same evidence, "{NOTE}": '
        "learning.before, learning.during, learning.after, sharing.inside and sharing.outside"
    )
    assert [str(each.pointer) for each in finding.related][-1] == "/scores/sharing.outside/evidence/0/note"
    del scores["learning.after"]
    assert told(evolve(team, scores=scores), "302") == []
    assert len(told(evolve(team, scores=scores), "302", Figures(repeats=4))) == 1


def test_a_short_note_everywhere_is_told_as_short(team: Assessment) -> None:
    """The same word five times is five short notes, and not a repeated one as well."""
    every = evolve(team, scores={sub: Score(1, evidence=[Evidence("Checklist")]) for sub in team.model.subs})
    assert (len(told(every, "303")), len(told(every, "302"))) == (5, 0)


@pytest.mark.parametrize(
    ("evidence", "short"),
    [
        (Evidence("Checklist"), True),
        (Evidence("Weekly debrief"), True),
        (Evidence("A weekly debrief"), False),
        (Evidence("Team's start-up"), True),
        (Evidence("- - -"), True),
        (Evidence(""), True),
        (Evidence("Checklist", ref="https://intranet.example/checklist"), False),
        (Evidence("Checklist", measure="start-up-check"), False),
        (Evidence("Checklist", alternative="In place of a review"), False),
    ],
)
def test_short_notes(team: Assessment, evidence: Evidence, short: bool) -> None:
    """Under three words are short, unless a reference, a measure or an alternative fills them out."""
    findings = told(evolve(team, scores={"learning.before": Score(1, evidence=[evidence])}), "303")
    assert [str(each.pointer) for each in findings] == ["/scores/learning.before/evidence/0/note"] * short


def test_two_scores_worth_a_look_together(team: Assessment) -> None:
    """A score above what its scored prerequisite supports is told at the score, with the other beside it."""
    pair = evolve(team, scores={"learning.after": Score(3), "learning.during": Score(0)})
    (finding,) = told(pair, "304")
    assert str(finding.pointer) == "/scores/learning.after/score"
    assert finding.message == (
        "learning.after is scored 3, and its level 2 rests on level 1 of learning.during, which is scored 0"
    )
    assert [str(each.pointer) for each in finding.related] == ["/scores/learning.during/score"]


@pytest.mark.parametrize(
    ("after", "during"),
    [
        (Score(1), Score(0)),
        (Score(2), Score(1)),
        (Score(2), Score()),
        (Score(2), Score(inapplicable="Done by others")),
        (Score(2), Score(-1)),
        (Score(9), Score(0)),
    ],
)
def test_scores_that_need_no_second_look(team: Assessment, after: Score, during: Score) -> None:
    """A prerequisite that is met, not scored, not applicable or off the scale gives nothing to compare."""
    assert told(evolve(team, scores={"learning.after": after, "learning.during": during}), "304") == []


def test_age_is_off_unless_stated(team: Assessment) -> None:
    """Old evidence is told only where the model or the figures in force state a limit, and once for each answer."""
    old = [Evidence(NOTE, dated=date(2020, 1, 1)), Evidence(NOTE, dated=date(2021, 11, 23)), Evidence(NOTE)]
    dated = evolve(team, scores={"learning.before": Score(1, evidence=old)})
    assert told(dated, "305") == []
    (finding,) = told(dated, "305", Figures(age=60))
    assert str(finding.pointer) == "/scores/learning.before/evidence/1/dated"
    assert "2021-11-23, more than 60 months before 2026-11-24" in finding.message
    assert told(dated, "305", Figures(age=61)) == []
    stated = evolve(dated, model=evolve(team.model, figures=Figures(age=24)))
    assert len(told(stated, "305")) == 1


def test_newer_evidence_makes_up_for_old(team: Assessment) -> None:
    """An answer with one recent piece of evidence is shown by that one, whatever else is noted."""
    mixed = [Evidence(NOTE, dated=date(2020, 1, 1)), Evidence(NOTE, dated=date(2026, 9, 30))]
    assert told(evolve(team, scores={"learning.before": Score(1, evidence=mixed)}), "305", Figures(age=12)) == []


@pytest.mark.parametrize("reason", ["", " ", "n/a", "N/A.", "-", "TBC", "None", "not applicable", "x", "?"])
def test_reasons_that_say_nothing(team: Assessment, reason: str) -> None:
    """What people write where a reason is wanted and they have none is no reason."""
    (finding,) = told(evolve(team, scores={"sharing.inside": Score(inapplicable=reason)}), "306")
    assert str(finding.pointer) == "/scores/sharing.inside/inapplicable"


@pytest.mark.parametrize("reason", ["Run by the staff association", "HR's", "For the agency"])
def test_reasons_that_say_something(team: Assessment, reason: str) -> None:
    """Any other words are a reason: how good it is is for people to say."""
    assert told(evolve(team, scores={"sharing.inside": Score(inapplicable=reason)}), "306") == []


def test_a_measure_is_worth_its_name(team: Assessment, model: MaturityModel) -> None:
    """Evidence that names a measure of its sub-outcome is clean in every family, however few words it has."""
    learning = model.outcomes["learning"]
    before = evolve(learning.subs["before"], measures={1: [Measure("start-up-check", "Asked at the start")]})
    known = evolve(model, outcomes={"learning": evolve(learning, subs={"before": before})})
    answer = Score(1, evidence=[Evidence("Used", measure="start-up-check")])
    told_of = Assessment(known, team.unit, team.assessed, scores={"learning.before": answer})
    assert [each.code for each in judge(Context(told_of))] == ["KMM402"]
