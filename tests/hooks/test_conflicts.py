"""A conflict shows both sides: revisions, and where they differ, and never what a team wrote."""

from __future__ import annotations

import json
import pickle
from typing import Any

from kmmaturity.hooks.differences import told
from kmmaturity.hooks.seals import following
from kmmaturity.hooks.store import Conflict
from kmmaturity.testing.stores.opened import MOMENT, bytes_of


def between(there: Any, yours: Any) -> str:
    """What is told of two documents."""
    return told(json.dumps(there).encode(), json.dumps(yours).encode())


def test_names_the_places_and_shows_scores() -> None:
    """A difference is named by its place; a number is shown on both sides, and text on neither."""
    assert between({"a": {"score": 1}}, {"a": {"score": 2}}) == "they differ in: a.score (1 there, 2 in yours)"
    assert between({"a": {"score": 1}}, {"a": {}}) == "they differ in: a.score (1 there, nothing in yours)"
    assert between({"notes": "private"}, {"notes": "secret"}) == "they differ in: notes"
    assert between({"notes": "private"}, {}) == "they differ in: notes"
    assert between({"list": ["private"]}, {"list": []}) == "they differ in: list"
    assert between([], {}) == "they differ in: everything"


def test_many_places_are_counted() -> None:
    """After six places the rest are a number."""
    assert between({}, {f"s{number}": number for number in range(9)}).endswith(
        "s5 (nothing there, 5 in yours) and 3 more"
    )


def test_spacing_is_told() -> None:
    """Documents that say the same in other bytes are told as that, and bytes that are no JSON as well."""
    assert told(b'{"a":1}', b'{"a": 1}') == "they differ in their spacing or order only"
    assert told(b"{", b"{}") == "they differ, and one of them is not JSON"


def test_the_same_twice_needs_nothing() -> None:
    """A document that is there already, as after an answer that was lost, is told as being there."""
    newest = following(None, key="team", document=bytes_of("one"), expect=None, actor=None, at=MOMENT)
    conflict = Conflict(key="team", expect=None, wanted=bytes_of("one"), current=newest)
    assert str(conflict).endswith("they are the same: what you wanted to write is there already")


def test_a_conflict_travels() -> None:
    """A conflict can be sent to another process, with both sides in it."""
    newest = following(None, key="team", document=bytes_of("one"), expect=None, actor=None, at=MOMENT)
    conflict = Conflict(key="team", expect=3, wanted=bytes_of("two"), current=newest)
    other = pickle.loads(pickle.dumps(conflict))  # noqa: S301  # our own
    assert (str(other), other.expect, other.wanted, other.current) == (
        str(conflict),
        3,
        conflict.wanted,
        newest,
    )
    assert "Revision 3 is not there yet" in str(other)
