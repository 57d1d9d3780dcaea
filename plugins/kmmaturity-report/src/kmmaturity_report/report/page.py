"""The page: what its sections hold, and how it becomes one file that asks for nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from kmmaturity.domain.assessment import Rate, State
from kmmaturity.domain.method import METHOD
from kmmaturity.domain.model import Scope
from kmmaturity.domain.names import listed
from kmmaturity.domain.priorities.steps import Step
from kmmaturity.domain.report import OutcomeNote, Report, Row
from kmmaturity.domain.rounding import percent
from kmmaturity_report.pages import capital, environment, policy, shown
from kmmaturity_report.pictures.marks import Mark, key
from kmmaturity_report.pictures.palette import tint
from kmmaturity_report.pictures.steps import Steps
from kmmaturity_report.report.ahead import Ahead
from kmmaturity_report.report.figures import Figures
from kmmaturity_report.report.words import Words
from kmmaturity_report.theme import Theme, stylesheet, themed

__all__ = ["Page", "render"]

# The words of the method that a report uses, in the order in which it does.
TERMS = (
    "coverage", "not assessed", "not applicable", "low median", "lowest", "strengths", "weaknesses", "gap", "target",
    "priority", "benefit", "re-baselined", "evidence", "action", "review",
)  # fmt: skip


SECTIONS = {
    "glance": "At a glance",
    "outcomes": "Outcome by outcome",
    "years": "Year by year",
    "stands-out": "What stands out",
    "principles": "By principle",
    "priorities": "Priorities",
    "next": "What could come next",
    "targets": "Targets and progress",
    "plan": "The plan",
    "evidence": "Evidence",
    "method": "How to read this",
}


@frozen
class Page:
    """What the template of the report asks for."""

    report: Report
    theme: Theme
    today: date

    @property
    def words(self) -> Words:
        """How this report says things."""
        return Words(self.report)

    @property
    def figures(self) -> Figures:
        """Its counts and scores, as tables."""
        return Figures(self.report, self.words)

    @property
    def ahead(self) -> Ahead:
        """What lies ahead, as tables."""
        return Ahead(self.report, self.words, self.today)

    @property
    def sections(self) -> Mapping[str, str]:
        """The sections, by what their links name."""
        absent = [name for name in ("years", "principles") if getattr(self.figures, name) is None]
        return {name: title for name, title in SECTIONS.items() if name not in absent}

    @property
    def scored_as(self) -> str:
        """As what the unit scored itself, where the file says so."""
        scope = self.report.scope
        return "" if scope is None else f", scored as {'an' if scope is Scope.ORGANISATION else 'a'} {scope}"

    @property
    def coverage(self) -> str:
        """The share that is scored, in figures."""
        whole = self.report.profile.whole
        return "" if whole.coverage is None else f"{percent(whole.coverage)}%"

    @property
    def scale(self) -> Iterator[tuple[int, str, str, int]]:
        """Each level with its name, what it means, and its tint."""
        for place, level in enumerate(self.report.scale):
            yield level.level, level.title, level.means or "", tint(place, len(self.report.scale))

    @property
    def key(self) -> Iterator[tuple[Mark, str]]:
        """Each mark of the pictures of scores, with its name."""
        rows = self.report.rows
        return key(
            before=any(row.previous is not None for row in rows), target=any(row.target is not None for row in rows)
        )

    def rows(self, outcome: OutcomeNote) -> list[Row]:
        """The sub-outcomes of `outcome`."""
        return [row for row in self.report.rows if row.outcome == outcome.outcome]

    def chosen(self, outcome: OutcomeNote) -> list[str]:
        """The titles of the sub-outcomes that are priorities, where not all of `outcome` is."""
        rows = self.rows(outcome)
        return [] if all(row.priority for row in rows) else [row.title for row in rows if row.priority]

    @property
    def graph(self) -> Steps | None:
        """The picture of what is within reach; None where nothing waits for anything."""
        reach = self.report.outlook.reach
        found = Steps(reach) if reach else None
        return found if found and found.spots else None

    @property
    def inside(self) -> bool:
        """Whether the steps that are suggested are those inside the team's own priorities."""
        return any(each.priority for each in self.report.outcomes)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What could come next, in the order in which it is suggested."""
        found = self.report.outlook.suggestions
        return () if found is None else found.steps

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the suggestions rest on."""
        found = self.report.outlook.suggestions
        if found is None:
            return ("The model's levels need one another in a circle, so no step is suggested.",)
        return found.notes

    def evidence(self, outcome: OutcomeNote) -> list[Row]:
        """The sub-outcomes of `outcome` that have a score or evidence to tell of."""
        return [row for row in self.rows(outcome) if row.evidence or row.means]

    def named(self, level: int) -> str:
        """What the scale calls `level`."""
        return next((each.title for each in self.report.scale if each.level == level), "")

    def titles(self, subs: Iterable[str]) -> list[str]:
        """What these sub-outcomes are called."""
        return [self.words.titles.get(sub, sub) for sub in subs]

    def why(self, step: Step) -> str:
        """What a step opens and leads to, by titles."""
        opens = [f"{each.title}, level {each.level}" for each in step.opens]
        leads = [f"{each.title}, level {each.level}" for each in step.targets if each.sub != step.sub]
        parts = [f"The team rates the benefit of improving here as {step.rate}."] if step.rate else []
        parts += [f"It opens {listed(opens, last='and')}."] if opens else []
        parts += [f"It lies on the way to the target of {listed(leads, last='and')}."] if leads else []
        parts += (
            [f"The team's target here is {step.aims}."] if step.aims is not None and step.aims >= step.level else []
        )
        return " ".join(parts)

    @property
    def rated(self) -> Mapping[str, list[tuple[str, str | None]]]:
        """By each rate that the team gives, highest first, what it gives it to and why: whole outcomes as one."""
        found: dict[Rate, list[tuple[str, str | None]]] = {rate: [] for rate in Rate}
        for outcome in self.report.outcomes:
            rows = self.rows(outcome)
            given = {row.benefit for row in rows}
            for row in rows[:1] if len(given) == 1 else rows:
                if row.benefit:
                    title = outcome.title if len(given) == 1 else row.title
                    found[row.benefit.rate].append((title, row.benefit.because))
        return {capital(rate.replace("-", " ")): every for rate, every in found.items() if every}

    @property
    def unassessed(self) -> list[str]:
        """What is not assessed yet, by title."""
        return [row.title for row in self.report.rows if row.state is State.UNASSESSED]

    @property
    def terms(self) -> Mapping[str, str]:
        """The method's words that this report uses, and what they mean."""
        return {capital(term): METHOD[term] for term in TERMS}

    @property
    def credits(self) -> list[tuple[str, str]]:
        """Who stands behind the model."""
        model = self.report.model
        told = (
            ("Publisher", model.publisher),
            ("Adapted from", model.adapted),
            ("Licence", model.licence),
            ("Support", model.support),
        )
        return [(name, text) for name, text in told if text]

    @property
    def running(self) -> str:
        """The rule for the margins of printed pages: the mark and the model's standing on each."""
        report = self.report
        status = f"{report.model.title} ({report.model.reference}), {report.model.status}"
        whose = f"{report.unit[-1]}, {report.assessed.isoformat()}"
        boxes = {"top-center": report.marking or "", "bottom-center": report.marking or "", "top-left": whose}
        boxes |= {"bottom-left": status}
        rules = "".join(f"@{place}{{content:{_quoted(text)}}}" for place, text in boxes.items() if text)
        return f'@page{{{rules}@bottom-right{{content:counter(page) " of " counter(pages)}}}}'


def render(
    report: Report,
    *,
    name: str | None = None,
    colour: str | None = None,
    logo: str | None = None,
    today: date | None = None,
) -> bytes:
    """The page of `report`, in UTF-8. Dates are seen from `today`, the day of the assessment unless given.

    Raises KmMaturityError for a colour that cannot be used, and for a logo that cannot be read.
    """
    theme = themed(name=name, colour=colour, logo=logo)
    page = Page(report, theme, max(today or report.assessed, report.assessed))
    style = stylesheet("report/report.css") + theme.tokens + page.running
    made = (
        environment()
        .get_template("report/page.html.j2")
        .render(
            page=page,
            report=report,
            words=page.words,
            theme=theme,
            style=style,
            policy=policy(styles=[style]),
            sections=page.sections.items(),
        )
    )
    return made.encode()


def _quoted(text: str) -> str:
    """`text` as a CSS string: whatever is neither letter, digit nor space is written as its number."""
    return '"{}"'.format(
        "".join(each if each.isalnum() or each == " " else f"\\{ord(each):x} " for each in shown(text))
    )
