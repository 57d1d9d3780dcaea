"""The law: setting a rule aside leaves out what that rule finds there and nothing else, and is needed on any day or none."""

from __future__ import annotations

from collections import Counter
from datetime import date

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from kmmaturity.checking import Findings
from kmmaturity.checking.check import check_assessment
from kmmaturity.domain.assessment import Assessment, Suppression
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.testing.strategies import assessments, days

LAW = settings(max_examples=60, deadline=None)
ENTRIES = ("KMM902", "KMM903")
RULES = [name for rule in CATALOGUE.values() for name in (rule.code, rule.name)]
FAMILIES = sorted({rule.family for rule in CATALOGUE.values()})


def told(found: Findings, *left_out: str) -> Counter[tuple[str, str, str]]:
    """Each finding by its code, place and message, but for some codes and what is said of entries."""
    return Counter(
        (each.code, str(each.pointer), each.message) for each in found if each.code not in (*ENTRIES, *left_out)
    )


@LAW
@given(value=assessments(), data=st.data(), today=days())
def test_what_is_left_out(value: Assessment, data: st.DataObject, today: date) -> None:
    """A rule set aside for the whole file has no finding, and those of the others are the same."""
    value = evolve(value, ignore=())
    before = check_assessment(value, today=today)
    possible = [each.code for each in before if not CATALOGUE[each.code].vital]
    if not possible:
        return
    code = data.draw(st.sampled_from(possible))
    name = data.draw(st.sampled_from([code, code.lower(), CATALOGUE[code].name]))
    after = check_assessment(evolve(value, ignore=[Suppression(name, "So it is")]), today=today)
    assert told(after) == told(before, code)
    assert not [each for each in after if each.code in ENTRIES]
    assert len(after) + len(after.aside) == len(before)


@LAW
@given(value=assessments(), data=st.data(), today=days(), later=days())
def test_needed_on_any_day_or_none(value: Assessment, data: st.DataObject, today: date, later: date) -> None:
    """What is said of the entries of a file is the same on every day."""
    names = st.sampled_from([*RULES, *FAMILIES, "nothing"])
    outcomes = st.none() | st.sampled_from([*value.model.outcomes, *value.model.subs])
    entries = data.draw(st.lists(st.builds(Suppression, names, st.just("So it is"), outcomes), max_size=4))
    value = evolve(value, ignore=entries)
    first, second = (
        [each for each in check_assessment(value, today=day) if each.code in ENTRIES] for day in (today, later)
    )
    assert first == second
