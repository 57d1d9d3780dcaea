"""The law: no finding mentions a comparison with another team; what others score changes nothing that is told of one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.rules import CATALOGUE, Context, Filed, Rule, across, judge, newest
from kmmaturity.testing.strategies import assessments, days, words

LAW = settings(max_examples=60, deadline=None)
COMPARING = re.compile(
    r"\b(?:(?:other|another|all|most) (?:teams?|units?|directorates?)|average|mean of|rank\w*|league|benchmark\w*|"
    r"(?:better|worse|higher|lower|more|less) than (?:others|theirs|other teams))\b",
    re.IGNORECASE,
)


def judged(files: list[Filed], path: str, today: date) -> list[Finding]:
    """What is found in the file at `path` when all of `files` are checked in one run."""
    latest = newest(files)
    (value,) = [each.assessment for each in files if each.path == path]
    found = [finding for where, finding in across(files) if where == path]
    return [*judge(Context(value, today=today, newest=path in latest)), *found]


@LAW
@given(value=assessments(), others=st.lists(assessments(), max_size=3), today=days(), place=st.integers(0, 3))
def test_others_change_nothing(value: Assessment, others: list[Assessment], today: date, place: int) -> None:
    """A file has the same findings alone and in a run with the files of other units, wherever it comes among them."""
    elsewhere = [
        Filed(f"{number}", evolve(each, unit=(*value.unit, f"Another unit {number}")))
        for number, each in enumerate(others)
    ]
    own = Filed("own", value)
    assert judged([*elsewhere[:place], own, *elsewhere[place:]], "own", today) == judged([own], "own", today)


def plainly(value: Assessment, note: str) -> Assessment:
    """The assessment with plain words wherever a message could quote it: what is left are a message's own words."""
    actions = [evolve(each, action=note) for each in value.plan.actions]
    scores = {
        sub: evolve(answer, evidence=[evolve(each, note=note) for each in answer.evidence])
        for sub, answer in value.scores.items()
    }
    return evolve(value, unit=[note], scores=scores, plan=evolve(value.plan, actions=actions))


@LAW
@given(value=assessments(), note=words(), today=days())
def test_messages(value: Assessment, note: str, today: date) -> None:
    """No message, help or related place speaks of what others do."""
    told = plainly(value, note)
    for each in judged([Filed("twin", told), Filed("own", told)], "own", today):
        for text in (each.message, each.help, *(other.message for other in each.related)):
            assert not COMPARING.search(text), text


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_catalogue(rule: Rule) -> None:
    """No rule's own text does so either."""
    for text in (rule.summary, rule.why, rule.remedy):
        assert not COMPARING.search(text), text
