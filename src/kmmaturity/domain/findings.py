"""Findings: what a check has to say, as values. Nothing here raises; a finding is never an exception."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.names import ended

__all__ = ["Finding", "Place", "Pointer", "Related", "Severity"]


class Severity(IntEnum):
    """How much a finding matters to a pipeline. Only a broken file is an error; practice advice warns at most."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Pointer(tuple[str | int, ...]):
    """Where in a document: the keys and positions from its top. Its text is a JSON Pointer (RFC 6901).

    The keys are those that the file has: `Pointer(("scores", "learning.before", "target"))` is the target of that
    answer, and `Pointer(("plan", "actions", 0))` the first action. `Pointer()` is the whole file.
    """

    __slots__ = ()

    def __truediv__(self, step: str | int) -> Pointer:
        return Pointer((*self, step))

    def __str__(self) -> str:
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self)


@frozen(weakref_slot=False)
class Place:
    """Where in a file: lines and columns from 1, columns in code points; the end is just past the last character."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@frozen(weakref_slot=False)
class Related:
    """Another spot that explains a finding: the first of two same keys, say."""

    message: str
    pointer: Pointer = Pointer()
    place: Place | None = None


@frozen(weakref_slot=False)
class Finding:
    """One thing to know: `message` says what, `help` what to do, `pointer` and `place` where.

    `on_key` says that the finding is about a key rather than its value, which is where `place` then points. `instead`
    is what to write in place of that key or value, where one thing alone can be meant.
    """

    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    pointer: Pointer = Pointer()
    on_key: bool = False
    place: Place | None = None
    related: tuple[Related, ...] = field(default=(), converter=tupled)
    instead: str | int | date | None = None

    def at(self, place: Place) -> Finding:
        """The same finding, placed."""
        return Finding(  # evolve() takes six times as long, and every finding of a file is placed
            self.code,
            self.name,
            self.severity,
            self.message,
            self.help,
            self.pointer,
            self.on_key,
            place,
            self.related,
            self.instead,
        )

    @property
    def sentences(self) -> str:
        """What it says, and what to do about it."""
        return f"{ended(self.message)} {self.help}".rstrip()

    @property
    def line(self) -> str:
        """All of it in a line: where, how severe, which rule, what it says, and what to do about it."""
        return f"{self._start} {self.sentences}"

    @property
    def _start(self) -> str:
        where = str(self.place or self.pointer)
        return f"{where}{': ' if where else ''}{self.severity} {self.code}"

    def __str__(self) -> str:
        return f"{self._start} {self.message}"
