"""The diagnosis: why plain data is not what a file holds, every problem at once, each with its pointer.

cattrs is lax by default (`"2"` becomes 2, 2.7 becomes 2, a text becomes its letters), so every type here has a hook
that takes exactly itself. The error tree is walked into findings; its own rendering loses field names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin

from cattrs import BaseConverter, ClassValidationError, Converter, IterableValidationError
from cattrs.errors import AttributeValidationNote, BaseValidationError, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn

from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.names import closest, listed
from kmmaturity.domain.rules.rule import Rule
from kmmaturity.domain.rules.structure import LOOKS_LIKE_ANOTHER_TYPE, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE
from kmmaturity.files.remedies import as_list, as_mapping, cut_by_a_colon, turned
from kmmaturity.files.shapes import Record, record

__all__ = ["structure", "thing"]

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BARE = re.compile(r"true|false|[-+]?\.?(?:inf|nan)|[-+0-9.eE_]+", re.IGNORECASE)
CURLY = "\u2018\u2019\u201c\u201d"  # the quotation marks of word processors
NOT_OURS = {"n/a", "na", "not applicable", "none", "-"}
LONGEST = 40

Hook = Callable[[Any, Any], Any]


class Bare(str):
    """Text that YAML left unquoted, `2.0` or `true`, told as it stands there."""

    __slots__ = ()


class Misfit(ValueError):
    """One value that is not what its place takes; where that is, the notes of the error tree tell."""

    def __init__(
        self, rule: Rule, takes: str, value: object, help: str = "", *, instead: str | int | date | None = None
    ) -> None:
        super().__init__(takes)
        self.rule, self.takes, self.value, self.help, self.instead = rule, takes, value, help, instead


def structure(data: Any, shape: Record) -> tuple[Any, tuple[Finding, ...]]:
    """The value of class `shape.kind` that `data` is, or None and every problem found on the way, in reading order."""
    try:
        return _converter().structure(data, shape.kind), ()
    except (BaseValidationError, Misfit) as error:
        found = list(_walk(error, Pointer(), shape.kind))
        return None, tuple(found)


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
        quoted = f'Write it in quotes: "{shown(value)}".' if isinstance(value, int | float) else ""
        raise Misfit(WRONG_TYPE, "text", value, quoted)
    return value


def _whole(value: Any, _: Any) -> int:
    if type(value) is int:
        return value
    if isinstance(value, str) and INTEGER.fullmatch(value):
        if len(value) > LONGEST:
            raise Misfit(WRONG_TYPE, "a whole number", Bare(f"one of {len(value)} digits"), "Write a number such as 2.")
        help = f"Write {value} without the quotation marks."
        raise Misfit(LOOKS_LIKE_ANOTHER_TYPE, "a whole number", value, help, instead=int(value))
    if isinstance(value, str) and value.casefold() in NOT_OURS:
        raise Misfit(
            WRONG_TYPE, "a whole number", value, "Say why with `inapplicable:` in place of it, or leave it blank."
        )
    number = str(value).strip(CURLY).removesuffix(".0")
    plain = type(value) is not bool and len(number) <= LONGEST and INTEGER.fullmatch(number)
    bare = Bare(value) if isinstance(value, str) and BARE.fullmatch(value) else value
    if plain:
        raise Misfit(WRONG_TYPE, "a whole number", bare, f"Write {number}.", instead=int(number))
    raise Misfit(WRONG_TYPE, "a whole number", bare, "Write a number such as 2.")


def _day(value: Any, _: Any) -> date:
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Misfit(WRONG_TYPE, "a day of the calendar", value, "Correct the day or the month.") from None
    meant = turned(value)
    help = f"Write it as year-month-day, {meant or 'such as 2026-09-30'}."
    raise Misfit(WRONG_TYPE, "a date", value, help, instead=meant)


def _choice(value: Any, kind: type[StrEnum]) -> StrEnum:
    words = [str(each) for each in kind]
    if type(value) is str and value in words:
        return kind(value)
    near = closest(value, words) if isinstance(value, str) else None
    help = f"Did you mean {near}?" if near else "Write one of these words."
    raise Misfit(WRONG_TYPE, listed(words), value, help, instead=near)


def _listing(kind: Any, converter: BaseConverter) -> Hook:
    item = get_args(kind)[0]
    handle = converter.get_structure_hook(item)

    def hook(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Misfit(WRONG_TYPE, "a list", value, as_list(value, item))
        return tuple(_each(enumerate(value), kind, lambda entry: handle(entry, item)))

    return hook


def _table(kind: Any, converter: BaseConverter) -> Hook:
    key_kind, value_kind = get_args(kind)
    handle = converter.get_structure_hook(value_kind)
    blank = hasattr(value_kind, "__attrs_attrs__") and record(value_kind).blank

    def entry(value: Any) -> Any:
        return value_kind() if blank and value is None else handle(value, value_kind)

    def hook(value: Any, _: Any) -> FrozenMap[Any, Any]:
        if type(value) is not dict:
            raise Misfit(WRONG_TYPE, "a mapping", value, "Write `name: value`, each on a line of its own, indented.")
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
            _note(error, IterableValidationNote("", step, kind))
            wrong.append(error)
    if wrong:
        raise IterableValidationError("", wrong, kind)
    return done


def _note(error: Exception, note: Any) -> None:
    error.__notes__ = [*getattr(error, "__notes__", ()), note]


def _record(kind: Any, converter: BaseConverter) -> Hook:
    inner = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)
    shape = record(kind)
    short_kind = next((each.type for each in kind.__attrs_attrs__ if each.name == shape.short), None)
    short = converter.get_structure_hook(short_kind) if shape.short else None

    def blank(key: Any, value: Any) -> bool:
        field = shape.fields.get(key)
        return field is not None and (value is None or (field.required and value == []))

    def hook(value: Any, _: Any) -> Any:
        if type(value) is not dict:
            if short is None or isinstance(value, list):
                raise Misfit(WRONG_TYPE, "a mapping", value, as_mapping(shape, value))
            return kind(**{str(shape.short): short(value, short_kind)})
        if short is not None and (cut := cut_by_a_colon(value, shape)):
            told, whole = cut
            help = f'A colon and a space make a field of a text: put the whole of it in quotes: "{whole}".'
            raise Misfit(WRONG_TYPE, "text", Bare(f"the field `{told}`"), help)
        return inner({key: each for key, each in value.items() if not blank(key, each)}, kind)

    return hook


def _walk(error: BaseException, pointer: Pointer, kind: Any) -> Iterator[Finding]:
    """The findings of one node of the error tree; notes on the way down spell the pointer."""
    match error:
        case ClassValidationError() | IterableValidationError():
            owner = error.cl if isinstance(error, ClassValidationError) else kind
            for each in error.exceptions:
                yield from _walk(each, _step(pointer, each), owner)
        case ForbiddenExtraKeysError():
            for name in sorted(error.extra_fields, key=str):
                yield _unknown_field(str(name), pointer, error.cl)
        case KeyError():
            yield _missing_field(pointer)
        case Misfit():
            message = f"{thing(pointer)} takes {error.takes}, and this is {shown(error.value)}"
            yield error.rule.found(message, pointer, help=error.help, instead=error.instead)
        case ValueError() | TypeError():
            yield WRONG_TYPE.found(f"{thing(pointer)}: {error}", pointer, help="Correct the two so that they agree.")
        case _:
            raise error


def _step(pointer: Pointer, error: BaseException) -> Pointer:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return pointer / note.name
        if isinstance(note, IterableValidationNote):
            return pointer / note.index
    return pointer


def _unknown_field(name: str, pointer: Pointer, kind: Any) -> Finding:
    fields = record(kind).fields
    near = closest(name, fields)
    if near:
        help = f"Did you mean `{near}`?"
    elif not pointer and "." in name and "scores" in fields:
        help = "Scores stand under `scores:`, indented by two spaces."
    else:
        help = f"Its fields are {listed(fields, most=20, last='and')}."
    message = f"{thing(pointer)} has no field `{name}`"
    return UNKNOWN_FIELD.found(message, pointer / name, help=help, on_key=True, instead=near)


EXAMPLES = {
    "kmmaturity": "kmmaturity: 1",
    "kmmodel": "kmmodel: 1",
    "model": "model: starter@1.0",
    "assessed": "assessed: 2026-11-24",
    "version": 'version: "1.0"',
}


def _missing_field(pointer: Pointer) -> Finding:
    *above, name = pointer
    example = EXAMPLES.get(str(name))
    where = "the file" if not above else thing(Pointer(above))
    help = f"Add a line such as `{example}`." if example else f"Add `{name}:` and its value."
    return MISSING_FIELD.found(f"{where} has no `{name}`", pointer, help=help)
