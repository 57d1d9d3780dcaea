"""Whether a record can be used as it is: what chooses it can be typed and found, and its functions can be called."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kmmaturity.domain.rules import Rule
from kmmaturity.hooks.options import Option
from kmmaturity.hooks.records import CommandKind, Destination, Exporter, Form, Importer, ModelFile, StoreKind

__all__ = ["SCHEME", "SUFFIX", "unfit"]

SUFFIX = re.compile(r"(\.[a-z0-9_-]+)+")
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


def unfit(record: Any) -> Iterator[str]:
    """Why `record` cannot be used, a reason each with what would do; nothing where it can."""
    for field in ("name", "code", "reference", "summary"):
        if not isinstance(value := getattr(record, field, ""), str):
            yield f"{field} is {value!r}, and has to be a text"
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
        for suffix, make in getattr(record, "companions_of_several", {}).items():
            yield from _uncallable(f"companions_of_several[{suffix!r}]", make, ("several", "name"), names)


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
