"""What to write instead of a number or a day."""

from __future__ import annotations

import pytest

from kmmaturity.files.remedies import as_date, as_whole


@pytest.mark.parametrize(
    ("value", "help"),
    [
        (" -3", "-3."),
        ("\u22123", "-3."),
        ("level 3", "3."),
        ("level-2", "2."),
        ([2], "2."),
        ([-3], "-3."),
        ("1-2", "such as 2."),
        ("n/a", "such as 2."),
        (None, "such as 2."),
        (True, "such as 2."),
    ],
)
def test_numbers(value: object, help: str) -> None:
    """The one number in a value is repeated with its sign; of none or two an example is given, and nothing is assumed."""
    told, meant = as_whole(value)
    assert told.endswith(help)
    assert meant is None


def test_a_year_of_two_digits() -> None:
    """A day that begins with two digits of a recent year is told both ways."""
    told, meant = as_date("26-09-30")
    assert "2026-09-30 for 30 September or 2030-09-26 for 26 September" in told
    assert meant is None
    assert as_date("30/9/26")[0] == "Write it as year-month-day, 2026-09-30."
