"""The diagnosis of plain data that the gate refused: all that is wrong with it, and what is left when that is mended.

Only files with something wrong come here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.domain.names import numeral
from kmmaturity.domain.rules.file import NEWER_FORMAT
from kmmaturity.domain.rules.structure import WRONG_TYPE
from kmmaturity.files import gate
from kmmaturity.files.builder import refuse
from kmmaturity.files.codec import structure
from kmmaturity.files.mending import mended
from kmmaturity.files.shapes import FORMAT, MODEL, Listing, Record, Shape, Table
from kmmaturity.files.source import Syntax

__all__ = ["doubtful", "rest", "wrong"]

Made = TypeVar("Made")


def wrong(data: Any, record: Record, version: str, syntax: Syntax) -> tuple[Finding, ...]:
    """What is wrong with `data`, a file of the form `record` whose format stands at `version`; help is in `syntax`."""
    if isinstance(data, dict) and type(number := data.get(version)) is int and number != FORMAT:
        return (_other_format(number, version),)
    return structure(doubtful(data, record), record, syntax)[1]


def _other_format(number: int, version: str) -> Finding:
    pointer = Pointer((version,))
    if number > FORMAT:
        message = f"this file is written in format {numeral(number)}, and this version reads up to {FORMAT}"
        return NEWER_FORMAT.found(message, pointer)
    return WRONG_TYPE.found(f"`{version}` is {numeral(number)}, and formats begin at 1", pointer, help="Write 1.")


def doubtful(data: Any, record: Record) -> Any:
    """`data` without the parts, and the entries of tables, that are right, so that only the others are diagnosed."""
    if type(data) is not dict:
        return data
    left = data.copy()
    for name, held in data.items():
        field = record.fields.get(name)
        if field is None or type(held) not in (dict, list):
            continue
        match field.shape:
            case Table(whole, value) if type(held) is dict:
                left[name] = _entries(held, int if whole else str, value)
            case Record(short=None) | Listing() as shape:
                if not field.required and _right(held, shape):
                    del left[name]
                elif type(shape) is Record:
                    left[name] = doubtful(held, shape)
    return left


def _entries(table: dict[Any, Any], kind: type, value: Shape) -> dict[Any, Any]:
    """The doubtful entries of a table whose keys are of a `kind`."""
    found = {key: each for key, each in table.items() if type(key) is not kind or not _right(each, value)}
    if type(value) is Record and value.short is None:
        return {key: doubtful(each, value) for key, each in found.items()}
    return found


def _right(data: Any, shape: Shape) -> bool:
    found = gate.accept_data(data, shape)
    if found is None or type(shape) is not Record:
        return found is not None
    try:
        refuse(found, shape)
    except ValueError:  # each part of it is right, and they exclude each other
        return False
    return True


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
