"""Published data from outside, which is never copied into the project."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("KMM_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def published() -> Callable[[str], Any]:
    """Reads one published file by its name, or skips the test where the folder is absent."""

    def read(name: str) -> Any:
        path = SHARED / "data" / name
        if not path.exists():
            pytest.skip(f"{path} is not here: put the published data there, or name its folder in KMM_SHARED")
        return json.loads(path.read_text(encoding="utf-8"))

    return read
