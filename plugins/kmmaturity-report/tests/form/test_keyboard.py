"""The keyboard alone is enough."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner
from playwright.sync_api import Page

import kmmaturity as km
from browser import Opening
from form.sitting import Sitting
from kmmaturity.cli.program import program
from kmmaturity.domain.assessment import Assessment, Evidence
from kmmaturity.domain.model import Level, MaturityModel, Measure, Outcome, SubOutcome
from kmmaturity.domain.plan import Action, Status
from kmmaturity.files.writing import dump

pytestmark = pytest.mark.needs("chromium")

MODEL = MaturityModel(
    id="small",
    version="1",
    title="A small model",
    scale=[Level(0, "Not yet"), Level(1, "Starting"), Level(2, "Usual")],
    outcomes={
        "learning": Outcome(
            "We learn",
            subs={
                "before": SubOutcome(
                    "Before", measures={1: [Measure("ask", "We ask first"), Measure("look", "We look")]}
                ),
                "after": SubOutcome("After"),
            },
        ),
        "people": Outcome("We meet", subs={"clubs": SubOutcome("Clubs"), "talks": SubOutcome("Talks")}),
    },
)
LAST = km.new(MODEL, unit="A team", assessed=date(2025, 11, 20)).with_score("learning.after", 1)
WANTED = (
    evolve(
        km.new(MODEL, unit=["An agency", "A team"], assessed=date(2026, 11, 24), scope="team"),
        handling="OFFICIAL",
        contact="Knowledge Lead",
        notes="Nine of fourteen took part.\nTwo were away.",
    )
    .with_score("learning.before", 1)
    .with_evidence(
        "learning.before",
        Evidence(
            "Two of nine projects looked first",
            measure="look",
            effect="One study less",
            ref="https://intranet.example/start",
            dated=date(2026, 9, 30),
        ),
        "Everybody asks",
    )
    .with_score("learning.after", 0, rebaselined="We counted intentions then")
    .with_inapplicable("people.clubs", "Run by the staff association")
    .with_score("people.talks", 2)
    .with_evidence("people.talks", "A talk each month since May")
    .with_benefit("learning", "high", "Business plan aim 2")
    .with_priority("learning", "It saves most")
    .with_target("learning.before", 2, date(2027, 10, 31))
    .with_target("learning.after", 1)
    .with_action(
        Action(
            "Ask at the start",
            towards=["learning.before", "learning.after"],
            owner="Knowledge Lead",
            due=date(2027, 4, 30),
            status=Status.PLANNED,
            note="Tried once",
        )
    )
    .with_action("Pair up", towards="learning.before")
    .with_review(date(2026, 11, 24), held=date(2026, 11, 24), note="Looked back at last year")
    .with_review(date(2027, 5, 24))
)


class Keyboard:
    """A reader with a keyboard, who finds things by the names that a screen reader tells."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.order = "%d%m%Y" if self._asks_for_days_first() else "%m%d%Y"

    def _asks_for_days_first(self) -> bool:
        """Whether this browser, by its own language, has the day before the month."""
        other = self.page.context.new_page()
        other.set_content("<input type=date autofocus>")
        other.focus("input")
        other.keyboard.type("02012000")
        days_first = other.input_value("input") == "2000-01-02"
        other.close()
        return days_first

    def to(self, name: str, key: str = "Tab") -> None:
        """Presses the Tab key until what has the focus is called `name`, as its label begins."""
        for _ in range(200):
            self.page.keyboard.press(key)
            if self.here().startswith(name):
                return
        pytest.fail(f"no {name!r} is reached with {key}")

    def here(self) -> str:
        """What has the focus is called so."""
        told: str = self.page.evaluate(
            """() => {
                const here = document.activeElement;
                const told = here.getAttribute("aria-label") ?? (here.labels?.[0] ?? here).textContent;
                return told.trim().split(/\\s+/).join(" ");
            }"""
        )
        return told

    def press(self, *keys: str) -> None:
        """Presses keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        """Goes to the field `name` and types."""
        self.to(name)
        self.page.keyboard.type(text)

    def date(self, name: str, day: date) -> None:
        """Goes to the field `name` and types a day."""
        self.write(name, day.strftime(self.order))

    def follow(self, name: str) -> None:
        """Goes to a link or a button and presses Enter."""
        self.to(name)
        self.press("Enter")


def fill_in_about(keys: Keyboard) -> None:
    """The first step: who, when, and what else is said of the whole."""
    keys.follow("Skip to the questions")
    keys.to("Who you are")
    keys.press("Control+a")
    keys.page.keyboard.type("An agency\nA team")
    keys.to("not said")
    keys.press("ArrowDown")  # round to the first
    keys.date("Day of the assessment", date(2026, 11, 24))
    keys.write("Handling marking", "OFFICIAL")
    keys.write("Contact", "Knowledge Lead")
    keys.write("Notes", "Nine of fourteen took part.\nTwo were away.")
    keys.follow("Continue")


def fill_in_scores(keys: Keyboard) -> None:
    """Both outcomes: levels, and evidence with its details."""
    keys.to("Not assessed yet")
    keys.press("ArrowUp", "ArrowUp")  # to level 1 of 0, 1 and 2
    keys.follow("Add evidence")
    keys.page.keyboard.type("Two of nine projects looked first")
    keys.follow("Measure, effect")
    keys.to("Measure that it shows")
    keys.press("ArrowDown", "ArrowDown")
    keys.write("Effect", "One study less")
    keys.write("Reference", "https://intranet.example/start")
    keys.date("Date of it", date(2026, 9, 30))
    keys.follow("Add evidence")
    keys.page.keyboard.type("Everybody asks")
    keys.to("Not assessed yet")
    keys.press("ArrowUp", "ArrowUp", "ArrowUp")
    keys.write("Seen differently now", "We counted intentions then")
    keys.follow("Continue")

    keys.to("Not assessed yet")
    keys.press("ArrowDown")
    keys.write("Why it does not apply", "Run by the staff association")
    keys.to("Not assessed yet")
    keys.press("ArrowUp")
    keys.follow("Add evidence")
    keys.page.keyboard.type("A talk each month since May")
    keys.follow("Continue")


def fill_in_aims(keys: Keyboard) -> None:
    """A priority and why, the benefit, and targets: one with a day of its own."""
    keys.follow("Continue")
    keys.to("A priority this year: We learn")
    keys.press(" ")
    keys.write("Why this one", "It saves most")
    keys.to("How much improving would help: We learn")
    keys.press("h")
    keys.write("Why", "Business plan aim 2")
    keys.follow("Continue")

    keys.to("No target")
    keys.press("ArrowUp")
    keys.date("By when", date(2027, 10, 31))
    keys.to("No target")
    keys.press("ArrowUp", "ArrowUp")
    keys.follow("Continue")


def fill_in_plan(keys: Keyboard) -> None:
    """An action that is planned, an idea, a review that was held and one that is to come."""
    keys.follow("Add an action")
    keys.page.keyboard.type("Ask at the start")
    keys.to("Status")
    keys.press("p")
    keys.write("Owner", "Knowledge Lead")
    keys.date("Due", date(2027, 4, 30))
    for name in ("Before", "After"):
        keys.to(name)
        keys.press(" ")
    keys.write("Note", "Tried once")
    keys.follow("Add an action")
    keys.page.keyboard.type("Pair up")
    keys.to("Before")
    keys.press(" ")
    keys.follow("Add a review")
    keys.page.keyboard.type(date(2026, 11, 24).strftime(keys.order))
    keys.date("Held on", date(2026, 11, 24))
    keys.write("Note", "Looked back at last year")
    keys.follow("Add a review")
    keys.page.keyboard.type(date(2027, 5, 24).strftime(keys.order))
    keys.follow("Continue")


def save(keys: Keyboard) -> bytes:
    """What the button that saves gives, reached and pressed by keyboard."""
    keys.to("Save file")
    with keys.page.expect_download() as download:
        keys.press("Enter")
    return Path(download.value.path()).read_bytes()


def test_a_whole_form(opens: Opening, tmp_path: Path) -> None:
    """A whole form is filled in and saved by keyboard alone: the file is what was typed, after a reload too, and checks."""
    blank = km.new(MODEL, unit="?", assessed=date(2026, 1, 1))
    sitting = Sitting(opens, tmp_path, blank, LAST, locale="en-GB")
    keys = Keyboard(sitting.page)
    for fill_in in (fill_in_about, fill_in_scores, fill_in_aims, fill_in_plan):
        fill_in(keys)
    saved = save(keys)
    assert km.load(saved, model=MODEL) == WANTED
    assert km.check(saved, model=MODEL, today=date(2026, 11, 25)).warnings == ()

    sitting.page.reload()
    assert save(keys) == saved
    assert sitting.opened.said == []

    (tmp_path / "team.kmm.json").write_bytes(saved)
    (tmp_path / "small-1.kmmodel.yaml").write_bytes(dump(MODEL, "yaml"))
    checked = CliRunner().invoke(program, ["check", "--fail-on", "warning", str(tmp_path)])
    assert checked.exit_code == 0, checked.output


def test_back_from_the_end(opens: Opening, tmp_path: Path) -> None:
    """From each piece of advice the keyboard leads to the field that it is about."""
    started: Assessment = WANTED.with_score("people.talks", 1)
    started = started.with_action("Later", status="planned", towards="people").with_priority("people")
    sitting = Sitting(opens, tmp_path, started, locale="en-GB")
    sitting.go("finish")
    sitting.page.focus("#finish h2")
    keys = Keyboard(sitting.page)
    count = sitting.page.locator("#advice .finding a").count()
    arrived = set()
    for index in range(count):
        sitting.go("finish")
        link = sitting.page.locator("#advice .finding a").nth(index)
        pointer = json.loads(link.get_attribute("data-goto") or "[]")
        link.focus()
        keys.press("Enter")
        assert sitting.page.evaluate("document.activeElement.matches('input, textarea, select, h2')")
        arrived.add((pointer[0], sitting.page.evaluate("document.activeElement.closest('.step').id")))
    assert arrived == {("scores", "outcome-1"), ("priorities", "priorities"), ("plan", "plan")}


def test_removing_a_row(opens: Opening, tmp_path: Path) -> None:
    """A row that is removed leaves the focus nearby, and comes back with the button that undoes."""
    sitting = Sitting(opens, tmp_path, WANTED)
    sitting.go("outcome-1")
    keys = Keyboard(sitting.page)
    keys.to("Remove evidence 1 of Before")
    keys.press("Enter")
    assert keys.here().startswith("Evidence 1 of Before")
    keys.follow("Undo")
    assert km.load(sitting.saved(), model=MODEL) == WANTED


def test_nothing_typed_since_is_undone(opens: Opening, tmp_path: Path) -> None:
    """After something else is typed there is no button any more that would take it away with the undoing."""
    sitting = Sitting(opens, tmp_path, WANTED)
    sitting.go("outcome-1")
    sitting.page.locator("[data-sub='learning.before'] [data-remove]").first.click()
    assert sitting.page.locator("#undo").is_visible()
    sitting.page.fill("[data-sub='learning.before'] [data-key=note]", "Everybody asks, always")
    assert sitting.page.locator("#undo").is_hidden()
    assert [each["note"] for each in sitting.read()["scores"]["learning.before"]["evidence"]] == [
        "Everybody asks, always"
    ]
