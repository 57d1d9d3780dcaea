"""How a report says things: levels with their names, states, changes, counts and lists of titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from kmmaturity.domain.assessment import State
from kmmaturity.domain.report import Report, Row
from kmmaturity.domain.tables import Cell, Table
from kmmaturity_report.pages import capital, shown

__all__ = ["STATES", "Words", "table"]

STATES = {State.UNASSESSED: "Not assessed", State.INAPPLICABLE: "Not applicable"}


def table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Table:
    """A table whose texts are harmless on a page."""
    return Table(
        shown(caption),
        [shown(each) for each in columns],
        [[shown(cell) if isinstance(cell, str) else cell for cell in row] for row in rows],
    )


@frozen
class Words:
    """The words of one report."""

    report: Report

    @property
    def levels(self) -> tuple[int, ...]:
        """The scale, lowest level first."""
        return tuple(level.level for level in self.report.scale)

    @property
    def titles(self) -> Mapping[str, str]:
        """What each outcome and sub-outcome is called."""
        outcomes = {each.outcome: each.title for each in self.report.outcomes}
        return outcomes | {row.sub: row.title for row in self.report.rows}

    def level(self, level: int) -> str:
        """A level with its name: `level 2, Our usual way of working`."""
        title = next((each.title for each in self.report.scale if each.level == level), "")
        return f"level {level}, {title}" if title else f"level {level}"

    def now(self, row: Row) -> str | int:
        """The score, or the state in words."""
        return STATES[row.state] if row.score is None else row.score

    def before(self, row: Row) -> str | int:
        """Last time's score, or its state in words; empty where it was not asked then."""
        if row.previous_state is None:
            return "Not asked"
        return STATES[row.previous_state] if row.previous is None else row.previous

    def note(self, row: Row) -> str:
        """What has changed and why, or why it does not apply."""
        parts = [row.change, row.rebaselined, row.inapplicable]
        return " ".join(f"{capital(part).rstrip('.')}." for part in parts if part)

    @property
    def since(self) -> str | None:
        """How many are higher, lower and the same since last time."""
        report = self.report
        if report.previous is None:
            return None
        known = [row for row in report.rows if row.previous_state is not None]
        words = Counter((row.change or "same").split(",")[0].split()[0] for row in known if row.score is not None)
        told = {"up": "higher", "down": "lower", "same": "the same", "newly": "newly scored"}
        parts = [f"{words[word]} {name}" for word, name in told.items() if words[word]]
        if gone := sum(row.change == "no longer scored" for row in known):
            parts.append(f"{gone} no longer scored")
        return ", ".join(parts) or None
