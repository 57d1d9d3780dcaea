"""Family `structure`: keys and types, as the reader meets them."""

from __future__ import annotations

from kmmaturity.domain.findings import Severity
from kmmaturity.domain.rules.rule import Rule, assessment_with

__all__ = ["DUPLICATE_KEY", "LOOKS_LIKE_ANOTHER_TYPE", "MISSING_FIELD", "RULES", "UNKNOWN_FIELD", "WRONG_TYPE"]

GOOD = assessment_with("scores:\n  learning.before: {score: 1, evidence: [Two of nine projects looked first]}\n")

MISSING_FIELD = Rule(
    code="KMM101",
    name="missing-field",
    family="structure",
    severity=Severity.ERROR,
    summary="A field that has to be there is not.",
    why="Without its unit, date and model an assessment cannot be told from another or compared with last year's.",
    remedy="Add the field.",
    bad=GOOD.replace(b"assessed: 2026-11-24\n", b""),
    good=GOOD,
)
WRONG_TYPE = Rule(
    code="KMM102",
    name="wrong-type",
    family="structure",
    severity=Severity.ERROR,
    summary="A value is of another type than the field holds, or none of its choices.",
    why="A score of `2.0` or a date of 30 February could be taken to mean several things; none is guessed.",
    remedy="Write a value of the type that the message names.",
    fix="unsafe",
    bad=assessment_with("scores:\n  learning.before: {score: about one}\n"),
    good=GOOD,
)
DUPLICATE_KEY = Rule(
    code="KMM103",
    name="duplicate-key",
    family="structure",
    severity=Severity.ERROR,
    summary="The same key stands twice.",
    why="Most readers keep the last of the two and drop the first without a word; an answer would be lost.",
    remedy="Keep one of the two, or join what they say.",
    bad=assessment_with("scores:\n  learning.before: {score: 1}\n  learning.before: {score: 2}\n"),
    good=GOOD,
)
UNKNOWN_FIELD = Rule(
    code="KMM104",
    name="unknown-field",
    family="structure",
    severity=Severity.ERROR,
    summary="A field that the format does not have.",
    why="A misspelt field would otherwise be passed over, and what it says with it.",
    remedy="Correct the spelling, or take the field away; `notes` and evidence are for free text.",
    fix="unsafe",
    bad=assessment_with("scores:\n  learning.before: {scroe: 1}\n"),
    good=GOOD,
)
LOOKS_LIKE_ANOTHER_TYPE = Rule(
    code="KMM105",
    name="looks-like-another-type",
    family="structure",
    severity=Severity.ERROR,
    summary="A number or date is written as text.",
    why="Text that looks like a number is often a spreadsheet's doing, and `2` and `02` are then no longer the same.",
    remedy="Take the quotation marks away.",
    fix="safe",
    bad=assessment_with('scores:\n  learning.before: {score: "1"}\n'),
    good=GOOD,
)

RULES = (MISSING_FIELD, WRONG_TYPE, DUPLICATE_KEY, UNKNOWN_FIELD, LOOKS_LIKE_ANOTHER_TYPE)
