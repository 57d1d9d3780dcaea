"""The law: doing what help says removes the finding, and adds none of its family but those that the rule leads to.

What help says is done in the file as plain data, as a person would type it; where it names a day or a level, that is
taken from the help itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment, Evidence, Score, Target
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.plan import Action, Status
from kmmaturity.domain.rules import CATALOGUE, Context, judge
from kmmaturity.testing.strategies import assessments, days

LAW = settings(max_examples=60, deadline=None)
Tree = dict[str, Any]
Edit = Callable[[Tree, Finding, Context], None]
TEXT = "Seen by the Knowledge Lead at three meetings about"


def item(tree: Tree, finding: Finding, depth: int) -> Any:
    """What stands at the first `depth` steps of the pointer."""
    found: Any = tree
    for step in finding.pointer[:depth]:
        found = found[step]
    return found


def parent(tree: Tree, finding: Finding) -> Any:
    """The mapping that holds what the pointer points at."""
    return item(tree, finding, len(finding.pointer) - 1)


def typed(key: str, finding: Finding) -> list[str]:
    """What the help says to write after `key:`, each time."""
    return re.findall(rf"{key}: ([\d-]+)", finding.help)


def put(**values: Any) -> Edit:
    """Writes these values beside what the pointer points at."""
    return lambda tree, finding, _: parent(tree, finding).update(values)


def put_text(tree: Tree, finding: Finding, context: Context) -> None:
    """Writes a text of its own in place of the one pointed at."""
    parent(tree, finding)[finding.pointer[-1]] = f"{TEXT} {'-'.join(map(str, finding.pointer))}"


def note_evidence(tree: Tree, finding: Finding, context: Context) -> None:
    """Notes what shows the score."""
    tree["scores"][finding.pointer[1]]["evidence"] = [{"note": f"{TEXT} {finding.pointer[1]}"}]


def own_notes(tree: Tree, finding: Finding, context: Context) -> None:
    """Gives each of the other sub-outcomes a note of its own, and keeps the one that is pointed at."""
    same = context.assessment.scores[str(finding.pointer[1])].evidence[int(finding.pointer[3])].note
    for other in finding.related:
        for index, evidence in enumerate(tree["scores"][other.pointer[1]]["evidence"]):
            if evidence["note"].casefold().split() == same.casefold().split():
                evidence["note"] = f"{TEXT} {other.pointer[1]} {index}"


def look_again(tree: Tree, finding: Finding, context: Context) -> None:
    """Scores the higher one a step below what it rests on, or, from the lowest level, the other one as it needs."""
    sub, needs = str(finding.pointer[1]), str(finding.related[0].pointer[1])
    edges = [each for each in context.model.subs[sub].requires if each.needs == needs]
    first = min(each.level for each in edges if each.at > tree["scores"][needs]["score"])
    below = [level for level in context.model.levels_of(sub) if level < first]
    if below:
        tree["scores"][sub]["score"] = below[-1]
    else:
        score = tree["scores"][sub]["score"]
        tree["scores"][needs]["score"] = max(each.at for each in edges if each.level <= score)


def looked_again(tree: Tree, finding: Finding, context: Context) -> None:
    """Writes the day of the assessment, on which the evidence was looked at again."""
    parent(tree, finding)[finding.pointer[-1]] = context.assessment.assessed.isoformat()


def fewer_priorities(tree: Tree, finding: Finding, context: Context) -> None:
    """Keeps as many outcomes as are advised, the first ones."""
    outcomes = list(dict.fromkeys(context.model.outcome_of(each["outcome"]) for each in tree["priorities"]))
    kept = outcomes[: context.figures.priorities]
    tree["priorities"] = [each for each in tree["priorities"] if context.model.outcome_of(each["outcome"]) in kept]


def choose(tree: Tree, finding: Finding, context: Context) -> None:
    """Makes the first outcome a priority."""
    tree["priorities"] = [{"outcome": next(iter(context.model.outcomes))}]


def set_targets(tree: Tree, finding: Finding, context: Context) -> None:
    """Sets the target that help names, and so on for the others."""
    first = True
    for sub in context.model.within(tree["priorities"][finding.pointer[1]]["outcome"]):
        answer = tree["scores"].get(sub, {})
        if answer.get("score") is None or answer.get("target") is not None:
            continue
        level = context.model.next_level(sub, answer["score"])
        if level is not None and sub in finding.message + finding.help:
            assert not first or [str(level)] == typed("target", finding)
            answer["target"], first = {"level": level}, False
        elif level is not None and " more " in finding.message:
            answer["target"] = {"level": level}


def lower_target(tree: Tree, finding: Finding, context: Context) -> None:
    """Writes the level that help names first."""
    tree["scores"][finding.pointer[1]]["target"]["level"] = int(typed("target", finding)[0])


def no_target(tree: Tree, finding: Finding, context: Context) -> None:
    """Takes the target away."""
    del tree["scores"][finding.pointer[1]]["target"]


def plan_action(tree: Tree, finding: Finding, context: Context) -> None:
    """Adds an action as help says it."""
    (towards,) = re.findall(r"towards: \[(.+?)\]", finding.help)
    action = {"action": f"{TEXT} {towards}", "towards": [towards], "status": "planned"}
    tree.setdefault("plan", {}).setdefault("actions", []).append(action)


def aim_first(tree: Tree, finding: Finding, context: Context) -> None:
    """Gives what comes first the target that help names."""
    needs = finding.related[0].pointer[1]
    tree["scores"][needs]["target"] = {"level": int(typed("target", finding)[0])}


def dated(tree: Tree, finding: Finding, context: Context) -> None:
    """Writes the day that help names."""
    item(tree, finding, 3)["due"] = typed("due", finding)[0]


def add_reviews(tree: Tree, finding: Finding, context: Context) -> None:
    """Adds the reviews that help names."""
    reviews = tree["plan"].setdefault("reviews", [])
    reviews.extend({"due": day} for day in typed("due", finding))


def drop_priority(tree: Tree, finding: Finding, context: Context) -> None:
    """Takes the priority away."""
    del tree["priorities"][finding.pointer[1]]


def on_the_day(tree: Tree, finding: Finding, context: Context) -> None:
    """Writes a day that is neither after the assessment nor after today."""
    day = min(context.assessment.assessed, context.today or date.max)
    parent(tree, finding)[finding.pointer[-1]] = day.isoformat()


def without_day(tree: Tree, finding: Finding, context: Context) -> None:
    """Leaves `by` out."""
    del tree["scores"][finding.pointer[1]]["target"]["by"]


def marked(tree: Tree, finding: Finding, context: Context) -> None:
    """Writes a marking."""
    tree["handling"] = "OFFICIAL"


EDITS: dict[str, Edit] = {
    "KMM301": note_evidence,
    "KMM302": own_notes,
    "KMM303": put_text,
    "KMM304": look_again,
    "KMM305": looked_again,
    "KMM306": put_text,
    "KMM401": fewer_priorities,
    "KMM402": choose,
    "KMM403": set_targets,
    "KMM404": lower_target,
    "KMM405": no_target,
    "KMM406": plan_action,
    "KMM407": put(owner="Knowledge Lead"),
    "KMM408": add_reviews,
    "KMM409": lower_target,
    "KMM410": put(status="done"),
    "KMM411": dated,
    "KMM412": add_reviews,
    "KMM413": dated,
    "KMM414": aim_first,
    "KMM415": drop_priority,
    "KMM501": on_the_day,
    "KMM503": without_day,
    "KMM504": put(rebaselined=TEXT),
    "KMM601": put_text,
    "KMM602": put_text,
    "KMM603": put_text,
    "KMM604": marked,
    "KMM605": marked,
}
# A file that is begun, found or renamed beside this one: nothing that is typed in it.
ELSEWHERE = {"KMM502", "KMM505", "KMM506"}


def test_every_rule_has_its_edit() -> None:
    """The law is held to every rule that judges an assessment and says what to type in it."""
    families = {"practice", "plan", "cycle", "handling"}
    assert set(EDITS) | ELSEWHERE == {code for code, each in CATALOGUE.items() if each.family in families}


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    """What rules see: an assessment, with private things and markings in it at times, and another of the year before."""
    value = draw(assessments())
    notes = draw(st.sampled_from([None, "Ask jo.bloggs@agency.example", "Ring 01632 960001"]))
    owner = draw(st.sampled_from(["Knowledge Lead", "Dr Bloggs", "", None]))
    actions = [evolve(each, owner=owner) for each in value.plan.actions]
    return Context(
        evolve(
            value,
            notes=notes,
            handling=draw(st.sampled_from([None, "OFFICIAL", "SECRET"])),
            plan=evolve(value.plan, actions=actions),
        ),
        previous=draw(st.none() | assessments(model=value.model)),
        today=draw(days()),
        marking=draw(st.booleans()),
    )


@st.composite
def busy(draw: st.DrawFn) -> Context:
    """What rules see where all is scored, most of it with a target, and much is planned: rules that bear on one another."""
    here = draw(contexts())
    model, assessed = here.model, here.assessment.assessed
    soon = st.none() | st.integers(100, 700).map(lambda ahead: assessed + timedelta(ahead))
    evidence = [Evidence(f"{TEXT} this")]
    scores = {}
    for sub in model.subs:
        level = st.sampled_from(model.levels_of(sub))
        target = draw(st.none() | st.builds(Target, level, soon))
        scores[sub] = Score(draw(level), target=target, evidence=evidence if draw(st.booleans()) else ())
    names = st.sampled_from([*model.subs, *model.outcomes])
    owner = st.sampled_from(["Knowledge Lead", None])
    status = st.sampled_from([Status.PLANNED, Status.UNDER_WAY, Status.DONE, Status.IDEA])
    action = st.builds(Action, st.just("Ask"), st.lists(names, max_size=2), owner=owner, due=soon, status=status)
    return evolve(
        here,
        assessment=evolve(
            here.assessment,
            scores=scores,
            plan=evolve(here.assessment.plan, actions=draw(st.lists(action, max_size=3))),
        ),
        previous=evolve(
            here.assessment, scores={sub: Score(draw(st.sampled_from(model.levels))) for sub in model.subs}
        ),
    )


def obeyed(context: Context, finding: Finding) -> Context:
    """The same, with what the help says done in the file."""
    tree = km.to_dict(context.assessment)
    EDITS[finding.code](tree, finding, context)
    return evolve(context, assessment=km.from_dict(tree, model=context.model))


def holds(context: Context, finding: Finding) -> None:
    """Asserts the law for one finding."""
    family = {code for code, each in CATALOGUE.items() if each.family == CATALOGUE[finding.code].family}
    before = Counter(each.code for each in judge(context))
    found = list(judge(obeyed(context, finding)))
    after = Counter(each.code for each in found)
    assert finding not in found
    assert {code for code in family if after[code] > before[code]} <= set(CATALOGUE[finding.code].leads_to)


@LAW
@given(context=contexts() | busy(), data=st.data())
def test_help_helps(context: Context, data: st.DataObject) -> None:
    """In any assessment, one finding of each rule that speaks up is removed by doing what it says."""
    found = [each for each in judge(context) if each.code in EDITS]
    for code in sorted({each.code for each in found}):
        holds(context, data.draw(st.sampled_from([each for each in found if each.code == code])))


@pytest.mark.parametrize("code", EDITS)
def test_examples(code: str) -> None:
    """So is what each rule shows with its bad example, until nothing of its family is left to do but what it leads to."""
    rule = CATALOGUE[code]
    here = km.load(rule.bad)
    figures = evolve(here.model.figures, **{key: n for key, n in rule.needs.items() if key != "marking"})
    previous: Assessment | None = next(map(km.load, rule.beside.values()), None)
    context = Context(here, previous, date(2026, 12, 1), figures, marking="marking" in rule.needs)
    (finding,) = [each for each in judge(context) if each.code == code]
    holds(context, finding)
