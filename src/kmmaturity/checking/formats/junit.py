"""For whatever reads JUnit's XML: a suite for each file, a case for each finding that fails the check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kmmaturity.checking.fingerprints import relative
from kmmaturity.checking.formats.concise import log_line
from kmmaturity.checking.formats.text import tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.rules.config import PLUGIN_FAILED

__all__ = ["render"]

NOWHERE = "kmmaturity"  # what has no file: a value, and what is wrong with a rule


def render(findings: Findings) -> str:
    """An XML document. A file in which nothing fails the check has one case, which passes; advice is its output."""
    by_path: dict[str, list[Finding]] = {relative(path): [] for path in findings.checked}
    for each in findings:
        by_path.setdefault(relative(each.place.path) if each.place else NOWHERE, []).append(each)
    failing = set(map(id, (*findings.failing(), *filter(_crash, findings))))
    top = Element("testsuites", name="kmmaturity")
    for path, found in by_path.items():
        top.append(_suite(tame(path), [each for each in found if id(each) in failing], found))
    for key in ("tests", "failures", "errors"):
        top.set(key, str(sum(int(suite.get(key, "0")) for suite in top)))
    indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(top, encoding="unicode")}\n'


def _suite(path: str, failing: Sequence[Finding], found: Sequence[Finding]) -> Element:
    suite = Element("testsuite", name=path)
    named: Counter[str] = Counter()
    for each in failing:
        name = tame(f"{each.code} {each.name} {each.pointer}".rstrip())
        named[name] += 1
        number = f" ({named[name]})" if named[name] > 1 else ""
        case = SubElement(suite, "testcase", classname=path, name=f"{name}{number}", file=path)
        if each.place is not None:
            case.set("line", str(each.place.line))
        kind = "error" if _crash(each) else "failure"
        SubElement(case, kind, type=each.code, message=tame(each.message)).text = log_line(each).rstrip()
    if not failing:
        SubElement(suite, "testcase", classname=path, name="check", file=path)
    if advice := [each for each in found if each not in failing]:
        SubElement(suite, "system-out").text = "".join(map(log_line, advice))
    crashes = sum(map(_crash, failing))
    counts = {"tests": len(failing) or 1, "failures": len(failing) - crashes, "errors": crashes, "skipped": 0}
    suite.attrib |= {key: str(number) for key, number in counts.items()}
    return suite


def _crash(finding: Finding) -> bool:
    return finding.code == PLUGIN_FAILED.code and finding.severity is Severity.ERROR
