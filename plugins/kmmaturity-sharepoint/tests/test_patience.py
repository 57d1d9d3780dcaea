"""A busy service is waited for, for as long as there is patience, and no longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import kmmaturity as km
from fake_graph import FakeGraph
from fake_graph.faults import Fault
from kmmaturity.errors import CannotWrite
from kmmaturity.registry import Registry
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.refusals import Refusal, Unanswered
from kmmaturity_sharepoint.settings import Settings
from kmmaturity_sharepoint.transfer import Transfer

PATH = ("team.html",)


@pytest.fixture
def transfer(graph: Graph) -> Transfer:
    """Into the library of the fake."""
    return Transfer(graph, "b!documents")


def test_patience_is_one_for_a_file(settings: Callable[..., Settings], fake: FakeGraph, waits: list[float]) -> None:
    """Looks in between that are answered do not begin patience anew."""
    fake.graph.faults.add(Fault.status("item.put", 503, "serviceNotAvailable", times=99, Retry_After="60"))
    with Graph(settings(patience=200)) as graph, pytest.raises(Refusal):
        Transfer(graph, "b!documents").place(PATH, b"hello", policy="fail")
    assert waits == [60.0] * 3


@pytest.mark.parametrize("how", ["lost", "cut"])
def test_the_last_try_is_looked_at_too(settings: Callable[..., Settings], fake: FakeGraph, how: str) -> None:
    """A file that arrived with the last try that there is patience for is no error."""
    fake.graph.faults.add(Fault("item.put", how, times=99))  # type: ignore[arg-type]
    with Graph(settings(patience=0)) as graph:
        transfer = Transfer(graph, "b!documents")
        if how == "lost":
            assert transfer.place(PATH, b"hello", policy="fail").size == 5
        else:
            with pytest.raises(Unanswered):
                transfer.place(PATH, b"hello", policy="fail")


def test_waits_for_as_long_as_it_is_asked(transfer: Transfer, fake: FakeGraph, waits: list[float]) -> None:
    """Of Retry-After and RateLimit-Reset the longer one is waited for, whatever the call is."""
    fake.graph.faults.add(
        Fault.status("item.get", 429, Retry_After="3", RateLimit_Reset="11"),
        Fault.status("item.put", 429, Retry_After="12"),
        Fault.status("item.put", 503, Retry_After="13"),
    )
    transfer.place(PATH, b"hello", policy="fail")
    assert waits == [11.0, 12.0, 13.0]
    assert fake.graph.library.files() == {"team.html": b"hello"}


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize("how", ["option", "variable"])
def test_no_patience_at_all(
    fake: FakeGraph, registry: Registry, waits: list[float], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Whoever has no patience, said in an option or a variable, is told at once that SharePoint is busy."""
    fake.graph.faults.add(Fault.status("site.get", 429, Retry_After="1"))
    if how == "variable":
        monkeypatch.setenv("KMMATURITY_SHAREPOINT_PATIENCE", "0")
    options = {"patience": 0} if how == "option" else {}
    with pytest.raises(CannotWrite, match="asks to be left alone for 1 second"):
        km.export(
            km.example(), "sharepoint://contoso.sharepoint.com/sites/KM/Documents/a.json", options=options,
            registry=registry,
        )  # fmt: skip
    assert waits == []


def test_patience_ends(settings: Callable[..., Settings], fake: FakeGraph, waits: list[float]) -> None:
    """A service that is busy for longer than there is patience is told as that, with how often and how long."""
    fake.graph.faults.add(Fault.status("item.put", 429, Retry_After="60", times=99))
    with Graph(settings(patience=200)) as graph, pytest.raises(Refusal) as caught:
        Transfer(graph, "b!documents").place(PATH, b"hello", policy="fail")
    assert (caught.value.status, caught.value.waits, caught.value.waited) == (429, 3, 180.0)
    assert waits == [60.0] * 3
    assert len(fake.calls("item.put")) == 4
    assert fake.exchanges[-1].operation == "item.put", "a service that asked to be left alone was asked again"


def test_a_service_that_is_away_is_not_asked_for_ever(transfer: Transfer, fake: FakeGraph, waits: list[float]) -> None:
    """A connection that is cut every time ends in an error, after tries that come ever more slowly."""
    fake.graph.faults.add(Fault("item.put", "cut", times=99))
    with pytest.raises(Unanswered):
        transfer.place(PATH, b"hello", policy="fail")
    assert len(waits) == 7
