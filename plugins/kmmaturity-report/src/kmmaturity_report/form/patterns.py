r"""Python's regular expressions as JavaScript reads them, so that the page looks for what the library looks for.

Of Python's syntax this knows what the catalogue uses: `\w`, `\d`, `\s`, `\b` of all scripts, and named characters.
"""

from __future__ import annotations

import re
from unicodedata import lookup

from attrs import frozen

__all__ = ["Pattern", "translated"]

WORD = r"\p{L}\p{N}_"
SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
INSIDE = {r"\w": WORD, r"\d": r"\p{Nd}", r"\s": SPACE}
OUTSIDE = {
    **{escape: f"[{inside}]" for escape, inside in INSIDE.items()},
    r"\W": f"[^{WORD}]",
    r"\D": r"\P{Nd}",
    r"\b": f"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))",
}
TOKEN = re.compile(r"\\N\{[^}]+\}|\\.|\[\^?(?:\\N\{[^}]+\}|\\.|[^\]\\])+\]|[^\\\[]", re.DOTALL)
PIECE = re.compile(r"\\N\{[^}]+\}|\\.|[^\\]", re.DOTALL)


@frozen
class Pattern:
    """What JavaScript's `RegExp` takes."""

    source: str
    flags: str


def translated(pattern: re.Pattern[str], *, whole: bool = False, start: bool = False) -> Pattern:
    """`pattern` for JavaScript: to be found anywhere, or at the `start` of a text, or to be the `whole` of it."""
    source = "".join(_token(found[0]) for found in TOKEN.finditer(pattern.pattern))
    if whole or start:
        source = f"^(?:{source}){'$' if whole else ''}"
    return Pattern(source, "iu" if pattern.flags & re.IGNORECASE else "u")


def _token(token: str) -> str:
    if token.startswith("["):
        return _class(token)
    return OUTSIDE.get(token) or _named(token)


def _class(token: str) -> str:
    negated, inner = token.startswith("[^"), token.lstrip("[").removeprefix("^")[:-1]
    pieces = PIECE.findall(inner)
    rest = "".join(INSIDE.get(piece) or _named(piece) for piece in pieces if piece != r"\W")
    if r"\W" not in pieces:
        return f"[{'^' if negated else ''}{rest}]"
    # JavaScript has no such thing as a class with \W of all scripts in it.
    return f"(?:(?![{rest}])[{WORD}])" if negated else f"(?:[^{WORD}]|[{rest}])"


def _named(token: str) -> str:
    return f"\\u{{{ord(lookup(token[3:-1])):x}}}" if token.startswith(r"\N") else token
