"""What several reports that go into one file have between them, gathered as they pass, one at a time."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.report import ModelNote, Report

__all__ = ["Gathering", "Several"]


@frozen(weakref_slot=False)
class Several:
    """What several reports in one file have between them: how many they are, and each thing that is said, once.

    What differs between them stands in the order in which it came: their handling `markings`, what they are for, what
    stands behind their models, the `models`, and the names of what was left out. They are assessed from `since` to
    `until`, both None where there are no reports.
    """

    count: int = 0
    since: date | None = None
    until: date | None = None
    markings: tuple[str, ...] = field(default=(), converter=tupled)
    purposes: tuple[str, ...] = field(default=(), converter=tupled)
    standings: tuple[str, ...] = field(default=(), converter=tupled)
    models: tuple[ModelNote, ...] = field(default=(), converter=tupled)
    redacted: tuple[str, ...] = field(default=(), converter=tupled)


class Gathering:
    """Takes note of reports that pass, and keeps none of them: ten thousand take the room of what differs in them."""

    def __init__(self) -> None:
        self._count = 0
        self._since: date | None = None
        self._until: date | None = None
        # As sets that keep their order.
        self._markings: dict[str, None] = {}
        self._purposes: dict[str, None] = {}
        self._standings: dict[str, None] = {}
        self._models: dict[ModelNote, None] = {}
        self._redacted: dict[str, None] = {}

    def passed(self, report: Report) -> Report:
        """`report`, taken note of."""
        self._count += 1
        self._since = min(self._since or report.assessed, report.assessed)
        self._until = max(self._until or report.assessed, report.assessed)
        if report.marking is not None:
            self._markings[report.marking] = None
        self._purposes[report.purpose] = None
        if report.model not in self._models:
            self._models[report.model] = None
            self._standings[report.standing] = None
        self._redacted |= dict.fromkeys(report.redacted)
        return report

    @property
    def several(self) -> Several:
        """What has passed so far."""
        return Several(
            self._count,
            self._since,
            self._until,
            tuple(self._markings),
            tuple(self._purposes),
            tuple(self._standings),
            tuple(self._models),
            tuple(self._redacted),
        )
