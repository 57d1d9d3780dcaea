"""Writes the page of this folder from the hooks themselves, and the contract that tests compare them with.

`make pages` writes the page. `make contract` writes `tests/hooks/contract.txt`, once a change of it is meant.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import attrs

from kmmaturity import hooks
from kmmaturity.domain.assessment import Benefit, Evidence, State
from kmmaturity.domain.model import Level, Standing
from kmmaturity.domain.plan import Action, ActionPlan, Review, Status
from kmmaturity.domain.profile import Gap, Profile
from kmmaturity.domain.report import ModelNote, OutcomeNote, Row
from kmmaturity.domain.tally import Tally
from kmmaturity.hooks import options, specs
from kmmaturity.hooks.records import Opening

HEAD = """\
# Hooks

A plug-in is a Python module that is named in the entry-point group `kmmaturity` of a package. It has functions with the
names below, each marked with `@hookimpl`, that take nothing and hand over a list of records. [A custom exporter in 15
minutes](../custom-exporter.md) goes through it step by step, and
[kmmaturity-example](../../plugins/kmmaturity-example/README.md) is one to copy.

Everything is imported from `kmmaturity.hooks`. Names are taken once: ours stay ours, and of two plug-ins with one name
neither is used. What a plug-in raises is told as its own mistake, with its package and version; it raises a
`KmMaturityError`, of `kmmaturity.errors`, for what is the user's to mend.

The contract grows by new hooks and by optional fields at the end of records, and by nothing else. `kmmaturity.testing`
has tests for each kind of plug-in: subclass the contract, and override the fixtures that it names.
"""
CONTRACTS = {
    "kmmaturity_exporters": "ExporterContract",
    "kmmaturity_destinations": "DestinationContract",
    "kmmaturity_importers": "ImporterContract",
    "kmmaturity_stores": "StoreContract",
    "kmmaturity_models": "ModelContract",
    "kmmaturity_rules": "RuleContract",
}
# What the records are made of, or what is handed to their functions, in the order in which one meets it.
PARTS: dict[str, tuple[type, ...]] = {
    "kmmaturity_exporters": (
        *(hooks.Option, hooks.Report, Row, State, Evidence, Benefit, OutcomeNote, Tally, Profile, Gap, Level),
        *(ModelNote, Standing, ActionPlan, Action, Status, Review),
    ),
    "kmmaturity_destinations": (hooks.Delivery, hooks.File, hooks.Delivered),
    "kmmaturity_importers": (hooks.Imported,),
    "kmmaturity_stores": (Opening, hooks.Store),
    "kmmaturity_rules": (hooks.Context, hooks.Finding, hooks.Severity),
}


def fields(record: type) -> Iterator[tuple[str, str, str | None]]:
    """Each field of a record: its name, its type, and its default where it has one."""
    written = inspect.get_annotations(record)  # as in the source, whoever has resolved them meanwhile
    for each in attrs.fields(record):  # type: ignore[misc]  # it is a record
        default = each.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class, to those who ask at run time
            if default.takes_self:
                yield each.name, written[each.name], "what follows from the others"
                continue
            default = default.factory()
        yield each.name, written[each.name], None if each.default is attrs.NOTHING else _written(default)


def _written(value: object) -> str:
    """A default as one would write it."""
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    return "''" if isinstance(value, tuple) and type(value) is not tuple else repr(value)


def methods(protocol: type) -> Iterator[tuple[str, str]]:
    """Each method that whoever implements a protocol writes, and how it is called."""
    for name, each in vars(protocol).items():
        if inspect.isfunction(each) and (not name.startswith("_") or name == "__call__"):
            yield name, str(inspect.signature(each)).replace("(self, ", "(").replace("(self)", "()").replace("'", "")


def contract() -> str:
    """All that a plug-in can rely on, a line each."""
    return "".join(f"{line}\n" for line in _contract())


def _contract() -> Iterator[str]:
    for hook, record in specs.RECORDS.items():
        yield f"{hook}() -> Iterable[{record.__name__}]"
    for each in _every():
        yield ""
        yield each.__name__
        yield from (f"  {line}" for line in _lines(each))
    yield ""
    yield from (f"an option of type {each.__name__}" for each in options.TAKES)
    yield from (f"from kmmaturity.hooks import {name}" for name in hooks.__all__)


def _every() -> Iterator[type]:
    for hook, record in specs.RECORDS.items():
        yield from (record, *PARTS.get(hook, ()))


def _lines(each: type) -> Iterator[str]:
    if attrs.has(each):
        for name, kind, default in fields(each):
            yield f"{name}: {kind}" + ("" if default is None else f" = {default}")
    elif issubclass(each, Enum):
        yield from (f"{member.name} = {member.value!r}" for member in each)
    else:
        yield from (f"{name}{signature}" for name, signature in methods(each))


def page() -> str:
    """The page on hooks, in Markdown."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield HEAD
    yield "| Hook | Record | Tests |"
    yield "|---|---|---|"
    for hook, record in specs.RECORDS.items():
        tests = f"`{CONTRACTS[hook]}`" if hook in CONTRACTS else "call it"
        yield f"| [`{hook}`](#{hook}) | `{record.__name__}` | {tests} |"
    for hook, record in specs.RECORDS.items():
        told, example = (inspect.getdoc(getattr(specs, hook)) or "").split("\n\n", 1)
        yield from ("", f"## {hook}", "", told, "", "```python", example, "```")
        for each in (record, *PARTS.get(hook, ())):
            yield from ("", f"### {each.__name__}", "", _prose(each), "")
            yield from _table(each)


def _prose(each: type) -> str:
    return inspect.getdoc(each) or ""


def _table(each: type) -> Iterator[str]:
    if attrs.has(each):
        yield "| Field | Type | Default |"
        yield "|---|---|---|"
        for name, kind, default in fields(each):
            shown = "needed" if default is None else f"`{default}`"
            yield f"| `{name}` | `{kind.replace('|', chr(92) + '|')}` | {shown} |"
    elif issubclass(each, Enum):
        yield ", ".join(f"`{member.name}`" for member in each) + "."
    else:
        yield "| Method | What it gives |"
        yield "|---|---|"
        for name, signature in methods(each):
            told = " ".join((inspect.getdoc(getattr(each, name)) or "").split())
            call = re.sub(r"^__call__", "", f"{name}{signature}").replace("|", "\\|")
            yield f"| `{call}` | {told} |"


if __name__ == "__main__":
    here = Path(__file__)
    if sys.argv[1:] == ["--contract"]:
        (here.parents[2] / "tests" / "hooks" / "contract.txt").write_text(contract(), encoding="utf-8", newline="\n")
    else:
        (here.parent / "README.md").write_text(page(), encoding="utf-8", newline="\n")
