"""The browser that pages are tried in finds out what it is there to find out."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser import Opening

FAULTY = """<!doctype html><html><head><title>Faulty</title></head><body style="margin:0;min-width:900px">
<img src="https://elsewhere.example/x.png"><script>console.error("loud"); undefinedName()</script></body></html>"""


@pytest.mark.needs("chromium")
def test_faults_are_seen(opens: Opening, tmp_path: Path) -> None:
    """A page without a language, with a request outside, errors and too wide for a phone is found out in all of it."""
    path = tmp_path / "faulty.html"
    path.write_text(FAULTY, encoding="utf-8")
    opened = opens(path, width=320)
    against = "\n".join(opened.against())
    assert "html-has-lang" in against
    assert "image-alt" in against
    assert opened.outside() == ["https://elsewhere.example/x.png"]
    assert "loud" in opened.said
    assert any("undefinedName" in each for each in opened.said)
    assert opened.wider() == 580
