"""The calendar: whole days with identifiers that stay, stamped by the assessment and not by the clock."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.report import report
from kmmaturity.errors import KmMaturityError

icalendar = pytest.importorskip("icalendar")


def events(team: Assessment) -> dict[str, Any]:
    """The calendar's events by their identifiers, read back by icalendar."""
    found = icalendar.Calendar.from_ical(km.render(team, "ics")).walk("VEVENT")
    by_uid = {str(each["UID"]): each for each in found}
    assert len(by_uid) == len(found)
    return by_uid


def titles(team: Assessment) -> set[str]:
    """What the calendar's events are called."""
    return {str(each["SUMMARY"]) for each in events(team).values()}


def test_reviews_actions_and_targets() -> None:
    """Reviews that are ahead, actions with a date and targets not met yet are whole days; what is done is left out."""
    team = km.example()
    found = events(team)
    reviews = [each for each in team.plan.reviews if each.held is None]
    actions = [each for each in team.plan.actions if each.due and each.status != "done"]
    targets = [row for row in report(team).rows if row.target is not None and (row.score or 0) < row.target]
    assert len(found) == len(reviews) + len(actions) + len(targets)
    assert {each["DTSTART"].dt for each in found.values()} >= {each.due for each in reviews}
    assert all(type(each["DTSTART"].dt) is date for each in found.values())


def test_same_bytes() -> None:
    """The same assessment gives the same bytes, stamped with its own day."""
    assert km.render(km.example(), "ics") == km.render(km.example(), "ics")
    stamps = {each["DTSTAMP"].dt.date() for each in events(km.example()).values()}
    assert stamps == {date(2026, 11, 24)}


def test_identifiers_stay_when_dates_and_words_change() -> None:
    """An action that is moved, reworded or given to another owner keeps its identifier; so does a target that is moved."""
    team = km.example()
    moved = evolve(
        team,
        plan=evolve(
            team.plan,
            actions=[
                evolve(each, due=date(2027, 9, 1), action="Reworded", owner="Another role") if each.due else each
                for each in team.plan.actions
            ],
        ),
    ).with_target("assets.capture", 2, date(2027, 10, 1))
    assert set(events(moved)) == set(events(team))


def test_sequence_rises_with_what_is_written_down() -> None:
    """A review that was held later makes the sequence number of every entry higher."""
    team = km.example()
    later = team.with_review(date(2027, 2, 24), held=date(2027, 2, 26))
    before, after = events(team), events(later)
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] >= 0 for uid in after)


def test_set_aside_is_cancelled() -> None:
    """An action that is set aside is cancelled under the identifier that it had, so that calendars take it away."""
    team = km.example()
    dropped = team.with_status("two-facilitators", "set-aside")
    changed = {uid for uid, each in events(dropped).items() if each["STATUS"] != events(team)[uid]["STATUS"]}
    assert len(changed) == 1
    assert events(dropped)[changed.pop()]["STATUS"] == "CANCELLED"


def test_two_alike_are_two() -> None:
    """Two actions with the same words and no ids, and two reviews on one day, have identifiers of their own."""
    team = km.example()
    for _ in range(2):
        team = team.with_action("Ask around", owner="Lead", due=date(2027, 5, 1), status="planned")
    assert sum(str(each["SUMMARY"]) == "Ask around" for each in events(team).values()) == 2


def test_other_units_have_other_identifiers() -> None:
    """Two units whose plans say the same do not share an identifier."""
    team = km.example()
    assert not set(events(team)) & set(events(evolve(team, unit=["UK Example Agency", "Another team"])))


def test_marked_and_without_contacts() -> None:
    """Each entry begins with the handling marking, and no contact is in the file."""
    team = evolve(km.example(), handling="official-sensitive")
    assert all(each.startswith("OFFICIAL-SENSITIVE: ") for each in titles(team))
    assert b"Knowledge Lead\\, Coastal Evidence Team" not in km.render(team, "ics")


def test_hostile_text_adds_no_line() -> None:
    """Text that looks like lines of a calendar stays text."""
    team = km.example().with_action(
        "Ask\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT\x1b[31m", owner="Lead", due=date(2027, 5, 1), status="planned"
    )
    data = km.render(team, "ics").replace(b"\r\n ", b"")
    assert b"\nATTENDEE" not in data
    assert b"\x1b" not in data
    assert data.count(b"BEGIN:VEVENT") == data.count(b"\nEND:VEVENT") == len(events(team))


def test_without_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where icalendar is not installed, the message says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
    with pytest.raises(KmMaturityError, match=r"pip install 'kmmaturity\[calendar\]'"):
        km.render(km.example(), "ics")
