"""The one rounding, as it is documented."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.rounding import percent


@pytest.mark.parametrize(
    ("share", "expected"),
    [("0", 0), ("1", 100), ("1/2", 50), ("1/8", 13), ("1/3", 33), ("2/3", 67), ("199/200", 99), ("1/1000", 1)],
)
def test_percent(share: str, expected: int) -> None:
    """A share is given to the nearest whole per cent, halves up; 0 is said of nothing, and 100 of everything."""
    assert percent(Fraction(share)) == expected


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_near(part: tuple[int, int]) -> None:
    """The rounded share is never a whole per cent off, and tells all and none from nearly all and nearly none."""
    share = Fraction(*part)
    assert abs(percent(share) - 100 * share) < 1
    assert (percent(share) == 100) == (share == 1)
    assert (percent(share) == 0) == (share == 0)
