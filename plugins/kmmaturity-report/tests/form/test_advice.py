"""The page advises as the library does."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

import kmmaturity as km
from browser import Opening
from form.sitting import Said, Sitting
from kmmaturity import check, load
from kmmaturity.domain.assessment import Assessment, Evidence, Score, Suppression
from kmmaturity.domain.model import Figures, Level, MaturityModel, Outcome, SubOutcome
from kmmaturity.domain.plan import Action, ActionPlan, Status
from kmmaturity.domain.rules import CATALOGUE, FAMILIES, Rule
from kmmaturity.files.document import Document
from kmmaturity.files.reading import read_assessment
from kmmaturity.files.writing import dump
from kmmaturity.testing.examples import TODAY
from kmmaturity.testing.strategies import assessments, linked, models
from kmmaturity_report.form import bundle
from kmmaturity_report.form.judged import JUDGED, LEFT, told

pytestmark = pytest.mark.needs("chromium")


def library(assessment: Assessment, previous: Assessment | None, day: date | None = None) -> Counter[Said]:
    """What the library has to say, of the rules that the page judges."""
    return Counter(
        Said(each.code, str(each.severity), each.message, tuple(each.pointer))
        for each in check(assessment, previous=previous, today=day)
        if each.code in JUDGED
    )


@st.composite
def two_years(draw: st.DrawFn) -> tuple[Assessment, Assessment | None]:
    """An assessment, and perhaps one of the same model before it."""
    model = draw(models())
    now = draw(assessments(model))
    return now, draw(st.one_of(st.none(), assessments(model)))


@pytest.mark.slow
@settings(max_examples=60)
@given(drawn=st.one_of(two_years(), linked().map(lambda each: (each, None))))
def test_page_and_library_say_the_same(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Assessment, Assessment | None]
) -> None:
    """What the page says of any assessment is what `check` says: the rule, the severity, the sentence and the place."""
    now, previous = drawn
    sitting = Sitting(Opening(chromium), tmp_path_factory.mktemp("form"), now, previous)
    said = Counter(sitting.advice())
    sitting.page.context.close()
    assert said == library(now, previous)


def context(rule: Rule, document: bytes) -> tuple[Assessment, Assessment | None]:
    """One of a rule's examples, with what the rule needs in force, and last time's where the example has it beside it."""
    here = load(Document("this.kmm.yaml", document))
    figures = evolve(here.model.figures, **rule.needs)
    previous = next((load(Document(name, data)) for name, data in rule.beside.items() if name == here.previous), None)
    return evolve(here, model=evolve(here.model, figures=figures)), previous


@pytest.mark.parametrize("code", [code for code in JUDGED if code not in ("KMM201", "KMM202")])
@pytest.mark.parametrize("which", ["bad", "good"])
def test_examples_of_the_catalogue(opens: Opening, tmp_path: Path, code: str, which: str) -> None:
    """What the page finds in each rule's bad example and in its good one is what the library finds there."""
    rule = JUDGED[code]
    now, previous = context(rule, rule.bad if which == "bad" else rule.good)
    sitting = Sitting(opens, tmp_path, now, previous)
    sitting.page.clock.set_fixed_time(datetime.combine(TODAY, time(12)))
    said = sitting.advice()
    assert Counter(said) == library(now, previous, TODAY)
    assert (code in {each.code for each in said}) == (which == "bad")


@pytest.mark.parametrize("code", ["KMM201", "KMM202"])
def test_what_a_file_may_bring(opens: Opening, tmp_path: Path, code: str) -> None:
    """What the model lacks is told of a file that is opened, though the page itself offers no such thing."""
    started = load(Document("this.kmm.yaml", JUDGED["KMM301"].good))
    rule = JUDGED[code]
    reading = read_assessment(Document("this.kmm.yaml", rule.bad), lambda _: started.model)
    assert reading.value is not None
    file = tmp_path / "their.kmm.json"
    file.write_bytes(dump(reading.value, "json"))
    sitting = Sitting(opens, tmp_path, started)
    sitting.page.set_input_files("#file", file)
    sitting.page.clock.set_fixed_time(datetime.combine(TODAY, time(12)))
    assert Counter(sitting.advice()) == library(reading.value, None, TODAY)


# What looks private, what only nearly does, and both in scripts and spaces that patterns stumble over.
TEXTS = (
    "ask jo.bloggs@agency.example", "ask km-team@agency.example", "Enquiries@agency.example and j.o@b.example",
    "JO.BLOGGS+km@AGENCY.EXAMPLE", "jo@localhost", "ünïcode.näme@agency.example", "名前@agency.example",
    "see mailto:helpdesk2@agency.example", "a@b", "@team", "x" * 70 + "@agency.example", "press-office@a.example",
    "ring 01632 960 001", "ring (01632) 960001", "ring +44 (0)20 7946 0000", "+44 7700 900123", "0044 7700 900123",
    "07700900123", "order 2026-11-24", "1632960001", "ring 020 7946 0000-12", "a07700900123", "٠٧٧٠٠ ٩٠٠١٢٣",
    "AB 12 34 56 C", "AB123456C", "ab123456c", "QQ123456C", "xAB123456C", "AB123456CD", "AB123456C.",
    "Dr J. Bloggs", "dr bloggs", "Doctor Bloggs", "J. Bloggs", "J Bloggs", "J.R. O'Brien", "J R O’Brien-Smith", "Ms Ng",
    "Prof. Ångström", "É. Ångström", "KM Lead", "A Team", "IT Support", "Mrs", "Mx. 3", "Sir Bloggs\u2028", "\u00a0Dr Who",
    "Head of Knowledge", "Rev. \u0391\u03b2\u03b3", "X. Y", "J. McDonald", "n/a", "N.A.", "T B C", "tbc!", "ｎ/ａ", "None", "n-a",
    "STRASSE straße", "Straße STRASSE", "ΣΑΣ σας", "two words", "it's one's own", "one_two three", "a\u0301 b c", "1 2 3",
)  # fmt: skip


def test_texts_are_read_alike(opens: Opening, tmp_path: Path) -> None:
    """What looks private, short, repeated or like no reason to the library looks so to the page, in any script."""
    names = [f"s{number}" for number in range(len(TEXTS))]
    model = MaturityModel(
        id="texts",
        version="1",
        title="Texts",
        scale=[Level(0, "None"), Level(1, "Some")],
        outcomes={"o": Outcome("Outcome", subs={name: SubOutcome(name) for name in names})},
        figures=Figures(repeats=2),
    )
    team = km.new(model, unit="A team", assessed=date(2026, 11, 24))
    scores = {
        f"o.{name}": Score(1, evidence=[Evidence(text, ref=text)]) for name, text in zip(names, TEXTS, strict=True)
    }
    owned = [Action("Ask first", owner=text, status=Status.PLANNED) for text in TEXTS]
    cases = [evolve(team, scores=scores, plan=ActionPlan(actions=owned))]
    cases += [evolve(team, scores={sub: Score(inapplicable=each.evidence[0].note) for sub, each in scores.items()})]
    cases += [
        evolve(team, scores={sub: Score(1, evidence=[Evidence(each.evidence[0].note)]) for sub, each in scores.items()})
    ]
    for number, case in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert Counter(Sitting(opens, folder, case).advice()) == library(case, None)


def test_what_a_file_sets_aside(opens: Opening, tmp_path: Path) -> None:
    """A rule that a file sets aside, by its name or its family, for all or for an outcome, is not told in the page."""
    team = km.example()
    for sub in ("learning.before", "learning.after", "assets.care"):
        team = evolve(team, scores=team.scores.with_item(sub, Score(2)))
    cases = {
        (): ["assets.care", "learning.after", "learning.before"],
        (Suppression("score-without-evidence", "Held elsewhere", "learning"),): ["assets.care"],
        (Suppression("kmm301", "Held elsewhere", "learning.after"),): ["assets.care", "learning.before"],
        (Suppression("practice", "Held elsewhere"),): [],
    }
    for number, (ignore, expected) in enumerate(cases.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        said = Sitting(opens, folder, evolve(team, ignore=ignore)).advice()
        assert sorted(str(each.pointer[1]) for each in said if each.code == "KMM301") == expected


def test_what_the_model_lacks_can_be_taken_away(opens: Opening, tmp_path: Path) -> None:
    """An answer that the model does not ask for is kept with the file, told, and taken away where that is asked."""
    data = km.to_dict(km.example())
    data["scores"]["learning.befor"] = {"score": 1}
    data["priorities"].append({"outcome": "lerning"})
    data["plan"]["actions"][0]["towards"].append("asets")
    file = tmp_path / "theirs.kmm.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    sitting = Sitting(opens, tmp_path, km.example())
    sitting.open(file)
    saved = sitting.read()
    saved.pop("digest")
    assert saved == data
    for left in (2, 1, 0):
        sitting.go("finish")
        sitting.page.locator("[data-code=KMM201] button").first.click()
        assert sum(each.code == "KMM201" for each in sitting.advice()) == left
    saved = sitting.read()
    saved.pop("digest")
    assert saved == km.to_dict(km.example())


def test_every_rule_is_judged_or_left_with_a_reason() -> None:
    """Each rule of the catalogue is judged in the page, or it is left to `check` and says why; no name is out of date."""
    assert set(JUDGED) | {code for code, rule in CATALOGUE.items() if code in LEFT or rule.family in LEFT} == set(
        CATALOGUE
    )
    assert set(LEFT) <= {*CATALOGUE, *FAMILIES}
    script = bundle.script()
    assert [code for code in JUDGED if f"{code}: " not in script] == []


def test_remedies_name_what_the_page_shows() -> None:
    """What a remedy calls by a key of the file is told by the name that the page gives it."""
    for rule in JUDGED.values():
        remedy = told(rule)["remedy"]
        assert "`" not in remedy.replace("`kmmaturity", "").replace(".yaml`", "").replace("show`", ""), remedy
