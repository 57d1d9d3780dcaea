"""What Graph tells of sites, libraries, files, lists and their items, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from kmmaturity.domain.frozen import FrozenMap

__all__ = ["Column", "Item", "Library", "ListItem", "ListNote", "Session", "Site"]

Body = Mapping[str, Any]


@frozen(weakref_slot=False)
class Site:
    """A site: its id, and how a browser reaches it."""

    id: str
    name: str
    address: str

    @classmethod
    def of(cls, body: Body) -> Site:
        """The site that an answer tells of."""
        return cls(body["id"], body.get("displayName") or body.get("name") or "", body.get("webUrl") or "")


@frozen(weakref_slot=False)
class Library:
    """A document library: its drive's id, its name, and the name that it has in addresses."""

    id: str
    name: str
    address: str

    @classmethod
    def of(cls, body: Body) -> Library:
        """The library that an answer tells of."""
        return cls(body["id"], body.get("name") or "", body.get("webUrl") or "")


@frozen(weakref_slot=False)
class Item:
    """A file or folder; `tag` changes with every change of it."""

    id: str
    name: str
    tag: str
    size: int
    is_folder: bool = False
    address: str | None = None

    @classmethod
    def of(cls, body: Body) -> Item:
        """The item that an answer tells of."""
        return cls(
            body["id"],
            body["name"],
            body.get("eTag") or "",
            body.get("size") or 0,
            "folder" in body or "root" in body,
            body.get("webUrl"),
        )


@frozen(weakref_slot=False)
class Session:
    """An upload that has begun: where its fragments go. The address carries its own permission, and is never shown."""

    upload_url: str = field(repr=False)


@frozen(weakref_slot=False)
class Column:
    """A column of a list: the name that fields have, the one that people see, its kind, and how it is looked up."""

    name: str
    shown: str
    kind: str
    indexed: bool = False
    unique: bool = False

    @classmethod
    def of(cls, body: Body) -> Column:
        """The column that an answer tells of."""
        facets = ("text", "number", "boolean", "choice", "dateTime")
        kind = next((each for each in facets if body.get(each) is not None), "another")
        if kind == "text" and body["text"].get("allowMultipleLines"):
            kind = "note"
        name, shown = body.get("name") or "", body.get("displayName") or ""
        return cls(name, shown, kind, bool(body.get("indexed")), bool(body.get("enforceUniqueValues")))


@frozen(weakref_slot=False)
class ListNote:
    """A list: its id, what people call it, how a browser reaches it, and what it is made from."""

    id: str
    name: str
    address: str
    template: str

    @property
    def is_plain(self) -> bool:
        """Whether it is a list of items, and no library or calendar, which Graph calls lists, too."""
        return self.template == "genericList"

    @classmethod
    def of(cls, body: Body) -> ListNote:
        """The list that an answer tells of."""
        info = body.get("list") or {}
        return cls(body["id"], body.get("displayName") or "", body.get("webUrl") or "", info.get("template") or "")


@frozen(weakref_slot=False)
class ListItem:
    """A list's item: its id, the tag that changes with it, and its fields, which may say what a team wrote."""

    id: str
    tag: str
    fields: FrozenMap[str, Any] = field(repr=False)

    @classmethod
    def of(cls, body: Body) -> ListItem:
        """The item that an answer tells of."""
        return cls(body["id"], body.get("eTag") or "", FrozenMap(body.get("fields") or {}))
