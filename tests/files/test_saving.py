"""Saving: whole or not at all, never over a file by surprise, and every refusal says what to do."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from kmmaturity.errors import CannotWrite
from kmmaturity.files.saving import save

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are those of POSIX")


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(each.name for each in folder.iterdir())


def test_a_new_file(tmp_path: Path) -> None:
    """A new file holds exactly the bytes, and nothing else is left beside it."""
    save(tmp_path / "a.kmm.yaml", b"one\r\n")
    assert (tmp_path / "a.kmm.yaml").read_bytes() == b"one\r\n"
    assert names(tmp_path) == ["a.kmm.yaml"]


@posix
def test_the_mode_of_a_new_file_is_the_users_own(tmp_path: Path) -> None:
    """A new file gets the permissions that the user's umask gives, as from any other program."""
    (tmp_path / "other").touch()
    save(tmp_path / "a", b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_taken_name_is_refused(tmp_path: Path) -> None:
    """A file that is there is kept unless the caller asks for it to be replaced, and the refusal says how."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(CannotWrite, match=r"a is there already: choose another name, or replace with --overwrite"):
        save(path, b"new")
    assert path.read_bytes() == b"old"
    save(path, b"new", overwrite=True)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


def test_overwriting_nothing_is_writing(tmp_path: Path) -> None:
    """`overwrite` may be given where there is nothing to replace."""
    save(tmp_path / "a", b"new", overwrite=True)
    assert (tmp_path / "a").read_bytes() == b"new"


@posix
def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    """A private file stays private when it is replaced."""
    path = tmp_path / "a"
    path.touch()
    path.chmod(0o600)
    save(path, b"new", overwrite=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
def test_a_link_is_written_through(tmp_path: Path) -> None:
    """What a symbolic link points at is replaced, and the link stays a link."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(Path("shared", "real"))
    save(tmp_path / "link", b"new", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "shared" / "real").read_bytes() == b"new"
    with pytest.raises(CannotWrite, match="link is there already"):
        save(tmp_path / "link", b"newer")


def test_no_such_folder(tmp_path: Path) -> None:
    """A folder that is not there is named, with what to do."""
    with pytest.raises(CannotWrite, match=r"there is no folder .*nowhere; make it first, or choose another"):
        save(tmp_path / "nowhere" / "a", b"")


@posix
def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    """A path that leads through a file is refused."""
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match=r"file is not a folder; choose another name"):
        save(tmp_path / "file" / "a", b"")


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_is_no_file(tmp_path: Path, overwrite: bool) -> None:
    """A folder is never replaced by a file."""
    with pytest.raises(CannotWrite, match=r"is a folder: name a file in it, such as .*team\.kmm\.yaml"):
        save(tmp_path, b"", overwrite=overwrite)


def test_a_read_only_file_is_kept(tmp_path: Path) -> None:
    """A file that was made read-only is not replaced, though the system would allow it."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(CannotWrite, match="a is read-only: allow writing to it, or choose another name"):
        save(path, b"new", overwrite=True)
    assert path.read_bytes() == b"old"


@posix
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A pipe or a device is refused rather than replaced."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotWrite, match="is a device or a pipe"):
        save(tmp_path / "pipe", b"", overwrite=True)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    """A name that the system does not take is refused with the system's reason, and leaves nothing behind."""
    for overwrite in (False, True):
        with pytest.raises(CannotWrite, match="choose another name or folder"):
            save(tmp_path / ("x" * 300), b"", overwrite=overwrite)
    assert names(tmp_path) == []


def test_the_longest_name_there_is(tmp_path: Path) -> None:
    """A name as long as the system allows can be saved: the temporary file does not build on it."""
    save(tmp_path / ("x" * 255), b"")
    assert names(tmp_path) == ["x" * 255]


def _fails(number: int) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_failure_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full, the old file is untouched and no temporary file is left."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", _fails(errno.ENOSPC))
    with pytest.raises(CannotWrite, match="the disk is full, or your share of it; make room and try again"):
        save(path, b"new", overwrite=True)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no hard links, a new file is saved all the same, and a taken name is still refused."""
    monkeypatch.setattr(os, "link", _fails(errno.EPERM))
    save(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    with pytest.raises(CannotWrite, match="there already"):
        save(tmp_path / "a", b"newer")
    assert names(tmp_path) == ["a"]


def test_a_failure_on_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step fails on such a disk, no empty file is left under the name."""
    monkeypatch.setattr(os, "link", _fails(errno.EPERM))
    monkeypatch.setattr(os, "replace", _fails(errno.EIO))
    with pytest.raises(CannotWrite, match="choose another name or folder"):
        save(tmp_path / "a", b"new")
    assert names(tmp_path) == []


def test_a_name_taken_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes the name between the look and the write keeps it."""
    path = tmp_path / "a"
    fsync = os.fsync

    def meanwhile(handle: int) -> None:
        path.write_bytes(b"theirs")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(CannotWrite, match="there already"):
        save(path, b"ours")
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "you may not add files to the folder"),
        (errno.EROFS, "is on a read-only disk; choose another folder"),
        (errno.EIO, "choose another name or folder"),
    ],
)
def test_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str) -> None:
    """What the system refuses is told in words, with the path and what to do, and the cause is chained."""
    monkeypatch.setattr(os, "fsync", _fails(number))
    with pytest.raises(CannotWrite, match=reason) as caught:
        save(tmp_path / "a", b"")
    assert str(tmp_path / "a") in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)
    assert names(tmp_path) == []
