"""Lists: columns with types, and items that are told apart by unique columns."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import define, field

from fake_graph.messages import Response, error

__all__ = ["ItemList"]

_BUILT_IN = (
    {"name": "Title", "displayName": "Title", "text": {}, "indexed": False, "id": "title"},
    {"name": "ID", "displayName": "ID", "number": {}, "indexed": True, "id": "id", "readOnly": True},
)
_FACETS = ("text", "number", "boolean", "choice", "dateTime")


@define
class Item:
    """An item: its fields, and the tag that changes with them."""

    id: str
    fields: dict[str, Any]
    version: int = 1
    guid: str = field(factory=lambda: str(uuid.uuid4()))

    @property
    def tag(self) -> str:
        """The tag that changes with every change."""
        return f'"{self.guid},{self.version}"'


class ItemList:
    """A list of a site."""

    def __init__(self, name: str, address: str, columns: list[dict[str, Any]] | None = None) -> None:
        self.id = str(uuid.uuid4())
        self.name = name
        self.address = address
        self.columns: list[dict[str, Any]] = [dict(each) for each in _BUILT_IN]
        self.items: dict[str, Item] = {}
        self.page = 100
        self.read_only = False
        self.hours = 0  # how far the site's time zone is east of Greenwich
        self.sent: list[dict[str, Any]] = []  # the fields of each change, as they came
        for each in columns or []:
            self.add_column(each)

    def told(self) -> dict[str, Any]:
        """The list as Graph tells of it."""
        return {
            "id": self.id,
            "name": self.name,
            "displayName": self.name,
            "webUrl": self.address,
            "list": {"template": "genericList", "hidden": False, "contentTypesEnabled": False},
        }

    def add_column(self, wanted: dict[str, Any]) -> Response:
        """A new column; its name is what SharePoint makes of it."""
        facets = [each for each in _FACETS if each in wanted]
        name = re.sub(r"[^A-Za-z0-9_]", "", wanted.get("name", ""))[:32]
        if len(facets) != 1 or not name:
            return error(400, "invalidRequest", "a column has exactly one type and a name")
        if any(each["name"].casefold() == name.casefold() for each in self.columns):
            return error(409, "nameAlreadyExists", "a column of this name is there")
        if wanted.get("enforceUniqueValues") and not wanted.get("indexed"):
            return error(400, "invalidRequest", "a unique column has to be indexed")
        column = {**wanted, "name": name, "id": str(uuid.uuid4())}
        self.columns.append(column)
        return Response(201, column)

    def _wrong(self, fields: dict[str, Any], item: Item | None) -> Response | None:
        known = {each["name"]: each for each in self.columns}
        for name, value in fields.items():
            column = known.get(name)
            if column is None:
                return error(400, "invalidRequest", f"Field '{name}' is not recognized")
            if value is None:
                continue
            if "number" in column and (isinstance(value, bool) or not isinstance(value, int | float)):
                return error(400, "invalidRequest", f"{name} takes a number")
            if "boolean" in column and not isinstance(value, bool):
                return error(400, "invalidRequest", f"{name} takes true or false")
            if "dateTime" in column and not re.match(r"\d{4}-\d\d-\d\d(T|$)", str(value)):
                return error(400, "invalidRequest", f"{name} takes a date")
            single = "text" in column and not column["text"].get("allowMultipleLines")
            if single and (not isinstance(value, str) or len(value.encode("utf-16-le")) > 510):
                return error(400, "invalidRequest", f"{name} takes a text of 255 characters")
            if column.get("enforceUniqueValues") and any(
                each is not item and each.fields.get(name) == value for each in self.items.values()
            ):
                return error(400, "invalidRequest", f"{name} has to be unique")
        return None

    def create(self, fields: dict[str, Any]) -> Response:
        """A new item."""
        if self.read_only:
            return error(403, "accessDenied", "Access denied")
        if (wrong := self._wrong(fields, None)) is not None:
            return wrong
        item = Item(str(len(self.items) + 1), {})
        self._set(item, fields)
        self.items[item.id] = item
        return Response(201, {"id": item.id, "eTag": item.tag, "fields": self.fields(item)})

    def update(self, id: str, fields: dict[str, Any], tag: str | None) -> Response:
        """Fields of an item changed."""
        item = self.items.get(id)
        if item is None:
            return error(404, "itemNotFound", "the item is not there")
        if self.read_only:
            return error(403, "accessDenied", "Access denied")
        if tag is not None and tag != item.tag:
            return error(412, "preconditionFailed", "ETag does not match current item's value")
        if (wrong := self._wrong(fields, item)) is not None:
            return wrong
        self._set(item, fields)
        item.version += 1
        return Response(200, self.fields(item))

    def _set(self, item: Item, fields: dict[str, Any]) -> None:
        self.sent.append(fields)
        dates = {each["name"] for each in self.columns if "dateTime" in each}
        for name, value in fields.items():
            if value is None or value == "":
                item.fields.pop(name, None)
            else:
                item.fields[name] = self._midnight(value) if name in dates else value

    def _midnight(self, value: str) -> str:
        """A day as a site keeps it: its own midnight, told in UTC."""
        local = datetime.fromisoformat(value).astimezone(UTC) + timedelta(hours=self.hours)
        start = local.replace(hour=0, minute=0, second=0) - timedelta(hours=self.hours)
        return f"{start:%Y-%m-%dT%H:%M:%SZ}"

    def fields(self, item: Item, names: list[str] | None = None) -> dict[str, Any]:
        """An item's fields as Graph tells them: those that are empty are left out, numbers come as they like."""
        found = {name: value for name, value in item.fields.items() if names is None or name in names}
        told = {name: float(value) if type(value) is int else value for name, value in found.items()}
        return {"@odata.etag": item.tag, "id": item.id, **told}

    def find(self, query: dict[str, str]) -> Response:
        """The items that a query asks for, a page of them."""
        found = list(self.items.values())
        if (wanted := query.get("$filter")) is not None:
            parts = re.fullmatch(r"fields/(\w+) eq '((?:[^']|'')*)'", wanted)
            column = next((each for each in self.columns if parts and each["name"] == parts[1]), None)
            if parts is None or column is None or not column.get("indexed"):
                return error(
                    400, "invalidRequest", "Field cannot be referenced in filter or orderby as it is not indexed"
                )
            value = parts[2].replace("''", "'")
            found = [each for each in found if each.fields.get(parts[1]) == value]
        names = None
        if (chosen := re.fullmatch(r"fields\(\$select=([\w,]+)\)", query.get("$expand", ""))) is not None:
            names = chosen[1].split(",")
        told = [{"id": each.id, "eTag": each.tag, "fields": self.fields(each, names)} for each in found]
        return Response(200, {"value": told})
