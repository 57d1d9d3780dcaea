"""A store in one SQLite database: a row for each revision, with its record as JSON and the document as it is.

One writer at a time, who waits for its turn from the beginning of a transaction on (`BEGIN IMMEDIATE`): one that began
by reading would be refused. A revision is on the disk before `put` returns (`synchronous=FULL`).
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any

from kmmaturity.builtin.stores.disks import DENIED, FULL, GONE, READ_ONLY, is_local, is_read_only, told
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile
from kmmaturity.hooks.chain import ChainedStore
from kmmaturity.hooks.seals import record_of, revision_from
from kmmaturity.hooks.store import Break, Revision

__all__ = ["SqliteStore", "open_at"]

SCHEMA = 1
OURS = 0x6B6D6D73  # "kmms", in the place where SQLite lets a database say whose it is
PATIENCE = 30.0  # seconds that a writer waits for its turn

_TABLE = """
CREATE TABLE revisions (
    key TEXT NOT NULL, number INTEGER NOT NULL, record TEXT NOT NULL, document BLOB, PRIMARY KEY (key, number)
)
"""
_READ = "SELECT number, CAST(record AS BLOB), document FROM revisions WHERE key = ?"
_SLASHES = "sqlite:///team.db is a file in this folder (three slashes), sqlite:////srv/team.db one from the root (four)"


def open_at(url: str, *, create: bool) -> SqliteStore:
    """The store at `sqlite:///relative.db` or `sqlite:////absolute.db`, with the slashes that SQLAlchemy has."""
    return SqliteStore(_path(url), create=create)


def beside(url: str, folder: str) -> str:
    """`url` with a relative path taken from `folder`."""
    return f"sqlite:///{Path(folder, _path(url)).as_posix()}"


def _path(url: str) -> Path:
    found = re.fullmatch(r"sqlite:///(.+)", url, re.DOTALL | re.IGNORECASE)
    if found is None:
        raise KmMaturityError(f"{url} names no database: {_SLASHES}")
    return Path(found[1])


class SqliteStore(ChainedStore):
    """A store in the database file `path`. Processes and threads may share it, each process opening it for itself."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self._shown = str(path)
        self._path = path.absolute()  # the process may go to another folder
        self._lock = RLock()
        self._closed = False
        if create and not self._path.parent.is_dir():
            raise CannotWrite(f"{self.place}: there is no folder {self._path.parent}: make it first, or choose another")
        if path.is_dir():
            raise CannotRead(f"{self.place} is a folder: name a file in it, such as sqlite:///{path / 'team.db'}")
        if not create and not path.exists():
            raise NoSuchFile(
                f"there is no store at {self.place}: check the address; {_SLASHES}. `kmmaturity store put --create` "
                "begins a store, and so does create=True"
            )
        self._connection = self._connect(create=create)

    @property
    def place(self) -> str:
        """The database file."""
        return self._shown

    # Opening

    def _connect(self, *, create: bool) -> sqlite3.Connection:
        with self._told(writing=create):
            connection = sqlite3.connect(
                f"{self._path.as_uri()}?{'immutable=1' if self._frozen() else 'mode=rwc' if create else 'mode=rw'}",
                uri=True,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
                if not self._recognised(connection):
                    self._begin(connection, create=create)
                self._choose_journal(connection)
            except BaseException:
                connection.close()
                raise
            self._process, self._file = os.getpid(), self._identity()
            return connection

    def _frozen(self) -> bool:
        """Whether the file lies on a read-only disk, where SQLite can open it only when told that nobody writes."""
        ahead = self._path.with_name(f"{self._path.name}-wal")
        return self._path.exists() and is_read_only(self._path) and not ahead.exists()

    def _recognised(self, connection: sqlite3.Connection) -> bool:
        """Whether the database is a store, or has nothing in it at all. Raises CannotRead for any other."""
        owner, schema = _value(connection, "PRAGMA application_id"), _value(connection, "PRAGMA user_version")
        if owner == OURS:
            if schema > SCHEMA:
                raise CannotRead(
                    f"{self.place} is a store of schema {schema}, and this version reads up to {SCHEMA}: "
                    "update kmmaturity"
                )
            return True
        if owner or schema or _value(connection, "SELECT count(*) FROM sqlite_master"):
            raise CannotRead(
                f"{self.place} is a database of something else, and was left as it is: choose another file"
            )
        return False

    def _begin(self, connection: sqlite3.Connection, *, create: bool) -> None:
        if not create:
            raise CannotRead(f"{self.place} is an empty file: check the address, or pass create=True")
        with _transaction(connection):
            if not self._recognised(connection):  # another process may have begun it meanwhile
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA application_id = {OURS}")
                connection.execute(f"PRAGMA user_version = {SCHEMA}")

    def _choose_journal(self, connection: sqlite3.Connection) -> None:
        """Write ahead where readers and writers share memory, which is on this machine's own disks only."""
        wanted = "wal" if is_local(self._path) else "delete"
        if _value(connection, "PRAGMA journal_mode") == wanted:
            return
        # While others use the file it stays as it is, and a read-only one does for ever.
        with suppress(sqlite3.OperationalError):
            connection.execute(f"PRAGMA journal_mode = {wanted}")

    def _identity(self) -> tuple[int, int]:
        found = self._path.stat()
        return found.st_dev, found.st_ino

    def _open(self) -> sqlite3.Connection:
        """The connection, to the file that is there now. Raises where that is gone, or is another one."""
        if self._closed:
            raise KmMaturityError(f"the store {self.place} is closed: open it again")
        if os.getpid() != self._process:
            # A fork must neither use nor close what its parent opened, so this is kept and left alone.
            self._parents = self._connection
            self._connection = self._connect(create=False)
        if self._identity() != self._file:
            raise CannotRead(f"{self.place} is not the file any more that was opened: open the store again")
        return self._connection

    # What is there

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._told(writing=False):
            yield self._open()

    def keys(self) -> Iterable[str]:
        """Every key that has a row."""
        with self._reading() as connection:
            return tuple(key for (key,) in connection.execute("SELECT DISTINCT key FROM revisions"))

    def read(self, key: str, revision: int | None = None) -> Iterable[Revision | Break]:
        """Every revision of `key` in order, or the one numbered `revision`."""
        with self._reading() as connection:
            if revision is None:
                rows = connection.execute(f"{_READ} ORDER BY number", (key,)).fetchall()
            else:
                rows = connection.execute(f"{_READ} AND number = ?", (key, revision)).fetchall()
        return tuple(_revision(key, *row) for row in rows)

    def newest(self, key: str) -> Revision | Break | None:
        """The revision of the highest number."""
        with self._reading() as connection:
            return _newest(connection, key)

    def stray(self) -> Iterator[Break]:
        """What SQLite itself says is wrong with its file."""
        with self._reading() as connection:
            try:
                found = [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                found = [str(error)]
        for line in found:
            yield Break(kind="damage", what=f"the database itself is damaged: {line}")

    # What is added and taken away

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._told(writing=True):
            connection = self._open()
            with _transaction(connection):
                yield connection

    def append(self, key: str, make: Callable[[Revision | None], Revision]) -> Revision:
        """Keep what `make` gives for the newest revision, which nobody follows while this writer has its turn."""
        with self._writing() as connection:
            found = _newest(connection, key)
            revision = make(None if found is None else self.sound(found, key))
            row = (key, revision.number, record_of(revision).decode(), revision.document)
            connection.execute("INSERT INTO revisions VALUES (?, ?, ?, ?)", row)
        return revision

    def bury(self, tombstones: Iterable[Revision]) -> None:
        """Take the documents out of their rows, and out of the file."""
        with self._writing() as connection:
            for each in tombstones:
                connection.execute(
                    "UPDATE revisions SET record = ?, document = NULL WHERE key = ? AND number = ?",
                    (record_of(each).decode(), each.key, each.number),
                )
        with self._lock, self._told(writing=True):
            # What was written ahead still holds them until it is taken over and cut off.
            self._open().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._closed = True
            if os.getpid() == self._process:
                self._connection.close()

    @contextmanager
    def _told(self, *, writing: bool) -> Iterator[None]:
        """Turns the errors of SQLite and of the disk into ours, with the place, the reason and the remedy."""
        with told(self.place, writing=writing):
            try:
                yield
            except sqlite3.Error as error:
                why = self._reason(error)
                if writing:
                    raise CannotWrite(f"{self.place}: nothing was written: {why}") from error
                raise CannotRead(f"{self.place} cannot be read: {why}") from error

    def _reason(self, error: sqlite3.Error) -> str:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it tells more than anybody needs
        if code == sqlite3.SQLITE_CANTOPEN and self._path.parent.is_dir():
            return READ_ONLY if is_read_only(self._path.parent) else DENIED
        return _REASONS.get(code, f"SQLite says: {error}")


_DAMAGED = "the database is damaged: take it from a copy, or save what `sqlite3 FILE .recover` finds"
_REASONS = {
    sqlite3.SQLITE_BUSY: f"others have been writing for over {PATIENCE:.0f} seconds: do it again later",
    sqlite3.SQLITE_CANTOPEN: GONE,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_NOTADB: "it is not a database: choose another file",
    sqlite3.SQLITE_PERM: DENIED,
    sqlite3.SQLITE_READONLY: READ_ONLY.replace("its disk", "the file, its folder or its disk", 1),
}


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends it
            connection.execute("ROLLBACK")
        raise


def _newest(connection: sqlite3.Connection, key: str) -> Revision | Break | None:
    row = connection.execute(f"{_READ} ORDER BY number DESC LIMIT 1", (key,)).fetchone()
    return None if row is None else _revision(key, *row)


def _revision(key: str, number: int, record: bytes, document: bytes | None) -> Revision | Break:
    try:
        found = revision_from(record, document)
    except (TypeError, ValueError) as error:
        return Break(kind="damage", key=key, revision=number, what=str(error))
    if (found.key, found.number) != (key, number):
        what = f"its row holds revision {found.number} of {found.key}"
        return Break(kind="damage", key=key, revision=number, what=what)
    return found


def _value(connection: sqlite3.Connection, query: str) -> Any:
    return connection.execute(query).fetchone()[0]
