"""The records that plug-ins, ours included, hand over. They are compared by identity, never by value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from attrs import frozen

from kmmaturity.domain.report import Report
from kmmaturity.hooks.store import Store

__all__ = ["CommandKind", "Exporter", "ModelFile", "Opening", "StoreKind"]


@frozen(eq=False)
class Exporter:
    """One way to write a report: `render` turns it into bytes and does nothing else.

    `suffixes` are the file endings that choose it. `companions`, where there is one, gives further files by what is
    added to the main file's name.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    render: Callable[[Report], bytes]
    companions: Callable[[Report, str], Mapping[str, bytes]] | None = None


class Opening(Protocol):
    """How a store is opened."""

    def __call__(self, url: str, *, create: bool) -> Store:
        """The store at `url`. With `create` one is begun where there is none; without, that raises NoSuchFile.

        An address that was mistyped must never look like a store with nothing in it.
        """
        ...


@frozen(eq=False)
class StoreKind:
    """One way to keep assessments: `open` opens a store whose address begins with one of `schemes` and a colon."""

    schemes: tuple[str, ...]
    summary: str
    open: Opening


@frozen(eq=False)
class ModelFile:
    """A model that a package carries: its `reference` (`id@version`), the file's name, and how to read its bytes."""

    reference: str
    name: str
    read: Callable[[], bytes]


@frozen(eq=False)
class CommandKind:
    """A command of the command line: `load` gives the click command, and is called only when it is used."""

    name: str
    summary: str
    load: Callable[[], Any]
