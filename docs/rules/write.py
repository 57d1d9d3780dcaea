"""Writes the pages of this folder from the catalogue: `make pages`. They are never edited by hand."""

from __future__ import annotations

from pathlib import Path

from kmmaturity.domain.rules.pages import pages

if __name__ == "__main__":
    folder = Path(__file__).parent
    written = pages()
    for gone in {path.name for path in folder.glob("*.md")} - written.keys():
        (folder / gone).unlink()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
