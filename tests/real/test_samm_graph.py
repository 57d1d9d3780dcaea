"""OWASP SAMM 2.2.0 as a graph: frontier, opened steps and longest chain against plain sets."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import Level, MaturityModel, Outcome, Requirement, SubOutcome
from kmmaturity.domain.priorities.graph import graph_of, longest_chain, to_networkx
from kmmaturity.domain.priorities.suggestions import suggest

Place = tuple[str, int]


class Plain:
    """The published graph as sets: which activity each one needs, its own stream's lower level among them."""

    def __init__(self, graph: Any) -> None:
        self.places: dict[str, Place] = {}
        for each in graph["activities"]:
            practice = re.sub(r"[^a-z]+", "-", each["practice"].lower()).strip("-")
            self.places[each["id"]] = (f"{practice}.stream-{each['stream'].lower()}", each["level"])
        self.edges = {
            (self.places[each["id"]], self.places[other["id"]])
            for each in graph["activities"]
            for other in each["relatedActivities"]
        }
        self.needs: dict[Place, set[Place]] = {place: set() for place in self.places.values()}
        for place, needed in self.edges:
            self.needs[place].add(needed)
        for sub, level in self.needs:
            if level > 1:
                self.needs[sub, level].add((sub, level - 1))

    @property
    def subs(self) -> list[str]:
        """The streams, in order of their names."""
        return sorted({sub for sub, _ in self.needs})

    def model(self) -> MaturityModel:
        """The same as a model: a sub-outcome for each stream, activities as its levels 1 to 3."""
        outcomes: dict[str, dict[str, SubOutcome]] = {}
        for sub in self.subs:
            practice, _, stream = sub.partition(".")
            edges = [Requirement(level, *needed) for (name, level), needed in sorted(self.edges) if name == sub]
            outcomes.setdefault(practice, {})[stream] = SubOutcome(stream, requires=edges)
        return MaturityModel(
            "samm", "2.2.0", "SAMM", [Level(n, str(n)) for n in range(4)],
            {name: Outcome(name, subs=subs) for name, subs in outcomes.items()},
        )  # fmt: skip

    def held(self, levels: dict[str, int]) -> set[Place]:
        """The activities that are held at these levels."""
        return {(sub, level) for sub, top in levels.items() for level in range(1, top + 1)}

    def free(self, levels: dict[str, int]) -> set[Place]:
        """The activities not held whose every prerequisite is."""
        held = self.held(levels)
        following = {(sub, top + 1) for sub, top in levels.items() if top < 3}
        return {place for place in following if self.needs[place] <= held}

    def longest(self) -> int:
        """How many activities the longest chain has, by taking away, again and again, those that need nothing."""
        left, rounds = {place: set(needed) for place, needed in self.needs.items()}, 0
        while left:
            bare = {place for place, needed in left.items() if not needed}
            left = {place: needed - bare for place, needed in left.items() if place not in bare}
            rounds += 1
        return rounds


@pytest.fixture
def plain(published: Callable[[str], Any]) -> Plain:
    """The release's graph."""
    return Plain(published("samm-2.2.0-graph.json"))


def team(model: MaturityModel, levels: dict[str, int]) -> Assessment:
    """A team with these scores."""
    found = Assessment(model, ["A team"], date(2026, 1, 1))
    for sub, level in levels.items():
        found = found.with_score(sub, level)
    return found


def drawn(plain: Plain) -> list[dict[str, int]]:
    """Everything at each level, and two hundred mixtures."""
    chance = random.Random(220)  # noqa: S311  # the same draw every time
    mixed = [{sub: chance.choice([0, 0, 1, 1, 2, 3]) for sub in plain.subs} for _ in range(200)]
    return [*(dict.fromkeys(plain.subs, level) for level in range(4)), *mixed]


def test_edges(plain: Plain) -> None:
    """The model has the 22 published edges, and the graph those and each stream's own."""
    found = to_networkx(plain.model())
    kinds = [kind for _, _, kind in found.edges(data="kind")]
    assert kinds.count("requires") == len(plain.edges) == 22
    assert kinds.count("below") == 90


def test_frontier(plain: Plain) -> None:
    """What is free, and what is blocked by what, is what plain sets say, for any scores."""
    model = plain.model()
    for levels in drawn(plain):
        frontier = dict(graph_of(model).frontier(team(model, levels)))
        assert {node for node, unmet in frontier.items() if not unmet} == plain.free(levels)
        held = plain.held(levels)
        assert {node: set(unmet) for node, unmet in frontier.items()} == {
            (sub, top + 1): plain.needs[sub, top + 1] - held for sub, top in levels.items() if top < 3
        }


def test_opened_steps(plain: Plain) -> None:
    """What a step opens at once is what becomes free with it, its own next level apart."""
    model, opened = plain.model(), 0
    for levels in drawn(plain):
        before = plain.free(levels)
        for step in suggest(team(model, levels), limit=99).steps:
            after = plain.free(levels | {step.sub: step.level})
            expected = {place for place in after - before if place[0] != step.sub}
            assert {(each.sub, each.level) for each in step.opens} == expected
            opened += len(expected)
    assert opened > 100  # the law was not kept for want of anything to open


def test_longest_chain(plain: Plain) -> None:
    """The longest chain is as long as the rounds that it takes to do everything, and each link of it is published."""
    found = longest_chain(plain.model())
    assert len(found) == plain.longest()
    assert all(first in plain.needs[then] for first, then in pairwise(found))
