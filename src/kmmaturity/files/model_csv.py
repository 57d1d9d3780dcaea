"""A model from a spreadsheet saved as CSV: the two common shapes, and what was not understood, by cell.

- *wide*: a row for each sub-outcome, with a column for the words of each level;
- *long*: a row for each outcome, sub-outcome, level and measure (or description).

Blank cells under a filled one, as merged cells leave them, take the value above. Columns are known by their headings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.model import Kind, Level, MaturityModel, Measure, Outcome, SubOutcome
from kmmaturity.domain.names import listed
from kmmaturity.errors import CannotRead
from kmmaturity.files.document import Document
from kmmaturity.files.sheet import cell_name, rows_of

__all__ = ["ModelFromCsv", "Remark", "model_from_csv"]

HEADINGS = {
    "outcome": "outcome|high level outcome|high level outcomes|outcomes|theme|dimension|domain|category|area|pillar",
    "sub": "sub outcome|sub outcomes|suboutcome|sub level outcome|sub level outcomes|element|practice|capability"
    "|criterion|sub theme|statement|activity",
    "level": "level|maturity level|score|maturity|stage",
    "measure": "measure|measures|indicative measure|indicative measures|indicator|indicators",
    "means": "description|descriptor|level description|definition|wording|what it looks like",
    "kind": "kind|type|measure type|kind of measure",
    "question": "question|prompt|discussion question",
}
KINDS = {
    "behaviour": Kind.BEHAVIOUR,
    "behaviours": Kind.BEHAVIOUR,
    "behavior": Kind.BEHAVIOUR,
    "way of working": Kind.WAY_OF_WORKING,
    "ways of working": Kind.WAY_OF_WORKING,
    "process": Kind.PROCESS,
    "processes": Kind.PROCESS,
}
KNOWN = {name: heading for heading, names in HEADINGS.items() for name in names.split("|")}
LEVEL = re.compile(r"(?:maturity |score |stage )?(?:level |l)?(-?\d+)(?: (.+))?")
NUMBERING = re.compile(r"^\s*(?:[A-Z]{0,3}\d+(?:\.\d+)*[.):]?|[a-z]\)|\([a-z0-9]+\))\s+")
LONGEST_ID = 40


@frozen(weakref_slot=False)
class Remark:
    """One thing that was passed over or guessed at, and the cell it stands in, as a spreadsheet names it (`B5`)."""

    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.message}"


@frozen(weakref_slot=False)
class ModelFromCsv:
    """The model, and what in the sheet it does not hold."""

    model: MaturityModel
    remarks: tuple[Remark, ...] = field(converter=tupled)


@frozen
class _Row:
    """One row of the sheet: its number from 1, and its cells by what their heading means."""

    number: int
    cells: dict[str, str]
    columns: dict[str, int]

    def cell(self, name: str) -> str:
        return cell_name(self.columns[name], self.number)


def model_from_csv(document: Document, *, id: str, title: str | None = None) -> ModelFromCsv:
    """The model in a CSV sheet. Raises CannotRead, naming the cells, when no model can be made of it."""
    if trouble := document.trouble():
        raise CannotRead(trouble.message, [trouble])
    table = rows_of(document)
    start, columns, levels, remarks = _headings(table, document.path)
    rows = list(_rows(table, start, columns))
    scale: dict[int, str]
    if levels:
        scale = {number: words for _, number, words in levels.values()}
        outcomes = _wide(rows, {name: number for name, (_, number, _) in levels.items()}, remarks)
    else:
        outcomes = _long(rows, remarks)
        found = {n for each in outcomes.values() for sub in each.subs.values() for n in (*sub.levels, *sub.measures)}
        if found and min(found) == 1:
            remarks.append(
                Remark(cell_name(columns["level"], start), "no level 0 in the sheet: one is added as the lowest")
            )
            found.add(0)
        scale = dict.fromkeys(found, "")
    if not outcomes or not scale:
        raise CannotRead(f"{document.path} holds headings and no sub-outcomes:{_told(remarks)}")
    model = MaturityModel(
        id=id,
        version="0.1",
        title=title or id,
        scale=[Level(number, words or f"Level {number}") for number, words in sorted(scale.items())],
        outcomes=outcomes,
    )
    return ModelFromCsv(model, remarks)


def _told(remarks: Iterable[Remark]) -> str:
    return "".join(f"\n  {each}" for each in remarks)


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[^\w-]+|_|(?<!\s)-", " ", heading.casefold()).split())


def _headings(
    table: list[list[str]], path: str
) -> tuple[int, dict[str, int], dict[str, tuple[int, int, str]], list[Remark]]:
    """Where the rows begin, what each column is, the level columns with number and title, and remarks on the others."""
    for start, row in enumerate(table[:30]):
        columns: dict[str, int] = {}
        levels: dict[str, tuple[int, int, str]] = {}
        remarks: list[Remark] = []
        for index, heading in enumerate(row):
            words = _plain(heading)
            if match := LEVEL.fullmatch(words):
                number = int(match[1])
                title = re.split(rf"{number}\W*", heading.strip(), maxsplit=1)[-1].strip(" -:()")
                levels[f"level {number}"] = (index, number, title)
                columns[f"level {number}"] = index
            elif (known := KNOWN.get(words)) is not None and known not in columns:
                columns[known] = index
            elif words:
                remarks.append(Remark(cell_name(index, start + 1), f"the column “{heading.strip()}” is not used"))
        if "sub" in columns and (levels or ("level" in columns and {"measure", "means"} & columns.keys())):
            if "outcome" not in columns:
                remarks.insert(0, Remark(f"row {start + 1}", "no column for outcomes: all stand under one"))
            return start + 1, columns, levels, remarks
    raise CannotRead(
        f"{path} has no row of headings that says how to read it. It takes a column Outcome, a column Sub-outcome, and "
        "either a column for each level (Level 0, Level 1, …) or the columns Level and Measure"
    )


def _rows(table: list[list[str]], start: int, columns: dict[str, int]) -> Iterator[_Row]:
    """The rows below the headings that hold anything, blanks of merged-looking cells filled from above."""
    above: dict[str, str] = {}
    for number, row in enumerate(table[start:], start + 1):
        cells = {name: " ".join(row[index].split()) if index < len(row) else "" for name, index in columns.items()}
        if not any(cells.values()):
            continue
        if cells.get("outcome"):
            if cells["outcome"] != above.get("outcome"):
                above = {}
        elif "outcome" in columns:
            cells["outcome"] = above.get("outcome", "")
        if "level" in columns:
            changed = bool(cells["sub"]) and cells["sub"] != above.get("sub")
            cells["sub"] = cells["sub"] or above.get("sub", "")
            cells["level"] = cells["level"] or ("" if changed else above.get("level", ""))
        above = {name: cells[name] for name in ("outcome", "sub", "level") if name in cells}
        yield _Row(number, cells, columns)


@frozen
class _Tree:
    """Outcomes as they are met: their titles, and the parts of their sub-outcomes, by ids made of the titles."""

    titles: dict[str, str] = field(factory=dict)
    subs: dict[str, dict[str, SubOutcome]] = field(factory=dict)

    def outcome(self, title: str) -> str:
        return _id_for(title or "outcome", title or "All outcomes", self.titles)

    def sub(self, outcome: str, title: str, question: str | None) -> tuple[str, SubOutcome]:
        known = self.subs.setdefault(outcome, {})
        titles = {name: each.title for name, each in known.items()}
        name = _id_for(title, _bare(title), titles)
        return name, known.get(name) or SubOutcome(_bare(title), question=question or None)

    def grown(self) -> dict[str, Outcome]:
        return {name: Outcome(title, subs=self.subs.get(name, {})) for name, title in self.titles.items()}


def _bare(title: str) -> str:
    """A title without its number: a rewording or renumbering never orphans an answer, since the id is a word."""
    return NUMBERING.sub("", title).strip() or title.strip()


def _id_for(text: str, title: str, known: dict[str, str]) -> str:
    """The id under which `title` is known, or a new one: the first words of it, with a number only when two collide."""
    title = _bare(title)
    for name, other in known.items():
        if other == title:
            return name
    ascii_text = unicodedata.normalize("NFKD", _bare(text)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_text.casefold().replace("'", ""))
    name = ""
    for word in words:
        if len(name) + len(word) >= LONGEST_ID:
            break
        name = f"{name}-{word}" if name else word
    if not re.search("[a-z]", name):
        name = f"outcome-{name or len(known) + 1}"
    unique, count = name, 2
    while unique in known:
        unique, count = f"{name}-{count}", count + 1
    known[unique] = title
    return unique


def _wide(rows: list[_Row], levels: dict[str, int], remarks: list[Remark]) -> dict[str, Outcome]:
    tree = _Tree()
    for row in rows:
        if not row.cells["sub"]:
            if any(row.cells[name] for name in levels):
                remarks.append(Remark(row.cell("sub"), "blank, so the levels in this row belong to no sub-outcome"))
            continue
        if "outcome" in row.columns and not row.cells["outcome"]:
            remarks.append(Remark(row.cell("outcome"), "blank, and no outcome stands above it: the row is left out"))
            continue
        words = {number: row.cells[name] for name, number in levels.items() if row.cells[name]}
        if not words:
            remarks.append(Remark(row.cell("sub"), f"“{row.cells['sub']}” has no words for any level: left out"))
            continue
        outcome = tree.outcome(row.cells.get("outcome", ""))
        name, sub = tree.sub(outcome, row.cells["sub"], row.cells.get("question"))
        if sub.levels:
            remarks.append(Remark(row.cell("sub"), f"“{row.cells['sub']}” is there twice; the first one is kept"))
            continue
        highest = max(words)
        top = max(levels.values())
        remarks += _blanks(row, levels, highest)
        tree.subs[outcome][name] = SubOutcome(
            sub.title, question=sub.question, levels=words, highest=None if highest == top else highest
        )
    return tree.grown()


def _blanks(row: _Row, levels: dict[str, int], highest: int) -> Iterator[Remark]:
    """What a row's blank levels are taken for: the first above `highest` ends the sub-outcome, others lack words."""
    for name, number in sorted(levels.items(), key=lambda each: each[1]):
        if row.cells[name]:
            continue
        if number > highest:
            yield Remark(row.cell(name), f"blank: “{row.cells['sub']}” is taken to stop at level {highest}")
            return
        yield Remark(row.cell(name), f"blank: “{row.cells['sub']}” has no words for level {number}")


def _long(rows: list[_Row], remarks: list[Remark]) -> dict[str, Outcome]:
    tree = _Tree()
    for row in rows:
        number = re.fullmatch(r"(?:level |l)?(-?\d+)(?:\.0)?", row.cells["level"].casefold())
        if not row.cells["sub"]:
            remarks.append(Remark(row.cell("sub"), "blank, and no sub-outcome stands above it: the row is left out"))
            continue
        if number is None:
            said = f"“{row.cells['level']}” is not a level number" if row.cells["level"] else "blank: no level given"
            remarks.append(Remark(row.cell("level"), f"{said}, so the row is left out"))
            continue
        outcome = tree.outcome(row.cells.get("outcome", ""))
        name, sub = tree.sub(outcome, row.cells["sub"], row.cells.get("question"))
        level = int(number[1])
        levels, measures = dict(sub.levels), {key: list(group) for key, group in sub.measures.items()}
        if means := row.cells.get("means"):
            levels[level] = f"{levels[level]} {means}" if level in levels and means not in levels[level] else means
        if text := row.cells.get("measure"):
            taken = {measure.id: measure.text for group in measures.values() for measure in group}
            measures.setdefault(level, []).append(Measure(_id_for(text, text, taken), text, _kind(row, remarks)))
        tree.subs[outcome][name] = SubOutcome(
            sub.title,
            question=sub.question,
            levels=levels,
            measures={key: tuple(group) for key, group in measures.items()},
        )
    return tree.grown()


def _kind(row: _Row, remarks: list[Remark]) -> Kind | None:
    said = row.cells.get("kind", "")
    word = KINDS.get(_plain(said))
    if not said:
        return None
    if word is not None:
        return word
    remarks.append(Remark(row.cell("kind"), f"“{said}” is none of {listed(Kind)}: left out"))
    return None
