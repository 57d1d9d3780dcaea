"""Last year beside this: moves, progress on targets, and what cannot be compared."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Score, State
from kmmaturity.domain.comparison import Change, Move, Progress, compare
from kmmaturity.domain.model import MaturityModel
from kmmaturity.errors import KmMaturityError

SUB = "learning.after"


def answered(team: Assessment, score: int | None, target: int | None = None) -> Assessment:
    """The team with one score and perhaps a target."""
    told = team if score is None else team.with_score(SUB, score)
    return told.with_target(SUB, target)


def change(before: Assessment, after: Assessment) -> Change:
    """What became of the one sub-outcome."""
    return next(each for each in compare(before, after).changes if each.sub == SUB)


@pytest.mark.parametrize(
    ("then", "now", "move"),
    [
        (1, 2, Move.ROSE),
        (2, 1, Move.FELL),
        (0, 0, Move.SAME),
        (None, None, Move.SAME),
        (None, 0, Move.NEWLY_SCORED),
        (0, None, Move.NO_LONGER_SCORED),
    ],
)
def test_moves(team: Assessment, then: int | None, now: int | None, move: Move) -> None:
    """A score rises, falls or stays; one that is there for the first time, or no longer, has not moved from or to 0."""
    found = change(answered(team, then), answered(team, now))
    assert (found.before, found.after, found.move) == (then, now, move)


@pytest.mark.parametrize(
    ("then", "target", "now", "progress"),
    [
        (1, 3, 3, Progress.REACHED),
        (1, 2, 3, Progress.REACHED),
        (1, 3, 2, Progress.PART_WAY),
        (1, 3, 1, Progress.STILL_AHEAD),
        (1, 3, 0, Progress.STILL_AHEAD),
        (2, 2, 2, Progress.REACHED),
        (None, 2, 1, Progress.STILL_AHEAD),
        (None, 2, 2, Progress.REACHED),
        (1, 3, None, Progress.STILL_AHEAD),
    ],
)
def test_progress(team: Assessment, then: int | None, target: int, now: int | None, progress: Progress) -> None:
    """Last year's target is reached at its level or above, part-way on a rise short of it, and otherwise still ahead."""
    found = change(answered(team, then, target), answered(team, now))
    assert (found.target, found.progress) == (target, progress)


def test_set_aside(team: Assessment) -> None:
    """A target on what no longer applies is set aside."""
    found = change(answered(team, 1, 2), team.with_inapplicable(SUB, "Done by another team"))
    assert (found.move, found.progress) == (Move.NO_LONGER_SCORED, Progress.SET_ASIDE)


def test_no_target_no_progress(team: Assessment) -> None:
    """Where no target was set last time there is no progress to tell, whatever is aimed at now."""
    found = change(answered(team, 1), answered(team, 1, 2))
    assert (found.target, found.progress) == (None, None)


def test_new_baseline_is_told(team: Assessment) -> None:
    """A fall carries the reason that was given for it."""
    found = change(answered(team, 2), team.with_score(SUB, 1, rebaselined="We counted intentions"))
    assert (found.move, found.rebaselined) == (Move.FELL, "We counted intentions")


def test_moved(team: Assessment) -> None:
    """The changes of one kind can be picked out."""
    found = compare(answered(team, 1), answered(team, 2))
    assert [each.sub for each in found.moved(Move.ROSE)] == [SUB]
    assert found.moved(Move.FELL) == ()
    assert len(found.moved(Move.SAME)) == 4


def test_only_what_both_models_have(team: Assessment, model: MaturityModel) -> None:
    """Sub-outcomes that one of the two models lacks are left out, told so, and in neither tally."""
    learning = model.outcomes["learning"]
    newer = evolve(
        model,
        version="2.0",
        outcomes={
            "learning": evolve(learning, subs=learning.subs.without("before").with_item("new", learning.subs["after"])),
        },
    )
    before = answered(team, 1).with_score("learning.before", 2)
    after = Assessment(newer, team.unit, date(2027, 11, 24)).with_score(SUB, 2).with_score("learning.new", 3)
    found = compare(before, after)
    assert [each.sub for each in found.changes] == ["learning.during", "learning.after"]
    assert found.left_out == ("learning.before", "sharing.inside", "sharing.outside", "learning.new")
    assert (found.before.scored, found.after.scored) == (1, 1)


def test_other_scales(team: Assessment, five: MaturityModel) -> None:
    """Assessments on different scales are not compared, and the error tells both scales."""
    other = Assessment(five, team.unit, date(2027, 11, 24))
    with pytest.raises(
        KmMaturityError, match=r"small@1\.0 is scored at 0, 1, 2 and 3 and five@2024 at 1, 2, 3, 4 and 5"
    ):
        compare(team, other)


def test_nothing_in_common(team: Assessment, model: MaturityModel) -> None:
    """Two models without a sub-outcome in common are not compared."""
    stranger = evolve(model, id="stranger", outcomes={"other": model.outcomes["learning"]})
    with pytest.raises(KmMaturityError, match=r"small@1\.0 and stranger@1\.0 share no sub-outcome"):
        compare(team, Assessment(stranger, team.unit, date(2027, 11, 24)))


def test_answer_beyond_last_years_model(team: Assessment) -> None:
    """Comparing minds nothing that was answered beyond a model."""
    before = evolve(team, scores={"strategy.old": Score(2)})
    assert change(before, team).move is Move.SAME
    assert before.state("strategy.old") is State.SCORED


def test_as_a_table(team: Assessment) -> None:
    """A comparison prints as a table that tells each move and target in words, and a missing score as not scored."""
    found = compare(answered(team, 2, 3), answered(team, 1))
    row = next(row for row in found.table.rows if row[0] == "After")
    assert row[1:3] == ("2", "1")
    assert row[4] == "3, still ahead"
    assert "not scored" in str(found)
    assert "<table>" in found._repr_html_()
    assert found.table.notes == (
        "Then: 1 of 5 applicable sub-outcomes are scored (20%); 4 not assessed yet.",
        "Now: 1 of 5 applicable sub-outcomes are scored (20%); 4 not assessed yet.",
    )
