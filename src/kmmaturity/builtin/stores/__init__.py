"""The stores that ship, chosen by how an address begins: in memory, a folder, or an SQLite database."""

from __future__ import annotations

from collections.abc import Iterable

from kmmaturity.domain.names import closest, listed
from kmmaturity.errors import KmMaturityError, UnknownName
from kmmaturity.hooks.addresses import scheme_of
from kmmaturity.hooks.records import StoreKind
from kmmaturity.hooks.store import Store

__all__ = ["STORES", "open_store"]

SAMPLES = "such as sqlite:///team.db or dir:./store"


# Each module is imported at its first use: most runs have no need of any store.
def _memory(url: str, *, create: bool) -> Store:
    from kmmaturity.builtin.stores import memory

    return memory.open_at(url, create=create)


def _directory(url: str, *, create: bool) -> Store:
    from kmmaturity.builtin.stores import directory

    return directory.open_at(url, create=create)


def _sqlite(url: str, *, create: bool) -> Store:
    from kmmaturity.builtin.stores import sqlite

    return sqlite.open_at(url, create=create)


def _directory_beside(url: str, folder: str) -> str:
    from kmmaturity.builtin.stores import directory

    return directory.beside(url, folder)


def _sqlite_beside(url: str, folder: str) -> str:
    from kmmaturity.builtin.stores import sqlite

    return sqlite.beside(url, folder)


STORES: tuple[StoreKind, ...] = (
    StoreKind(schemes=("memory",), summary="In this process, and gone with it: for trials and tests", open=_memory),
    StoreKind(
        schemes=("dir",),
        summary="A folder with one file for each revision: dir:./store",
        open=_directory,
        beside=_directory_beside,
    ),
    StoreKind(
        schemes=("sqlite",), summary="A database in one file: sqlite:///team.db", open=_sqlite, beside=_sqlite_beside
    ),
)


def open_store(url: str, *, create: bool = False, kinds: Iterable[StoreKind] = STORES) -> Store:
    """The store at `url`, whose beginning chooses among `kinds`; with `create` it is begun where there is none.

    Raises UnknownName for a kind that there is not, NoSuchFile where no store is there, CannotRead where something else
    is, and CannotWrite where none can be begun.
    """
    scheme = scheme_of(url)
    known = {name: kind for kind in kinds for name in kind.schemes}
    # No address is shown whole where its kind is unknown: it may hold a password.
    if scheme is None:
        shown = url if "@" not in url else "this"
        raise KmMaturityError(f"{shown} does not say what kind of store it is: write an address {SAMPLES}")
    kind = known.get(scheme)
    if kind is None:
        near = closest(scheme, known)
        hint = f"did you mean {near}?" if near else f"there are {listed(known, last='and')}, {SAMPLES}"
        raise UnknownName(f"there is no kind of store {scheme!r}: {hint}")
    return kind.open(url, create=create)
