"""Slips that people make when they fill a file in, each with words on what to type."""

from __future__ import annotations

from typing import Any

import pytest

import kmmaturity as km

HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit: [Team]\nassessed: 2026-11-24\nscores:\n  learning.before:\n"


SCORED = "    score: 1\n"
BETWEEN = "Nothing lies between two levels: write the lower one until all of the higher one is there."
ITEM = "Begin each item with a dash and a space, on a line of its own: "
SLIPS = {
    # evidence
    "colon": ("    evidence:\n      - Two of nine: projects looked\n", (8, 9), '"Two of nine: projects looked"'),
    "colon after a word": ("    evidence:\n      - Checklist: https://x/y\n", (8, 9), '"Checklist: https://x/y"'),
    "lone": ("    evidence: Board\n", (7, 15), f"{ITEM}`- Board`."),
    "lone with a colon": ("    evidence: '1: yes'\n", (7, 15), f'{ITEM}`- "1: yes"`.'),
    "below": ("    evidence:\n      Board\n", (8, 7), f"{ITEM}`- Board`."),
    "bullet": ("    evidence:\n      \u2022 Board\n", (8, 7), f"{ITEM}`- Board`."),
    "no space": ("    evidence:\n      -Board\n", (8, 7), f"{ITEM}`- Board`."),
    "en dash": ("    evidence:\n      \u2013 Board\n", (8, 7), f"{ITEM}`- Board`."),
    "star": ("    evidence:\n      * Board\n", (8, 7), "Begin each item of a list with a dash and a space: - Board"),
    "left": (
        "    evidence:\n    Board\n    target: 1\n",
        (8, 5),
        "Begin each item of `evidence` with a dash and a space: - Board",
    ),
    "no dash": ("    evidence:\n      note: Board\n", (8, 7), "Put a dash and a space before `note`"),
    "half quoted": ('    evidence:\n      - "Two" of nine\n', (8, 15), "'\"Two\" of nine'"),
    "half in single quotes": ("    evidence:\n      - 'Two' of nine\n", (8, 15), "\"'Two' of nine\""),
    "quotes of both kinds": (
        '    evidence:\n      - "Two" of Ann\'s\n',
        (8, 15),
        'inside which a quote is written \\"',
    ),
    # keys
    "no colon": ("    score 1\n", (7, 5), "Write `score: 1`: after `score`, the colon is missing."),
    "no space but one that looks like it": (
        "    score:\u00a01\n",
        (7, 5),
        "Write `score: 1`: after `score:`, what stands there only looks like a space.",
    ),
    "no space in the indent": ("   \u00a0score: 1\n    target: 2\n", (7, 4), "Type spaces in its place"),
    "letter of another alphabet": (
        "    sc\u043ere: 1\n",
        (7, 5),
        "Did you mean `score`? It may look like it, and is written with \u043e: type it again.",
    ),
    # scores and targets
    "not ours": ("    score: n/a\n", (7, 12), "`inapplicable:`"),
    "not ours in curly quotes": ("    score: \u201cn/a\u201d\n", (7, 12), "`inapplicable:`"),
    "not ours in capitals": ("    score: N/A\n", (7, 12), "`inapplicable:`"),
    "not yet": ("    score: TBC\n", (7, 12), "Leave it blank while it is not known."),
    "question mark": ("    score: ?\n", (7, 12), "Leave it blank while it is not known;"),
    "point": ("    score: 2.0\n", (7, 12), "Write 2."),
    "title": ("    score: starting\n", (7, 12), "Starting is level 1: write 1."),
    "word": ("    score: two\n", (7, 12), "Write 2."),
    "with its title": ("    score: 1 - Starting\n", (7, 12), "Write the number alone: 1."),
    "level": ("    score: Level 3\n", (7, 12), "Write the number alone: 3."),
    "half": ("    score: 1.5\n", (7, 12), BETWEEN),
    "comma": ("    score: 1,5\n", (7, 12), BETWEEN),
    "either": ("    score: 1 or 2\n", (7, 12), BETWEEN),
    "about": ("    score: about one\n", (7, 12), "Write a number such as 2."),
    "target with its day": ("    target: 2 by 2027-06-01\n", (7, 13), "Write {level: 2, by: 2027-06-01}."),
    "no target": ("    target: none\n", (7, 13), "Leave it blank."),
    "too far left": ("    score: 1\n  score: 1\n", (8, 10), "Indent `score:` by two spaces more"),
    # days
    "slashes": ("    target: {level: 1, by: 24/11/2027}\n", (7, 28), "Write it as year-month-day, 2027-11-24."),
    "short year": ("    target: {level: 1, by: 24.11.27}\n", (7, 28), "Write it as year-month-day, 2027-11-24."),
    "either day": (
        "    target: {level: 1, by: 01/06/2027}\n",
        (7, 28),
        "Write it as year-month-day: 2027-06-01 for 1 June or 2027-01-06 for 6 January.",
    ),
    "same day": ("    target: {level: 1, by: 6/6/2027}\n", (7, 28), "Write it as year-month-day, 2027-06-06."),
    "month in words": ("    target: {level: 1, by: 1st June 2027}\n", (7, 28), "2027-06-01."),
    "month in short": ("    target: {level: 1, by: 1 Sept 2027}\n", (7, 28), "2027-09-01."),
    "short parts": ("    target: {level: 1, by: 2027-6-1}\n", (7, 28), "2027-06-01."),
    "with a time": ("    target: {level: 1, by: 2027-06-01T10}\n", (7, 28), "2027-06-01."),
    "no day": ("    target: {level: 1, by: June 2027}\n", (7, 28), "such as 2026-09-30."),
    "no month": ("    target: {level: 1, by: 1 Ides 2027}\n", (7, 28), "such as 2026-09-30."),
    # what comes later in the file
    "two in one": (f"{SCORED}priorities: learning, assets\n", (8, 13), "Write `[learning, assets]`."),
    "title of an outcome": (
        f"{SCORED}priorities: [Our leaders show that knowledge matters]\n",
        (8, 14),
        "Did you mean leadership?",
    ),
    "lone review": (f"{SCORED}plan:\n  reviews: 2027-02-24\n", (9, 12), f"{ITEM}`- due: 2027-02-24`."),
    "review": (f"{SCORED}plan:\n  reviews:\n    - 2027-02-24\n", (10, 7), "Write `- due: 2027-02-24`."),
    "action": (f"{SCORED}plan:\n  actions:\n    - Ask first\n", (10, 7), "Write `- action: Ask first`."),
    "actions in a list": (f"{SCORED}plan:\n  actions:\n    - [a]\n", (10, 7), "It holds action, towards, "),
    "no reviews": (f"{SCORED}plan:\n  reviews: {{}}\n", (9, 12), "after a dash and a space"),
    "benefit": (f"{SCORED}benefit: high\n", (8, 10), "Write `name: high`, each on a line of its own, indented."),
}


@pytest.mark.parametrize(("lines", "place", "help"), SLIPS.values(), ids=SLIPS)
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


@pytest.mark.parametrize(
    ("data", "help"),
    [
        ({"unit": "A team"}, 'Write ["A team"].'),
        ({"unit": {"name": "A team"}}, "Put it between [ and ]."),
        ({"unit": 3.5}, "Put the items between [ and ]."),
        ({"priorities": "learning, assets"}, 'Write ["learning", "assets"].'),
        ({"scores": {"learning.before": 2}}, 'Write {"score": 2}.'),
        ({"scores": {"learning.before": "starting"}}, 'Starting is level 1: write {"score": 1}.'),
        ({"scores": {"learning.before": {"score": ""}}}, "Leave it blank while it is not known."),
        ({"scores": {"learning.before": {"evidence": "Board"}}}, 'Write ["Board"].'),
        ({"scores": {"learning.before": {"target": "2 by 2027-06-01"}}}, 'Write {"level": 2, "by": "2027-06-01"}.'),
        ({"scores": {"learning.before": {"target": "none"}}}, "Leave it out."),
        ({"scope": ""}, "Write one of these words, or leave it out."),
        ({"benefit": "high"}, 'Write {"name": "high"}.'),
        ({"plan": {"reviews": "2027-02-24"}}, 'Write [{"due": "2027-02-24"}].'),
        ({"plan": {"reviews": ["2027-02-24"]}}, 'Write {"due": "2027-02-24"}.'),
        ({"model": None}, 'Add "model": "starter@1.0" or the like.'),
        ({"plan": {"actions": [{}]}}, 'Add "action" and its value.'),
    ],
)
def test_plain_data_is_told_as_json(data: dict[str, Any], help: str) -> None:
    """Slips in plain data, such as a form sends, are told with what to write there and not with lines of YAML."""
    whole = {"kmmaturity": 1, "model": "starter@1.0", "unit": ["A team"], "assessed": "2026-11-24"} | data
    with pytest.raises(km.CannotRead) as raised:
        km.from_dict(whole)
    assert [each.help for each in raised.value.findings] == [help]


def test_utf_16_without_a_mark() -> None:
    """So is one that does not begin with its mark, in either order of bytes."""
    for order in ("utf-16-le", "utf-16-be"):
        (finding,) = km.check((HEAD + "    score: 1\n").encode(order)).errors
        assert (finding.code, "saved as UTF-16" in finding.message) == ("KMM002", True)


def test_a_version_for_the_format() -> None:
    """Of the format there is one, which is said where something else is given for it."""
    (finding,) = [each for each in km.check(b"kmmaturity: 0.1.0\n").errors if each.pointer == ("kmmaturity",)]
    assert finding.help == "Write 1."
