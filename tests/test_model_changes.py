"""What becomes of answers when their model changes: nothing is lost, and what has no question is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """The example team's file, beside last time's, which it names."""
    km.save(km.example(year=1), tmp_path / "example-1.kmm.yaml")
    path = tmp_path / "team.kmm.yaml"
    km.save(km.example(), path)
    return path


def answers(assessment: Assessment) -> dict[str, object]:
    """All that was answered."""
    return dict(assessment.scores)


def retitled(model: MaturityModel) -> MaturityModel:
    """The model with another id, version and title, other titles everywhere, and in the opposite order."""
    outcomes = {
        name: evolve(
            outcome,
            title=f"{outcome.title}, reworded",
            subs={sub: evolve(value, title=f"{value.title}!") for sub, value in reversed(outcome.subs.items())},
        )
        for name, outcome in reversed(model.outcomes.items())
    }
    return evolve(model, id="renamed", version="2.0", title="Another title", outcomes=outcomes)


def test_a_model_renamed_retitled_and_reordered_keeps_every_answer(team: Path) -> None:
    """Answers are kept by id: reading with a renamed, reworded and reordered model loses none, and warns once."""
    before = km.load(team)
    after = km.load(team, model=retitled(before.model))
    assert answers(after) == answers(before)
    assert after.beyond == ()
    assert km.profile(after).whole == km.profile(before).whole
    found = km.check(team, model=retitled(before.model))
    assert [each.code for each in (*found.errors, *found.warnings)] == ["KMM204"]


def test_a_model_that_lacks_an_outcome_keeps_and_reports_its_answers(team: Path) -> None:
    """Answers that the model has no question for stay, through a save as well, and each is an error of `check`."""
    before = km.load(team)
    less = evolve(before.model, outcomes=before.model.outcomes.without("capability"))
    gone = [sub for sub in before.scores if sub.startswith("capability.")]
    after = km.load(team, model=less)
    assert answers(after) == answers(before)
    assert list(after.beyond) == gone
    found = km.check(team, model=less)
    told = {each.pointer[1] for each in found.errors if each.code == "KMM201" and each.pointer[0] == "scores"}
    assert told == set(gone)
    copy = team.with_name("copy.kmm.yaml")
    km.save(after, copy)
    assert answers(km.load(copy, model=less)) == answers(before)
