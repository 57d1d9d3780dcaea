"""What a plug-in's author finds in the examples of a rule of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.domain.findings import Finding, Pointer, Severity
from kmmaturity.domain.rules import CATALOGUE, Context, Rule
from kmmaturity.testing.examples import findings

HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit: [T]\nassessed: 2026-11-24\n"


def without_notes(context: Context) -> Iterator[Finding]:
    """Tells a file without notes."""
    if context.assessment.notes is None:
        yield NOTES.found("nothing says who took part", Pointer(("unit",)))


NOTES = Rule(
    code="OUR001",
    name="notes-wanted",
    family="our",
    severity=Severity.INFO,
    summary="The file has no notes.",
    why="Next year nobody remembers who was there.",
    remedy="Add `notes:` and say who took part.",
    bad=HEAD.encode(),
    good=f"{HEAD}notes: Nine of us\n".encode(),
    judge=without_notes,
)


def test_a_rule_of_ones_own() -> None:
    """A rule is judged with the catalogue on its own examples, and each finding has its place."""
    bad, good = findings(NOTES, NOTES.bad), findings(NOTES, NOTES.good)
    assert [(each.code, each.place and each.place.line) for each in bad] == [("KMM205", 1), ("OUR001", 3)]
    assert [each.code for each in good] == ["KMM205"]


def test_broken_examples() -> None:
    """An example that cannot be read gives what reading finds, and no more."""
    assert [each.code for each in findings(NOTES, b"")] == ["KMM001"]


def test_what_is_no_file() -> None:
    """Settings and plug-ins are not read as files."""
    assert findings(CATALOGUE["KMM901"], CATALOGUE["KMM901"].bad) == ()
