"""What we ship checks clean: if it did not, either the file or the rule would be wrong."""

from __future__ import annotations

from datetime import date

import pytest

import kmmaturity as km
from kmmaturity.builtin import models
from kmmaturity.checking import Findings
from kmmaturity.domain.findings import Severity
from kmmaturity.domain.model import Scope
from kmmaturity.domain.succession import successor
from kmmaturity.files.template import template

DAY = date(2026, 12, 1)


def advice(found: Findings) -> list[str]:
    """What is more than information."""
    return [str(each) for each in found if each.severity > Severity.INFO]


def test_examples() -> None:
    """The example team's two years have no error and no warning, and the second, beside the first, nothing at all."""
    first, second = km.example(year=1), km.example(year=2)
    assert advice(km.check(first, today=DAY)) == []
    assert list(km.check(models.example(2), model="starter@1.0", previous=first, today=DAY)) == []
    assert list(km.check(second, previous=first, today=DAY)) == []


@pytest.mark.parametrize("scope", [None, *Scope])
def test_a_new_file(scope: Scope | None) -> None:
    """A file that has been begun has nothing but the note on what is not assessed yet."""
    new = km.new(unit="Data team", scope=scope, assessed=DAY)
    assert [each.code for each in km.check(template(new), today=DAY)] == ["KMM205"]


def test_next_years_file() -> None:
    """So has the one that is begun from last year's, in which work that is not finished goes on."""
    last = km.example()
    following = successor(last, assessed=date(2027, 11, 24), previous="example-2.kmm.yaml")
    assert advice(km.check(template(following, last), today=date(2027, 12, 1))) == []
