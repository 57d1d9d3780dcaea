"""What was typed is kept in the browser that it was typed in, and nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from browser import Opening
from form.sitting import Sitting
from kmmaturity.domain.assessment import Assessment
from kmmaturity_report.form import render

pytestmark = pytest.mark.needs("chromium")


def test_reload_restores(sitting: Sitting) -> None:
    """What was typed is there again after the page is loaded again, and the page says so."""
    sitting.go("outcome-1")
    sitting.score("leadership.direction", 2)
    sitting.page.click("[data-sub='leadership.direction'] [data-add-evidence]")
    sitting.page.keyboard.type("Aims are in the business plan")
    before = sitting.read()
    sitting.page.reload()
    assert "What you typed here before is back" in sitting.page.inner_text("#told")
    assert sitting.read() == before
    assert before["scores"]["leadership.direction"]["evidence"] == [{"note": "Aims are in the business plan"}]


def test_reload_restores_what_is_unfinished(sitting: Sitting) -> None:
    """What could not be saved as a file yet is there again, too: no unit, a note without its day, an owner of nothing."""
    page = sitting.page
    page.fill("#units", "")
    sitting.go("plan")
    page.click("#add-review")
    page.fill("#reviews [data-key=note]", "On course")
    page.click("#add-action")
    page.fill("#actions [data-key=owner]", "Knowledge Lead")
    page.reload()
    assert page.input_value("#units") == ""
    assert page.input_value("#reviews [data-key=note]") == "On course"
    assert page.input_value("#actions [data-key=owner]") == "Knowledge Lead"
    assert page.locator("#problems .problem").count() == 0


def test_closing_at_once(opens: Opening, tmp_path: Path, blank: Assessment) -> None:
    """What was typed the moment before the window closes is kept."""
    sitting = Sitting(opens, tmp_path, blank)
    sitting.type("#about [data-at=notes]", "The last words")
    again = sitting.page.context.new_page()
    sitting.page.close(run_before_unload=True)
    again.goto(sitting.path.as_uri())
    assert again.input_value("#about [data-at=notes]") == "The last words"


def test_forms_keep_apart(opens: Opening, tmp_path: Path, blank: Assessment) -> None:
    """What is typed into one form is in no other: not in a copy elsewhere, nor in one of another unit, day or model."""
    sitting = Sitting(opens, tmp_path, blank)
    sitting.type("#about [data-at=notes]", "Of this form alone")
    sitting.page.locator("#kept", has_text="Kept in this browser").wait_for()
    others = {
        "copy.html": blank,
        "form.html": evolve(blank, unit=["An agency", "Another team"]),
        "later/form.html": evolve(blank, assessed=date(2027, 11, 23)),
        "model/form.html": evolve(blank, model=evolve(blank.model, version="1.1")),
    }
    for name, other in others.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(render(other))
        again = sitting.page.context.new_page()
        again.goto(path.as_uri())
        assert (name, again.input_value("#about [data-at=notes]")) == (name, "")
        assert again.evaluate("localStorage.length") == 1


@pytest.mark.parametrize("there", ["{", '{"kmmaturity": 1, "notes": 2}', '{"kmmaturity": 1, "mood": "good"}'])
def test_what_cannot_be_read_is_left(sitting: Sitting, there: str) -> None:
    """What another version kept and this one cannot read is said, left as it is, and not written over."""
    sitting.type("#about [data-at=notes]", "Typed")
    sitting.page.locator("#kept", has_text="Kept in this browser").wait_for()
    (key,) = sitting.page.evaluate("Object.keys(localStorage)")
    other = sitting.path.with_name("other.html")
    other.write_text("<title>Elsewhere</title>", encoding="utf-8")
    sitting.page.goto(other.as_uri())  # leaving the form keeps what was typed
    sitting.page.evaluate("([key, there]) => localStorage.setItem(key, there)", [key, there])
    sitting.page.goto(sitting.path.as_uri())
    assert "cannot be read" in sitting.page.inner_text("#problems")
    sitting.type("#about [data-at=notes]", "Typed anew")
    assert sitting.read()["notes"] == "Typed anew"
    sitting.page.goto(other.as_uri())
    assert sitting.page.evaluate("key => localStorage.getItem(key)", key) == there


def test_forgetting(sitting: Sitting) -> None:
    """What this browser keeps is forgotten when asked, and that can be undone until the page closes."""
    sitting.type("#about [data-at=notes]", "Private")
    sitting.go("finish")
    sitting.page.click("#forget")
    assert sitting.page.input_value("#about [data-at=notes]") == ""
    assert sitting.page.evaluate("localStorage.length") == 0
    sitting.page.click("#undo")
    assert sitting.read()["notes"] == "Private"
    sitting.page.click("#forget")
    sitting.page.reload()
    assert sitting.page.input_value("#about [data-at=notes]") == ""


REFUSING = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"


def test_a_browser_that_keeps_nothing(opens: Opening, tmp_path: Path, blank: Assessment) -> None:
    """Where the browser refuses to keep anything the page says so, and asks before it is closed with what was typed."""
    sitting = Sitting(opens, tmp_path, blank)
    sitting.page.add_init_script(REFUSING)
    sitting.page.reload()
    sitting.type("#about [data-at=notes]", "Not to be lost")
    sitting.page.locator("#kept", has_text="keeps nothing").wait_for()
    asked = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    sitting.page.on("dialog", stay)
    sitting.page.evaluate("setTimeout(() => location.reload(), 0)")
    sitting.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert sitting.read()["notes"] == "Not to be lost"
    sitting.page.evaluate("setTimeout(() => location.reload(), 0)")
    sitting.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert sitting.opened.said == []


def test_a_second_window(sitting: Sitting) -> None:
    """Where the form is open in two windows, the one that was not changed last says so and overwrites nothing."""
    other = sitting.page.context.new_page()
    other.goto(sitting.path.as_uri())
    other.fill("#about [data-at=notes]", "From the other window")
    sitting.page.wait_for_selector("#problems .problem")
    assert "open in another window too" in sitting.page.inner_text("#problems")
    sitting.type("#about [data-at=contact]", "Too late")
    sitting.page.reload()
    assert sitting.page.input_value("#about [data-at=notes]") == "From the other window"
    assert sitting.page.input_value("#about [data-at=contact]") == ""


# What stands in for the browser: the storage that windows share gives nothing.
FORGETTING = """{
    const kept = Storage.prototype.getItem;
    Storage.prototype.getItem = function (key) { return this === localStorage ? null : kept.call(this, key); };
}"""


def test_a_browser_that_forgets(sitting: Sitting) -> None:
    """Where the browser gives a page that is loaded again nothing of what windows share, what was typed is back."""
    sitting.type("#about [data-at=notes]", "Not to be lost")
    before = sitting.read()
    sitting.page.add_init_script(FORGETTING)
    sitting.page.reload()
    assert "What you typed here before is back" in sitting.page.inner_text("#told")
    assert sitting.read() == before
    sitting.go("finish")
    sitting.page.click("#forget")
    sitting.page.reload()
    assert sitting.page.input_value("#about [data-at=notes]") == ""
    assert sitting.page.evaluate("sessionStorage.length") == 0
