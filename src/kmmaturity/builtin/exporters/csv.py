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
import io
import re
from collections.abc import Iterable, Iterator, Mapping

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
DELIMITERS: Mapping[str, str] = {"comma": ",", "semicolon": ";", "tab": "\t"}
PIECE = 64 * 1024

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


def stream(reports: Iterable[Report], *, bom: bool = True, delimiter: str = "comma") -> Iterator[bytes]:
    """One table of all `reports`, in pieces of some 64 KiB."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITERS[delimiter])
    text.write(BOM if bom else "")
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerows(_rows(report))
        if text.tell() >= PIECE:
            yield _encoded(text)
            text.seek(0)
            text.truncate()
    yield _encoded(text)


def _encoded(text: io.StringIO) -> bytes:
    # Half a character (a lone surrogate) cannot be UTF-8; it is shown as its escape.
    return text.getvalue().encode(errors="backslashreplace")


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
    for row in report.rows:
        yield (*shared, *_cells(row, previous))


def _cells(row: Row, previous: str) -> tuple[object, ...]:
    evidence = row.evidence
    return (
        neutral(row.outcome),
        neutral(row.outcome_title),
        neutral(row.sub),
        neutral(row.title),
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
        row.target_by,
        None if row.target is None or row.score is None else row.target - row.score,
        "true" if row.priority else "false",
        row.benefit.rate if row.benefit else None,
        len(evidence),
        *(_told(row) if evidence else ("",) * 6),
    )


def _told(row: Row) -> tuple[str, ...]:
    """The columns of the evidence, where line n of each is about piece n."""
    told = row.evidence
    return (
        neutral(BETWEEN_NOTES.join([_line(each.note) for each in told])),
        _lines([each.effect for each in told]),
        _lines([each.ref for each in told]),
        _lines([each.measure for each in told]),
        _lines([each.alternative for each in told]),
        _lines([each.dated.isoformat() if each.dated else None for each in told]),
    )


def _lines(texts: list[str | None]) -> str:
    """Each of `texts` on its line, but for those at the end that say nothing."""
    if not any(texts):  # as most columns are
        return ""
    while texts and not (texts[-1] or "").strip():
        texts = texts[:-1]
    return neutral(BETWEEN_NOTES.join([_line(each) for each in texts]))


def _line(text: str | None) -> str:
    """`text` as one line that says something; dashes alone get one more, so that they are never taken for none."""
    line = " ".join(text.split()) if text else ""
    return line + NOTHING if not line.strip(NOTHING) else line
