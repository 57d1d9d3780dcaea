"""A blank form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kmmaturity as km
from browser import Opening
from form.sitting import Sitting
from kmmaturity.domain.assessment import Assessment


@pytest.fixture
def blank() -> Assessment:
    """An assessment with nothing in it yet."""
    return km.new(unit=["An agency", "A team"], assessed=date(2026, 11, 24), scope="team")


@pytest.fixture
def sitting(opens: Opening, tmp_path: Path, blank: Assessment) -> Sitting:
    """A blank form before a team."""
    return Sitting(opens, tmp_path, blank)
