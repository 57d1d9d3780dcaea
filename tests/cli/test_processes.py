"""What only a process of its own can show: pipes, encodings, terminals and signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from json import loads
from pathlib import Path

import pytest

import kmmaturity as km

Start = Callable[..., "subprocess.CompletedProcess[bytes]"]

posix = pytest.mark.skipif(os.name != "posix", reason="needs pipes, signals and terminals as POSIX has them")


def command(*words: object) -> list[str]:
    """How a process of this program is started."""
    return [sys.executable, "-m", "kmmaturity", *map(str, words)]


def test_exit_codes(start: Start, team: Path) -> None:
    """The process's exit codes: 0 when clean, 1 for findings, 2 for usage, a missing path or no arguments at all."""
    spoilt = team.read_bytes().replace(b"score: 2", b"score: 9", 1)
    assert start("check", team).returncode == 0
    assert start("check", "-", input=spoilt).returncode == 1
    assert start("check").returncode == 2
    assert start("check", "none.kmm.yaml").returncode == 2
    assert start("check", team, "--fail-on", "nothing").returncode == 2
    assert start().returncode == 2


def test_from_pipe_to_pipe(start: Start) -> None:
    """A new file, checked, shown and exported without touching the disk: each command reads what another wrote."""
    new = start("new", "-", "--unit", "A team")
    assert new.stderr == b""
    assert b"not assessed yet" in start("check", "-", input=new.stdout).stdout
    assert "●" in start("show", "-", input=new.stdout, PYTHONIOENCODING="utf-8").stdout.decode()
    assert start("export", "-", "--format", "csv", input=new.stdout).stdout.startswith(b"\xef\xbb\xbfunit,")


def test_machine_formats_are_utf_8(start: Start, team: Path) -> None:
    """JSON and CSV come out as UTF-8 on a terminal of any encoding, with their own line ends."""
    csv = start("export", team, "--format", "csv", PYTHONIOENCODING="ascii").stdout
    assert "knowledge café" in csv.decode("utf-8-sig")
    assert csv.count(b"\r\n") == 28
    json = start("export", team, "--format", "json", PYTHONIOENCODING="ascii").stdout
    assert "café" in json.decode()
    odd = team.read_bytes().replace(b"learning.before:", "learning.béfore:".encode(), 1)
    found = start("check", "-", "--format", "json", input=odd, PYTHONIOENCODING="ascii").stdout
    assert found.isascii()
    assert "learning.béfore" in str(loads(found))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_ascii_fallback(encoding: str, start: Start, team: Path) -> None:
    """Where standard output lacks the marks, plain ones are drawn, and letters that it lacks become question marks."""
    shown = start("show", team, PYTHONIOENCODING=encoding)
    assert shown.returncode == 0
    text = shown.stdout.decode(encoding)
    assert "o1====*2" in text
    assert ("caf? relied" in text) == (encoding == "ascii")
    asked = start("show", team, "--ascii", PYTHONIOENCODING="utf-8").stdout.decode()
    assert asked.replace("é", "?") == text.replace("é", "?").replace("\r\n", "\n")


def test_no_colour_in_pipes(start: Start, team: Path) -> None:
    """Nothing but text goes into a pipe."""
    assert b"\x1b" not in start("show", team).stdout


@posix
@pytest.mark.parametrize(
    ("words", "env", "coloured"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
        (("--no-color",), {}, False),
    ],
)
def test_colour(words: tuple[str, ...], env: dict[str, str], coloured: bool, team: Path) -> None:
    """A terminal gets colours unless NO_COLOR, a dumb terminal or --no-color says otherwise; the text is the same."""
    text = on_terminal("show", team, "--width", "80", *words, env=env)
    assert ("\x1b[" in text) == coloured
    assert "●" in text


@posix
def test_colour_for_all_commands(team: Path) -> None:
    """--no-color before the command counts for it."""
    words = ("show", team, "--width", "80")
    assert "\x1b[" not in on_terminal("--no-color", *words)
    assert "\x1b[" in on_terminal(*words)


def on_terminal(*words: object, env: dict[str, str] | None = None) -> str:
    """What a command writes to a terminal."""
    import pty

    ours, theirs = pty.openpty()
    environment = {"NO_COLOR": "", "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"} | (
        env or {}
    )
    with subprocess.Popen(
        command(*words), stdout=theirs, stdin=subprocess.DEVNULL, env=os.environ | environment
    ) as run:
        os.close(theirs)
        parts: list[bytes] = []
        try:
            while part := os.read(ours, 65536):
                parts.append(part)
        except OSError:  # how Linux says that the other end is closed
            pass
        os.close(ours)
        assert run.wait() == 0
    return b"".join(parts).decode()


@posix
@pytest.mark.parametrize("words", [("show",), ("check", "--format", "json"), ("export", "--format", "json")])
def test_closed_pipe(words: tuple[str, ...], team: Path) -> None:
    """A reader that has left ends the command quietly: no traceback, nothing on standard error."""
    ours, theirs = os.pipe()
    os.close(ours)
    run = subprocess.run(command(*words, team), stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert run.returncode == 141
    assert run.stderr == b""


@posix
def test_interrupted(folder: Path) -> None:
    """Ctrl-C while a file is being read is exit code 130 and no traceback."""
    os.mkfifo("slow.kmm.yaml")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # background jobs ignore it
    run = subprocess.Popen(command("check", "slow.kmm.yaml"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    signal.signal(signal.SIGINT, before)
    with run, Path("slow.kmm.yaml").open("wb"):  # opens when the other side does
        run.send_signal(signal.SIGINT)
        out, error = run.communicate(timeout=30)
    assert run.returncode == 130
    assert (out, error.strip()) == (b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
@pytest.mark.parametrize("words", [("explain", "KMM301"), ("--help",), ("check", "--help")])
def test_no_room(words: tuple[str, ...]) -> None:
    """Where what is printed finds no room, that is said, and nobody's mistake is reported."""
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command(*words), stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 1
    assert b"cannot be written: No space left on device" in run.stderr
    assert b"mistake" not in run.stderr


def test_script() -> None:
    """The installed script runs the same program as `python -m kmmaturity`."""
    script = Path(sys.executable).with_name("kmmaturity")
    if not script.exists():
        pytest.skip("the package is not installed with its script here")
    run = subprocess.run([script, "--version"], capture_output=True, check=False)
    assert run.stdout.decode().strip() == f"kmmaturity {km.__version__}"
