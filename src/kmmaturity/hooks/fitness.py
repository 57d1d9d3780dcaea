"""Whether a record can be used as it is: what chooses it can be typed and found, and its functions can be called."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_type_hints

from kmmaturity.domain.findings import Pointer, Severity
from kmmaturity.domain.names import listed
from kmmaturity.domain.rules import Rule
from kmmaturity.hooks.options import Option
from kmmaturity.hooks.records import (
    CommandKind,
    Delivered,
    Destination,
    Exporter,
    Form,
    Imported,
    Importer,
    ModelFile,
    StoreKind,
)

__all__ = ["SCHEME", "SUFFIX", "as_bytes", "misdelivered", "misread", "unfit"]

SUFFIX = re.compile(r"(\.[a-z0-9_-]+)+")
LONGEST = 60  # letters of a value that is shown
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+")

# What each function of a record is called with; beside these it gets every option, as a keyword.
CALLS: Mapping[type, Mapping[str, tuple[str, ...]]] = {
    Exporter: {"render": ("report",), "companions": ("report", "name"), "stream": ("reports",)},
    Destination: {"deliver": ("delivery",)},
    Form: {"render": ("started", "previous")},
    Importer: {"read": ("data",)},
    StoreKind: {"beside": ("url", "folder")},
    ModelFile: {"read": ()},
    CommandKind: {"load": ()},
    Rule: {"judge": ("context",), "defects": ("model",), "across": ("files",)},
}

# What a field has to hold that is used long after the record was taken, and what it is called.
HOLDS: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(("name", "code", "reference", "summary", "family", "why", "remedy", "since"), (str, "a text")),
    **dict.fromkeys(("bad", "good"), (bytes, 'the bytes of a file: write b"...", or end it with .encode()')),
    **dict.fromkeys(("eased", "stands"), (bool, "True or False")),
    "severity": (Severity, f"one of {', '.join(f'Severity.{each.name}' for each in Severity)}"),
}
# The fields that hold one of a few words.
WORDS: Mapping[type, tuple[str, ...]] = {Destination: ("takes",), Rule: ("about", "fix")}


def unfit(record: Any) -> Iterator[str]:
    """Why `record` cannot be used, a reason each with what would do; nothing where it can."""
    yield from _ill_filled(record)
    for suffix in getattr(record, "suffixes", ()):
        if not (isinstance(suffix, str) and SUFFIX.fullmatch(suffix)):
            yield f"the suffix {suffix!r} chooses no file: it begins with a dot and is in small letters, such as .wiki"
    for scheme in getattr(record, "schemes", ()):
        if not (isinstance(scheme, str) and SCHEME.fullmatch(scheme)):
            yield f"the scheme {scheme!r} chooses no address: at least two small letters or digits, with no colon"
    options = getattr(record, "options", ())
    strange = [each for each in options if not isinstance(each, Option)]
    for each in strange:
        yield f"options holds {each!r}, and has to hold Options: options=(Option('evidence', 'What it does'),)"
    names = [each.name for each in options if isinstance(each, Option)]
    if len(set(names)) < len(names):
        yield f"two options have one name: {', '.join(names)}"
    elif not strange:
        for name, takes in CALLS.get(type(record), {}).items():
            yield from _uncallable(name, getattr(record, name), takes, names)
        if isinstance(record, StoreKind):
            yield from _uncallable("open", record.open, ("url",), ("create",))
        for suffix, make in getattr(record, "companions_of_several", {}).items():
            if not isinstance(suffix, str):
                yield f"companions_of_several has the key {suffix!r}, and has to have texts, such as '-about.txt'"
            yield from _uncallable(f"companions_of_several[{suffix!r}]", make, ("several", "name"), names)


def _ill_filled(record: Any) -> Iterator[str]:
    """What fields of `record` hold that they cannot."""
    for name, (kind, called) in HOLDS.items():
        if hasattr(record, name) and not isinstance(value := getattr(record, name), kind):
            yield f"{name} is {_short(value)}, and has to be {called}"
    for name in WORDS.get(type(record), ()):
        words = get_args(get_type_hints(type(record))[name])
        if (value := getattr(record, name)) not in words:
            yield f"{name} is {_short(value)}, and has to be {listed(map(repr, words))}"
    if isinstance(record, Rule):
        yield from _ill_filled_rule(record)


def as_bytes(made: object) -> bytes:
    """What a plug-in made. Raises TypeError where it is no bytes."""
    if not isinstance(made, bytes):
        encode = '; end it with .encode(errors="backslashreplace")' if isinstance(made, str) else ""
        raise TypeError(f"it gave {type(made).__name__}, and gives bytes{encode}")
    return made


def misdelivered(told: object) -> Iterator[str]:
    """Why what a destination tells that it brought cannot be used, a reason each; nothing where it can."""
    if not isinstance(told, Delivered):
        yield f"it told of {type(told).__name__}, and tells of Delivered"
        return
    given: Any = told  # whose author may check no types
    if not isinstance(given.target, str):
        yield f"it told of the target {_short(given.target)}, and has to tell of a text"
    if not isinstance(given.size, int):
        yield f"it told of the size {_short(given.size)}, and has to tell of a number of bytes"


def misread(found: object) -> Iterator[str]:
    """Why what an importer's `read` gave for an assessment cannot be used, a reason each; nothing where it can."""
    if not isinstance(found, Imported):
        wrapped = ": yield Imported(...) of it" if isinstance(found, Mapping) else ""
        yield f"read() gave {type(found).__name__}, and has to give Imported{wrapped}"
        return
    parts: Any = found  # whose author may check no types
    if not isinstance(parts.data, Mapping):
        yield f"read() gave Imported of {type(parts.data).__name__}, and has to give it a dictionary, as a JSON file is"
    for pointer, place in parts.places.items():
        if not isinstance(pointer, Pointer):
            yield f"read() gave places with {_short(pointer)}, and has to give Pointers: Pointer(('unit', 0))"
        if not isinstance(place, str):
            yield f"the place of {pointer} is {_short(place)}, and has to be words: `cell L4`"
    strange = [each for each in parts.left if not isinstance(each, str)]
    if strange:
        yield f"read() gave left={_short(parts.left)}, and has to give sentences: left=('what was not taken over',)"


def _ill_filled_rule(rule: Any) -> Iterator[str]:
    if not all(isinstance(name, str) and isinstance(content, bytes) for name, content in rule.beside.items()):
        yield "beside holds other than names of files with their bytes: beside={'last.kmm.yaml': b'...'}"
    if not all(isinstance(name, str) and isinstance(figure, int) for name, figure in rule.needs.items()):
        yield "needs holds other than names of figures with whole numbers: needs={'priorities': 2}"
    if not isinstance(rule.leads_to, tuple) or not all(isinstance(code, str) for code in rule.leads_to):
        yield f"leads_to is {_short(rule.leads_to)}, and has to be a tuple of codes: leads_to=('OUR002',)"


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}..."


def _uncallable(name: str, function: object, takes: Iterable[str], options: Iterable[str]) -> Iterator[str]:
    """Why `function` cannot be called with what it takes, and with `options` as keywords."""
    if function is None:
        return
    if not callable(function):
        yield f"{name} is {function!r}, and has to be a function"
        return
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return  # it is written in another language, and says nothing of what it takes
    try:
        signature.bind(*takes, **dict.fromkeys(options))
    except TypeError as error:
        call = ", ".join([*takes, *(f"{each}=..." for each in options)])
        yield f"it is called as {name}({call}), and {name}{signature} cannot be: {error}"
