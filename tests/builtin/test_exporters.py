"""The exporters that ship: the same report, told to spreadsheets and to programs, with nothing lost and nothing added."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.builtin.exporters.csv import COLUMNS, neutral, render, restored
from kmmaturity.builtin.exporters.csv_metadata import COLUMNS as DESCRIBED
from kmmaturity.builtin.exporters.csv_metadata import companions, metadata
from kmmaturity.builtin.exporters.json import FIELDS
from kmmaturity.domain.assessment import Assessment, Evidence
from kmmaturity.domain.report import Report, report
from kmmaturity.testing import ExporterContract
from kmmaturity.testing.strategies import assessments, texts

LAW = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def example() -> Report:
    """The example team's second year beside its first, with everything in it, marked."""
    team = evolve(km.example(), handling="official").with_priority("culture.recognition", "Because")
    return report(team, previous=km.example(year=1), redact=())


def rows_of(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, as a program reads them that knows of the byte order mark."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def row(data: bytes, sub: str) -> dict[str, str]:
    """The row of one sub-outcome."""
    (found,) = (each for each in rows_of(data) if each["sub"] == sub)
    return found


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda each: each.name)
class TestContract(ExporterContract):
    """Each of them keeps the contract that a stranger's has to keep."""

    ours = True
    examples = 15


def test_names() -> None:
    """Every exporter has a name and endings of its own."""
    endings = [suffix for each in EXPORTERS for suffix in each.suffixes]
    assert len({each.name for each in EXPORTERS}) == len(EXPORTERS)
    assert len(set(endings)) == len(endings)


# csv


def test_csv_is_tidy(example: Report) -> None:
    """One row for each sub-outcome in the model's order, every row with every column, lines ended by CRLF."""
    data = render(example)
    found = rows_of(data)
    assert [each["sub"] for each in found] == [each.sub for each in example.rows]
    assert tuple(found[0]) == COLUMNS
    assert all(None not in each and None not in each.values() for each in found)
    assert data.startswith(b"\xef\xbb\xbfunit,")
    assert data.endswith(b"\r\n")
    assert not re.search(rb"[^\r]\n", re.sub(rb'"[^"]*"', b"", data))


def test_csv_row(example: Report) -> None:
    """A row tells the answer, last time's, the target with its date and gap, the evidence, and where it comes from."""
    found = row(render(example), "assets.capture")
    expected = {
        "unit": "UK Example Agency > Coast and Rivers Directorate > Coastal Evidence Team",
        "scope": "team",
        "assessed": "2026-11-24",
        "model": "starter@1.0",
        "model_status": "illustrative",
        "handling": "OFFICIAL",
        "outcome": "assets",
        "outcome_title": "We look after the knowledge that we depend on",
        "title": "Capturing what is worth keeping",
        "state": "scored",
        "score": "1",
        "score_title": "Starting",
        "highest": "3",
        "inapplicable": "",
        "previous_assessed": "2025-11-20",
        "previous_state": "scored",
        "previous": "1",
        "rebaselined": "",
        "target": "2",
        "target_by": "2027-11-24",
        "gap": "1",
        "priority": "true",
        "benefit": "high",
        "evidence_count": "1",
        "evidence": "How-to notes from six people are now in one shared place",
    }
    assert {name: found[name] for name in expected} == expected


def test_csv_states(example: Report) -> None:
    """Not assessed, not applicable and 0 are three states; only 0 is a number, and only a reason comes with not applicable."""
    team = km.new(unit="A team", assessed=date(2026, 1, 1))
    team = (
        team.with_score("learning.before", 0)
        .with_inapplicable("learning.after", "Not ours")
        .with_target("learning.during", 2)
    )
    found = {each["sub"]: each for each in rows_of(render(report(team)))}
    told = ("state", "score", "score_title", "inapplicable", "target", "gap", "previous_state", "previous")
    assert [found["learning.before"][name] for name in told] == ["scored", "0", "Not in place yet", "", "", "", "", ""]
    assert [found["learning.after"][name] for name in told] == ["not-applicable", "", "", "Not ours", "", "", "", ""]
    assert [found["learning.during"][name] for name in told] == ["not-assessed", "", "", "", "2", "", "", ""]


def test_csv_evidence_lists() -> None:
    """Line n of each column is about piece n; a line break inside one does not make two of it, and a dash holds a place."""
    team = km.new(unit="A team").with_evidence(
        "learning.before",
        "First\nnote",
        Evidence("Second", effect="Saved\r\ntime", ref="https://x.example/a b", measure="start-up-check"),
        Evidence("Third", dated=date(2026, 1, 31), alternative="\u2014"),
    )
    found = row(render(report(team)), "learning.before")
    assert found["evidence"].split("\n") == ["First note", "Second", "Third"]
    assert (found["effects"], found["refs"]) == ("\u2014\nSaved time", "\u2014\nhttps://x.example/a b")
    assert (found["measures"], found["dates"]) == ("\u2014\nstart-up-check", "\u2014\n\u2014\n2026-01-31")
    assert found["alternatives"] == "\u2014\n\u2014\n\u2014\u2014"
    assert found["evidence_count"] == "3"


def test_csv_redacted() -> None:
    """What was redacted is neither in the table nor counted in it."""
    found = row(render(report(km.example(), redact=["evidence", "notes"])), "learning.during")
    assert (found["evidence_count"], found["evidence"], found["refs"], found["rebaselined"]) == ("0", "", "", "")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "  =1", " \r", "\uff1d1", "'=1", "''@x"]
)
def test_formulas_are_text(text: str) -> None:
    """What a spreadsheet could take for a formula gets an apostrophe in front, and is restored by taking one away."""
    assert neutral(text) == f"'{text}"
    assert restored(neutral(text)) == text


@pytest.mark.parametrize("text", ["", "plain", "a=1", "'quoted'", "it's", "2 of 9", " led by a space", "'"])
def test_text_is_left_alone(text: str) -> None:
    """Text that nobody takes for a formula stays as it is."""
    assert neutral(text) == text == restored(text)


@given(st.one_of(texts(), st.text("'=+-@ \t\r\nab")))
def test_restored(text: str) -> None:
    """Every text comes back, and none begins as a formula does once the apostrophe is there."""
    assert restored(neutral(text)) == text
    assert not neutral(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@LAW
@given(assessments(), st.booleans())
def test_csv_says_what_the_report_does(assessment: Assessment, beside: bool) -> None:
    """Whatever the text in it, the table reads back as the report's own words, and no cell is a formula."""
    given = report(assessment, previous=assessment if beside else None, redact=())
    found = rows_of(render(given))
    for cells, each in zip(found, given.rows, strict=True):
        assert restored(cells["title"]) == each.title
        assert restored(cells["inapplicable"]) == (each.inapplicable or "")
        assert cells["score"] == ("" if each.score is None else str(each.score))
        assert cells["state"] == each.state
        assert all(cell[:1] not in tuple("=+@\t\r\n") for cell in cells.values())
        assert all(cell[:1] != "-" or name == "gap" for name, cell in cells.items())


def test_half_a_character(example: Report) -> None:
    """Half a character, which no UTF-8 file can hold, is shown as its escape."""
    broken = evolve(example, unit=("A \ud83d team",))
    assert rows_of(render(broken))[0]["unit"] == r"A \ud83d team"
    assert json.loads(km.render(broken, "json"))["unit"] == ["A \ud83d team"]


# The table's metadata


def test_metadata_describes_the_columns(example: Report) -> None:
    """The metadata names the columns of the table, in order, each with titles, a type and what it means."""
    assert tuple(DESCRIBED) == COLUMNS
    columns = metadata(example, "team.csv")["tableSchema"]["columns"]
    assert [each["name"] for each in columns] == list(COLUMNS)
    assert all(each["titles"][0] == each["name"] and each["dc:description"] for each in columns)


def test_metadata_tells_where_it_comes_from(example: Report) -> None:
    """Handling, purpose, the model and its standing go with the table, and how formulas were kept out."""
    (content,) = companions(example, "team.csv").values()
    assert list(companions(example, "team.csv")) == ["-metadata.json"]
    data = json.loads(content)
    notes = {each["subject"]: each["note"] for each in data["notes"]}
    assert data["@context"][0] == "http://www.w3.org/ns/csvw"
    assert data["url"] == "team.csv"
    assert data["dc:description"] == example.purpose
    assert notes["handling"] == "OFFICIAL"
    assert notes["standing"] == example.standing
    assert notes["model"] == "starter@1.0"
    assert "apostrophe" in notes["formulas"]
    assert "left out" not in notes
    redacted = metadata(report(km.example()), "x.csv")
    assert {"subject": "left out", "note": "contact"} in redacted["notes"]


@LAW
@given(assessments(), st.booleans())
def test_table_fits_its_metadata(assessment: Assessment, beside: bool) -> None:
    """Each cell is of the type that the metadata gives its column, and none that is required is empty."""
    given = report(assessment, previous=assessment if beside else None)
    for cells in rows_of(render(given)):
        for name, column in DESCRIBED.items():
            assert fits(cells[name], column.datatype) or (cells[name] == "" and not column.required), (
                name,
                cells[name],
            )


def fits(cell: str, datatype: str | tuple[str, ...]) -> bool:
    """Whether a cell that is not empty is of a type."""
    if isinstance(datatype, tuple):
        return cell in datatype
    patterns = {"integer": "-?[0-9]+", "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "boolean": "true|false"}
    return datatype == "string" or re.fullmatch(patterns[datatype], cell) is not None


# json


def paths(data: Any, path: str = "") -> Iterator[str]:
    """The path of every key in `data`, as FIELDS writes it: `[]` for an item, `{}` for a value under a key of its own."""
    if isinstance(data, dict):
        for key, value in data.items():
            step = f"{path}{{}}" if path.endswith("counts") else f"{path}.{key}".removeprefix(".")
            yield step
            yield from paths(value, step)
    elif isinstance(data, list):
        for value in data:
            yield from paths(value, f"{path}[]")


def documented(path: str) -> bool:
    """Whether FIELDS tells of `path`, or says that it has the keys of another."""
    return path in FIELDS or path.replace("outcomes[].tally", "profile.whole") in FIELDS


def test_json_is_documented(example: Report) -> None:
    """Every key is told of in FIELDS, and nothing is told of there that a full report lacks."""
    found = set(paths(json.loads(km.render(example, "json"))))
    assert [path for path in found if not documented(path)] == []
    assert set(FIELDS) - found == set()


def test_json_is_whole(example: Report) -> None:
    """The object holds the rows, the counts, coverage exact and rounded, the plan, standing, purpose and handling."""
    data = json.loads(km.render(example, "json"))
    whole = data["profile"]["whole"]
    assert whole["counts"] == {"0": 2, "1": 15, "2": 8, "3": 1}
    assert (whole["coverage"], whole["percent"], whole["median"], whole["lowest"]) == ("26/26", 100, 1, 0)
    assert len(data["rows"]) == 27
    assert data["handling"] == "OFFICIAL"
    assert data["standing"] == example.standing
    assert data["purpose"] == example.purpose
    assert [each["status"] for each in data["plan"]["actions"]].count("planned") == 5
    assert data["assessed"] == "2026-11-24"


def test_json_form(example: Report) -> None:
    """The keys are always in the same order, text stands as it is, and the file ends in one newline."""
    text = km.render(example, "json").decode()
    assert text.endswith("}\n")
    assert "café" in text
    small = json.loads(km.render(report(km.new(unit="x")), "json"))
    assert list(small) == list(json.loads(text))
    assert list(small["rows"][0]) == list(json.loads(text)["rows"][0])


@LAW
@given(assessments())
def test_json_states(assessment: Assessment) -> None:
    """A score is a number exactly where the state is scored; every key is documented whatever the report holds."""
    data = json.loads(km.render(report(assessment, redact=()), "json"))
    for each in data["rows"]:
        assert (each["score"] is not None) == (each["state"] == "scored")
        assert (each["inapplicable"] is not None) == (each["state"] == "not-applicable")
    assert all(map(documented, paths(data)))
    for tally in (data["profile"]["whole"], *(each["tally"] for each in data["outcomes"])):
        assert sum(tally["counts"].values()) == tally["scored"]
        assert tally["coverage"] == (f"{tally['scored']}/{tally['applicable']}" if tally["applicable"] else None)
