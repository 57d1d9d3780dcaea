"""Models from spreadsheets saved as CSV."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kmmaturity.domain.model import Kind
from kmmaturity.errors import CannotRead
from kmmaturity.files.document import Document
from kmmaturity.files.model_csv import KNOWN, ModelFromCsv, _plain, model_from_csv


def read(text: str | bytes) -> ModelFromCsv:
    """What a sheet with this text gives."""
    data = text.encode() if isinstance(text, str) else text
    return model_from_csv(Document("sheet.csv", data), id="ours", title="Our model")


WIDE = (
    "\ufeffOur KM model 2026;;;;;\r\n"
    ";;;;;\r\n"
    "High-level outcome;Sub-level outcome;Level 0 - None;Level 1: Starting;Level 2;Owner\r\n"
    '1 Leadership;1.1 Sponsor;nobody;one;"two; three\r\nmore";x\r\n'
    ";1.10 Direction;none;some;;y\r\n"
    "2 Learning;2.1 Before;n;s;u;\r\n"
    ";;;stray;;\r\n"
)

LONG = (
    "Outcome,Sub-outcome,Level,Indicative measure,Type\n"
    "Leadership,Sponsor,1,A named one,Behaviour\n"
    ",,,A second one,process\n"
    ",,2,A third one,Ways of working\n"
    ",Direction,1,Aims,odd\n"
    "Culture,,1,x,\n"
    "Culture,Trust,soon,y,\n"
)


def test_a_row_for_each_sub_outcome() -> None:
    """Blanks under an outcome take it from above; numbers leave the ids; BOM, semicolons and CRLF do no harm."""
    model = read(WIDE).model
    assert list(model.subs) == ["leadership.sponsor", "leadership.direction", "learning.before"]
    assert model.subs["leadership.sponsor"].levels == {0: "nobody", 1: "one", 2: "two; three more"}
    assert [(each.level, each.title) for each in model.scale] == [(0, "None"), (1, "Starting"), (2, "Level 2")]


def test_a_level_left_blank_at_the_top_is_not_there() -> None:
    """A sub-outcome whose last level has no words stops at the one before."""
    assert read(WIDE).model.highest("leadership.direction") == 1


def test_what_was_not_understood_is_told_by_cell() -> None:
    """Columns without a use and rows without a home are named as the spreadsheet names them."""
    assert [str(each) for each in read(WIDE).remarks] == [
        "F3: the column “Owner” is not used",
        "E5: blank: “1.10 Direction” is taken to stop at level 1",
        "B7: blank, so the levels in this row belong to no sub-outcome",
    ]


def test_blank_levels_are_told() -> None:
    """A blank below the last words is a level without words; the first one above them says where it stops."""
    found = read("Outcome,Sub-outcome,0,1,2,3\nA,Showcases,x,,z,\n,Stories,,y,,\n,Whole,w,x,y,z\n")
    assert [str(each) for each in found.remarks] == [
        "D2: blank: “Showcases” has no words for level 1",
        "F2: blank: “Showcases” is taken to stop at level 2",
        "C3: blank: “Stories” has no words for level 0",
        "E3: blank: “Stories” is taken to stop at level 1",
    ]
    assert [found.model.highest(sub) for sub in found.model.subs] == [2, 1, 3]


def test_the_sheets_on_the_models_page() -> None:
    """Both sheets that the page on models shows are read without a remark, and headings that it lists are known."""
    page = (Path(__file__).parents[2] / "model" / "README.md").read_text("utf-8")
    wide, long = map(read, re.findall(r"```csv\n(.*?)```", page, re.DOTALL))
    assert (*wide.remarks, *long.remarks) == ()
    assert [len(wide.model.subs), len(long.model.subs)] == [2, 1]
    assert [measure.kind for measure in long.model.subs["learning.looking-back-when-work-ends"].measures[1]] == [
        Kind.WAY_OF_WORKING
    ]
    rows = re.findall(
        r"^\| (?:Outcome|Sub-outcome|Level|Description|Measure|Kind|Question) \| ([A-Z].*) \|$", page, re.MULTILINE
    )
    assert len(rows) == 7
    assert [each for row in rows for each in row.split(", ") if _plain(each) not in KNOWN] == []


def test_a_row_for_each_measure() -> None:
    """Outcome, sub-outcome and level are filled down; each row is a measure with its kind."""
    model = read(LONG).model
    measures = model.subs["leadership.sponsor"].measures
    assert [(each.id, each.kind) for each in measures[1]] == [
        ("a-named-one", Kind.BEHAVIOUR),
        ("a-second-one", Kind.PROCESS),
    ]
    assert [each.kind for each in measures[2]] == [Kind.WAY_OF_WORKING]
    assert model.levels == (0, 1, 2)


def test_what_a_long_sheet_left_open_is_told_by_cell() -> None:
    """Unknown kinds, missing sub-outcomes and levels that are no numbers are each told, and the rest is kept."""
    cells = [each.cell for each in read(LONG).remarks]
    assert cells == ["E5", "B6", "C7", "C1"]
    assert list(read(LONG).model.subs) == ["leadership.sponsor", "leadership.direction"]


def test_the_same_title_twice() -> None:
    """A sub-outcome that stands twice keeps its first row, and says so."""
    found = read("Outcome,Sub-outcome,0,1\nA,Same,x,y\nA,Same,p,q\n")
    assert found.model.subs["a.same"].levels == {0: "x", 1: "y"}
    assert [each.cell for each in found.remarks] == ["B3"]


def test_ids_are_words_of_their_own() -> None:
    """Titles that give the same words get ids told apart, and a title without letters still gets a word."""
    found = read("Outcome,Sub-outcome,0,1\nA,What we do,x,y\nA,What we do!,x,y\nA,2027,x,y\n,知識,x,y\n").model
    assert list(found.subs) == ["a.what-we-do", "a.what-we-do-2", "a.outcome-2027", "a.outcome-4"]


def test_a_sheet_without_outcomes_has_one() -> None:
    """Where no column names outcomes, all sub-outcomes stand under one, and the reader is told."""
    found = read("Practice,Level 1,Level 2\nSharing,x,y\n")
    assert list(found.model.subs) == ["outcome.sharing"]
    assert "no column for outcomes" in str(found.remarks[0])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("Name,Owner\nx,y\n", "no row of headings"),
        ("Outcome,Sub-outcome,Level 1\n,,\n", "holds headings and no sub-outcomes"),
        ("", "is empty"),
        ("Outcome,Sub-outcome,1\nCaf\xe9,x,y\n".encode("latin-1"), "CSV UTF-8"),
    ],
)
def test_a_sheet_that_holds_no_model(data: str | bytes, told: str) -> None:
    """What cannot become a model is refused with words on what the sheet takes."""
    with pytest.raises(CannotRead, match=told):
        read(data)
