"""The rule catalogue: every rule is shown by its own examples, and told in the right words."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from types import ModuleType

import pytest
from attrs import evolve

from kmmaturity.checking.settings import settings_in
from kmmaturity.domain.assessment import Assessment, Benefit, Evidence, Priority, Rate, Score, Suppression, Target
from kmmaturity.domain.findings import Severity
from kmmaturity.domain.model import Level, MaturityModel, Measure, Outcome, Requirement, Scope, SubOutcome
from kmmaturity.domain.plan import Action
from kmmaturity.domain.rules import (
    CATALOGUE,
    FAMILIES,
    Context,
    Rule,
    defects,
    judge,
    rule,
)
from kmmaturity.errors import UnknownName
from kmmaturity.registry import Registry
from kmmaturity.testing.rules import Pure, Shown, Told

DAY = date(2026, 12, 1)
EVERY = pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
# All but those that are told by what reads settings, and by what looks for plug-ins.
JUDGED = pytest.mark.parametrize(
    "rule", [each for each in CATALOGUE.values() if each.about in ("assessment", "model")], ids=lambda each: each.code
)


@EVERY
class TestTold(Told):
    """What the catalogue says of each rule."""

    ours = True


@JUDGED
class TestShown(Shown):
    """What the examples of each rule show."""

    ours = True


@pytest.mark.parametrize(
    "rule", [each for each in CATALOGUE.values() if each.judge or each.across], ids=lambda each: each.code
)
class TestPure(Pure):
    """What each rule does with assessments of every sort; tests/property has laws for all of them at once."""

    ours = True
    examples = 3


def test_only_what_is_broken_is_an_error() -> None:
    """Errors are of files, structure, models and settings, of answers that mean nothing, and of a marking that is too high.

    Advice on practice, plans and the cycle warns at most, so that it fails no pipeline unless asked.
    """
    errors = {each.family for each in CATALOGUE.values() if each.severity is Severity.ERROR}
    assert errors == {"file", "structure", "fit", "model", "config", "handling"}
    assert [
        each.code for each in CATALOGUE.values() if each.family == "handling" and each.severity is Severity.ERROR
    ] == ["KMM605"]


def test_only_settings_and_plug_ins_are_told_elsewhere() -> None:
    """Every other rule is shown by its examples here: none can be added without a bad one that gives it."""
    assert [code for code, each in CATALOGUE.items() if each.about not in ("assessment", "model")] == [
        "KMM901",
        "KMM904",
    ]


def test_examples_of_settings() -> None:
    """The good example of settings is taken whole, and the bad one gives its rule's code."""
    for each in CATALOGUE.values():
        if each.about == "settings":
            bad, good = (tomllib.loads(text.decode())["tool"]["kmmaturity"] for text in (each.bad, each.good))
            assert [finding.code for finding in settings_in(bad)[1]] == [each.code]
            assert settings_in(good)[1] == ()


def test_examples_of_plug_ins() -> None:
    """The good example of a plug-in is taken whole, and the bad one is a failure that is told."""
    failures = []
    for document in (CATALOGUE["KMM904"].bad, CATALOGUE["KMM904"].good):
        plugin = ModuleType("ours")
        exec(document, vars(plugin))  # noqa: S102  # our own example, which a reader would type
        registry = Registry.of(plugin)
        failures.append(len(registry.failures))
        assert ("OUR001" in registry.rules) == (not registry.failures)
    assert failures == [1, 0]


def test_codes_are_in_order() -> None:
    """Codes are `KMM` and three digits, unique, in order, and begin alike within a family."""
    assert list(CATALOGUE) == sorted(CATALOGUE)
    assert all(re.fullmatch(r"KMM\d{3}", code) for code in CATALOGUE)
    assert len({(each.family, code[3]) for code, each in CATALOGUE.items()}) == len(FAMILIES)


def test_names_are_unique_words() -> None:
    """Names are lower-case words with hyphens, and no two rules share one."""
    names = [each.name for each in CATALOGUE.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


@EVERY
def test_leads_to_known_rules(rule: Rule) -> None:
    """What a rule's help may lead to are rules of the catalogue."""
    assert set(rule.leads_to) <= set(CATALOGUE)


@pytest.mark.parametrize("name", ["KMM201", "kmm201", "201", "unknown-outcome"])
def test_rule_by_code_or_name(name: str) -> None:
    """A rule is found by its code, in capitals or not, by the number alone, or by its name."""
    assert rule(name) is CATALOGUE["KMM201"]


def test_unknown_rule() -> None:
    """A rule that is not there is refused with a near one."""
    with pytest.raises(UnknownName, match="the catalogue has no rule 'unknown-outcom': did you mean unknown-outcome"):
        rule("unknown-outcom")


# Answers that fit the model


def found(assessment: Assessment, *wanted: str) -> list[tuple[str, str]]:
    """The code and pointer of each finding, of the codes `wanted` or of all."""
    every = judge(Context(assessment))
    return [(each.code, str(each.pointer)) for each in every if not wanted or each.code in wanted]


def test_unknown_name_is_told_once(team: Assessment) -> None:
    """A name that is wrong throughout is one finding at its first use, with the other uses beside it."""
    told = evolve(
        team,
        scores={"learning.befor": Score(1)},
        priorities=[Priority("learning.befor")],
        benefit={"nothing": Benefit(Rate.LOW)},
        ignore=[
            Suppression("KMM301", "x", "nothing"),
            Suppression("KMM301", "x", "learning"),
            Suppression("KMM301", "x"),
        ],
        plan=evolve(team.plan, actions=[Action("Ask", towards=["learning.after", "learning.befor"])]),
    )
    first, second = [each for each in judge(Context(told)) if each.code == "KMM201"]
    assert (str(first.pointer), first.on_key, first.help) == (
        "/scores/learning.befor",
        True,
        "Did you mean learning.before?",
    )
    assert [str(each.pointer) for each in first.related] == ["/priorities/0/outcome", "/plan/actions/0/towards/1"]
    assert str(second.pointer) == "/benefit/nothing"
    assert "lists its outcomes" in second.help
    assert [str(each.pointer) for each in second.related] == ["/ignore/0/outcome"]


def test_outcome_in_place_of_a_sub_outcome(team: Assessment) -> None:
    """A score given to an outcome is told as that, with the sub-outcomes to score instead."""
    (finding,) = [each for each in judge(Context(evolve(team, scores={"sharing": Score(1)}))) if each.code == "KMM201"]
    assert finding.message == "sharing is an outcome, and scores are given to its sub-outcomes"
    assert finding.help == "Score sharing.inside or sharing.outside instead."


def test_outcome_as_a_priority_is_right(team: Assessment) -> None:
    """A priority, a benefit, an action or a rule set aside may name an outcome as well as a sub-outcome."""
    told = team.with_priority("learning").with_benefit("learning", "low").with_action("Ask", towards="learning")
    assert found(told, "KMM201") == []


def test_score_and_target_off_the_scale(team: Assessment) -> None:
    """A score and a target above a sub-outcome's own highest level are two findings, each at its value."""
    told = evolve(
        team, scores={"sharing.outside": Score(2, target=Target(3)), "x.y": Score(9), "learning.after": Score(3)}
    )
    assert found(told, "KMM202") == [
        ("KMM202", "/scores/sharing.outside/score"),
        ("KMM202", "/scores/sharing.outside/target/level"),
    ]


def test_not_all_assessed_is_one_note(team: Assessment) -> None:
    """What is not assessed is counted in one note; what does not apply, or was meant by a slip, is not in it."""
    told = evolve(
        team.with_inapplicable("sharing.inside", "x"), scores={"learning.befor": Score(1), "sharing.outside": Score(0)}
    )
    (note,) = [each for each in judge(Context(told)) if each.code == "KMM205"]
    assert note.severity is Severity.INFO
    assert (
        note.message == "3 of 5 sub-outcomes are not assessed yet: learning.during, learning.after and sharing.inside"
    )


def test_one_is_not_assessed(team: Assessment) -> None:
    """One that is left is told in the singular."""
    for sub in list(team.model.subs)[1:]:
        team = team.with_score(sub, 0)
    (note,) = judge(Context(team))
    assert note.message == "1 of 5 sub-outcomes is not assessed yet: learning.before"


def test_what_fits_another_scope_is_not_waited_for(team: Assessment, model: MaturityModel) -> None:
    """A sub-outcome that is for organisations is not asked of a team, unless the team began to answer it."""
    learning = model.outcomes["learning"]
    board = evolve(learning.subs["before"], applies=[Scope.ORGANISATION])
    narrow = evolve(model, outcomes={"learning": evolve(learning, subs=learning.subs.with_item("before", board))})
    told = Assessment(narrow, team.unit, team.assessed, scope=Scope.TEAM)
    assert "learning.before" not in Context(told).waiting
    assert ["learning.before" in each.message for each in judge(Context(told), [rule("205")])] == [False]
    begun = told.with_evidence("learning.before", "Seen")
    assert ["learning.before" in each.message for each in judge(Context(begun), [rule("205")])] == [True]


def test_measures_are_the_sub_outcomes_own(model: MaturityModel) -> None:
    """Evidence that names another sub-outcome's measure is told, with a near one; no measure, or its own, is not."""
    subs = {
        "one": SubOutcome("One", measures={1: [Measure("start-up-check", "x")]}),
        "two": SubOutcome("Two", measures={1: [Measure("debrief", "x")]}),
    }
    both = evolve(model, outcomes={"a": Outcome("A", subs=subs)})
    evidence = [Evidence("x", measure=name) for name in ("start-up-check", "startup-check", "debrief", None)]
    told = Assessment(
        both, ["T"], DAY, scores={"a.one": Score(1, evidence=evidence), "z.z": Score(1, evidence=evidence)}
    )
    findings = [each for each in judge(Context(told)) if each.code == "KMM206"]
    assert [str(each.pointer) for each in findings] == [f"/scores/a.one/evidence/{index}/measure" for index in (1, 2)]
    assert findings[0].help == "Did you mean start-up-check?"
    assert "alternative" in findings[1].help


# Defects of a model

SCALE = [Level(n, str(n)) for n in range(4)]


def made(highest: int | None = None, **edges: list[Requirement]) -> MaturityModel:
    """A model with the sub-outcomes a.one, a.two and a.three, and these edges."""
    words = {1: "x", 2: "x", 3: "x"}
    subs = {
        name: SubOutcome(name, levels=words, requires=edges.get(name, ()), supports=edges.get(f"{name}_helps", ()))
        for name in ("one", "two", "three")
    }
    if highest is not None:
        subs["three"] = evolve(subs["three"], highest=highest, levels=dict.fromkeys(range(1, highest + 1), "x"))
    return MaturityModel("m", "1", "M", scale=SCALE, outcomes={"a": Outcome("A", subs=subs)})


def flaws(model: MaturityModel) -> list[tuple[str, str]]:
    """The code and message of each defect."""
    return [(each.code, each.message) for each in defects(model)]


def test_cycle_tells_its_path() -> None:
    """A circle of requirements is one error that tells the whole path, levels in between included, and each edge in it."""
    model = made(
        one=[Requirement(1, "a.two", 1)], two=[Requirement(1, "a.three", 1)], three=[Requirement(1, "a.one", 1)]
    )
    (finding,) = defects(model)
    assert finding.code == "KMM220"
    assert finding.message == (
        "a.one level 1 needs itself in the end: a.one level 1 → a.two level 1 → a.three level 1 → a.one level 1"
    )
    assert str(finding.pointer) == "/outcomes/a/subs/one/requires/0/needs"
    assert [str(each.pointer) for each in finding.related] == [
        "/outcomes/a/subs/two/requires/0/needs", "/outcomes/a/subs/three/requires/0/needs",
    ]  # fmt: skip


def test_cycle_through_lower_levels() -> None:
    """A circle may run down through the levels below, which each level rests on."""
    model = made(one=[Requirement(1, "a.two", 3)], two=[Requirement(2, "a.one", 2)])
    told = [message for code, message in flaws(model) if code == "KMM220"]
    assert told == [
        (
            "a.one level 1 needs itself in the end: "
            "a.one level 1 → a.two level 3 → a.two level 2 → a.one level 2 → a.one level 1"
        )
    ]


def test_two_cycles_are_two_findings() -> None:
    """Two circles are two findings, and advice can never make one."""
    model = made(
        one=[Requirement(1, "a.two", 1), Requirement(2, "a.three", 2)],
        two=[Requirement(1, "a.one", 1)],
        three=[Requirement(2, "a.one", 2)],
        two_helps=[Requirement(3, "a.three", 3)],
        three_helps=[Requirement(3, "a.two", 3)],
    )
    assert [code for code, _ in flaws(model)] == ["KMM220", "KMM220"]


def test_dangling_references() -> None:
    """An edge to a name that is not there is told with a near one, and one to an outcome with its sub-outcomes."""
    model = made(one=[Requirement(2, "a.twoo", 1), Requirement(2, "nothing", 1)], two_helps=[Requirement(2, "a", 1)])
    findings = list(defects(model))
    assert [each.code for each in findings] == ["KMM221"] * 3
    assert [each.help for each in findings] == [
        "Did you mean a.two?",
        CATALOGUE["KMM221"].remedy,
        "Name one of its sub-outcomes: a.one, a.two or a.three.",
    ]


def test_self_reference_is_told_as_such() -> None:
    """An edge from a sub-outcome to itself is that one finding, and no circle or inversion as well."""
    assert flaws(made(one=[Requirement(1, "a.one", 2)])) == [("KMM222", "a.one level 1 names a.one itself")]


def test_inversion() -> None:
    """A level that needs a higher level elsewhere is a warning; the same level is not."""
    model = made(
        one=[Requirement(1, "a.two", 2)], two=[Requirement(2, "a.three", 2)], three_helps=[Requirement(2, "a.two", 3)]
    )
    assert flaws(model) == [
        ("KMM223", "a.one level 1 needs the higher a.two level 2"),
        ("KMM223", "a.three level 2 needs the higher a.two level 3"),
    ]
    assert CATALOGUE["KMM223"].severity is Severity.WARNING


def test_unreachable_level_is_told_once() -> None:
    """A level that needs one which the other sub-outcome never reaches is that one finding, and no inversion as well."""
    assert flaws(made(highest=1, one=[Requirement(1, "a.three", 2)])) == [
        ("KMM227", "a.one level 1 can never be reached: a.three has no level 2")
    ]


def test_duplicates() -> None:
    """A level of the scale or a measure of a sub-outcome that is there twice is told, with the first beside it."""
    twice = SubOutcome(
        "x", levels={1: "x"}, measures={0: [Measure("m", "x")], 1: [Measure("m", "y"), Measure("n", "y")]}
    )
    model = MaturityModel(
        "m", "1", "M", scale=[Level(0, "x"), Level(1, "x"), Level(1, "y")], outcomes={"a": Outcome("A", subs={"one": twice, "two": twice})}
    )  # fmt: skip
    findings = list(defects(model))
    assert [(each.code, str(each.pointer), str(each.related[0].pointer)) for each in findings] == [
        ("KMM224", "/scale/2/level", "/scale/1/level"),
        ("KMM224", "/outcomes/a/subs/one/measures/1/0/id", "/outcomes/a/subs/one/measures/0/0/id"),
        ("KMM224", "/outcomes/a/subs/two/measures/1/0/id", "/outcomes/a/subs/two/measures/0/0/id"),
    ]


def test_levels_without_words() -> None:
    """Levels above the lowest that nothing describes are one note for a sub-outcome; blank words describe nothing."""
    subs = {"one": SubOutcome("x", levels={1: "x", 3: " "}), "two": SubOutcome("x", highest=1)}
    model = MaturityModel("m", "1", "M", scale=SCALE, outcomes={"a": Outcome("A", subs=subs)})
    assert flaws(model) == [
        ("KMM225", "a.one has no description for levels 2 and 3"),
        ("KMM225", "a.two has no description for level 1"),
    ]


@pytest.mark.parametrize("name", ["1", "1.1", "2024", "two words", "", "a.b", "é", "--", "1_0", "a\n"])
def test_ids_are_words(name: str) -> None:
    """An id has letters, digits and hyphens with at least one letter, in any script; else it is told, wherever it stands."""
    measure = SubOutcome("x", highest=0, measures={0: [Measure(name, "x")]})
    by_measure = MaturityModel("m", "1", "M", scale=SCALE, outcomes={"a": Outcome("A", subs={"one": measure})})
    blank = SubOutcome("x", highest=0)
    by_sub = MaturityModel("m", "1", "M", scale=SCALE, outcomes={"a": Outcome("A", subs={name: blank})})
    by_outcome = MaturityModel("m", "1", "M", scale=SCALE, outcomes={name: Outcome("A", subs={"one": blank})})
    by_model = MaturityModel(name, "1", "M", scale=SCALE, outcomes={})
    expected = [] if name == "é" else ["KMM226"]
    assert [[code for code, _ in flaws(model)] for model in (by_measure, by_sub, by_outcome, by_model)] == [
        expected
    ] * 4


def test_levels_off_the_models_scale() -> None:
    """A highest level, description, measure or edge for a level that the scale lacks is told at its place, each once."""
    subs = {
        "one": SubOutcome("x", highest=7, levels={9: "x"}),
        "two": SubOutcome("x", highest=1, levels={1: "x", 2: "x"}, measures={3: [Measure("m", "x")]}),
        "three": SubOutcome("x", levels={1: "x", 2: "x", 3: "x"}, requires=[Requirement(5, "a.two", 1)]),
    }
    model = MaturityModel("m", "1", "M", scale=SCALE, outcomes={"a": Outcome("A", subs=subs)})
    assert [(each.code, str(each.pointer)) for each in defects(model) if each.code != "KMM225"] == [
        ("KMM228", "/outcomes/a/subs/one/highest"),
        ("KMM228", "/outcomes/a/subs/two/levels/2"),
        ("KMM228", "/outcomes/a/subs/two/measures/3"),
        ("KMM228", "/outcomes/a/subs/three/requires/0/level"),
    ]
