"""A public body's published self-assessment, on a scale of 1 to 5, gives the figures that were published with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import Level, MaturityModel, Outcome, SubOutcome

DAY = date(2015, 10, 1)


@pytest.fixture(scope="module")
def pathway(published: Callable[[str], Any]) -> Any:
    """The published facts."""
    return published("environment-agency-open-data-pathway.json")


def word(title: str) -> str:
    """An id made of a title."""
    return re.sub(r"[^a-z]+", "-", title.lower()).strip("-")


def model_of(pathway: Any) -> MaturityModel:
    """The pathway as a model: themes are outcomes, activities are sub-outcomes."""
    lowest, top = pathway["scale"]
    words = {level: f"Described at level {level} by its publisher" for level in range(lowest + 1, top + 1)}
    return MaturityModel(
        id="open-data-pathway",
        version="2015",
        title="Open data pathway",
        scale=[Level(level, f"Level {level}") for level in range(lowest, top + 1)],
        outcomes={
            word(theme): Outcome(
                theme, subs={word(title): SubOutcome(title, levels=words) for title in each["activities"]}
            )
            for theme, each in pathway["themes"].items()
        },
    )


def subs_of(pathway: Any) -> dict[str, str]:
    """The full id of each activity's sub-outcome, by its published title."""
    return {
        title: f"{word(theme)}.{word(title)}"
        for theme, each in pathway["themes"].items()
        for title in each["activities"]
    }


@pytest.fixture(params=["yaml", "json"])
def team(pathway: Any, tmp_path: Path, request: pytest.FixtureRequest) -> Assessment:
    """The assessment, written to disk beside its model, and read back."""
    syntax = request.param
    km.save(model_of(pathway), tmp_path / f"pathway.kmmodel.{syntax}")
    told = km.new(model_of(pathway), unit="Environment Agency", assessed=DAY, scope="organisation")
    subs = subs_of(pathway)
    for each in pathway["themes"].values():
        for title, score in each["activities"].items():
            goal = pathway["goals_published"][title]
            told = told.with_score(subs[title], score).with_target(subs[title], goal)
    path = tmp_path / f"agency.kmm.{syntax}"
    km.save(told, path)
    read = km.load(path)
    assert read == told
    return read


@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_files_check_clean(pathway: Any, tmp_path: Path, syntax: str) -> None:
    """The model file and the assessment beside it have nothing to mend, in either format."""
    model = tmp_path / f"pathway.kmmodel.{syntax}"
    km.save(model_of(pathway), model)
    assert list(km.check(model)) == []
    assert km.load_model(model) == model_of(pathway)


def test_counts(team: Assessment) -> None:
    """The counts are 2, 4, 5, 4 and none at levels 1 to 5, the lowest is 1, the low median 3, and all is scored."""
    whole = km.profile(team).whole
    assert whole.counts == {1: 2, 2: 4, 3: 5, 4: 4, 5: 0}
    assert (whole.lowest, whole.median, whole.coverage) == (1, 3, 1)


def test_strengths_and_weaknesses(team: Assessment, pathway: Any) -> None:
    """Its own highest level is 4 and its lowest 1, which is where knowledge management stood."""
    found, subs = km.profile(team), subs_of(pathway)
    assert set(found.strengths) == {
        subs[title] for each in pathway["themes"].values() for title, score in each["activities"].items() if score == 4
    }
    assert set(found.weaknesses) == {subs["Open data expertise"], subs["Knowledge management"]}


def test_targets_are_the_published_goals(team: Assessment, pathway: Any) -> None:
    """Each target is the published goal, which is one above the score, and each is a gap of one."""
    subs = subs_of(pathway)
    targets = {title: answer.target.level for title, sub in subs.items() if (answer := team.answer(sub)).target}
    assert targets == pathway["goals_published"]
    gaps = km.profile(team).gaps
    assert len(gaps) == len(subs)
    assert {gap.target - gap.score for gap in gaps if gap.score is not None} == {1}


def test_theme_sums(team: Assessment, pathway: Any) -> None:
    """The published sum of each theme, and the total of 41, follow from the counts per level."""
    groups = km.profile(team).groups
    sums = {name: sum(level * count for level, count in tally.counts.items()) for name, tally in groups.items()}
    assert sums == {word(theme): each["score"] for theme, each in pathway["themes"].items()}
    assert sum(sums.values()) == pathway["total"]["score"] == 41


def test_zero_is_off_this_scale(team: Assessment, tmp_path: Path) -> None:
    """A score of 0 is refused with a place, since this scale begins at 1."""
    path = next(tmp_path.glob("agency.kmm.*"))
    text = path.read_text(encoding="utf-8")
    old, new = ('"score": 1', '"score": 0') if path.suffix == ".json" else ("score: 1", "score: 0")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (finding,) = km.check(path).errors
    assert (finding.code, finding.help) == ("KMM202", "Write 1, 2, 3, 4 or 5.")
    assert finding.place is not None
    assert text.splitlines()[finding.place.line - 1].strip().startswith(old)
