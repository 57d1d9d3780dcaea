"""Takes the picture of the report that README.md shows, with the Chromium of this machine: `make screenshot`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import kmmaturity as km

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT = 1040, 1180


def take(picture: Path) -> None:
    """Write what the example team's report looks like, from its head down to its counts, to `picture`."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        sys.exit(f"The picture is taken with Chromium, and none of {', '.join(PROGRAMS)} is on PATH: install chromium")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "report.html"
        km.export(km.report(km.example(), previous=km.example(year=1)), page)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        window.goto(page.as_uri())
        window.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("report.png"))
