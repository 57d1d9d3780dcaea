"""Suggestions: what is free, in which order, and the words that say why."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import Level, MaturityModel, Outcome, Requirement, SubOutcome
from kmmaturity.domain.priorities.graph import Node, Position, graph_of, longest_chain, to_networkx
from kmmaturity.domain.priorities.steps import steps_to
from kmmaturity.domain.priorities.suggestions import suggest
from kmmaturity.errors import KmMaturityError, UnknownName


def chain(*edges: tuple[str, int, str, int], helped: tuple[tuple[str, int, str, int], ...] = ()) -> MaturityModel:
    """A model with the sub-outcomes a.x, a.y, b.z and b.w at levels 0 to 3, and these edges."""

    def sub(name: str) -> SubOutcome:
        return SubOutcome(
            name[-1].upper(),
            requires=[
                Requirement(level, needs, at, "One rests on the other") for s, level, needs, at in edges if s == name
            ],
            supports=[Requirement(level, needs, at) for s, level, needs, at in helped if s == name],
        )

    return MaturityModel(
        "chain",
        "1",
        "Chain",
        [Level(n, f"Stage {n}") for n in range(4)],
        {
            "a": Outcome("A", subs={"x": sub("a.x"), "y": sub("a.y")}),
            "b": Outcome("B", subs={"z": sub("b.z"), "w": sub("b.w")}),
        },
    )


def team(model: MaturityModel, **scores: int) -> Assessment:
    """A team with these scores; x, y, z and w stand for the sub-outcomes."""
    full = {sub[-1]: sub for sub in model.subs}
    found = Assessment(model, ["A team"], date(2026, 11, 24))
    for name, score in scores.items():
        found = found.with_score(full[name], score)
    return found


LINKED = chain(("b.z", 1, "a.x", 1), ("b.w", 1, "b.z", 1), ("b.w", 1, "a.y", 2))


def test_a_free_step_says_what_it_opens() -> None:
    """A step that alone keeps another from being begun says so, and its own next level is not among what it opens."""
    found = suggest(team(LINKED, x=0, y=0, z=0, w=0))
    first = found.steps[0]
    assert (first.sub, first.score, first.level) == ("a.x", 0, 1)
    assert [(each.sub, each.level) for each in first.opens] == [("b.z", 1)]
    assert "It opens level 1 of b.z." in first.why


def test_what_is_blocked_says_by_what_and_how_to_free_it() -> None:
    """A blocked step names each unmet prerequisite with its reason, and the whole shortest way in an order that works."""
    found = suggest(team(LINKED, x=0, y=0, z=0, w=0))
    waiting = {each.sub: each for each in found.blocked}
    assert set(waiting) == {"b.z", "b.w"}
    last = waiting["b.w"]
    assert [(rest.sub, rest.at, rest.because) for rest in last.waits] == [
        ("b.z", 1, "One rests on the other"),
        ("a.y", 2, "One rests on the other"),
    ]
    assert [(each.sub, each.level) for each in last.way] == [("a.x", 1), ("b.z", 1), ("a.y", 1), ("a.y", 2)]
    assert str(last) == (
        "b.w: 0 to 1 waits for level 1 of b.z and level 2 of a.y. "
        "The shortest way: a.x to 1, then b.z to 1, then a.y to 1, then a.y to 2"
    )


def test_an_unassessed_prerequisite_is_scored_first() -> None:
    """A prerequisite that is not assessed blocks, and the way begins with scoring it."""
    found = suggest(team(LINKED, z=0))
    (waiting,) = found.blocked
    assert waiting.score_first == ("a.x",)
    assert "score a.x" in str(waiting)
    assert "score this first" in str(waiting.waits[0])
    assert set(found.unassessed) == {"a.x", "a.y", "b.w"}


def test_benefit_comes_first_then_what_opens_then_targets() -> None:
    """The team's own rating outweighs what opens at once, and that outweighs the way to targets."""
    base = team(LINKED, x=0, y=0, z=0, w=0)
    assert [step.sub for step in suggest(base).steps] == ["a.x", "a.y"]
    assert [step.sub for step in suggest(base.with_benefit("a.y", "low")).steps] == ["a.y", "a.x"]
    aimed = team(chain(), x=0, y=0).with_target("a.y", 1)
    assert [step.sub for step in suggest(aimed).steps] == ["a.y", "a.x"]


def test_own_later_levels_never_count() -> None:
    """A target two levels up on the step's own sub-outcome does not put it before others, and is told all the same."""
    step, other = suggest(team(chain(), x=0, y=0).with_target("a.x", 2)).steps
    assert step.place == other.place == 1
    assert not step.targets
    assert "The team's target here is 2." in step.why


def test_before_priorities_at_most_two_outcomes() -> None:
    """Without priorities, outcomes are suggested with their free next steps, at most two unless asked for others."""
    example = evolve(km.example(), priorities=())
    assert len(suggest(example)) == 2
    assert len(suggest(example, limit=3)) == 3
    assert not suggest(example).chosen


def test_afterwards_the_steps_inside_the_priorities() -> None:
    """With priorities, whether outcomes or sub-outcomes, only steps inside them are suggested."""
    found = suggest(team(LINKED, x=0, y=0, z=0, w=0).with_priority("a.y"))
    assert found.chosen
    assert [step.sub for step in found.steps] == ["a.y"]
    assert not found.blocked


def test_a_step_within_two_priorities() -> None:
    """A sub-outcome that is a priority beside its outcome shows its step under both, and among all steps once."""
    both = team(LINKED, x=0, y=0).with_priority("a").with_priority("a.x")
    found = suggest(both)
    assert [[step.sub for step in each.steps] for each in found] == [["a.x", "a.y"], ["a.x"]]
    assert [step.sub for step in found.steps] == ["a.x", "a.y"]


def test_not_now_is_left_out() -> None:
    """What the team rates not-now is not suggested, and is named."""
    found = suggest(team(LINKED, x=0, y=0).with_benefit("a.x", "not-now"))
    assert [step.sub for step in found.steps] == ["a.y"]
    assert found.not_now == ("a.x",)


def test_a_model_without_edges_says_so() -> None:
    """Without prerequisites, suggestions say that they rest on benefit, gaps and targets only."""
    assert any("benefit, gaps and targets only" in note for note in suggest(team(chain(), x=1)).notes)
    assert not any("targets only" in note for note in suggest(team(LINKED, x=1)).notes)


def test_no_benefit_is_said() -> None:
    """A file that rates no benefit is told so; one that does is not."""
    base = team(LINKED, x=1)
    said = "Nothing in the file says where improvement helps most"
    assert any(note.startswith(said) for note in suggest(base).notes)
    assert not any(note.startswith(said) for note in suggest(base.with_benefit("a", "some")).notes)


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ({}, "Nothing in the file is scored yet"),
        ({"x": 3, "y": 3, "z": 3, "w": 3}, "is at its highest level"),
        ({"z": 0}, "waits for another sub-outcome first"),
    ],
)
def test_nothing_to_suggest_is_told(scores: dict[str, int], words: str) -> None:
    """Nothing scored, everything at the top, and everything blocked are each said in words, without an error."""
    found = suggest(team(LINKED, **scores))
    assert len(found) == 0
    assert words in str(found)


def test_assume_is_a_what_if() -> None:
    """An assumed level frees what waits for it, is told, and changes nothing in the assessment."""
    base = team(LINKED, x=0, z=0)
    assert [step.sub for step in suggest(base).steps] == ["a.x"]
    found = suggest(base, assume={"a.x": 1})
    assert "b.z" in {step.sub for step in found.steps}
    assert found.assumed == {"a.x": 1}
    assert base.level("a.x") == 0


def test_equal_steps_name_each_other() -> None:
    """Steps that nothing tells apart share a place, and say in words to what they are equal."""
    x, y = suggest(team(chain(), x=0, y=0)).steps
    assert (x.place, x.equal, y.place, y.equal) == (1, ("a.y",), 1, ("a.x",))
    assert x.why == ("Nothing in the file or the model puts it before another step.", "Equal to a.y.")


def test_help_is_told_and_never_blocks() -> None:
    """An advisory edge is told as help, there or not, and the step is free all the same."""
    model = chain(helped=(("a.x", 1, "a.y", 2),))
    (step, *_) = suggest(team(model, x=0, y=0)).steps
    assert step.sub == "a.x"
    assert "It would be easier with level 2 of a.y (now at 0)." in step.why


def test_measures_in_evidence_are_not_asked_for_again() -> None:
    """A step names the model's measures for its level, but for those that the team has in evidence."""
    before = {each.sub: each for each in suggest(km.example()).steps}["assets.capture"]
    shown = km.example().with_evidence("assets.capture", "They do", measure=before.measures[0].id)
    after = {each.sub: each for each in suggest(shown).steps}["assets.capture"]
    assert after.measures == before.measures[1:]


def test_steps_to_a_level() -> None:
    """The way to a level is every missing level of it and its prerequisites, each after what it rests on."""
    way = steps_to(team(LINKED, x=0, y=1, z=0, w=0), "b.w", 2)
    assert [(step.sub, step.level) for step in way] == [("a.x", 1), ("b.z", 1), ("a.y", 2), ("b.w", 1), ("b.w", 2)]
    assert steps_to(team(LINKED, w=2), "b.w", 2) == ()


def test_steps_to_name_what_is_to_be_scored() -> None:
    """A prerequisite that is not assessed stands first in the way, with the level that is needed of it."""
    first, *_ = steps_to(team(LINKED, x=1, z=1, w=0), "b.w", 1)
    assert (first.sub, first.score, first.level) == ("a.y", None, 2)
    assert "score this first" in first.why[0]


def test_steps_to_nowhere() -> None:
    """An outcome, an unknown name, a level off the scale and what does not apply are refused with what there is."""
    found = team(LINKED, x=0).with_inapplicable("a.y", "Run elsewhere")
    with pytest.raises(UnknownName, match=r"a is an outcome: name one of its sub-outcomes, a\.x or a\.y"):
        steps_to(found, "a", 1)
    with pytest.raises(UnknownName, match=r"no sub-outcome 'a\.q'"):
        steps_to(found, "a.q", 1)
    with pytest.raises(KmMaturityError, match=r"a\.x has the levels 0, 1, 2 or 3, not 4"):
        steps_to(found, "a.x", 4)
    with pytest.raises(KmMaturityError, match=r"does not apply here.*Run elsewhere"):
        steps_to(found, "a.y", 1)


@pytest.mark.parametrize("limit", [0, -1, 1.5, True, "2"])
def test_a_limit_is_a_number_of_outcomes(limit: object) -> None:
    """A limit that is not a whole number from 1 up is refused."""
    with pytest.raises(KmMaturityError, match="`limit` is"):
        suggest(team(LINKED), limit=limit)  # type: ignore[arg-type]  # what a caller without types may pass


def test_a_circle_is_refused_with_its_path() -> None:
    """A model whose requirements run in a circle is refused, and the whole circle is told."""
    model = chain(("a.x", 1, "a.y", 1), ("a.y", 1, "a.x", 1))
    with pytest.raises(KmMaturityError, match=r"in a circle: a\.\w level 1 → a\.\w level 1 → a\.\w level 1"):
        suggest(team(model, x=0))


def test_a_circle_through_own_levels_is_seen() -> None:
    """A circle that closes over the levels of one sub-outcome is one, too; what points down its own levels is not."""
    with pytest.raises(KmMaturityError, match="circle"):
        graph_of(chain(("a.x", 1, "a.y", 2), ("a.y", 1, "a.x", 3)))
    graph_of(chain(("a.x", 3, "a.x", 1)))


@pytest.mark.parametrize("edge", [("a.x", 1, "a.q", 1), ("a.x", 1, "a.y", 7)])
def test_an_edge_to_nowhere_is_refused(edge: tuple[str, int, str, int]) -> None:
    """A requirement of what the model lacks is named with its place."""
    with pytest.raises(KmMaturityError, match=f"a.x level 1 needs {edge[2]} level {edge[3]}, which the model lacks"):
        graph_of(chain(edge))


def test_positions() -> None:
    """Each level is held, free, blocked, later, not assessed or not applicable."""
    found = team(LINKED, x=0, z=0).with_inapplicable("a.y", "Not ours")
    graph = graph_of(LINKED)
    expected = {
        ("a.x", 0): Position.HELD,
        ("a.x", 1): Position.FREE,
        ("a.x", 2): Position.LATER,
        ("b.z", 1): Position.BLOCKED,
        ("b.w", 1): Position.UNASSESSED,
        ("a.y", 1): Position.INAPPLICABLE,
    }
    assert {node: graph.position(Node(*node), found) for node in expected} == expected


def test_gaps_in_a_scale(gappy: MaturityModel) -> None:
    """The step after 0 on a scale of 0, 10 and 25 is 10."""
    found = suggest(Assessment(gappy, ["A team"], date(2026, 1, 1)).with_score("work.wide", 0))
    assert [(step.score, step.level) for step in found.steps] == [(0, 10)]


def test_networkx() -> None:
    """The graph has a node for each level, and edges that say of what kind they are and why."""
    found = to_networkx(LINKED)
    assert found.number_of_nodes() == 16
    assert found.nodes["a.x", 1] == {"title": "X", "outcome": "a", "level_title": "Stage 1"}
    assert found.edges[("a.x", 1), ("b.z", 1)] == {"kind": "requires", "because": "One rests on the other"}
    assert found.edges[("a.x", 0), ("a.x", 1)]["kind"] == "below"
    assert km.to_networkx(LINKED).edges == found.edges


def test_longest_chain() -> None:
    """The longest chain is the row of levels that no plan can shorten."""
    assert longest_chain(LINKED) == (("a.x", 1), ("b.z", 1), ("b.w", 1), ("b.w", 2), ("b.w", 3)) or longest_chain(
        LINKED
    ) == (("a.y", 1), ("a.y", 2), ("b.w", 1), ("b.w", 2), ("b.w", 3))


def test_marked_as_the_file_is() -> None:
    """Suggestions carry the handling marking, in capitals where they are printed."""
    assert str(suggest(evolve(team(LINKED, x=0), handling="official-sensitive"))).startswith("OFFICIAL-SENSITIVE\n")
