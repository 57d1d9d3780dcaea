"""`kmmaturity store`: keep, get, tell, list, verify and copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

import kmmaturity as km
from kmmaturity.builtin.stores import open_store

Run = Callable[..., Result]

STORE = "sqlite:///team.db"


@pytest.fixture
def kept(run: Run, team: Path) -> str:
    """The key of the example team's assessment, kept once."""
    result = run("store", "put", team, "--store", STORE, "--create", "--actor", "KM lead")
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def ok(result: Result) -> str:
    """What a run that went well printed."""
    assert result.exit_code == 0, result.output
    return result.stdout


def test_put_prints_the_key(run: Run, kept: str, team: Path) -> None:
    """What was put is kept under a key made from its unit and date, and the key is all that is printed."""
    assert kept.startswith("coastal-evidence-team-")
    assert kept.endswith("-2026-11-24")
    assert ok(run("store", "list", "--store", STORE)).startswith(
        f"{kept}  revision 1  starter@1.0  UK Example Agency, "
    )
    assert ok(run("store", "put", team, "--key", "ours", "--store", STORE)) == "ours\n"


def test_the_address_can_be_in_the_environment(run: Run, kept: str) -> None:
    """KMMATURITY_STORE names the store for those who always use the same."""
    assert kept in ok(run("store", "list", KMMATURITY_STORE=STORE))
    result = run("store", "list")
    assert result.exit_code == 2
    assert "--store" in result.stderr


def test_a_mistyped_address_begins_nothing(run: Run, team: Path) -> None:
    """Without --create no store is begun, and the message says how to begin one."""
    result = run("store", "put", team, "--store", "dir:./stoer")
    assert result.exit_code == 2
    assert "there is no store at stoer" in result.stderr
    assert "`kmmaturity store put --create` begins a store" in result.stderr
    assert not Path("stoer").exists()


def test_a_second_first_is_a_conflict(run: Run, kept: str, team: Path) -> None:
    """Putting what is there already is a conflict that shows both, who wrote, and the option that follows it."""
    text = team.read_text("utf-8").replace("score: 2", "score: 1", 1)
    team.write_text(text, "utf-8")
    result = run("store", "put", team, "--store", STORE)
    assert result.exit_code == 1
    assert result.stdout == ""
    for part in ("revision 1", "follows nothing", "they differ in: scores.", "by KM lead", "To follow it: --expect 1"):
        assert part in result.stderr
    assert ok(run("store", "put", team, "--expect", 1, "--store", STORE)) == f"{kept}\n"
    assert run("store", "put", team, "--expect", 1, "--store", STORE).exit_code == 1


def test_get_gives_what_was_put(run: Run, kept: str, team: Path) -> None:
    """What is got is the JSON that is kept, or a file to edit that says the same as the one that was put."""
    printed = ok(run("store", "get", kept, "--store", STORE))
    assert json.loads(printed) == km.to_dict(km.load(team)) | {"digest": json.loads(printed)["digest"]}
    ok(run("store", "get", kept, "--to", "got.kmm.yaml", "--store", STORE))
    ok(run("store", "get", kept, "--to", "got.kmm.json", "--revision", 1, "--store", STORE))
    assert km.load("got.kmm.yaml") == km.load("got.kmm.json") == km.load(team)
    assert run("store", "get", kept, "--to", "got.kmm.yaml", "--store", STORE).exit_code == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["get", "nobody"], "the store has no key 'nobody': it has coastal-evidence-team-"),
        (["history", "nobody"], "the store has no key 'nobody'"),
        (["get", "KEY", "--revision", "7"], "has no revision '7': it has 1"),
    ],
)
def test_what_is_not_there_is_told(run: Run, kept: str, words: list[str], message: str) -> None:
    """A key or revision that is not there is told, with those that are."""
    result = run("store", *(kept if word == "KEY" else word for word in words), "--store", STORE)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["put", "TEAM", "--key", ""], 1, "'' cannot be a key, which has at most 100 of a-z"),
        (["list", "--since", "2027-01-01", "--until", "2026-01-01"], 2, "No day is from 2027-01-01 to 2026-01-01"),
        (["get", "KEY", "--to", "team.csv"], 2, "YAML or JSON, and team.csv does not end so: name it team.kmm.yaml"),
        (["get", "KEY", "--to", "TEAM"], 1, "is there already: choose another name, or replace with --overwrite"),
        (["copy", "--to", STORE], 0, "Every revision is there already."),
    ],
)
def test_slips_are_told(run: Run, kept: str, team: Path, words: list[str], code: int, message: str) -> None:
    """An empty key, days the wrong way round, another format and a file that is there are told with what would do."""
    before = team.read_bytes()
    given = {"KEY": kept, "TEAM": str(team)}
    result = run("store", *(given.get(word, word) for word in words), "--store", STORE)
    assert result.exit_code == code
    assert message in result.stderr
    assert team.read_bytes() == before


def test_get_replaces_a_file_when_told_to(run: Run, kept: str, team: Path) -> None:
    """With --overwrite a file that is there is replaced by what is kept; `-` is the screen."""
    before = ok(run("store", "get", kept, "--to", "-", "--store", STORE))
    Path("there.kmm.json").write_text("{}", encoding="utf-8")
    ok(run("store", "get", kept, "--to", "there.kmm.json", "--overwrite", "--store", STORE))
    assert Path("there.kmm.json").read_text(encoding="utf-8") == before


def test_memory_keeps_nothing(run: Run, team: Path) -> None:
    """Whoever puts something into a store in memory is told that it is gone with the command."""
    result = run("store", "put", team, "--store", "memory:", "--create")
    assert result.stderr == "Kept as revision 1, until this command ends: memory: keeps nothing longer.\n"


def test_a_file_where_a_folder_is_wanted(run: Run, team: Path) -> None:
    """A file is not taken for a store in a folder, and stays as it is."""
    before = team.read_bytes()
    result = run("store", "put", team, "--store", f"dir:{team}", "--create")
    assert result.exit_code == 1
    assert "is a file: name a folder that is new or empty" in result.stderr
    assert team.read_bytes() == before


def test_history_tells_when_and_by_whom(run: Run, kept: str, team: Path) -> None:
    """History has a line for each revision, oldest first, for people or as JSON."""
    ok(run("store", "put", team, "--expect", 1, "--store", STORE))
    first, second = ok(run("store", "history", kept, "--store", STORE)).splitlines()
    assert first.startswith("1  20")
    assert first.endswith("  KM lead")
    assert second.startswith("2  20")
    records = [
        json.loads(line)
        for line in ok(run("store", "history", kept, "--format", "jsonl", "--store", STORE)).splitlines()
    ]
    assert [each["number"] for each in records] == [1, 2]
    assert records[1]["previous"] == records[0]["digest"]


def test_what_is_forgotten_is_told(run: Run, kept: str) -> None:
    """A forgotten revision is told as that, with the reason, and its document is not to be had."""
    with open_store(STORE) as store:
        store.forget(kept, revision=1, because="six years", actor="Records", at=datetime(2026, 12, 1, tzinfo=UTC))
    assert ok(run("store", "history", kept, "--store", STORE)).endswith("forgotten: six years (2026-12-01, Records)\n")
    assert ok(run("store", "list", "--store", STORE)).endswith("forgotten\n")
    result = run("store", "get", kept, "--store", STORE)
    assert result.exit_code == 1
    assert "revision 1 of" in result.stderr
    assert "is forgotten: six years (2026-12-01, Records)" in result.stderr


def test_list_chooses(run: Run, kept: str, team: Path) -> None:
    """A listing can be of a unit, a model and a period; when nothing fits, that is said."""
    ok(run("store", "put", team.with_name("example-1.kmm.yaml"), "--store", STORE))
    assert len(ok(run("store", "list", "--store", STORE)).splitlines()) == 2
    assert ok(
        run("store", "list", "--since", "2026-01-01", "--unit", "uk example agency", "--store", STORE)
    ).startswith(kept)
    none = run("store", "list", "--model", "other", "--store", STORE)
    assert (none.exit_code, none.stdout) == (0, "")
    assert "Nothing is kept that fits." in none.stderr


def test_verify_is_a_check(run: Run, kept: str) -> None:
    """`verify` exits with 0 when everything is as it was written, foreign files or not, and with 1 when it is not."""
    ok(run("store", "copy", "--store", STORE, "--to", "dir:./copy", "--create"))
    Path("copy/README.txt").write_text("ours")
    assert "README.txt is not the store's" in ok(run("store", "verify", "--store", "dir:./copy"))
    file = Path("copy", kept, "00000001.kmrev")
    file.write_bytes(file.read_bytes().replace(b'"score": 2', b'"score": 3', 1))
    result = run("store", "verify", "--store", "dir:./copy")
    assert result.exit_code == 1
    assert f"{kept} @ 1: its document is not what was written" in result.stdout


def test_copy_keeps_everything(run: Run, kept: str, team: Path) -> None:
    """A copy has every revision, date and actor; done again it copies nothing."""
    ok(run("store", "put", team, "--expect", 1, "--store", STORE))
    command = ("store", "copy", "--store", STORE, "--to", "dir:./copy", "--create")
    assert "Copied 2 revisions." in run(*command).stderr
    assert "Every revision is there already." in run(*command).stderr
    with open_store(STORE) as one, open_store("dir:./copy") as other:
        assert one.history(kept) == other.history(kept)
        other.put(
            kept, b'{"kmmaturity":1,"unit":["x"],"model":"m","assessed":"2026-01-01"}', expect=2, at=datetime.now(UTC)
        )
    ok(run("store", "put", team, "--expect", 2, "--store", STORE))
    parted = run(*command)
    assert parted.exit_code == 1
    assert "the two went separate ways" in parted.stderr


def test_hostile_text_is_tamed(run: Run, team: Path) -> None:
    """What a terminal would obey in a unit's name or an actor is shown as an escape."""
    ok(run("store", "put", team, "--store", STORE, "--create", "--actor", "\x1b[31mred"))
    key = ok(run("store", "list", "--store", STORE)).split()[0]
    for words in (("history", key), ("get", key), ("put", team)):
        result = run("store", *words, "--store", STORE)
        assert "\x1b" not in result.output
        assert "u001b" in result.output
