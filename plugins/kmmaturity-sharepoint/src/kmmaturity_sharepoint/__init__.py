"""SharePoint Online for kmmaturity, through Microsoft Graph: files and rows delivered, assessments read back and kept.

Nothing of azure is imported until something is sent.
"""

from __future__ import annotations

from collections.abc import Iterable

from kmmaturity.hooks import CommandKind, Destination, StoreKind, hookimpl
from kmmaturity.hooks.store import Store
from kmmaturity_sharepoint import destination, rows_destination
from kmmaturity_sharepoint.addresses import FILE, LIST, STORE
from kmmaturity_sharepoint.settings import using

__all__ = ["kmmaturity_commands", "kmmaturity_destinations", "kmmaturity_stores", "using"]


@hookimpl
def kmmaturity_destinations() -> Iterable[Destination]:
    """Libraries, which take files, and lists, which take reports."""
    return [
        Destination(
            (FILE,),
            "A document library in SharePoint Online",
            deliver=destination.deliver,
            options=destination.OPTIONS,
            fetch=destination.fetch,
        ),
        Destination(
            (LIST,),
            "Items of a list in SharePoint Online",
            deliver=rows_destination.deliver,
            options=rows_destination.OPTIONS,
            takes="reports",
        ),
    ]


def _store(url: str, *, create: bool) -> Store:
    from kmmaturity_sharepoint.store import open_at

    return open_at(url, create=create)


@hookimpl
def kmmaturity_stores() -> Iterable[StoreKind]:
    """Stores in a library."""
    return [StoreKind((STORE,), "In a folder of a document library in SharePoint Online", open=_store)]


def _command() -> object:
    from kmmaturity_sharepoint.commands import command

    return command


@hookimpl
def kmmaturity_commands() -> Iterable[CommandKind]:
    """`kmmaturity sharepoint`."""
    return [
        CommandKind("sharepoint", "Make lists in SharePoint, and find out what keeps it from being reached.", _command)
    ]
