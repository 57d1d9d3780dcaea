"""For GitLab: a Code Quality report, shown in merge requests."""

from __future__ import annotations

from kmmaturity.checking.fingerprints import fingerprints, relative
from kmmaturity.checking.formats.text import as_json, tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Severity

__all__ = ["render"]

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(findings: Findings) -> str:
    """A JSON list, empty when there is nothing to say."""
    return as_json(
        [
            {
                "description": tame(each.sentences),
                "check_name": f"{each.code} {each.name}",
                "fingerprint": fingerprint,
                "severity": SEVERITIES[each.severity],
                "location": {
                    "path": tame(relative(each.place.path)) if each.place else "kmmaturity",
                    "lines": {"begin": each.place.line if each.place else 1},
                },
            }
            for each, fingerprint in zip(findings, fingerprints(findings), strict=True)
        ]
    )
