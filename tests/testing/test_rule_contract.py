"""The contract of rules finds those that do not keep it, and tells their authors what is wrong."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from kmmaturity.domain.rules import Context
from kmmaturity.domain.rules.practice import RULES as PRACTICE
from kmmaturity.hooks import Finding, Pointer, Rule, Severity
from kmmaturity.testing import RuleContract


class Quick(RuleContract):
    """It does not look for the smallest assessment that shows what is wrong."""

    smallest = False


CONTRACT = Quick()
HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit:\n  - Team\nassessed: 2026-11-24\n"
COUNT = itertools.count()


def without_notes(context: Context) -> Iterator[Finding]:
    """Tells a file without notes."""
    if context.assessment.notes is None:
        yield GOOD.found("nothing says who took part", Pointer(("unit",)))


GOOD = Rule(
    code="OUR001",
    name="notes-wanted",
    family="our",
    severity=Severity.INFO,
    summary="The file has no notes.",
    why="Next year nobody remembers who was there.",
    remedy="Add `notes:` and say who took part.",
    bad=HEAD.encode(),
    good=f"{HEAD}notes: Nine of us\n".encode(),
    judge=without_notes,
)


def careless(judge: Callable[[Context], Iterable[Any]]) -> Rule:
    """A rule that judges in this way."""
    return evolve(GOOD, judge=judge)


@pytest.mark.parametrize(
    ("pointer", "leads"),
    [
        ((), True),
        (("unit", 0), True),
        (("notes",), True),
        (("scores", "learning.before"), False),
        (("nowhere",), False),
        (("unit", "first", "name"), False),
        (("unit", 3, "name"), False),
    ],
)
def test_where_a_finding_leads(pointer: tuple[str | int, ...], leads: bool) -> None:
    """A pointer that leads to nothing that is or could be in the bad example is told."""
    rule = careless(lambda context: [GOOD.found("nothing says who took part", Pointer(pointer))])
    if leads:
        CONTRACT.test_a_finding_says_what_where_and_what_to_do(rule)
        return
    with pytest.raises(AssertionError, match="leads nowhere in `bad`"):
        CONTRACT.test_a_finding_says_what_where_and_what_to_do(rule)


class TestGood(RuleContract):
    """One that keeps it all."""

    @pytest.fixture
    def rule(self) -> Rule:
        """The one to be tested."""
        return GOOD


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"code": "KMM999"}, "code is 'KMM999': use 3 to 8 capitals of your own, other than KMM"),
        ({"code": "our1"}, "code is 'our1'"),
        ({"name": "Notes wanted"}, "name is 'Notes wanted'"),
        ({"family": "Our rules"}, "family is 'Our rules'"),
        ({"judge": None}, "the rule never says anything"),
        ({"severity": Severity.ERROR}, "make the rule a WARNING or INFO"),
    ],
)
def test_what_nobody_could_choose(change: dict[str, Any], told: str) -> None:
    """A code, name or family that could not be typed or is taken is told; so is a rule that says nothing."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_can_be_chosen(evolve(GOOD, **change))


@pytest.mark.parametrize(
    "word", ["overdue", "failed", "poor", "behind", "just", "simply", "invalid", "Illegal", "worst"]
)
def test_unkind_words(word: str) -> None:
    """A word that judges or talks down is named, wherever it stands."""
    for name in ("summary", "why", "remedy"):
        changed: Any = {name: f"This is {word}."}
        with pytest.raises(AssertionError, match=f"'{word}' judges or talks down"):
            CONTRACT.test_is_told_kindly(evolve(GOOD, **changed))
    with pytest.raises(AssertionError, match=f"'{word}' judges or talks down"):
        CONTRACT.is_a_message(GOOD.found(f"the notes are {word}"))


def test_no_sentences() -> None:
    """Texts that are no sentences, or too long for a screen, are told."""
    with pytest.raises(AssertionError, match=r"why is 'next year', and has to be a sentence"):
        CONTRACT.test_is_told_in_sentences(evolve(GOOD, why="next year"))
    with pytest.raises(AssertionError, match=r"remedy has 200 characters"):
        CONTRACT.test_is_told_in_sentences(evolve(GOOD, remedy=f"A{'a' * 198}."))


def test_examples_that_show_something_else() -> None:
    """A bad example that does not show the rule, or shows more, and a good one that is not, are told what is found."""
    with pytest.raises(AssertionError, match=r"`bad` has to show the rule, and what is found in it is .*KMM205"):
        CONTRACT.test_the_bad_example_shows_it(evolve(GOOD, bad=GOOD.good))
    with pytest.raises(AssertionError, match=r"`bad` has to show this rule alone, and shows KMM601 too"):
        CONTRACT.test_the_bad_example_shows_it(
            evolve(GOOD, bad=GOOD.good.replace(b"Nine of us", b"jo.bloggs@agency.example"), judge=always)
        )
    with pytest.raises(AssertionError, match=r"`good` has to have nothing against it, and has .*OUR001"):
        CONTRACT.test_the_good_example_is_clean(evolve(GOOD, good=GOOD.bad))


def always(context: Context) -> Iterator[Finding]:
    """Tells every file."""
    yield GOOD.found("this is a file", Pointer(("unit",)))


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (lambda: GOOD.found("there are no notes."), "the message ends in a full stop"),
        (lambda: GOOD.found("there are\nno notes"), "the message has more than one line"),
        (lambda: GOOD.found("there are no notes", help="Add some"), "the help has to be a sentence: 'Add some'"),
        (
            lambda: evolve(GOOD.found("no notes"), name="notes"),
            r"the finding is called notes: make findings with rule.found",
        ),
        (lambda: GOOD.found("no notes", severity=Severity.WARNING), "the finding is warning, and the rule info"),
    ],
)
def test_findings_that_are_told_otherwise(finding: Callable[[], Finding], told: str) -> None:
    """A finding that is not told as findings are is told how."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_a_finding_says_what_where_and_what_to_do(careless(lambda context: [finding()]))


def test_a_rule_that_raises() -> None:
    """A rule that some assessment stops is shown the smallest one that does."""

    def broken(context: Context) -> Iterator[Finding]:
        if context.assessment.scores:
            raise KeyError(next(iter(context.assessment.scores)))
        yield from ()

    with pytest.raises(KeyError):
        CONTRACT.test_gives_findings_whatever_it_is_given(careless(broken))


@pytest.mark.parametrize(
    ("judge", "told"),
    [
        (lambda context: ["no notes"], "the rule gave str: make it by rule.found"),
        (lambda context: [evolve(GOOD.found("no notes"), code="OUR002")], "the rule gave a finding of OUR002"),
        (lambda context: [GOOD.found(f"number {next(COUNT)}")], "something else the second time"),
    ],
)
def test_what_is_no_finding_of_its_own(judge: Callable[[Context], Iterable[Any]], told: str) -> None:
    """Something else than a finding of the rule, or another one each time, is told."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_gives_findings_whatever_it_is_given(careless(judge))


def test_a_clock() -> None:
    """A rule that asks the clock is told to use the context's day."""
    broken = careless(lambda context: without_notes(context) if date.today() > context.assessment.assessed else ())
    with pytest.raises(AssertionError, match=r"the rule asks date.today: use context.today"):
        CONTRACT.test_asks_for_no_clock(broken)


def test_a_day_that_stops_a_pipeline() -> None:
    """A rule that becomes a warning because time passed is told to make it information."""

    def broken(context: Context) -> Iterator[Finding]:
        if context.today and (context.today - context.assessment.assessed).days > 400:
            yield GOOD.found("this is from another year", severity=Severity.WARNING)

    with pytest.raises(AssertionError, match=r"make what depends on the day INFO"):
        CONTRACT.test_time_alone_breaks_no_pipeline(careless(broken))


def test_a_rule_against_low_scores() -> None:
    """A rule that fires because a score is low is told that it is never wrong."""

    def broken(context: Context) -> Iterator[Finding]:
        for sub, score in context.assessment.scores.items():
            if score.score == context.model.lowest:
                yield GOOD.found(f"{sub} is low", Pointer(("scores", sub)))

    with pytest.raises(AssertionError, match=r"a low score is never wrong. Look at what stands beside a score"):
        CONTRACT.test_low_is_not_wrong(careless(broken))


def test_needs_that_are_not_needed() -> None:
    """A rule that says the same without what it says it needs is told so."""
    with pytest.raises(AssertionError, match=r"it says the same without what it needs"):
        CONTRACT.test_is_silent_without_what_it_needs(evolve(GOOD, needs={"age": 12}))


def test_what_a_rule_of_ours_needs() -> None:
    """A rule that does need something passes."""
    for each in PRACTICE:
        CONTRACT.test_is_silent_without_what_it_needs(each)


def test_the_fixture_is_asked_for() -> None:
    """A contract without its fixture says which one to override."""
    with pytest.raises(NotImplementedError, match=r"override the fixture `rule`"):
        RuleContract.rule.__wrapped__(CONTRACT)  # type: ignore[attr-defined]  # pytest keeps the function there
