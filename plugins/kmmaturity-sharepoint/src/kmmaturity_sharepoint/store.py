"""A store in a document library: laid out as a store in a folder is, and each revision's file made once, by one writer.

Graph makes a file only where there is none of its name. Of two writers of one revision, one makes it, and the other
finds that it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

from kmmaturity.domain.names import listed
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile
from kmmaturity.hooks.chain import ChainedStore
from kmmaturity.hooks.layout import (
    MARKER,
    MARKING,
    bytes_of,
    file_name,
    is_key,
    number_of,
    recognise,
    revision_in,
)
from kmmaturity.hooks.store import Break, Revision
from kmmaturity_sharepoint.addresses import EXAMPLES, STORE, Place, place_of
from kmmaturity_sharepoint.client.answers import Item
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.refusals import Refusal
from kmmaturity_sharepoint.libraries import library_at
from kmmaturity_sharepoint.messages import explained
from kmmaturity_sharepoint.progress import Progress
from kmmaturity_sharepoint.settings import Settings, settings_from
from kmmaturity_sharepoint.transfer import Taken, Transfer

__all__ = ["LibraryStore", "open_at"]

STUCK = 5  # times that the name of the next revision may be taken while the newest stays the same


def open_at(url: str, *, create: bool) -> LibraryStore:
    """The store at `sharepoint-store://host/sites/Name/Library/folder`."""
    place = place_of(url)
    if not place.path:
        raise KmMaturityError(
            f"{url} names a library, and no folder in it, and a store needs one of its own: write it as in "
            f"{EXAMPLES[STORE]}"
        )
    return LibraryStore(place, settings_from(place.host, {}), create=create)


class LibraryStore(ChainedStore):
    """A store in the folder `place` of a library. What lies in it and is not the store's is never touched."""

    def __init__(self, place: Place, settings: Settings, *, create: bool = False) -> None:
        self._folder = place
        with explained(place, writing=create):
            self._graph = Graph(settings)
            self._graph.wire.patience.told = Progress(place.name, shown=None).waiting
            try:
                self._drive = library_at(self._graph, place).id
                self._transfer = Transfer(self._graph, self._drive)
                if create and self._graph.item(self._drive, self._path(MARKER)) is None:
                    self._begin()
                self._recognise()
            except BaseException:
                self._graph.wire.close()
                raise

    @property
    def place(self) -> str:
        """The folder's address."""
        return str(self._folder)

    def _told(self, *, writing: bool) -> AbstractContextManager[None]:
        self._graph.wire.patience.renew()
        return explained(self._folder, writing=writing)

    def _path(self, *names: str) -> tuple[str, ...]:
        return (*self._folder.path, *names)

    def _begin(self) -> None:
        others = [each for each in self._graph.children(self._drive, self._path()) or () if each.name != MARKER]
        if others:
            raise CannotWrite(
                f"{self.place} holds other files, such as {others[0].name}: name a folder that is new or empty"
            )
        try:
            self._transfer.place(self._path(MARKER), MARKING, policy="fail")
        except Taken:
            return  # another writer began it meanwhile

    def _recognise(self) -> None:
        found = self._graph.item(self._drive, self._path(MARKER))
        if found is None:
            raise NoSuchFile(
                f"there is no store at {self.place}, where {MARKER} would say so: check the address. `kmmaturity store "
                "put --create` begins a store, and so does create=True"
            )
        marking = self._graph.content(self._drive, found.id)
        recognise(marking, store=self.place, marker=f"{self.place}/{MARKER}")

    # What is there

    def keys(self) -> Iterable[str]:
        """Every folder that holds a revision."""
        with self._told(writing=False):
            folders = [each.name for each in self._children() if each.is_folder and is_key(each.name)]
            return tuple(key for key in folders if self._files(key))

    def read(self, key: str, revision: int | None = None) -> Iterator[Revision | Break]:
        """Every revision of `key` in order, or the one numbered `revision`."""
        with self._told(writing=False):
            for number, item in sorted(self._files(key).items()):
                if revision in (None, number):
                    yield self._revision(key, number, item)

    def newest(self, key: str) -> Revision | Break | None:
        """The revision of the highest number."""
        with self._told(writing=False):
            files = self._files(key)
            return self._revision(key, max(files), files[max(files)]) if files else None

    def stray(self) -> Iterator[Break]:
        """Files and folders that are not the store's."""
        with self._told(writing=False):
            for each in sorted(self._children(), key=lambda item: item.name):
                if each.name == MARKER:
                    continue
                if not (each.is_folder and is_key(each.name)):
                    yield _foreign(each.name)
                    continue
                for inner in self._graph.children(self._drive, self._path(each.name)) or ():
                    if number_of(inner.name) is None:
                        yield _foreign(f"{each.name}/{inner.name}")

    def _children(self) -> tuple[Item, ...]:
        found = self._graph.children(self._drive, self._path())
        if found is None:
            raise CannotRead(f"{self.place}: the folder is not there any more: look in the library's recycle bin")
        return found

    def _files(self, key: str) -> dict[int, Item]:
        found = self._graph.children(self._drive, self._path(key))
        if found is None:
            self._children()  # no such key, or no such store any more
            return {}
        numbered = ((number_of(each.name), each) for each in found)
        return {number: each for number, each in numbered if number is not None}

    def _revision(self, key: str, number: int, item: Item) -> Revision | Break:
        try:
            content = self._graph.content(self._drive, item.id)
        except Refusal as refusal:
            if refusal.status != 404:
                raise
            return Break(kind="damage", key=key, revision=number, what="its file was taken away while it was read")
        return revision_in(content, key, number)

    # What is added and taken away

    def append(self, key: str, make: Callable[[Revision | None], Revision]) -> Revision:
        """Keep what `make` gives for the newest revision, unless another writer is faster: then again."""
        tries, last = 0, -1
        while True:
            found = self.newest(key)
            revision = make(None if found is None else self.sound(found, key))
            with self._told(writing=True):
                try:
                    self._transfer.place(self._path(key, file_name(revision.number)), bytes_of(revision), policy="fail")
                except Taken:
                    tries = tries + 1 if revision.number == last else 0
                    if tries == STUCK:
                        raise
                else:
                    return revision
            last = revision.number

    def bury(self, tombstones: Iterable[Revision]) -> None:
        """Raise CannotWrite: a library keeps earlier versions of a file, and so would keep what was to be forgotten."""
        every = tuple(tombstones)
        numbers = listed((str(each.number) for each in every), most=9, last="and")
        revisions = f"revision{'s' if len(every) > 1 else ''} {numbers} of {every[0].key}"
        raise CannotWrite(
            f"{self.place}: nothing was forgotten. A library keeps earlier versions of every file, and with them what "
            f"{revisions} said. Copy the store to a folder with `kmmaturity store copy`, forget it there, have an "
            "owner of the site delete the store's folder and empty both recycle bins, and copy the rest to a new one"
        )

    def close(self) -> None:
        """Let go of connections."""
        self._graph.wire.close()


def _foreign(name: str) -> Break:
    return Break(kind="foreign", what=f"{name} is not the store's, and was left alone")
