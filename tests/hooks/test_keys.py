"""Keys are safe file names everywhere, and tell units and days apart."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.keys import checked_key, key_for
from kmmaturity.testing.stores.opened import kept
from kmmaturity.testing.strategies import days, texts


@given(st.lists(texts() | st.text(), min_size=1, max_size=3), days())
def test_every_unit_has_a_key(unit: list[str], day: date) -> None:
    """For any names and any day the key that is made is one that stores take."""
    key = key_for(kept(*unit, assessed=day))
    assert checked_key(key) == key
    assert key.endswith(day.isoformat())


@given(texts())
def test_spelling_makes_no_difference(name: str) -> None:
    """The same name with other accents' encoding, case of letters or spacing has the same key."""
    assert key_for(kept(unicodedata.normalize("NFD", name))) == key_for(kept(unicodedata.normalize("NFC", name)))
    assert key_for(kept(f"  {name}  ")) == key_for(kept(name))


def test_other_units_and_days_have_other_keys() -> None:
    """Two teams of one name in two directorates, and two names that look alike in ASCII, stay apart."""
    units = [("A", "Team"), ("B", "Team"), ("Team",), ("A B",), ("A/B",), ("知",), ("識",), ("A", "B"), ("B", "A")]
    keys = {key_for(kept(*unit)) for unit in units} | {key_for(kept("Team", assessed=date(2025, 11, 24)))}
    assert len(keys) == len(units) + 1


def test_a_key_can_be_read() -> None:
    """A key begins with the unit's own name, in plain letters."""
    assert key_for(kept("Agency", "Café & Règles  Team")).startswith("cafe-regles-team-")
    assert key_for(kept("知識")).startswith("unit-")


@pytest.mark.parametrize(
    ("key", "hint"),
    [("Our Team", "our-team would do"), ("con", "con-team would do"), ("../up", "up would do"), ("知", "either end$")],
)
def test_the_refusal_offers_another(key: str, hint: str) -> None:
    """A key that cannot be used is refused with one that could, where there is one."""
    with pytest.raises(KmMaturityError, match=hint):
        checked_key(key)
