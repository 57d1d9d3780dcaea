"""For programs: every finding as an object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kmmaturity.checking.fingerprints import fingerprints, relative
from kmmaturity.checking.formats.text import as_json
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding, Place

__all__ = ["render"]


def render(findings: Findings) -> str:
    """A JSON object with `checked`, the paths, `findings`, and `aside`: what files themselves set aside, with why."""
    known = list(_objects([*findings, *(each.finding for each in findings.aside)]))
    told, left_out = known[: len(findings)], known[len(findings) :]
    aside = [found | {"because": each.because} for found, each in zip(left_out, findings.aside, strict=True)]
    return as_json({"checked": list(map(relative, findings.checked)), "findings": told, "aside": aside})


def _objects(every: list[Finding]) -> Iterator[dict[str, Any]]:
    for finding, fingerprint in zip(every, fingerprints(every), strict=True):
        yield {
            "code": finding.code,
            "name": finding.name,
            "severity": str(finding.severity),
            "message": finding.message,
            "help": finding.help,
            "pointer": str(finding.pointer),
            "fingerprint": fingerprint,
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
        "path": relative(place.path),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
