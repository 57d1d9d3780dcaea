"""What the columns of the CSV mean, as CSV on the Web has it (W3C csvw): a JSON file beside the table.

A program that knows csvw finds it by its name, the table's with `-metadata.json` after it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from kmmaturity.builtin.exporters.csv import BETWEEN_NOTES, BETWEEN_UNITS, DELIMITERS
from kmmaturity.domain.assessment import Rate, State
from kmmaturity.domain.model import Scope, Standing
from kmmaturity.domain.report import ModelNote, Report
from kmmaturity.domain.rounding import percent
from kmmaturity.domain.several import Several

__all__ = ["COLUMNS", "Column", "companions", "metadata", "metadata_of_several", "of_several"]

Notes = tuple[tuple[str, str | None], ...]  # what each is about, and what is said; nothing is said of None


@frozen
class Column:
    """One column: its title for people, what it holds, and of what type. A `separator` parts the items of a list."""

    title: str
    means: str
    datatype: str | tuple[str, ...] = "string"  # several texts: the words that the column can hold
    required: bool = False
    separator: str | None = None


COLUMNS: Mapping[str, Column] = {
    "unit": Column("Unit", "Who assessed themselves, largest unit first", required=True, separator=BETWEEN_UNITS),
    "scope": Column("Scope", "How much of an organisation the assessment speaks for", tuple(Scope)),
    "assessed": Column("Assessed on", "The day of the assessment", "date", required=True),
    "model": Column("Model", "The maturity model that the scores are given against, id@version", required=True),
    "model_status": Column("Model's standing", "Who stands behind the model's wording", tuple(Standing), required=True),
    "handling": Column("Handling", "The handling mark, in capitals; empty where the unit stated none"),
    "outcome": Column("Outcome id", "The id of the high-level outcome", required=True),
    "outcome_title": Column("Outcome", "The high-level outcome", required=True),
    "sub": Column("Sub-outcome id", "The full id of the sub-outcome; it never changes within a model", required=True),
    "title": Column("Sub-outcome", "The sub-outcome, which is what is scored", required=True),
    "state": Column("State", "What is known: only `scored` comes with a score", tuple(State), required=True),
    "score": Column("Score", "The level scored; 0 is a score, and empty is none, see `state`", "integer"),
    "score_title": Column("Level", "What the model's scale calls the score"),
    "highest": Column("Highest level", "The highest level that this sub-outcome has", "integer", required=True),
    "inapplicable": Column("Why not applicable", "The reason, where `state` is not-applicable"),
    "previous_assessed": Column("Previous assessment", "The day of the assessment before, where one is known", "date"),
    "previous_state": Column("Previous state", "As `state`, then; empty where it was not asked", tuple(State)),
    "previous": Column("Previous score", "The level scored then", "integer"),
    "rebaselined": Column("Re-baselined", "Why the score is not to be read as a change: the unit knows more now"),
    "target": Column("Target", "The level wanted; it may equal the score", "integer"),
    "target_by": Column("Target by", "When the target is to be met", "date"),
    "gap": Column("Gap", "Target less score, where there are both; negative where the target is lower", "integer"),
    "priority": Column("Priority", "Whether it lies within one of the unit's priorities", "boolean", required=True),
    "benefit": Column("Benefit", "How much improving here would help, in the unit's own judgement", tuple(Rate)),
    "evidence_count": Column("Pieces of evidence", "How many the export holds", "integer", required=True),
    "evidence": Column("Evidence", "The notes that show the score, one a line", separator=BETWEEN_NOTES),
    "effects": Column("Effects", "What came of each piece of evidence, on its line", separator=BETWEEN_NOTES),
    "refs": Column("References", "Where each piece of evidence is, on its line", separator=BETWEEN_NOTES),
    "measures": Column("Measures", "The id of the measure that each piece shows, on its line", separator=BETWEEN_NOTES),
    "alternatives": Column("Alternatives", "What each stands in place of, on its line", separator=BETWEEN_NOTES),
    "dates": Column("Dates of evidence", "The day of each piece, on its line", separator=BETWEEN_NOTES),
}

NEUTRAL = (
    "So that no spreadsheet takes it for a formula, a text that begins with =, +, -, @, a tab or a line break has an "
    "apostrophe in front, and so has one with an apostrophe there already; take one apostrophe away to restore it."
)
LISTS = "Line n of each column about evidence is about piece n. Line breaks inside a piece are written as spaces."


def companions(report: Report, name: str, *, bom: bool = True, delimiter: str = "comma") -> Mapping[str, bytes]:
    """The metadata file for the table called `name`, by what is added to that name."""
    del bom  # a reader of csvw looks for one, and needs not be told
    return {"-metadata.json": _encoded(metadata(report, name, delimiter=delimiter))}


def of_several(several: Several, name: str, *, bom: bool = True, delimiter: str = "comma") -> bytes:
    """The metadata file for the table called `name` that has several assessments in it."""
    del bom
    return _encoded(metadata_of_several(several, name, delimiter=delimiter))


def _encoded(described: Mapping[str, Any]) -> bytes:
    # Half a character, which UTF-8 cannot hold, stands as its escape: in JSON it is one.
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode(errors="backslashreplace")


def metadata(report: Report, name: str, *, delimiter: str = "comma") -> dict[str, Any]:
    """What is said of the table called `name`: where it comes from, and what each column holds."""
    whole = report.profile.whole
    coverage = "" if whole.coverage is None else f" ({percent(whole.coverage)} %)"
    notes = (
        ("handling", report.marking),
        ("standing", report.standing),
        *_model(report.model),
        ("scale", "; ".join(f"{level.level} {level.title}" for level in report.scale)),
        ("coverage", f"{whole.scored} of {whole.applicable} applicable sub-outcomes are scored{coverage}"),
        ("left out", ", ".join(report.redacted)),
        ("answers beyond the model", ", ".join(report.beyond)),
    )
    return _table(
        name,
        delimiter,
        title=f"KM maturity self-assessment of {BETWEEN_UNITS.join(report.unit)}",
        description=report.purpose,
        day=report.assessed.isoformat(),
        notes=notes,
        key=("unit", "assessed", "sub"),
    )


def metadata_of_several(several: Several, name: str, *, delimiter: str = "comma") -> dict[str, Any]:
    """As `metadata`, of a table that has several assessments in it: each thing that is said of any of them, once."""
    days = dict.fromkeys(day.isoformat() for day in (several.since, several.until) if day)
    notes = (
        ("assessments", str(several.count)),
        *(("handling", marking) for marking in several.markings),
        *(("standing", standing) for standing in several.standings),
        *(note for model in several.models for note in _model(model)),
        ("left out", ", ".join(several.redacted)),
    )
    return _table(
        name,
        delimiter,
        title="KM maturity self-assessments",
        description=" ".join(several.purposes),
        day="/".join(days),  # ISO 8601's way to write from one day to another
        notes=notes,
        key=("unit", "assessed", "model", "sub"),
    )


def _model(model: ModelNote) -> Notes:
    return (
        ("model", model.reference),
        ("model title", model.title),
        ("model publisher", model.publisher),
        ("model adapted from", model.adapted),
        ("model support", model.support),
        ("model licence", model.licence),
    )


def _table(
    name: str, delimiter: str, *, title: str, description: str, day: str, notes: Notes, key: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": title,
        **({"dc:description": description, "dc:date": day} if day else {}),  # a table of nobody has neither
        "dialect": {"delimiter": DELIMITERS[delimiter], "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "notes": [
            {"subject": subject, "note": note}
            for subject, note in (*notes, ("formulas", NEUTRAL), ("lists", LISTS))
            if note
        ],
        "tableSchema": {
            "columns": [_column(each, column) for each, column in COLUMNS.items()],
            "primaryKey": list(key),
        },
    }


def _column(name: str, column: Column) -> dict[str, Any]:
    choices = column.datatype
    described: dict[str, Any] = {
        "name": name,
        "titles": [name, column.title],
        "dc:description": column.means,
        "datatype": choices if isinstance(choices, str) else {"base": "string", "format": "|".join(choices)},
    }
    if column.required:
        described["required"] = True
    if column.separator:
        described["separator"] = column.separator
    return described
