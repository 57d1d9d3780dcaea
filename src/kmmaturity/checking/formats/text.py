"""Text from files is hostile until shown otherwise: what every format does to it first."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["as_json", "counted", "tame"]

# C0 and C1 controls, what turns the direction of text around, halves of characters, and what XML cannot hold.
_HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# What pipelines obey wherever a log has it: `##[...]`, `##vso[...]`, and `::...` where a line may come to be broken.
_COMMAND = re.compile(r"#(?=#\w*\[)|(?<!\S):(?=:)", re.IGNORECASE)
_HALF = re.compile("[\ud800-\udfff]")


def tame(text: str) -> str:
    """`text` on one line, with controls, direction marks and the starts of pipelines' commands as escapes."""
    return _COMMAND.sub(_escape, _HOSTILE.sub(_escape, text.replace("\t", " ")))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def as_json(data: Any) -> str:
    """`data` as JSON in ASCII, in which no log finds a command. Half of a character becomes U+FFFD."""
    import json  # 1 ms, and few formats need it

    whole = json.loads(_HALF.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
    return re.sub("#(?=#)", r"\\u0023", json.dumps(whole, indent=2)) + "\n"


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
