"""The stores that ship keep the contract that every store keeps."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from kmmaturity.builtin.stores import open_store
from kmmaturity.builtin.stores.copying import copied
from kmmaturity.hooks.chain import ChainedStore
from kmmaturity.hooks.store import Revision
from kmmaturity.testing.stores import Make, StoreContract, StoreEndurance
from kmmaturity.testing.stores.opened import MOMENT, bytes_of


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


URLS = ("memory:", "dir:{}/store", "sqlite:///{}/team.db")


@pytest.mark.parametrize("one", URLS, ids=lambda url: url.partition(":")[0])
@pytest.mark.parametrize("other", URLS, ids=lambda url: url.partition(":")[0])
def test_a_copy_keeps_everything(tmp_path: Path, one: str, other: str) -> None:
    """Between any two stores a copy keeps every revision, date and actor, and what was forgotten with its reason."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with (
        open_store(one.format(tmp_path / "a"), create=True) as source,
        open_store(other.format(tmp_path / "b"), create=True) as copy,
    ):
        for key in ("one", "two"):
            for number in range(3):
                at = MOMENT + timedelta(hours=number)
                source.put(key, bytes_of(f"{number}"), expect=number or None, actor=f"role {number}", at=at)
        source.forget("two", revision=2, because="retention", actor="Records", at=MOMENT)
        assert len(list(copied(source, copy))) == 6
        for key in ("one", "two"):
            history = copy.history(key)
            assert history == source.history(key)
            assert [(each.number, each.actor, each.at) for each in history] == [
                (number + 1, f"role {number}", MOMENT + timedelta(hours=number)) for number in range(3)
            ]
        assert [each.document is None for each in copy.history("two")] == [False, True, False]
        assert copy.verify() == ()


@pytest.mark.slow
class TestDirectoryEndures(StoreEndurance):
    """A store in a folder, under load."""

    make = TestDirectory.make


@pytest.mark.slow
class TestSqliteEndures(StoreEndurance):
    """A store in a database, under load."""

    make = TestSqlite.make
