"""What lies ahead, as tables: targets, steps within reach, dates, actions and reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from kmmaturity.domain.agenda import Entry, Occasion, agenda
from kmmaturity.domain.assessment import State
from kmmaturity.domain.comparison import Progress
from kmmaturity.domain.report import Report, Row
from kmmaturity.domain.tables import Cell, Table
from kmmaturity_report.pages import capital, said
from kmmaturity_report.pictures.steps import STANDS
from kmmaturity_report.report.cells import Tagged, Together
from kmmaturity_report.report.words import STATES, Words, table

__all__ = ["Ahead"]

PROGRESS = {
    Progress.REACHED: "Reached",
    Progress.PART_WAY: "Part of the way",
    Progress.STILL_AHEAD: "Still ahead",
    Progress.SET_ASIDE: "Set aside",
}


@frozen
class Ahead:
    """What lies ahead in one report, seen from `today`."""

    report: Report
    words: Words
    today: date

    @property
    def targets(self) -> Table | None:
        """The targets, with what is planned towards each."""
        rows = [row for row in self.report.rows if row.target is not None and row.target_by is not None]
        return _telling(
            "Targets",
            ["Sub-outcome", "Now", "Target", "By", "Planned towards it"],
            [
                [
                    row.title,
                    self.words.now(row),
                    row.target or 0,
                    _day(row.target_by),
                    "; ".join(self._towards(row)) or ("To stay there" if row.target == row.score else "Nothing yet"),
                ]
                for row in rows
            ],
        )

    def _towards(self, row: Row) -> Iterator[str]:
        for action in self.report.plan.actions:
            if row.sub in action.towards or row.outcome in action.towards:
                yield f"{action.action} ({action.status.replace('-', ' ')})"

    @property
    def progress(self) -> Table | None:
        """What became of last time's targets."""
        found = self.report.outlook.progress
        return _telling(
            "Last time's targets, and what became of them",
            ["Sub-outcome", "Then", "Target", "Now", "What became of it"],
            [
                [
                    each.title,
                    STATES[State.UNASSESSED] if each.before is None else each.before,
                    each.target or 0,
                    "Not scored" if each.after is None else each.after,
                    Together(PROGRESS[each.progress]) if each.progress else "",
                ]
                for each in found
            ],
        )

    @property
    def steps(self) -> Table | None:
        """What is within reach: each step that waits for another, that another waits for, or that is aimed at."""
        reach = self.report.outlook.reach
        if reach is None:
            return None
        named = {spot.key: f"{spot.title}, level {spot.level}" for spot in reach.spots}
        return _telling(
            "Steps that wait for others, steps that others wait for, and steps towards a target",
            ["Step", "From", "To", "Stands", "Waits for", "Opens"],
            [
                [
                    Tagged(spot.title, "Target") if spot.target else spot.title,
                    STATES[State.UNASSESSED] if spot.score is None else spot.score,
                    spot.level,
                    capital(STANDS[spot.position]),
                    "; ".join(named[need] for need in spot.needs),
                    "; ".join(named[each.key] for each in reach.opened_by(spot)),
                ]
                for spot in reach.spots
            ],
        )

    @property
    def dates(self) -> Table | None:
        """Every day of the plan that is still to come or has passed with its work open, where any has."""
        seen = agenda(self.report, today=self.today)
        ahead = Together("Ahead") if seen.passed else ""
        entries = [(entry, Together("Date passed")) for entry in seen.passed] + [(entry, ahead) for entry in seen.ahead]
        return _telling(
            f"Dates, as they stand on {said(self.today)}",
            ["Day", "What", "Who sees to it", "Stands"],
            [[_day(entry.day), _what(entry), entry.owner or "", stands] for entry, stands in entries],
        )

    @property
    def actions(self) -> Table | None:
        """The actions of the plan, those that are open first."""
        every = sorted(self.report.plan.actions, key=lambda each: (not each.open, each.due or date.max))
        return _telling(
            "Actions",
            ["Action", "Towards", "Owner", "Due", "Status", "What came of it"],
            [
                [
                    each.action,
                    "; ".join(self.words.titles.get(name, name) for name in each.towards),
                    "; ".join(filter(None, (each.owner, each.contact))),
                    _day(each.due),
                    Together(capital(each.status.replace("-", " "))),
                    each.note or "",
                ]
                for each in every
            ],
        )

    @property
    def reviews(self) -> Table | None:
        """The reviews of the plan: when they are due, when they were held, what they found."""
        every = sorted(self.report.plan.reviews, key=lambda each: each.due)
        return _telling(
            "Reviews of the plan",
            ["Due", "Held", "What it found"],
            [[_day(each.due), _day(each.held, "Not yet"), each.note or ""] for each in every],
        )

    @property
    def plan(self) -> list[Table]:
        """The plan: its dates, its actions and its reviews, as far as there are any."""
        return [each for each in (self.dates, self.actions, self.reviews) if each]


def _telling(caption: str, columns: list[str], rows: list[list[Cell]]) -> Table | None:
    """A table of the columns in which any row says something; None without rows."""
    told = [place for place in range(len(columns)) if any(row[place] != "" for row in rows)]
    if not rows:
        return None
    return table(caption, [columns[place] for place in told], [[row[place] for place in told] for row in rows])


def _day(day: date | None, otherwise: str = "") -> Cell:
    return Together(said(day)) if day else otherwise


def _what(entry: Entry) -> str:
    return entry.what if entry.occasion is Occasion.REVIEW else f"{capital(entry.occasion)}: {entry.what}"
