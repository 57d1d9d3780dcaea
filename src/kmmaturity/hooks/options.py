"""Options of exporters and destinations: declared once, checked before use, read from the command line.

An exporter or a destination is called with every one of its options as a keyword, those that nobody gave at their
defaults, so that it needs no defaults of its own.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.names import closest, listed
from kmmaturity.errors import KmMaturityError

__all__ = ["Option", "read", "settled", "written"]

# What each type is called, and how it is written on the command line.
TAKES: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2026-11-24",
}
ORDERED = (int, date)
TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@frozen(eq=False)
class Option:
    """One option: its name, which is a Python keyword's, what it does, and what it takes.

    `type` is str, int, bool or date; `choices`, where there are some, are the only values. `least` and `most` are the
    bounds of an int or a date, both included. Where nobody gives it, its `default` is passed as it is, None too. Raises
    KmMaturityError for a declaration that cannot hold.
    """

    name: str
    summary: str
    type: type = str
    default: object = None
    choices: tuple[object, ...] = field(default=(), converter=tupled)
    least: Any = None
    most: Any = None

    def __attrs_post_init__(self) -> None:
        if not str(self.name).isidentifier() or keyword.iskeyword(self.name):
            raise KmMaturityError(
                f"the option {self.name!r} needs a name that a Python argument can have, such as {_python(self.name)}"
            )
        if not isinstance(self.summary, str):
            raise KmMaturityError(
                f"the option {self.name} has the summary {self.summary!r}: say what it does in a text"
            )
        if self.type not in TAKES:
            types = listed(each.__name__ for each in TAKES)
            raise KmMaturityError(f"the option {self.name} is of type {self.type!r}: options are of {types}")
        for bound in (self.least, self.most):
            if bound is not None and (self.type not in ORDERED or not self._exact(bound)):
                raise KmMaturityError(
                    f"the option {self.name} has the bound {bound!r}: an int has whole numbers, a date has dates"
                )
        for value in (*self.choices, *(() if self.default is None else (self.default,))):
            if refused := self.refused(value):
                raise KmMaturityError(f"the option {self.name} is declared with what it would refuse: {refused}")

    @property
    def takes(self) -> str:
        """What can be given, in words."""
        if self.choices:
            return listed(written(each) for each in self.choices)
        bounds = [("from", self.least), ("to" if self.least is not None else "up to", self.most)]
        told = [f"{word} {bound}" for word, bound in bounds if bound is not None]
        return " ".join([TAKES[self.type].removesuffix(" such as 2026-11-24") if told else TAKES[self.type], *told])

    def refused(self, value: object) -> str | None:
        """Why `value` cannot be given, or None where it can."""
        if not self._exact(value) or (self.choices and value not in self.choices) or not self._within(value):
            return f"{self.name} is {_shown(value)}, and takes {self.takes}"
        return None

    def _exact(self, value: object) -> bool:
        # bool is a kind of int, and datetime of date, to Python and to nobody else.
        exact = type(value) is self.type or (self.type is date and isinstance(value, date))
        return exact and not isinstance(value, datetime)

    def _within(self, value: Any) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def of(self, text: str) -> object:
        """The value that `text` writes. Raises ValueError, which says what it takes."""
        refused = ValueError(f"{self.name} is {text!r}, and takes {self.takes}")
        value: object = text
        if self.type is bool:
            value = TRUTH.get(text.casefold())
        elif self.type is int:
            value = int(text) if re.fullmatch(r"-?\d{1,18}", text, re.ASCII) else None
        elif self.type is date:
            try:
                value = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
            except ValueError:
                raise refused from None
        if value is None or self.refused(value):
            raise refused
        return value


def settled(options: Iterable[Option], given: Mapping[str, object] | None, *, owner: str) -> dict[str, object]:
    """Every option of `options` with the value that `given` has for it, or its default.

    `owner` is who takes them, such as "the exporter csv". Raises KmMaturityError, which tells all mistakes at once.
    """
    known = {each.name: each for each in options}
    wrong = [_unknown(name, known, owner) for name in given or {} if name not in known]
    for name, value in (given or {}).items():
        if name in known and value is not None and (refused := known[name].refused(value)):
            wrong.append(refused)
    if wrong:
        raise KmMaturityError("; ".join(wrong))
    chosen = given or {}
    return {name: each.default if chosen.get(name) is None else chosen[name] for name, each in known.items()}


def read(options: Iterable[Option], pairs: Iterable[str], *, owner: str) -> dict[str, object]:
    """The values that `pairs`, each written as key=value, give to `options`; the last of a key counts.

    Raises KmMaturityError, which tells all mistakes at once.
    """
    known = {each.name: each for each in options}
    values: dict[str, object] = {}
    wrong = []
    for pair in pairs:
        name, equals, text = pair.partition("=")
        option = known.get(name.strip().replace("-", "_"))
        if not equals:
            wrong.append(f"{pair!r} is not KEY=VALUE: write it as in -o {next(iter(known), 'key')}=value")
        elif option is None:
            wrong.append(_unknown(name, known, owner))
        else:
            try:
                values[option.name] = option.of(text)
            except ValueError as error:
                wrong.append(str(error))
    if wrong:
        raise KmMaturityError("; ".join(wrong))
    return values


def _unknown(name: str, known: Mapping[str, Option], owner: str) -> str:
    near = closest(str(name), known)
    hint = f"did you mean {near}?" if near else f"it has {listed(known, last='and') or 'none'}"
    return f"{owner} has no option {name!r}: {hint}"


def _python(name: object) -> str:
    """`name` as a Python argument can have it."""
    near = re.sub(r"\W+", "_", str(name)).strip("_").lower()
    return f"{near}_" if keyword.iskeyword(near) else near if near.isidentifier() else "bom"


def _shown(value: object) -> str:
    return str(value) if type(value) is date else repr(value)


def written(value: object) -> str:
    """`value` as it is written on the command line."""
    return str(value).lower() if isinstance(value, bool) else f"{value}"
