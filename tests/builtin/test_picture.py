"""The page of text that a report is drawn as: within its width, harmless, and the same whatever the colours."""

from __future__ import annotations

import re
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.builtin.picture import PLAIN, UNICODE, Theme, picture
from kmmaturity.builtin.picture.layout import columns, pad, tidy, wrap
from kmmaturity.builtin.picture.theme import Role
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import Level, MaturityModel, Outcome, SubOutcome
from kmmaturity.domain.report import report
from kmmaturity.testing.strategies import assessments, texts

LAW = settings(max_examples=60, deadline=None)


@pytest.fixture
def model() -> MaturityModel:
    """Levels 0 to 3, sub-outcomes that stop at 1, 2 and 3."""
    subs = {
        "low": SubOutcome("Stops at one", highest=1),
        "mid": SubOutcome("Stops at two", highest=2),
        "top": SubOutcome("Goes on"),
    }
    return MaturityModel(
        id="m", version="1", title="A model", scale=[Level(n, f"Stage {n}") for n in range(4)],
        outcomes={"o": Outcome("One outcome", subs=subs)},
    )  # fmt: skip


def team_of(model: MaturityModel) -> Assessment:
    """A unit on the first day of 2026, with nothing scored."""
    return km.new(model, unit=["Agency", "Team"], assessed=date(2026, 1, 1))


def line_of(text: str, title: str) -> str:
    """What stands beside the title of a sub-outcome, with single spaces."""
    (line,) = (each for each in text.splitlines() if each.startswith(f"  {title} "))
    return " ".join(line.removeprefix(f"  {title}").split())


# Rows


@pytest.mark.parametrize(
    ("before", "now", "target", "drawn"),
    [
        (None, 0, None, "●0 · · ·"),
        (None, 3, None, "· · · ●3"),
        (1, 2, 3, "· ○1━━━━●2┄┄┄┄▷3 up 1"),
        (2, 1, 2, "· ●1━━━━○▷2 · down 1"),
        (3, 1, 2, "· ●1━━━━▷2━━━━○3 down 2"),
        (2, 2, 2, "· · ○●▷2 ·"),
        (0, 3, None, "○0━━━━·━━━━━·━━━━━●3 up 3"),
        (None, None, 2, "· · ▷2 · not assessed"),
        (1, None, None, "· ○1 · · not assessed"),
        (None, None, None, "not assessed"),
        (None, 2, 0, "▷0┄┄┄┄·┄┄┄┄┄●2 ·"),
    ],
)
def test_dumbbell(before: int | None, now: int | None, target: int | None, drawn: str, model: MaturityModel) -> None:
    """Each mark stands at its level with its number, and lines join where it was, is and is to be."""
    team = team_of(model)
    year = team if now is None else team.with_score("o.top", now)
    year = year.with_target("o.top", target)
    last = None if before is None else team.with_score("o.top", before)
    assert line_of(picture(report(year, previous=last)), "Goes on") == drawn


def test_highest_levels_differ(model: MaturityModel) -> None:
    """A level that a sub-outcome does not have is left empty, so its row ends where its scale does."""
    text = picture(report(team_of(model).with_score("o.low", 0).with_score("o.mid", 0).with_score("o.top", 0)))
    assert [line_of(text, title) for title in ("Stops at one", "Stops at two", "Goes on")] == [
        "●0 ·",
        "●0 · ·",
        "●0 · · ·",
    ]


def test_states_in_words(model: MaturityModel) -> None:
    """0 is drawn as a score; not assessed and not applicable are told in words, with the reason."""
    text = picture(report(team_of(model).with_score("o.top", 0).with_inapplicable("o.low", "Another team's")))
    assert line_of(text, "Goes on").startswith("●0")
    assert line_of(text, "Stops at one") == "not applicable: Another team's"
    assert line_of(text, "Stops at two") == "not assessed"
    assert "Coverage: 1 of 2 applicable sub-outcomes are scored (50%); 1 not assessed yet; 1 not applicable." in text


def test_priorities_in_words(model: MaturityModel) -> None:
    """A priority outcome says so below its name, with the reason; a priority sub-outcome says so in its own row."""
    scored = team_of(model).with_score("o.top", 1).with_score("o.mid", 1)
    whole = picture(report(scored.with_priority("o", "Business plan")))
    assert "One outcome" in whole.partition("  Priority: Business plan\n")[0]
    one = picture(report(scored.with_priority("o.mid", "Next")))
    assert "  Priority within: Next\n" in one
    assert line_of(one, "Stops at two").endswith("priority")
    assert not line_of(one, "Goes on").endswith("priority")


# Words


def test_even(model: MaturityModel) -> None:
    """Equal scores are called even, no scores are told as such, and otherwise both ends are named with their level."""
    team = team_of(model)
    assert "Nothing is scored yet." in picture(report(team))
    even = team.with_score("o.low", 1).with_score("o.top", 1)
    assert "Even: everything scored is at level 1, Stage 1." in picture(report(even))
    text = picture(report(even.with_score("o.mid", 2)))
    assert "Strengths, at level 2, Stage 2:\n  - Stops at two\n" in text
    assert "Weaknesses, at level 1, Stage 1:\n  - Stops at one\n  - Goes on\n" in text


def test_targets(model: MaturityModel) -> None:
    """Targets are grouped by their date, with the way to go; staying put is told apart."""
    team = team_of(model).with_score("o.low", 0).with_score("o.mid", 2).with_target("o.low", 1, date(2026, 6, 30))
    text = picture(report(team.with_target("o.mid", 2).with_target("o.top", 1)))
    assert "By 30 Jun 2026:\n  - Stops at one: 0 to 1\nBy 1 Jan 2027:\n  - Goes on: not scored yet to 1\n" in text
    assert "Staying where they are:\n  - Stops at two, at 2\n" in text


def test_dates(model: MaturityModel) -> None:
    """Open actions and reviews still to be held stand in order of their dates; what has no date is counted."""
    team = (
        team_of(model)
        .with_review(date(2026, 7, 1))
        .with_review(date(2026, 1, 1), held=date(2026, 1, 1))
        .with_action("Second", due=date(2026, 8, 1), status="under-way", owner="A role")
        .with_action("First", due=date(2026, 3, 1), status="planned")
        .with_action("Whenever", status="planned")
        .with_action("Perhaps")
    )
    text = picture(report(team), today=date(2026, 4, 1))
    assert re.findall(r"^ +(\d+ \w+ 2026)  (.+)$", text, re.MULTILINE) == [
        ("1 Mar 2026", "First (date passed)"),
        ("1 Jul 2026", "Review of the plan"),
        ("1 Aug 2026", "Second (A role, under way)"),
    ]
    assert "Other actions: 1 without a date, 1 noted as ideas." in text
    assert "passed" not in picture(report(team))


def test_handling_first_and_last(model: MaturityModel) -> None:
    """The handling mark is the first and the last line, in capitals; purpose and standing are on every page."""
    marked = picture(report(evolve(team_of(model), handling="official-sensitive")))
    lines = marked.splitlines()
    assert lines[0] == lines[-1] == "OFFICIAL-SENSITIVE"
    plain = picture(report(team_of(model)))
    assert plain.splitlines()[0] == "Team"
    for text in (marked, plain):
        assert "The model is a draft." in text
        assert "not a holding-to-account tool" in " ".join(text.split())


def test_neutral_words() -> None:
    """The example, with its fall and its zeros, is told without a word that blames."""
    text = picture(report(km.example(), previous=km.example(year=1)), today=date(2030, 1, 1)).lower()
    for word in ("fail", "poor", "overdue", "behind", "worse", "bad", "declin"):
        assert not re.search(rf"\b{word}", text.replace("no authority stands behind it", ""))
    assert "1 lower" in text
    assert "down 1, re-baselined" in text


# Layout


@LAW
@given(assessments(), st.booleans(), st.sampled_from([40, 60, 100, 200]), st.sampled_from([UNICODE, PLAIN]))
def test_any_report(assessment: Assessment, beside: bool, width: int, theme: Theme) -> None:
    """Any report is drawn within its width, without a control character, and says everybody's state."""
    text = picture(report(assessment, previous=assessment if beside else None, redact=()), width=width, theme=theme)
    assert max(map(columns, text.splitlines())) <= width
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066\u2067]", text)
    assert text.count("\u2068") == text.count("\u2069")
    assert text.endswith("\n")


@LAW
@given(assessments(), st.sampled_from([60, 100]))
def test_colour_changes_nothing_else(assessment: Assessment, width: int) -> None:
    """With its colours taken away, a painted page is the plain one: colour says nothing of its own."""

    def paint(text: str, role: Role) -> str:
        return f"\x1b[{len(role)}m{text}\x1b[0m"

    given = report(assessment)
    painted = picture(given, width=width, theme=evolve(UNICODE, paint=paint))
    bare = [line.rstrip() for line in re.sub(r"\x1b\[\dm", "", painted).splitlines()]
    assert bare == picture(given, width=width).splitlines()


def test_many_levels() -> None:
    """A scale too wide for the page is told in words, figure by figure."""
    model = MaturityModel(
        id="m", version="1", title="A model", scale=[Level(n, f"L{n}") for n in range(101, 131)],
        outcomes={"o": Outcome("One outcome", subs={"s": SubOutcome("A sub-outcome")})},
    )  # fmt: skip
    team = km.new(model, unit="x", assessed=date(2026, 1, 1)).with_score("o.s", 130).with_target("o.s", 101)
    text = picture(report(team), width=60)
    assert "    now 130, target 101\n" in text
    assert "130: 1, low median: 130, lowest: 130" in " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", 3),
        ("café", 4),
        ("cafe\u0301", 4),
        ("知識", 4),
        ("שלום", 4),
        ("\u2068a\u2069", 1),
        ("\U0001f44d", 2),
        ("한글", 4),
    ],
)
def test_columns(text: str, expected: int) -> None:
    """Wide letters take two columns, accents and marks that are not seen none."""
    assert columns(text) == expected
    assert columns(pad(text, 10)) == columns(pad(text, 10, right=True)) == 10


def test_right_to_left_is_fenced() -> None:
    """Text that runs from right to left is fenced in every line that it is broken into, so figures beside it stay put."""
    text = tidy("מידע רב לכם 12")
    assert text == "\u2068מידע רב לכם 12\u2069"  # Hebrew is meant
    lines = wrap(f"{text}: 1 to 2", 8)
    assert all(line.count("\u2068") == line.count("\u2069") for line in lines)
    assert lines[-1][-1] == "2"
    assert "\u2068" not in lines[-1]
    assert tidy("plain, naïve") == "plain, naïve"


@given(texts(), st.integers(2, 40))
def test_wrap(text: str, width: int) -> None:
    """Wrapped lines fit, and hold every character but the spaces between them."""
    shown = tidy(text)
    lines = wrap(shown, width)
    assert all(columns(line) <= width for line in lines)
    assert re.sub("[ \u2068\u2069]", "", "".join(lines)) == re.sub("[ \u2068\u2069]", "", shown)
