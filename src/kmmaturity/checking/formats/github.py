"""For GitHub Actions: annotations in the pull request, as many as it shows, and a line in the log for the others.

GitHub shows ten annotations of each kind and step; a tenth that stands for all others says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.checking.fingerprints import relative
from kmmaturity.checking.formats.concise import log_line
from kmmaturity.checking.formats.full import summary
from kmmaturity.checking.formats.text import counted, tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding, Severity

__all__ = ["render"]

MOST = 10
KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(findings: Findings) -> str:
    """Workflow commands, errors first, then the lines of what is not annotated, and one that counts."""
    rest: list[Finding] = []
    annotated: list[str] = []
    for severity, kind in KINDS.items():
        group = findings.at(severity)
        shown = len(group) if len(group) <= MOST else MOST - 1
        annotated += [_annotation(each, kind) for each in group[:shown]]
        if more := len(group) - shown:
            noun = f"more {kind}"
            annotated.append(f"::{kind} title=kmmaturity::{counted(more, noun)}: see the step's log and summary\n")
        rest += group[shown:]
    return "".join([*annotated, *map(log_line, rest)]) + summary(findings) + "\n"


def _annotation(finding: Finding, kind: str) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(finding))
    return f"::{kind} {properties}::{_data(finding.sentences)}\n"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    if (place := finding.place) is not None:
        yield "file", relative(place.path)
        yield "line", str(place.line)
        yield "col", str(place.column)
        yield "endLine", str(place.end_line)
        yield "endColumn", str(place.end_column)
    yield "title", f"{finding.code} {finding.name}"


def _data(text: str) -> str:
    return tame(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
