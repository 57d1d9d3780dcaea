"""The diagnosis of plain data that the gate refused: all that is wrong with it, and what is left when that is mended.

Only files with something wrong come here.
"""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType
from typing import Any, TypeVar

from attrs import Factory, frozen

from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.domain.names import alike, closest, listed, numeral
from kmmaturity.domain.rules.file import NEWER_FORMAT
from kmmaturity.domain.rules.structure import MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE
from kmmaturity.files import gate
from kmmaturity.files.builder import excludes, exclusion
from kmmaturity.files.codec import Misfit, taken_as
from kmmaturity.files.mending import mended
from kmmaturity.files.remedies import as_field, as_item, as_list, as_mapping, as_table, cut_by_a_colon
from kmmaturity.files.shapes import FORMAT, MODEL, Field, Listing, Record, Shape, Table
from kmmaturity.files.source import Syntax
from kmmaturity.files.wording import Bare, shown, thing

__all__ = ["problems", "rest", "wrong"]

Made = TypeVar("Made")
Steps = tuple[str | int, ...]  # of a pointer, which is made where there is something to say
FORMATS = (("kmmaturity",), ("kmmodel",))  # where numbers stand of which there is one
PLAIN = (NoneType, bool, int, float, str, list, dict)  # all that a file can hold


def wrong(data: Any, record: Record, version: str, syntax: Syntax) -> tuple[Finding, ...]:
    """What is wrong with `data`, a file of the form `record` whose format stands at `version`; help is in `syntax`."""
    if isinstance(data, dict) and type(number := data.get(version)) is int and number != FORMAT:
        return (_other_format(number, version),)
    return problems(data, record, syntax)


def _other_format(number: int, version: str) -> Finding:
    pointer = Pointer((version,))
    if number > FORMAT:
        message = f"this file is written in format {numeral(number)}, and this version reads up to {FORMAT}"
        return NEWER_FORMAT.found(message, pointer)
    return WRONG_TYPE.found(f"`{version}` is {numeral(number)}, and formats begin at 1", pointer, help="Write 1.")


def _right(data: Any, shape: Shape) -> bool:
    """Whether the gate takes `data` for one of `shape`, and nothing in it excludes something else in it."""
    found = gate.accept_data(data, shape)
    return found is not None and not (isinstance(shape, Record) and exclusion(found, shape))


def problems(
    data: Any, record: Record, syntax: Syntax, *, right: Callable[[Any, Shape], bool] = _right
) -> tuple[Finding, ...]:
    """All that is wrong with `data`, a file of the form `record`, in reading order.

    A list or record that is `right` is not entered, since most of a broken file are. Help says what to write in
    `syntax`; plain data from a program is told as JSON.
    """
    walk = _Walk(syntax, right)
    walk.record(data, record, ())
    return tuple(walk.found)


@frozen(eq=False)
class _Walk:
    """The way through plain data beside its shape, and what was `found` so far."""

    syntax: Syntax
    right: Callable[[Any, Shape], bool]
    found: list[Finding] = Factory(list)

    def value(self, data: Any, shape: Shape, steps: Steps) -> None:
        match shape:
            case Record():
                if not self.right(data, shape):
                    self.record(data, shape, steps)
            case Listing(item):
                if not self.right(data, shape):
                    self.listing(data, item, steps)
            case Table():
                self.table(data, shape, steps)  # the keys are looked at first, and then each value on its own
            case _:
                try:
                    taken_as(shape)(data)
                except Misfit as error:
                    if type(data) in PLAIN or not self.right(data, shape):  # as a date of Python is
                        self.misfit(error, steps)

    def record(self, data: Any, record: Record, steps: Steps) -> None:
        if not isinstance(data, dict):
            if record.short is None or isinstance(data, list):
                self.misfit(Misfit(WRONG_TYPE, "a mapping", data, as_mapping(record, data)), steps)
            else:
                self.value(data, record.fields[record.short].shape, steps)
            return
        if cut := cut_by_a_colon(data, record):
            told, whole = cut
            help = f'A colon and a space make a field of a text: put the whole of it in quotes: "{whole}".'
            self.misfit(Misfit(WRONG_TYPE, "text", Bare(f"the field `{told}`"), help), steps)
            return
        sound = {}
        for name, value in data.items():
            field = record.fields.get(name) if type(name) is str else None  # the gate takes no other
            before = len(self.found)
            if field is None:
                self.unknown(name, steps, record)
            elif not _blank(value, field):
                self.value(value, field.shape, (*steps, name))
                if len(self.found) == before:
                    sound[name] = value
        for name in record.required:
            if _blank(data.get(name), record.fields[name]):
                self.missing(name, steps)
        if steps and excludes(record):  # a whole file has nothing that excludes each other
            self.excluding(sound, record, steps)

    def excluding(self, sound: dict[str, Any], record: Record, steps: Steps) -> None:
        found = gate.accept_data(sound, record)
        if found is not None and (told := exclusion(found, record)):
            pointer = Pointer(steps)
            help = "Correct the two so that they agree."
            self.found.append(WRONG_TYPE.found(f"{thing(pointer)}: {told}", pointer, help=help))

    def listing(self, data: Any, item: Shape, steps: Steps) -> None:
        if not isinstance(data, list | tuple):
            self.misfit(Misfit(WRONG_TYPE, "a list", data, as_list(data, item)), steps)
            return
        long = item if isinstance(item, Record) and item.short is None else None
        for index, value in enumerate(data):
            if long is not None and not isinstance(value, dict):
                self.misfit(Misfit(WRONG_TYPE, "a mapping", value, as_item(long, value)), (*steps, index))
            else:
                self.value(value, item, (*steps, index))

    def table(self, data: Any, table: Table, steps: Steps) -> None:
        if not isinstance(data, dict):
            self.misfit(Misfit(WRONG_TYPE, "a mapping", data, as_table(data)), steps)
            return
        entries = {
            key: value for key, value in data.items() if (type(key) is int if table.whole else isinstance(key, str))
        }
        if len(entries) < len(data):
            odd = next(key for key in data if key not in entries)
            takes = "whole numbers as its keys" if table.whole else "words as its keys"
            self.misfit(Misfit(WRONG_TYPE, takes, odd, "Correct the key."), steps)
        blank = isinstance(table.value, Record) and table.value.blank
        for key, value in entries.items():
            if not (blank and value is None):
                self.value(value, table.value, (*steps, key))

    def misfit(self, error: Misfit, steps: Steps) -> None:
        pointer = Pointer(steps)
        help = error.help if isinstance(error.help, str) else error.help.of(self.syntax)
        if steps in FORMATS:
            help = f"Write {FORMAT}."
        message = f"{thing(pointer)} takes {error.takes}, and this is {shown(error.value)}"
        self.found.append(error.rule.found(message, pointer, help=help, instead=error.instead))

    def missing(self, name: str, steps: Steps) -> None:
        message = f"{thing(Pointer(steps))} has no `{name}`"
        help = as_field(name).of(self.syntax)
        self.found.append(MISSING_FIELD.found(message, Pointer((*steps, name)), help=help))

    def unknown(self, key: Any, steps: Steps, record: Record) -> None:
        name = key if isinstance(key, str) else shown(key)
        near = closest(name, record.fields)
        if near:
            help = f"Did you mean `{near}`?{alike(name, near)}"
        elif not steps and "." in name and "scores" in record.fields:
            help = "Scores stand under `scores:`, indented by two spaces."
        else:
            help = f"Its fields are {listed(record.fields, most=20, last='and')}."
        message = f"{thing(Pointer(steps))} has no field `{name}`"
        self.found.append(UNKNOWN_FIELD.found(message, Pointer((*steps, name)), help=help, on_key=True, instead=near))


def _blank(value: Any, field: Field) -> bool:
    """Whether a field is left blank: without a value, or without an item where one is required."""
    return value is None or (field.required and isinstance(value, list | tuple | set | frozenset) and not value)


def rest(data: Any, findings: tuple[Finding, ...], record: Record, make: Callable[[Any], Made]) -> Made | None:
    """What `make` makes of `data` once what the `findings` say of it is mended.

    None when it is past that, or when two right parts of it exclude each other.
    """
    if any(_past_mending(each.pointer, record) for each in findings):
        return None
    for each in findings:
        data = mended(data, record, each.pointer)
    found = gate.accept_data(data, record)
    try:
        return None if found is None else make(found)
    except ValueError:
        return None


def _past_mending(pointer: Pointer, record: Record) -> bool:
    """Whether what stands at `pointer` is too much of the file for the rest to be judged without it."""
    match [*pointer]:
        case []:
            return True
        case ["scale", *_] | ["outcomes"] | ["outcomes", _] | ["outcomes", _, "subs"]:
            return record is MODEL
        case _:
            return False
