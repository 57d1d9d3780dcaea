"""Mappings that can be part of a frozen value."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from kmmaturity.domain.frozen import FrozenMap, freeze, tupled

ABC = FrozenMap({"a": 1, "b": 2, "c": 3})


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.__setitem__("a", 2),
        lambda it: it.__delitem__("a"),
        lambda it: it.__ior__({"z": 1}),
        lambda it: it.clear(),
        lambda it: it.pop("a"),
        lambda it: it.popitem(),
        lambda it: it.setdefault("z", 1),
        lambda it: it.update(z=1),
    ],
)
def test_never_changes(change: Callable[[Any], object]) -> None:
    """Every way to change a dict raises TypeError, says what to do instead, and changes nothing."""
    with pytest.raises(TypeError, match="make a new one with"):
        change(ABC)
    assert ABC == {"a": 1, "b": 2, "c": 3}


def test_order_is_kept_and_not_compared() -> None:
    """Two maps with the same items in another order are equal, hash alike, and each keeps its own order."""
    other = FrozenMap({"c": 3, "b": 2, "a": 1})
    assert other == ABC
    assert hash(other) == hash(ABC)
    assert list(other) == ["c", "b", "a"]


@pytest.mark.parametrize("again", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])  # noqa: S301
def test_copies_are_equal_and_frozen(again: Callable[[Any], Any]) -> None:
    """What comes back from pickling or copying is a FrozenMap with the same items in the same order."""
    assert type(again(ABC)) is FrozenMap
    assert list(again(ABC).items()) == list(ABC.items())


def test_new_item_goes_last_and_old_one_stays_in_place() -> None:
    """`with_item` replaces a value where it stands and puts a new key at the end; the original stays as it was."""
    assert list(ABC.with_item("b", 9).items()) == [("a", 1), ("b", 9), ("c", 3)]
    assert list(ABC.with_item("z", 9)) == ["a", "b", "c", "z"]
    assert list(ABC) == ["a", "b", "c"]


def test_without_takes_away() -> None:
    """`without` leaves out a key, and minds nothing when it is not there."""
    assert ABC.without("b") == {"a": 1, "c": 3}
    assert ABC.without("z") == ABC


def test_union_is_frozen() -> None:
    """The union with a plain dict is a FrozenMap, and the right side wins."""
    union = ABC | {"a": 5}
    assert type(union) is FrozenMap
    assert union == {"a": 5, "b": 2, "c": 3}


def test_freeze_copies_only_what_is_not_frozen() -> None:
    """A FrozenMap is taken as it is; a dict is copied, so that later changes to it are not seen."""
    plain = {"a": 1}
    frozen = freeze(plain)
    plain["a"] = 2
    assert frozen == {"a": 1}
    assert freeze(frozen) is frozen


def test_lone_text_is_no_tuple() -> None:
    """A text where a list belongs is refused rather than taken apart into its letters."""
    with pytest.raises(TypeError, match=r"not one text.*A team"):
        tupled("A team")
    assert tupled(["A team"]) == ("A team",)
