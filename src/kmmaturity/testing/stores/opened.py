"""What every part of the contract of stores begins with: the one fixture that an author gives, and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import Level, MaturityModel, Outcome, SubOutcome
from kmmaturity.errors import CannotWrite
from kmmaturity.files.writing import dump
from kmmaturity.hooks.store import Revision, Store

__all__ = ["DAY", "MOMENT", "Make", "Opened", "bytes_of", "kept", "unharmed"]

Make = Callable[[], Store]

MOMENT = datetime(2026, 11, 24, 10, 0, 0, 123456, tzinfo=UTC)
DAY = date(2026, 11, 24)

_MODEL = MaturityModel(
    id="tiny",
    version="1.0",
    title="Tiny",
    scale=[Level(0, "Not in place yet"), Level(1, "Starting")],
    outcomes=FrozenMap({"learning": Outcome("Learning", subs=FrozenMap({"before": SubOutcome("Before")}))}),
)


def kept(*unit: str, assessed: date = DAY, notes: str | None = None, model: str = "tiny") -> Assessment:
    """A small assessment of `unit`, to be kept."""
    return Assessment(model=evolve(_MODEL, id=model), unit=unit or ("Example team",), assessed=assessed, notes=notes)


def bytes_of(notes: str, *unit: str, **details: Any) -> bytes:
    """The file of a small assessment with `notes`."""
    return dump(kept(*unit, notes=notes, **details), "json")


def unharmed(store: Store) -> None:
    """Fail unless `verify` finds nothing."""
    found = store.verify()
    assert found == (), f"verify() finds something in a store that nobody harmed: {'; '.join(map(str, found))}"


class Opened:
    """The one fixture that an author gives, and what is made of it."""

    # Whether other processes can open the store, and whether what was kept is there when it is opened again.
    shared: ClassVar[bool] = True
    lasting: ClassVar[bool] = True
    # Whether a document can be taken away for good; where it cannot, `forget` has to refuse, and change nothing.
    forgets: ClassVar[bool] = True

    @pytest.fixture
    def make(self) -> Make:
        """A function without arguments that opens the store: the same store at every call, begun at the first.

        It has to be one that can be pickled, such as `functools.partial` of a function of your module, because other
        processes open the store with it; unless `shared` is False.
        """
        raise NotImplementedError("override the fixture `make`: return a function that opens your store")

    @pytest.fixture
    def store(self, make: Make) -> Iterator[Store]:
        """The store, opened; empty."""
        with make() as opened:
            yield opened

    def forget(self, store: Store, key: str, **asked: Any) -> tuple[Revision, ...]:
        """The tombstone that forgetting one revision makes; nothing where this store has to refuse, and does."""
        if self.forgets:
            (gone,) = store.forget(key, **asked)
            return (gone,)
        before = store.history(key)
        with pytest.raises(CannotWrite):
            store.forget(key, **asked)
        assert store.history(key) == before, "forget() refused, and has to leave every revision as it was"
        return ()
