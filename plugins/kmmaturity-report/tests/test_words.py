"""What the page says in words is what the report holds."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

import kmmaturity_report
from kmmaturity import render
from kmmaturity.domain.report import Report
from kmmaturity.domain.rounding import percent
from kmmaturity.registry import Registry
from kmmaturity_report.pages import said, shown
from markup import parsed
from teams import TEAMS

OURS = Registry.of(kmmaturity_report)
SCORED = ["partial", "full", "two-years", "large"]


def words(element: Element) -> str:
    """What an element says, on one line."""
    return " ".join("".join(element.itertext()).split())


def section(name: str, of: str) -> tuple[Report, Element]:
    """A team's report, and the section of its page that has this id."""
    seen = TEAMS[name].report()
    page = parsed(render(seen, "html", registry=OURS))
    (found,) = [each for each in page.iter("section") if each.get("aria-labelledby") == of]
    return seen, found


def beside(part: Element) -> list[tuple[str, list[str]]]:
    """The terms of a section's lists, each with what stands beside it."""
    groups = [each for listed in part.iter("dl") for each in listed.findall("div")]
    return [(words(each.find("dt")), list(map(words, each.findall("dd")))) for each in groups]  # type: ignore[arg-type]  # each has one


@pytest.mark.parametrize("name", SCORED)
def test_at_a_glance(name: str) -> None:
    """First of all stand coverage, the lowest level and the low median, with what the scale calls them."""
    seen, part = section(name, "glance")
    whole = seen.profile.whole
    titles = {level.level: shown(level.title) for level in seen.scale}
    assert whole.coverage is not None
    assert whole.lowest is not None
    assert whole.median is not None
    assert beside(part)[:3] == [
        ("Scored", [f"{whole.scored} of {whole.applicable} that apply, {percent(whole.coverage)}%"]),
        ("Lowest level", [f"{whole.lowest} {titles[whole.lowest]}"]),
        ("Low median", [f"{whole.median} {titles[whole.median]}"]),
    ]


@pytest.mark.parametrize("name", SCORED)
def test_what_stands_out(name: str) -> None:
    """Strengths and weaknesses are the unit's own, each under its heading, and what is not assessed is named."""
    seen, part = section(name, "stands-out")
    titles = {row.sub: shown(row.title) for row in seen.rows}
    told = [list(map(words, each.findall("li"))) for each in part.iter("ul")]
    wanted = [[titles[sub] for sub in subs] for subs in (seen.profile.strengths, seen.profile.weaknesses)]
    waiting = [shown(row.title) for row in seen.rows if row.state == "not-assessed"]
    assert told == [*wanted, waiting][: 2 + bool(waiting)]


@pytest.mark.parametrize("name", ["two-years", "large"])
def test_where_improving_helps_most(name: str) -> None:
    """Each rating stands under its own word, with its reason, for a whole outcome once."""
    seen, part = section(name, "priorities")
    told = dict(beside(part))
    for outcome in seen.outcomes:
        rows = [row for row in seen.rows if row.outcome == outcome.outcome]
        whole = len({row.benefit for row in rows}) == 1
        for row in rows[:1] if whole else rows:
            if row.benefit:
                title = outcome.title if whole else row.title
                because = f": {row.benefit.because}" if row.benefit.because else ""
                assert shown(title + because) in told[row.benefit.rate.replace("-", " ").capitalize()]
        if outcome.priority and outcome.because:
            assert shown(outcome.because) in words(part)


@pytest.mark.parametrize("name", ["two-years", "large"])
def test_what_could_come_next(name: str) -> None:
    """Each step that is suggested is told with its place, its levels and what the next one means."""
    seen, part = section(name, "next")
    assert seen.outlook.suggestions is not None
    steps = seen.outlook.suggestions.steps
    (listed,) = part.iter("ol")
    assert steps
    assert [(each.get("value"), list(map(words, each.findall("p")))[:2]) for each in listed] == [
        (str(step.place), [f"{shown(step.title)}, from {step.score} to {step.level}", shown(step.means or "")])
        for step in steps
    ]


@pytest.mark.parametrize("name", SCORED)
def test_evidence_beside_its_level(name: str) -> None:
    """What shows a score stands beside the wording of the level that it is to show, with all that was noted of it."""
    seen, part = section(name, "evidence")
    titles = {level.level: level.title for level in seen.scale}
    wanted = []
    for row in seen.rows:
        level = f"Level {row.score}, {titles[row.score]}" if row.score is not None else ""
        told = [shown(f"{level}: {row.means}" if row.means else level)] if level else []
        for each in row.evidence:
            parts = [each.note]
            parts += [f"In place of: {each.alternative}"] if each.alternative else []
            parts += [f"What came of it: {each.effect}"] if each.effect else []
            parts += [", ".join([*([said(each.dated)] if each.dated else []), *([each.ref] if each.ref else [])])]
            told.append(shown(" ".join(parts)))
        if row.evidence or row.means:
            wanted.append((shown(row.title), told))
    assert beside(part) == wanted
