"""The one rounding: an exact share as a whole per cent, for the edge where people read it."""

from __future__ import annotations

from fractions import Fraction

__all__ = ["percent"]


def percent(share: Fraction) -> int:
    """`share`, from 0 to 1, to the nearest whole per cent, halves up.

    0 is said of nothing and 100 of everything alone: 199 of 200 is 99, and 1 of 1000 is 1.
    """
    if share in (0, 1):
        return int(share) * 100
    return min(max((200 * share.numerator + share.denominator) // (2 * share.denominator), 1), 99)
