"""What a person or a program is shown of a check: their own line, why it matters, what to do, and no tricks."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import kmmaturity as km
from kmmaturity.checking import FORMATS, Findings
from kmmaturity.domain.findings import Finding, Place, Severity
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.errors import UnknownName

DAY = date(2026, 12, 1)
HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit: [Team]\nassessed: 2026-11-24\n"


def check(text: str) -> Findings:
    """What is found in a text."""
    return km.check(text.encode(), today=DAY)


def test_in_full() -> None:
    """A finding in full has its place, the user's own line with a caret below the value, why, what to do, and where more is."""
    found = check(f"{HEAD}scores:\n  learning.before: {{score: 7, target: 2}}\n")
    (error,) = found.errors
    block = next(each for each in found.render("full").split("\n\n") if each.startswith("error"))
    assert block == (
        "error KMM202 off-the-scale: learning.before has the score 7, and its scale is 0, 1, 2 or 3\n"
        "  at <bytes>:6:28\n"
        "  6 |   learning.before: {score: 7, target: 2}\n"
        "    |                            ^\n"
        "  help: Write 0, 1, 2 or 3.\n"
        f"  why: {CATALOGUE['KMM202'].why}\n"
        "  more: kmmaturity explain KMM202"
    )
    assert error.message in block


def test_caret_is_as_wide_as_the_key() -> None:
    """The caret underlines the whole key that is meant, and ends with the line."""
    shown = check(f"{HEAD}scores:\n  learning.befor: {{score: 1}}\n").render()
    assert "  6 |   learning.befor: {score: 1}\n    |   ^^^^^^^^^^^^^^\n" in shown


def test_long_lines_are_cut_around_the_place() -> None:
    """Of a very long line the part around the place is shown, with the caret still below it."""
    shown = check(f"{HEAD}benefit: {{{' ' * 300}learning: huge, {' ' * 300}}}\n").render()
    line, caret = next((line, below) for line, below in pairwise(shown.splitlines()) if line.startswith("  5 | "))
    assert len(line) < 120
    assert line[caret.index("^") : caret.rindex("^") + 1] == "huge"


def test_first_of_two_is_told() -> None:
    """A finding that has to do with a second spot says where that is."""
    shown = check(f"{HEAD}notes: one\nnotes: two\n").render()
    assert "  at <bytes>:6:1\n" in shown
    assert "  see <bytes>:5:1: the first of the two\n" in shown


def test_nothing_to_say() -> None:
    """A clean file is told in one line, and in none where only findings are wanted."""
    clean = km.check(CATALOGUE["KMM205"].good, today=DAY)
    assert clean.render() == "Checked 1 file: nothing to say.\n"
    assert clean.render("concise") == ""
    assert json.loads(clean.render("json")) == {"checked": ["<bytes>"], "findings": [], "aside": []}


def test_summary_counts() -> None:
    """The last line counts errors, warnings and notes, leaving out what there is none of."""
    text = f"{HEAD}notes: see #4\nscores:\n  learning.before: {{score: 7, target: 8}}\n"
    assert check(text).render().endswith("Checked 1 file: 2 errors, 1 warning, 1 note.\n")
    two = check(text) + km.check(CATALOGUE["KMM205"].good, today=DAY)
    assert two.render().endswith("Checked 2 files: 2 errors, 1 warning, 1 note.\n")


def test_values_have_pointers() -> None:
    """Findings on a value have no file to show; their place is the pointer into it."""
    shown = km.check(km.new(unit="Team", assessed=DAY), today=DAY).render()
    assert "  at /scores\n" in shown
    assert shown.endswith("Checked the assessment: 1 note.\n")


def test_concise() -> None:
    """In the concise form each finding is one line with its place, code, message and help."""
    found = check(f"{HEAD}scroes: {{}}\nscores: {{}}\n")
    assert str(found) == found.render("concise")
    assert found.render("concise").splitlines() == [
        "<bytes>:5:1: error KMM104 the file has no field `scroes`. Did you mean `scores`?"
    ]


def test_json_is_complete() -> None:
    """In JSON each finding has its code, pointer, place and related places, as values."""
    found = check(f"{HEAD}notes: one\nnotes: two\n")
    (told,) = json.loads(found.render("json"))["findings"]
    assert (told["code"], told["name"], told["severity"], told["pointer"]) == (
        "KMM103",
        "duplicate-key",
        "error",
        "/notes",
    )
    assert told["place"] == {"path": "<bytes>", "line": 6, "column": 1, "end_line": 6, "end_column": 6}
    assert told["related"][0]["place"]["line"] == 5
    (note,) = json.loads(km.check(km.new(unit="Team", assessed=DAY), today=DAY).render("json"))["findings"]
    assert note["place"] is None


@pytest.mark.parametrize("form", ["full", "concise"])
@pytest.mark.parametrize("trick", ["\x1b[2Jgone", "\u202eback", "\x9b31m", "\u2028line", "\x07"])
def test_hostile_text_is_tamed(form: str, trick: str) -> None:
    """Controls and marks that turn text around are shown as escapes, and never obeyed, wherever they stand in a file."""
    text = json.dumps(
        {"kmmaturity": 1, "model": "starter@1.0", "unit": ["T"], "assessed": trick, f"x{trick}": 1}, ensure_ascii=False
    )
    text = text.replace("\x07", "\\u0007")
    found = km.check(text.replace("\x1b", "\\u001b").replace("\x9b", "\x9b").encode(), today=DAY)
    shown = found.render(form)
    assert len(found) == 2
    assert trick not in shown
    assert all(mark.isprintable() or mark == "\n" for mark in shown)
    assert f"\\u{ord(trick[0]):04x}" in shown


def test_unknown_format() -> None:
    """A format that is not there is refused with those that are."""
    with pytest.raises(UnknownName, match="check has no format 'jsn': did you mean json"):
        Findings().render("jsn")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_renders(form: str) -> None:
    """Every format named can be rendered, for findings with a place and without one."""
    placed = check(f"{HEAD}zzz: 1\n")
    loose = km.check(km.new(unit="Team", assessed=DAY))
    assert "KMM104" in placed.render(form)
    assert "KMM205" in loose.render(form)


def test_a_place_past_the_end() -> None:
    """A place at the end of a file that breaks off is shown with its caret."""
    found = km.check(b'{"kmmaturity": 1', today=DAY)
    assert "^" in found.render()


def test_reads_as_a_sequence() -> None:
    """Findings can be counted, sliced, joined and asked by severity; none are false."""
    found = check(f"{HEAD}notes: see #4\nscores:\n  learning.before: {{score: 7}}\n")
    assert (len(found), len(found.errors), len(found.warnings), len(found.infos)) == (3, 1, 1, 1)
    assert found[0] in found
    assert len(found[:2]) == 2
    assert len(found + found) == 6
    assert not Findings()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"{HEAD}scores:\n  learning.before: {{score: 7}}\n", (1, 1, 1)),
        (f"{HEAD}notes: see #4\n", (0, 1, 1)),
        (HEAD, (0, 0, 1)),
        (CATALOGUE["KMM205"].good.decode(), (0, 0, 0)),
    ],
)
def test_exit_codes(text: str, codes: tuple[int, int, int]) -> None:
    """The exit code is 1 from the severity that is asked for: errors unless told otherwise."""
    found = check(text)
    assert tuple(found.exit_code(each) for each in ("error", "warning", "info")) == codes
    assert found.exit_code() == codes[0]
    assert found.exit_code(Severity.INFO) == codes[2]


def test_unknown_severity() -> None:
    """A severity that is not there is refused with those that are."""
    with pytest.raises(UnknownName, match="check has no severity 'fatal': it has error, warning or info"):
        Findings().exit_code("fatal")


def test_finding_of_another_hand() -> None:
    """A finding of a plug-in's rule, without place, help or file, is shown as far as it goes."""
    bare = Finding("ABC100", "house-style", Severity.INFO, "the unit has no short name")
    assert Findings((bare,)).render().startswith("info ABC100 house-style: the unit has no short name\n\nChecked")
    placed = Findings((bare.at(Place("gone.kmm.yaml", 3, 1, 3, 2)),))
    assert "  at gone.kmm.yaml:3:1\n\n" in placed.render()


def test_last_time_is_found_beside_the_file(tmp_path: Path) -> None:
    """The file that `previous` names is looked for beside the file: a large change is told, and so is its absence."""
    head = "kmmaturity: 1\nmodel: starter@1.0\nunit: [A team]\n"
    (tmp_path / "last.kmm.yaml").write_text(f"{head}assessed: 2025-11-24\nscores: {{learning.before: {{score: 3}}}}\n")
    now = tmp_path / "now.kmm.yaml"
    now.write_text(f"{head}assessed: 2026-11-24\nprevious: last.kmm.yaml\nscores: {{learning.before: {{score: 1}}}}\n")
    assert "KMM504" in [each.code for each in km.check(now)]
    (tmp_path / "last.kmm.yaml").unlink()
    codes = {each.code: each for each in km.check(now)}
    assert "KMM504" not in codes
    assert "there is no file" in codes["KMM505"].message
    assert codes["KMM505"].place is not None
    assert codes["KMM505"].place.line == 5
    (tmp_path / "last.kmm.yaml").write_text("kmmaturity: [\n")
    assert "`kmmaturity check" in next(each for each in km.check(now) if each.code == "KMM505").message
