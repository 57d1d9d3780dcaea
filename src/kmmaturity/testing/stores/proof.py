"""What is removed leaves its trace, what is copied is equal, and what is damaged is found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from kmmaturity.builtin.stores import open_store
from kmmaturity.builtin.stores.copying import copied
from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.store import Conflict, Revision, Store
from kmmaturity.testing.stores.opened import MOMENT, Make, Opened, bytes_of, unharmed

__all__ = ["Copying", "Forgetting", "Proving"]


class Forgetting(Opened):
    """Removal is asked for, and leaves a tombstone."""

    def _skip_unless_it_forgets(self) -> None:
        if not self.forgets:
            pytest.skip("this store forgets nothing")

    def test_forgetting_leaves_a_tombstone(self, make: Make) -> None:
        """A forgotten revision keeps its number, date and digest, says why, and the chain goes on and holds."""
        self._skip_unless_it_forgets()
        with make() as store:
            for number in range(3):
                store.put("team", bytes_of(f"number {number}"), expect=number or None, at=MOMENT)
            before = store.history("team")
            gone = store.forget("team", revision=2, because="kept for six years", actor="Records", at=MOMENT)
            (tombstone,) = gone
            assert tombstone.document is None
            assert tombstone.forgotten is not None
            assert (tombstone.forgotten.because, tombstone.forgotten.actor) == ("kept for six years", "Records")
            assert evolve(tombstone, document=before[1].document, forgotten=None) == before[1]
            assert store.history("team") == (before[0], tombstone, before[2]), "only revision 2 was to be forgotten"
            assert store.get("team", 2) == tombstone
            again = store.forget("team", revision=2, because="again", at=MOMENT)
            assert again == (), "what is forgotten cannot be forgotten again"
            store.put("team", bytes_of("fourth"), expect=3, at=MOMENT)
            after = store.history("team")
            unharmed(store)
        with make() as store:
            assert not self.lasting or store.history("team") == after

    def test_forgets_what_was_written_before(self, store: Store) -> None:
        """Each revision written before an instant is forgotten, even the newest, and writing goes on after it."""
        self._skip_unless_it_forgets()
        for number in range(3):
            store.put("team", bytes_of("first"), expect=number or None, at=MOMENT + timedelta(days=number))
        gone = store.forget("team", before=MOMENT + timedelta(days=2), because="retention", at=MOMENT)
        assert [each.number for each in gone] == [1, 2], "the instant itself is not before it"
        store.forget("team", before=MOMENT + timedelta(days=9), because="retention", at=MOMENT)
        assert [each.document for each in store.history("team")] == [None] * 3
        assert [each.key for each in store.list()] == ["team"], "a key stays listed when its newest is a tombstone"
        assert store.put("team", bytes_of("on"), expect=3, at=MOMENT).number == 4
        unharmed(store)

    @pytest.mark.parametrize(
        "asked",
        [
            {"because": "why not"},
            {"because": "why not", "revision": 1, "before": MOMENT},
            {"because": " ", "revision": 1},
            {"because": "why not", "revision": 2},
            {"because": "why not", "before": MOMENT.replace(tzinfo=None)},
        ],
    )
    def test_forgets_only_what_is_named_with_a_reason(self, store: Store, asked: dict[str, Any]) -> None:
        """Without a reason, or without one clear answer to what is to be forgotten, nothing is."""
        store.put("team", bytes_of("first"), expect=None, at=MOMENT)
        before = store.history("team")
        with pytest.raises(KmMaturityError):
            store.forget("team", **asked, at=MOMENT)
        assert store.history("team") == before


class Copying(Opened):
    """Stores are copied into each other."""

    def test_a_copy_is_equal(self, store: Store) -> None:
        """Copied to another store and back, every revision, date, actor and tombstone is the same."""
        for number in range(4):
            store.put("team", bytes_of(f"{number}"), expect=number or None, actor=f"role {number}", at=MOMENT)
        store.put("other", bytes_of("first"), expect=None, at=MOMENT)
        self.forget(store, "team", revision=2, because="retention", actor="Records", at=MOMENT)
        with open_store("memory:") as other:
            assert len(list(copied(store, other))) == 5
            assert other.history("team") == store.history("team")
            self.forget(store, "team", revision=3, because="retention", at=MOMENT)
            other.put("team", bytes_of("on"), expect=4, at=MOMENT)
            other.put("third", bytes_of("first"), expect=None, at=MOMENT)
            list(copied(store, other))
            assert other.history("team")[:4] == store.history("team"), "what is forgotten is forgotten in the copy"
            list(copied(other, store))
            assert [store.history(key) for key in ("team", "other", "third")] == [
                other.history(key) for key in ("team", "other", "third")
            ]
        unharmed(store)

    def test_keeps_only_what_follows(self, store: Store) -> None:
        """A revision of another store is kept only where it follows the newest one here, and is not damaged."""
        with open_store("memory:") as other:
            first = other.put("team", bytes_of("first"), expect=None, at=MOMENT)
            second = other.put("team", bytes_of("second"), expect=1, at=MOMENT)
        with pytest.raises(Conflict):
            store.keep(second)
        with pytest.raises(KmMaturityError, match="cannot be kept"):
            store.keep(evolve(first, document=bytes_of("forged")))
        with pytest.raises(KmMaturityError, match="cannot be kept"):
            store.keep(evolve(first, actor="somebody else"))
        assert store.list() == ()
        assert store.keep(first) == first
        with pytest.raises(Conflict):
            store.keep(first)
        store.keep(second)
        assert store.history("team") == (first, second)


class Proving(Opened):
    """Damage is found."""

    def corrupt(self, make: Make, revision: Revision) -> None:  # noqa: ARG002  # for whoever overrides it
        """Flip a byte of the document of `revision` where the store keeps it, with the store closed."""
        pytest.skip("override corrupt(make, revision), so that verify() can be tried on damage")

    def test_a_flipped_byte_is_found(self, make: Make) -> None:
        """A byte that changed in one document is found, there and nowhere else, and that document is not given out."""
        with make() as store:
            for number in range(3):
                store.put("team", bytes_of(f"number {number}"), expect=number or None, at=MOMENT)
            store.put("well", bytes_of("well"), expect=None, at=MOMENT)
            first, second, third = store.history("team")
            well = store.history("well")
        self.corrupt(make, second)
        with make() as store:
            found = store.verify()
            told = "; ".join(map(str, found)) or "nothing"
            assert [(each.kind, each.key, each.revision) for each in found] == [("damage", "team", 2)], (
                f"a byte of revision 2 of team was flipped, and verify() finds {told}"
            )
            with pytest.raises(KmMaturityError, match="revision 2 of team is damaged"):
                store.get("team", 2)
            assert (store.get("team", 1), store.get("team"), store.history("well")) == (first, third, well)
            if self.forgets:
                store.forget("team", revision=2, because="damaged", at=MOMENT)
                unharmed(store)
