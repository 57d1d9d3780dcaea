"""Months: how the method counts ages and horizons. Days alone would drift from what people write in a diary."""

from __future__ import annotations

from datetime import date

__all__ = ["months_after"]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month; never beyond what dates can be."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if year > date.max.year else date.min
    for last in (day.day, 30, 29):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, 28)
