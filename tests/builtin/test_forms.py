"""The forms that ship keep the contract that a stranger's has to keep."""

from __future__ import annotations

import pytest

from kmmaturity.builtin.forms import FORMS
from kmmaturity.testing import FormContract


@pytest.mark.parametrize("form", FORMS, ids=lambda each: each.name)
class TestContract(FormContract):
    """Each of them keeps it."""

    ours = True
