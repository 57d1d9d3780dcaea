"""What several reports have between them is gathered as they pass, and no report is kept."""

from __future__ import annotations

import weakref
from datetime import date

from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.report import Report
from kmmaturity.domain.several import Gathering, Several


class Watched(Report):
    """A report that tells when nobody holds it any more."""


def test_nothing_has_passed() -> None:
    """Of no reports nothing is said, and no day."""
    assert Gathering().several == Several(0, None, None)


def test_each_thing_is_said_once() -> None:
    """What differs stands in the order in which it came, each once; the days are the first and the last."""
    team = km.report(km.example())
    gathering = Gathering()
    for handling, day in (("official", 24), (None, 3), ("secret", 26), ("Official", 5)):
        each = evolve(team, handling=handling, assessed=date(2026, 11, day))
        assert gathering.passed(each) is each
    several = gathering.several
    assert (several.count, several.since, several.until) == (4, date(2026, 11, 3), date(2026, 11, 26))
    assert several.markings == ("OFFICIAL", "SECRET")
    assert several.purposes == (team.purpose,)
    assert several.standings == (team.standing,)
    assert several.models == (team.model,)
    assert several.redacted == ("contact",)


def test_no_report_is_kept() -> None:
    """A report that has passed is let go of."""
    team = km.report(km.example())
    gathering = Gathering()
    gone = weakref.ref(gathering.passed(Watched(**{name: getattr(team, name) for name in Report.__match_args__})))
    assert gone() is None
    assert gathering.several.count == 1
