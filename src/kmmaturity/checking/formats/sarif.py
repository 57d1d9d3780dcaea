"""SARIF 2.1.0, in which analysis tools hand over what they found: GitHub, Azure DevOps and editors read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from kmmaturity import __version__
from kmmaturity.checking.fingerprints import fingerprints, relative
from kmmaturity.checking.formats.text import as_json, tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding, Place, Severity
from kmmaturity.domain.rules import Rule

__all__ = ["render"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(findings: Findings) -> str:
    """A SARIF log of one run, with the rules that its results are of; valid when there are none."""
    codes = list(dict.fromkeys(each.code for each in findings))
    results = zip(findings, fingerprints(findings), strict=True)
    run = {
        "tool": {
            "driver": {
                "name": "kmmaturity",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(findings.rules[code]) if code in findings.rules else {"id": code} for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not findings.crashed}],
        "artifacts": [{"location": _location(path)} for path in findings.checked],
        "results": [_result(each, codes.index(each.code), fingerprint) for each, fingerprint in results],
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why}"},
        "help": {"text": rule.remedy, "markdown": f"{rule.remedy}\n\n{rule.why}\n\n`kmmaturity explain {rule.code}`"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(finding: Finding, index: int, fingerprint: str) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": tame(finding.sentences)},
        "locations": list(_locations(finding)),
        "relatedLocations": [
            {"id": number, "message": {"text": tame(each.message)}, "physicalLocation": _physical(each.place)}
            for number, each in enumerate(finding.related, 1)
            if each.place is not None
        ],
        "partialFingerprints": {"kmmaturity/v1": fingerprint},
    }


def _locations(finding: Finding) -> Iterator[dict[str, Any]]:
    where: dict[str, Any] = {}
    if finding.place is not None:
        where["physicalLocation"] = _physical(finding.place)
    if finding.pointer:
        where["logicalLocations"] = [{"fullyQualifiedName": tame(str(finding.pointer))}]
    if where:
        yield where


def _physical(place: Place) -> dict[str, Any]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {"artifactLocation": _location(place.path), "region": region}


def _location(path: str) -> dict[str, Any]:
    return {"uri": quote(relative(path).encode(errors="replace"))}
