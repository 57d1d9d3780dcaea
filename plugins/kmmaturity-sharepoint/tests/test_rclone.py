"""rclone, which we did not write, takes the fake for SharePoint: that is what keeps the fake honest."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_graph import FakeGraph
from fake_graph.relay import Relay
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.transfer import Transfer

pytestmark = pytest.mark.needs("rclone")


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeGraph]:
    """A fake that also takes calls which our client never makes."""
    with FakeGraph(tmp_path, strict=False) as running:
        yield running


def rclone(fake: FakeGraph, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What rclone prints, reaching graph.microsoft.com through a proxy that leads to the fake."""
    token = {
        "access_token": fake.entra.made("rclone"), "token_type": "Bearer", "refresh_token": "none",
        "expiry": "2099-01-01T00:00:00Z",
    }  # fmt: skip
    program, config = shutil.which("rclone"), folder / "rclone.conf"
    assert program is not None
    config.write_text(
        f"[sp]\ntype = onedrive\ntoken = {json.dumps(token)}\ndrive_id = b!documents\ndrive_type = documentLibrary\n"
    )
    with Relay(fake.port) as relay:
        run = subprocess.run(
            [
                program,
                "--config",
                config,
                "--ca-cert",
                fake.ca,
                "--low-level-retries",
                "2",
                "--retries",
                "1",
                *arguments,
            ],
            env=os.environ | {"HTTPS_PROXY": relay.address, "NO_PROXY": "", "no_proxy": ""},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert relay.seen, "rclone did not go through the proxy"
    return run


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """A folder with small files, a large one, and a name with letters that addresses encode."""
    folder = tmp_path / "local"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"hello")
    (folder / "inner" / "Team & friends 100%.html").write_bytes(b"<p>hello")
    (folder / "large.bin").write_bytes(random.Random(2).randbytes(6_000_000))  # noqa: S311  # any bytes will do
    return folder


def test_rclone_uploads_and_verifies(fake: FakeGraph, local: Path, tmp_path: Path) -> None:
    """Rclone uploads in one piece and in fragments, and finds every file there by size and hash."""
    copied = rclone(fake, tmp_path, "copy", str(local), "sp:There", "--onedrive-chunk-size", "1280k")
    assert copied.returncode == 0, copied.stderr
    expected = {f"There/{path.relative_to(local).as_posix()}": path.read_bytes() for path in local.rglob("*.*")}
    assert fake.graph.library.files() == expected
    checked = rclone(fake, tmp_path, "check", str(local), "sp:There")
    assert checked.returncode == 0, checked.stderr
    assert "0 differences found" in checked.stderr
    assert "3 matching files" in checked.stderr


def test_rclone_finds_what_differs(fake: FakeGraph, local: Path, tmp_path: Path) -> None:
    """A byte that differs is found, so that what the test above verifies is verified."""
    rclone(fake, tmp_path, "copy", str(local), "sp:There")
    (local / "a.txt").write_bytes(b"hallo")
    assert "1 differences found" in rclone(fake, tmp_path, "check", str(local), "sp:There").stderr


def test_rclone_reads_what_we_wrote(fake: FakeGraph, graph: Graph, local: Path, tmp_path: Path) -> None:
    """What our client uploaded rclone downloads, byte for byte."""
    transfer = Transfer(graph, "b!documents")
    for path in local.rglob("*.*"):
        transfer.place(("Ours", *path.relative_to(local).parts), path.read_bytes(), policy="fail")
    checked = rclone(fake, tmp_path, "check", "--download", str(local), "sp:Ours")
    assert "0 differences found" in checked.stderr, checked.stderr
