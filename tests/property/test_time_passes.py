"""The law: moving `today` later never changes the exit code at `--fail-on warning`. A file does not go off."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from kmmaturity.checking.check import check_assessment
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Severity
from kmmaturity.testing.strategies import assessments, days

LAW = settings(max_examples=100, deadline=None)


@LAW
@given(value=assessments(), today=days(), later=days())
def test_exit_code(value: Assessment, today: date, later: date) -> None:
    """What fails a pipeline tomorrow fails it today, and the other way round."""
    codes = {check_assessment(value, today=day).exit_code("warning") for day in (today, later)}
    assert len(codes) == 1


@LAW
@given(value=assessments(), today=days(), later=days())
def test_only_information_comes_and_goes(value: Assessment, today: date, later: date) -> None:
    """Whatever is an error or a warning on one day is word for word the same on any other."""
    first, second = (
        [each for each in check_assessment(value, today=day) if each.severity > Severity.INFO] for day in (today, later)
    )
    assert first == second
