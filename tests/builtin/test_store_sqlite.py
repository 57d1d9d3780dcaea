"""A store in a database: damage anywhere in its file, forks, threads, waiting, and how it writes."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kmmaturity.builtin.stores import sqlite
from kmmaturity.builtin.stores.disks import is_local, kind_of_disk
from kmmaturity.builtin.stores.sqlite import SqliteStore
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError
from kmmaturity.hooks.store import Conflict
from kmmaturity.testing.stores.opened import MOMENT, bytes_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "team.db"


@pytest.fixture
def store(file: Path) -> Iterator[SqliteStore]:
    """A store with two revisions of one assessment."""
    with SqliteStore(file, create=True) as opened:
        opened.put("team", bytes_of("first"), expect=None, at=MOMENT)
        opened.put("team", bytes_of("second"), expect=1, at=MOMENT)
        yield opened


def test_no_damage_goes_unseen(store: SqliteStore, file: Path) -> None:
    """Whatever byte of the file changes: what is read is what was written, or `verify` or opening finds the damage."""
    for number in range(2, 12):
        store.put("team", bytes_of(f"number {number} " * 40), expect=number, at=MOMENT)
    before = store.history("team")
    store.close()
    whole = file.read_bytes()
    draw = random.Random(4)  # noqa: S311  # no secret
    seen = 0
    for at in [*range(100), *draw.sample(range(len(whole)), 300)]:
        file.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << draw.randrange(8))]) + whole[at + 1 :])
        try:
            with SqliteStore(file) as damaged:
                found = bool(damaged.verify())
                assert found or damaged.history("team") == before, f"byte {at} of {len(whole)}"
        except CannotRead:
            found = True
        seen += found
    assert seen > 100, "most bytes of this file are a store's own"


def test_a_row_in_another_place_is_found(store: SqliteStore, file: Path) -> None:
    """Rows that were moved, dropped or rewritten by hand are told."""
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE revisions SET number = 4 WHERE number = 2")
    assert [str(each) for each in store.verify()] == ["team @ 4: its row holds revision 2 of team"]
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE revisions SET number = 2, record = 'torn' WHERE number = 4")
    assert [str(each) for each in store.verify()] == ["team @ 2: its record is not JSON"]
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE revisions SET record = NULL WHERE false")
        other.execute("DELETE FROM revisions WHERE number = 1")
    assert ("team", 2) in [(each.key, each.revision) for each in store.verify()]


def test_what_is_forgotten_is_nowhere(store: SqliteStore, file: Path) -> None:
    """Neither the file nor what is written ahead of it holds a document that was forgotten."""
    store.put("team", bytes_of("Jo Bloggs said " * 2000), expect=2, at=MOMENT)
    store.put("team", bytes_of("fourth"), expect=3, at=MOMENT)
    assert any(b"Bloggs" in each.read_bytes() for each in file.parent.iterdir())
    store.forget("team", revision=3, because="retention", at=MOMENT)
    assert not any(b"Bloggs" in each.read_bytes() for each in file.parent.iterdir())


@pytest.mark.parametrize(("local", "mode"), [(True, "wal"), (False, "delete")])
def test_writes_ahead_on_local_disks_only(file: Path, monkeypatch: pytest.MonkeyPatch, local: bool, mode: str) -> None:
    """On this machine's own disks the database writes ahead; on a share, and where that is not known, it does not."""
    SqliteStore(file, create=True).close()
    monkeypatch.setattr(sqlite, "is_local", lambda _: local)
    with SqliteStore(file) as store:
        store.put("team", bytes_of("first"), expect=None, at=MOMENT)
        with closing(sqlite3.connect(file)) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == (mode,)


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /srv/our\\040share rw shared:2 - nfs4 host:/share rw
31 22 0:41 / /srv/team rw - cifs //host/team rw
32 31 0:42 / /srv/team/here rw - xfs /dev/vdb rw
33 22 0:43 / /srv/over rw - ext4 /dev/vdc rw
34 22 0:44 / /srv/over rw - fuse.sshfs host: rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/jo/team.db", "ext4"),
        ("/srv/our share/a/team.db", "nfs4"),
        ("/srv/team/team.db", "cifs"),
        ("/srv/team/here/team.db", "xfs"),
        ("/srv/teamwork/team.db", "ext4"),
        ("/srv/over/team.db", "fuse.sshfs"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Linux lists its disks like this")
def test_tells_disks_from_shares(path: str, kind: str) -> None:
    """The disk of a file is the one mounted nearest above it, and of two on one place the later."""
    assert kind_of_disk(Path(path), MOUNTS) == kind


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is told in another way, or not at all")
def test_this_disk_is_told(tmp_path: Path) -> None:
    """Whether the folder of this test is local agrees with the table that Linux has of its disks."""
    mounts = Path("/proc/self/mountinfo").read_text("utf-8")
    assert is_local(tmp_path / "team.db") is (
        kind_of_disk(tmp_path, mounts) in {"ext4", "xfs", "btrfs", "tmpfs", "overlay"}
    )


def test_a_writer_that_waits_too_long_is_told(store: SqliteStore, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that never gets its turn is told so, and nothing of it is written."""
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other, SqliteStore(file) as waiting:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CannotWrite, match="nothing was written: others have been writing for over"):
            waiting.put("team", bytes_of("third"), expect=2, at=MOMENT)
        other.execute("ROLLBACK")
        assert waiting.put("team", bytes_of("third"), expect=2, at=MOMENT).number == 3


def test_threads_share_a_store(store: SqliteStore) -> None:
    """Threads that write through one store lose nothing."""

    def write() -> None:
        for _ in range(20):
            while True:
                newest = store.get("shared")
                try:
                    store.put("shared", bytes_of("x"), expect=newest.number if newest else None, at=MOMENT)
                except Conflict:
                    continue
                break

    threads = [threading.Thread(target=write) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(store.history("shared")) == 80
    assert store.verify() == ()


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_fork_opens_the_store_for_itself(store: SqliteStore) -> None:
    """A process that was forked with a store open writes through a connection of its own, and its parent goes on."""

    def write() -> None:
        store.put("team", bytes_of("third"), expect=2, at=MOMENT)
        store.close()

    child = multiprocessing.get_context("fork").Process(target=write)
    child.start()
    child.join()
    assert child.exitcode == 0
    assert len(store.history("team")) == 3
    assert store.put("team", bytes_of("fourth"), expect=3, at=MOMENT).number == 4
    assert store.verify() == ()


def test_a_file_that_was_replaced_is_told(store: SqliteStore, file: Path) -> None:
    """A store whose file was taken away or replaced writes nothing to what nobody can find any more."""
    moved = file.with_name("moved.db")
    file.rename(moved)
    with pytest.raises(CannotWrite, match="it is not there any more"):
        store.put("team", bytes_of("third"), expect=2, at=MOMENT)
    with pytest.raises(CannotRead, match="it is not there any more"):
        store.get("team")
    SqliteStore(file, create=True).close()
    with pytest.raises(CannotRead, match="is not the file any more that was opened: open the store again"):
        store.put("team", bytes_of("third"), expect=2, at=MOMENT)


def test_a_closed_store_is_told(store: SqliteStore) -> None:
    """A store that was closed says so."""
    store.close()
    with pytest.raises(KmMaturityError, match="is closed: open it again"):
        store.get("team")
