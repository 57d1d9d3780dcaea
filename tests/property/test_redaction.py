"""The law: what is to be left out is nowhere in what a plug-in is handed, however it looks through it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from numbers import Number
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.redaction import REDACTABLE
from kmmaturity.domain.report import Report
from kmmaturity.hooks import Delivered, Delivery, Destination, Exporter, Several, hookimpl
from kmmaturity.registry import Registry
from kmmaturity.testing.marks import mark, marked
from kmmaturity.testing.strategies import assessments

LAW = settings(max_examples=8, deadline=None)
PARTS = st.sets(st.sampled_from(REDACTABLE)).map(sorted)


def dumped(handed: object) -> str:
    """All text that is within reach of `handed`: by `repr`, attributes, slots, items, closures, and suspended frames."""
    seen: dict[int, object] = {}
    waiting = [handed]
    texts: list[str] = []
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, type | ModuleType | Dumping):
            continue  # what the plug-in itself remembers is not what it is handed
        seen[id(each)] = each
        texts.append(each if isinstance(each, str) else repr(each))
        waiting.extend(_within(each))
    return "\n".join(texts)


def _within(each: object) -> Iterator[object]:
    if isinstance(each, str | bytes | Number | date):
        return  # a number has numbers in it without end, and a text nothing but itself
    if inspect.iscode(each):
        return  # what a program says of itself, which nothing handed over can change
    if inspect.isframe(each):
        yield from each.f_locals.values()
        return
    if inspect.isroutine(each):
        yield getattr(each, "__self__", None)
        for cell in getattr(each, "__closure__", None) or ():
            yield cell.cell_contents
        return
    if isinstance(each, Mapping):
        yield from (*each.keys(), *each.values())
    elif isinstance(each, list | tuple | set | frozenset):
        yield from each
    yield from getattr(each, "__dict__", {}).values()
    # What is kept in slots, and what is built in, such as a generator's frame. Properties tell of these alone.
    for name in dir(type(each)):
        kept = inspect.getattr_static(type(each), name)
        if inspect.ismemberdescriptor(kept) or inspect.isgetsetdescriptor(kept):
            yield getattr(each, name, None)


class Dumping:
    """A plug-in that keeps all that it was handed, as text."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def render(self, report: Report) -> bytes:
        """Dump a report."""
        self.found.append(dumped(report))
        return b""

    def companions(self, report: Report, name: str) -> Mapping[str, bytes]:
        """Dump a report again."""
        return {"-beside": self.render(report)}

    def beside(self, several: Several, name: str) -> bytes:
        """Dump what several reports have between them."""
        self.found.append(dumped(several))
        return b""

    def stream(self, reports: Iterable[Report]) -> Iterator[bytes]:
        """Dump what gives the reports, before and between them, and each of them."""
        self.found.append(dumped(reports))
        for report in reports:
            yield self.render(report)
            self.found.append(dumped(reports))

    def deliver(self, delivery: Delivery) -> Iterator[Delivered]:
        """Dump a delivery, before its files are made and after."""
        self.found.append(dumped(delivery))
        for file in delivery.files:
            size = len(file.read())
            self.found.append(dumped(delivery))
            yield Delivered(file.target, size)

    @hookimpl
    def kmmaturity_exporters(self) -> list[Exporter]:
        """The dump as a format."""
        dump = Exporter("dump", (".dump",), "All there is", self.render, self.companions, self.stream)
        return [evolve(dump, companions_of_several={"-beside": self.beside})]

    @hookimpl
    def kmmaturity_destinations(self) -> list[Destination]:
        """The dump as a place for files, and as one for reports."""
        return [
            Destination(("files",), "All there is", self.deliver),
            Destination(("rows",), "All there is", self.deliver, takes="reports"),
        ]


WAYS: dict[str, Callable[[Assessment], tuple[Any, str]]] = {
    "one": lambda team: (team, "files:x"),
    "several": lambda team: ([team, team], "files:x"),
    "a generator": lambda team: ((each for each in [team, team]), "files:x"),
    "reports that are redacted on the way": lambda team: ([km.report(team, redact=()), team], "files:x"),
    "rows": lambda team: (team, "rows:x"),
    "several rows": lambda team: ([team, team], "rows:x"),
}


@pytest.mark.parametrize("way", WAYS)
@LAW
@given(team=assessments().map(marked), hidden=PARTS)
def test_what_is_left_out_is_out_of_reach(way: str, team: Assessment, hidden: list[str]) -> None:
    """No part that is left out is found, whichever way the plug-in is handed it; what is not left out is."""
    plugin = Dumping()
    thing, target = WAYS[way](team)
    km.export(thing, target, format="dump", redact=hidden, registry=Registry.of(plugin))
    found = "\n".join(plugin.found)
    assert [part for part in hidden if mark(part) in found] == []
    assert "contact" in hidden or mark("contact") in found


@LAW
@given(team=assessments().map(marked))
def test_contacts_are_out_of_reach_unasked(team: Assessment) -> None:
    """Unless something else is asked for, no contact is found."""
    plugin = Dumping()
    km.export([team], "files:x", format="dump", registry=Registry.of(plugin))
    assert mark("contact") not in "\n".join(plugin.found)


def test_the_dump_finds_what_is_there(tmp_path: Path) -> None:
    """What is not left out is found, every part of it, so that finding nothing means that there is nothing."""
    plugin = Dumping()
    km.export(marked(km.example()), tmp_path / "x.dump", redact=(), registry=Registry.of(plugin))
    assert [part for part in REDACTABLE if mark(part) not in plugin.found[0]] == []


def suspended(text: str) -> Iterator[str]:
    """Holds `text`, and is not asked for it."""
    yield text


@pytest.mark.parametrize(
    "hold",
    [suspended, lambda text: lambda: text, lambda text: functools.partial(print, text)],
)
def test_the_dump_looks_into(hold: Callable[[str], object]) -> None:
    """It looks into suspended generators, closures and partial functions."""
    assert "secret" in dumped(hold("secret"))
