"""Writes the pages of this folder from the catalogue: `make pages`. They are never edited by hand."""

from __future__ import annotations

from pathlib import Path

from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.domain.rules.pages import pages
from kmmaturity.testing.examples import findings


def written() -> dict[str, str]:
    """The text of each page by its file's name, with what is found in the rule's bad example."""
    return pages(CATALOGUE.values(), {code: findings(rule, rule.bad) for code, rule in CATALOGUE.items()})


if __name__ == "__main__":
    folder, texts = Path(__file__).parent, written()
    for gone in {path.name for path in folder.glob("*.md")} - texts.keys():
        (folder / gone).unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
