"""For a person: the message, the place, their own line with a caret, why it matters and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.checking.formats.text import counted, tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding, Place
from kmmaturity.files.source import Source

__all__ = ["blocks", "render", "summary"]

WIDEST = 100


def render(findings: Findings) -> str:
    """Every finding in full, errors first, and a line that counts them."""
    told = f"{blocks(findings)}\n\n" if findings else ""
    return f"{told}{summary(findings)}\n"


def blocks(findings: Findings) -> str:
    """Every finding in full, errors first, an empty line between two."""
    every = sorted(findings, key=lambda each: -each.severity)
    return "\n\n".join("\n".join(_block(each, findings)) for each in every)


def _block(finding: Finding, findings: Findings) -> Iterator[str]:
    yield f"{finding.severity} {finding.code} {finding.name}: {tame(finding.message)}"
    if finding.place is not None:
        yield f"  at {tame(str(finding.place))}"
        yield from _excerpt(finding.place, findings)
    elif finding.pointer:
        yield f"  at {tame(str(finding.pointer))}"
    for other in finding.related:
        yield f"  see {tame(str(other.place or other.pointer))}: {tame(other.message)}"
    if finding.help:
        yield f"  help: {tame(finding.help)}"
    rule = findings.rules.get(finding.code)
    if rule is not None:
        yield f"  why: {rule.why}"
        yield f"  more: kmmaturity explain {finding.code}"


def _excerpt(place: Place, findings: Findings) -> Iterator[str]:
    source: Source | None = findings.sources.get(place.path)
    if source is None:
        return
    line = source.line(place.line)
    start = place.column - 1
    length = place.end_column - place.column if place.end_line == place.line else len(line) - start
    # A long line is shown around the place; the caret moves with it.
    cut = max(0, start - WIDEST // 2) if len(line) > WIDEST else 0
    before, after = line[cut:start], line[start : cut + WIDEST]
    margin = f"{place.line} | "
    carets = min(max(length, 1), max(len(after), 1))
    yield f"  {margin}{tame(before + after)}"
    yield f"  {' ' * (len(margin) - 2)}| {' ' * len(tame(before))}{'^' * carets}"


def summary(findings: Findings) -> str:
    """How many files were checked and how much was found, in a line."""
    files = counted(len(findings.checked), "file") if findings.checked else "the assessment"
    aside = f" Set aside by the files: {len(findings.aside)}." if findings.aside else ""
    if findings.known:
        aside += f" In the baseline: {len(findings.known)}."
    if not findings:
        return f"Checked {files}: nothing to say.{aside}"
    parts = [
        counted(len(group), noun)
        for group, noun in ((findings.errors, "error"), (findings.warnings, "warning"), (findings.infos, "note"))
        if group
    ]
    safe = len(findings.mendable())
    probably = len(findings.mendable(unsafe=True)) - safe
    mended = f" `--fix` can put right: {safe}." if safe else ""
    mended += f" With `--unsafe-fixes`, for you to look at: {probably}." if probably else ""
    return f"Checked {files}: {', '.join(parts)}.{aside}{mended}"
