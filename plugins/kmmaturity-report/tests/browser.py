"""A real Chromium for pages: what it says, what it asks for, and what axe finds in it."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

from attrs import field, frozen
from playwright.sync_api import Browser, Page

__all__ = ["Opened", "Opening"]

AXE = files("axe_playwright_python") / "axe.min.js"
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

# The words of at most fourteen letters, and the dates in tables, that do not stand on one line.
CUT = r"""() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const cut = [];
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.parentElement.closest("svg, .hidden, caption, thead")) continue;
        const dates = text.parentElement.closest(".together") ? "\\d+ [A-Z][a-z]+ \\d{4}|" : "";
        for (const found of text.data.matchAll(new RegExp(`${dates}\\p{L}+`, "gu"))) {
            if (found[0].length > 14 && !/\d/.test(found[0])) continue;
            const range = document.createRange();
            range.setStart(text, found.index);
            range.setEnd(text, found.index + found[0].length);
            if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) cut.push(found[0]);
        }
    }
    return cut;
}"""


@frozen
class Opened:
    """A page open in Chromium: `said` are its console errors and uncaught ones, `asked` every address it asks for."""

    page: Page
    path: Path
    said: list[str] = field(factory=list)
    asked: list[str] = field(factory=list)

    def outside(self) -> list[str]:
        """The requests that leave the page, whether they were let through or not."""
        return [url for url in self.asked if url != self.path.as_uri() and not url.startswith(("data:", "blob:"))]

    def against(self) -> list[str]:
        """What axe has against the page as it stands: a line for each rule, with the elements that break it."""
        # Through the debugger, which a page's Content-Security-Policy does not hold back.
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        run: Any = self.page.evaluate(
            "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", list(STANDARDS)
        )
        return [
            f"{each['id']}: {each['help']}: {'; '.join(node['html'][:200] for node in each['nodes'])}"
            for each in run["violations"]
        ]

    def roles(self) -> Counter[str]:
        """How many of each role the page has for those who have it read aloud."""
        session = self.page.context.new_cdp_session(self.page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        return Counter(str(each["role"]["value"]) for each in nodes if not each["ignored"])

    def wider(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def cut(self) -> list[str]:
        """The words, and dates, that are broken in two for want of room; only what is longer may be."""
        return list(self.page.evaluate(CUT))


class Opening:
    """Opens files in Chromium, each in a profile of its own, as from a shared drive: without a network."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def __call__(self, path: Path, *, width: int = 1280, height: int = 900, **context: Any) -> Opened:
        """The file at `path` in a window of this size; `context` is what Playwright's `new_context` takes."""
        page = self.browser.new_context(offline=True, viewport={"width": width, "height": height}, **context).new_page()
        opened = Opened(page, path)
        page.on("console", lambda told: opened.said.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: opened.said.append(str(error)))
        page.on("request", lambda request: opened.asked.append(request.url))
        page.goto(path.as_uri())
        return opened
