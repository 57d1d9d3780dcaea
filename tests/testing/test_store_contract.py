"""The contract of stores finds stores that do not keep it, and tells their authors what is wrong."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kmmaturity.hooks.store import Revision
from kmmaturity.testing import contention
from kmmaturity.testing.stores import Make, StoreContract


@pytest.fixture(autouse=True)
def careless(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module of careless stores, where other processes find it, too."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import careless_stores  # type: ignore[import-not-found]  # it is found where the line above puts it

    yield careless_stores
    sys.modules.pop("careless_stores")


def test_a_store_that_keeps_nothing(careless: Any) -> None:
    """A store that keeps nothing is told what it gave for what was put."""
    with pytest.raises(AssertionError, match=r"put\(\) gave <Revision 1 of team .*>, and get\(\) gives None"):
        StoreContract().test_gives_back_what_was_put(careless.Forgetful())


def test_a_store_that_writes_over_others(careless: Any) -> None:
    """A store that takes no notice of `expect` is missed a Conflict."""
    store = careless.Blind()
    with pytest.raises(pytest.fail.Exception, match=r"DID NOT RAISE .*Conflict"):
        StoreContract().test_of_two_writers_one_succeeds(lambda: store)


def test_a_store_that_shows_what_it_keeps(careless: Any) -> None:
    """A store whose repr has what a team wrote is told that it ends up in logs."""
    with pytest.raises(AssertionError, match=r"this ends up in logs"):
        StoreContract().test_shows_nothing_private(careless.Talkative())


def test_a_store_that_never_looks(careless: Any, tmp_path: Path) -> None:
    """A store that finds no damage is told which byte was flipped."""

    class Contract(StoreContract):
        def corrupt(self, make: Make, revision: Revision) -> None:
            file = tmp_path / "store" / "team" / f"{revision.number:08}.kmrev"
            file.write_bytes(file.read_bytes()[:-1] + b"!")

    with pytest.raises(AssertionError, match=r"a byte of revision 2 of team was flipped, and verify\(\) finds nothing"):
        Contract().test_a_flipped_byte_is_found(partial(careless.Trusting, tmp_path / "store", create=True))


def test_a_store_that_loses_updates(careless: Any, tmp_path: Path) -> None:
    """A store in which one writer can come between another's look and write is told how many updates it lost."""

    class Contract(StoreContract):
        processes = 4
        writes = 25

    with pytest.raises(AssertionError, match=r"100 writes were acknowledged, and the document says"):
        Contract().test_no_update_is_lost_in_a_race(partial(careless.Overwriting, tmp_path / "store", create=True))


def test_a_store_that_other_processes_cannot_open(careless: Any, tmp_path: Path) -> None:
    """What stops a writer in another process is shown to the author as it was there."""
    missing = partial(careless.Trusting, tmp_path / "none" / "store", create=True)
    with pytest.raises(AssertionError, match=r"(?s)the writer could not write:.*there is no folder"):
        contention.kill(missing, "team", seed=1)


def test_the_fixture_is_asked_for() -> None:
    """A contract without its fixture says which one to override."""
    with pytest.raises(NotImplementedError, match=r"override the fixture `make`"):
        StoreContract.make.__wrapped__(StoreContract())  # type: ignore[attr-defined]  # pytest keeps the function there
