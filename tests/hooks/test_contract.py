"""What plug-ins rely on is written down, and only grows: by new hooks, and by optional fields at the end of records."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.installed.test_plugins import GOOD

import kmmaturity.testing
from kmmaturity import hooks
from kmmaturity.hooks import specs

ROOT = Path(__file__).parents[2]
WRITE = runpy.run_path(str(ROOT / "docs" / "hooks" / "write.py"))
FROZEN = (Path(__file__).parent / "contract.txt").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "hooks" / "README.md").read_text(encoding="utf-8")


def parts(contract: str) -> dict[str, list[str]]:
    """The lines of each record in a contract, and under no name those that stand alone."""
    found: dict[str, list[str]] = {"": []}
    for block in contract.split("\n\n"):
        first, *rest = block.splitlines()
        if rest and rest[0].startswith("  "):
            found[first] = rest
        else:
            found[""] += [first, *rest]
    return found


def broken(before: str, after: str) -> list[str]:
    """What a plug-in that was written by the contract `before` cannot rely on any more."""
    return [told for name, lines in parts(before).items() for told in _broken(name, lines, parts(after).get(name, []))]


def _broken(name: str, old: list[str], new: list[str]) -> Iterator[str]:
    lost = [line for line in old if line not in new]
    yield from (f"{name or 'gone'}: {line.strip()}" for line in lost)
    if not name:
        return  # what stands alone has no order
    added = [line for line in new if line not in old]
    yield from (f"{name}: {line.strip()} has no default" for line in added if "=" not in line)
    if not lost and [line for line in new if line in old] != old:
        yield f"{name}: its fields are in another order"
    elif not lost and new[: len(old)] != old:
        yield f"{name}: a new field stands before an old one"


def test_it_only_grows() -> None:
    """No hook, record or field that was ever there is gone or another; what is new is optional, and at the end."""
    assert broken(FROZEN, WRITE["contract"]()) == [], (
        "plug-ins that are out there would break: the contract grows by new hooks and optional fields alone"
    )


def test_it_is_written_down() -> None:
    """The contract is the one in tests/hooks/contract.txt: if it is meant to have grown, run `make contract`."""
    assert WRITE["contract"]() == FROZEN, "if this is meant, run `make contract pages`, and tell of it in CHANGELOG.md"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kmmaturity_rules() -> Iterable[Rule]\n", "", "gone: kmmaturity_rules() -> Iterable[Rule]"),
        ("  suffixes: tuple[str, ...]\n", "", "Exporter: suffixes: tuple[str, ...]"),
        ("  size: int\n", "  size: int | None\n", "Delivered: size: int"),
        ("  size: int\n", "  size: int = 0\n", "Delivered: size: int"),
        ("  version: str | None = None\n\nForm", "  version: str | None = None\n  owner: str\n\nForm", "Delivered: owner: str has no default"),
        ("  target: str\n  size: int\n", "  size: int\n  target: str\n", "Delivered: its fields are in another order"),
        ("  size: int\n", "  size: int\n  unit: str = 'byte'\n", "Delivered: a new field stands before an old one"),
        ("an option of type date\n", "", "gone: an option of type date"),
        ("  verify() ->", "  verify(key: str) ->", "Store: verify() -> tuple[Break, ...]"),
    ],
)  # fmt: skip
def test_what_would_break_a_plug_in(old: str, new: str, told: str) -> None:
    """Whatever is taken away, changed, moved or added without a default is told."""
    assert old in FROZEN
    assert told in broken(FROZEN, FROZEN.replace(old, new, 1))


def test_what_may_be_added() -> None:
    """A new hook, a new record and an optional field at the end break nothing."""
    grown = FROZEN.replace("\n\nExporter", "\nkmmaturity_words() -> Iterable[Word]\n\nExporter", 1)
    grown = grown.replace("\n\nForm", "\n  owner: str | None = None\n\nForm", 1)
    assert grown != FROZEN
    assert broken(FROZEN, grown) == []


def test_the_page_is_what_the_hooks_say() -> None:
    """The page in docs/hooks is made from the hooks, to the letter: run `make pages`."""
    assert WRITE["page"]() == PAGE


@pytest.mark.parametrize("hook", specs.RECORDS)
def test_every_hook_is_told_and_tested(hook: str) -> None:
    """Each hook of the contract has a section with its record's fields, a contract of tests, and a part in a plug-in."""
    record = specs.RECORDS[hook].__name__
    assert f"{hook}() -> Iterable[{record}]" in FROZEN.splitlines()
    section = PAGE.split(f"\n## {hook}\n", 1)[1].split("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \|", section.split(f"\n### {record}\n", 1)[1].split("\n### ")[0], re.MULTILINE)
    assert told == [line.split(":")[0].strip() for line in parts(FROZEN)[record]]
    assert f"def {hook}()" in GOOD, "the plug-in of tests/installed/test_plugins.py brings one of each"
    named, fixtures = WRITE["CONTRACTS"][hook]
    contract = getattr(kmmaturity.testing, named)()
    for each in fixtures:
        with pytest.raises(NotImplementedError, match=f"override the fixture `{each}`"):
            getattr(type(contract), each).__wrapped__(contract)


def test_every_record_can_be_imported() -> None:
    """Every name that the contract speaks of is imported from `kmmaturity.hooks`."""
    for each in WRITE["_every"]():
        assert getattr(hooks, each.__name__) is each
    told = re.findall(r"(?:: |-> |\[|\| )([A-Z][A-Za-z]+)", re.sub(r"'[^']*'| = .*", "", FROZEN))
    theirs = {"Any", "By", "Callable", "Fraction", "Iterable", "Literal", "Mapping", "None", "Sequence"}
    assert set(told) <= {*hooks.__all__, *theirs}
