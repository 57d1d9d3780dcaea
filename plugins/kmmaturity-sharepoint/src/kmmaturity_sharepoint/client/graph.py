"""Microsoft Graph's operations, each as one method with typed arguments and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Literal, Self

from attrs import field, frozen

from kmmaturity_sharepoint.addresses import Place, segment
from kmmaturity_sharepoint.client.answers import Column, Item, Library, ListItem, ListNote, Session, Site
from kmmaturity_sharepoint.client.policies import asked_to_wait
from kmmaturity_sharepoint.client.refusals import Refusal, code_in
from kmmaturity_sharepoint.client.wire import Wire
from kmmaturity_sharepoint.settings import Settings

__all__ = ["BATCH", "Conflict", "Graph", "Inner", "Part"]

BATCH = 20  # parts that one $batch may have
_PAGE = 200
Conflict = Literal["fail", "replace"]
Path = tuple[str, ...]


@frozen(weakref_slot=False)
class Part:
    """One call of a batch: its method, its path below /v1.0, and its body, which may say what a team wrote."""

    method: str
    path: str
    body: Mapping[str, Any] = field(repr=False)
    tag: str | None = None


@frozen(weakref_slot=False)
class Inner:
    """What a batch answered to one of its parts: as a Refusal has it where the status is 400 or more."""

    status: int
    code: str = ""
    retry_after: float = 0.0
    request_id: str | None = None


class Graph:
    """Microsoft Graph, for the site, library or list of one place. Every method may raise Refusal and Unanswered."""

    def __init__(self, settings: Settings) -> None:
        self.wire = Wire(settings)

    # Sites, libraries, files

    def site(self, place: Place) -> Site:
        """The site of `place`."""
        host = segment(place.host)
        path = f":/{'/'.join(map(segment, place.site.strip('/').split('/')))}" if place.site else ""
        return Site.of(self._got("site.get", f"/sites/{host}{path}"))

    def libraries(self, site: str) -> tuple[Library, ...]:
        """The document libraries of a site."""
        return tuple(Library.of(each) for each in self._pages("site.drives", f"/sites/{segment(site)}/drives"))

    def item(self, drive: str, path: Path) -> Item | None:
        """The file or folder at `path`, or None."""
        try:
            return Item.of(self._got("item.get", _at(drive, path)))
        except Refusal as refusal:
            if refusal.status == 404:
                return None
            raise

    def children(self, drive: str, path: Path) -> tuple[Item, ...] | None:
        """What is in the folder at `path`, or None where there is no such folder."""
        try:
            found = self._pages("item.children", f"{_at(drive, path, ':')}/children", {"$top": str(_PAGE)})
            return tuple(Item.of(each) for each in found)
        except Refusal as refusal:
            if refusal.status == 404:
                return None
            raise

    def put(self, drive: str, path: Path, data: bytes, *, conflict: Conflict, tag: str | None = None) -> Item:
        """A small file put at `path`, its folders made; with `tag`, only in place of what has that tag.

        After Unanswered, or a refusal that is temporary, the file may be there: look before putting it again.
        """
        answer = self.wire.call(
            "item.put",
            "PUT",
            f"{_at(drive, path, ':')}/content",
            query={"@microsoft.graph.conflictBehavior": conflict},
            headers={"Content-Type": "application/octet-stream"} | _if_match(tag),
            content=data,
        )
        return Item.of(answer.json())

    def content(self, drive: str, item: str) -> bytes:
        """The bytes of a file."""
        path = f"/drives/{segment(drive)}/items/{segment(item)}/content"
        answer = self.wire.call("item.content", "GET", path, repeatable=True)
        if answer.status == 302:
            answer = self.wire.bare("item.download", "GET", answer.headers["Location"], repeatable=True)
        return answer.content

    def upload_session(self, drive: str, path: Path, *, conflict: Conflict, tag: str | None = None) -> Session:
        """An upload of a large file to `path`, begun."""
        body = {"item": {"@microsoft.graph.conflictBehavior": conflict, "name": path[-1]}}
        address = f"{_at(drive, path, ':')}/createUploadSession"
        answer = self.wire.call("session.create", "POST", address, headers=_if_match(tag), body=body, repeatable=True)
        return Session(answer.json()["uploadUrl"])

    def permissions(self, site: str) -> tuple[tuple[str, ...], ...]:
        """The roles of each application that was given some in a site. Few applications may ask this."""
        found = self._pages("permissions.list", f"/sites/{segment(site)}/permissions")
        return tuple(tuple(each.get("roles") or ()) for each in found)

    # Lists and their items

    def lists(self, site: str) -> tuple[ListNote, ...]:
        """The lists of a site."""
        return tuple(ListNote.of(each) for each in self._pages("lists.list", f"/sites/{segment(site)}/lists"))

    def create_list(self, site: str, name: str, columns: Iterable[Mapping[str, Any]]) -> ListNote:
        """A new list with `columns`. After Unanswered it may be there."""
        body = {"displayName": name, "columns": list(columns), "list": {"template": "genericList"}}
        return ListNote.of(self.wire.call("lists.create", "POST", f"/sites/{segment(site)}/lists", body=body).json())

    def columns(self, site: str, list_id: str) -> tuple[Column, ...]:
        """The columns of a list."""
        return tuple(Column.of(each) for each in self._pages("columns.list", f"{_list(site, list_id)}/columns"))

    def create_column(self, site: str, list_id: str, column: Mapping[str, Any]) -> Column:
        """A new column of a list. After Unanswered it may be there."""
        answer = self.wire.call("columns.create", "POST", f"{_list(site, list_id)}/columns", body=column)
        return Column.of(answer.json())

    def items(self, site: str, list_id: str, *, column: str, equals: str, names: Iterable[str]) -> Iterator[ListItem]:
        """The items of a list whose indexed `column` is `equals`, with the fields that `names` lists."""
        quoted = equals.replace("'", "''")
        query = {
            "$expand": f"fields($select={','.join(names)})",
            "$filter": f"fields/{column} eq '{quoted}'",
            "$top": str(_PAGE),
        }
        for each in self._pages("items.list", f"{_list(site, list_id)}/items", query):
            yield ListItem.of(each)

    def sample(self, site: str, list_id: str, name: str) -> tuple[ListItem, ...]:
        """The first few items of a list with the field `name`."""
        query = {"$expand": f"fields($select={name})", "$top": "5"}
        body = self._got("items.list", f"{_list(site, list_id)}/items", query)
        return tuple(ListItem.of(each) for each in body["value"])

    def creating(self, site: str, list_id: str, fields: Mapping[str, Any]) -> Part:
        """The part of a batch that adds an item."""
        return Part("POST", f"{_list(site, list_id)}/items", {"fields": dict(fields)})

    def changing(self, site: str, list_id: str, item: ListItem, fields: Mapping[str, Any]) -> Part:
        """The part of a batch that changes fields of `item`, unless somebody else did meanwhile."""
        return Part("PATCH", f"{_list(site, list_id)}/items/{segment(item.id)}/fields", dict(fields), item.tag or None)

    def batch(self, parts: tuple[Part, ...]) -> tuple[Inner, ...]:
        """What became of each of at most twenty `parts`. After Unanswered any of them may have been carried out."""
        requests = [
            {
                "id": str(number),
                "method": part.method,
                "url": part.path,
                "headers": {"Content-Type": "application/json"} | _if_match(part.tag),
                "body": part.body,
            }
            for number, part in enumerate(parts)
        ]
        answer = self.wire.call("batch", "POST", "/$batch", body={"requests": requests})
        found = {each["id"]: each for each in answer.json().get("responses", ())}
        request_id = answer.headers.get("request-id")
        return tuple(_inner(found.get(str(number)), request_id) for number in range(len(parts)))

    # What all of them do

    def _got(self, operation: str, path: str, query: Mapping[str, str] | None = None) -> Any:
        return self.wire.call(operation, "GET", path, query=query, repeatable=True).json()

    def _pages(self, operation: str, path: str, query: Mapping[str, str] | None = None) -> Iterator[Any]:
        body = self._got(operation, path, query)
        yield from body["value"]
        while (following := body.get("@odata.nextLink")) is not None:
            body = self._got(operation, following)
            yield from body["value"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wire.close()


def _at(drive: str, path: Path, close: str = "") -> str:
    """The address of what is at `path` in a drive; with `close` something may follow."""
    root = f"/drives/{segment(drive)}/root"
    return f"{root}:/{'/'.join(map(segment, path))}{close}" if path else root


def _list(site: str, list_id: str) -> str:
    return f"/sites/{segment(site)}/lists/{segment(list_id)}"


def _if_match(tag: str | None) -> dict[str, str]:
    return {} if tag is None else {"If-Match": tag}


def _inner(found: Any, request_id: str | None) -> Inner:
    if found is None:
        return Inner(424, "notAnswered", request_id=request_id)
    headers = found.get("headers") or {}
    own = headers.get("request-id") or request_id
    return Inner(found["status"], code_in(found.get("body")), asked_to_wait(headers), own)
