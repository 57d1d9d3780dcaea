"""Family `file`: what stands between the bytes and a document."""

from __future__ import annotations

from kmmaturity.domain.findings import Severity
from kmmaturity.domain.rules.rule import HEAD, Rule, assessment_with

__all__ = [
    "ANCHOR_OR_ALIAS",
    "NEWER_FORMAT",
    "NOT_UTF_8",
    "RULES",
    "SEVERAL_DOCUMENTS",
    "SYNTAX",
    "TAG",
    "TEXT_AFTER_COMMA",
    "TEXT_AFTER_HASH",
    "TOO_LARGE_OR_DEEP",
    "UNREADABLE",
]

GOOD = assessment_with("scores:\n  learning.before: {score: 1, evidence: [Two of nine projects looked first]}\n")

UNREADABLE = Rule(
    code="KMM001",
    name="unreadable",
    family="file",
    severity=Severity.ERROR,
    summary="The file is there but holds nothing to read, or cannot be opened.",
    why="An assessment that nobody can open is an assessment that the team has to do again.",
    remedy="Check that the file is not empty and that you may read it; `kmmaturity new` starts a fresh one.",
    bad=b"",
    good=GOOD,
)
NOT_UTF_8 = Rule(
    code="KMM002",
    name="not-utf-8",
    family="file",
    severity=Severity.ERROR,
    summary="The file is not text in UTF-8.",
    why="Names and evidence with accents or pound signs turn into other characters when the encoding is guessed.",
    remedy="Save the file again as UTF-8: most editors offer it under Save As.",
    bad=HEAD.encode() + b"notes: Caf\xe9\n",
    good=assessment_with("notes: Café\n"),
)
SYNTAX = Rule(
    code="KMM003",
    name="syntax",
    family="file",
    severity=Severity.ERROR,
    summary="The file is not well-formed YAML or JSON.",
    why="What cannot be parsed cannot be kept, so nothing is read rather than half of it.",
    remedy="Look at the marked place and the line above it: a colon, a quote, a bracket or the indent is out of step.",
    bad=assessment_with("scores:\n  learning.before: {score: 1\n"),
    good=GOOD,
)
ANCHOR_OR_ALIAS = Rule(
    code="KMM004",
    name="anchor-or-alias",
    family="file",
    severity=Severity.ERROR,
    summary="The file uses YAML anchors (`&name`) or aliases (`*name`).",
    why="An alias makes one answer stand for several, and a small file can unfold into an enormous one.",
    remedy="Write the text out where it belongs; quote it if it should begin with & or *.",
    bad=assessment_with("notes: &same Agreed together\n"),
    good=assessment_with("notes: '&same Agreed together'\n"),
)
TAG = Rule(
    code="KMM005",
    name="tag",
    family="file",
    severity=Severity.ERROR,
    summary="The file uses YAML tags (`!something`).",
    why="Tags ask the reader to run code or to guess at types; an assessment needs neither.",
    remedy="Take the tag away; quote the text if it should begin with an exclamation mark.",
    bad=assessment_with("notes: !important Agreed together\n"),
    good=assessment_with("notes: '!important Agreed together'\n"),
)
NEWER_FORMAT = Rule(
    code="KMM006",
    name="newer-format",
    family="file",
    severity=Severity.ERROR,
    summary="The file is written in a newer format than this version of kmmaturity reads.",
    why="A reader that guesses at a newer file would drop what it does not know.",
    remedy="Upgrade kmmaturity: `pip install --upgrade kmmaturity`.",
    bad=assessment_with("").replace(b"kmmaturity: 1", b"kmmaturity: 2"),
    good=GOOD,
)
TOO_LARGE_OR_DEEP = Rule(
    code="KMM007",
    name="too-large-or-deep",
    family="file",
    severity=Severity.ERROR,
    summary="The file is over 1 MiB, or nested more than 20 deep.",
    why="An assessment is some 15 KB; something a hundred times larger is another file, or an attack on the reader.",
    remedy="Check that this is the file you meant; keep evidence as references rather than pasted documents.",
    bad=b"kmmaturity: " + b"[" * 30 + b"]" * 30 + b"\n",
    good=GOOD,
)
SEVERAL_DOCUMENTS = Rule(
    code="KMM008",
    name="several-documents",
    family="file",
    severity=Severity.ERROR,
    summary="The file holds several YAML documents, parted by `---`.",
    why="One file is one unit on one day: a second document would be left unread.",
    remedy="Put each document into a file of its own.",
    bad=assessment_with("---\nkmmaturity: 1\n"),
    good=b"---\n" + GOOD,
)
TEXT_AFTER_HASH = Rule(
    code="KMM009",
    name="text-after-hash",
    family="file",
    severity=Severity.WARNING,
    summary="A ` #` in plain text cut it short: YAML takes the rest of the line for a comment.",
    why="Half of a note is lost without anybody having deleted it.",
    remedy="Put the whole text in quotes.",
    bad=assessment_with("notes: Agreed in meeting #4 of the board\n"),
    good=assessment_with("notes: 'Agreed in meeting #4 of the board'   # a comment\n"),
)
TEXT_AFTER_COMMA = Rule(
    code="KMM010",
    name="text-after-comma",
    family="file",
    severity=Severity.WARNING,
    summary="A comma in plain text between [] seems to have cut a sentence: YAML takes the rest for another item.",
    why="One piece of evidence is then counted as several, none of which says what the team meant.",
    remedy="Put the whole text in quotes; if these are several items, begin each with a capital letter.",
    bad=assessment_with(
        "scores:\n  learning.before:\n    score: 1\n    evidence: [Nine projects compared, of which two asked first]\n"
    ),
    good=assessment_with(
        "scores:\n  learning.before:\n    score: 1\n    evidence: [Debrief of every project, Page on the wiki]\n"
    ),
)

RULES = (
    UNREADABLE,
    NOT_UTF_8,
    SYNTAX,
    ANCHOR_OR_ALIAS,
    TAG,
    NEWER_FORMAT,
    TOO_LARGE_OR_DEEP,
    SEVERAL_DOCUMENTS,
    TEXT_AFTER_HASH,
    TEXT_AFTER_COMMA,
)
