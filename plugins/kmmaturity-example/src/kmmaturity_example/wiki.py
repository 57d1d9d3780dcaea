"""A table for MediaWiki. Text from files stays text: nothing in it becomes a link, a template or a row of its own."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.hooks import Report, Row, State

__all__ = ["escaped", "render"]


def render(report: Report, *, evidence: bool = False) -> bytes:
    """The page of `report`, with what shows each score where `evidence` says so."""
    return ("\n".join(_page(report, evidence)) + "\n").encode(errors="backslashreplace")


def escaped(text: str) -> str:
    """`text` on one line, with all that MediaWiki or a browser could act on written as its number."""
    return "".join(map(_shown, " ".join(text.split())))


def _shown(character: str) -> str:
    if character.isalnum() or character in " ,.()-":
        return character
    # What cannot be seen, such as half a character or a mark that turns text around, is shown as its escape.
    return f"&#{ord(character)};" if character.isprintable() else f"&#92;u{ord(character):04x}"


def _page(report: Report, evidence: bool) -> Iterator[str]:
    if report.marking:
        yield f"'''{escaped(report.marking)}'''"
        yield ""
    yield escaped(f"{report.purpose} {report.standing}")
    yield ""
    yield '{| class="wikitable"'
    yield f"|+ {escaped(report.unit[-1])}, {report.assessed}, {escaped(report.model.reference)}"
    yield "! Sub-outcome !! Now !! Target" + (" !! What shows it" if evidence else "")
    for row in report.rows:
        cells = [row.title, _now(row), "" if row.target is None else f"{row.target} by {row.target_by}"]
        if evidence:
            cells.append("; ".join(each.note for each in row.evidence))
        yield "|-"
        yield f"| {' || '.join(map(escaped, cells))}"
    yield "|}"
    if report.redacted:
        yield ""
        yield f"Left out of this page: {', '.join(report.redacted)}."


def _now(row: Row) -> str:
    """Not assessed, not applicable and 0 are three different things, here as everywhere."""
    if row.state is State.SCORED:
        return f"{row.score} {row.score_title}"
    return "not assessed yet" if row.state is State.UNASSESSED else f"not applicable: {row.inapplicable}"
