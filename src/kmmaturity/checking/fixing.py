"""Fixes: a file as it would be with everything put right in it that a program may put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import field, frozen

from kmmaturity.checking.formats.text import tame
from kmmaturity.checking.result import Findings
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.rules.structure import DUPLICATE_KEY
from kmmaturity.files.document import Document
from kmmaturity.files.fixing import rewritten

__all__ = ["Fixed", "Look", "fixed"]

Look = Callable[[Document], Findings]

# What a fix brings to light elsewhere, such as advice on an answer that can be read now, is none of its doing.
READING = ("file", "structure")
MOST = 100  # rounds: some fixes can be seen only once others are made


@frozen(eq=False)
class Fixed:
    """A file before and after its fixes, and the findings that are gone with them."""

    before: Document = field(repr=False)
    after: Document = field(repr=False)
    done: tuple[Finding, ...] = ()

    @property
    def path(self) -> str:
        """What messages call the file."""
        return self.before.path

    def diff(self) -> Iterator[str]:
        """The lines that differ, as a unified diff to look at: harmless in a terminal and in a pipeline's log."""
        from difflib import unified_diff  # 5 ms, and few runs ask

        old, new = (each.source.text.splitlines() for each in (self.before, self.after))
        yield from map(tame, unified_diff(old, new, self.path, self.path, lineterm=""))


def fixed(document: Document, look: Look, *, unsafe: bool = False) -> Fixed:
    """`document` with the fixes made of what `look` finds in it; those that need a person to look with `unsafe` alone.

    A fix is made only where the file, read again, has its finding no more and no other of its reading in its place; but
    for what stands below a key, which can be read only once the key is right.
    """
    here, found = document, look(document)
    done: list[Finding] = []
    for _ in range(MOST):
        made = _round(here, found, look, found.mendable(unsafe=unsafe))
        if made is None:
            break
        here, found, gone = made
        done += gone
    return Fixed(document, here, tuple(done))


def _round(
    here: Document, found: Findings, look: Look, wanted: Sequence[Finding]
) -> tuple[Document, Findings, Sequence[Finding]] | None:
    """What comes of all that is wanted at once, or of the first of it that does good alone; None where none does."""
    tries: Iterable[Sequence[Finding]] = (wanted, *([each] for each in wanted)) if len(wanted) > 1 else (wanted,)
    for some in tries:
        after = rewritten(here, some)
        if after.data != here.data and _better(found, now := look(after), some):
            return after, now, some
    return None


def _better(before: Findings, after: Findings, gone: Sequence[Finding]) -> bool:
    there = {(each.code, each.pointer) for each in after}
    if any((each.code, each.pointer) in there for each in gone):
        return False
    # What stands below a key was not read while the key was wrong, so it is none of the fix's doing either; that a key
    # stands twice now is.
    put_right = [(*each.pointer[:-1], each.instead) for each in gone if each.on_key]
    left = (
        each
        for each in after
        if each.code == DUPLICATE_KEY.code or not any(each.pointer[: len(spot)] == spot for spot in put_right)
    )
    was, now = (Counter(each.code for each in some) for some in (before, left))
    return not any(now[code] > was[code] for code in now if after.rules[code].family in READING)
