"""`kmmaturity explain`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kmmaturity import api
from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose
from kmmaturity.checking.formats.text import tame
from kmmaturity.cli.console import out
from kmmaturity.cli.drawing import width
from kmmaturity.domain.explanation import Explanation, explain
from kmmaturity.registry import default

__all__ = ["command"]

LONGEST = 24  # lines of an example


@click.command("explain", epilog="Examples: kmmaturity explain KMM201; kmmaturity explain learning.before")
@click.argument("words", metavar="[WORD]...", nargs=-1)
@click.option("--model", metavar="MODEL", default="starter", show_default=True, help="A model's file or name.")
def command(words: tuple[str, ...], model: str) -> None:
    """Tell what a word means: a rule, an outcome, a level, a measure, a principle or a term of the glossary.

    WORD is a rule's code or name, a family of rules, `learning`, `learning.before`, `learning.before 2`, `level 2`,
    `principle 5`, a measure's id or a term. Without one, the rules are listed.
    """
    if not words:
        out("".join(f"{line}\n" for line in _rules()))
        return
    prose = Prose(width())
    found = explain(" ".join(words), api.load_model(model), default().rules.values())
    out("\n\n".join("\n".join(line.rstrip() for line in _page(each, prose)) for each in found) + "\n")


def _rules() -> Iterator[str]:
    rules = default().rules.values()
    longest = max(len(each.name) for each in rules)
    for each in rules:
        yield f"{each.code}  {each.name:{longest}}  {each.severity!s:7}  {each.summary}"


def _page(found: Explanation, prose: Prose) -> Iterator[str]:
    yield from prose.sentences(f"{found.kind} {tidy(found.name)}: {tidy(found.title)}")
    short = [(f"{label}:", tidy(text)) for label, text in found.lines if "\n" not in text]
    if short:
        yield ""
        yield from prose.beside(short)
    for label, text in found.lines:
        if "\n" in text:
            yield ""
            yield f"  {label}:"
            yield from _example(text.splitlines(), prose.width - 4)


def _example(lines: list[str], columns: int) -> Iterator[str]:
    for line in lines[:LONGEST]:
        shown = tame(line)
        yield f"    {shown if len(shown) <= columns else shown[: columns - 5] + ' ...'}"
    if len(lines) > LONGEST:
        yield "    ..."
