"""The operations of Graph on one site: which call is which, and what each does to libraries and lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from fake_graph.drives import Drive, Entry
from fake_graph.faults import CUT, Cut, Faults
from fake_graph.lists import ItemList
from fake_graph.messages import Request, Response, error

__all__ = ["Graph"]

_SITE, _DRIVE, _LIST = r"/sites/([^/:]+)", r"/drives/([^/]+)", r"/sites/([^/]+)/lists/([^/]+)"
_WHERE = r"/(root|items/[^/:]+)(?::/([^:]*))?:?"


class Graph:
    """One site with its libraries and lists."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.host = "contoso.sharepoint.com"
        self.path = "sites/KM"
        self.site = f"{self.host},11111111-1111-1111-1111-111111111111,22222222-2222-2222-2222-222222222222"
        address = f"https://{self.host}/{self.path}"
        # The library that people know as Documents has another name in addresses.
        self.drives = {"b!documents": Drive("b!documents", "Documents", f"{address}/Shared%20Documents", origin)}
        self.lists: dict[str, ItemList] = {}
        self.faults = Faults()
        self.may_make_lists = True
        self.may_read_permissions = False
        self.next_links_to: str | None = None  # another place than the one that was asked
        self._routes: list[tuple[str, str, re.Pattern[str], Callable[..., Response]]] = [
            (operation, method, re.compile(pattern), do)
            for operation, method, pattern, do in (
                ("batch", "POST", r"/\$batch", self._batch),
                ("site.get", "GET", rf"{_SITE}(?::/([^:]+))?", self._site),
                ("site.drives", "GET", rf"{_SITE}/drives", self._drives),
                ("permissions.list", "GET", rf"{_SITE}/permissions", self._permissions),
                ("lists.list", "GET", rf"{_SITE}/lists", self._lists),
                ("lists.create", "POST", rf"{_SITE}/lists", self._create_list),
                ("columns.list", "GET", rf"{_LIST}/columns", self._columns),
                ("columns.create", "POST", rf"{_LIST}/columns", self._create_column),
                ("items.list", "GET", rf"{_LIST}/items", self._items),
                ("items.create", "POST", rf"{_LIST}/items", self._create_item),
                ("items.update", "PATCH", rf"{_LIST}/items/([^/]+)/fields", self._update_item),
                ("item.children", "GET", rf"{_DRIVE}{_WHERE}/children", self._children),
                ("item.mkdir", "POST", rf"{_DRIVE}{_WHERE}/children", self._mkdir),
                ("item.content", "GET", rf"{_DRIVE}{_WHERE}/content", self._content),
                ("item.put", "PUT", rf"{_DRIVE}{_WHERE}/content", self._put),
                ("session.create", "POST", rf"{_DRIVE}{_WHERE}/createUploadSession", self._session),
                ("item.get", "GET", rf"{_DRIVE}{_WHERE}", self._item),
                ("item.update", "PATCH", rf"{_DRIVE}{_WHERE}", self._touch),
                ("item.delete", "DELETE", rf"{_DRIVE}{_WHERE}", self._delete),
                (
                    "drive.get",
                    "GET",
                    _DRIVE,
                    self._drive,
                ),
            )
        ]

    @property
    def library(self) -> Drive:
        """The library called Documents."""
        return self.drives["b!documents"]

    def list_named(self, name: str) -> ItemList:
        """The list of this name."""
        return next(each for each in self.lists.values() if each.name == name)

    def operation(self, request: Request) -> str:
        """What a call is called."""
        return next((name for name, *_ in self._matches(request)), "unknown")

    def answer(self, request: Request) -> Response | Cut:
        """The answer to a call below /v1.0, or the end of its connection."""
        matches = self._matches(request)
        if not matches:
            return error(404, "itemNotFound", f"nothing is at {request.path}")
        operation, do, parts = matches[0]
        return self.faults.around(operation, request, lambda each: do(each, *parts))

    def _matches(self, request: Request) -> list[tuple[str, Callable[..., Response], list[str]]]:
        path = request.path.removeprefix("/v1.0")
        return [
            (operation, do, [unquote(part or "") for part in found.groups()])
            for operation, method, pattern, do in self._routes
            if method == request.method and (found := pattern.fullmatch(path)) is not None
        ][:1]

    # Sites

    def _site(self, request: Request, host: str, path: str) -> Response:
        if host not in (self.host, self.site) or (path and path.casefold() != self.path.casefold()):
            return error(404, "itemNotFound", "Requested site could not be found")
        address = f"https://{self.host}/{self.path}"
        return Response(200, {"id": self.site, "name": "KM", "displayName": "Knowledge", "webUrl": address})

    def _drives(self, request: Request, site: str) -> Response:
        return self._paged(request, [self._told_drive(each) for each in self.drives.values()], 100)

    def _drive(self, request: Request, drive: str) -> Response:
        return Response(200, self._told_drive(self.drives[drive]))

    def _told_drive(self, drive: Drive) -> dict[str, Any]:
        return {"id": drive.id, "name": drive.name, "driveType": "documentLibrary", "webUrl": drive.address}

    def _permissions(self, request: Request, site: str) -> Response:
        if not self.may_read_permissions:
            return error(403, "accessDenied", "Access denied")
        return Response(200, {"value": [{"id": "1", "roles": ["write"]}]})

    # Files

    def _entry(self, drive: str, where: str, inner: str) -> tuple[Drive, Entry | None]:
        found = self.drives.get(drive)
        if found is None:
            return self.library, None
        start = found.root if where == "root" else found.by_id(where.removeprefix("items/"))
        for name in filter(None, inner.split("/")):
            start = start.children.get(name.casefold()) if start else None
        return found, start

    def _names(self, drive: str, where: str, inner: str) -> tuple[Drive, tuple[str, ...]]:
        found, start = self._entry(drive, where, "")
        return found, (*(start.path if start else ()), *filter(None, inner.split("/")))

    def _item(self, request: Request, drive: str, where: str, inner: str) -> Response:
        found, entry = self._entry(drive, where, inner)
        return (
            Response(200, found.told(entry)) if entry else error(404, "itemNotFound", "The resource could not be found")
        )

    def _children(self, request: Request, drive: str, where: str, inner: str) -> Response:
        found, entry = self._entry(drive, where, inner)
        if entry is None:
            return error(404, "itemNotFound", "The resource could not be found")
        return self._paged(request, [found.told(each) for each in entry.children.values()], found.page)

    def _mkdir(self, request: Request, drive: str, where: str, inner: str) -> Response:
        found, names = self._names(drive, where, inner)
        return Response(201, found.told(found.folder((*names, request.json()["name"]))))

    def _content(self, request: Request, drive: str, where: str, inner: str) -> Response:
        found, entry = self._entry(drive, where, inner)
        if entry is None or entry.content is None:
            return error(404, "itemNotFound", "The resource could not be found")
        return found.download(entry)

    def _put(self, request: Request, drive: str, where: str, inner: str) -> Response:
        found, names = self._names(drive, where, inner)
        conflict = request.query.get("@microsoft.graph.conflictBehavior", "replace")
        return found.write(names, request.body, conflict=conflict, tag=request.headers.get("if-match"))

    def _session(self, request: Request, drive: str, where: str, inner: str) -> Response:
        found, names = self._names(drive, where, inner)
        return found.begin(names, request.json(), request.headers.get("if-match"))

    def _touch(self, request: Request, drive: str, where: str, inner: str) -> Response:
        found, entry = self._entry(drive, where, inner)
        if entry is None:
            return error(404, "itemNotFound", "The resource could not be found")
        entry.modified = request.json().get("fileSystemInfo", {}).get("lastModifiedDateTime", entry.modified)
        return Response(200, found.told(entry))

    def _delete(self, request: Request, drive: str, where: str, inner: str) -> Response:
        _, entry = self._entry(drive, where, inner)
        if entry is None or entry.parent is None:
            return error(404, "itemNotFound", "The resource could not be found")
        del entry.parent.children[entry.name.casefold()]
        return Response(204)

    # Lists

    def _lists(self, request: Request, site: str) -> Response:
        libraries = [
            {"id": each.id, "name": each.name, "displayName": each.name, "webUrl": each.address,
             "list": {"template": "documentLibrary", "hidden": False, "contentTypesEnabled": False}}
            for each in self.drives.values()
        ]  # fmt: skip
        return self._paged(request, [*libraries, *(each.told() for each in self.lists.values())], 100)

    def _create_list(self, request: Request, site: str) -> Response:
        if not self.may_make_lists:
            return error(403, "accessDenied", "Access denied")
        body = request.json()
        if any(each.name == body["displayName"] for each in self.lists.values()):
            return error(409, "nameAlreadyExists", "a list of this name is there")
        made = self.add_list(body["displayName"], body.get("columns"))
        return Response(201, made.told())

    def add_list(self, name: str, columns: list[dict[str, Any]] | None = None) -> ItemList:
        """A new list."""
        made = ItemList(name, f"https://{self.host}/{self.path}/Lists/{name.replace(' ', '%20')}", columns)
        self.lists[made.id] = made
        return made

    def _columns(self, request: Request, site: str, list_id: str) -> Response:
        return self._paged(request, self.lists[list_id].columns, 100)

    def _create_column(self, request: Request, site: str, list_id: str) -> Response:
        if not self.may_make_lists:
            return error(403, "accessDenied", "Access denied")
        return self.lists[list_id].add_column(request.json())

    def _items(self, request: Request, site: str, list_id: str) -> Response:
        found = self.lists[list_id].find(dict(request.query))
        return found if found.status >= 400 else self._paged(request, found.body["value"], self.lists[list_id].page)

    def _create_item(self, request: Request, site: str, list_id: str) -> Response:
        return self.lists[list_id].create(request.json()["fields"])

    def _update_item(self, request: Request, site: str, list_id: str, item: str) -> Response:
        return self.lists[list_id].update(item, request.json(), request.headers.get("if-match"))

    # All of them

    def _paged(self, request: Request, every: list[dict[str, Any]], page: int) -> Response:
        start = int(request.query.get("$skiptoken", "0"))
        size = min(page, int(request.query.get("$top", page)))
        body: dict[str, Any] = {"value": every[start : start + size]}
        if start + size < len(every):
            target = request.raw.partition("&$skiptoken=")[0]
            joint = "&" if "?" in target else "?"
            origin = self.next_links_to or self.origin
            body["@odata.nextLink"] = f"{origin}{target}{joint}$skiptoken={start + size}"
        return Response(200, body)

    def _batch(self, request: Request) -> Response:
        answers: list[dict[str, Any]] = []
        for part in request.json()["requests"]:
            target = urlsplit(part["url"])
            headers = {name.lower(): value for name, value in part.get("headers", {}).items()}
            inner = Request(
                part["method"], target.path, {}, headers, json.dumps(part.get("body")).encode(), part["url"]
            )
            found = self.answer(inner)
            response = error(504, "gatewayTimeout") if found is CUT or isinstance(found, Cut) else found
            told = {
                "id": part["id"],
                "status": response.status,
                "headers": dict(response.headers),
                "body": response.body,
            }
            answers.insert(0, told)  # in another order than they were asked
        return Response(200, {"responses": answers})
