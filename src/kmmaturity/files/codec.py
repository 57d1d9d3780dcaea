"""Why plain data is not what its class takes: every problem at once, each with its pointer; cattrs finds them.

cattrs is lax by default (`"2"` becomes 2, 2.7 becomes 2, a text becomes its letters), so every type here has a hook
that takes exactly itself. The error tree is walked into findings; its own rendering loses field names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from cattrs import BaseConverter, ClassValidationError, Converter, IterableValidationError
from cattrs.errors import AttributeValidationNote, BaseValidationError, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn

from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.names import LONG, alike, closest, listed, numeral
from kmmaturity.domain.rules.rule import Rule
from kmmaturity.domain.rules.structure import LOOKS_LIKE_ANOTHER_TYPE, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE
from kmmaturity.files.remedies import (
    Help,
    as_date,
    as_field,
    as_item,
    as_list,
    as_mapping,
    as_table,
    as_whole,
    cut_by_a_colon,
)
from kmmaturity.files.shapes import FORMAT, Record, record
from kmmaturity.files.source import Syntax

__all__ = ["structure", "thing"]

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BARE = re.compile(r"true|false|[-+]?\.?(?:inf|nan)|[-+0-9.eE_]+", re.IGNORECASE)
LONGEST = 40
FORMATS = (("kmmaturity",), ("kmmodel",))  # where numbers stand of which there is one

Hook = Callable[[Any, Any], Any]


class Bare(str):
    """Text that YAML left unquoted, `2.0` or `true`, told as it stands there."""

    __slots__ = ()


class Misfit(ValueError):
    """One value that is not what its place takes; where that is, the notes of the error tree tell."""

    def __init__(
        self, rule: Rule, takes: str, value: object, help: Help | str = "", *, instead: str | int | date | None = None
    ) -> None:
        super().__init__(takes)
        self.rule, self.takes, self.value, self.help, self.instead = rule, takes, value, help, instead


def structure(data: Any, shape: Record, syntax: Syntax = "yaml") -> tuple[Any, tuple[Finding, ...]]:
    """The value of class `shape.kind` that `data` is, or None and every problem found on the way, in reading order.

    Help says what to write in `syntax`; plain data from a program is told as JSON.
    """
    try:
        return _converter().structure(data, shape.kind), ()
    except (BaseValidationError, Misfit) as error:
        return None, tuple(_walk(error, (), shape.kind, syntax, []))


def thing(pointer: Pointer) -> str:
    """What stands at `pointer`, as a sentence names it: `score` of learning.before, item 2 of `unit`."""
    if not pointer:
        return "the file"
    names: list[str] = []
    steps = list(pointer)
    while steps:
        taken = 1
        match steps:
            case [*_, "outcomes", outcome, "subs", sub]:
                names.append(f"{outcome}.{sub}")
                taken = 4
            case [*_, "benefit", name]:
                names.append(f"the benefit of {name}")
                taken = 2
            case [*_, "outcomes" | "subs" | "scores" | "glossary", name]:
                names.append(str(name))
                taken = 2
            case [*_, str() as name, int() as position] if name not in ("levels", "measures", "principles"):
                names.append(f"item {position + 1} of `{name}`")
                taken = 2
            case ["plan"] if names:
                pass
            case [*_, name]:
                names.append(f"`{name}`")
        steps = steps[:-taken]
    return " of ".join(names)


def shown(value: object) -> str:
    """A value as a message shows it: short, and in the file's own words."""
    match value:
        case None:
            return "blank"
        case bool():
            return str(value).lower()
        case int():
            return numeral(value)
        case Bare():
            return str(value)
        case str():
            return f'the text "{value if len(value) <= LONGEST else value[:LONGEST] + "…"}"'
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return str(value)


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, _word)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(date, _day)
    converter.register_structure_hook_factory(lambda kind: _origin(kind) is UnionType, _optional)
    converter.register_structure_hook_factory(lambda kind: _origin(kind) is tuple, _listing)
    converter.register_structure_hook_factory(lambda kind: _origin(kind) is FrozenMap, _table)
    converter.register_structure_hook_factory(lambda kind: hasattr(kind, "__attrs_attrs__"), _record)
    return converter


def _origin(kind: Any) -> Any:
    return get_origin(kind)


def _word(value: Any, kind: Any) -> str:
    """Text; cattrs brings every StrEnum here as well, being a str."""
    if kind is not str:
        return _choice(value, kind)
    if type(value) is not str:
        written = isinstance(value, float) or (isinstance(value, int) and abs(value) < LONG)
        quoted = f'Write it in quotes: "{shown(value)}".' if written else ""
        raise Misfit(WRONG_TYPE, "text", value, "Write it, or take its line away." if value is None else quoted)
    return value


def _whole(value: Any, _: Any) -> int:
    if type(value) is int:
        return value
    if isinstance(value, str) and INTEGER.fullmatch(value):
        if len(value) > LONGEST:
            raise Misfit(WRONG_TYPE, "a whole number", Bare(f"one of {len(value)} digits"), "Write a number such as 2.")
        help = f"Write {value} without the quotation marks."
        raise Misfit(LOOKS_LIKE_ANOTHER_TYPE, "a whole number", value, help, instead=int(value))
    bare = Bare(value) if isinstance(value, str) and BARE.fullmatch(value) else value
    help, meant = as_whole(value)
    raise Misfit(WRONG_TYPE, "a whole number", bare, help, instead=meant)


def _day(value: Any, _: Any) -> date:
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Misfit(WRONG_TYPE, "a day of the calendar", value, "Correct the day or the month.") from None
    help, meant = as_date(value)
    raise Misfit(WRONG_TYPE, "a date", value, help, instead=meant)


def _choice(value: Any, kind: type[StrEnum]) -> StrEnum:
    words = [str(each) for each in kind]
    if type(value) is str and value in words:
        return kind(value)
    near = closest(value, words) if isinstance(value, str) else None
    help = f"Did you mean {near}?" if near else "Write one of these words, or leave it out."
    raise Misfit(WRONG_TYPE, listed(words), value, help, instead=near)


def _optional(kind: Any, converter: BaseConverter) -> Hook:
    (item,) = [each for each in get_args(kind) if each is not NoneType]
    handle = converter.get_structure_hook(item)  # once: cattrs would look for it at each value
    return lambda value, _: None if value is None else handle(value, item)


def _listing(kind: Any, converter: BaseConverter) -> Hook:
    item = get_args(kind)[0]
    handle = converter.get_structure_hook(item)
    long = record(item) if hasattr(item, "__attrs_attrs__") and not record(item).short else None

    def entry(value: Any) -> Any:
        if long is not None and type(value) is not dict:
            raise Misfit(WRONG_TYPE, "a mapping", value, as_item(long, value))
        return handle(value, item)

    def hook(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Misfit(WRONG_TYPE, "a list", value, as_list(value, item))
        return tuple(_each(enumerate(value), kind, entry))

    return hook


def _table(kind: Any, converter: BaseConverter) -> Hook:
    key_kind, value_kind = get_args(kind)
    handle = converter.get_structure_hook(value_kind)
    blank = hasattr(value_kind, "__attrs_attrs__") and record(value_kind).blank

    def entry(value: Any) -> Any:
        return value_kind() if blank and value is None else handle(value, value_kind)

    def hook(value: Any, _: Any) -> FrozenMap[Any, Any]:
        if type(value) is not dict:
            raise Misfit(WRONG_TYPE, "a mapping", value, as_table(value))
        wrong = [key for key in value if type(key) is not key_kind]
        if wrong:
            takes = "level numbers as its keys" if key_kind is int else "words as its keys"
            raise Misfit(WRONG_TYPE, takes, wrong[0], "Correct the key.")
        return FrozenMap(zip(value, _each(value.items(), kind, entry), strict=True))

    return hook


def _each(entries: Any, kind: Any, handle: Any) -> list[Any]:
    """Every entry handled; all that went wrong is raised together, each problem noted with its key or position."""
    done: list[Any] = []
    wrong: list[Exception] = []
    for step, value in entries:
        try:
            done.append(handle(value))
        except Exception as error:  # noqa: BLE001  # collected and raised together below
            error.add_note(IterableValidationNote("", step, kind))
            wrong.append(error)
    if wrong:
        raise IterableValidationError("", wrong, kind)
    return done


def _record(kind: Any, converter: BaseConverter) -> Hook:
    inner = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)
    shape = record(kind)
    short_kind = next((each.type for each in kind.__attrs_attrs__ if each.name == shape.short), None)
    short = converter.get_structure_hook(short_kind) if shape.short else None

    def filled(data: dict[Any, Any]) -> dict[Any, Any]:
        """`data` without the fields that are left blank, and with texts for names, which cattrs relies on."""
        if not data.keys() <= shape.fields.keys():
            data = {key if isinstance(key, str) else shown(key): each for key, each in data.items()}
        blank = [
            key
            for key, each in data.items()
            if (each is None or each == []) and key in shape.fields and (each is None or shape.fields[key].required)
        ]
        return {key: each for key, each in data.items() if key not in blank} if blank else data

    def hook(value: Any, _: Any) -> Any:
        if type(value) is not dict:
            if short is None or isinstance(value, list):
                raise Misfit(WRONG_TYPE, "a mapping", value, as_mapping(shape, value))
            return kind(**{str(shape.short): short(value, short_kind)})
        if short is not None and (cut := cut_by_a_colon(value, shape)):
            told, whole = cut
            help = f'A colon and a space make a field of a text: put the whole of it in quotes: "{whole}".'
            raise Misfit(WRONG_TYPE, "text", Bare(f"the field `{told}`"), help)
        return inner(filled(value), kind)

    return hook


Steps = tuple[str | int, ...]  # of a pointer, which is made at the end of the way


def _walk(error: BaseException, steps: Steps, kind: Any, syntax: Syntax, found: list[Finding]) -> list[Finding]:
    """Adds the findings of one node of the error tree to those `found`; notes on the way down spell the steps."""
    error.__traceback__ = None  # or it and the frame that collects errors keep each other until Python looks for cycles
    match error:
        case Misfit():
            pointer = Pointer(steps)
            help = error.help if isinstance(error.help, str) else error.help.of(syntax)
            if steps in FORMATS:
                help = f"Write {FORMAT}."
            message = f"{thing(pointer)} takes {error.takes}, and this is {shown(error.value)}"
            found.append(error.rule.found(message, pointer, help=help, instead=error.instead))
        case ClassValidationError() | IterableValidationError():
            owner = error.cl if isinstance(error, ClassValidationError) else kind
            for each in error.exceptions:
                _walk(each, steps + _step(each), owner, syntax, found)
        case ForbiddenExtraKeysError():
            found += [_unknown_field(name, Pointer(steps), error.cl) for name in sorted(error.extra_fields)]
        case KeyError():
            found.append(_missing_field(Pointer(steps), syntax))
        case ValueError() | TypeError():
            pointer, help = Pointer(steps), "Correct the two so that they agree."
            found.append(WRONG_TYPE.found(f"{thing(pointer)}: {error}", pointer, help=help))
        case _:
            raise error
    return found


def _step(error: BaseException) -> Steps:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()


def _unknown_field(name: str, pointer: Pointer, kind: Any) -> Finding:
    fields = record(kind).fields
    near = closest(name, fields)
    if near:
        help = f"Did you mean `{near}`?{alike(name, near)}"
    elif not pointer and "." in name and "scores" in fields:
        help = "Scores stand under `scores:`, indented by two spaces."
    else:
        help = f"Its fields are {listed(fields, most=20, last='and')}."
    message = f"{thing(pointer)} has no field `{name}`"
    return UNKNOWN_FIELD.found(message, pointer / name, help=help, on_key=True, instead=near)


EXAMPLES: dict[str, object] = {
    "kmmaturity": 1,
    "kmmodel": 1,
    "model": "starter@1.0",
    "assessed": "2026-11-24",
    "version": "1.0",
}


def _missing_field(pointer: Pointer, syntax: Syntax) -> Finding:
    *above, name = pointer
    where = "the file" if not above else thing(Pointer(above))
    return MISSING_FIELD.found(
        f"{where} has no `{name}`", pointer, help=as_field(name, EXAMPLES.get(str(name))).of(syntax)
    )
