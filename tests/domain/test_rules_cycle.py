"""Family `cycle`: days, years and the files of a run."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Evidence, Score, Target
from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.model import Figures, MaturityModel
from kmmaturity.domain.plan import ActionPlan, Review
from kmmaturity.domain.rules import Context, Filed, across, judge, newest, rule

DAY = date(2026, 12, 1)


def told(assessment: Assessment, code: str, **context: object) -> list[Finding]:
    """What one rule finds."""
    return list(judge(Context(assessment, **context), [rule(code)]))  # type: ignore[arg-type]  # fields of Context


def test_evidence_after_the_assessment(team: Assessment) -> None:
    """Evidence dated after the assessment warns, whatever the day is; that of the day itself is right."""
    evidence = [Evidence("x", dated=day) for day in (None, date(2026, 11, 24), date(2026, 11, 25))]
    told_of = evolve(team, scores={"learning.before": Score(1, evidence=evidence), "x.y": Score(1, evidence=evidence)})
    (finding,) = told(told_of, "501")
    assert (str(finding.pointer), finding.severity) == ("/scores/learning.before/evidence/2/dated", Severity.WARNING)
    assert told(told_of, "501", today=date(2030, 1, 1)) == [finding]


def test_days_that_are_still_ahead(team: Assessment) -> None:
    """An assessment or a review held after today is information, since tomorrow it may be right."""
    told_of = evolve(team, plan=ActionPlan([Review(DAY, held=date(2026, 12, 4)), Review(DAY, held=date(2026, 11, 4))]))
    findings = told(told_of, "501", today=date(2026, 11, 23))
    assert [(str(each.pointer), each.severity) for each in findings] == [
        ("/assessed", Severity.INFO),
        ("/plan/reviews/0/held", Severity.INFO),
    ]
    assert findings[0].message == "`assessed` is 2026-11-24, which is still ahead"
    assert findings[1].message == "`held` of the review due 2026-12-01 is 2026-12-04, which is still ahead"
    assert told(told_of, "501", today=date(2026, 12, 4)) == []
    assert told(told_of, "501", today=date(2026, 11, 23), newest=False) == []
    assert told(told_of, "501") == []


@pytest.mark.parametrize(("today", "old"), [(date(2027, 12, 23), False), (date(2027, 12, 24), True)])
def test_the_next_assessment_is_due(team: Assessment, today: date, old: bool) -> None:
    """From thirteen months on the next one is due: information, for a unit's newest assessment alone."""
    findings = told(team, "502", today=today)
    assert [each.severity for each in findings] == [Severity.INFO] * old
    assert told(team, "502", today=today, newest=False) == []
    assert told(team, "502") == []
    assert len(told(team, "502", today=today, figures=Figures(due=6))) == 1


@pytest.mark.parametrize(
    ("by", "far"),
    [
        (None, False),
        (date(2027, 5, 23), True),
        (date(2027, 5, 24), False),
        (date(2028, 5, 24), False),
        (date(2028, 5, 25), True),
    ],
)
def test_target_horizon(team: Assessment, by: date | None, far: bool) -> None:
    """A target is for a day six to eighteen months after the assessment; without a day it is a year."""
    findings = told(evolve(team, scores={"learning.before": Score(1, target=Target(2, by))}), "503")
    assert [str(each.pointer) for each in findings] == ["/scores/learning.before/target/by"] * far
    if far:
        assert findings[0].help == (
            "Write a day from 2027-05-24 to 2028-05-24; or leave `by:` out, which means 2027-11-24."
        )


@pytest.mark.parametrize(("then", "now"), [(0, 2), (2, 0)])
def test_large_changes(team: Assessment, then: int, now: int) -> None:
    """Two levels up or down with nothing new said of it are told alike; a note, or new evidence, is enough."""
    seen = Evidence("Seen in May")
    before = evolve(team, assessed=date(2025, 11, 20), scores={"learning.after": Score(then, evidence=[seen])})
    after = evolve(team, scores={"learning.after": Score(now, evidence=[seen])})
    (finding,) = told(after, "504", previous=before)
    assert finding.message == (
        f"learning.after is scored {now}, and was {then} on 2025-11-20: nothing says what is different"
    )
    assert told(after, "504") == []
    assert told(after, "504", previous=before, figures=Figures(change=3)) == []
    assert told(after.with_evidence("learning.after", "And in October"), "504", previous=before) == []
    rebaselined = Score(now, rebaselined="We know more now", evidence=[seen])
    assert told(evolve(team, scores={"learning.after": rebaselined}), "504", previous=before) == []


@pytest.mark.parametrize(
    ("then", "now"),
    [(Score(1), Score(2)), (Score(), Score(3)), (Score(0), Score()), (Score(9), Score(0)), (Score(0), Score(9))],
)
def test_changes_that_are_not_large(team: Assessment, then: Score, now: Score) -> None:
    """One level, a first score and levels off the scale are no large change."""
    before, after = (evolve(team, scores={"learning.after": each}) for each in (then, now))
    assert told(after, "504", previous=before) == []


def test_another_model_is_not_compared(team: Assessment, five: MaturityModel, gappy: MaturityModel) -> None:
    """Last time's scores on another scale, or of other sub-outcomes, say nothing of a change."""
    before = Assessment(five, team.unit, date(2025, 1, 1), scores={"data.a": Score(5)})
    after = evolve(team, scores={"learning.after": Score(0), "data.a": Score(0)})
    assert told(after, "504", previous=before) == []
    same_scale = evolve(five, scale=team.model.scale)
    assert told(after, "504", previous=evolve(before, model=same_scale)) == []
    work = Assessment(gappy, ["T"], DAY, scores={"work.wide": Score(25)})
    assert len(told(work, "504", previous=evolve(work, scores={"work.wide": Score(0)}))) == 1


def test_previous_not_found(team: Assessment) -> None:
    """Where last time's file could not be had, that is told with the reason; a file that names none is fine."""
    named = evolve(team, previous="lst.kmm.yaml")
    (finding,) = told(named, "505", absent="no file of that name is in this folder")
    assert finding.message == "`previous` is lst.kmm.yaml, and no file of that name is in this folder"
    assert str(finding.pointer) == "/previous"
    assert told(named, "505") == told(team, "505", absent="no file") == []


def test_two_files_of_one_unit_and_day(team: Assessment, five: MaturityModel) -> None:
    """Each file after the first of a unit, day and model is told, and names the first; capitals make no other unit."""
    again = evolve(team, unit=["an  agency", "A TEAM"])
    files = [
        Filed("a.kmm.yaml", team),
        Filed("b.kmm.yaml", evolve(team, assessed=DAY)),
        Filed("c.kmm.yaml", evolve(team, unit=["An agency"])),
        Filed("d.kmm.yaml", again),
        Filed("e.kmm.yaml", Assessment(five, team.unit, team.assessed)),
        Filed("f.kmm.yaml", team),
    ]
    found = list(across(files))
    assert [(path, each.code, str(each.pointer)) for path, each in found] == [
        ("d.kmm.yaml", "KMM506", "/assessed"),
        ("f.kmm.yaml", "KMM506", "/assessed"),
    ]
    assert found[0][1].message == "this is of A TEAM on 2026-11-24, and so is a.kmm.yaml"
    assert list(across(files, [rule("502")])) == []


def test_newest_of_each_unit(team: Assessment) -> None:
    """The newest file of each unit is known, both where two are of one day, whatever order they come in."""
    older, other = evolve(team, assessed=date(2025, 11, 20)), evolve(team, unit=["Others"], assessed=date(2020, 1, 1))
    files = [Filed("new", team), Filed("old", older), Filed("twin", team), Filed("other", other)]
    assert newest(files) == newest(files[::-1]) == {"new", "twin", "other"}
    assert newest([]) == frozenset()
