"""Text from files is hostile until shown otherwise: what every format for people does to it first."""

from __future__ import annotations

import re

__all__ = ["counted", "tame"]

# C0 and C1 controls, and the characters that turn the direction of text around.
_HOSTILE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def tame(text: str) -> str:
    """`text` on one line, with every control and direction mark shown as an escape instead of obeyed."""
    return _HOSTILE.sub(lambda match: f"\\u{ord(match[0]):04x}" if match[0] != "\t" else " ", text)


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
