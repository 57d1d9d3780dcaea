"""What is found in the examples of a rule, so that a rule of one's own can be shown to do what its examples say."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from kmmaturity.api import check, load
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.rules import CATALOGUE, Context, Filed, Rule, across, judge, newest
from kmmaturity.files.document import Document
from kmmaturity.files.reading import placed

__all__ = ["TODAY", "findings"]

TODAY = date(2026, 12, 1)  # a week after the day on which the examples of the catalogue are assessed
HERE = "this.kmm.yaml"
JUDGED = ("practice", "plan", "cycle", "handling")


def findings(rule: Rule, document: bytes) -> tuple[Finding, ...]:
    """What the catalogue and `rule` find in `document`, one of its examples, each with its place.

    The files beside the example are checked in the same run, what `rule.needs` is in force, and it is a week after the
    examples' day. Examples of settings and of plug-ins are no files to check, and give nothing.
    """
    if rule.about not in ("assessment", "model"):
        return ()
    read = Document(HERE if rule.about == "assessment" else "this.kmmodel.yaml", document)
    checked = check(read, today=TODAY)
    if rule.about == "model" or checked.errors or not (rule.judge or rule.across):
        return tuple(checked)
    here = load(read)
    files = [*(Filed(name, load(data)) for name, data in rule.beside.items()), Filed(HERE, here)]
    previous = next((each.assessment for each in files if each.path == here.previous), None)
    context = Context(
        here,
        previous=previous,
        today=TODAY,
        figures=evolve(
            here.model.figures, **{name: figure for name, figure in rule.needs.items() if name != "marking"}
        ),
        newest=HERE in newest(files),
        marking="marking" in rule.needs,
        absent="there is no such file beside this one" if here.previous and previous is None else None,
    )
    rules = (CATALOGUE | {rule.code: rule}).values()
    judged = [*judge(context, rules), *(finding for path, finding in across(files, rules) if path == HERE)]
    # What judging alone tells is told by this run, which knows the files beside the example.
    return placed([*judged, *(each for each in checked if CATALOGUE[each.code].judge is None)], read)
