"""The csv importer: tables that people and spreadsheets have changed are understood, or told by cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kmmaturity as km
from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.builtin.importers import IMPORTERS
from kmmaturity.builtin.importers.csv import read
from kmmaturity.errors import CannotRead
from kmmaturity.hooks import Exporter, Imported, Importer, Pointer
from kmmaturity.testing import ImporterContract

Row = dict[str, str]


def table(*changes: tuple[str, str, str], without: str = "", year: int = 2) -> bytes:
    """The example's table with cells changed: sub-outcome, column, text. `without` takes a column away."""
    rows = list(csv.DictReader(io.StringIO(km.render(km.example(year=year), "csv").decode("utf-8-sig"), newline="")))
    for sub, column, text in changes:
        next(row for row in rows if row["sub"] == sub)[column] = text
    columns = [name for name in rows[0] if name != without]
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return sheet.getvalue().encode()


def one(data: bytes) -> Imported:
    """The one assessment in a table."""
    (found,) = read(data)
    return found


class TestContract(ImporterContract):
    """It keeps the contract that a stranger's has to keep: what our exporter writes comes back."""

    ours = True

    @pytest.fixture
    def importer(self) -> Importer:
        """The csv importer."""
        return IMPORTERS[0]

    @pytest.fixture
    def sample(self) -> bytes:
        """The example's table."""
        return table()

    @pytest.fixture
    def exporter(self) -> Exporter:
        """The csv exporter."""
        return EXPORTERS[0]


def test_two_in_one(tmp_path: Path) -> None:
    """A table of two years gives two assessments; `load` asks for one, `load_all` gives each."""
    km.export([km.example(year=1), km.example()], tmp_path / "both.csv")
    assert [each.data["assessed"] for each in read((tmp_path / "both.csv").read_bytes())] == [
        "2025-11-20",
        "2026-11-24",
    ]
    with pytest.raises(CannotRead, match="holds 2 assessments, and one is wanted here"):
        km.load(tmp_path / "both.csv")
    loaded = list(km.load_all([tmp_path / "both.csv"]))
    assert [each.assessment and each.assessment.assessed.year for each in loaded] == [2025, 2026]
    assert all("last time's answers" not in left for each in loaded for left in each.left)


@pytest.mark.parametrize("year", [1, 2])
def test_the_example(year: int) -> None:
    """The example's answers come back as they are in its file, but for what the table does not hold."""
    team = km.example(year=year)
    back = km.from_dict(one(table(year=year)).data, model=team.model)
    scores = [{sub: each.answer(sub).score for sub in team.model.subs} for each in (team, back)]
    assert scores[0] == scores[1]
    assert [each.outcome for each in back.priorities] == sorted(
        (each.outcome for each in team.priorities), key=list(team.model.outcomes).index
    )


def test_load_one(tmp_path: Path) -> None:
    """`load` reads a table as it reads a file of ours, and what was exported beside last time's says what it leaves."""
    km.export(km.report(km.example(), previous=km.example(year=1)), tmp_path / "team.csv")
    assert km.load(tmp_path / "team.csv").answer("learning.before") == km.example().answer("learning.before")
    (found,) = km.load_all([tmp_path / "team.csv"])
    assert found.left == ("last time's answers are not taken over: `previous:` names last time's file",)


def test_every_mistake_by_its_cell(tmp_path: Path) -> None:
    """What is wrong is told with the cell that it stands in, all of it at once."""
    path = tmp_path / "team.csv"
    path.write_bytes(
        table(
            ("leadership.sponsorship", "assessed", "24/11/2026"),
            *((sub, "assessed", "24/11/2026") for sub in km.example().model.subs),
            ("learning.before", "score", "7"),
            ("learning.during", "score", "some"),
            ("learning.after", "target", "2.5"),
        )
    )
    with pytest.raises(CannotRead) as caught:
        km.load(path)
    told = str(caught.value)
    assert 'cell C2: `assessed` takes a date, and this is the text "24/11/2026"' in told
    assert "learning.before has the score 7" in told
    for sub, column in (("learning.before", "L"), ("learning.during", "L"), ("learning.after", "T")):
        row = list(km.example().model.subs).index(sub) + 2
        assert f"cell {column}{row}: " in told, told


@pytest.mark.parametrize("text", ["2", "2.0", "2,0", " 2 "])
def test_numbers_of_a_spreadsheet(text: str) -> None:
    """A level that a spreadsheet has written its own way is the same level."""
    assert one(table(("learning.before", "score", text))).data["scores"]["learning.before"]["score"] == 2


def test_columns_moved_and_left_out() -> None:
    """Columns are known by their names: their order, their number and capitals do not matter."""
    whole = one(table())
    fewer = one(table(without="title"))
    assert fewer.data == whole.data
    assert fewer.places[Pointer(("scores", "learning.before", "score"))].startswith("cell K")
    assert one(table().replace(b"unit,scope", b" Unit ,SCOPE", 1)).data == whole.data


def test_an_unknown_column() -> None:
    """A column that is not ours is told, with the one that was probably meant."""
    assert one(table().replace(b",inapplicable,", b",inaplicable,", 1)).left == (
        "cell O1: the column 'inaplicable' is not used; did you mean inapplicable?",
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the CSV is empty"),
        (b"\xef\xbb\xbf \r\n", "the CSV is empty"),
        (b"name,mark\r\nA,1\r\n", "the first row lacks unit, assessed, model, sub and score"),
        (table().replace(b",score,", b",mark,", 1), "the first row lacks score"),
        (table().split(b"\r\n", 1)[0], "headings and no rows"),
        ("unit,assessed".encode("utf-16"), "UTF-16"),
        (b"unit,\xe9", "the byte 0xE9 here is not UTF-8 text. In Excel, choose Save As, CSV UTF-8"),
    ],
    ids=["nothing", "blank", "other", "no score", "no rows", "utf-16", "latin-1"],
)
def test_no_such_table(data: bytes, told: str) -> None:
    """What is no table of ours is refused with what it lacks and what to do."""
    with pytest.raises(CannotRead, match=re.escape(told)):
        list(read(data))


def test_two_answers_to_one_question() -> None:
    """Two rows for one sub-outcome of one assessment are refused by their numbers: none of the two is guessed."""
    lines = table().split(b"\r\n")
    with pytest.raises(CannotRead, match=r"rows 2 and 29 both answer leadership\.sponsor\w* for UK Example Agency"):
        list(read(b"\r\n".join([*lines[:-1], lines[1], b""])))


@pytest.mark.parametrize(
    ("sub", "column", "text", "expected", "left"),
    [
        ("learning.before", "score", "", {}, "cell K11: it says scored, and no score is given: taken as not assessed"),
        (
            "leadership.direction",
            "priority",
            "maybe",
            None,
            "cell W3: 'maybe' is neither true nor false: taken as false",
        ),
        ("learning.before", "state", "not-assessed", None, "the score is taken"),
    ],
)
def test_what_disagrees(sub: str, column: str, text: str, expected: Row | None, left: str) -> None:
    """Where two cells of a row disagree, one counts, and it is said which."""
    found = one(table((sub, column, text)))
    assert any(left in each for each in found.left), found.left
    if expected is not None:
        assert "score" not in found.data["scores"].get(sub, {})


def test_not_applicable_without_a_reason() -> None:
    """An answer marked as not applicable without its reason is taken as it is, and `check` asks for the reason."""
    data = one(table(("learning.before", "state", "not-applicable"), ("learning.before", "score", ""))).data
    assert data["scores"]["learning.before"]["inapplicable"] == ""
    assert "KMM306" in {each.code for each in km.check(km.from_dict(data))}


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b.replace(b"\r\n", b"\n"),
        lambda b: re.sub(rb"\r?\n", b"\r\n", b),
        lambda b: b.removeprefix(b"\xef\xbb\xbf"),
    ],
)
def test_other_programs(change: Callable[[bytes], bytes]) -> None:
    """Other line ends, and no byte order mark, change nothing."""
    data: dict[str, Any] = dict(one(km.render(km.example(), "csv")).data)
    assert one(change(km.render(km.example(), "csv"))).data == data
