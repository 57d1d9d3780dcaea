"""Stores on disks that are full, read-only or gone: real ones, mounted for the test in a namespace of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BEGINNING = """
import subprocess, sys
from kmmaturity.builtin.stores import open_store
from kmmaturity.errors import KmMaturityError
from kmmaturity.testing.contention import MOMENT, document

disk, url, new = sys.argv[1:]

def mount(*words):
    subprocess.run(["mount", *words, disk], check=True)

def put(store, number):
    return store.put("team", document(number), expect=number - 1 or None, at=MOMENT)

def told(attempt):
    try:
        attempt()
    except KmMaturityError as error:
        print(type(error).__name__, str(error).replace(disk, "DISK"))
    else:
        print("done")

mount("-t", "tmpfs", "-o", "size=400k", "tmpfs")
"""

FULL = """
with open_store(url, create=True) as store:
    number = 0
    try:
        while number < 100:
            put(store, number + 1)
            number += 1
    except KmMaturityError:
        told(lambda: put(store, number + 1))
    kept = [each.document for each in store.history("team")]
    print(5 < number == len(kept) and kept == [document(each) for each in range(1, number + 1)], store.verify())
    mount("-o", "remount,size=800k")
    told(lambda: put(store, number + 1))
    print(store.verify())
"""

READ_ONLY = """
with open_store(url, create=True) as store:
    put(store, 1)
mount("-o", "remount,ro")
for create in (False, True):
    with open_store(url, create=create) as store:
        print(len(store.history("team")), len(store.list()), store.verify())
        told(lambda: put(store, 2))
        told(lambda: store.forget("team", revision=1, because="retention", at=MOMENT))
told(lambda: open_store(new, create=True))
"""

GONE = """
store = open_store(url, create=True)
put(store, 1)
subprocess.run(["umount", "--lazy", disk], check=True)
for attempt in (lambda: put(store, 2), lambda: store.get("team"), store.list, store.verify):
    told(attempt)
told(lambda: open_store(url))
store.close()
"""


@pytest.fixture(scope="module", autouse=True)
def _mounting() -> None:
    """Skips, aloud, where disks cannot be mounted."""
    unshare = shutil.which("unshare")
    trial = ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    if unshare is None or subprocess.run([unshare, *trial], capture_output=True, check=False).returncode:
        pytest.skip("no disks can be mounted here: `unshare -rm` is refused")


def lines(tmp_path: Path, url: str, script: str) -> list[str]:
    """What `script` prints, run on a disk of its own where a store is at `url`."""
    disk = tmp_path / "disk"
    disk.mkdir()
    run = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", BEGINNING + script, disk, f"{url}{disk}/team", f"{url}{disk}/new"],  # noqa: S607
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


URLS = ("sqlite:///", "dir:")


@pytest.mark.parametrize("url", URLS)
def test_a_full_disk(tmp_path: Path, url: str) -> None:
    """A full disk is told as full, with every revision whole; when there is room again, writing goes on."""
    full = (
        "CannotWrite DISK/team: nothing was written: its disk is full, or your share of it: make room, and do it again"
    )
    assert lines(tmp_path, url, FULL) == [full, "True ()", "done", "()"]


@pytest.mark.parametrize("url", URLS)
def test_a_read_only_disk(tmp_path: Path, url: str) -> None:
    """A store on a read-only disk can be read; what would write to it is told what to do."""
    printed = lines(tmp_path, url, READ_ONLY)
    *used, new = printed
    assert [line for line in used if not line.startswith("CannotWrite")] == ["1 1 ()"] * 2
    refused = [line for line in used if line.startswith("CannotWrite")]
    assert len(refused) == 4
    assert all(
        "nothing was written: " in line and "disk is read-only: have it made writable" in line for line in refused
    )
    assert new.startswith("CannotWrite DISK/new: nothing was written: its disk is read-only: have it made writable")


@pytest.mark.parametrize("url", URLS)
def test_a_disk_that_is_gone(tmp_path: Path, url: str) -> None:
    """A store whose disk was taken away says so at every use, and writes nothing to the folder that is left."""
    written, *read, opened = lines(tmp_path, url, GONE)
    gone = "it is not there any more: is its disk or share still connected?"
    assert written == f"CannotWrite DISK/team: nothing was written: {gone}"
    assert read == [f"CannotRead DISK/team cannot be read: {gone}"] * 3
    assert opened.startswith("NoSuchFile there is no store at DISK/team")
    assert list((tmp_path / "disk").iterdir()) == []
