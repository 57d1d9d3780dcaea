"""One line a finding: place, severity, code, message, help."""

from __future__ import annotations

from kmmaturity.checking.formats.text import tame
from kmmaturity.checking.result import Findings

__all__ = ["render"]


def render(findings: Findings) -> str:
    """A line for each finding, nothing for none."""
    return "".join(f"{tame(str(each))}. {tame(each.help)}\n" for each in findings)
