"""The page: whole in itself, open to everybody, and deaf to what texts would have it do."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

import kmmaturity as km
import kmmaturity_report
from kmmaturity import api
from kmmaturity.cli.program import program
from kmmaturity.errors import KmMaturityError
from kmmaturity.registry import Registry
from kmmaturity_report.form import bundle, render
from teams import TEAMS

OURS = Registry.of(kmmaturity_report)


def page(name: str) -> str:
    """The form of a team, as text."""
    return render(TEAMS[name].assessment, TEAMS[name].previous).decode()


class Parts(HTMLParser):
    """What stands in a page where a browser would act on it: scripts, styles, and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.attributes: list[tuple[str, str, str]] = []
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the attributes, and where a script or a style begins."""
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.open = tag if tag in self.texts else ""
        if self.open:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        """Notes where it ends."""
        self.open = ""

    def handle_data(self, data: str) -> None:
        """Keeps what is in it."""
        if self.open:
            self.texts[self.open][-1] += data


def hashed(text: str) -> str:
    """A text as a policy allows it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("name", TEAMS)
def test_the_policy_allows_this_script_and_no_other(name: str) -> None:
    """The policy allows the page's own script and style by their hashes, no connection, and no markup from strings."""
    parts = Parts(page(name))
    data, script = parts.texts["script"]
    (style,) = parts.texts["style"]
    (policy,) = (
        value for tag, key, value in parts.attributes if (tag, key) == ("meta", "content") and "default" in value
    )
    rules = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": hashed(script),
        "style-src": hashed(style),
        "img-src": "data:",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    assert not set("<>&") & set(data)


@pytest.mark.parametrize("name", TEAMS)
def test_no_markup_of_anybody_else(name: str) -> None:
    """Nothing that anybody wrote is a tag, a handler, a style or an address to follow."""
    parts = Parts(page(name))
    harmless = {(tag, key) for tag, key, _ in Parts(page("two-years")).attributes}
    assert {(tag, key) for tag, key, _ in parts.attributes} <= harmless
    assert [each for each in parts.attributes if each[1].startswith("on") or each[1] == "style"] == []
    assert {value for _, key, value in parts.attributes if key in ("href", "src") and value[:1] != "#"} == {"data:,"}


def test_the_script_makes_no_markup() -> None:
    """The script has no way to make markup, code or a request from a text."""
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|fetch\(|XMLHttpRequest|import\("
    assert re.findall(banned, bundle.script()) == []


def test_same_input_same_bytes() -> None:
    """The same assessment gives the same page, byte for byte."""
    assert page("two-years") == page("two-years")


def test_modules_come_after_what_they_use() -> None:
    """Each module of the script takes only from those before it, and only what these give."""
    given: dict[str, set[str]] = {}
    for name in bundle.ORDER:
        text = (bundle.HERE / "script" / f"{name}.js").read_text(encoding="utf-8")
        for found in bundle.IMPORT.finditer(text):
            taken = {each.strip() for each in found[1].split(",") if each.strip()}
            assert taken <= given[found[2]], (name, found[2])
            assert [each for each in taken if len(re.findall(rf"\b{each}\b", text)) < 2] == [], name
        assert text.count("import {") == len(bundle.IMPORT.findall(text)), name
        given[name] = {found[2] for found in bundle.EXPORT.finditer(text)}
    assert {f"{name}.js" for name in bundle.ORDER} == {each.name for each in (bundle.HERE / "script").iterdir()}


def test_the_look() -> None:
    """A department's name and colour stand at the head of the form, and a colour that cannot be seen is refused."""
    made = api.form(km.example(), format="html", options={"name": "Dept <X>", "colour": "#5a2d81"}, registry=OURS)
    assert b"Dept &lt;X&gt;" in made
    assert b"--accent:#5a2d81" in made
    with pytest.raises(KmMaturityError, match="contrast"):
        api.form(km.example(), format="html", options={"colour": "#ffffe0"}, registry=OURS)


def test_new_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`kmmaturity new --format html` writes the form, and with --from what carries over and last time's answers."""
    monkeypatch.chdir(tmp_path)
    km.save(km.example(), "example-2.kmm.yaml")
    run = CliRunner()
    made = run.invoke(program, ["new", "--format", "html", "--unit", "A team", "--assessed", "2026-11-24"])
    assert (made.exit_code, Path("2026-11-24-a-team.html").exists()) == (0, True)
    made = run.invoke(program, ["new", "next.html", "--from", "example-2.kmm.yaml", "--assessed", "2027-11-23"])
    assert made.exit_code == 0, made.output
    text = Path("next.html").read_text(encoding="utf-8")
    assert "<strong>Last time</strong>, 24 November 2026: 2, <bdi>Our usual way of working</bdi>" in text
    assert '"previous":"example-2.kmm.yaml"' in text
    assert "Pair two analysts" in text
