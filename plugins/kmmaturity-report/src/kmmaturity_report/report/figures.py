"""The figures of a report as tables. A picture never stands alone: it is a cell beside the figures that it shows."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from kmmaturity.domain.assessment import State
from kmmaturity.domain.report import OutcomeNote, Report
from kmmaturity.domain.tables import Cell, Table
from kmmaturity.domain.tally import Tally
from kmmaturity_report.pages import said
from kmmaturity_report.pictures.counts import Bar
from kmmaturity_report.pictures.marks import Marks
from kmmaturity_report.report.cells import Heat, Tagged
from kmmaturity_report.report.words import STATES, Words, table

__all__ = ["Figures"]


@frozen
class Figures:
    """The counts and scores of one report."""

    report: Report
    words: Words

    @property
    def counts(self) -> Table:
        """How many sub-outcomes of each outcome are at each level."""
        report = self.report
        groups = [(each.title, each.tally) for each in report.outcomes]
        return self._counts("Sub-outcomes at each level, by outcome", "Outcome", groups)

    @property
    def principles(self) -> Table | None:
        """The same by the principles that the model serves, where it has some."""
        found = self.report.outlook.principles
        if found is None:
            return None
        groups = [(found.titles.get(name, name), tally) for name, tally in found.groups.items()]
        return self._counts("Sub-outcomes at each level, by principle",
                            "Principle", groups)  # fmt: skip

    def _counts(self, caption: str, what: str, groups: list[tuple[str, Tally]]) -> Table:
        whole = self.report.profile.whole
        every = [*groups, ("All sub-outcomes", whole)]
        states = [
            (name, which)
            for name, which in (("Not assessed", "unassessed"), ("Not applicable", "inapplicable"))
            if getattr(whole, which)
        ]
        columns = [what, "Picture", *(f"Level {level}" for level in self.words.levels)]
        columns += [*(name for name, _ in states), "Low median", "Lowest"]

        def row(title: str, tally: Tally) -> Iterator[Cell]:
            yield title
            yield Bar(tally)
            yield from (tally.counts.get(level, 0) for level in self.words.levels)
            yield from (getattr(tally, which) for _, which in states)
            yield from ("none" if each is None else each for each in (tally.median, tally.lowest))

        return table(caption, columns, [row(*each) for each in every])

    def scores(self, outcome: OutcomeNote) -> Table:
        """Each sub-outcome of `outcome` on its scale, beside its figures."""
        rows = [row for row in self.report.rows if row.outcome == outcome.outcome]
        before = self.report.previous is not None
        columns = ["Sub-outcome", "Picture", *["Last time"] * before, "Now", "Target", "Note"]
        whole = all(row.priority for row in rows)
        return table(
            f"{outcome.title}: each sub-outcome on its scale",
            columns,
            [
                [
                    Tagged(row.title, "Priority") if row.priority and not whole else row.title,
                    Marks(row, self.words.levels),
                    *[self.words.before(row)] * before,
                    self.words.now(row),
                    "" if row.target is None else row.target,
                    self.words.note(row),
                ]
                for row in rows
            ],
        )

    @property
    def years(self) -> Table | None:
        """Every sub-outcome year by year, each level on its tint; None where there is one year only."""
        years = self.report.outlook.years
        if len(years) < 2:
            return None
        levels = self.words.levels

        def level(state: State | None, score: int | None) -> Cell:
            if state is None:
                return "Not asked"
            if score is None or score not in levels:
                return STATES[state] if score is None else str(score)
            return Heat(score, levels.index(score), len(levels))

        return table(
            "The level of each sub-outcome, year by year",
            ["Sub-outcome", *(said(year.assessed) for year in years), "Target"],
            [
                [
                    row.title,
                    *(
                        level(answer.state, answer.score) if answer else level(None, None)
                        for answer in (year.answers.get(row.sub) for year in years)
                    ),
                    "" if row.target is None else level(State.SCORED, row.target),
                ]
                for row in self.report.rows
            ],
        )
