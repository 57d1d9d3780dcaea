"""The law: lines that are put between others move a finding, and never make it another one."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.checking.fingerprints import fingerprints
from kmmaturity.domain.assessment import Assessment
from kmmaturity.testing.strategies import assessments

LAW = settings(max_examples=25, deadline=None)


@LAW
@given(value=assessments(), data=st.data())
def test_moved_lines(value: Assessment, data: st.DataObject, spoilt: Any, in_yaml: Any) -> None:
    """Comments and blank lines anywhere leave every fingerprint as it is, and no two findings have the same."""
    lines = in_yaml(spoilt(data.draw, km.to_dict(value))).splitlines()
    between = st.sampled_from(["", "", "# a comment\n", "\n\n"])
    moved = "".join(f"{data.draw(between)}{line}\n" for line in lines)
    first, second = (km.check(text.encode(), model=value.model) for text in ("\n".join(lines), moved))
    assert list(fingerprints(first)) == list(fingerprints(second))
    assert len(set(fingerprints(first))) == len(first)
