"""What is kept is kept as it was, one revision upon the other, and can be found again."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from typing import Any

import pytest

from kmmaturity.hooks.seals import damage
from kmmaturity.hooks.store import Break, Conflict, Store
from kmmaturity.testing.stores.opened import DAY, MOMENT, Make, Opened, bytes_of, unharmed

__all__ = ["Conflicting", "Finding", "Keeping"]


class Keeping(Opened):
    """Revisions stay as they were put."""

    def test_gives_back_what_was_put(self, store: Store) -> None:
        """A document comes back byte for byte, with what it is about, who wrote it and when."""
        document = bytes_of("first", "Agency", "Team")
        put = store.put("team", document, expect=None, actor="KM lead", at=MOMENT)
        found = store.get("team")
        assert found == put, f"put() gave {put!r}, and get() gives {found!r}"
        assert put.document == document, "the document is not the one that was put, byte for byte"
        assert (put.key, put.number, put.previous, put.forgotten) == ("team", 1, None, None)
        assert (put.at, put.actor) == (MOMENT, "KM lead"), "the date and actor are not the ones that were given"
        assert (put.unit, put.model, put.assessed) == (("Agency", "Team"), "tiny@1.0", DAY)

    def test_nothing_is_not_an_error(self, store: Store) -> None:
        """A key, or a revision, that is not there is None, and its history and listing are empty."""
        assert store.get("nobody") is None
        assert store.history("nobody") == ()
        assert store.list() == ()
        store.put("team", bytes_of("first"), expect=None, at=MOMENT)
        assert store.get("team", 2) is None, "get() of a revision that is not there has to be None"
        assert store.get("team", 0) is None

    def test_every_revision_stays(self, store: Store) -> None:
        """History gives every revision, oldest first, each as it was put, and each chained to the one before."""
        documents = [bytes_of(f"number {number}") for number in range(1, 12)]
        for number, document in enumerate(documents):
            store.put("team", document, expect=number or None, at=MOMENT + timedelta(hours=number))
        history = store.history("team")
        assert [each.number for each in history] == list(range(1, 12)), "numbers count from 1, and history is in order"
        assert [each.document for each in history] == documents
        assert [each.previous for each in history] == [None, *(each.digest for each in history[:-1])]
        assert [damage(each) for each in history] == [None] * 11, "make revisions with hooks.seals.following()"
        assert tuple(store.get("team", number) for number in range(1, 12)) == history
        assert store.get("team") == history[-1], "get() without a number gives the newest"
        unharmed(store)

    def test_a_date_of_any_zone_is_the_same_instant(self, store: Store) -> None:
        """A date given in another time zone is kept as the instant that it is, and read back in UTC."""
        elsewhere = MOMENT.astimezone(timezone(timedelta(hours=5, minutes=30)))
        store.put("team", bytes_of("first"), expect=None, at=elsewhere)
        found = store.get("team")
        assert found is not None
        assert found.at == MOMENT
        assert found.at.utcoffset() == timedelta(0)

    def test_what_was_kept_is_there_tomorrow(self, make: Make) -> None:
        """A store that is closed and opened again has every revision that it had; closing twice does no harm."""
        if not self.lasting:
            pytest.skip("this store does not last")
        with make() as store:
            store.put("team", bytes_of("first"), expect=None, actor="KM lead", at=MOMENT)
            before = store.history("team")
            store.close()
        with make() as store:
            assert store.history("team") == before

    def test_shows_nothing_private(self, store: Store) -> None:
        """What a store, a revision, a tombstone and a break show of themselves has no text of a team and no actor."""
        put = store.put("team", bytes_of("Jo Bloggs"), expect=None, actor="Jo Bloggs", at=MOMENT)
        gone = self.forget(store, "team", revision=1, because="Jo Bloggs", actor="Jo Bloggs", at=MOMENT)
        reasons = [each.forgotten for each in gone]
        shown = " ".join(map(repr, (store, put, *gone, *reasons, Break(kind="damage", what="torn"))))
        assert "Bloggs" not in shown, f"this ends up in logs: {shown}"


class Conflicting(Opened):
    """Nobody writes over what they have not seen."""

    def test_of_two_writers_one_succeeds(self, make: Make) -> None:
        """Two writers from one revision give one success and one conflict, which shows both and writes nothing."""
        with make() as ours, make() as theirs:
            ours.put("team", bytes_of("first"), expect=None, at=MOMENT)
            theirs.put("team", bytes_of("theirs: private"), expect=1, actor="jo.bloggs", at=MOMENT)
            before = ours.history("team")
            with pytest.raises(Conflict) as caught:
                ours.put("team", bytes_of("mine: private"), expect=1, at=MOMENT)
            conflict = caught.value
            assert conflict.expect == 1
            assert conflict.wanted == bytes_of("mine: private")
            assert conflict.current == before[-1], "Conflict.current has to be the newest revision"
            assert ours.history("team") == before, "a conflict has to write nothing"
            message = str(conflict)
            assert "revision 2" in message, "the message has to show the revision that is there"
            assert "revision 1" in message, "the message has to show the revision that the writer started from"
            assert "private" not in message, "a message ends up in logs, and this one shows what a team wrote"
            assert "jo.bloggs" not in message, "a message ends up in logs, and this one shows who wrote"

    @pytest.mark.parametrize("expect", [None, 2, 3, 0, -1])
    def test_any_other_number_is_a_conflict(self, store: Store, expect: int | None) -> None:
        """Only the number of the newest revision is right; none, a later and an earlier one are conflicts."""
        store.put("team", bytes_of("first"), expect=None, at=MOMENT)
        with pytest.raises(Conflict):
            store.put("team", bytes_of("second"), expect=expect, at=MOMENT)
        assert len(store.history("team")) == 1

    def test_a_new_key_expects_nothing(self, store: Store) -> None:
        """A first revision that expects an earlier one is a conflict with nothing."""
        with pytest.raises(Conflict) as caught:
            store.put("team", bytes_of("first"), expect=1, at=MOMENT)
        assert caught.value.current is None
        assert store.list() == ()


class Finding(Opened):
    """Assessments are listed by unit, model and period."""

    def test_lists_by_unit_model_and_period(self, store: Store) -> None:
        """A listing has the newest revision of each key, of a unit, a model and a period with both its ends."""
        for key, unit, model, day in (
            ("c", ("Agency", "Science"), "tiny", date(2024, 11, 24)),
            ("a", ("Agency", "Science"), "other", date(2025, 11, 24)),
            ("b", ("Agency", "Surveillance"), "tiny", date(2026, 11, 24)),
        ):
            store.put(key, bytes_of("old", *unit, model=model, assessed=day), expect=None, at=MOMENT)
            store.put(key, bytes_of("new", *unit, model=model, assessed=day), expect=1, at=MOMENT)

        def keys(**wanted: Any) -> str:
            found = store.list(**wanted)
            assert all(each.number == 2 for each in found), "a listing has newest revisions only"
            assert all(each == store.get(each.key) for each in found)
            return "".join(each.key for each in found)

        assert keys() == "abc", "a listing is in the order of keys"
        assert keys(unit="Agency") == "abc", "a unit that others are part of finds them"
        assert keys(unit="science") == "ac", "case makes no difference to a unit's name"
        assert keys(unit="Sci") == "", "part of a name is another name"
        assert keys(model="tiny") == keys(model="tiny@1.0") == "bc"
        assert keys(model="tin") == ""
        assert keys(since=date(2025, 11, 24)) == "ab", "since includes its day"
        assert keys(until=date(2025, 11, 24)) == "ac", "until includes its day"
        assert keys(unit="Science", since=date(2025, 1, 1), until=date(2025, 12, 31), model="other") == "a"
