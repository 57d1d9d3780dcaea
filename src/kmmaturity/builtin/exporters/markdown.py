"""Markdown: a page for a wiki or a pull request, its figures in tables. GitHub's dialect, which GitLab and others read.

Text from files stays text: what Markdown or HTML would act on is escaped, and nothing becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kmmaturity.checking.formats.text import counted, tame
from kmmaturity.domain.assessment import State
from kmmaturity.domain.report import Report, Row
from kmmaturity.domain.rounding import percent

__all__ = ["escaped", "render"]

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_ANYWHERE = str.maketrans({each: f"\\{each}" for each in "\\`*_[]|~$^"} | _ENTITIES)
_LINKS = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)|()(@)")  # what makes links and mentions of itself
_BEGINS = re.compile(r"(\d*)([.)#+=:-])")  # what begins a list or a heading, at the start of a line alone
STATES = {State.UNASSESSED: "not assessed yet", State.INAPPLICABLE: "not applicable"}


def escaped(text: str) -> str:
    """`text` on one line, as Markdown that shows it and does nothing else."""
    line = tame(" ".join(text.split())).translate(_ANYWHERE)
    line = _LINKS.sub(lambda found: f"{found[1] or found[3] or ''}&#{ord(found[2] or found[4] or found[6])};", line)
    return _BEGINS.sub(r"\1\\\2", line, count=1) if _BEGINS.match(line) else line


def render(report: Report) -> bytes:
    """The page of `report`, in UTF-8."""
    text = "\n".join(_page(report)).rstrip() + "\n"
    return text.encode(errors="backslashreplace")


def _page(report: Report) -> Iterator[str]:
    mark = [f"**{escaped(report.marking)}**", ""] if report.marking else []
    yield from mark
    yield f"# {escaped(report.unit[-1])}: KM maturity self-assessment"
    yield ""
    yield f"{escaped(' > '.join(report.unit))}. Assessed on {report.assessed}" + (
        f", last time on {report.previous}." if report.previous else "."
    )
    yield ""
    yield f"{escaped(report.purpose)} {escaped(report.standing)}"
    yield ""
    yield f"Model: {escaped(report.model.title)} ({escaped(report.model.reference)}, {report.model.status})."
    yield ""
    yield from _counts(report)
    for outcome in report.outcomes:
        yield f"## {escaped(outcome.title)}"
        yield ""
        if outcome.priority:
            yield "A priority." if not outcome.because else f"A priority: {escaped(outcome.because)}"
            yield ""
        yield from _answers(row for row in report.rows if row.outcome == outcome.outcome)
        yield ""
    yield from _plan(report)
    yield from _notes(report)
    yield from mark


def _counts(report: Report) -> Iterator[str]:
    whole = report.profile.whole
    share = "" if whole.coverage is None else f" ({percent(whole.coverage)} %)"
    yield f"{whole.scored} of {counted(whole.applicable, 'applicable sub-outcome')} scored{share}."
    yield ""
    yield from _table(
        ("Outcome", *(f"{level.level} {level.title}" for level in report.scale), "Not assessed yet", "Not applicable"),
        [
            (
                each.title,
                *(tally.counts.get(level.level, 0) for level in report.scale),
                tally.unassessed,
                tally.inapplicable,
            )
            for each in report.outcomes
            for tally in (each.tally,)
        ],
    )
    yield ""


def _answers(rows: Iterable[Row]) -> Iterator[str]:
    yield from _table(
        ("Sub-outcome", "Last time", "Now", "Target", "What shows it"),
        [(row.title, _level(row.previous_state, row.previous), _now(row), _target(row), _shown(row)) for row in rows],
    )


def _now(row: Row) -> str:
    if row.state is State.SCORED:
        return f"{row.score} {row.score_title}" + ("; re-baselined" if row.rebaselined else "")
    return STATES[row.state] + (f": {row.inapplicable}" if row.inapplicable else "")


def _level(state: State | None, score: int | None) -> str:
    if state is None:
        return ""
    return f"{score}" if state is State.SCORED else STATES[state]


def _target(row: Row) -> str:
    return "" if row.target is None else f"{row.target} by {row.target_by}"


def _shown(row: Row) -> str:
    told = []
    for each in row.evidence:
        extra = [f"{name} {value}" for name, value in (("effect:", each.effect), ("see", each.ref)) if value]
        told.append("; ".join([each.note, *extra]))
    return " / ".join(told)


def _plan(report: Report) -> Iterator[str]:
    if report.plan.actions:
        yield "## Action plan"
        yield ""
        yield from _table(
            ("Action", "Towards", "Owner", "Due", "Status"),
            [
                (each.action, ", ".join(each.towards), each.owner or "", str(each.due or ""), f"{each.status}")
                for each in report.plan.actions
            ],
        )
        yield ""
    if report.plan.reviews:
        yield "## Reviews"
        yield ""
        yield from _table(
            ("Due", "Held", "Note"),
            [(str(each.due), str(each.held or ""), each.note or "") for each in report.plan.reviews],
        )
        yield ""


def _notes(report: Report) -> Iterator[str]:
    for told in (
        report.notes,
        f"Contact: {report.contact}" if report.contact else None,
        f"Left out of this page: {', '.join(report.redacted)}." if report.redacted else None,
        f"Answers that the model has no question for: {', '.join(report.beyond)}." if report.beyond else None,
    ):
        if told:
            yield escaped(told)
            yield ""


def _table(heads: Iterable[str], rows: Iterable[Iterable[str | int]]) -> Iterator[str]:
    cells = [escaped(each) for each in heads]
    yield f"| {' | '.join(cells)} |"
    yield f"|{' --- |' * len(cells)}"
    for row in rows:
        yield f"| {' | '.join(escaped(str(cell)) for cell in row)} |"
