"""Writes the page of this folder from the hooks themselves, and the contract that tests compare them with.

`make pages` writes the page. `make contract` writes `tests/hooks/contract.txt`, once a change of it is meant.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import attrs

from kmmaturity import hooks
from kmmaturity.hooks import options, specs

HEAD = """\
# Hooks

A plug-in is a Python module that is named in the entry-point group `kmmaturity` of a package. It has functions with the
names below, each marked with `@hookimpl`, that take nothing and hand over a list of records. [A custom exporter in 15
minutes](../custom-exporter.md) goes through it step by step, and
[kmmaturity-example](../../plugins/kmmaturity-example/README.md) is one to copy.

All that a plug-in needs of ours is imported from `kmmaturity.hooks`. Names are taken once: ours stay ours, and of two
plug-ins with one name neither is used; an ending of files that ours have chooses ours. `kmmaturity plugins` lists
what was found and says why something cannot be used, and `kmmaturity plugins NAME` shows the endings and options of
one. After a change of entry points, install the package again: they are written down when it is installed, with `-e`
too.

What a plug-in raises is told as its own mistake, with its package, its version and the line, and ends the command with
exit code 3; KMMATURITY_DEBUG=1 shows the traceback. So does asking for what a plug-in may be meant to bring while it
cannot be used. What is the user's to mend is raised as a `KmMaturityError`, which is made of a message alone: what is
wrong, where, and what to do. It is told as it is, with exit code 1. Of its kinds `CannotRead` says that a file is not
what it should be, `NoSuchFile` (exit code 2) that there is none, and `CannotWrite` that something was not written, so
that nothing is lost.

The contract grows by new hooks and by optional fields at the end of records, and by nothing else. `kmmaturity.testing`
has tests for each kind of plug-in: subclass the contract, and override its fixtures. `installed("exporter", "wiki")`
gives what kmmaturity finds, and says why where it finds none.
"""
# The class of tests for each hook, and the fixtures that its author overrides.
CONTRACTS = {
    "kmmaturity_exporters": ("ExporterContract", ("exporter",)),
    "kmmaturity_destinations": ("DestinationContract", ("destination", "address")),
    "kmmaturity_forms": ("FormContract", ("form",)),
    "kmmaturity_importers": ("ImporterContract", ("importer", "sample")),
    "kmmaturity_stores": ("StoreContract", ("make",)),
    "kmmaturity_models": ("ModelContract", ("file",)),
    "kmmaturity_rules": ("RuleContract", ("rule",)),
    "kmmaturity_commands": ("CommandContract", ("command",)),
}
# What the records are made of, or what is handed to their functions, in the order in which one meets it.
PARTS: dict[str, tuple[type, ...]] = {
    "kmmaturity_exporters": (
        *(hooks.Option, hooks.Report, hooks.Row, hooks.State, hooks.Evidence, hooks.Benefit, hooks.Rate),
        *(hooks.OutcomeNote, hooks.Tally, hooks.Profile, hooks.Gap, hooks.Level, hooks.ModelNote, hooks.Standing),
        *(hooks.ActionPlan, hooks.Action, hooks.Status, hooks.Review, hooks.Several),
    ),
    "kmmaturity_destinations": (hooks.Delivery, hooks.File, hooks.Delivered),
    "kmmaturity_importers": (hooks.Imported, hooks.Pointer),
    "kmmaturity_stores": (hooks.Opening, hooks.Store, hooks.ChainedStore, hooks.Revision, hooks.Forgotten, hooks.Break),
    "kmmaturity_rules": (
        *(hooks.Context, hooks.Assessment, hooks.Score, hooks.Target, hooks.Priority, hooks.MaturityModel),
        *(hooks.SubOutcome, hooks.Figures, hooks.Finding, hooks.Severity, hooks.Place, hooks.Filed),
    ),
}
# What a record can be asked for beyond its fields: of some all that can be read from it, and of these by name.
ASKED: dict[type, tuple[str, ...]] = {
    hooks.File: ("read",),
    hooks.Assessment: ("answer", "state", "level", "rate", "target_date", "beyond", "priority_subs"),
    hooks.MaturityModel: (
        *("reference", "subs", "levels", "lowest", "highest", "levels_of", "next_level", "level_title"),
        *("outcome_of", "within", "title_of"),
    ),
    hooks.Rule: ("found",),
    hooks.Profile: (),
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


def asked(record: type) -> Iterator[tuple[str, str, str]]:
    """What a record gives beside its fields: what one writes to get it, its type, and what it is."""
    # From the source, because attrs makes slots of what is worked out once, and keeps no docstring with them.
    (written,) = ast.parse(textwrap.dedent(inspect.getsource(record))).body
    found = {each.name: each for each in ast.walk(written) if isinstance(each, ast.FunctionDef)}
    worked_out = [name for name, each in found.items() if each.decorator_list and not name.startswith("_")]
    for name in ASKED.get(record, worked_out):
        each = found[name]
        call = "" if name in worked_out else f"({ast.unparse(each.args).removeprefix('self').removeprefix(', ')})"
        told = " ".join((ast.get_docstring(each) or "").split())
        yield f"{name}{call}", ast.unparse(each.returns or ast.Constant(None)), told


def methods(protocol: type) -> Iterator[tuple[str, str]]:
    """Each method that whoever implements a protocol, or fills in an abstract class, writes, and how it is called."""
    abstract = getattr(protocol, "__abstractmethods__", None)
    for name, each in vars(protocol).items():
        if isinstance(each, property) and abstract and name in abstract:
            yield name, f" -> {inspect.get_annotations(each.fget)['return']}"  # type: ignore[arg-type]  # it has one
        elif inspect.isfunction(each) and (name in abstract if abstract else name[0] != "_" or name == "__call__"):
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
    for each in _every():
        if attrs.has(each):
            yield from (f"{each.__name__}.{name} -> {kind}" for name, kind, _ in asked(each))
    yield from (f"an option of type {each.__name__}" for each in options.TAKES)
    yield from (f"from kmmaturity.hooks import {name}" for name in hooks.__all__)


def _every() -> Iterator[type]:
    for hook, record in specs.RECORDS.items():
        yield from (each for each in (record, *PARTS.get(hook, ())) if not issubclass(each, tuple))


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
    yield "| Hook | Record | Tests | Its fixtures |"
    yield "|---|---|---|---|"
    for hook, record in specs.RECORDS.items():
        tests, fixtures = CONTRACTS[hook]
        named = ", ".join(f"`{each}`" for each in fixtures)
        yield f"| [`{hook}`](#{hook}) | `{record.__name__}` | `{tests}` | {named} |"
    for hook, record in specs.RECORDS.items():
        yield from ("", f"## {hook}")
        for part in (inspect.getdoc(getattr(specs, hook)) or "").split("\n\n"):
            yield from ("", *(("```python", part, "```") if part.startswith(">>>") else (part,)))
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
            yield f"| `{name}` | `{_escaped(kind)}` | {shown} |"
        if more := list(asked(each)):
            yield from ("", "| And | Type | What it is |", "|---|---|---|")
            yield from (f"| `{_escaped(name)}` | `{_escaped(kind)}` | {_escaped(told)} |" for name, kind, told in more)
    elif issubclass(each, Enum):
        yield ", ".join(f"`{member.name}`" for member in each) + "."
    elif issubclass(each, tuple):
        return  # its prose says it
    else:
        yield "| Method | What it gives |"
        yield "|---|---|"
        for name, signature in methods(each):
            told = " ".join((inspect.getdoc(getattr(each, name)) or "").split())
            call = re.sub(r"^__call__", "", f"{name}{signature}")
            yield f"| `{_escaped(call)}` | {told} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    here = Path(__file__)
    if sys.argv[1:] == ["--contract"]:
        (here.parents[2] / "tests" / "hooks" / "contract.txt").write_text(contract(), encoding="utf-8", newline="\n")
    else:
        (here.parent / "README.md").write_text(page(), encoding="utf-8", newline="\n")
