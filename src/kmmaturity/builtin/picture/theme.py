"""How the marks look: which characters, and in what colours. Colour only ever repeats what a character says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from attrs import frozen

__all__ = ["PLAIN", "UNICODE", "Role", "Theme"]

Role = Literal["heading", "before", "now", "target", "faint"]


def unpainted(text: str, role: Role) -> str:  # noqa: ARG001  # the signature of every painter
    """`text` as it is."""
    return text


@frozen
class Theme:
    """The marks for last time, now and target, the lines between them, an empty level; and how a role is painted."""

    before: str
    now: str
    target: str
    moved: str
    ahead: str
    level: str
    paint: Callable[[str, Role], str] = unpainted

    @property
    def glyphs(self) -> str:
        """Every character that the theme draws with."""
        return f"{self.before}{self.now}{self.target}{self.moved}{self.ahead}{self.level}"


UNICODE = Theme(before="○", now="●", target="▷", moved="━", ahead="┄", level="·")
PLAIN = Theme(before="o", now="*", target=">", moved="=", ahead="-", level=".")
