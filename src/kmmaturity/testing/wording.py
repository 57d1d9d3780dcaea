"""The words that a message never has: nothing here ranks a team, blames it or talks down to it."""

from __future__ import annotations

import re

__all__ = ["unkind"]

# Whole words. Of a disk or a plug-in `failed` can be said, and a rule tells of neither.
_UNKIND = re.compile(
    r"(?<!plugin-)\b(overdue|fail(?:ed|ing|s|ure)?|poor(?:ly)?|behind|just|simply|obviously|invalid|illegal|bad|worse|worst|"
    r"forbidden|best team|league table|ranked|amber|red status|rag status|underperform\w*|non-compliant)\b",
    re.IGNORECASE,
)


def unkind(text: str) -> str | None:
    """The first word in `text` that judges a team or talks down to it, or None."""
    found = _UNKIND.search(text)
    return found[0] if found else None
