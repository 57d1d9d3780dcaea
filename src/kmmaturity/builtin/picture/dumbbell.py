"""One row for each sub-outcome: where it was, where it is and where it is to be, on its own scale of levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from kmmaturity.builtin.picture.layout import columns, pad, tidy, wrap
from kmmaturity.builtin.picture.theme import Role, Theme
from kmmaturity.domain.assessment import State
from kmmaturity.domain.report import OutcomeNote, Report, Row

__all__ = ["Dumbbells"]

GAP = 2
INDENT = 2
NARROWEST = 20  # a title in fewer columns is a ribbon: it then stands above its scale
COMFORTABLE = 30
ROOMY = 120


@frozen
class Dumbbells:
    """The rows of `report`, grouped by outcome, in `width` columns."""

    report: Report
    width: int
    theme: Theme

    @property
    def levels(self) -> tuple[int, ...]:
        """The scale, lowest level first."""
        return tuple(level.level for level in self.report.scale)

    @property
    def cell(self) -> int:
        """How many columns a level takes: at least those of its three marks and its number."""
        least = 3 + max(len(str(level)) for level in self.levels)
        wanted = (8, 6, 5) if self.width >= ROOMY else (6, 5)
        fitting = (cell for cell in wanted if self.width - cell * len(self.levels) - GAP >= COMFORTABLE)
        return max(least, next(fitting, least))

    @property
    def scale(self) -> int:
        """How many columns a row's scale takes."""
        return self.cell * len(self.levels)

    @property
    def titles(self) -> int:
        """How many columns titles have beside the scale; 0 where they stand above it."""
        longest = max([columns(tidy(row.title)) + INDENT for row in self.report.rows], default=0)
        room = self.width - self.scale - GAP
        return min(max(longest, NARROWEST), room) if room >= NARROWEST else 0

    def lines(self) -> Iterator[str]:
        """Each outcome's heading and rows, with an empty line between outcomes."""
        for index, outcome in enumerate(self.report.outcomes):
            if index:
                yield ""
            rows = [row for row in self.report.rows if row.outcome == outcome.outcome]
            whole = outcome.priority and all(row.priority for row in rows)
            yield from self._heading(outcome, whole=whole)
            for row in rows:
                words = ["priority"] if row.priority and not whole else []
                yield from self._row(row, words)

    def _heading(self, outcome: OutcomeNote, *, whole: bool) -> Iterator[str]:
        room = self.titles + GAP if self.titles else self.width
        first, *more = wrap(tidy(outcome.title), room - GAP)
        numbers = "".join(pad(str(level), self.cell) for level in self.levels).rstrip() if self.titles else ""
        yield (self.theme.paint(pad(first, room), "heading") + self.theme.paint(numbers, "faint")).rstrip()
        yield from (self.theme.paint(line, "heading") for line in more)
        if outcome.priority:
            said = "Priority" if whole else "Priority within"
            because = f"{said}: {tidy(outcome.because)}" if outcome.because else said
            yield from (f"{' ' * INDENT}{line}" for line in wrap(because, min(self.width, 100) - INDENT))

    def _row(self, row: Row, words: list[str]) -> Iterator[str]:
        left = self.titles or INDENT * 2 - GAP
        title = [" " * INDENT + line for line in wrap(tidy(row.title), (self.titles or self.width) - INDENT)]
        right = list(self._answer(row, words, self.width - left - GAP))
        if not self.titles:
            yield from title
            title = []
        for index in range(max(len(title), len(right))):
            beside = title[index] if index < len(title) else ""
            yield f"{pad(beside, left + GAP)}{right[index] if index < len(right) else ''}".rstrip()

    def _answer(self, row: Row, words: list[str], room: int) -> Iterator[str]:
        """The scale with its marks, and what is told in words beside or below it."""
        marks = self._marks(row)
        if row.state is State.UNASSESSED:
            words = ["not assessed", *words]
        if row.state is State.INAPPLICABLE:
            words = [f"not applicable: {tidy(row.inapplicable or '')}", *words]
        always, said = ", ".join(words), ", ".join(filter(None, [*words, row.change]))
        if not marks:
            yield from wrap(said, room)
        elif room < self.scale:
            yield from wrap(", ".join(filter(None, [self._told(row), said])), room)
        else:
            drawn, taken = self._drawn(row, marks)
            beside = room - max(taken, self.scale) - GAP
            # What has changed, the marks say too: those words may be left out.
            fitting = next((words for words in (said, always) if words and columns(words) <= beside), "")
            yield f"{drawn}{' ' * (self.scale - taken + GAP)}{fitting}".rstrip() if fitting else drawn
            if always and not fitting:
                yield from wrap(always, room)

    def _marks(self, row: Row) -> dict[int, list[Role]]:
        """Which marks stand at which level; a level that this scale does not have is not drawn."""
        found: dict[int, list[Role]] = {}
        answers: Sequence[tuple[Role, int | None]] = (
            ("before", row.previous),
            ("now", row.score),
            ("target", row.target),
        )
        for role, level in answers:
            if level is not None and level in self.levels:
                found.setdefault(level, []).append(role)
        return found

    def _drawn(self, row: Row, marks: dict[int, list[Role]]) -> tuple[str, int]:
        """The painted scale, and how many columns it takes."""
        theme = self.theme
        glyphs: dict[Role, str] = {"before": theme.before, "now": theme.now, "target": theme.target}
        parts: list[tuple[str, Role]] = []
        taken = 0
        for index, level in enumerate(self.levels):
            if level > row.highest and level not in marks:
                break
            line, role = self._line(row, level)
            parts.append((line * (index * self.cell - taken), role))
            taken = index * self.cell
            here = marks.get(level, [])
            parts.extend((glyphs[mark], mark) for mark in here)
            number: Role = "now" if "now" in here else here[-1] if here else "faint"
            parts.append((str(level) if here else theme.level, number))
            taken += len(here) + len(parts[-1][0])
        return "".join(theme.paint(text, role) for text, role in parts if text), taken

    def _line(self, row: Row, level: int) -> tuple[str, Role]:
        """What leads up to `level` from the one below: the way that was come, the way ahead, or nothing."""
        if _between(row.previous, row.score, level):
            return self.theme.moved, "now"
        return (self.theme.ahead, "target") if _between(row.score, row.target, level) else (" ", "faint")

    @staticmethod
    def _told(row: Row) -> str:
        told: Iterable[tuple[str, int | None]] = (
            ("last time", row.previous),
            ("now", row.score),
            ("target", row.target),
        )
        return ", ".join(f"{name} {level}" for name, level in told if level is not None)


def _between(one: int | None, other: int | None, level: int) -> bool:
    return one is not None and other is not None and min(one, other) < level <= max(one, other)
