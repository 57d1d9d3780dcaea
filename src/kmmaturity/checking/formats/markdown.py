"""For a comment on a pull request, or the summary of a step: a table."""

from __future__ import annotations

import re

from kmmaturity.checking.fingerprints import relative
from kmmaturity.checking.formats.full import summary
from kmmaturity.checking.formats.text import counted, tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding

__all__ = ["render"]

HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
MOST = 500  # a step's summary and a comment have a largest size, and nobody reads as far


def render(findings: Findings) -> str:
    """A line that counts, and a table of findings, errors first."""
    lines = ["### kmmaturity", "", plain(summary(findings))]
    if findings:
        lines += ["", "| | Rule | Where | What | What to do |", "|---|---|---|---|---|"]
        lines += [_row(each) for each in sorted(findings, key=lambda each: -each.severity)[:MOST]]
    if (more := len(findings) - MOST) > 0:
        lines += ["", f"And {counted(more, 'more finding')}."]
    return "\n".join(lines) + "\n"


def _row(finding: Finding) -> str:
    place = finding.place
    where = f"{relative(place.path)}:{place.line}" if place else str(finding.pointer)
    cells = [str(finding.severity), f"{finding.code} {finding.name}", where, finding.message, finding.help]
    return f"| {' | '.join(map(plain, cells))} |"


def plain(text: str) -> str:
    """`text` as Markdown that says exactly this: no HTML, no emphasis or link, no mention of anybody, no other cell."""
    marked = re.sub(r"[\\`*_{}\[\]()#+!|~$-]", r"\\\g<0>", tame(text))
    without = re.sub("[&<>]", lambda match: HTML[match[0]], marked)
    return re.sub(r"(?<!\w)@(?=\w)", "@&#8203;", without)
