"""Who waits is told how far it is, on standard error; who does not look is told nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

import kmmaturity as km
import kmmaturity_sharepoint
from fake_graph import FakeGraph
from fake_graph.faults import Fault
from fake_graph.lists import ItemList
from kmmaturity.hooks import Delivery, File
from kmmaturity.registry import Registry
from kmmaturity_sharepoint.client.policies import asked_to_wait
from kmmaturity_sharepoint.destination import OPTIONS
from kmmaturity_sharepoint.progress import Progress
from listed import equals


def ticking() -> Iterator[float]:
    """A clock that moves on by three seconds at each look."""
    now = 0.0
    while True:
        yield now
        now += 3


def test_long_work_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """What takes longer than a moment is told, and not more often than every few seconds."""
    clock = ticking()
    progress = Progress("team.html", shown=True, clock=lambda: next(clock))
    for done in range(0, 101, 10):
        progress(done, 100)
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[0] == "team.html: 0%"
    assert 2 <= len(told.err.splitlines()) < 8


def test_what_is_over_soon_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Short work is not told, and neither is anything where nobody looks on."""
    Progress("team.html", shown=True)(1, 2)
    silent = Progress("team.html", shown=None, clock=lambda: 9.0)
    silent(1, 2)
    silent.waiting(60, "SharePoint is busy")
    assert capsys.readouterr().err == ""


def test_waiting_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A wait is told with its reason and its length."""
    Progress("team.html", shown=True).waiting(60, "SharePoint is busy")
    assert capsys.readouterr().err == "team.html: SharePoint is busy; waiting 60 seconds\n"


@pytest.mark.usefixtures("reached")
def test_an_export_tells_on_standard_error(
    fake: FakeGraph, registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    """An export that is asked to says on standard error what it waits for, and nothing on standard output."""
    fake.graph.faults.add(Fault.status("item.put", 429, Retry_After="30"))
    target = "sharepoint://contoso.sharepoint.com/sites/KM/Documents/a.html"
    chosen = {each.name: each.default for each in OPTIONS} | {"progress": True}
    tuple(registry.destinations["sharepoint"].deliver(Delivery(target, (File(target, (b"hello",)),)), **chosen))
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "a.html: SharePoint is busy; waiting 30 seconds\n")


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize(
    ("target", "fault", "told"),
    [
        ("sharepoint://{}/Documents/a.csv", Fault.status("item.put", 429, Retry_After="9"), "interrupted; do it again, and with --overwrite where"),
        ("sharepoint://{}/Documents/a.csv", Fault.status("item.put", 429, after=1, Retry_After="9"), "/a.csv had arrived: do it again with --overwrite"),
        ("sharepoint-list://{}/KM maturity", Fault.status("batch", 429, after=1, Retry_After="9"), "each item is whole"),
    ],
    ids=["nothing", "one of two", "some rows"],
)  # fmt: skip
def test_whoever_interrupts_is_told_what_has_arrived(
    fake: FakeGraph, made: ItemList, registry: Registry, capsys: pytest.CaptureFixture[str], target: str, fault: Fault,
    told: str,
) -> None:  # fmt: skip
    """An export that is interrupted says what is there, all of it whole, and doing it again goes on from there."""

    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    address = target.format("contoso.sharepoint.com/sites/KM")
    fake.graph.faults.add(evolve(fault))
    with kmmaturity_sharepoint.using(sleep=interrupt), pytest.raises(KeyboardInterrupt):
        km.export(km.example(), address, options={"progress": True}, registry=registry)
    assert told in capsys.readouterr().err.splitlines()[-1]
    whole = km.render(km.report(km.example()), "csv")
    assert all(content == whole for name, content in fake.graph.library.files().items() if name == "a.csv")
    km.export(km.example(), address, overwrite=True, registry=registry)
    assert len(fake.graph.library.files()) == 2 or equals(made, km.example())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "7", "RateLimit-Reset": "11"}, 11.0),
        ({"Retry-After": "Thu, 01 Jan 1970 00:01:40 GMT"}, 40.0),
        ({"Retry-After": "soon"}, 0.0),
        ({"Retry-After": "-5"}, 0.0),
    ],
)
def test_the_longer_wait_counts(headers: dict[str, str], seconds: float) -> None:
    """Seconds and dates are understood, of two the longer counts, and nonsense is no wait."""
    assert asked_to_wait(headers, now=lambda: 60.0) == seconds
