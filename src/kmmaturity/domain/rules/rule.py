"""A rule, and what it is given to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Literal

from attrs import Factory, field, frozen

from kmmaturity.domain.assessment import Assessment, State
from kmmaturity.domain.findings import Finding, Pointer, Related, Severity
from kmmaturity.domain.frozen import FrozenMap, freeze
from kmmaturity.domain.model import Figures, MaturityModel

__all__ = ["Context", "Filed", "Rule"]


@frozen(weakref_slot=False)
class Context:
    """What a rule sees: an assessment, last time's if there is one, the day, and what is in force for the run.

    `figures` are the model's own unless others are in force. `newest` tells whether no other assessment of the unit in
    the run is later: rules that look at `today` ask. `marking` tells whether a handling marking is wanted. `absent` is
    why the file that `previous` names could not be had, or None.
    """

    assessment: Assessment
    previous: Assessment | None = None
    today: date | None = None
    figures: Figures = field(default=Factory(lambda self: self.assessment.model.figures, takes_self=True))
    newest: bool = True
    marking: bool = False
    absent: str | None = None

    @property
    def model(self) -> MaturityModel:
        """The model that the assessment is read with."""
        return self.assessment.model

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """The sub-outcomes that are asked of this unit and not assessed yet, in the model's order."""
        return tuple(
            sub for sub in self.model.subs if self.assessment.state(sub) is State.UNASSESSED and self._asks(sub)
        )

    def _asks(self, sub: str) -> bool:
        """Whether `sub` fits the unit's scope, or the unit began to answer it all the same."""
        scope, applies = self.assessment.scope, self.model.subs[sub].applies
        return not (scope and applies and scope not in applies) or sub in self.assessment.scores


@frozen(weakref_slot=False)
class Filed:
    """One file of a run that could be read: its path, and whose assessment of which day is in it.

    Its model, unit and day are there, and no answers: these are not compared from one unit to another.
    """

    path: str
    assessment: Assessment


@frozen(weakref_slot=False, eq=False)
class Rule:
    """One check: what it is called, how severe, why it matters to KM practice, and a bad and a good example.

    `bad` and `good` are whole documents, of the sort that `about` names; both are tests. In `bad` this rule finds
    something and no other does, in `good` none does, but that the file is not finished (KMM205). `beside` holds the
    files that an example has next to it, by name. `needs` holds what has to be stated before the rule says anything: a
    figure, or that a marking is wanted. `leads_to` lists the rules that following the help may bring up next. `eased`
    rules are told as information until everything that applies is scored: an unfinished file is not a bad one. What a
    rule that `stands` finds is so whatever the rest of the file says, so it is told of a file that is broken elsewhere,
    too.
    `fix` tells whether a program may write what its findings say to write `instead`: safe where the file then says what
    it said before, unsafe where it says what was probably meant.

    `judge` sees one assessment, `defects` one model, and `across` all files of a run: it gives paths with findings.
    A rule without any of them is told by the part of the program that meets its cause.
    """

    code: str
    name: str
    family: str
    severity: Severity
    summary: str
    why: str
    remedy: str
    bad: bytes
    good: bytes
    about: Literal["assessment", "model", "settings", "plug-in"] = "assessment"
    since: str = "0.1"
    fix: Literal["none", "safe", "unsafe"] = "none"
    leads_to: tuple[str, ...] = ()
    beside: FrozenMap[str, bytes] = field(default=FrozenMap(), converter=freeze, repr=False)
    needs: FrozenMap[str, int] = field(default=FrozenMap(), converter=freeze)
    eased: bool = False
    stands: bool = False
    judge: Callable[[Context], Iterable[Finding]] | None = field(default=None, repr=False)
    defects: Callable[[MaturityModel], Iterable[Finding]] | None = field(default=None, repr=False)
    across: Callable[[Sequence[Filed]], Iterable[tuple[str, Finding]]] | None = field(default=None, repr=False)

    @property
    def vital(self) -> bool:
        """Whether it says that a file, or the check itself, cannot be relied on: no settings leave that out."""
        broken = self.family in ("file", "structure", "model") and self.severity is Severity.ERROR
        return self.code.startswith("KMM") and (broken or self.code in ("KMM202", "KMM203", "KMM904"))

    def closeness(self, name: str) -> int | None:
        """How closely `name` means this rule: 2 as its code or name, 1 as its family, 0 as `all`; None for another."""
        folded = name.casefold()
        if folded == "all":
            return 0
        if folded in (self.code.casefold(), self.name) or (name.isdigit() and f"KMM{name}" == self.code):
            return 2
        return 1 if folded == self.family else None

    def found(
        self,
        message: str,
        pointer: Pointer = Pointer(),
        *,
        help: str = "",
        on_key: bool = False,
        related: Iterable[Related] = (),
        severity: Severity | None = None,
        instead: str | int | date | None = None,
    ) -> Finding:
        """A finding of this rule; its remedy is the help, and its severity the finding's, unless others are given.

        `message` is one plain sentence without a full stop, and `pointer` the key or value that it is about.
        """
        return Finding(
            self.code,
            self.name,
            self.severity if severity is None else severity,
            message,
            help or self.remedy,
            pointer,
            on_key,
            related=tuple(related),
            instead=instead,
        )


HEAD = """\
kmmaturity: 1
model: starter@1.0
unit:
  - Example team
assessed: 2026-11-24
"""

MODEL_HEAD = """\
kmmodel: 1
id: example
version: "1.0"
title: An example
scale:
  - {level: 0, title: Not in place yet}
  - {level: 1, title: Starting}
  - {level: 2, title: Usual}
"""


def assessment_with(body: str) -> bytes:
    """A small assessment file with `body` after its head."""
    return (HEAD + body).encode()


def model_with(body: str) -> bytes:
    """A small model file with `body` after its head."""
    return (MODEL_HEAD + body).encode()
