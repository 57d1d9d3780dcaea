"""One line a finding: place, severity, code, message, help."""

from __future__ import annotations

from attrs import evolve

from kmmaturity.checking.fingerprints import relative
from kmmaturity.checking.formats.text import tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding

__all__ = ["line", "log_line", "render"]


def render(findings: Findings) -> str:
    """A line for each finding, nothing for none."""
    return "".join(line(each) for each in findings)


def line(finding: Finding) -> str:
    """The line of one finding."""
    return f"{tame(finding.line)}\n"


def log_line(finding: Finding) -> str:
    """The line of one finding in the log of a pipeline, which names files from the current folder."""
    place = finding.place
    return line(finding if place is None else finding.at(evolve(place, path=relative(place.path))))
