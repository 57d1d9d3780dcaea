"""An address says what kind of store it is and where; whatever else is there is refused, told, and left alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kmmaturity.builtin.stores import STORES, open_store
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile, UnknownName
from kmmaturity.testing.stores.opened import MOMENT, bytes_of


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def begin(url: str) -> None:
    """Begins a store with one assessment."""
    with open_store(url, create=True) as store:
        store.put("team", bytes_of("first"), expect=None, at=MOMENT)


def test_the_kinds_are_told() -> None:
    """Each kind that ships has a scheme of its own and a sentence about itself."""
    assert [scheme for kind in STORES for scheme in kind.schemes] == ["memory", "dir", "sqlite"]
    assert all(kind.summary for kind in STORES)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///team.db", "team.db"),
        ("SQLITE:///team.db", "team.db"),
        ("sqlite:///./a b#?%.db", "a b#?%.db"),
        ("sqlite:///{folder}/team.db", "team.db"),
        ("dir:store", "store"),
        ("dir:./store", "store"),
        ("dir:{folder}/store", "store"),
        ("dir://{folder}/store", "store"),
    ],
)
def test_addresses(folder: Path, url: str, file: str) -> None:
    """Three slashes are a file in this folder and four one from the root; folders are relative or absolute."""
    url = url.format(folder=folder)
    begin(url)
    assert Path(folder, file).exists()
    with open_store(url) as store:
        assert store.get("team") is not None


def test_the_process_may_go_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store at a relative address stays where it was when it was opened."""
    for url in ("sqlite:///team.db", "dir:store"):
        begin(url)
        with open_store(url) as store:
            (folder / "other").mkdir(exist_ok=True)
            monkeypatch.chdir(folder / "other")
            assert len(store.history("team")) == 1
            monkeypatch.chdir(folder)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("team.db", "does not say what kind of store it is: write an address such as sqlite:///team.db or dir:./store"),
        ("./store", "does not say what kind"),
        ("C:\\store", "does not say what kind"),
        ("", "does not say what kind"),
        ("sqlight:///team.db", "there is no kind of store 'sqlight': did you mean sqlite?"),
        ("ftp://host", "there is no kind of store 'ftp': there are memory, dir and sqlite"),
        ("sqlite://team.db", "names no database: sqlite:///team.db is a file in this folder"),
        ("sqlite:team.db", "names no database"),
        ("sqlite:///", "names no database"),
        ("dir:", "names no folder"),
        ("dir://host/store", "write dir:./folder, or dir:///absolute/folder with three slashes"),
        ("memory:team", "a store in memory has no place"),
    ],
)
def test_other_addresses_are_told(url: str, message: str) -> None:
    """An address that is not understood is told with what it may be, and nothing is begun."""
    with pytest.raises(KmMaturityError) as caught:
        open_store(url, create=True)
    assert message in str(caught.value)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("url", ["ftp://jo:secret@host/team", "jo:secret@host"])
def test_no_password_is_shown(url: str) -> None:
    """An address of an unknown kind is not repeated whole, because it may hold a password."""
    with pytest.raises(KmMaturityError) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["sqlite:///team.db", "dir:store"])
def test_a_mistyped_address_is_no_empty_store(url: str) -> None:
    """Where no store is, opening one says so, and begins none unless asked to."""
    with pytest.raises(NoSuchFile, match="there is no store at"):
        open_store(url)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite:///none/team.db", "dir:none/store"])
def test_a_missing_folder_is_told(url: str) -> None:
    """A store is not begun in a folder that is not there."""
    with pytest.raises(CannotWrite, match=r"there is no folder .*none: make it first"):
        open_store(url, create=True)


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_of_other_files_is_left_alone(folder: Path, create: bool) -> None:
    """A folder that holds other files becomes no store, and none of them is touched."""
    Path("papers").mkdir()
    Path("papers/minutes.txt").write_text("ours")
    with pytest.raises(
        KmMaturityError, match="no store at papers" if not create else "other files, such as minutes.txt"
    ):
        open_store("dir:papers", create=create)
    assert [each.name for each in Path("papers").iterdir()] == ["minutes.txt"]


@pytest.mark.parametrize("create", [True, False])
def test_a_database_of_something_else_is_left_alone(create: bool) -> None:
    """A database of another program is refused, and not a byte of it changes."""
    with closing(sqlite3.connect("team.db")) as other:
        other.execute("CREATE TABLE revisions (a)")
    before = Path("team.db").read_bytes()
    with pytest.raises(CannotRead, match="is a database of something else, and was left as it is"):
        open_store("sqlite:///team.db", create=create)
    assert Path("team.db").read_bytes() == before


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_left_alone(create: bool) -> None:
    """A text file is told not to be a database, and stays as it is."""
    Path("team.db").write_text("minutes of the meeting " * 100)
    with pytest.raises(KmMaturityError, match="it is not a database: choose another file"):
        open_store("sqlite:///team.db", create=create)
    assert Path("team.db").read_text().startswith("minutes")


def test_an_empty_file_becomes_a_store_when_asked() -> None:
    """An empty file is no store; it becomes one where a store is to be begun."""
    Path("team.db").touch()
    with pytest.raises(CannotRead, match="is an empty file"):
        open_store("sqlite:///team.db")
    begin("sqlite:///team.db")


def test_a_folder_is_no_database() -> None:
    """A folder is told from a database."""
    Path("team.db").mkdir()
    with pytest.raises(CannotRead, match=r"team\.db is a folder: name a file in it"):
        open_store("sqlite:///team.db", create=True)


@pytest.mark.parametrize("create", [True, False])
def test_a_newer_database_is_refused(create: bool) -> None:
    """A database of a later schema is refused with that sentence, and nothing in it changes."""
    begin("sqlite:///team.db")
    with closing(sqlite3.connect("team.db")) as other:
        other.execute("PRAGMA user_version = 2")
    with pytest.raises(CannotRead, match="is a store of schema 2, and this version reads up to 1: update kmmaturity"):
        open_store("sqlite:///team.db", create=create)


def test_a_newer_folder_is_refused() -> None:
    """A folder of a later format is refused with that sentence."""
    begin("dir:store")
    Path("store/_kmmaturity-store.json").write_text(json.dumps({"kmstore": 2}))
    with pytest.raises(CannotRead, match="is a store of format 2, and this version reads up to 1: update kmmaturity"):
        open_store("dir:store", create=True)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kmstore": "1"}', '{"kmstore": true}', '{"kmstore": 0}', "\x00"])
def test_a_damaged_marker_is_told(text: str) -> None:
    """A store's own mark that is damaged is told, with what it should say."""
    begin("dir:store")
    Path("store/_kmmaturity-store.json").write_text(text)
    with pytest.raises(CannotRead, match=r'is damaged: it should read \{"kmstore": 1\}'):
        open_store("dir:store")


def test_an_unknown_name_is_a_lookup_error() -> None:
    """A kind that there is not is an UnknownName, as for every other name."""
    with pytest.raises(UnknownName):
        open_store("ftp:x")
