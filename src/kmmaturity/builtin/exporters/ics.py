"""iCalendar: the plan's reviews, actions and targets as whole days, for a calendar that people look at. RFC 5545.

An entry keeps its UID for as long as the assessment says the same thing of the same unit, so that a calendar which has
it already changes it rather than showing it twice. The stamp and the sequence number come from the assessment, never
from the clock: the same report gives the same bytes. Needs the extra `calendar`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from attrs import frozen

from kmmaturity.checking.formats.text import tame
from kmmaturity.domain.plan import Status
from kmmaturity.domain.report import Report
from kmmaturity.errors import KmMaturityError

__all__ = ["render"]

PRODUCT = "-//kmmaturity//Knowledge management plan//EN"
START = date(2000, 1, 1)


@frozen
class _Entry:
    """One whole day: its `key` tells it from every other of the unit, whatever is changed in it."""

    key: tuple[str, ...]
    day: date
    summary: str
    notes: tuple[str, ...] = ()
    cancelled: bool = False


def render(report: Report) -> bytes:
    """The calendar of `report`. Raises KmMaturityError where icalendar is not installed.

    SEQUENCE counts the days from the start of 2000 to the last day that the assessment tells of as past: its own, or
    that of a review that was held. So each year's file, and each review that is written down, outdates what was sent
    before.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise KmMaturityError(
            "a calendar needs icalendar, which is not installed: pip install 'kmmaturity[calendar]'"
        ) from None

    told = max([report.assessed, *(each.held for each in report.plan.reviews if each.held)])
    stamp = datetime(told.year, told.month, told.day, tzinfo=UTC)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(f"{report.marking}: {report.unit[-1]}" if report.marking else report.unit[-1]))
    seen: Counter[tuple[str, ...]] = Counter()
    for entry in _entries(report):
        event = Event()
        event.add("uid", _uid(report.unit, (*entry.key, *["again"] * seen[entry.key])))
        seen[entry.key] += 1
        event.add("dtstamp", stamp)
        event.add("sequence", max(0, (told - START).days))
        event.add("dtstart", entry.day)
        if entry.day < date.max:
            event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", _line(f"{report.marking}: {entry.summary}" if report.marking else entry.summary))
        event.add("description", "\n".join(map(_line, (*entry.notes, report.standing, report.purpose))))
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")  # a day to remember, not a day that is taken
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _entries(report: Report) -> Iterator[_Entry]:
    whose = report.unit[-1]
    for review in report.plan.reviews:
        if review.held is None:
            yield _Entry(("review", review.due.isoformat()), review.due, f"Review of the KM plan: {whose}")
    for action in report.plan.actions:
        if action.due is not None and action.status is not Status.DONE:
            notes = [f"Owner: {action.owner}"] if action.owner else []
            notes += [f"Towards: {', '.join(action.towards)}"] if action.towards else []
            notes += [f"Status: {action.status.replace('-', ' ')}"]
            key = ("action", action.id) if action.id else ("action", "", action.action)
            yield _Entry(key, action.due, action.action, tuple(notes), action.status is Status.SET_ASIDE)
    for row in report.rows:
        if row.target is not None and row.target_by is not None and (row.score is None or row.score < row.target):
            titles = {level.level: level.title for level in report.scale}
            wanted = f"Target: {row.title}, level {row.target}, {titles.get(row.target, row.target)}"
            key = ("target", row.sub, report.assessed.isoformat())
            yield _Entry(key, row.target_by, wanted, (row.outcome_title,))


def _uid(unit: tuple[str, ...], key: tuple[str, ...]) -> str:
    digest = sha256("\x1f".join(("\x1e".join(unit), *key)).encode(errors="surrogatepass")).hexdigest()
    return f"{digest[:32]}@kmmaturity"


def _line(text: str) -> str:
    return tame(" ".join(text.split())).encode(errors="backslashreplace").decode()
