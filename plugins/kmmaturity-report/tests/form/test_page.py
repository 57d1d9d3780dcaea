"""The page: whole in itself, open to everybody, and deaf to what texts would have it do."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

import kmmaturity as km
import kmmaturity_report
from browser import Opened, Opening
from form.sitting import Sitting
from kmmaturity import api
from kmmaturity.cli.program import program
from kmmaturity.errors import KmMaturityError
from kmmaturity.registry import Registry
from kmmaturity_report.form import bundle, render
from kmmaturity_report.pages import said
from teams import TEAMS

OURS = Registry.of(kmmaturity_report)
STEPS = ("about", "outcome-1", "outcome-2", "standing", "priorities", "targets", "plan", "finish")
needs_chromium = pytest.mark.needs("chromium")


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


def visited(opened: Opened) -> list[str]:
    """What axe has against each step of the form, and how much too wide any of them is."""
    against = []
    for step in STEPS:
        opened.page.evaluate("step => { location.hash = step }", step)
        opened.page.wait_for_timeout(150)
        against += [f"{step}: {each}" for each in opened.against()]
        told = opened.page.inner_text("body")
        against += [f"{step}: shows {slip}" for slip in ("[object", "undefined", "NaN", "null") if slip in told]
        if wider := opened.wider():
            against.append(f"{step}: {wider} px too wide")
    return against


@needs_chromium
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", TEAMS)
def test_open_to_everybody(name: str, width: int, opens: Opening, tmp_path: Path) -> None:
    """Axe finds nothing in any step, wide or narrow; nothing scrolls sideways; no error is told and nothing asked for."""
    team = TEAMS[name]
    sitting = Sitting(opens, tmp_path, team.assessment, team.previous, width=width)
    for each in sitting.page.locator("details").all():
        each.evaluate("each => { each.open = true }")
    sitting.go("targets")
    sitting.page.check("#beyond")
    assert visited(sitting.opened) == []
    assert sitting.opened.said == []
    assert sitting.opened.outside() == []


@needs_chromium
@pytest.mark.parametrize("width", [1280, 960, 320])
def test_words_are_whole(width: int, opens: Opening, tmp_path: Path) -> None:
    """No word of ordinary length is cut in two for want of room, in any step."""
    team = TEAMS["two-years"]
    sitting = Sitting(opens, tmp_path, team.assessment, team.previous, width=width)
    for step in STEPS:
        sitting.go(step)
        assert (step, sitting.opened.cut()) == (step, [])


@needs_chromium
@pytest.mark.parametrize("width", [1280, 320])
def test_messages_are_open_to_everybody(width: int, opens: Opening, tmp_path: Path) -> None:
    """What the page says of a file that it does not open, and of what a file lacks, is without fault to axe, too."""
    sitting = Sitting(opens, tmp_path, TEAMS["empty"].assessment, width=width)
    file = tmp_path / "x.json"
    file.write_text("[]", encoding="utf-8")
    sitting.page.set_input_files("#file", file)
    sitting.page.wait_for_selector(".problem")
    assert sitting.opened.against() == []
    sitting.page.fill("#units", "")
    sitting.page.click("#save")
    assert sitting.opened.against() == []
    sitting.page.fill("#units", "A team")
    sitting.page.click("#save")
    sitting.page.wait_for_selector(".toast.shown")
    assert sitting.opened.against() == []
    assert sitting.opened.wider() == 0


@needs_chromium
def test_hostile_text_stays_text(opens: Opening, tmp_path: Path) -> None:
    """Whatever anybody wrote is shown as it is and does nothing, in every step, on paper and in a file that is opened."""
    team = TEAMS["hostile"]
    sitting = Sitting(opens, tmp_path, team.assessment, team.previous)
    file = tmp_path / "hostile.kmm.json"
    km.save(team.assessment, file)
    sitting.open(file)
    for step in STEPS:
        sitting.go(step)
    sitting.page.emulate_media(media="print")
    sitting.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for words in (team.assessment.notes, team.assessment.scores["o0.s0"].evidence[0].note):
        assert (words or "?") in sitting.page.inner_text("#reading")
    assert sitting.page.evaluate("window.harmed") is None
    assert sitting.page.locator("#reading a, #reading img, #reading script, #reading svg").count() == 0
    assert sitting.page.locator("a:not([href^='#'])").count() == 0
    sitting.page.emulate_media(media="screen")
    assert km.load(sitting.saved(), model=team.assessment.model) == team.assessment
    assert sitting.opened.said == []
    assert sitting.opened.outside() == []


@needs_chromium
def test_strings_cannot_become_markup(opens: Opening, tmp_path: Path) -> None:
    """Were there a slip in the script, the page's policy would still refuse to make markup or code of a text."""
    sitting = Sitting(opens, tmp_path, TEAMS["empty"].assessment)
    for slip in ("document.body.innerHTML = '<b>x</b>'", "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')"):
        refused = sitting.page.evaluate(f"() => {{ try {{ {slip} }} catch (error) {{ return error.name }} }}")
        assert refused == "TypeError"


@needs_chromium
def test_what_a_card_tells(opens: Opening, tmp_path: Path) -> None:
    """Each question has the wording of each level beside it, its measures under theirs, and what was said last time."""
    team, previous = TEAMS["two-years"].assessment, TEAMS["two-years"].previous
    assert previous is not None
    sitting = Sitting(opens, tmp_path, team, previous)
    model = team.model
    for sub, asked in model.subs.items():
        card = sitting.page.locator(f"[data-sub='{sub}']")
        levels = [
            [str(level), model.level_title(level), *filter(None, [asked.levels.get(level)])]
            for level in model.levels_of(sub)
        ]
        texts = "every => every.map(each => each.textContent.trim())"
        assert (
            card.locator(".level").evaluate_all(
                "every => every.map(each => [...each.querySelectorAll('.number, strong, strong + span')].map(told => told.textContent))"
            )
            == levels
        )
        assert card.locator(".of").evaluate_all(texts) == [
            f"{level} {model.level_title(level)}" for level in sorted(asked.measures)
        ]
        assert card.locator(".of + ul > li").evaluate_all(texts) == [
            measure.text for level in sorted(asked.measures) for measure in asked.measures[level]
        ]
        beyond = bool(asked.applies) and team.scope not in asked.applies
        assert card.locator(".applies:not([hidden])").count() == beyond
        then = previous.answer(sub).score
        if then is not None:
            told = f"Last time, {said(previous.assessed)}: {then}, {model.level_title(then)}"
            assert told in card.locator(".last p").evaluate_all(texts)[0]


@needs_chromium
def test_the_usual_day_of_a_target(opens: Opening, tmp_path: Path) -> None:
    """A target without a day of its own is for a year after the assessment, and the page says which day that is."""
    sitting = Sitting(opens, tmp_path, TEAMS["empty"].assessment)
    for assessed, usual in (("2026-11-24", "24 November 2027"), ("2028-02-29", "28 February 2029")):
        sitting.type("#about [data-at=assessed]", assessed)
        assert set(sitting.page.locator("[data-usual]").all_text_contents()) == {usual}


def told_in(data: Any) -> Iterator[str]:
    """Every text and every day that somebody wrote in an assessment, as it is read on paper."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from told_in(value)
        elif key in ("dated", "due", "held", "by"):
            yield said(date.fromisoformat(value))
        elif key in (
            "notes",
            "inapplicable",
            "rebaselined",
            "note",
            "alternative",
            "effect",
            "ref",
            "because",
        ) or key in ("action", "owner"):
            yield value


@needs_chromium
@pytest.mark.parametrize("name", ["partial", "two-years", "large"])
def test_paper_has_everything(name: str, opens: Opening, tmp_path: Path) -> None:
    """Nothing that a team wrote is missing on paper, with its day where it has one."""
    team = TEAMS[name].assessment
    sitting = Sitting(opens, tmp_path, team, TEAMS[name].previous)
    sitting.page.emulate_media(media="print")
    sitting.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    told = " ".join(sitting.page.inner_text("#reading").split())
    wanted = [" ".join(each.split()) for each in told_in(km.to_dict(team))]
    assert len(wanted) > 10
    assert [each for each in wanted if each not in told] == []


@needs_chromium
def test_paper(opens: Opening, tmp_path: Path) -> None:
    """On paper there are the answers in full, the marking on each sheet, and no controls; afterwards these are back."""
    marked = evolve(TEAMS["two-years"].assessment, handling='official"; } * { display: none')
    sitting = Sitting(opens, tmp_path, marked, TEAMS["two-years"].previous)
    rules = "[...document.styleSheets[0].cssRules].map(rule => rule.cssText)"
    screen = sitting.page.evaluate(rules)
    sitting.page.emulate_media(media="print")
    sitting.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    added = sitting.page.evaluate(rules)[len(screen) :]
    assert len(added) == 1
    assert 'OFFICIAL\\"; } * { DISPLAY: NONE' in added[0]
    strays = "[...document.querySelectorAll('#reading, #reading div')].flatMap(each => [...each.childNodes])"
    assert sitting.page.evaluate(f"{strays}.filter(node => node.nodeType === 3).map(node => node.data)") == []
    told = sitting.page.inner_text("body")
    for sub, answer in TEAMS["two-years"].assessment.scores.items():
        assert TEAMS["two-years"].assessment.model.subs[sub].title in told
        for each in answer.evidence:
            assert each.note in told
            assert (each.ref or "") in told
    for action in TEAMS["two-years"].assessment.plan.actions:
        assert action.action in told
        assert (action.owner or "") in told
    assert sitting.page.locator("button:visible, input:visible, textarea:visible, nav:visible").count() == 0
    sitting.page.emulate_media(media="screen")
    sitting.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert sitting.page.evaluate(rules) == screen
    assert sitting.page.locator("#save").is_visible()
    assert sitting.page.locator("#reading").is_hidden()


@needs_chromium
def test_without_its_script(opens: Opening, tmp_path: Path) -> None:
    """Where scripts do not run, the page says so, and shows every question to be answered on paper."""
    sitting = Sitting(opens, tmp_path, TEAMS["empty"].assessment, java_script_enabled=False)
    told = sitting.page.inner_text("body")
    assert "nothing that you enter can be saved" in told
    for sub in TEAMS["empty"].assessment.model.subs.values():
        assert sub.title in told
        for wording in sub.levels.values():
            assert wording in told
    assert sitting.page.locator("#save").is_hidden()
