"""What to write instead: the help beside a value that its place does not take, from what was probably meant."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from attrs import evolve, frozen

from kmmaturity.domain.assessment import Score
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import closest, listed, numeral
from kmmaturity.domain.rules.structure import WRONG_TYPE
from kmmaturity.files.emitter import key
from kmmaturity.files.shapes import Record, Shape, Text, record
from kmmaturity.files.source import Syntax

__all__ = [
    "Help",
    "as_date",
    "as_field",
    "as_item",
    "as_list",
    "as_mapping",
    "as_table",
    "as_whole",
    "at_level",
    "cut_by_a_colon",
]

LONGEST, MANY_DIGITS = 80, 10**80
WHOLE, NUMBER = re.compile(r"-?(0|[1-9][0-9]*)"), re.compile(r"(?:(?<!\w)[-\u2212])?\d+")
BETWEEN = re.compile(r"\d+ *(?:[.,/\u2013-]|or|to|and) *(?!0$)\d+")
_NO_COLON = re.compile(r"(?P<name>[\w-]+)(?P<colon>:?)\s+(?P<told>\S.*)")  # a name that did not become a key
BULLET = re.compile(r"(?:[-*\u2022\u00b7\u2013\u2014]\s*)+")
MINUS = "\u2212"
CURLY = "\u2018\u2019\u201c\u201d"  # the quotation marks of word processors
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NOT_OURS = {"n/a", "na", "not applicable", "none", "-"}
NOT_YET = {"", "tbc", "tbd", "?", "unknown", "not known", "not sure", "don't know", "not assessed", "not yet", "later"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
YEAR, MONTH, DAY = r"(?P<year>\d{4}|\d\d)", r"(?P<month>\d\d?)", r"(?P<day>\d\d?)"
DATES = tuple(
    re.compile(order, re.IGNORECASE)
    for order in (
        rf"(?=\d{{4}}|2\d-){YEAR}[-/.]{MONTH}[-/.]{DAY}(?:[t ].*)?",
        rf"{DAY}[-/. ]{MONTH}[-/. ]{YEAR}",
        rf"{MONTH}[-/. ]{DAY}[-/. ]{YEAR}",
        rf"{DAY}(?:st|nd|rd|th)?[ -](?P<name>[a-z]{{3,9}})\.?,?[ -]{YEAR}",
    )
)
EXAMPLES: dict[str, object] = {
    "kmmaturity": 1,
    "kmmodel": 1,
    "model": "starter@1.0",
    "assessed": "2026-11-24",
    "version": "1.0",
}
WHOLE_FILES = {
    "kmmaturity": "An assessment begins with `kmmaturity: 1`; `kmmaturity new` writes one to start from.",
    "kmmodel": "A model begins with `kmmodel: 1`; `kmmaturity model new` writes one to start from.",
}


@frozen
class Help:
    """What to write, in a YAML file and in JSON or plain data."""

    yaml: str
    json: str

    def of(self, syntax: Syntax) -> str:
        """What to write in `syntax`."""
        return self.yaml if syntax == "yaml" else self.json


def as_whole(value: object) -> tuple[str, int | None]:
    """How to write the whole number that was probably meant; and that number, unless it is a guess.

    It is none of `2.0`, or of a number in curly quotes.
    """
    try:
        told = str(value).strip(CURLY).removesuffix(".0").casefold()
    except ValueError:  # a list or a mapping with a number in it that is too long for Python to write
        told = ""
    if len(told) <= LONGEST and WHOLE.fullmatch(told):
        return f"Write {told}.", int(told)
    if told in NUMBERS:
        return f"Write {NUMBERS.index(told)}.", None
    if len(told) > LONGEST or len(found := NUMBER.findall(told)) != 1:
        return "Write a number such as 2.", None
    return f"Write the number alone: {int(found[0].replace(MINUS, '-'))}.", None


def at_level(finding: Finding, data: Any, model: MaturityModel, syntax: Syntax) -> Finding:
    """A finding on a score or target with help from the model's levels; any other as it is."""
    match [*finding.pointer]:
        case ["scores", name] if name in record(Score).fields:
            return evolve(finding, help=f"Indent `{name}:` by two spaces more: it belongs to the outcome above.")
        case ["scores", name] | ["scores", name, "score" | "target"] | ["scores", name, "target", "level"]:
            told = data["scores"].get(name)
            for step in finding.pointer[2:]:
                told = told.get(str(step)) if isinstance(told, dict) else None
        case _:
            return finding
    target = "target" in finding.pointer
    if finding.code != WRONG_TYPE.code or not isinstance(told, str | float):
        return finding
    lone = len(finding.pointer) == 2
    help = _as_level(str(told).strip(f"{CURLY} "), model, lone=lone, target=target)
    if help is None:
        return finding
    named = {level.title.casefold(): level.level for level in model.scale}
    instead = None if lone else named.get(str(told).strip().casefold(), finding.instead)
    return evolve(finding, help=help.of(syntax), instead=instead)


def _as_level(told: str, model: MaturityModel, *, lone: bool, target: bool) -> Help | None:
    for level in model.scale:
        if told.casefold() == level.title.casefold():
            begun, number = f"{level.title} is level {level.level}: write ", level.level
            if not lone:
                return Help(f"{begun}{number}.", f"{begun}{number}.")
            return Help(f"{begun}`score: {number}` indented on the next line.", f"{begun}{_json({'score': number})}.")
    if target and told.casefold() in NOT_OURS:
        return Help("Leave it blank.", "Leave it out.")
    if target and (dated := re.fullmatch(r"(\d+)\b\D*(\d{4}-\d\d-\d\d)", told)):
        in_json = _json({"level": int(dated[1]), "by": dated[2]})
        return Help(f"Write {{level: {dated[1]}, by: {dated[2]}}}.", f"Write {in_json}.")
    if told.casefold() in NOT_OURS:
        why = "Say why with `inapplicable:` in place of it, or leave it blank."
        return Help(why, why)
    if told.casefold() in NOT_YET:
        blank = "Leave it blank while it is not known."
        return Help(blank, blank)
    if BETWEEN.fullmatch(told):
        lower = "Nothing lies between two levels: write the lower one until all of the higher one is there."
        return Help(lower, lower)
    return None


def as_date(value: object) -> tuple[str, date | None]:
    """How to write the day or the two days that were probably meant; and the one day, unless that is a guess.

    It is one where the year is cut short.
    """
    match _days(value):
        case [day]:
            meant = day if re.search(r"\d{4}", str(value)) else None
            return f"Write it as year-month-day, {day}.", meant
        case [day, other]:
            told = " or ".join(f"{each} for {each.day} {MONTHS[each.month - 1]}" for each in (day, other))
            return f"Write it as year-month-day: {told}.", None
        case _:
            return "Write it as year-month-day, such as 2026-09-30.", None


def _days(value: object) -> list[date]:
    """The days that `value` can mean in an everyday order: day first, as is usual here, or month first."""
    found: list[date] = []
    if not isinstance(value, str) or len(value) > LONGEST:
        return found
    for order in DATES:
        if told := order.fullmatch(value.strip()):
            parts = told.groupdict()
            name = parts.get("name", "").title()
            named = [number for number, month in enumerate(MONTHS, 1) if name and month.startswith(name)]
            century = 2000 if len(parts["year"]) == 2 else 0
            try:
                day = date(
                    century + int(parts["year"]), int(parts.get("month") or max(named, default=0)), int(parts["day"])
                )
            except ValueError:
                continue
            if day not in found:
                found.append(day)
    return found


def as_list(value: object, item: Shape) -> Help:
    """How to write the list of `item`s that a lone value was probably meant for."""
    if isinstance(value, dict) and value:
        first = next(iter(value))
        name = numeral(first) if isinstance(first, int) else first
        dash = f"Put a dash and a space before `{name}`, and two spaces more before its other lines."
        return Help(dash, "Put it between [ and ].")
    if not _short(value):
        return Help("Write each item on a line of its own, after a dash and a space.", "Put the items between [ and ].")
    value = BULLET.sub("", value, count=1) if isinstance(value, str) and BULLET.match(value) else value
    several = re.split(r", *", str(value))
    if len(several) > 1 and all(re.fullmatch(r"[\w.-]+", each) for each in several):
        return Help(f"Write `[{', '.join(several)}]`.", f"Write {_json(several)}.")
    first, inside = "", value
    if isinstance(item, Record):
        name = item.short or next(iter(item.fields))
        if not item.short:
            first, inside = f"{name}: ", {name: value}
        item = item.fields[name].shape
    written = key(str(value)) if isinstance(item, Text) else value
    return Help(
        f"Begin each item with a dash and a space, on a line of its own: `- {first}{written}`.",
        f"Write {_json([inside])}.",
    )


def as_field(name: str) -> Help:
    """How to write the field `name` where it is missing, with an example where there is one."""
    value = EXAMPLES.get(name)
    if value is None:
        return Help(f"Add `{name}:` and its value.", f'Add "{name}" and its value.')
    written = f'"{value}"' if name == "version" else value  # which a reader would take for a number
    return Help(f"Add a line such as `{name}: {written}`.", f'Add "{name}": {_json(value)} or the like.')


def as_table(value: object) -> Help:
    """How to write the mapping of names to values that a lone value was probably meant for."""
    told = value if _short(value) else "value"
    return Help(f"Write `name: {told}`, each on a line of its own, indented.", f"Write {_json({'name': told})}.")


def cut_by_a_colon(value: dict[Any, Any], shape: Record) -> tuple[str, str] | None:
    """The field that a text with a colon in it became, and the text; None where `value` was meant as a mapping."""
    if shape.short is None or not isinstance(shape.fields[shape.short].shape, Text):
        return None
    (name, rest), *others = value.items() or ((None, None),)
    meant = others or not isinstance(name, str) or not isinstance(rest, str) or not re.search(r" |^[A-Z]", name)
    if meant or closest(str(name), shape.fields):
        return None
    whole = f"{name}: {rest}"
    return str(name), whole if len(whole) <= LONGEST * 2 else f"{whole[: LONGEST * 2]}…"


def as_mapping(shape: Record, value: object) -> Help | str:
    """How to write the mapping that a lone scalar was probably meant for."""
    first = next(iter(shape.fields))
    if first in WHOLE_FILES:
        return WHOLE_FILES[first]
    if not _short(value):
        return f"It holds {listed(shape.fields)}."
    if isinstance(value, str) and (parted := _NO_COLON.fullmatch(value)) and parted["name"] in shape.fields:
        name, colon, told = parted["name"], parted["colon"], parted["told"]
        missing = "what stands there only looks like a space" if colon else "the colon is missing"
        return Help(f"Write `{name}: {told}`: after `{name}{colon}`, {missing}.", f"Write {_json({name: told})}.")
    return Help(f"Write `{first}: {value}` indented on the next line.", f"Write {_json({first: value})}.")


def as_item(shape: Record, value: object) -> Help | str:
    """How to write the item of a list that a lone scalar was probably meant for."""
    first = next(iter(shape.fields))
    if not _short(value):
        return f"It holds {listed(shape.fields)}."
    return Help(f"Write `- {first}: {value}`.", f"Write {_json({first: value})}.")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _short(value: object) -> bool:
    """Whether `value` is a text or number on one line that help can repeat."""
    match value:
        case str():
            return re.fullmatch(r".{1,80}", value) is not None
        case int() if not isinstance(value, bool):
            return abs(value) < MANY_DIGITS
        case _:
            return False
