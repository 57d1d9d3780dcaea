"""The law: whatever stands at one place of plain data, it is read, or refused with a finding that can be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel
from kmmaturity.testing.strategies import assessments

HUGE = 10**5000  # Python writes no more than 4,300 digits
KEYS = st.sampled_from([HUGE, -HUGE, 12, 0, True, None, 1.5, "", "~/", "score"])
VALUES = st.one_of(
    KEYS,
    st.sampled_from(
        [float("nan"), float("inf"), b"bytes", {1, 2}, object(), [], {}, [[]], [None], {HUGE: HUGE}, [HUGE]]
    ),
    st.dates(),
    st.text(max_size=3),
)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Each mapping or list within `data`, with each of its keys or positions."""
    for key, value in list(data.items() if isinstance(data, dict) else enumerate(data)):
        yield data, key
        if isinstance(value, dict | list):
            yield from places(value)


@settings(max_examples=100, deadline=None)
@given(value=assessments(), drawn=st.data())
def test_one_odd_thing(value: Assessment, drawn: st.DataObject) -> None:
    """A value or a key that is changed into something else."""
    data = km.to_dict(value)
    held, key = drawn.draw(st.sampled_from(list(places(data))))
    if isinstance(held, dict) and drawn.draw(st.booleans()):
        held[drawn.draw(KEYS)] = held.pop(key)
    else:
        held[key] = drawn.draw(VALUES)
    assert_told(data, value.model)


def assert_told(data: Any, model: MaturityModel) -> None:
    """Asserts that data are read, or refused with what is wrong."""
    refused: tuple[Finding, ...] | None = None
    try:
        km.from_dict(data, model=model)
    except km.CannotRead as error:
        refused = tuple(error.findings)
    assert refused != ()
    assert all(each.line for each in refused or ())
    assert "sys.set_int_max_str_digits" not in " ".join(each.line for each in refused or ())
