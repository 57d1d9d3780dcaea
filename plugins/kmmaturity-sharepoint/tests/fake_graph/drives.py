"""Document libraries: folders and files with tags and versions, and uploads that go on where they stopped."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from attrs import define, field

from fake_graph.messages import Request, Response, error
from fake_graph.quickxor import quick_xor

__all__ = ["Drive", "Entry", "Upload"]

STEP = 327_680
SMALLEST_SESSION_LIMIT = 60 * 1024 * 1024
_FORBIDDEN = re.compile(r'["*:<>?/\\|\x00-\x1f]')


def _id() -> str:
    return uuid.uuid4().hex.upper()


@define(eq=False)
class Entry:
    """A file, with content, or a folder, with none."""

    name: str
    parent: Entry | None
    content: bytes | None = None
    id: str = field(factory=lambda: f"01{_id()}")
    version: int = 1
    children: dict[str, Entry] = field(factory=dict)
    kept: list[bytes] = field(factory=list)  # every content that it ever had
    modified: str = field(factory=lambda: _now().isoformat())

    @property
    def tag(self) -> str:
        """The tag that changes with every change."""
        return f'"{{{self.id}}},{self.version}"'

    @property
    def path(self) -> tuple[str, ...]:
        """The names from below the root."""
        return () if self.parent is None else (*self.parent.path, self.name)

    def write(self, content: bytes) -> None:
        """A new version."""
        self.content = content
        self.version += 1
        self.kept.append(content)


@define(eq=False)
class Upload:
    """An upload that goes on: where to, how large in all, and what has arrived."""

    parent: Entry
    name: str
    conflict: str
    tag: str | None
    secret: str = field(factory=_id)
    total: int | None = None
    received: bytearray = field(factory=bytearray)
    accepted: list[tuple[int, int]] = field(factory=list)  # what was acknowledged, in order


def _now() -> datetime:
    return datetime.now(UTC)


class Drive:
    """A document library: its tree, its uploads, and whether it can be written to."""

    def __init__(self, id: str, name: str, address: str, origin: str) -> None:
        self.id = id
        self.name = name
        self.address = address
        self.origin = origin
        self.root = Entry("root", None)
        self.uploads: dict[str, Upload] = {}
        self.downloads: dict[str, Entry] = {}
        self.read_only = False
        self.page = 100
        self.ended: list[Upload] = []  # uploads that are done or were called off
        self.ranges_closed = False  # tell what is expected as "26-100" rather than "26-"

    # Looking

    def find(self, path: str) -> Entry | None:
        """What is at a path below the root; names are told apart without regard to case."""
        found: Entry | None = self.root
        for name in filter(None, path.split("/")):
            found = found.children.get(name.casefold()) if found else None
        return found

    def by_id(self, id: str) -> Entry | None:
        """What has this id."""
        return next(
            (each for each in self._all(self.root) if each.id == id or (id == "root" and each is self.root)), None
        )

    def _all(self, entry: Entry) -> Iterator[Entry]:
        yield entry
        for each in entry.children.values():
            yield from self._all(each)

    def files(self) -> dict[str, bytes]:
        """Every file's content by its path."""
        return {"/".join(each.path): each.content for each in self._all(self.root) if each.content is not None}

    def told(self, entry: Entry) -> dict[str, Any]:
        """An entry as Graph tells of it."""
        path = "/".join(map(quote, entry.path))
        body: dict[str, Any] = {
            "id": entry.id,
            "name": entry.name,
            "eTag": entry.tag,
            "cTag": f'"c:{{{entry.id}}},{entry.version}"',
            "size": len(entry.content or b""),
            "webUrl": f"{self.address}/{path}",
            "createdDateTime": entry.modified,
            "lastModifiedDateTime": entry.modified,
            "fileSystemInfo": {"createdDateTime": entry.modified, "lastModifiedDateTime": entry.modified},
            "parentReference": {"driveId": self.id, "driveType": "documentLibrary"},
        }
        if entry.parent is None:
            return body | {"root": {}, "folder": {"childCount": len(entry.children)}}
        body["parentReference"] |= {
            "id": entry.parent.id,
            "path": f"/drives/{self.id}/root:{''.join('/' + quote(each) for each in entry.parent.path)}",
        }
        if entry.content is None:
            return body | {"folder": {"childCount": len(entry.children)}}
        hashes = {"quickXorHash": quick_xor(entry.content)}
        return body | {"file": {"mimeType": "application/octet-stream", "hashes": hashes}}

    # Writing

    def folder(self, path: tuple[str, ...]) -> Entry:
        """The folder at a path, made with those above it."""
        found = self.root
        for name in path:
            found = found.children.setdefault(name.casefold(), Entry(name, found))
        return found

    def refused(self, names: tuple[str, ...]) -> Response | None:
        """Why nothing can be written under these names, or None."""
        if self.read_only:
            return error(403, "accessDenied", "Access denied")
        for position, name in enumerate(names):
            if _FORBIDDEN.search(name) or name != name.strip() or name.endswith(".") or "_vti_" in name:
                return error(400, "invalidRequest", "The provided name cannot contain this")
            if position == 0 and name.casefold() == "forms":
                return error(400, "invalidRequest", "The name is reserved")
        above = ("/".join(names[:end]) for end in range(1, len(names)))
        if any(found is not None and found.content is not None for found in map(self.find, above)):
            return error(409, "nameAlreadyExists", "a file has the name of a folder")
        return None

    def write(self, names: tuple[str, ...], content: bytes, *, conflict: str, tag: str | None) -> Response:
        """A file put at a path: 201 when it is new, 200 when it replaces another."""
        if (refused := self.refused(names)) is not None:
            return refused
        parent, name = self.folder(names[:-1]), names[-1]
        found = parent.children.get(name.casefold())
        if (clash := self.clash(found, conflict, tag)) is not None:
            return clash
        if found is not None and conflict == "rename":
            name, found = self._free(parent, name), None
        if found is None:
            found = parent.children[name.casefold()] = Entry(name, parent, content)
            found.kept.append(content)
            return Response(201, self.told(found))
        found.write(content)
        return Response(200, self.told(found))

    def clash(self, found: Entry | None, conflict: str, tag: str | None) -> Response | None:
        """Why a file cannot take the place of what is there, or None."""
        if tag is not None and (found is None or found.tag != tag):
            return error(412, "preconditionFailed", "ETag does not match current item's value")
        if found is not None and (conflict == "fail" or found.content is None):
            return error(409, "nameAlreadyExists", "An item with the same name already exists")
        return None

    def _free(self, parent: Entry, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        number = 1
        while f"{stem} {number}{dot}{ending}".casefold() in parent.children:
            number += 1
        return f"{stem} {number}{dot}{ending}"

    # Uploads

    def begin(self, names: tuple[str, ...], body: Any, tag: str | None) -> Response:
        """An upload, begun."""
        if (refused := self.refused(names)) is not None:
            return refused
        conflict = body.get("item", {}).get("@microsoft.graph.conflictBehavior", "replace")
        parent = self.folder(names[:-1])
        if (clash := self.clash(parent.children.get(names[-1].casefold()), conflict, tag)) is not None:
            return clash
        upload = Upload(parent, names[-1], conflict, tag)
        self.uploads[upload.secret] = upload
        return Response(200, {**self.expected(upload), "uploadUrl": f"{self.origin}/upload?tempauth={upload.secret}"})

    def expected(self, upload: Upload) -> dict[str, Any]:
        """What an upload still waits for."""
        start, last = len(upload.received), "" if upload.total is None else str(upload.total - 1)
        following = f"{start}-{last if self.ranges_closed else ''}"
        return {
            "expirationDateTime": (_now() + timedelta(days=1)).isoformat(),
            "nextExpectedRanges": [following],
        }

    def fragment(self, request: Request) -> Response:
        """A piece of a file, at an address that carries its own permission."""
        upload = self.uploads.get(request.query.get("tempauth", ""))
        if upload is None:
            return error(404, "itemNotFound", "The upload session was not found")
        if request.method == "GET":
            return Response(200, self.expected(upload))
        if request.method == "DELETE":
            self.ended.append(self.uploads.pop(upload.secret))
            return Response(204)
        found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", request.headers.get("content-range", ""))
        if found is None:
            return error(400, "invalidRequest", "Content-Range is missing or wrong")
        first, last, total = map(int, found.groups())
        size = last - first + 1
        if size != len(request.body) or size >= SMALLEST_SESSION_LIMIT or upload.total not in (None, total):
            return error(400, "invalidRequest", "the fragment is not as its range says")
        if last + 1 != total and size % STEP:
            return error(400, "invalidRequest", "the fragment is not a multiple of 327680 bytes")
        if first != len(upload.received):
            return error(416, "invalidRange", "Requested Range Not Satisfiable")
        upload.total = total
        upload.received += request.body
        upload.accepted.append((first, last))
        if last + 1 < total:
            return Response(202, self.expected(upload))
        self.ended.append(self.uploads.pop(upload.secret))
        names = (*upload.parent.path, upload.name)
        return self.write(names, bytes(upload.received), conflict=upload.conflict, tag=upload.tag)

    # Downloads

    def download(self, entry: Entry) -> Response:
        """Where the bytes of a file are for whoever has the address."""
        secret = hashlib.sha256(f"{entry.id}{uuid.uuid4()}".encode()).hexdigest()
        self.downloads[secret] = entry
        return Response(302, None, {"Location": f"{self.origin}/download?tempauth={secret}"})
