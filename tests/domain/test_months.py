"""Ages and horizons are counted in months."""

from __future__ import annotations

from datetime import date

import pytest

from kmmaturity.domain.months import months_after


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 24), 6, date(2027, 5, 24)),
        (date(2026, 11, 24), 13, date(2027, 12, 24)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(9999, 1, 31), 11, date(9999, 12, 31)),
        (date(9999, 6, 1), 12, date.max),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_months_after(day: date, months: int, expected: date) -> None:
    """The same day of the month, or the last of a shorter one, and never a day that no date can be."""
    assert months_after(day, months) == expected
