"""Text that files, tables and file systems stumble over is kept as it is, or refused before anything is written."""

from __future__ import annotations

import pytest

from kmmaturity.errors import KmMaturityError
from kmmaturity.files.writing import dump
from kmmaturity.hooks.keys import key_for
from kmmaturity.hooks.store import Store
from kmmaturity.testing.awkward import AWKWARD_TEXTS
from kmmaturity.testing.stores.opened import MOMENT, Opened, bytes_of, kept, unharmed

__all__ = ["Odd"]

NAMES = ("a/b", "..", ".", "a\\b", "con", "NUL", "com1.txt", "aux.", "C:", "~", "$HOME", "%20", "*?", "x" * 300)
KEYS = (
    "",
    "..",
    "../up",
    "a/b",
    "a\\b",
    "A",
    "con",
    "nul.x",
    ".hidden",
    "a.",
    "é",
    "a b",
    "x" * 101,
    "_a",
    "a\n",
)
NO_ASSESSMENTS = (b"", b"{", b"[]", b"\xff", b"{}", b'{"kmmaturity": 1, "unit": ["a"]}', b"[" * 99999)


class Odd(Opened):
    """Text of every kind."""

    def test_odd_text_comes_back_as_it_was(self, store: Store) -> None:
        """Units, notes, actors and reasons of any text are kept under a safe key, and come back as they were."""
        for text in (*AWKWARD_TEXTS, *NAMES):
            assessment = kept("Agency", text, notes=text)
            key, document = key_for(assessment), dump(assessment, "json")
            newest = store.get(key)
            put = store.put(key, document, expect=newest.number if newest else None, actor=text, at=MOMENT)
            assert (put.document, put.unit, put.actor) == (document, ("Agency", text), text), f"{text!r} was not kept"
            assert store.get(key) == put, f"{text!r} did not come back as it was put"
            if text.strip():
                for gone in self.forget(store, key, revision=put.number, because=text, actor=text, at=MOMENT):
                    assert gone.forgotten is not None
                    assert (gone.forgotten.because, gone.forgotten.actor) == (text, text), f"{text!r} was not kept"
                    assert store.get(key) == gone
        unharmed(store)

    @pytest.mark.parametrize("key", KEYS)
    def test_odd_keys_are_refused(self, store: Store, key: str) -> None:
        """A key that is no file name on some system is refused, by every store alike, and nothing is written."""
        with pytest.raises(KmMaturityError, match="cannot be a key"):
            store.put(key, bytes_of("first"), expect=None, at=MOMENT)
        assert store.list() == ()
        unharmed(store)

    @pytest.mark.parametrize("document", NO_ASSESSMENTS)
    def test_what_is_no_assessment_is_refused(self, store: Store, document: bytes) -> None:
        """A document that is not the JSON of an assessment is refused, and nothing is written."""
        with pytest.raises(KmMaturityError, match="team: the document"):
            store.put("team", document, expect=None, at=MOMENT)
        assert store.list() == ()

    def test_a_date_without_a_zone_is_refused(self, store: Store) -> None:
        """A date that could be any of several instants is refused, and nothing is written."""
        with pytest.raises(KmMaturityError, match="time zone"):
            store.put("team", bytes_of("first"), expect=None, at=MOMENT.replace(tzinfo=None))
        assert store.list() == ()
