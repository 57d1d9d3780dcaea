"""A store in a folder: every flipped bit, foreign files, and disks that cannot do what it needs."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kmmaturity.builtin.stores import open_store
from kmmaturity.builtin.stores.directory import DirectoryStore
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError
from kmmaturity.hooks.store import Conflict
from kmmaturity.testing.stores.opened import MOMENT, bytes_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "store"


@pytest.fixture
def store(root: Path) -> Iterator[DirectoryStore]:
    """A store with two revisions of one assessment."""
    with DirectoryStore(root, create=True) as opened:
        opened.put("team", bytes_of("first"), expect=None, at=MOMENT)
        opened.put("team", bytes_of("second"), expect=1, at=MOMENT)
        yield opened


def test_a_revision_is_a_file_to_be_read(store: DirectoryStore, root: Path) -> None:
    """Each revision is one file: a line about it, and then the document as it is."""
    names = sorted(each.relative_to(root).as_posix() for each in root.rglob("*") if each.is_file())
    assert names == ["_kmmaturity-store.json", "team/00000001.kmrev", "team/00000002.kmrev"]
    record, document = (root / "team/00000001.kmrev").read_bytes().split(b"\n", 1)
    assert record.startswith(b'{"kmrevision":1,"key":"team","number":1,')
    assert document == bytes_of("first")
    assert store.verify() == ()


def test_every_flipped_bit_is_found(store: DirectoryStore, root: Path) -> None:
    """Whichever byte of a revision's file changes, `verify` names that revision."""
    file = root / "team" / "00000001.kmrev"
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        assert [(each.key, each.revision) for each in store.verify()] == [("team", 1)], f"byte {at} is {whole[at]:#x}"
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        assert [(each.key, each.revision) for each in store.verify()] == [("team", 1)], f"cut at {length}"


def test_damage_stops_what_it_would_spoil(store: DirectoryStore, root: Path) -> None:
    """A damaged newest revision is not given out, listed or written after; older ones can be read."""
    (root / "team" / "00000002.kmrev").write_bytes(b"torn")
    for attempt in (
        lambda: store.get("team"),
        lambda: store.history("team"),
        store.list,
        lambda: store.put("team", bytes_of("third"), expect=2, at=MOMENT),
    ):
        with pytest.raises(CannotRead, match="revision 2 of team is damaged: its record is not JSON"):
            attempt()
    first = store.get("team", 1)
    assert first is not None
    assert first.document == bytes_of("first")


def test_a_file_under_another_name_is_found(store: DirectoryStore, root: Path) -> None:
    """A revision's file that was renamed or copied is told by what it says of itself."""
    (root / "team" / "00000003.kmrev").write_bytes((root / "team" / "00000002.kmrev").read_bytes())
    (root / "other").mkdir()
    (root / "other" / "00000001.kmrev").write_bytes((root / "team" / "00000001.kmrev").read_bytes())
    assert [str(each) for each in store.verify()] == [
        "other @ 1: its file holds revision 1 of team",
        "team @ 3: its file holds revision 2 of team",
    ]


def test_a_missing_file_is_found(store: DirectoryStore, root: Path) -> None:
    """A revision that is gone is told by the one after it."""
    (root / "team" / "00000001.kmrev").unlink()
    assert [str(each) for each in store.verify()] == ["team @ 2: revision 1 is missing before this one"]


def test_foreign_files_are_told_and_left(store: DirectoryStore, root: Path) -> None:
    """Files and folders that others put there are named by `verify`, and are in nobody's way."""
    foreign = [".DS_Store", "README.txt", "Thumbs.db", "team/notes.txt", "team/1.kmrev", "papers/a.txt"]
    for name in foreign:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("ours")
    (root / "Our Folder").mkdir()
    found = store.verify()
    assert {each.kind for each in found} == {"foreign"}
    assert sorted(each.what.removesuffix(" is not the store's, and was left alone") for each in found) == sorted(
        [*foreign, "Our Folder"]
    )
    assert [each.key for each in store.list()] == ["team"]
    store.put("team", bytes_of("third"), expect=2, at=MOMENT)
    store.forget("team", revision=1, because="retention", at=MOMENT)
    assert all((root / name).read_text() == "ours" for name in foreign)


def test_a_foreign_file_in_the_place_of_a_key_is_told(store: DirectoryStore, root: Path) -> None:
    """A file that has a key's name is told as what it is when that key is used."""
    (root / "readme").write_text("ours")
    with pytest.raises(KmMaturityError, match="readme is a file, and not the store's: move it away"):
        store.put("readme", bytes_of("first"), expect=None, at=MOMENT)
    assert (root / "readme").read_text() == "ours"


def test_what_a_dead_writer_left_is_no_harm(store: DirectoryStore, root: Path) -> None:
    """The unfinished file of a writer that died is nobody's revision, and a folder without any no key."""
    (root / "team" / ".kmmaturity-00ff.tmp").write_bytes(b"to")
    (root / "empty").mkdir()
    assert store.verify() == ()
    assert [each.key for each in store.list()] == ["team"]
    assert store.put("team", bytes_of("third"), expect=2, at=MOMENT).number == 3
    assert store.put("empty", bytes_of("first"), expect=None, at=MOMENT).number == 1


def test_what_is_forgotten_is_nowhere(store: DirectoryStore, root: Path) -> None:
    """No file of the store holds a document that was forgotten."""
    store.put("team", bytes_of("Jo Bloggs said"), expect=2, at=MOMENT)
    store.forget("team", revision=3, because="retention", at=MOMENT)
    assert not any(b"Bloggs" in each.read_bytes() for each in root.rglob("*") if each.is_file())


def test_a_disk_without_links_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a disk has no hard links a store is not begun, and the message names another way."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(CannotWrite, match=r"has no hard links, without which .*: use sqlite:"):
        open_store(f"dir:{root}", create=True)


def test_a_link_whose_answer_was_lost_counts(
    store: DirectoryStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network share that makes the link and then says that it is there already has made it."""
    link = os.link

    def repeated(source: Path, target: Path) -> None:
        link(source, target)
        link(source, target)

    monkeypatch.setattr(os, "link", repeated)
    assert store.put("team", bytes_of("third"), expect=2, at=MOMENT).number == 3
    monkeypatch.undo()
    with pytest.raises(Conflict):
        store.put("team", bytes_of("other"), expect=2, at=MOMENT)
    assert store.verify() == ()


def test_a_disk_that_does_not_settle_is_told(
    store: DirectoryStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk does not say that a new name will last, the writer is told to look before writing again."""
    fsync, folder = os.fsync, (root / "team").stat().st_ino

    def broken(handle: int) -> None:
        if os.fstat(handle).st_ino == folder:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(
        CannotWrite, match="revision 3 of team was written, and the disk does not say that it will last"
    ):
        store.put("team", bytes_of("third"), expect=2, at=MOMENT)
