"""What was typed is saved and opened, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from playwright.sync_api import Browser

import kmmaturity as km
from browser import Opening
from form.sitting import Sitting
from kmmaturity.domain.assessment import Assessment
from kmmaturity.files.document import Document
from kmmaturity.files.writing import dump
from kmmaturity.testing.strategies import assessments
from teams import ATTACKS, TEAMS

pytestmark = pytest.mark.needs("chromium")
DAY = date(2026, 11, 24)


@pytest.mark.slow
@settings(max_examples=40)
@given(drawn=assessments())
def test_what_is_there_is_saved(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, drawn: Assessment) -> None:
    """The file that the page saves of any assessment is, byte for byte, the one that the library writes of it."""
    sitting = Sitting(Opening(chromium), tmp_path_factory.mktemp("form"), drawn)
    saved = sitting.saved()
    sitting.page.context.close()
    assert km.load(saved, model=drawn.model) == drawn
    assert json.loads(saved) == json.loads(dump(drawn, "json"))
    assert saved == dump(km.load(saved, model=drawn.model), "json")


@pytest.mark.slow
@settings(max_examples=25)
@given(drawn=assessments())
def test_what_is_opened_is_saved(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, drawn: Assessment
) -> None:
    """A file of the same model is opened whole: what is then saved is what was in it, to the last awkward character."""
    folder = tmp_path_factory.mktemp("form")
    sitting = Sitting(Opening(chromium), folder, km.new(drawn.model, unit="Somebody else", assessed=DAY))
    file = folder / "theirs.kmm.json"
    file.write_bytes(dump(drawn, "json"))
    sitting.open(file)
    saved = sitting.read()
    sitting.page.context.close()
    assert saved == json.loads(file.read_bytes())


@pytest.mark.parametrize("text", [*ATTACKS, "  two spaces on each side  ", "a\u00a0b\u200b\u0301", "⛰️🧑🏽‍💻 שלום"])
def test_what_is_typed_is_saved(sitting: Sitting, text: str) -> None:
    """Whatever is typed, into whatever field, is in the file to the letter and comes back when it is opened."""
    page = sitting.page
    for at in ("handling", "contact", "notes"):
        page.fill(f"#about [data-at={at}]", text)
    sitting.go("outcome-1")
    card = "[data-sub='leadership.direction'] "
    page.click(card + "[data-add-evidence]")
    page.click(card + "[data-evidence] summary")
    for key in ("note", "alternative", "effect", "ref"):
        page.fill(f"{card}[data-key={key}]", text)
    sitting.go("priorities")
    page.check("[data-choose=learning] [data-priority]")
    page.fill("[data-choose=learning] [data-priority-because]", text)
    page.select_option("[data-choose=learning] [data-rate]", "high")
    page.fill("[data-choose=learning] [data-rate-because]", text)
    sitting.go("plan")
    page.click("#add-action")
    for key in ("action", "owner", "note"):
        page.fill(f"#actions [data-key={key}]", text)
    page.click("#add-review")
    page.fill("#reviews [data-key=due]", "2027-05-24")
    page.fill("#reviews [data-key=note]", text)
    saved = sitting.read()
    assert (saved["handling"], saved["contact"], saved["notes"]) == (text, text, text)
    assert saved["scores"]["leadership.direction"]["evidence"] == [
        {"note": text, "alternative": text, "effect": text, "ref": text}
    ]
    assert saved["priorities"] == [{"outcome": "learning", "because": text}]
    assert saved["benefit"] == {"learning": {"rate": "high", "because": text}}
    assert saved["plan"]["actions"] == [{"action": text, "owner": text, "note": text}]
    assert saved["plan"]["reviews"] == [{"due": "2027-05-24", "note": text}]
    page.reload()
    assert sitting.read() == saved
    assert page.evaluate("window.harmed") is None
    assert sitting.opened.said == []


@pytest.mark.parametrize("name", TEAMS)
def test_each_team_is_saved(name: str, opens: Opening, tmp_path: Path) -> None:
    """The file of each team is its assessment with what was typed, is again so after a reload, and passes `check`."""
    team = TEAMS[name].assessment
    sitting = Sitting(opens, tmp_path, team, TEAMS[name].previous)
    sitting.type("#about [data-at=notes]", "Typed today")
    saved = sitting.saved()
    assert km.load(saved, model=team.model) == evolve(team, notes="Typed today")
    assert km.check(saved, model=team.model).errors == ()
    sitting.page.reload()
    assert sitting.saved() == saved


def test_short_forms(sitting: Sitting, tmp_path: Path) -> None:
    """A file that somebody wrote by hand in the short forms is opened too."""
    data: dict[str, Any] = {
        "kmmaturity": 1,
        "model": "starter@1.0",
        "unit": ["A team"],
        "assessed": "2026-11-24",
        "scores": {
            "learning.before": {"score": 1, "evidence": ["Two of nine looked"], "target": 2},
            "learning.after": None,
        },
        "benefit": {"learning": "high"},
        "priorities": ["learning"],
    }
    file = tmp_path / "by-hand.kmm.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    sitting.open(file)
    assert km.load(sitting.saved()) == km.load(file)


def _text(change: Callable[[dict[str, Any]], Any]) -> str:
    data = km.to_dict(km.example())
    changed = change(data)
    return json.dumps(data if changed is None else changed)


FOREIGN: dict[str, tuple[str | bytes, str]] = {
    "not JSON": ("kmmaturity: 1", "It is not JSON"),
    "not UTF-8": (b"\xff\xfe{}", "It is not text in UTF-8"),
    "too large": (b" " * (1024 * 1024 + 1), "It is over 1 MiB"),
    "a list": ("[1]", "It is not a kmmaturity assessment"),
    "null": ("null", "It is not a kmmaturity assessment"),
    "something else": ('{"name": "package", "version": "1"}', "It is not a kmmaturity assessment"),
    "a model": ('{"kmmodel": 1}', "It is a model"),
    "newer": ('{"kmmaturity": 2}', "newer format"),
    "another model": (_text(lambda data: data.update(model="departmental@3.2")), "another model, departmental@3.2"),
    "unknown key": (_text(lambda data: data.update(wellbeing=3)), "/wellbeing is not known to this page"),
    "wrong type": (_text(lambda data: data["scores"].update({"learning.before": {"score": "2"}})), "/scores/learning.before/score should be a whole number"),
    "no day": (_text(lambda data: data.update(assessed="2026-02-30")), "/assessed should be a day"),
    "missing": (_text(lambda data: data.pop("unit") and None), "/unit is missing"),
    "no unit": (_text(lambda data: data.update(unit=[])), "/unit should hold at least one"),
    "twice": ('{"kmmaturity": 1, "model": "starter@1.0", "unit": ["a"], "assessed": "2026-11-24", "notes": "a", "notes": "b"}', "A key stands twice"),
    "a prototype": ('{"kmmaturity": 1, "model": "starter@1.0", "unit": ["a"], "assessed": "2026-11-24", "__proto__": {"x": 1}}', "/__proto__ is not known"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), FOREIGN.values(), ids=FOREIGN)
def test_foreign_files(sitting: Sitting, tmp_path: Path, content: str | bytes, told: str) -> None:
    """A file that is not ours, or of another model, is not opened: the page says so, and nothing typed is lost."""
    sitting.type("#about [data-at=notes]", "Nine of fourteen took part")
    before = sitting.read()
    file = tmp_path / "foreign.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    sitting.page.set_input_files("#file", file)
    problem = sitting.page.locator("#problems .problem")
    problem.wait_for()
    said = problem.inner_text()
    assert "foreign.json was not opened, and nothing here has changed" in said
    assert told in said
    assert sitting.page.evaluate("document.activeElement.className") == "problem"
    assert sitting.read() == before
    assert before["notes"] == "Nine of fourteen took part"
    assert sitting.opened.said == []


def test_another_wording(sitting: Sitting, tmp_path: Path) -> None:
    """A file that was written against another wording of the same model is opened, and the page says so."""
    for digest, other in ((None, False), ("sha256:" + "0" * 64, True)):
        data = km.to_dict(km.example()) | ({} if digest is None else {"digest": digest})
        file = tmp_path / "theirs.kmm.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        sitting.open(file)
        assert ("written against another wording of starter@1.0" in sitting.page.inner_text("#told")) is other


def test_opening_can_be_undone(sitting: Sitting, tmp_path: Path) -> None:
    """Opening a file puts it in the place of what was typed, says so, and can be undone."""
    sitting.type("#about [data-at=notes]", "Typed before")
    before = sitting.read()
    file = tmp_path / "theirs.kmm.json"
    km.save(km.example(), file)
    sitting.open(file)
    assert "Opened theirs.kmm.json" in sitting.page.inner_text("#told")
    assert sitting.page.inner_text("#unit") == "Coastal Evidence Team"
    sitting.page.click("#undo")
    assert sitting.read() == before


def test_what_is_lacking(sitting: Sitting) -> None:
    """A file that `check` would refuse is not saved: each thing that it lacks is named, and leads to its field."""
    page = sitting.page
    page.fill("#units", "")
    page.fill("#about [data-at=assessed]", "")
    sitting.go("plan")
    page.click("#add-review")
    page.fill("#reviews [data-key=note]", "On course")
    page.click("#add-action")
    page.fill("#actions [data-key=owner]", "Knowledge Lead")
    page.click("#save")
    assert page.locator("#problems li").all_inner_texts() == [
        "Say who you are: at least one name.",
        "Say of which day the assessment is.",
        "Action 1 says nothing yet: write what you will do.",
        "Review 1 has no day: write when it is due.",
    ]
    for index, focused in enumerate(["units", "assessed", "action", "due"]):
        page.locator("#problems a").nth(index).click()
        assert page.evaluate("(({id, dataset}) => id || dataset.at || dataset.key)(document.activeElement)") == focused
    page.fill("#reviews [data-key=due]", "2027-02-24")
    page.fill("#actions [data-key=action]", "Ask at the start")
    sitting.go("about")
    page.fill("#units", "A team")
    page.fill("#about [data-at=assessed]", "2026-11-24")
    assert km.check(sitting.saved()).errors == ()


def test_empty_rows_are_not_saved(sitting: Sitting) -> None:
    """A row that was added and left empty is no evidence, and an answer that was taken back is not there any more."""
    sitting.go("outcome-1")
    card = "[data-sub='leadership.direction'] "
    sitting.page.click(card + "[data-add-evidence]")
    assert "scores" not in sitting.read()
    sitting.score("leadership.direction", 0)
    assert sitting.read()["scores"] == {"leadership.direction": {"score": 0}}
    sitting.score("leadership.direction", "")
    assert "scores" not in sitting.read()


def test_the_file_is_named_after_day_and_unit(sitting: Sitting) -> None:
    """The file has the name that `kmmaturity new` would give it, in .kmm.json."""
    sitting.page.fill("#units", "An agency\nWetlands, Rivers & Coast")
    with sitting.page.expect_download() as download:
        sitting.page.keyboard.press("Control+s")
    assert download.value.suggested_filename == "2026-11-24-wetlands-rivers-coast.kmm.json"
    assert km.check(Document("x.kmm.json", Path(download.value.path()).read_bytes())).errors == ()
