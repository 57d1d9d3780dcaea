"""The records that plug-ins, ours included, hand over. They are compared by identity, never by value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from kmmaturity.domain.report import Report

__all__ = ["Exporter"]


@frozen(eq=False)
class Exporter:
    """One way to write a report: `render` turns it into bytes and does nothing else.

    `suffixes` are the file endings that choose it. `companions`, where there is one, gives further files by what is
    added to the main file's name.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    render: Callable[[Report], bytes]
    companions: Callable[[Report, str], Mapping[str, bytes]] | None = None
