"""`kmmaturity explain`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kmmaturity.builtin.picture.layout import wrap
from kmmaturity.checking.formats.text import tame
from kmmaturity.cli.console import out
from kmmaturity.cli.drawing import width
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.domain.rules.catalogue import rule
from kmmaturity.domain.rules.rule import Rule

__all__ = ["command"]

LONGEST = 24  # lines of an example


@click.command("explain", epilog="Example: kmmaturity explain unknown-outcome")
@click.argument("name", metavar="[RULE]", required=False)
def command(name: str | None) -> None:
    """Tell what a rule finds, why it matters, what to do, with two examples. Without RULE, list them all."""
    columns = min(width(), 100)
    lines = _list() if name is None else _page(rule(name), columns)
    out("".join(f"{line}\n" for line in lines))


def _list() -> Iterator[str]:
    longest = max(len(each.name) for each in CATALOGUE.values())
    for each in CATALOGUE.values():
        yield f"{each.code}  {each.name:{longest}}  {each.severity!s:7}  {each.summary}"


def _page(found: Rule, columns: int) -> Iterator[str]:
    yield f"{found.code} {found.name}"
    yield f"{found.severity}, family {found.family}, since {found.since}"
    for title, text in (("", found.summary), ("Why it matters: ", found.why), ("What to do: ", found.remedy)):
        yield ""
        yield from wrap(title + text, columns)
    yield from _example("This is found:", found.bad, columns)
    if found.good.strip():
        yield from _example("This is not:", found.good, columns)


def _example(title: str, example: bytes, columns: int) -> Iterator[str]:
    yield ""
    lines = example.decode(errors="backslashreplace").splitlines()
    if not lines:
        yield f"{title} an empty file."
        return
    yield title
    for line in lines[:LONGEST]:
        shown = tame(line)
        yield f"    {shown if len(shown) <= columns - 4 else shown[: columns - 9] + ' ...'}"
    if len(lines) > LONGEST:
        yield "    ..."
