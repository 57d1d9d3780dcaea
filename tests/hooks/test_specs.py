"""Each hook shows a complete plug-in, and it runs."""

from __future__ import annotations

import doctest

from kmmaturity.hooks import specs


def test_every_hook_is_shown_at_work() -> None:
    """The example in each hook's docstring runs as it stands, and every hook has one and names its record."""
    assert doctest.testmod(specs).failed == 0
    for name in specs.RECORDS:
        assert ">>> @hookimpl" in (getattr(specs, name).__doc__ or "")
