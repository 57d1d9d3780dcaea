"""An exporter that writes a set as it comes, in a module of its own so that other processes can import it."""

from __future__ import annotations

from kmmaturity.domain.report import Report


def unordered(report: Report) -> bytes:
    """The titles of a report, in any order."""
    return "\n".join({row.title for row in report.rows}).encode(errors="backslashreplace")
