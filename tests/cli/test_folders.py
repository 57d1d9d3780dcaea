"""Folders on the command line: every file has its say, file by file, and a person sees that it goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest
from click.testing import Result

from kmmaturity.builtin import models

Run = Callable[..., Result]


def test_one_bad_file(run: Run, folder: Path) -> None:
    """Files that cannot be opened, read or believed are told each in its place, in the order of names, and stop nothing."""
    (folder / "a.kmm.yaml").write_text("kmmaturity: [", encoding="utf-8")
    (folder / "b.kmm.yaml").mkdir()
    (folder / "c.kmm.yaml").write_bytes(b"\xff\xfe\x00")
    (folder / "d.kmm.yaml").symlink_to("nowhere")
    (folder / "e.kmm.json").write_text("{}", encoding="utf-8")
    (folder / "f.kmm.yaml").write_bytes(models.example(1).data)
    result = run("check", ".", "--format", "concise", "--fail-on", "error")
    told = list(dict.fromkeys(line.split(":")[0] for line in result.stdout.splitlines()))
    assert told[:4] == ["a.kmm.yaml", "c.kmm.yaml", "d.kmm.yaml", "e.kmm.json"]
    assert result.exit_code == 1


def test_ignored(run: Run, folder: Path) -> None:
    """What git ignores is left out of a folder, and checked where it is named."""
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("draft.*\n", encoding="utf-8")
    for name in ("draft", "team"):
        (folder / f"{name}.kmm.yaml").write_bytes(models.example(1).data)
    whole, named = run("check", "."), run("check", "draft.kmm.yaml")
    assert "Checked 1 file" in whole.stdout
    assert "git ignores draft.kmm.yaml: passed over; name a file to have it checked" in whole.stderr
    assert "Checked 1 file" in named.stdout
    assert "git ignores" not in named.stderr


@pytest.mark.skipif(os.name == "nt", reason="a terminal is made as POSIX has it")
def test_progress(folder: Path) -> None:
    """On a terminal the files read so far are counted on standard error, once that takes over a second; else nothing is."""
    import pty

    for number in range(3):
        (folder / f"{number}.kmm.yaml").write_bytes(models.example(1).data)
    os.mkfifo(slow := folder / "slow.kmm.yaml")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kmmaturity", "check", ".", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        with slow.open("wb") as pipe:  # once it is about to be read
            sleep(1.1)
            pipe.write(models.example(2).data)
        told = b""
        while True:
            try:
                more = os.read(ours, 1000)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            told += more
    os.close(ours)
    assert process.returncode == 0
    assert b"Read 4 files ..." in told
    slow.unlink()
    quiet = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    assert quiet.stderr == b""
