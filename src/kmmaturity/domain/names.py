"""Names: what can be one, how messages tell them, and near ones, offered only when one clearly wins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import log10

from kmmaturity.errors import UnknownName

__all__ = ["LONG", "alike", "closest", "ended", "is_word", "listed", "no_such", "numeral", "quoted", "typed"]

NEAR = 0.7
CLEAR = 0.06
LONG = 10**100  # from here on a number is told by how many digits it has
_PLAIN = re.compile(r"[\w@%+=:,./\\~-]+")
_WORD = re.compile(r"(?=.*[^\W\d_])[\w-]+")


def is_word(name: str) -> bool:
    """Whether `name` can be an id: letters, digits and hyphens, with at least one letter."""
    return _WORD.fullmatch(name) is not None


def closest(word: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `word` was probably meant to be, or None when there is no clear winner."""
    from difflib import SequenceMatcher  # costs 5 ms at import, and most runs have nothing to suggest

    matcher = SequenceMatcher(autojunk=False)
    folded = word.casefold().replace("_", "-").replace(" ", "-")
    matcher.set_seq2(folded)
    best, second, winner = 0.0, 0.0, None
    for name in {each.casefold(): each for each in reversed(list(names))}.values():
        matcher.set_seq1(name.casefold())
        floor = max(best, NEAR) - CLEAR
        if matcher.real_quick_ratio() < floor or matcher.quick_ratio() < floor:
            continue
        ratio = matcher.ratio()
        if ratio > best:
            best, second, winner = ratio, best, name
        elif ratio > second:
            second = ratio
    return winner if best >= NEAR and best - second >= CLEAR else None


def alike(word: str, near: str) -> str:
    """A sentence more where `word` perhaps only looks like `near`, by letters that are not in that; else nothing."""
    odd = dict.fromkeys(each for each in word if not each.isascii() and each not in near)
    if not odd:
        return ""
    return f" It may look like it, and is written with {listed(odd, last='and')}: type it again."


def listed(names: Iterable[str], *, most: int = 8, last: str = "or") -> str:
    """`names` as a sentence lists them: `a, b or c`; a long list is cut with its count."""
    every = list(names)
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {last} {every[-1]}"


def ended(sentence: str) -> str:
    """`sentence` with the sign that ends it: a full stop, unless it has one or asks."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def quoted(text: str, *, most: int = 48) -> str:
    """`text` on one line in quotation marks, as a message names it; a long one is cut."""
    line = " ".join(text.split())
    if len(line) <= most:
        return f'"{line}"'
    return f'"{line[: most - 3].rpartition(" ")[0] or line[: most - 3]}..."'


def numeral(number: int) -> str:
    """`number` as a message shows it; of a very long one, which Python may refuse to write, how many digits it has."""
    if abs(number) < LONG:
        return str(number)
    return f"a number of about {round(number.bit_length() * log10(2)):,} digits"


def typed(path: object) -> str:
    """`path` as it is typed in a command: in quotes where a shell would take it apart or change it."""
    shown = str(path)
    if _PLAIN.fullmatch(shown):
        return shown
    if re.search(r'["$`!\\]', shown):
        return "'" + shown.replace("'", "'\\''") + "'"
    return f'"{shown}"'


def no_such(kind: str, name: object, names: Iterable[str], *, where: str) -> UnknownName:
    """The error for a name that `where` lacks, with the near one or the choices."""
    every = list(names)
    near = closest(name, every) if isinstance(name, str) else None
    hint = f"did you mean {near}?{alike(str(name), near)}" if near else f"it has {listed(every) or 'none'}"
    return UnknownName(f"{where} has no {kind} {name!r}: {hint}")
