"""The CSV that we export, read back: also after a spreadsheet has saved it, with columns moved or left out.

Columns are known by their names. What the model tells again, titles and counts, is passed over; last time's answers
stay in last time's file. Nothing is checked here: what a cell holds goes on as it is, with the cell's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from kmmaturity.builtin.exporters.csv import BETWEEN_UNITS, COLUMNS, NOTHING, restored
from kmmaturity.domain.assessment import State
from kmmaturity.domain.findings import Pointer
from kmmaturity.domain.names import closest, listed
from kmmaturity.errors import CannotRead
from kmmaturity.files.document import Document
from kmmaturity.files.sheet import cell_name, rows_of
from kmmaturity.hooks.records import Imported

__all__ = ["read"]

WANTED = ("unit", "assessed", "model", "sub", "score")
OF_LAST_TIME = ("previous_assessed", "previous_state", "previous")
# Which column holds what of a piece of evidence, a line for each piece.
EVIDENCE = {
    "evidence": "note",
    "effects": "effect",
    "refs": "ref",
    "measures": "measure",
    "alternatives": "alternative",
    "dates": "dated",
}
FREE = ("unit", "handling", "inapplicable", "rebaselined")
TRUTH = {"true": True, "false": False, "": False}


@frozen
class _Row:
    """One row: its number in the sheet, and its cells by the names of their columns, as texts that were exported."""

    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def __getitem__(self, name: str) -> str:
        """The cell of a column, without spaces around it; free text keeps those that it has."""
        text = self.cells.get(name, "")
        return text if name in FREE else text.strip()

    def cell(self, name: str) -> str:
        """Where the cell is, in words."""
        return f"cell {cell_name(self.columns[name], self.number)}" if name in self.columns else f"row {self.number}"


@frozen
class _Taken:
    """What was understood of one assessment, as it grows."""

    data: dict[str, Any]
    places: dict[Pointer, str] = field(factory=dict)
    left: list[str] = field(factory=list)
    rows: list[_Row] = field(factory=list)


def read(data: bytes) -> Iterator[Imported]:
    """Each assessment in the table, in the order in which they begin. Raises CannotRead where it is no such table."""
    document = Document("the CSV", data)
    if not document.body.strip():
        raise CannotRead("the CSV is empty")
    head, *rows = rows_of(document, headed=True)
    columns, unused = _columns(head)
    several: dict[tuple[str, ...], _Taken] = {}
    for number, cells in enumerate(rows, 2):
        row = _Row(number, {name: restored(cells[at]) for name, at in columns.items() if at < len(cells)}, columns)
        if any(row.cells.values()):
            whose = tuple(row[name] for name in ("unit", "assessed", "model"))
            taken = several.get(whose) or several.setdefault(whose, _begun(row, unused))
            _answer(row, taken)
    if not several:
        raise CannotRead("the CSV holds headings and no rows")
    for taken in several.values():
        _share(taken, "priority", "priorities")
        _share(taken, "benefit", "benefit")
        yield Imported(taken.data, taken.places, taken.left)


def _columns(head: list[str]) -> tuple[dict[str, int], list[str]]:
    """Where each column of ours is, and what is said of the others."""
    columns: dict[str, int] = {}
    unused = []
    for at, heading in enumerate(head):
        name = heading.strip().casefold()
        if name in COLUMNS and name not in columns:
            columns[name] = at
        elif name:
            near = closest(name, COLUMNS)
            hint = f"; did you mean {near}?" if near and near not in columns else ""
            unused.append(f"cell {cell_name(at, 1)}: the column {heading.strip()!r} is not used{hint}")
    if missing := [name for name in WANTED if name not in columns]:
        raise CannotRead(
            f"the first row lacks {listed(missing, last='and')}: the columns are those that `kmmaturity export` "
            f"writes, and {listed(WANTED, last='and')} have to be there"
        )
    return columns, unused


def _begun(row: _Row, unused: Iterable[str]) -> _Taken:
    taken = _Taken({"kmmaturity": 1})
    for name in ("model", "unit", "scope", "assessed", "handling"):
        if name == "unit":
            taken.data[name] = row[name].split(BETWEEN_UNITS)
        elif row[name]:
            taken.data[name] = row[name]
        taken.places[Pointer((name,))] = row.cell(name)
    taken.data["scores"] = {}
    taken.left.extend(unused)
    if any(row[name] for name in OF_LAST_TIME):
        taken.left.append("last time's answers are not taken over: `previous:` names last time's file")
    return taken


def _answer(row: _Row, taken: _Taken) -> None:
    """Take over what `row` says of its sub-outcome."""
    sub, at = row["sub"], Pointer(("scores", row["sub"]))
    if sub in taken.data["scores"]:
        first = next(each for each in taken.rows if each["sub"] == sub)
        raise CannotRead(
            f"rows {first.number} and {row.number} both answer {sub} for {row['unit']} on {row['assessed']}: keep one"
        )
    taken.rows.append(row)
    answer: dict[str, Any] = {}
    taken.places[at] = row.cell("sub")
    for name in ("score", "inapplicable", "rebaselined"):
        if row[name]:
            answer[name] = _number(row[name]) if name == "score" else row[name]
        taken.places[at / name] = row.cell(name)
    _reconcile(row, answer, taken)
    if evidence := list(_evidence(row)):
        answer["evidence"] = evidence
        taken.places[at / "evidence"] = row.cell("evidence")
    if row["target"]:
        answer["target"] = {"level": _number(row["target"])}
        if row["target_by"]:
            answer["target"]["by"] = row["target_by"]
        taken.places[at / "target"] = row.cell("target")
        taken.places[at / "target" / "by"] = row.cell("target_by")
    if answer:
        taken.data["scores"][sub] = answer


def _reconcile(row: _Row, answer: dict[str, Any], taken: _Taken) -> None:
    """Where the state and the answer disagree, somebody edited one of the two: say which one counts."""
    state, score = row["state"], row["score"]
    if state == State.INAPPLICABLE and not score:
        answer.setdefault("inapplicable", "")  # without its reason, which the checks then ask for
    elif state == State.SCORED and not score:
        taken.left.append(f"{row.cell('state')}: it says scored, and no score is given: taken as not assessed")
    elif state == State.UNASSESSED and score:
        taken.left.append(f"{row.cell('state')}: it says not-assessed, and a score is given: the score is taken")


def _evidence(row: _Row) -> Iterator[dict[str, str]]:
    """Each piece: line n of each column is about piece n. A piece whose note is blank was so in the file."""
    lines = {key: re.split(r"\r\n|\r|\n", row[name]) if row[name] else [] for name, key in EVIDENCE.items()}
    for position in range(max(map(len, lines.values()))):
        told = {key: _untold(each[position]) for key, each in lines.items() if position < len(each)}
        yield {"note": told.pop("note", ""), **{key: text for key, text in told.items() if text}}


def _untold(line: str) -> str:
    """The text that the exporter wrote as `line`: a dash alone holds the place of none."""
    text = line.strip()
    return text[:-1] if text and not text.strip(NOTHING) else text


def _number(text: str) -> int | str:
    """The level that `text` names, also as a spreadsheet may write it; other text stays, to be told as it is."""
    found = re.fullmatch(r"(-?\d{1,9})(?:[.,]0+)?", text, re.ASCII)
    return int(found[1]) if found else text


def _share(taken: _Taken, column: str, key: str) -> None:
    """The priorities, or the ratings of benefit: of an outcome where all its rows say the same, else of each row."""
    groups: dict[str, list[_Row]] = {}
    for row in taken.rows:
        groups.setdefault(row["outcome"] or row["sub"].partition(".")[0], []).append(row)
    found: dict[str, str] = {}
    for outcome, rows in groups.items():
        said = {row["sub"]: _said(row, column, taken) for row in rows}
        same = len(set(said.values())) == 1 and len(said) > 1
        found |= {outcome: next(iter(said.values()))} if same else said
        place = rows[0].cell(column)
        taken.places.update((Pointer((key, name)), place) for name in (outcome, *said))
    told = {name: value for name, value in found.items() if value}
    if told and key == "priorities":
        taken.data[key] = [{"outcome": name} for name in told]
    elif told:
        taken.data[key] = {name: {"rate": value} for name, value in told.items()}


def _said(row: _Row, column: str, taken: _Taken) -> str:
    if column != "priority":
        return row[column]
    said = TRUTH.get(row[column].casefold())
    if said is None:
        taken.left.append(f"{row.cell(column)}: {row[column]!r} is neither true nor false: taken as false")
    return "true" if said else ""
