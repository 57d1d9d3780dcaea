"""The exporters that ship: a tidy CSV with its metadata, a calendar, and JSON that says all that a report does."""

from __future__ import annotations

from collections.abc import Mapping

from kmmaturity.domain.report import Report
from kmmaturity.hooks import Exporter

__all__ = ["EXPORTERS"]


# Each module is imported at its first use: reading and checking have no need of any of them.
def _csv(report: Report) -> bytes:
    from kmmaturity.builtin.exporters import csv

    return csv.render(report)


def _csv_metadata(report: Report, name: str) -> Mapping[str, bytes]:
    from kmmaturity.builtin.exporters import csv_metadata

    return csv_metadata.companions(report, name)


def _json(report: Report) -> bytes:
    from kmmaturity.builtin.exporters import json

    return json.render(report)


def _ics(report: Report) -> bytes:
    from kmmaturity.builtin.exporters import ics

    return ics.render(report)


EXPORTERS: tuple[Exporter, ...] = (
    Exporter(
        name="csv",
        suffixes=(".csv",),
        summary="A table with one row for each sub-outcome, and its metadata beside it (CSV on the Web)",
        render=_csv,
        companions=_csv_metadata,
    ),
    Exporter(
        name="ics",
        suffixes=(".ics",),
        summary="The plan's reviews, actions and targets for a calendar (needs kmmaturity[calendar])",
        render=_ics,
    ),
    Exporter(name="json", suffixes=(".json",), summary="The whole report as one JSON object", render=_json),
)
