"""What the pages tell to send is what Graph takes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fake_graph.contract import DESCRIPTION, Contract
from fake_graph.messages import Request, Response
from kmmaturity_sharepoint.settings import CONNECTION, SIGN_INS

SET_UP = Path(__file__).parents[1] / "docs" / "set-up.md"


def test_the_grant_is_one_that_graph_takes() -> None:
    """The body that a SharePoint administrator is told to send keeps to the contract."""
    contract = Contract.read()
    if contract is None:
        pytest.skip(f"{DESCRIPTION.name} is not beside the project, in ../shared/graph")
    found = re.search(r"```json\n(.*?)```", SET_UP.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    headers = {"Authorization": "Bearer x", "User-Agent": "NONISV|x|x", "Content-Type": "application/json"}
    body = json.dumps(json.loads(found[1])).encode()
    call = Request.of("POST", "/v1.0/sites/x/permissions", headers, body)
    assert list(contract.violations(call, Response(201, {"id": "1", "roles": ["write"]}))) == []


def test_every_option_is_told() -> None:
    """The page of options has every option of a connection and every way to sign in."""
    page = SET_UP.read_text(encoding="utf-8")
    assert [each.name for each in CONNECTION if f"`{each.name}`" not in page] == []
    assert [each for each in SIGN_INS if f"`{each}`" not in page] == []
