"""What several processes may do to a store at once, and what a writer leaves behind that was killed."""

from __future__ import annotations

from typing import ClassVar

import pytest

from kmmaturity.testing import contention
from kmmaturity.testing.stores.opened import MOMENT, Make, Opened, unharmed

__all__ = ["Together"]


class Together(Opened):
    """What several processes may do to a store."""

    processes: ClassVar[int] = 3
    writes: ClassVar[int] = 10
    kills: ClassVar[int] = 3

    def test_no_update_is_lost_in_a_race(self, make: Make) -> None:
        """Of contended writes by several processes none is lost, and none fails but by a conflict."""
        if not self.shared:
            pytest.skip("this store is not shared between processes")
        with make() as store:
            store.put("race", contention.document(0), expect=None, at=MOMENT)
        raced = contention.race(make, "race", processes=self.processes, writes=self.writes)
        assert not raced.errors, f"a writer met something other than a Conflict:\n{raced.errors[0]}"
        expected = self.processes * self.writes
        assert raced.conflicts or expected < 1000, "in so many writes no two writers met: conflicts go unnoticed"
        with make() as store:
            newest = store.get("race")
            assert newest is not None
            assert newest.document is not None
            number = contention.number_in(newest.document)
            assert number == expected, (
                f"{expected} writes were acknowledged, and the document says {number}: put() has to "
                "look at the newest revision and write the next one in one step that no other writer can come between"
            )
            assert newest.number == expected + 1, (
                f"{expected + 1} revisions were kept, and the newest is {newest.number}"
            )
            unharmed(store)

    def test_a_killed_writer_leaves_whole_revisions(self, make: Make) -> None:
        """After writers are killed in mid-write every revision is whole, and each one acknowledged is there."""
        if not self.shared:
            pytest.skip("this store is not shared between processes")
        make().close()
        for seed in range(self.kills):
            key = f"killed-{seed}"
            acknowledged = contention.kill(make, key, seed=seed).acknowledged
            with make() as store:
                history = store.history(key)
                assert len(history) >= acknowledged, (
                    f"put() returned for revision {acknowledged}, the writer was killed, and the store has "
                    f"{len(history)}: put() may return only when the revision is on the disk"
                )
                for number, each in enumerate(history, 1):
                    assert each.document == contention.document(number), f"revision {number} is torn"
                # A store that a dead writer left locked would refuse this.
                store.put(key, contention.document(len(history) + 1), expect=len(history), at=MOMENT)
        with make() as store:
            unharmed(store)
