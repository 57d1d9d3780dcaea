"""A store beside a dictionary: whatever is done to both, they hold the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kmmaturity.hooks.store import Conflict, Store
from kmmaturity.testing.stores.opened import MOMENT, Make, Opened, bytes_of, unharmed
from kmmaturity.testing.strategies import texts

__all__ = ["Agreeing"]


class Against(RuleBasedStateMachine):
    """A store beside a dictionary of the same; each run has keys of its own."""

    lasting: ClassVar[bool]
    forgets: ClassVar[bool]
    runs: ClassVar[Iterator[int]]

    def opened(self) -> Store:
        """The store, opened."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self._prefix = f"run-{next(self.runs)}-"
        self._held: dict[str, list[tuple[bytes | None, str | None, datetime]]] = {}

    @initialize()
    def begin(self) -> None:
        """Open the store."""
        self._store = self.opened()

    def _name(self, number: int) -> tuple[str, list[tuple[bytes | None, str | None, datetime]]]:
        return f"{self._prefix}{number}", self._held.get(f"{self._prefix}{number}", [])

    @rule(
        number=st.integers(0, 2),
        notes=texts(),
        actor=st.none() | texts(),
        at=st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        off=st.sampled_from([0, 0, 0, -1, 1]),
    )
    def put(self, number: int, notes: str, actor: str | None, at: datetime, off: int) -> None:
        """Put a document after the newest revision, or after another one, which is a conflict."""
        key, held = self._name(number)
        document, expect = bytes_of(notes), (len(held) + off) or None
        if off and expect != (len(held) or None):
            with pytest.raises(Conflict):
                self._store.put(key, document, expect=expect, actor=actor, at=at)
        else:
            put = self._store.put(key, document, expect=expect, actor=actor, at=at)
            assert put.number == len(held) + 1
            self._held[key] = [*held, (document, actor, at)]

    @rule(number=st.integers(0, 2), at=st.integers(0, 4))
    def forget(self, number: int, at: int) -> None:
        """Forget a revision, where it is there and the store forgets."""
        key, held = self._name(number)
        if at < len(held) and self.forgets:
            gone = self._store.forget(key, revision=at + 1, because="retention", at=MOMENT)
            assert len(gone) == (held[at][0] is not None)
            held[at] = (None, *held[at][1:])

    @rule()
    def reopen(self) -> None:
        """Close the store and open it again."""
        if self.lasting:
            self._store.close()
            self._store = self.opened()

    @invariant()
    def agrees(self) -> None:
        """The store and the dictionary hold the same."""
        for key, held in self._held.items():
            history = self._store.history(key)
            assert [(each.document, each.actor, each.at) for each in history] == held
            assert self._store.get(key) == history[-1]

    def teardown(self) -> None:
        """Verify the store, and close it."""
        with self._store as store:
            unharmed(store)
            listed = {each.key for each in store.list() if each.key.startswith(self._prefix)}
            assert listed == {key for key, held in self._held.items() if held}


def against(make: Make, *, stays: bool, drops: bool) -> type[RuleBasedStateMachine]:
    """A machine for the store that `make` opens: whether it `stays` when it is opened again, and `drops` documents."""

    class OfThisStore(Against):
        lasting = stays
        forgets = drops
        runs = itertools.count()

        def opened(self) -> Store:
            return make()

    return OfThisStore


class Agreeing(Opened):
    """A store does what a dictionary would."""

    def test_agrees_with_a_dictionary(self, make: Make) -> None:
        """Whatever is put, forgotten and opened again in whatever order, the store holds what a dictionary would."""
        run_state_machine_as_test(
            against(make, stays=self.lasting, drops=self.forgets),
            settings=settings(
                max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
