"""Microsoft's own models understand every request body that we send, with nothing left over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import kmmaturity as km
from fake_graph import FakeGraph
from fake_graph.messages import Request
from kmmaturity.registry import Registry
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.columns import BYS, wanted
from kmmaturity_sharepoint.provision import provision
from kmmaturity_sharepoint.transfer import Transfer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("reached")]


@pytest.fixture(scope="module")
def models() -> dict[str, Any]:
    """The model of each operation's body."""
    pytest.importorskip("msgraph", reason="needs msgraph-sdk: `make test-all` installs it")
    from msgraph.generated.drives.item.items.item.create_upload_session import create_upload_session_post_request_body
    from msgraph.generated.models.column_definition import ColumnDefinition
    from msgraph.generated.models.field_value_set import FieldValueSet
    from msgraph.generated.models.list_ import List_
    from msgraph.generated.models.list_item import ListItem

    return {
        "session.create": create_upload_session_post_request_body.CreateUploadSessionPostRequestBody,
        "lists.create": List_,
        "columns.create": ColumnDefinition,
        "items.create": ListItem,
        "items.update": FieldValueSet,
    }


def left(value: Any, where: str = "") -> Iterator[str]:
    """What Microsoft's model of a body has no place for, anywhere in it. Annotations begin with an at sign."""
    from kiota_abstractions.serialization import Parsable
    from msgraph.generated.models.field_value_set import FieldValueSet

    if isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from left(each, f"{where}[{number}]")
    if not isinstance(value, Parsable):
        return
    # The fields of an item are named after a list's columns: those are what this model keeps there.
    if not isinstance(value, FieldValueSet):
        extra: dict[str, Any] = getattr(value, "additional_data", None) or {}
        yield from (f"{where}.{name}" for name in extra if not name.startswith("@"))
    for name, each in vars(value).items():
        if name not in ("additional_data", "backing_store"):
            yield from left(each, f"{where}.{name}")


def read(model: Any, body: Any) -> Any:
    """A body as Microsoft's model reads it."""
    from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory

    root = JsonParseNodeFactory().get_root_parse_node("application/json", json.dumps(body).encode())
    return root.get_object_value(model)


def bodies(fake: FakeGraph) -> Iterator[tuple[str, Any]]:
    """Each body that was sent, with the operation that it was for; of a batch, each part's."""
    for each in fake.exchanges:
        if each.operation == "batch":
            for part in each.request.json()["requests"]:
                inner = Request.of(part["method"], part["url"], {}, b"")
                yield fake.graph.operation(inner), part["body"]
        elif each.request.method == "POST" and each.operation != "entra":
            yield each.operation, each.request.json()


def test_nothing_is_left_over(fake: FakeGraph, graph: Graph, registry: Registry, models: dict[str, Any]) -> None:
    """Of every body that making lists, bringing rows and uploading sends, each key has a place in Microsoft's model."""
    from kmmaturity_sharepoint.addresses import place_of

    for by in BYS:
        address = f"sharepoint-list://contoso.sharepoint.com/sites/KM/KM by {by}"
        fake.graph.add_list(f"KM by {by}")
        provision(graph, place_of(address), wanted(by, evidence=True, owners=True))
        provision(graph, place_of(f"{address} new"), wanted(by, evidence=True, owners=True))
        options = {"by": by, "evidence": True, "owners": True}
        km.export(km.example(year=2), address, options=options, registry=registry)
        fake.graph.list_named(f"KM by {by}").items["1"].fields["Title"] = "another"
        km.export(km.example(year=2), address, options=options, registry=registry)
    Transfer(graph, "b!documents", small=10).place(("a.bin",), b"x" * 100, policy="fail")
    sent = list(bodies(fake))
    assert {operation for operation, _ in sent} == set(models)
    for operation, body in sent:
        assert list(left(read(models[operation], body))) == [], operation


def test_what_has_no_place_is_found(models: dict[str, Any]) -> None:
    """A key of our own, at any depth, is found, so that the test above can fail."""
    body = {"displayName": "x", "columns": [{"name": "a", "text": {"wide": True}}], "colour": "red"}
    assert sorted(left(read(models["lists.create"], body))) == [".colour", ".columns[0].text.wide"]
