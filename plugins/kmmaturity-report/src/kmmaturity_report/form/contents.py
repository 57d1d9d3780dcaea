"""What a page carries as data: the model, the rules in words, the shape of a file, and what to begin from."""

from __future__ import annotations

import json
from typing import Any

from attrs import asdict

from kmmaturity.domain.assessment import Assessment
from kmmaturity.files.shapes import ASSESSMENT, Choice, Day, Field, Listing, Record, Shape, Table, Text, Whole
from kmmaturity.files.writing import assessment_data, digest, model_data
from kmmaturity_report.form.judged import JUDGED, LABELS, PATTERNS, WORDS, told

__all__ = ["contents"]

SIMPLE: dict[type, str] = {Text: "text", Whole: "whole", Day: "day"}


def contents(started: Assessment, previous: Assessment | None) -> str:
    """The page's data as JSON that no text in it can end: it stands between the tags of a script that is not run."""
    data = {
        "model": model_data(started.model),
        "digest": digest(started.model),
        "figures": asdict(started.model.figures, filter=lambda _, value: value is not None),
        "rules": [told(rule) for rule in JUDGED.values()],
        "patterns": {name: asdict(pattern) for name, pattern in PATTERNS.items()},
        "words": WORDS,
        "labels": LABELS,
        "shape": _shape(ASSESSMENT),
        "started": assessment_data(started, pinned=True),
        "previous": None if previous is None else _last(previous),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _last(previous: Assessment) -> dict[str, Any]:
    """Last time's answers, which this time's are seen beside: not its plan, and nobody's address."""
    return {
        "assessed": previous.assessed.isoformat(),
        "levels": previous.model.levels,
        "subs": list(previous.model.subs),
        "scores": assessment_data(previous).get("scores", {}),
    }


def _shape(shape: Shape) -> dict[str, Any]:
    match shape:
        case Record(fields=fields, short=short):
            required = [name for name, each in fields.items() if each.required]
            told = {name: _field(each) for name, each in fields.items()}
            return {"kind": "record", "fields": told, "required": required, "short": short}
        case Table(value=value):
            return {"kind": "table", "value": _shape(value)}
        case Listing(item=item):
            return {"kind": "list", "item": _shape(item)}
        case Choice(kind=kind):
            return {"kind": "choice", "of": [str(each) for each in kind]}
        case _:
            return {"kind": SIMPLE[type(shape)]}


def _field(each: Field) -> dict[str, Any]:
    usual = {"default": str(each.default)} if isinstance(each.shape, Choice) and each.default is not None else {}
    return {"shape": _shape(each.shape), "required": each.required, **usual}
