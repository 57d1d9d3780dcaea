"""The importers that ship: the CSV that we export."""

from __future__ import annotations

from collections.abc import Iterable

from kmmaturity.hooks import Imported, Importer

__all__ = ["IMPORTERS"]


# Imported at its first use, as the exporters are.
def _csv(data: bytes) -> Iterable[Imported]:
    from kmmaturity.builtin.importers import csv

    return csv.read(data)


IMPORTERS: tuple[Importer, ...] = (
    Importer("csv", suffixes=(".csv",), summary="The table that the exporter csv writes", read=_csv),
)
