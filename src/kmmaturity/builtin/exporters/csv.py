"""CSV: a tidy table, one row for each sub-outcome, the same bytes for the same report.

RFC 4180 with CRLF, in UTF-8. It begins with a byte order mark: without one, Excel takes UTF-8 for the local code page
and turns `café` into other letters without a word, while programs that do not expect the mark say so at once
(Python: `encoding="utf-8-sig"`).

No cell is ever a formula. A text that a spreadsheet could take for one gets an apostrophe in front, see `neutral`;
`restored` takes it away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from kmmaturity.domain.report import Report, Row
from kmmaturity.files.source import BOM

__all__ = ["COLUMNS", "neutral", "render", "restored"]

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
)
BETWEEN_UNITS = " > "
BETWEEN_NOTES = "\n"

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


def render(report: Report) -> bytes:
    """The table of `report`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(report))
    # Half a character (a lone surrogate) cannot be UTF-8; it is shown as its escape.
    return (BOM + text.getvalue()).encode(errors="backslashreplace")


def _rows(report: Report) -> Iterator[tuple[object, ...]]:
    shared = (
        neutral(BETWEEN_UNITS.join(report.unit)),
        report.scope,
        report.assessed,
        neutral(report.model.reference),
        report.model.status,
        neutral(report.marking or ""),
    )
    for row in report.rows:
        yield (*shared, *_cells(row, report))


def _cells(row: Row, report: Report) -> tuple[object, ...]:
    evidence = row.evidence
    return (
        neutral(row.outcome),
        neutral(row.outcome_title),
        neutral(row.sub),
        neutral(row.title),
        row.state,
        row.score,
        neutral(row.score_title or ""),
        row.highest,
        neutral(row.inapplicable or ""),
        report.previous,
        row.previous_state,
        row.previous,
        neutral(row.rebaselined or ""),
        row.target,
        row.target_by,
        None if row.target is None or row.score is None else row.target - row.score,
        "true" if row.priority else "false",
        row.benefit.rate if row.benefit else None,
        len(evidence),
        _joined(each.note for each in evidence) if evidence else None,
        _joined(each.effect for each in evidence) if evidence else None,
        _joined(each.ref for each in evidence) if evidence else None,
    )


def _joined(notes: Iterable[str | None]) -> str:
    return neutral(BETWEEN_NOTES.join(" ".join(note.split()) for note in notes if note))
