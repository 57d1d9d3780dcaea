"""The report that people look at, and the form they fill in, each one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Iterable

from kmmaturity.hooks import Exporter, hookimpl

__all__ = ["kmmaturity_exporters"]

__version__ = "0.1.0"


@hookimpl
def kmmaturity_exporters() -> Iterable[Exporter]:
    """Ways to write a report for people."""
    return ()
