"""What disks do to stores: which are this machine's own, and what their errors mean to the person in front of them."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError

__all__ = ["DENIED", "FULL", "GONE", "READ_ONLY", "is_local", "is_read_only", "kind_of_disk", "told"]

FULL = "its disk is full, or your share of it: make room, and do it again"
GONE = "it is not there any more: is its disk or share still connected?"
READ_ONLY = "its disk is read-only: have it made writable, or keep a copy elsewhere with `kmmaturity store copy`"
DENIED = "you do not have the right to: ask whoever looks after it"

_REASONS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM), DENIED),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN), GONE),
    errno.EROFS: READ_ONLY,
}
# What Linux calls file systems that no other machine writes to. Others, unknown ones among them, are taken as shared.
_LOCAL = {
    "bcachefs", "btrfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "jfs", "ntfs", "ntfs3", "overlay", "ramfs",
    "reiserfs", "tmpfs", "vfat", "xfs", "zfs",
}  # fmt: skip
_FIXED, _IN_MEMORY = 3, 6  # GetDriveTypeW: DRIVE_FIXED, DRIVE_RAMDISK


@contextmanager
def told(place: str, *, writing: bool) -> Iterator[None]:
    """Turns the errors of a disk into CannotWrite or CannotRead, with `place`, the reason and the remedy."""
    try:
        yield
    except KmMaturityError:  # CannotWrite is an OSError, and says all of this already
        raise
    except OSError as error:
        why = _REASONS.get(error.errno or 0, error.strerror or str(error))
        if writing:
            raise CannotWrite(f"{place}: nothing was written: {why}") from error
        raise CannotRead(f"{place} cannot be read: {why}") from error


def is_local(path: Path) -> bool:
    """Whether the disk under `path` is certainly this machine's own; a network share never is."""
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(path.resolve())[0]
        return ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") in (_FIXED, _IN_MEMORY)
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False  # not Linux
    return kind_of_disk(path, mounts) in _LOCAL


def is_read_only(path: Path) -> bool:
    """Whether nobody on this machine can write to the disk under `path`, which is there."""
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def kind_of_disk(path: Path, mounts: str) -> str | None:
    """The file system that `path` is on, by the mounts that Linux lists in /proc/self/mountinfo."""
    found: str | None = None
    deepest = -1
    parents = {str(each) for each in (path.resolve(), *path.resolve().parents)}
    for line in mounts.splitlines():
        mount, _, system = line.partition(" - ")
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), mount.split(" ")[4])
        # Of two mounts on one point the later lies on top.
        if point in parents and len(point) >= deepest:
            found, deepest = system.split(" ")[0], len(point)
    return found
