"""The exporters that ship: tables with their metadata, JSON that says all that a report does, Markdown, a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kmmaturity.hooks import Exporter, Option

if TYPE_CHECKING:
    from kmmaturity.domain.report import Report
    from kmmaturity.domain.several import Several

__all__ = ["EXPORTERS"]


# Each module is imported at its first use: reading and checking have no need of any of them.
def _csv(report: Report, **options: Any) -> bytes:
    from kmmaturity.builtin.exporters import csv

    return csv.render(report, **options)


def _csv_stream(reports: Iterable[Report], **options: Any) -> Iterator[bytes]:
    from kmmaturity.builtin.exporters import csv

    return csv.stream(reports, **options)


def _csv_metadata(report: Report, name: str, **options: Any) -> Mapping[str, bytes]:
    from kmmaturity.builtin.exporters import csv_metadata

    return csv_metadata.companions(report, name, **options)


def _csv_metadata_of_several(several: Several, name: str, **options: Any) -> bytes:
    from kmmaturity.builtin.exporters import csv_metadata

    return csv_metadata.of_several(several, name, **options)


def _json(report: Report) -> bytes:
    from kmmaturity.builtin.exporters import json

    return json.render(report)


def _jsonl(report: Report) -> bytes:
    from kmmaturity.builtin.exporters import json

    return json.line(report)


def _jsonl_stream(reports: Iterable[Report]) -> Iterator[bytes]:
    from kmmaturity.builtin.exporters import json

    return map(json.line, reports)


def _markdown(report: Report) -> bytes:
    from kmmaturity.builtin.exporters import markdown

    return markdown.render(report)


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
        stream=_csv_stream,
        options=(
            Option("bom", "Begin with a byte order mark, by which Excel knows UTF-8", type=bool, default=True),
            Option("delimiter", "What parts the cells", default="comma", choices=("comma", "semicolon", "tab")),
        ),
        companions_of_several={"-metadata.json": _csv_metadata_of_several},
    ),
    Exporter(
        name="ics",
        suffixes=(".ics",),
        summary="The plan's reviews, actions and targets for a calendar (needs kmmaturity[calendar])",
        render=_ics,
    ),
    Exporter(name="json", suffixes=(".json",), summary="The whole report as one JSON object", render=_json),
    Exporter(
        name="jsonl",
        suffixes=(".jsonl", ".ndjson"),
        summary="As json, one report a line, for many at once",
        render=_jsonl,
        stream=_jsonl_stream,
    ),
    Exporter(
        name="markdown", suffixes=(".md",), summary="A page for a wiki or a pull request, in tables", render=_markdown
    ),
)
