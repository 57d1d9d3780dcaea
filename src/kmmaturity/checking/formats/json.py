"""For programs: every finding as an object."""

from __future__ import annotations

import json
from typing import Any

from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding, Place

__all__ = ["render"]


def render(findings: Findings) -> str:
    """A JSON object with `checked`, the paths, and `findings`; valid when there is nothing to say."""
    data = {"checked": list(findings.checked), "findings": [_object(each) for each in findings]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _object(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "help": finding.help,
        "pointer": str(finding.pointer),
        "place": _place(finding.place),
        "related": [
            {"message": each.message, "pointer": str(each.pointer), "place": _place(each.place)}
            for each in finding.related
        ],
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
