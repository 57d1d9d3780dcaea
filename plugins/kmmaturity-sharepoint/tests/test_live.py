"""A smoke test with a real tenant, for whoever has one and asks for it."""

from __future__ import annotations

import os
import uuid
from typing import Any

import pytest

import kmmaturity as km
from kmmaturity.files.writing import dump
from kmmaturity.hooks import Delivery, File
from kmmaturity_sharepoint.destination import OPTIONS, deliver

ADDRESS = os.environ.get("KMM_SHAREPOINT_LIVE", "")


@pytest.mark.slow
@pytest.mark.skipif(not ADDRESS, reason="KMM_SHAREPOINT_LIVE names no folder in a library of a real tenant")
def test_what_is_brought_is_loaded() -> None:
    """An assessment that is brought to a real library is loaded from it, equal to what it was."""
    target = f"{ADDRESS}/{uuid.uuid4().hex}.kmm.json"
    file = File(target, (dump(km.example(), "json"),))
    defaults: dict[str, Any] = {each.name: each.default for each in OPTIONS}
    (delivered,) = deliver(Delivery(target, (file,)), **defaults)
    assert delivered.address is not None
    assert km.load(target) == km.example()
