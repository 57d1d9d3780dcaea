"""Writing what a finding says to write: one key or value of a file's text in place of another, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from kmmaturity.domain.findings import Finding
from kmmaturity.files.document import Document
from kmmaturity.files.emitter import flow
from kmmaturity.files.page import spliced
from kmmaturity.files.places import locate
from kmmaturity.files.shapes import Text
from kmmaturity.files.source import BOM, Source, Span

__all__ = ["rewritten"]


def rewritten(document: Document, findings: Iterable[Finding]) -> Document:
    """The document in which each finding's `instead` stands in place of the key or value that it points at.

    All else is as it was, to the byte. A finding is let be where what it points at is not one scalar on one line.
    """
    source = document.source
    splices = {span: _text(finding.instead, source) for finding, span in _spans(source, findings)}
    return _with_text(document, spliced(source.text, [(*span, splices[span]) for span in sorted(splices)]))


def _spans(source: Source, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Span]]:
    every = [each for each in findings if each.instead is not None]
    spots = locate(source, {each.pointer for each in every})
    for each in every:
        span = spots[each.pointer].key if each.on_key else spots[each.pointer].value
        written = source.text[slice(*span)] if span is not None else ""
        if span is not None and written and written[0] not in "[{" and not set(written) & set("\r\n"):
            yield each, span


def _with_text(document: Document, text: str) -> Document:
    """The document with another text, and its byte order mark if it has one."""
    return Document(document.path, ((BOM if document.source.bom else "") + text).encode())


def _text(value: str | int | date | None, source: Source) -> str:
    if isinstance(value, date):
        value = value.isoformat()
        return json.dumps(value) if source.syntax == "json" else value
    if source.syntax == "json":
        return json.dumps(value, ensure_ascii=False)
    return flow(value, Text()) if isinstance(value, str) else str(value)
