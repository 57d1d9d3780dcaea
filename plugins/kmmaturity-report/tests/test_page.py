"""The page as a file: what it holds, what it leaves out, and that it is the same each time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

import pytest
from attrs import evolve

import kmmaturity as km
import kmmaturity_report
from kmmaturity import render
from kmmaturity.domain.agenda import agenda
from kmmaturity.domain.redaction import REDACTABLE
from kmmaturity.registry import Registry
from kmmaturity_report.pages import said, shown
from markup import parsed
from teams import TEAMS

OURS = Registry.of(kmmaturity_report)


def text(name: str, **options: object) -> str:
    """What the page of a team says, without its styles."""
    page = parsed(render(TEAMS[name].report(), "html", options=options, registry=OURS))
    body = page.find("body")
    assert body is not None
    return " ".join(" ".join(body.itertext()).split())


def rows(name: str, caption: str, **options: object) -> list[list[str]]:
    """The rows of the table with this caption, as texts."""
    page = parsed(render(TEAMS[name].report(), "html", options=options, registry=OURS))
    (table,) = [each for each in page.iter("table") if (each.findtext("caption") or "").startswith(caption)]
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")][1:]


@pytest.mark.parametrize("name", TEAMS)
def test_it_says_what_it_is_and_is_not(name: str) -> None:
    """Every report says that it is no tool for holding anyone to account, and what the model's status means."""
    seen, said = TEAMS[name].report(), text(name)
    assert said.count(seen.purpose) == 2
    assert said.count(seen.standing) == 2
    assert shown(f"Model: {seen.model.title} ({seen.model.reference}), {seen.model.status}. {seen.standing}") in said


@pytest.mark.parametrize("name", ["partial", "large"])
def test_the_mark_is_on_it(name: str) -> None:
    """The handling mark stands in the title, first and last on the page, and in the margins of each printed one."""
    seen = TEAMS[name].report()
    page = parsed(render(seen, "html", registry=OURS))
    mark = seen.marking or ""
    body = " ".join("".join(page.find("body").itertext()).split())  # type: ignore[union-attr]  # it has one
    assert page.findtext("head/title", "").startswith(f"{mark}: ")
    assert body.removeprefix("Skip to the report ").startswith(mark)
    assert body.endswith(mark)
    assert f'@top-center{{content:"{mark.replace("-", chr(92) + "2d ")}"}}' in page.findtext("head/style", "")


def test_nobody_chooses_a_mark() -> None:
    """Where the file states no handling mark, the page has none."""
    assert "OFFICIAL" not in text("two-years")
    assert 'class="marking"' not in render(TEAMS["two-years"].report(), "html", registry=OURS).decode()


def test_an_empty_assessment_says_what_could_be_done() -> None:
    """A team that begins is told what each part will hold, and nothing is counted as a level."""
    said = text("empty")
    for words in (
        "0 of 27 that apply, 0%",
        "Nothing is scored yet, so nothing stands out.",
        "None is chosen yet. One or two are enough",
        "No targets are set yet.",
        "There is no plan yet.",
        "score what applies first",
    ):
        assert words in said


def test_two_years_tell_what_became_of_targets() -> None:
    """Beside last year, a page tells what rose and fell, why a score was re-baselined, and what became of targets."""
    said = text("two-years")
    for words in (
        "Since 20 November 2025 12 higher, 1 lower, 12 the same, 1 newly scored",
        "Down 1, re-baselined. Last year we counted progress meetings.",
        "Learning as we go 2 2 1 Still ahead",
        "Putting lessons to use 0 2 1 Part of the way",
        "Thanks for sharing and re-using 1 2 1 Set aside",
    ):
        assert words in said


@pytest.mark.parametrize("name", ["two-years", "large"])
def test_what_lies_ahead_is_the_plan(name: str) -> None:
    """Targets, actions and reviews are told as they are in the file, each with its own figures and days."""
    seen = TEAMS[name].report()
    aims = [row for row in seen.rows if row.target is not None and row.target_by is not None]
    assert [row[:4] for row in rows(name, "Targets")] == [
        [
            shown(row.title),
            "Not assessed" if row.score is None else str(row.score),
            str(row.target),
            said(row.target_by),
        ]
        for row in aims
        if row.target_by
    ]
    titles = {each.outcome: each.title for each in seen.outcomes} | {row.sub: row.title for row in seen.rows}
    assert sorted(row[:5] for row in rows(name, "Actions")) == sorted(
        [
            shown(each.action),
            shown("; ".join(titles[towards] for towards in each.towards)),
            each.owner or "",
            said(each.due) if each.due else "",
            each.status.replace("-", " ").capitalize(),
        ]
        for each in seen.plan.actions
    )
    assert rows(name, "Reviews of the plan") == [
        [said(each.due), said(each.held) if each.held else "Not yet", shown(each.note or "")]
        for each in sorted(seen.plan.reviews, key=lambda review: review.due)
    ]


def test_dates_that_have_passed() -> None:
    """Seen from a later day, dates with open work have passed, and say so first; from the assessment's own, none has."""
    own, later = TEAMS["two-years"].assessment.assessed, date(2027, 6, 1)
    assert {len(row) for row in rows("two-years", "Dates, as they stand on 24 November 2026")} == {3}
    seen = agenda(TEAMS["two-years"].report(), today=later)
    assert seen.passed
    assert [(row[0], row[3]) for row in rows("two-years", "Dates, as they stand on 1 June 2027", today=later)] == [
        *((said(entry.day), "Date passed") for entry in seen.passed),
        *((said(entry.day), "Ahead") for entry in seen.ahead),
    ]
    assert [row[0] for row in rows("two-years", "Dates")] == [
        said(entry.day) for entry in agenda(TEAMS["two-years"].report(), today=own).ahead
    ]


@pytest.mark.parametrize("part", REDACTABLE)
def test_what_is_left_out_stays_out(part: str) -> None:
    """Of a part that is redacted no word is in the page or in a picture, and the page says that it is left out."""
    team = TEAMS["two-years"].assessment
    actions = [evolve(each, owner=f"Keeper {number}") for number, each in enumerate(team.plan.actions)]
    team = evolve(team, plan=evolve(team.plan, actions=actions))
    told: Mapping[str, list[str | None]] = {
        "contact": [team.contact],
        "evidence": [each.note for answer in team.scores.values() for each in answer.evidence],
        "notes": [team.notes, *(each.rebaselined for each in team.scores.values())],
        "owner": [each.owner for each in team.plan.actions],
    }
    wanted = {" ".join(each.split()) for each in told[part] if each}
    assert wanted
    shown = km.report(team, previous=TEAMS["two-years"].previous, redact=(part,))
    full = km.report(team, previous=TEAMS["two-years"].previous, redact=())
    for kind in ("html", "svg"):
        said = " ".join(parsed(render(shown, kind, registry=OURS)).itertext())
        assert not [each for each in wanted if each in " ".join(said.split())]
    assert f"Left out {part.title()}" in " ".join(
        " ".join(parsed(render(shown, "html", registry=OURS)).itertext()).split()
    )
    whole = " ".join(" ".join(parsed(render(full, "html", registry=OURS)).itertext()).split())
    assert [each for each in wanted if each in whole]


@pytest.mark.parametrize("name", TEAMS)
def test_the_same_each_time(name: str) -> None:
    """The same report gives the same bytes."""
    for kind in ("html", "svg"):
        assert render(TEAMS[name].report(), kind, registry=OURS) == render(TEAMS[name].report(), kind, registry=OURS)


def test_the_same_in_every_process() -> None:
    """Nothing in a page hangs on the order of a set, the clock or the process."""
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "from teams import TEAMS; from kmmaturity_report.report import render\n"
        "print(hashlib.sha256(render(TEAMS['large'].report())).hexdigest())"
    )
    here = os.path.dirname(__file__)  # noqa: PTH120
    found = {
        subprocess.run(
            [sys.executable, "-c", code, here],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland"))
    }
    assert found == {sha256(render(TEAMS["large"].report(), "html", registry=OURS)).hexdigest()}


def test_it_is_small() -> None:
    """A page with forty sub-outcomes, long texts, evidence, a plan and three years is smaller than 150 KB."""
    seen = TEAMS["large"].report()
    assert len(seen.rows) == 40
    assert len(render(seen, "html", registry=OURS)) < 150_000
