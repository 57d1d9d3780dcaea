"""The colours of pictures. They only repeat what a shape, a place or a number says; every number is read with ease."""

from __future__ import annotations

from kmmaturity_report.theme import INKS, contrast

__all__ = ["AIM", "BEFORE", "INK", "LINE", "NOW", "PAPER", "QUIET", "TINTS", "ink_on", "tint"]

NOW = "#12436d"
AIM = "#f46a25"
BEFORE = "#505a5f"
INK = "#0b0c0c"
QUIET = "#505a5f"
LINE = "#b1b4b6"
PAPER = "#ffffff"
# One hue, from the lowest level to the highest. No level is a colour of warning: the lowest is a real answer.
TINTS = ("#ffffff", "#d3dfe9", "#9bb4ca", "#47769c", "#12436d")


def tint(place: int, places: int) -> int:
    """Which of the tints stands for the level at `place` of `places`, the lowest being 0."""
    return 0 if places < 2 else round(place * (len(TINTS) - 1) / (places - 1))


def ink_on(colour: str) -> str:
    """White or black, whichever reads better on `colour`."""
    return max(INKS, key=lambda each: contrast(colour, each))
