"""A rule, and what it is given to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding, Pointer, Related, Severity
from kmmaturity.domain.model import Figures, MaturityModel

__all__ = ["Context", "Rule"]


@frozen(weakref_slot=False)
class Context:
    """What a rule sees: this assessment, last year's if there is one, the day, and the figures in force."""

    assessment: Assessment
    previous: Assessment | None = None
    today: date | None = None
    figures: Figures = Figures()

    @property
    def model(self) -> MaturityModel:
        """The model that the assessment is read with."""
        return self.assessment.model


@frozen(weakref_slot=False, eq=False)
class Rule:
    """One check: what it is called, how severe, why it matters to KM practice, and a bad and a good example.

    `bad` and `good` are whole documents; both are tests. `about` tells whether they are assessments or models.
    `leads_to` lists the rules that following the help may bring up next.
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
    about: Literal["assessment", "model"] = "assessment"
    since: str = "0.1"
    fix: Literal["none", "safe", "unsafe"] = "none"
    leads_to: tuple[str, ...] = ()
    judge: Callable[[Context], Iterable[Finding]] | None = field(default=None, repr=False)
    defects: Callable[[MaturityModel], Iterable[Finding]] | None = field(default=None, repr=False)

    def found(
        self,
        message: str,
        pointer: Pointer = Pointer(),
        *,
        help: str = "",
        on_key: bool = False,
        related: Iterable[Related] = (),
    ) -> Finding:
        """A finding of this rule; its remedy is the help unless a closer one is given."""
        return Finding(
            self.code, self.name, self.severity, message, help or self.remedy, pointer, on_key, related=tuple(related)
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
