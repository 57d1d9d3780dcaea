"""What is found in the examples of a rule, so that a rule of one's own can be shown to do what its examples say."""

from __future__ import annotations

from datetime import date

from kmmaturity.api.models import resolver
from kmmaturity.checking.check import Subject, check_run
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.checking.settings import Settings
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.files.document import Document

__all__ = ["TODAY", "findings"]

TODAY = date(2026, 12, 1)  # a week after the day on which the examples of the catalogue are assessed
HERE = {"assessment": "this.kmm.yaml", "model": "this.kmmodel.yaml"}


def findings(rule: Rule, document: bytes) -> tuple[Finding, ...]:
    """What the catalogue and `rule` find in `document`, one of its examples, each with its place.

    The files beside the example are checked in the same run, what `rule.needs` is in force, and it is a week after the
    examples' day. Examples of settings and of plug-ins are no files to check, and give nothing.
    """
    if rule.about not in HERE:
        return ()
    here = HERE[rule.about]
    figures = {name: figure for name, figure in rule.needs.items() if name != "marking"}
    book = Rulebook(
        CATALOGUE | {rule.code: rule}, Settings(figures=figures, marking="marking" in rule.needs), {rule.code: "yours"}
    )
    run = check_run(
        [
            Subject(name, Document(name, text), resolver(None, "<example>"), earlier=_nothing_beside)
            for name, text in (*rule.beside.items(), (here, document))
        ],
        book,
        today=TODAY,
    )
    return tuple(each for each in run if each.place is None or each.place.path == here)


def _nothing_beside(assessment: Assessment) -> tuple[None, str | None]:
    return None, "there is no such file beside this one" if assessment.previous else None
