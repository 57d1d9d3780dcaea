"""The contract is held to: mistakes that are put in on purpose are caught, each of its kind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

import pytest

from fake_graph import FakeGraph
from fake_graph.contract import DESCRIPTION, Contract, canonical
from fake_graph.faults import CUT, Fault
from fake_graph.messages import Request, Response

HEADERS = {"Authorization": "Bearer x", "User-Agent": "NONISV|kmmaturity|test/1", "Content-Type": "application/json"}
LIST = "/v1.0/sites/s/lists/l"


@pytest.fixture
def contract() -> Contract:
    """Microsoft's description of Graph."""
    found = Contract.read()
    if found is None:
        pytest.skip(f"{DESCRIPTION.name} is not beside the project, in ../shared/graph: calls are not held against it")
    return found


def request(method: str, target: str, body: Any = None, **headers: str) -> Request:
    """A call."""
    named = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
    return Request.of(method, target, named, b"" if body is None else json.dumps(body).encode())


PAGE = Response(200, {"value": []})
GOOD = [
    (request("GET", "/v1.0/sites/contoso.sharepoint.com:/sites/KM"), Response(200, {"id": "x"})),
    (request("GET", "/v1.0/drives/d/root:/a%20b/c.html:/children?$top=5"), PAGE),
    (request("POST", f"{LIST}/items", {"fields": {"KmmKey": "x"}}), Response(201, {"id": "1"})),
    (request("PUT", "/v1.0/drives/d/root:/a.html:/content", Content_Type="text/plain"), Response(201, {"name": "a"})),
    (request("GET", "/v1.0/drives/d/items/i/content"), Response(302)),
]
PART: dict[str, Any] = {
    "id": "1",
    "method": "POST",
    "url": "/sites/s/lists/l/items",
    "body": {"fields": {}},
    "headers": {"Content-Type": "application/json"},
}
MISTAKES = {
    "a path that there is not": (request("GET", "/v1.0/sites/s/pages"), PAGE, "not in the contract"),
    "a method that there is not": (request("PUT", f"{LIST}/items"), PAGE, "not in the contract"),
    "a parameter of the query": (request("GET", f"{LIST}/items?$sort=x"), PAGE, r"parameter \$sort is not declared"),
    "a property of a body": (
        request("POST", f"{LIST}/items", {"field": {}}), Response(201, {}), "'field' was unexpected|'field' does not match",
    ),
    "a type in a body": (
        request("POST", f"{LIST}/columns", {"name": 3}), Response(201, {}), "3 is not of type",
    ),
    "a body that is not there": (request("POST", f"{LIST}/items"), Response(201, {}), "not JSON"),
    "a sort of content": (request("POST", f"{LIST}/items", {}, Content_Type="text/html"), Response(201, {}), "'text/html' is not declared"),
    "If-Match where it means nothing": (request("GET", f"{LIST}/items", If_Match="x"), PAGE, "If-Match"),
    "a property of an answer": (request("GET", "/v1.0/sites/s"), Response(200, {"colour": "red"}), "response: .*colour"),
    "a status": (request("POST", f"{LIST}/items", {"fields": {}}), Response(200, {}), "status 200 is not declared"),
    "an error without a code": (request("GET", "/v1.0/sites/s"), Response(404, {"error": {}}), "response: .*'code'"),
    "no token": (request("GET", "/v1.0/sites/s", Authorization=""), Response(200, {}), "carries no token"),
    "no name of ours": (request("GET", "/v1.0/sites/s", User_Agent="python"), Response(200, {}), "user agent"),
    "too large a batch": (
        request("POST", "/v1.0/$batch", {"requests": [PART | {"id": str(each)} for each in range(21)]}),
        Response(200, {"responses": []}), "maxItems",
    ),
    "one id twice in a batch": (
        request("POST", "/v1.0/$batch", {"requests": [PART, PART]}), Response(200, {"responses": []}), "not unique",
    ),
    "a body in a batch without its sort": (
        request("POST", "/v1.0/$batch", {"requests": [{**PART, "headers": {}}]}), Response(200, {"responses": []}), "not declared",
    ),
    "a property inside a batch": (
        request("POST", "/v1.0/$batch", {"requests": [{**PART, "body": {"field": {}}}]}), Response(200, {"responses": []}), "field",
    ),
    "a path inside a batch": (
        request("POST", "/v1.0/$batch", {"requests": [{**PART, "url": "/sites/s/pages"}]}), Response(200, {"responses": []}),
        "in a batch: POST /sites/s/pages is not in the contract",
    ),
    "If-Match inside a batch where it means nothing": (
        request("POST", "/v1.0/$batch", {"requests": [{**PART, "headers": {**PART["headers"], "If-Match": "x"}}]}),
        Response(200, {"responses": []}), "in a batch: If-Match",
    ),
    "an answer inside a batch": (
        request("POST", "/v1.0/$batch", {"requests": [PART]}),
        Response(200, {"responses": [{"id": "1", "status": 201, "body": {"colour": "red"}}]}), "in a batch: response: .*colour",
    ),
    "a status inside a batch": (
        request("POST", "/v1.0/$batch", {"requests": [PART]}),
        Response(200, {"responses": [{"id": "1", "status": 200, "body": {}}]}), "in a batch: response: the status 200",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("call", "answer"), GOOD)
def test_what_is_right_is_let_through(contract: Contract, call: Request, answer: Response) -> None:
    """Calls that keep to the contract have nothing against them."""
    assert list(contract.violations(call, answer)) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_caught(contract: Contract, mistake: str) -> None:
    """A mistake of each kind is caught, and named."""
    call, answer, expected = MISTAKES[mistake]
    found = list(contract.violations(call, answer))
    assert any(re.search(expected, each) for each in found), found


@pytest.mark.usefixtures("contract")
@pytest.mark.parametrize("how", ["cut", "lost"])
def test_what_is_cut_off_is_held_against_it_too(tmp_path: Path, how: Literal["cut", "lost"]) -> None:
    """A call that gets no answer is a call all the same: a mistake in its body is caught."""
    with FakeGraph(tmp_path) as fake:
        fake.graph.faults.add(Fault("lists.create", how))
        token = f"Bearer {fake.entra.made('given')}"
        call = request("POST", "/v1.0/sites/s/lists", {"displayName": "x", "colour": 1}, Authorization=token)
        assert fake.answer(call) is CUT
        (found,) = fake.violations
    assert "colour" in found


def test_tokens_stay_away_from_addresses_that_need_none() -> None:
    """A token that is sent to an address with its own permission is caught, and so is a fragment without its range."""
    call = request("PUT", "/upload?tempauth=x", {})
    assert len(list(Contract.unsigned(call))) == 2


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/v1.0/sites/h.example:/sites/KM", "/sites/x"),
        ("/v1.0/drives/d/root", "/drives/d/items/x"),
        ("/v1.0/drives/d/root:/a/b.txt:/content", "/drives/d/items/x/content"),
        ("/v1.0/drives/d/root:/a/b.txt", "/drives/d/items/x"),
        ("/v1.0/drives/d/items/i:/b.txt:/createUploadSession", "/drives/d/items/x/createUploadSession"),
        ("/v1.0/drives/d/items/i/children", "/drives/d/items/i/children"),
    ],
)
def test_addresses_by_name_become_addresses_by_id(path: str, expected: str) -> None:
    """The same call by name and by id is the same call."""
    assert canonical(path) == expected
