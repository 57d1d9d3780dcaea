"""The stores that ship keep the contract that every store keeps."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kmmaturity.builtin.stores import open_store
from kmmaturity.hooks.chain import ChainedStore
from kmmaturity.hooks.store import Revision
from kmmaturity.testing.stores import Make, StoreContract, StoreEndurance


def flip(file: Path, revision: Revision) -> None:
    """Flips one bit in the middle of the document of `revision`, where `file` holds it."""
    assert revision.document is not None
    data = bytearray(file.read_bytes())
    at = data.index(revision.document) + len(revision.document) // 2
    data[at] ^= 1
    file.write_bytes(data)


def place(make: Make) -> Path:
    """Where the store that `make` opens is."""
    with make() as store:
        assert isinstance(store, ChainedStore)
        return Path(store.place)


class TestMemory(StoreContract):
    """A store in memory, which is neither shared with other processes nor there tomorrow."""

    shared = False
    lasting = False

    @pytest.fixture
    def make(self) -> Make:
        """The same store each time: each one that is opened has its own memory."""
        store = open_store("memory:")
        return lambda: store


class TestDirectory(StoreContract):
    """A store in a folder."""

    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        """A store in a folder of its own."""
        return partial(open_store, f"dir:{tmp_path}/store", create=True)

    def corrupt(self, make: Make, revision: Revision) -> None:
        """Flip a bit in the revision's file."""
        flip(place(make) / revision.key / f"{revision.number:08}.kmrev", revision)


class TestSqlite(StoreContract):
    """A store in a database."""

    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        """A store in a file of its own."""
        return partial(open_store, f"sqlite:///{tmp_path}/team.db", create=True)

    def corrupt(self, make: Make, revision: Revision) -> None:
        """Flip a bit in the database file."""
        flip(place(make), revision)


@pytest.mark.slow
class TestDirectoryEndures(StoreEndurance):
    """A store in a folder, under load."""

    make = TestDirectory.make


@pytest.mark.slow
class TestSqliteEndures(StoreEndurance):
    """A store in a database, under load."""

    make = TestSqlite.make
