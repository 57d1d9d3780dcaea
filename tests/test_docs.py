"""The reference page has what the code has: no key or name more, and none less."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

import pytest

import kmmaturity
from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.checking import FORMATS
from kmmaturity.checking.settings import SETTINGS
from kmmaturity.domain.assessment import Benefit, Evidence, Priority, Score, Suppression, Target
from kmmaturity.domain.model import Measure, Outcome, Requirement, SubOutcome
from kmmaturity.domain.plan import Action, ActionPlan, Review
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.files.meanings import MEANINGS
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Record, record

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
MODELS = (ROOT / "model" / "README.md").read_text(encoding="utf-8")


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head."""
    lines = page.split(f"\n{heading}\n", 1)[1].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = takewhile(lambda line: line.startswith("|"), lines[start + 2 :])
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize(
    ("page", "heading", "shape"),
    [
        (REFERENCE, "### The file", ASSESSMENT),
        (REFERENCE, "### An answer: an entry of `scores`", record(Score)),
        (REFERENCE, "### Evidence", record(Evidence)),
        (REFERENCE, "### A target", record(Target)),
        (REFERENCE, "### An entry of `benefit`", record(Benefit)),
        (REFERENCE, "### An entry of `priorities`", record(Priority)),
        (REFERENCE, "### The plan", record(ActionPlan)),
        (REFERENCE, "### An entry of `reviews`", record(Review)),
        (REFERENCE, "### An entry of `actions`", record(Action)),
        (REFERENCE, "### An entry of `ignore`", record(Suppression)),
        (MODELS, "### The file", MODEL),
        (MODELS, "### An outcome", record(Outcome)),
        (MODELS, "### A sub-outcome", record(SubOutcome)),
        (MODELS, "### A measure", record(Measure)),
        (MODELS, "### A link: an entry of `requires` or `supports`", record(Requirement)),
    ],
    ids=lambda value: value.strip("# ") if isinstance(value, str) and value.startswith("#") else "",
)
def test_keys(page: str, heading: str, shape: Record) -> None:
    """Each table of keys has the keys that a file can have, and says which are needed, and what editors show of each."""
    rows = table(page, heading)
    told = {key.strip("`"): needed == "yes" for key, needed, _ in rows}
    assert told == {key: each.required for key, each in shape.fields.items()}
    assert MEANINGS[shape.kind.__name__] == {key.strip("`"): means for key, _, means in rows}


def test_settings() -> None:
    """The table of settings has every setting, with what it holds."""
    told = {name.strip("`"): holds for name, holds, _ in table(REFERENCE, "## Settings")}
    assert told == {name: str(each.metadata["holds"]) for name, each in SETTINGS.items()}


def test_ways_to_tell_findings() -> None:
    """Every format of findings is spoken of."""
    text = REFERENCE.partition("## How findings are told")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", text)) >= {*FORMATS, "auto"}


def test_names() -> None:
    """The table of Python names has the public names, each once."""
    told = [name for cell, _ in table(REFERENCE, "## Python") for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(told) == sorted(kmmaturity.__all__)


def test_formats() -> None:
    """The table of formats has those that ship, with their endings and options, and which can hold several."""
    told = [(*row,) for row in table(REFERENCE, "## Formats")]
    assert told == [
        (
            each.name,
            ", ".join(each.suffixes),
            ", ".join(option.name for option in each.options),
            "yes" if each.stream else "no",
        )
        for each in EXPORTERS
    ]


def test_codes() -> None:
    """Every rule that a page speaks of is in the catalogue."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "model").glob("*.md")]
    told = {code for page in pages for code in re.findall(r"KMM\d{3}", page.read_text(encoding="utf-8"))}
    assert told
    assert told <= set(CATALOGUE)


def test_links() -> None:
    """Every link from one page of the repository to another leads somewhere."""
    pages = [page for page in ROOT.glob("**/*.md") if not {".venv", ".hypothesis"} & set(page.parts)]
    links = [
        (page, link.split("#")[0])
        for page in pages
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if not re.match(r"https?:|#", link)
    ]
    assert links
    assert [f"{page}: {link}" for page, link in links if not (page.parent / link).exists()] == []
