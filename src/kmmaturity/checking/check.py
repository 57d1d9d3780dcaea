"""Rules over one file or value. Models come as arguments: nothing here looks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kmmaturity.checking.result import Findings
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.rules import CATALOGUE, Context, Rule, defects, judge
from kmmaturity.files.document import Document
from kmmaturity.files.reading import Reading, Resolve, placed, read_assessment, read_model

__all__ = ["Earlier", "check_assessment", "check_document", "check_model", "check_model_document"]

Earlier = Callable[[Assessment], tuple[Assessment | None, str | None]]


def nothing_earlier(_: Assessment) -> tuple[None, None]:
    """No assessment before this one, and nothing to say of that."""
    return None, None


# What can be said of a file that is broken elsewhere: an answer that could not be read is not one that is missing.
OF_A_BROKEN_FILE = tuple(
    each for each in CATALOGUE.values() if each.family == "fit" and each.severity is not Severity.INFO
)

OF_A_BROKEN_MODEL = tuple(
    each for each in CATALOGUE.values() if each.family == "model" and each.severity is not Severity.INFO
)


def check_document(
    document: Document,
    resolve: Resolve,
    *,
    earlier: Earlier = nothing_earlier,
    today: date | None = None,
    rules: Iterable[Rule] = CATALOGUE.values(),
) -> Findings:
    """Every finding of `rules` on an assessment or model file, each with its place, in reading order.

    `earlier` finds last time's assessment for the one in the file, or says why it cannot be had.
    """
    if document.kind == "model":
        return check_model_document(document)

    def context(assessment: Assessment) -> Context:
        previous, absent = earlier(assessment)
        return Context(assessment, previous, today, absent=absent)

    found = _of_assessment(document, resolve, rules, context)
    return Findings(placed(found, document), sources={document.path: document.source}, checked=(document.path,))


def _of_assessment(
    document: Document, resolve: Resolve, rules: Iterable[Rule], context: Callable[[Assessment], Context]
) -> tuple[Finding, ...]:
    reading = read_assessment(document, resolve)
    if reading.value is not None:
        return (*reading.findings, *judge(context(reading.value), rules))
    if reading.rest is None:
        return reading.findings
    judged = judge(context(reading.rest), OF_A_BROKEN_FILE)
    return (*reading.findings, *reading.believed(judged))


def _of_model(reading: Reading[MaturityModel]) -> tuple[Finding, ...]:
    if reading.value is not None:
        return (*reading.findings, *defects(reading.value))
    if reading.rest is None:
        return reading.findings
    return (*reading.findings, *reading.believed(defects(reading.rest, OF_A_BROKEN_MODEL)))


def check_model_document(document: Document, reading: Reading[MaturityModel] | None = None) -> Findings:
    """Every defect in a model file, whatever its name is, each with its place, in reading order.

    `reading` is what `read_model` made of it, where that is there already.
    """
    found = placed(_of_model(reading or read_model(document)), document)
    return Findings(found, sources={document.path: document.source}, checked=(document.path,))


def check_assessment(
    assessment: Assessment,
    *,
    previous: Assessment | None = None,
    today: date | None = None,
    rules: Iterable[Rule] = CATALOGUE.values(),
) -> Findings:
    """Every finding of `rules` on an assessment that is a value already; places are pointers."""
    return Findings(tuple(judge(Context(assessment, previous, today), rules)))


def check_model(model: MaturityModel) -> Findings:
    """Every defect of a model that is a value already; places are pointers."""
    return Findings(tuple(defects(model)))
