"""The maturity model: scales of every shape, ids, and what it says of itself."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import Figures, Level, MaturityModel, Outcome, SubOutcome
from kmmaturity.errors import UnknownName


def test_levels_are_sorted(five: MaturityModel) -> None:
    """The levels are told lowest first, whatever order the scale is written in."""
    assert five.levels == (1, 2, 3, 4, 5)
    assert (five.lowest, five.top) == (1, 5)


def test_scale_may_have_gaps(gappy: MaturityModel) -> None:
    """A scale of 0, 10 and 25 is a scale like any other: the next level after 0 is 10."""
    assert gappy.levels_of("work.wide") == (0, 10, 25)
    assert [gappy.next_level("work.wide", level) for level in (0, 10, 25)] == [10, 25, None]


def test_sub_outcomes_may_stop_short(model: MaturityModel, gappy: MaturityModel) -> None:
    """A sub-outcome with a `highest` of its own has no level above it; the others go to the scale's top."""
    assert [model.highest(sub) for sub in model.subs] == [2, 3, 3, 3, 1]
    assert model.levels_of("sharing.outside") == (0, 1)
    assert model.next_level("sharing.outside", 1) is None
    assert gappy.levels_of("work.narrow") == (0, 10)


def test_flat_view_has_full_ids_in_order(model: MaturityModel) -> None:
    """`subs` holds every sub-outcome under `outcome.sub`, in the model's order."""
    assert list(model.subs) == [
        "learning.before", "learning.during", "learning.after", "sharing.inside", "sharing.outside",
    ]  # fmt: skip
    assert model.subs["learning.after"] is model.outcomes["learning"].subs["after"]


def test_within(model: MaturityModel) -> None:
    """An outcome covers its sub-outcomes, and a sub-outcome covers itself."""
    assert model.within("sharing") == ("sharing.inside", "sharing.outside")
    assert model.within("sharing.inside") == ("sharing.inside",)


@pytest.mark.parametrize("ask", ["highest", "levels_of", "within"])
def test_unknown_names_are_refused_with_a_near_one(model: MaturityModel, ask: str) -> None:
    """Asking about a name that the model lacks raises UnknownName, which names the model and offers a near name."""
    with pytest.raises(UnknownName, match=r"small@1\.0 has no .*'learning\.befor': did you mean learning\.before\?"):
        getattr(model, ask)("learning.befor")


def test_knows(model: MaturityModel) -> None:
    """A model knows its outcomes and sub-outcomes, and no other name."""
    assert model.knows("learning")
    assert model.knows("learning.before")
    assert not model.knows("before")


def test_titles(model: MaturityModel) -> None:
    """Titles are found for outcomes, sub-outcomes and levels; a name that is not there stands for itself."""
    assert [model.title_of(name) for name in ("learning", "learning.before", "a.b")] == ["We learn", "Before", "a.b"]
    assert [model.level_title(level) for level in (0, 3, 9)] == ["Not in place yet", "Part of the work", "9"]


def test_outcome_of(model: MaturityModel) -> None:
    """A sub-outcome's outcome is the part of its id before the dot."""
    assert {model.outcome_of(sub) for sub in model.subs} == {"learning", "sharing"}


def test_scale_has_a_level(model: MaturityModel) -> None:
    """A model without a single level is refused."""
    with pytest.raises(ValueError, match="at least one level"):
        MaturityModel("x", "1", "X", scale=[], outcomes={})


def test_lists_and_dicts_become_frozen(model: MaturityModel) -> None:
    """What is given as a list or dict is held as a tuple or FrozenMap, in every class of a model."""
    assert isinstance(model.scale, tuple)
    assert isinstance(model.subs["learning.before"].principles, tuple)
    assert all(type(each) is FrozenMap for each in (model.outcomes, model.principles, model.glossary, model.subs))
    assert type(model.subs["learning.during"].levels) is FrozenMap
    assert type(Outcome("x", subs={"a": SubOutcome("A")}).subs) is FrozenMap


def test_frozen(model: MaturityModel) -> None:
    """No field of a model can be set."""
    with pytest.raises(FrozenInstanceError):
        model.title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize("again", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])  # noqa: S301
def test_copies_are_equal(model: MaturityModel, again: Callable[[Any], Any]) -> None:
    """A pickled or copied model is equal, hashes alike, and works, whether or not its views were read before."""
    fresh = again(model)
    assert fresh == model
    assert list(fresh.subs) == list(model.subs)
    assert (again(fresh), hash(fresh)) == (model, hash(model))


def test_repr_is_short(model: MaturityModel) -> None:
    """A model shows itself as its reference and size, not as its whole text."""
    assert repr(model) == "<MaturityModel small@1.0: 2 outcomes, 5 sub-outcomes>"


def test_forty_sub_outcomes() -> None:
    """A model with 40 sub-outcomes on 5 levels is no different from a small one."""
    outcomes = {
        f"o{chr(97 + n)}": Outcome(f"O{n}", subs={f"s{m}": SubOutcome(f"S{m}") for m in "abcdefgh"}) for n in range(5)
    }
    big = MaturityModel("big", "1.10", "Big", scale=[Level(n, str(n)) for n in range(5)], outcomes=outcomes)
    assert (len(big.subs), big.reference, big.highest("oe.sh")) == (40, "big@1.10", 4)


def test_figures_of_the_method() -> None:
    """The method's figures stand unless a model states its own: two priorities, a level at a time, half-yearly reviews."""
    figures = Figures()
    assert (figures.priorities, figures.rise, figures.review, figures.due) == (2, 1, 6, 13)
    assert (figures.soonest, figures.latest, figures.change, figures.age) == (6, 18, 2, None)
