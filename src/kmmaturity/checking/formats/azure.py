"""For Azure Pipelines: errors and warnings as issues of the run, information as lines of the log."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.checking.fingerprints import relative
from kmmaturity.checking.formats.concise import log_line
from kmmaturity.checking.formats.full import summary
from kmmaturity.checking.formats.text import tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding, Severity

__all__ = ["render"]


def render(findings: Findings) -> str:
    """Logging commands, errors first, then the lines of what is information, and one that counts."""
    issues = [_issue(each) for each in (*findings.errors, *findings.warnings)]
    return "".join([*issues, *map(log_line, findings.infos)]) + summary(findings) + "\n"


def _issue(finding: Finding) -> str:
    properties = "".join(f"{name}={_property(value)};" for name, value in _properties(finding))
    return f"##vso[task.logissue {properties}]{_data(f'{finding.code} {finding.sentences}')}\n"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "type", "error" if finding.severity is Severity.ERROR else "warning"
    if (place := finding.place) is not None:
        yield "sourcepath", relative(place.path)
        yield "linenumber", str(place.line)
        yield "columnnumber", str(place.column)
    yield "code", finding.code


def _data(text: str) -> str:
    return tame(text).replace("%", "%AZP25")


def _property(text: str) -> str:
    return _data(text).replace(";", "%3B").replace("]", "%5D")
