"""How messages name what stands in a file."""

from __future__ import annotations

import pytest

from kmmaturity.domain.findings import Pointer
from kmmaturity.files.wording import thing


@pytest.mark.parametrize(
    ("steps", "name"),
    [
        ((), "the file"),
        (("unit", 1), "item 2 of `unit`"),
        (("scores", "learning.before"), "learning.before"),
        (("scores", "learning.before", "target", "by"), "`by` of `target` of learning.before"),
        (("plan", "actions", 0, "owner"), "`owner` of item 1 of `actions`"),
        (("outcomes", "learning", "subs", "before", "levels", 2), "level 2 of learning.before"),
        (("outcomes", "learning", "subs", "before", "principles", 0), "item 1 of `principles` of learning.before"),
        (("outcomes", "learning", "subs", "before", "measures", 3), "`measures` at level 3 of learning.before"),
        (
            ("outcomes", "learning", "subs", "before", "measures", 3, 2, "text"),
            "`text` of item 3 of `measures` at level 3 of learning.before",
        ),
        (("principles", 4), "principle 4"),
        (("benefit", "learning"), "the benefit of learning"),
    ],
)
def test_things(steps: tuple[str | int, ...], name: str) -> None:
    """A thing is named from the inside out, with positions counted from one and levels by their number."""
    assert thing(Pointer(steps)) == name
