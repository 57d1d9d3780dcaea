"""Slips that people make when they fill a file in, each with words on what to type."""

from __future__ import annotations

import pytest

import kmmaturity as km

HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit: [Team]\nassessed: 2026-11-24\nscores:\n  learning.before:\n"


@pytest.mark.parametrize(
    ("lines", "place", "help"),
    [
        ("    evidence:\n      - Two of nine: projects looked\n", (8, 9), '"Two of nine: projects looked"'),
        ("    score: n/a\n", (7, 12), "`inapplicable:`"),
        ("    score: N/A\n", (7, 12), "`inapplicable:`"),
        ("    score: 2.0\n", (7, 12), "Write 2."),
        ("    evidence: Board\n", (7, 15), "Write `- Board`, on a line of its own."),
        ("    evidence: '1: yes'\n", (7, 15), 'Write `- "1: yes"`, on a line of its own.'),
        ("    evidence:\n      note: Board\n", (8, 7), "Put a dash and a space before `note`"),
        ("    score: 1\npriorities: learning, assets\n", (8, 13), "Write `[learning, assets]`."),
        ("    score: 1\nplan:\n  reviews: 2027-02-24\n", (9, 12), "Write `- due: 2027-02-24`, on a line of its own."),
        ("    score: 1\nplan:\n  reviews: {}\n", (9, 12), "after a dash and a space"),
    ],
)
def test_a_slip_is_one_finding(lines: str, place: tuple[int, int], help: str) -> None:
    """A slip gives one error, at the place where it was made, with what to write instead."""
    (finding,) = km.check((HEAD + lines).encode()).errors
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == place
    assert help in finding.help


def test_a_field_that_is_misspelt_stays_a_field() -> None:
    """`nte: x` is a misspelt field, and not a text with a colon in it."""
    found = km.check((HEAD + "    evidence:\n      - nte: x\n").encode())
    assert [each.code for each in found.errors] == ["KMM101", "KMM104"]


def test_a_file_that_notepad_saved_as_utf_16() -> None:
    """A file in UTF-16 is told as one, with how to save it again."""
    (finding,) = km.check((HEAD + "    score: 1\n").encode("utf-16")).errors
    assert (finding.code, "saved as UTF-16" in finding.message, "Save As" in finding.help) == ("KMM002", True, True)
