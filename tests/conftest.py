"""The core's own tests see the core alone, whatever plug-ins are installed beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kmmaturity.registry import default


@pytest.fixture(autouse=True, scope="module")
def _no_plugins() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KMMATURITY_PLUGINS", "")
        default.cache_clear()
        yield
    default.cache_clear()
