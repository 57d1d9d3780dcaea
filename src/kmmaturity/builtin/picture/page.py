"""The whole page: who and when, the counts, a dumbbell row for each sub-outcome, and what stands out, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from kmmaturity.builtin.picture.dumbbell import Dumbbells
from kmmaturity.builtin.picture.layout import Figures, tidy, wrap
from kmmaturity.builtin.picture.prose import READABLE, Prose, said
from kmmaturity.builtin.picture.theme import UNICODE, Role, Theme
from kmmaturity.domain.model import Scope
from kmmaturity.domain.overall import Overall
from kmmaturity.domain.plan import Status
from kmmaturity.domain.report import Report
from kmmaturity.domain.tally import Tally, table

__all__ = ["picture"]


def picture(
    report: Report,
    *,
    width: int = READABLE,
    theme: Theme = UNICODE,
    groups: Mapping[str, Tally] | None = None,
    today: date | None = None,
    overall: Overall | None = None,
) -> str:
    """`report` as a page of text in `width` columns.

    `groups` are the counts to show by title, of outcomes unless given. Dates of the plan before `today` are told as
    passed; the day of the assessment stands for it unless given.
    """
    day = max(today or report.assessed, report.assessed)
    page = _Page(report, max(width, 40), theme, groups or _by_outcome(report), day, overall)
    return "\n".join(line.rstrip() for line in page.lines()) + "\n"


def _by_outcome(report: Report) -> dict[str, Tally]:
    # Two outcomes with one title would be one key: their ids then tell them apart.
    titles = Counter(each.title for each in report.outcomes)
    return {
        each.title if titles[each.title] == 1 else f"{each.title} ({each.outcome})": each.tally
        for each in report.outcomes
    }


@frozen
class _Page:
    report: Report
    width: int
    theme: Theme
    groups: Mapping[str, Tally]
    today: date
    overall: Overall | None = None

    def lines(self) -> Iterator[str]:
        sections = (
            self._head(),
            self._counts(),
            self._rows(),
            self._standing_out(),
            self._targets(),
            self._rebaselined(),
            self._dates(),
            self._beyond(),
            self._notes(),
        )
        if self.report.marking:
            yield from (*self._marked(), "")
        for index, section in enumerate(list(filter(None, map(list, sections)))):
            yield from ["", *section] if index else section
        if self.report.marking:
            yield from ("", *self._marked())

    # Parts

    def _marked(self) -> list[str]:
        return self._heading(tidy(self.report.marking or ""))

    def _head(self) -> Iterator[str]:
        report, model = self.report, self.report.model
        *larger, unit = map(tidy, report.unit)
        yield from self._heading(unit)
        if larger:
            yield from self._prose(", ".join(reversed(larger)))
        article = "an" if report.scope is Scope.ORGANISATION else "a"
        scored_as = f", scored as {article} {report.scope}" if report.scope else ""
        beside = f", compared with {said(report.previous)}" if report.previous else ""
        yield from self._prose(f"Assessed {said(report.assessed)}{scored_as}{beside}")
        publisher = f" by {tidy(model.publisher)}" if model.publisher else ""
        yield ""
        yield from self._prose(f"Model: {tidy(model.title)} ({tidy(model.reference)}){publisher}. {report.standing}")
        yield from self._prose(report.purpose)

    def _counts(self) -> Iterator[str]:
        whole = self.report.profile.whole
        yield self._painted("How many sub-outcomes are at each level")
        yield from self._prose("; ".join(f"{level.level} {tidy(level.title)}" for level in self.report.scale))
        yield ""
        groups = ((tidy(title), each) for title, each in self.groups.items())
        yield from Figures.of(table([*groups, ("Whole", whole)])).lines(self.width)
        yield ""
        yield from self._prose(f"Coverage: {whole}.")
        if self.overall is not None:
            yield from self._prose(f"{self.overall}.")
        yield from self._changes()

    def _changes(self) -> Iterator[str]:
        report = self.report
        if report.previous is None:
            return
        known = [row for row in report.rows if row.previous_state is not None]
        words = Counter((row.change or "same").split()[0] for row in known if row.score is not None)
        told = {"up": "higher", "down": "lower", "same": "the same", "newly": "newly scored"}
        parts = [f"{words[word]} {name}" for word, name in told.items() if words[word]]
        lost = sum(row.change == "no longer scored" for row in known)
        parts += [f"{lost} no longer scored"] if lost else []
        if parts:
            yield from self._prose(f"Since {said(report.previous)}: {', '.join(parts)}.")

    def _rows(self) -> Iterator[str]:
        theme, rows = self.theme, self.report.rows
        heading = "Sub-outcome by sub-outcome"
        key: list[tuple[str, Role]] = []
        if any(row.previous is not None for row in rows):
            key.append((f"{theme.before} last time", "before"))
        key.append((f"{theme.now} now", "now"))
        if any(row.target is not None for row in rows):
            key.append((f"{theme.target} target", "target"))
        told = "".join("   " + theme.paint(words, role) for words, role in key)
        if len(heading) + sum(3 + len(words) for words, _ in key) <= self.width:
            yield self._painted(heading) + told
        else:
            yield from (self._painted(heading), told.removeprefix("   "))
        yield ""
        yield from Dumbbells(self.report, self.width, theme).lines()

    def _standing_out(self) -> Iterator[str]:
        profile = self.report.profile
        yield self._painted("What stands out, for this unit itself")
        if not profile.whole.scored:
            yield "Nothing is scored yet."
        elif profile.even:
            yield from self._prose(f"Even: everything scored is at {self._level(profile.whole.lowest)}.")
        else:
            yield from self._named("Strengths", profile.whole.highest, profile.strengths)
            yield from self._named("Weaknesses", profile.whole.lowest, profile.weaknesses)

    def _named(self, name: str, level: int | None, subs: Iterable[str]) -> Iterator[str]:
        yield from self._prose(f"{name}, at {self._level(level)}:")
        yield from self._listed(self._title(sub) for sub in subs)

    def _targets(self) -> Iterator[str]:
        report = self.report
        targets = [row for row in report.rows if row.target is not None and row.target_by is not None]
        if not targets:
            return
        yield self._painted("Targets")
        days = sorted({row.target_by for row in targets if row.target_by and row.target != row.score})
        for day in days:
            yield f"By {said(day)}:"
            ahead = [row for row in targets if row.target_by == day and row.target != row.score]
            yield from self._listed(
                f"{tidy(row.title)}: {'not scored yet' if row.score is None else row.score} to {row.target}"
                for row in ahead
            )
        staying = [row for row in targets if row.target == row.score]
        if staying:
            yield "Staying where they are:"
            yield from self._listed(f"{tidy(row.title)}, at {row.score}" for row in staying)

    def _rebaselined(self) -> Iterator[str]:
        rows = [row for row in self.report.rows if row.rebaselined]
        if rows:
            yield from self._heading("Re-baselined, because the unit knows more now")
            yield from self._listed(f"{tidy(row.title)}: {tidy(row.rebaselined or '')}" for row in rows)

    def _dates(self) -> Iterator[str]:
        plan = self.report.plan
        ahead: list[tuple[date, str]] = [(each.due, "Review of the plan") for each in plan.reviews if not each.held]
        for action in plan.actions:
            if action.open and action.due:
                about = [tidy(action.owner)] if action.owner else []
                about += ["under way"] if action.status is Status.UNDER_WAY else []
                ahead.append((action.due, tidy(action.action) + (f" ({', '.join(about)})" if about else "")))
        undated = sum(action.open and not action.due for action in plan.actions)
        counts = Counter(action.status for action in plan.actions)
        also = [
            f"{count} {name}"
            for count, name in (
                (undated, "without a date"),
                (counts[Status.IDEA], "noted as ideas"),
                (counts[Status.DONE], "done"),
                (counts[Status.SET_ASIDE], "set aside"),
            )
            if count
        ]
        if not ahead and not also:
            return
        yield self._painted("Next dates")
        told = ((day, what + (" (date passed)" if day < self.today else "")) for day, what in sorted(ahead))
        yield from Prose(self.width, self.theme).beside((f"{said(day):>11}", what) for day, what in told)
        if also:
            yield from self._prose(f"Other actions: {', '.join(also)}.")

    def _beyond(self) -> Iterator[str]:
        if self.report.beyond:
            yield from self._heading("Answers beyond the model: kept in the file, and counted nowhere")
            yield from self._listed(map(tidy, self.report.beyond))

    def _notes(self) -> Iterator[str]:
        if self.report.notes:
            yield self._painted("Notes")
            yield from self._prose(tidy(self.report.notes))

    # Words

    def _heading(self, text: str) -> list[str]:
        return [self._painted(line) for line in wrap(text, self.width)]

    def _painted(self, text: str) -> str:
        return self.theme.paint(text, "heading")

    def _prose(self, text: str) -> list[str]:
        return wrap(text, min(self.width, READABLE))

    def _listed(self, items: Iterable[str]) -> Iterator[str]:
        yield from Prose(self.width, self.theme).items(items)

    def _level(self, level: int | None) -> str:
        title = next((each.title for each in self.report.scale if each.level == level), "")
        return f"level {level}, {tidy(title)}" if title else f"level {level}"

    def _title(self, sub: str) -> str:
        return next((tidy(row.title) for row in self.report.rows if row.sub == sub), sub)
