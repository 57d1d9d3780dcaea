"""What changed between two versions of a model."""

from __future__ import annotations

from attrs import evolve

from kmmaturity.domain.difference import Kind, difference
from kmmaturity.domain.model import Level, MaturityModel, Measure, Outcome, Requirement, SubOutcome


def changed(model: MaturityModel, outcome: str, sub: str, **fields: object) -> MaturityModel:
    """The model with other fields of one sub-outcome."""
    old = model.outcomes[outcome]
    new = evolve(old, subs=old.subs.with_item(sub, evolve(old.subs[sub], **fields)))  # type: ignore[arg-type]  # any field
    return evolve(model, outcomes=model.outcomes.with_item(outcome, new))


def told(old: MaturityModel, new: MaturityModel) -> list[tuple[str, str, str]]:
    """Each change: its kind, its name, and what it is in words."""
    return [(each.kind.value, each.name, each.what) for each in difference(old, new)]


def test_nothing_changed(model: MaturityModel) -> None:
    """A model differs in nothing from itself, nor from itself in another order."""
    backwards = evolve(model, outcomes=dict(reversed(model.outcomes.items())))
    assert difference(model, model) == difference(model, backwards) == ()


def test_wording_and_levels(model: MaturityModel) -> None:
    """Rewording and re-levelling are told apart, each with the wording before and after."""
    new = changed(model, "learning", "during", title="Meanwhile", highest=1, levels={1: "Often", 3: "Always"})
    assert told(model, new) == [
        ("re-levelled", "learning.during", "its highest level was 3 and is 1"),
        ("reworded", "learning.during", "the title is reworded"),
        ("reworded", "learning.during", "level 1 is reworded"),
        ("reworded", "learning.during", "level 2 is gone"),
        ("reworded", "learning.during", "level 3 is new"),
    ]
    title = difference(model, new)[1]
    assert (title.before, title.after) == ("During", "Meanwhile")


def test_added_removed_and_renamed(model: MaturityModel) -> None:
    """An id that is gone while its title lives on under a new one was renamed; the rest came or went."""
    old = model.outcomes["sharing"]
    subs = {"within": old.subs["inside"], "anew": SubOutcome("Something new")}
    new = evolve(model, outcomes=model.outcomes.with_item("sharing", evolve(old, subs=subs)))
    assert told(model, new) == [
        ("renamed", "sharing.within", "was sharing.inside"),
        ("added", "sharing.anew", "a new sub-outcome: Something new"),
        ("removed", "sharing.outside", "a sub-outcome that is no longer there: Outside it"),
    ]


def test_an_outcome_renamed_takes_its_subs_along(model: MaturityModel) -> None:
    """Renaming an outcome renames its sub-outcomes, and is told for each, since answers are kept by full id."""
    outcomes = {("giving" if name == "sharing" else name): value for name, value in model.outcomes.items()}
    assert told(model, evolve(model, outcomes=outcomes)) == [
        ("renamed", "giving", "was sharing"),
        ("renamed", "giving.inside", "was sharing.inside"),
        ("renamed", "giving.outside", "was sharing.outside"),
    ]


def test_requirements(model: MaturityModel) -> None:
    """Edges that come, go or change their reason are told with what they join."""
    new = changed(model, "learning", "after", requires=[Requirement(3, "learning.during", 2, "Harder")])
    assert told(model, new) == [
        ("requirement", "learning.after", "now level 3 needs level 2 of learning.during"),
        ("requirement", "learning.after", "level 2 no longer needs level 1 of learning.during"),
    ]
    reason = changed(model, "learning", "after", requires=[Requirement(2, "learning.during", 1, "A reason")])
    assert [each.kind for each in difference(model, reason)] == [Kind.REWORDED]


def test_measures_and_scale(model: MaturityModel) -> None:
    """Measures are followed by id as they come, go, move and change their words; the scale's levels by number."""
    one = changed(model, "sharing", "inside", measures={1: (Measure("a", "Old"), Measure("b", "Gone"))})
    two = changed(model, "sharing", "inside", measures={2: (Measure("a", "New"), Measure("c", "Come"))})
    assert [each.what for each in difference(one, two)] == [
        "measure a moved from level 1 to level 2",
        "measure a is reworded",
        "a new measure c at level 2",
        "measure b of level 1 is gone",
    ]
    scaled = evolve(model, scale=[*model.scale[:2], Level(2, "Every day"), Level(4, "New")])
    assert [each.what for each in difference(model, scaled)][:3] == [
        "the title of level 2 is reworded",
        "level 3 is gone",
        "level 4 is new",
    ]


def test_a_new_outcome(model: MaturityModel) -> None:
    """A whole outcome that is new is told with its sub-outcomes."""
    new = evolve(model, outcomes=model.outcomes.with_item("more", Outcome("More", subs={"x": SubOutcome("X")})))
    assert told(model, new) == [
        ("added", "more", "a new outcome: More"),
        ("added", "more.x", "a new sub-outcome: X"),
    ]
