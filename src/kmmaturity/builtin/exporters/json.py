"""JSON: the whole report as one object, its keys always in the same order, every state told and never implied.

`FIELDS` says what each key holds. A key is always there; what is not known is null, and an empty list is a list.
Dates are YYYY-MM-DD. The file is UTF-8 without a byte order mark, and ends in a newline.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from kmmaturity.domain.report import Report
from kmmaturity.domain.rounding import percent
from kmmaturity.domain.tally import Tally

__all__ = ["FIELDS", "data", "line", "render"]

FORMAT = 1

# A path of keys; `[]` steps into each item of a list, `{}` into each value of an object with keys of its own.
FIELDS: Mapping[str, str] = {
    "kmreport": "The version of this format: 1. Keys may be added within a version, never taken away or redefined",
    "handling": "The handling mark in capitals, to be shown wherever this is shown; null where none was stated",
    "purpose": "What the assessment is for, to be shown wherever this is shown",
    "standing": "What the model's status means, to be shown wherever this is shown",
    "unit": "Who assessed themselves: names, largest unit first",
    "scope": "team, directorate or organisation",
    "assessed": "The day of the assessment",
    "previous": "The day of the assessment before, where it was given",
    "contact": "Whom to ask, only where it was asked for",
    "notes": "What the unit wrote about the assessment as a whole",
    "redacted": "What was left out on purpose: contact, evidence, notes, owner",
    "beyond": "Ids of answers that the model has no question for: kept in the unit's file, and counted nowhere",
    "model": "The maturity model that the scores are given against",
    "model.reference": "id@version",
    "model.id": "The model's id",
    "model.version": "The model's version, a text",
    "model.title": "What the model is called",
    "model.status": "official, adopted, draft or illustrative",
    "model.publisher": "Who publishes it",
    "model.adapted": "What it was adapted from",
    "model.support": "The team or page to turn to",
    "model.licence": "Its licence",
    "scale": "The levels, lowest first",
    "scale[].level": "The level's number",
    "scale[].title": "What it is called",
    "scale[].means": "What it means in general",
    "profile": "The count of the whole, and what stands out relative to the unit itself",
    "profile.whole": "The count of all sub-outcomes",
    "profile.whole.counts": "How many sub-outcomes stand at each level of the scale, zeros included",
    "profile.whole.counts{}": "The number at this level; the key is the level",
    "profile.whole.scored": "How many have a score; 0 is a score",
    "profile.whole.unassessed": "How many are not assessed yet",
    "profile.whole.inapplicable": "How many do not apply",
    "profile.whole.applicable": "scored + unassessed",
    "profile.whole.coverage": "The share that is scored, exact: `scored/applicable`; null where none applies",
    "profile.whole.percent": "coverage to the nearest whole per cent, halves up; 0 and 100 are said of none and all",
    "profile.whole.median": "The low median: of two middle scores the lower, so always a level given",
    "profile.whole.lowest": "The lowest level scored",
    "profile.whole.highest": "The highest level scored",
    "profile.even": "True where all scores are equal: there are then neither strengths nor weaknesses",
    "profile.strengths": "Ids of the sub-outcomes at the unit's own highest level",
    "profile.weaknesses": "Ids of the sub-outcomes at the unit's own lowest level",
    "profile.gaps": "The way from a score to its target, where they differ",
    "profile.gaps[].sub": "The sub-outcome's id",
    "profile.gaps[].score": "The score; null where it is not assessed",
    "profile.gaps[].target": "The level wanted",
    "profile.gaps[].by": "When it is to be met",
    "outcomes": "The high-level outcomes, in the model's order",
    "outcomes[].outcome": "The outcome's id",
    "outcomes[].title": "What it is called",
    "outcomes[].priority": "Whether it, or a sub-outcome in it, is one of the unit's priorities",
    "outcomes[].because": "Why it is a priority",
    "outcomes[].tally": "The count of its sub-outcomes: the same keys as profile.whole",
    "rows": "The sub-outcomes, in the model's order",
    "rows[].outcome": "The id of its outcome",
    "rows[].outcome_title": "What its outcome is called",
    "rows[].sub": "Its full id",
    "rows[].title": "What it is called",
    "rows[].highest": "The highest level that it has",
    "rows[].state": "scored, not-assessed or not-applicable",
    "rows[].score": "The level scored; null unless the state is scored. 0 is a score",
    "rows[].score_title": "What the scale calls that level",
    "rows[].means": "What the model says of that level here",
    "rows[].inapplicable": "Why it does not apply",
    "rows[].rebaselined": "Why the score is not to be read as a change: the unit knows more now",
    "rows[].previous": "The level scored the time before",
    "rows[].previous_state": "As state, the time before; null where it was not asked then",
    "rows[].target": "The level wanted; it may equal the score",
    "rows[].target_by": "When the target is to be met",
    "rows[].priority": "Whether it lies within one of the unit's priorities",
    "rows[].benefit": "The rating that counts here, its own or its outcome's; null without one",
    "rows[].benefit.rate": "high, some, low or not-now",
    "rows[].benefit.because": "Why",
    "rows[].evidence": "What shows the score",
    "rows[].evidence[].note": "What was seen, heard or can be shown",
    "rows[].evidence[].measure": "The id of the model's indicative measure that it shows",
    "rows[].evidence[].alternative": "What it stands in place of, where the model has no such measure",
    "rows[].evidence[].effect": "What came of it",
    "rows[].evidence[].ref": "Where to find it",
    "rows[].evidence[].dated": "Its day",
    "plan": "The action plan",
    "plan.reviews": "When the plan is looked at again",
    "plan.reviews[].due": "The day of the review",
    "plan.reviews[].held": "The day on which it was held; null while it is still ahead",
    "plan.reviews[].note": "What it found",
    "plan.actions": "What is to be done",
    "plan.actions[].action": "The action",
    "plan.actions[].towards": "Ids of the outcomes or sub-outcomes that it serves",
    "plan.actions[].id": "Its id, where it has one",
    "plan.actions[].owner": "Who sees to it: a role",
    "plan.actions[].contact": "Whom to ask, only where it was asked for",
    "plan.actions[].due": "By when",
    "plan.actions[].status": "idea, planned, under-way, done or set-aside",
    "plan.actions[].note": "A remark",
}


def render(report: Report) -> bytes:
    """`report` as a JSON file."""
    return _encoded(json.dumps(data(report), ensure_ascii=False, indent=2, default=_plain))


def line(report: Report) -> bytes:
    """`report` as one line of JSON, for files of many (JSON Lines)."""
    return _encoded(json.dumps(data(report), ensure_ascii=False, separators=(",", ":"), default=_plain))


def _encoded(text: str) -> bytes:
    # Half a character, which UTF-8 cannot hold, stands as its escape: in JSON it is one.
    return f"{text}\n".encode(errors="backslashreplace")


def data(report: Report) -> dict[str, Any]:
    """`report` as plain data, but for dates and values that are records of their own."""
    profile = report.profile
    return {
        "kmreport": FORMAT,
        "handling": report.marking,
        "purpose": report.purpose,
        "standing": report.standing,
        "unit": report.unit,
        "scope": report.scope,
        "assessed": report.assessed,
        "previous": report.previous,
        "contact": report.contact,
        "notes": report.notes,
        "redacted": report.redacted,
        "beyond": report.beyond,
        "model": {"reference": report.model.reference, **_fields(report.model)},
        "scale": [_fields(level) for level in report.scale],
        "profile": {
            "whole": _tally(profile.whole),
            "even": profile.even,
            "strengths": profile.strengths,
            "weaknesses": profile.weaknesses,
            "gaps": profile.gaps,
        },
        "outcomes": report.outcomes,
        "rows": report.rows,
        "plan": {"reviews": report.plan.reviews, "actions": report.plan.actions},
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "counts": dict(tally.counts),
        "scored": tally.scored,
        "unassessed": tally.unassessed,
        "inapplicable": tally.inapplicable,
        "applicable": tally.applicable,
        "coverage": None if tally.coverage is None else f"{tally.scored}/{tally.applicable}",
        "percent": None if tally.coverage is None else percent(tally.coverage),
        "median": tally.median,
        "lowest": tally.lowest,
        "highest": tally.highest,
    }


def _plain(value: object) -> Any:
    """What stands in JSON for a date or a record: the day, or an object with the record's fields."""
    if isinstance(value, date):
        return value.isoformat()
    return _tally(value) if isinstance(value, Tally) else _fields(value)


def _fields(record: Any) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in attrs.fields(type(record))}
