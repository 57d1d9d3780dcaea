"""Saving bytes under a name: whole or not at all, and never over a file by surprise."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from kmmaturity.domain.names import listed
from kmmaturity.errors import CannotWrite

__all__ = ["save", "taken"]


def save(path: str | os.PathLike[str], data: bytes | Iterable[bytes], *, overwrite: bool = False) -> int:
    """Write `data`, whole or in pieces, to `path`, and give the number of bytes.

    A reader sees the old file or the new one, never a part, even if the machine stops.

    A file that is there already is replaced only with `overwrite`, and keeps its mode; a symbolic link is written
    through. Raises CannotWrite, which says why and what to do.
    """
    shown = os.fspath(path)
    target = Path(os.path.realpath(shown))  # replacing a link would part it from what it points at
    mode = _mode(target, shown, overwrite=overwrite)
    # A short name of its own: beside `target` so that the rename stays on one disk, and never too long for it.
    beside = target.with_name(f".kmmaturity-{os.urandom(6).hex()}.tmp")
    try:
        try:
            size = _write(beside, (data,) if isinstance(data, bytes) else data, mode)
            if overwrite:
                beside.replace(target)
            else:
                _claim(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except FileExistsError as error:
        raise taken(shown) from error
    except OSError as error:
        raise CannotWrite(f"{shown} cannot be written: {_reason(error, target)}") from error
    _settle(target.parent)
    return size


def _mode(target: Path, shown: str, *, overwrite: bool) -> int | None:
    """The permissions of the file to replace, or None when there is none. Raises CannotWrite where it may not be."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return None  # nothing there, or the attempt to write will say what is wrong
    if stat.S_ISDIR(mode):
        raise CannotWrite(f"{shown} is a folder: name a file in it, such as {Path(shown, 'team.kmm.yaml')}")
    if not overwrite:
        raise taken(shown)
    if not stat.S_ISREG(mode):
        raise CannotWrite(f"{shown} is a device or a pipe, and not a file: choose another name")
    if not mode & 0o222:
        raise CannotWrite(f"{shown} is read-only: allow writing to it, or choose another name")
    return stat.S_IMODE(mode)


def _write(beside: Path, pieces: Iterable[bytes], mode: int | None) -> int:
    with beside.open("xb") as file:
        if mode is not None:
            beside.chmod(mode)  # before the data: what was private is never public for a moment
        size = sum(map(file.write, pieces))
        file.flush()
        os.fsync(file.fileno())
    return size


def _claim(beside: Path, target: Path) -> None:
    """Give the written file its name, unless somebody took it meanwhile: then FileExistsError."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # FAT disks, some shares and some platforms have no links
        target.open("xb").close()
        try:
            beside.replace(target)
        except OSError:
            target.unlink(missing_ok=True)
            raise


def _settle(folder: Path) -> None:
    """Make the new name last through a power cut, where the platform can; the file itself is whole already."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):  # some network shares refuse, and there is nothing left to undo
            handle = os.open(folder, os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def taken(*names: str) -> CannotWrite:
    """The error for files of these names, which are there already."""
    there = f"{listed(names, last='and')} {'is' if len(names) == 1 else 'are'} there already"
    return CannotWrite(f"{there}: choose another name, or replace with --overwrite (in Python, overwrite=True)")


def _reason(error: OSError, target: Path) -> str:
    folder = target.parent
    if error.errno == errno.ENOENT and not folder.exists():
        return f"there is no folder {folder}; make it first, or choose another"
    if error.errno == errno.ENOTDIR:
        return f"{folder} is not a folder; choose another name"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"you may not add files to the folder {folder}; ask for the right to, or choose another"
    if error.errno == errno.EROFS:
        return f"{folder} is on a read-only disk; choose another folder"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full, or your share of it; make room and try again"
    return f"{error.strerror or error}; choose another name or folder"
