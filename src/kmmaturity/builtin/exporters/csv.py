"""CSV: a tidy table, one row for each sub-outcome, the same bytes for the same report.

RFC 4180 with CRLF, in UTF-8. It begins with a byte order mark: without one, Excel takes UTF-8 for the local code page
and turns `café` into other letters without a word, while programs that do not expect the mark say so at once
(Python: `encoding="utf-8-sig"`).

No cell is ever a formula. A text that a spreadsheet could take for one gets an apostrophe in front, see `neutral`;
`restored` takes it away again.

What is told of each piece of evidence stands in columns of its own, a line for each piece, in the same order in all;
a dash stands where one piece has nothing and a later one has.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kmmaturity.domain.assessment import Evidence
from kmmaturity.domain.report import Report, Row
from kmmaturity.files.source import BOM

__all__ = ["COLUMNS", "DELIMITERS", "neutral", "render", "restored", "stream"]

# In this order. What each holds is told in csv_metadata.COLUMNS, which has the same names.
COLUMNS = (
    "unit",
    "scope",
    "assessed",
    "model",
    "model_status",
    "handling",
    "outcome",
    "outcome_title",
    "sub",
    "title",
    "state",
    "score",
    "score_title",
    "highest",
    "inapplicable",
    "previous_assessed",
    "previous_state",
    "previous",
    "rebaselined",
    "target",
    "target_by",
    "gap",
    "priority",
    "benefit",
    "evidence_count",
    "evidence",
    "effects",
    "refs",
    "measures",
    "alternatives",
    "dates",
)
BETWEEN_UNITS = " > "
BETWEEN_NOTES = "\n"
NOTHING = "\u2014"
EDGES = f" {NOTHING}"
DELIMITERS: Mapping[str, str] = {"comma": ",", "semicolon": ";", "tab": "\t"}
PIECE = 75  # lines
NONE_TOLD = (None,) * 6

# What makes a cell a formula, also behind spaces, and in the wide forms that Japanese keyboards give.
_FORMULA = re.compile("'* *[-=+@\t\r\n\uff0d\uff1d\uff0b\uff20]")
_SUSPECT = frozenset("=+-@\t\r\n '\uff1d\uff0b\uff0d\uff20")


def neutral(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet could take it for a formula.

    So does a text that has an apostrophe there already, so that `restored` gives back every text as it was.
    """
    return f"'{text}" if text[:1] in _SUSPECT and _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """The text that `neutral` was given to make `cell`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def render(report: Report, *, bom: bool = True, delimiter: str = "comma") -> bytes:
    """The table of `report`, beginning with a byte order mark unless `bom` is false."""
    return b"".join(stream((report,), bom=bom, delimiter=delimiter))


class Lines(list[str]):
    """What csv.writer writes a line at a time to, in less time than a StringIO takes."""

    write = list.append


def stream(reports: Iterable[Report], *, bom: bool = True, delimiter: str = "comma") -> Iterator[bytes]:
    """One table of all `reports`, in pieces of some 64 KiB."""
    lines = Lines([BOM] if bom else [])
    writer = csv.writer(lines, delimiter=DELIMITERS[delimiter])
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerows(_rows(report))
        if len(lines) >= PIECE:
            yield _encoded(lines)
            lines.clear()
    yield _encoded(lines)


def _encoded(lines: list[str]) -> bytes:
    # Half a character (a lone surrogate) cannot be UTF-8; it is shown as its escape.
    return "".join(lines).encode(errors="backslashreplace")


def _rows(report: Report) -> Iterator[tuple[object, ...]]:
    shared = (
        neutral(BETWEEN_UNITS.join(report.unit)),
        report.scope,
        report.assessed.isoformat(),
        neutral(report.model.reference),
        report.model.status,
        neutral(report.marking or ""),
    )
    previous = report.previous.isoformat() if report.previous else ""
    return (_cells(row, shared, previous) for row in report.rows)


def _cells(row: Row, shared: tuple[object, ...], previous: str) -> tuple[object, ...]:
    evidence = row.evidence
    return (
        *shared,
        *_asked(row.outcome, row.outcome_title, row.sub, row.title),
        row.state,
        row.score,
        row.score_title and neutral(row.score_title),
        row.highest,
        row.inapplicable and neutral(row.inapplicable),
        previous,
        row.previous_state,
        row.previous,
        row.rebaselined and neutral(row.rebaselined),
        row.target,
        row.target_by and row.target_by.isoformat(),
        None if row.target is None or row.score is None else row.target - row.score,
        "true" if row.priority else "false",
        row.benefit and row.benefit.rate,
        len(evidence),
        *(_told(evidence) if evidence else NONE_TOLD),
    )


@lru_cache(maxsize=1024)  # questions
def _asked(*words: str) -> tuple[str, ...]:
    """The columns of the question, which are the same in every report of a model."""
    return tuple(map(neutral, words))


def _told(evidence: tuple[Evidence, ...]) -> tuple[str | None, ...]:
    """The columns of the evidence, where line n of each is about piece n."""
    if len(evidence) == 1:  # as most are, and then a column is a line
        (only,) = evidence
        effect, ref, measure, alternative = only.effect, only.ref, only.measure, only.alternative
        return (
            neutral(_line(only.note)),
            effect and _only(effect),
            ref and _only(ref),
            measure and _only(measure),
            alternative and _only(alternative),
            only.dated.isoformat() if only.dated else None,
        )
    return (
        neutral(BETWEEN_NOTES.join([_line(each.note) for each in evidence])),
        _lines([each.effect for each in evidence]),
        _lines([each.ref for each in evidence]),
        _lines([each.measure for each in evidence]),
        _lines([each.alternative for each in evidence]),
        _lines([each.dated.isoformat() if each.dated else None for each in evidence]),
    )


def _only(text: str) -> str:
    return neutral(_line(text)) if text.strip() else ""


def _lines(texts: list[str | None]) -> str:
    """Each of `texts` on its line, but for those at the end that say nothing."""
    if not any(texts):  # as most columns are
        return ""
    while texts and not (texts[-1] or "").strip():
        texts = texts[:-1]
    return neutral(BETWEEN_NOTES.join([_line(each or "") for each in texts]))


def _line(text: str) -> str:
    """`text` as one line that says something; dashes alone get one more, so that they are never taken for none."""
    # Most are one line already, which is quickly seen: of all white space the space alone is printable.
    if text and text.isprintable() and "  " not in text and text.strip(EDGES) == text:
        return text
    line = " ".join(text.split())
    return line + NOTHING if not line.strip(NOTHING) else line
