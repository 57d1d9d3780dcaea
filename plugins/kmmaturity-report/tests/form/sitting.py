"""A form as a team has it before them: opened from a file, and what the page then says and saves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from attrs import frozen

from browser import Opened, Opening
from kmmaturity.domain.assessment import Assessment
from kmmaturity_report.form import render

__all__ = ["Said", "Sitting"]


@frozen
class Said:
    """One piece of advice, by the page or by the library."""

    code: str
    severity: str
    message: str
    pointer: tuple[str | int, ...]


class Sitting:
    """The form that begins with `started`, written to a folder and opened in a browser."""

    def __init__(
        self,
        opens: Opening,
        folder: Path,
        started: Assessment,
        previous: Assessment | None = None,
        **window: Any,
    ) -> None:
        self.path = folder / "form.html"
        self.path.write_bytes(render(started, previous))
        self.opened: Opened = opens(self.path, **window)
        self.page = self.opened.page

    def go(self, step: str) -> None:
        """Shows a step, as following its link does."""
        self.page.evaluate("step => { location.hash = step }", step)
        self.page.locator(f"#{step}").wait_for()

    def type(self, field: str, text: str) -> None:
        """Types `text` into a field, and waits for nothing."""
        self.page.fill(field, text)

    def score(self, sub: str, level: int | str) -> None:
        """Chooses the level of a sub-outcome in its card."""
        self.page.check(f"[data-sub='{sub}'] [data-score][value='{level}']")

    def open(self, file: Path) -> None:
        """Opens a file in the page, which takes it."""
        self.page.evaluate("document.getElementById('told').textContent = ''")  # what it said of the file before
        self.page.set_input_files("#file", file)
        self.page.locator("#told", has_text="Opened").wait_for()

    def advice(self) -> list[Said]:
        """Every piece of advice that the page gives, as it lists them at the end."""
        self.go("finish")
        found: list[dict[str, str]] = self.page.eval_on_selector_all(
            "#advice .finding", "every => every.map(each => ({...each.dataset}))"
        )
        return [
            Said(each["code"], each["severity"], each["message"], tuple(json.loads(each["pointer"]))) for each in found
        ]

    def saved(self) -> bytes:
        """The bytes of the file that the page saves."""
        with self.page.expect_download() as download:
            self.page.click("#save")
        return Path(download.value.path()).read_bytes()

    def read(self) -> Any:
        """What is in the file that the page saves, as plain data."""
        return json.loads(self.saved())
