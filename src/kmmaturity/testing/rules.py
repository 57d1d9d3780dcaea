"""The contract of rules: subclass `RuleContract` with one fixture, and every promise of a rule is tested.

class TestOurRule(RuleContract):
    @pytest.fixture
    def rule(self):
        return OUR_RULE

The message of each tells what is wrong and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
import yaml
from attrs import evolve
from hypothesis import strategies as st

from kmmaturity.api import example, load_model
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.plan import ActionPlan
from kmmaturity.domain.rules import Context, Filed
from kmmaturity.files.shapes import ASSESSMENT, MODEL
from kmmaturity.hooks import Finding, Pointer, Rule, Severity
from kmmaturity.testing.examples import findings
from kmmaturity.testing.given import WORD, Given
from kmmaturity.testing.strategies import assessments
from kmmaturity.testing.watching import asking
from kmmaturity.testing.wording import unkind

__all__ = ["Pure", "RuleContract", "Shown", "Told"]

CODE = re.compile(r"(?!KMM)[A-Z]{3,8}[0-9]+")
UNFINISHED = "KMM205"  # examples are short files, and a short file is not finished
LONGEST = 200
LATER = date(2099, 12, 31)


class About(Given):
    """The one fixture that an author gives."""

    @pytest.fixture
    def rule(self) -> Rule:
        """The rule to be tested."""
        raise NotImplementedError("override the fixture `rule`: return your Rule")


class Told(About):
    """What a rule says of itself."""

    def test_can_be_chosen(self, rule: Rule) -> None:
        """Its code, name and family can be typed, and are nobody else's; and it looks at something."""
        assert WORD.fullmatch(rule.name), f"name is {rule.name!r}: use small letters, digits and hyphens"
        assert WORD.fullmatch(rule.family), f"family is {rule.family!r}: use small letters, digits and hyphens"
        if not self.ours:
            assert CODE.fullmatch(rule.code), (
                f"code is {rule.code!r}: use 3 to 8 capitals of your own, other than KMM, and then a number: OUR001"
            )
            assert rule.judge or rule.defects or rule.across, (
                "the rule never says anything: give it a function as `judge`, `defects` or `across`"
            )
            assert rule.severity < Severity.ERROR or rule.about == "model", (
                "an assessment is an error only where it cannot be read, and that is told before rules are asked: "
                "make the rule a WARNING or INFO"
            )
        self.is_taken("kmmaturity_rules", rule)

    def test_is_told_kindly(self, rule: Rule) -> None:
        """No text of it judges a team, talks down to it, or uses a word that the method does not."""
        for text in (rule.name, rule.summary, rule.why, rule.remedy):
            word = unkind(text)
            assert word is None, f"{word!r} judges or talks down: say what is there and what to do. {text!r}"

    def test_is_told_in_sentences(self, rule: Rule) -> None:
        """Its summary, its reason and its remedy are sentences that fit on a screen."""
        for name in ("summary", "why", "remedy"):
            text = getattr(rule, name)
            whole = (text[:1].isupper() or text[:1] in "`'") and text.endswith((".", "?"))
            assert whole, f"{name} is {text!r}, and has to be a sentence: a capital, and a full stop"
            assert len(text) < LONGEST, f"{name} has {len(text)} characters: say it in under {LONGEST}"


class Shown(About):
    """What a rule's examples show."""

    def test_the_bad_example_shows_it(self, rule: Rule) -> None:
        """The bad example gives the rule's code, and nothing else but that it is short."""
        found = findings(rule, rule.bad)
        codes = {each.code for each in found}
        assert rule.code in codes, f"`bad` has to show the rule, and what is found in it is {told(found)}"
        more = codes - {rule.code, UNFINISHED}
        assert not more, f"`bad` has to show this rule alone, and shows {', '.join(sorted(more))} too: {told(found)}"

    def test_the_good_example_is_clean(self, rule: Rule) -> None:
        """The good example gives nothing but that it is short."""
        found = [each for each in findings(rule, rule.good) if each.code != UNFINISHED or rule.code == UNFINISHED]
        assert not found, f"`good` has to have nothing against it, and has {told(found)}"

    def test_a_finding_says_what_where_and_what_to_do(self, rule: Rule) -> None:
        """A finding has the rule's name and severity, a place in the file, one plain sentence, and what to do."""
        for finding in findings(rule, rule.bad):
            if finding.code != rule.code:
                continue
            assert finding.name == rule.name, f"the finding is called {finding.name}: make findings with rule.found()"
            assert finding.severity == (Severity.INFO if rule.eased else rule.severity), (
                f"the finding is {finding.severity}, and the rule {rule.severity}: nobody would expect it"
            )
            assert finding.place is not None, (
                f"nothing in the file is at {finding.pointer or 'the empty pointer'}: point at a key or value that is "
                "there, or at the whole by Pointer()"
            )
            assert leads(finding.pointer, rule.bad, rule.about), (
                f"{finding.pointer} leads nowhere in `bad`: a pointer has the keys that the file has, from its top, "
                "such as Pointer(('scores', 'learning.before')); where one is missing, point at what it would stand in"
            )
            self.is_a_message(finding)

    def test_is_silent_without_what_it_needs(self, rule: Rule) -> None:
        """A rule that needs something stated, or other files of the run, says nothing of its bad example without."""
        if rule.needs or rule.across:
            found = findings(evolve(rule, needs={}, beside={} if rule.across else rule.beside), rule.bad)
            assert rule.code not in {each.code for each in found}, (
                "it says the same without what it needs: leave out what is not needed of `needs` and `beside`"
            )

    @staticmethod
    def is_a_message(finding: Finding) -> None:
        """Fail unless a finding is told as findings are."""
        message, help = finding.message, finding.help
        assert message.isprintable(), f"the message has more than one line: {message!r}"
        assert not message.endswith("."), f"the message ends in a full stop, which formats add: {message!r}"
        assert help.endswith((".", "?")), f"the help has to be a sentence: {help!r}"
        for text in (message, help):
            word = unkind(text)
            assert word is None, f"{word!r} judges or talks down: say what is there and what to do. {text!r}"


class Pure(About):
    """What a rule does with assessments and models of every sort."""

    # A rule is asked about whole teams, so that looking for the smallest one would take a minute, and its message says
    # what is wrong without.
    smallest = False

    def drawn(self) -> st.SearchStrategy[Assessment]:
        """Assessments of every sort; override it where your rule looks at one model alone."""
        return st.one_of(assessments(), assessments(load_model("starter")))

    def test_gives_findings_whatever_it_is_given(self, rule: Rule) -> None:
        """Whatever is in an assessment, the rule gives findings of its own, the same each time, and never raises."""

        def holds(drawn: tuple[Assessment, Assessment]) -> None:
            value, previous = drawn
            for context in (Context(value), Context(value, previous, LATER, marking=True, absent="it is not there")):
                found = judged(rule, context)
                assert found == judged(rule, context), "the rule found something else the second time"
                for each in found:
                    assert isinstance(each, Finding), f"the rule gave {type(each).__name__}: make it by rule.found()"
                    assert each.code == rule.code, f"the rule gave a finding of {each.code}: make it by rule.found()"

        pairs = self.drawn().flatmap(lambda value: st.tuples(st.just(value), assessments(value.model)))
        self.for_each(pairs, holds)

    def test_asks_for_no_clock(self, rule: Rule) -> None:
        """The day is `context.today`, which may be None: the same run gives the same findings next year."""
        with asking() as asked:
            findings(rule, rule.bad)
            findings(rule, rule.good)
        assert not asked, f"the rule asks {', '.join(sorted(asked))}: use context.today, and leave it where it is None"

    def test_time_alone_breaks_no_pipeline(self, rule: Rule) -> None:
        """A day that passes brings no more than information: nobody's pipeline stops because a day has passed."""

        def holds(value: Assessment) -> None:
            now, later = (
                {str(each.pointer) for each in judged(rule, Context(value, today=day)) if each.severity > Severity.INFO}
                for day in (value.assessed, LATER)
            )
            assert later <= now, (
                f"with time this becomes a {rule.severity}, and nothing was changed: make what depends on the day INFO"
            )

        self.for_each(self.drawn(), holds)

    def test_low_is_not_wrong(self, rule: Rule) -> None:
        """A lower score, with its evidence kept, has nothing more against it: no rule fires because a score is low."""

        def holds(value: Assessment) -> None:
            high = bare(value)
            before = keys(judged(rule, Context(high)))
            below_top = {sub for sub in high.model.subs if (high.level(sub) or 0) < high.model.highest(sub)}
            for sub, answer in high.scores.items():
                # With room for improvement elsewhere, it is not the first room that there is.
                scored = answer.score is not None and sub in high.model.subs and below_top - {sub}
                lower = high.model.levels_of(sub) if scored else ()
                for score in (level for level in lower if level < (answer.score or 0)):
                    low = evolve(high, scores=high.scores.with_item(sub, evolve(answer, score=score)))
                    assert keys(judged(rule, Context(low))) <= before, (
                        f"with {sub} at {score} in place of {answer.score} there is a finding more: a low score is "
                        "never wrong. Look at what stands beside a score, never at how high it is"
                    )

        holds(example())
        self.for_each(self.drawn(), holds)


class RuleContract(Told, Shown, Pure):
    """What every rule promises. Override the fixture `rule`."""


def told(found: Iterable[Finding]) -> str:
    """Findings as a message tells of them."""
    return "; ".join(map(str, found)) or "nothing"


def leads(pointer: Pointer, document: bytes, about: str) -> bool:
    """Whether `pointer` leads to a value of `document`, or to a key that could stand in one; in a broken one all do."""
    try:
        value: Any = yaml.safe_load(document)
    except (yaml.YAMLError, ValueError, RecursionError):
        return True
    for step in pointer[:-1]:
        if isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        elif isinstance(value, dict) and str(step) in (texts := {str(key): each for key, each in value.items()}):
            value = texts[str(step)]
        else:
            return False
    top = {"assessment": ASSESSMENT, "model": MODEL}[about].fields
    return len(pointer) != 1 or pointer[0] in top or (isinstance(value, dict) and pointer[0] in value)


def keys(found: Iterable[Finding]) -> set[tuple[str, str]]:
    """Findings by what they are and where."""
    return {(each.code, str(each.pointer)) for each in found}


def judged(rule: Rule, context: Context) -> list[Any]:
    """All that a rule finds in an assessment, in its model, and in it beside last time's."""
    found: list[Any] = []
    if rule.judge is not None:
        found += rule.judge(context)
    if rule.defects is not None:
        found += rule.defects(context.model)
    if rule.across is not None:
        files = [
            Filed("this.kmm.yaml", context.assessment),
            Filed("that.kmm.yaml", context.previous or context.assessment),
        ]
        found += [finding for _, finding in rule.across(files)]
    return found


def bare(value: Assessment) -> Assessment:
    """`value` with nothing that a score could be at odds with: no target, plan or priority, and no prerequisites."""
    scores = FrozenMap({sub: evolve(score, target=None, rebaselined=None) for sub, score in value.scores.items()})
    return evolve(
        value, model=loose(value.model), scores=scores, priorities=(), benefit={}, plan=ActionPlan(), previous=None
    )


def loose(model: MaturityModel) -> MaturityModel:
    """`model` without prerequisites."""
    outcomes = {
        name: evolve(each, subs={sub: evolve(one, requires=(), supports=()) for sub, one in each.subs.items()})
        for name, each in model.outcomes.items()
    }
    return evolve(model, outcomes=outcomes)
