"""A store in a folder: a folder for each key, and in it a file for each revision, never written twice.

A revision's file, see `hooks.layout`, is written under another name, and given its own only when it is whole and on the
disk; a name that is taken cannot be given again. That holds on network shares, too, and through a crash at any moment.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kmmaturity.builtin.stores.disks import told
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

__all__ = ["DirectoryStore", "open_at"]

_UNFINISHED = re.compile(r"\.kmmaturity-[0-9a-f]+\.tmp")


def open_at(url: str, *, create: bool) -> DirectoryStore:
    """The store at `dir:./folder` or `dir:///absolute/folder`."""
    return DirectoryStore(_folder(url), create=create)


def beside(url: str, folder: str) -> str:
    """`url` with a relative folder taken from `folder`."""
    return f"dir:{Path(folder, _folder(url)).as_posix()}"


def _folder(url: str) -> Path:
    path = url.partition(":")[2]
    if path.startswith("//"):
        if not path.startswith("///"):
            raise KmMaturityError(f"{url}: write dir:./folder, or dir:///absolute/folder with three slashes")
        path = re.sub(r"^/(?=[A-Za-z]:)", "", path[2:])  # dir:///C:/store
    if not path:
        raise KmMaturityError(f"{url} names no folder: write dir:./folder, or dir:///absolute/folder")
    return Path(path)


class DirectoryStore(ChainedStore):
    """A store in the folder `root`. What lies in it and is not the store's is never touched."""

    def __init__(self, root: Path, *, create: bool = False) -> None:
        self._shown = str(root)
        self._root = root.absolute()  # the process may go to another folder
        with told(self.place, writing=create):
            if create and not self._marker.exists():
                self._begin()
            self._recognise()

    @property
    def place(self) -> str:
        """The folder."""
        return self._shown

    @property
    def _marker(self) -> Path:
        return self._root / MARKER

    def _begin(self) -> None:
        if not self._root.parent.is_dir():
            raise CannotWrite(f"{self.place}: there is no folder {self._root.parent}: make it first, or choose another")
        if self._root.exists() and not self._root.is_dir():
            raise CannotWrite(f"{self.place} is a file: name a folder that is new or empty")
        self._root.mkdir(exist_ok=True)
        others = [each for each in self._root.iterdir() if not _UNFINISHED.fullmatch(each.name)]
        if others and not self._marker.exists():  # looked for again: another process may have begun meanwhile
            raise CannotWrite(
                f"{self.place} holds other files, such as {others[0].name}: name a folder that is new or empty"
            )
        with contextlib.suppress(FileExistsError):
            _publish(self._marker, MARKING)
        _settle(self._root.parent)

    def _recognise(self) -> None:
        try:
            marking = self._marker.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise NoSuchFile(
                f"there is no store at {self.place}, where {MARKER} would say so: check the address. `kmmaturity store "
                "put --create` begins a store, and so does create=True"
            ) from None
        recognise(marking, store=self.place, marker=str(self._marker))

    def _present(self) -> None:
        """Raise FileNotFoundError when the store is gone: a disk that was taken away leaves an empty folder."""
        self._marker.stat()

    # What is there

    def keys(self) -> Iterable[str]:
        """Every folder that holds a revision."""
        with told(self.place, writing=False):
            self._present()
            folders = [each for each in self._root.iterdir() if is_key(each.name) and each.is_dir()]
            return tuple(each.name for each in folders if _numbers(each))

    def read(self, key: str, revision: int | None = None) -> Iterator[Revision | Break]:
        """Every revision of `key` in order, or the one numbered `revision`."""
        with told(self.place, writing=False):
            self._present()
            for number in _numbers(self._root / key):
                if revision in (None, number):
                    yield self._revision(key, number)

    def newest(self, key: str) -> Revision | Break | None:
        """The revision of the highest number."""
        with told(self.place, writing=False):
            self._present()
            numbers = _numbers(self._root / key)
            return self._revision(key, numbers[-1]) if numbers else None

    def _revision(self, key: str, number: int) -> Revision | Break:
        try:
            content = self._file(key, number).read_bytes()
        except PermissionError:
            return Break(kind="damage", key=key, revision=number, what="you do not have the right to read its file")
        except OSError as error:
            if error.errno not in (errno.EIO, errno.EISDIR):
                raise
            return Break(kind="damage", key=key, revision=number, what=f"its file cannot be read ({error.strerror})")
        return revision_in(content, key, number)

    def _file(self, key: str, number: int) -> Path:
        return self._root / key / file_name(number)

    def stray(self) -> Iterator[Break]:
        """Files and folders that are not the store's."""
        with told(self.place, writing=False):
            self._present()
            for each in sorted(self._root.iterdir()):
                if each.name == MARKER or _UNFINISHED.fullmatch(each.name):
                    continue
                if not (is_key(each.name) and each.is_dir()):
                    yield self._foreign(each)
                    continue
                for inner in sorted(each.iterdir()):
                    if number_of(inner.name) is None and not _UNFINISHED.fullmatch(inner.name):
                        yield self._foreign(inner)

    def _foreign(self, path: Path) -> Break:
        name = path.relative_to(self._root).as_posix()
        return Break(kind="foreign", what=f"{name} is not the store's, and was left alone")

    # What is added and taken away

    def append(self, key: str, make: Callable[[Revision | None], Revision]) -> Revision:
        """Keep what `make` gives for the newest revision, unless another writer is faster: then again."""
        while True:
            with told(self.place, writing=True):
                self._present()
            found = self.newest(key)
            revision = make(None if found is None else self.sound(found, key))
            file = self._file(key, revision.number)
            with told(self.place, writing=True):
                if revision.number == 1:
                    file.parent.mkdir(exist_ok=True)
                try:
                    _publish(file, bytes_of(revision))
                except FileExistsError:
                    continue
            self._last(file, revision)
            return revision

    def _last(self, file: Path, revision: Revision) -> None:
        try:
            _settle(file.parent)
            if revision.number == 1:
                _settle(self._root)
        except OSError as error:
            raise CannotWrite(
                f"{self.place}: revision {revision.number} of {revision.key} was written, and the disk does not say "
                f"that it will last ({error.strerror}): look whether it is there before you write it again"
            ) from error

    def bury(self, tombstones: Iterable[Revision]) -> None:
        """Replace each file by one without its document."""
        for each in tombstones:
            file = self._file(each.key, each.number)
            with told(self.place, writing=True), _beside(file, bytes_of(each)) as written:
                written.replace(file)
            with told(self.place, writing=True):
                _settle(file.parent)

    def close(self) -> None:
        """Let go of nothing: no file stays open."""


def _numbers(folder: Path) -> list[int]:
    """The numbers of the revisions in `folder`, in order; none where there is no such folder."""
    try:
        numbers = [number_of(each.name) for each in folder.iterdir()]
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise CannotRead(f"{folder} is a file, and not the store's: move it away, or choose another key") from None
    return sorted(number for number in numbers if number is not None)


@contextlib.contextmanager
def _beside(file: Path, data: bytes) -> Iterator[Path]:
    """A new file beside `file` that holds `data`, on the disk already; it is gone afterwards, unless it was renamed."""
    path = file.with_name(f".kmmaturity-{os.urandom(8).hex()}.tmp")
    try:
        with path.open("xb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        yield path
    finally:
        with contextlib.suppress(OSError):  # what is left over is known by its name, and read by nobody
            path.unlink(missing_ok=True)


def _publish(file: Path, data: bytes) -> None:
    """Make `file` with `data` in it, all at once. Raises FileExistsError where there is one already."""
    with _beside(file, data) as written:
        try:
            os.link(written, file)
        except FileExistsError:
            # A share may have made the link and lost the answer: the second link then says so.
            if written.stat().st_nlink != 2:
                raise
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
                raise
            raise CannotWrite(
                f"{file.parent}: nothing was written: this disk, or its share, has no hard links, without which two "
                "writers could undo each other's work: use sqlite:///team.db, or a folder on another disk"
            ) from error


def _settle(folder: Path) -> None:
    """Make new names in `folder` last through a power cut, where the platform can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some shares have no such thing, and nothing to settle
            raise
    finally:
        os.close(handle)
