"""Every picture stands beside the figures that it shows, and shows them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kmmaturity_report
from kmmaturity import render, report
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.report import Report
from kmmaturity.registry import Registry
from kmmaturity.testing.strategies import assessments
from markup import cells, parsed, texts
from teams import TEAMS

OURS = Registry.of(kmmaturity_report)


def page_of(given: Report) -> Element:
    """The page of a report, as a tree."""
    return parsed(render(given, "html", registry=OURS))


def words(element: Element | None) -> str:
    """The text of a cell; nothing for a cell that is not there."""
    return "" if element is None else "".join(element.itertext())


def refute_marks(page: Element, seen: Report) -> int:
    """How many pictures of scores there are; fails where one shows other figures than the cells beside it."""
    levels = {level.level for level in seen.scale}
    found = 0
    for row in page.iter("tr"):
        for picture in (each for each in row.iter("svg") if each.get("class") == "marks"):
            beside = cells(row)
            shown = {kind: texts(picture, kind) for kind in ("before", "now", "target")}
            told = {
                kind: [figure] if re.fullmatch(r"\d+", figure := words(beside.get(name))) else []
                for kind, name in (("before", "Last time"), ("now", "Now"), ("target", "Target"))
            }
            told = {kind: [each for each in figures if int(each) in levels] for kind, figures in told.items()}
            if told["before"] == told["now"]:  # the ring stands around the disc, and has its number
                assert sum(each.get("r") == "15" for each in picture.iter("circle")) == len(told["before"])
                shown["before"] = told["before"]
            assert shown == told
            found += 1
    return found


def refute_bars(page: Element) -> int:
    """How many bars there are; fails where one shows other counts than the cells beside it."""
    found = 0
    for row in page.iter("tr"):
        for picture in (each for each in row.iter("svg") if each.get("class") == "bar"):
            beside = {name: words(cell) for name, cell in cells(row).items()}
            told = {f"level-{name.split()[1]}": figure for name, figure in beside.items() if name.startswith("Level ")}
            told["unassessed"] = beside.get("Not assessed", "0")
            shown = {each.attrib["class"]: words(each) for each in picture.iter("text")}
            assert shown == {kind: figure for kind, figure in told.items() if figure != "0"}
            found += 1
    return found


def refute_steps(page: Element) -> int:
    """How many boxes the graph has; fails where its boxes or arrows differ from what the table tells."""
    boxes = [each for each in page.iter("svg") if each.get("class") == "steps"]
    table = [
        (words(row.find("th")), cells(row))
        for row in page.iter("tr")
        if row.find("td") is not None and "Waits for" in cells(row)
    ]
    told = [(title, row) for title, row in table if words(row["Waits for"]) or words(row["Opens"])]
    assert bool(boxes) is bool(told)
    for picture in boxes:
        drawn = sorted(words(each).split(", ", 1) for each in picture.iter("text") if each.get("class") == "stands")
        moves = [
            [
                f"{words(row['From'])} to {words(row['To'])}".removeprefix("Not assessed "),
                words(row["Stands"])[0].lower() + words(row["Stands"])[1:],
            ]
            for _, row in told
        ]
        assert drawn == sorted(moves)
        needs = sum(each.get("class") == "needs" for each in picture.iter("path"))
        assert needs == sum(words(row["Waits for"]).count(", level ") for _, row in told)
    return len(told)


@pytest.mark.parametrize("name", TEAMS)
def test_pictures_of_scores(name: str) -> None:
    """The marks of each sub-outcome have the numbers that stand in its row."""
    seen = TEAMS[name].report()
    assert refute_marks(page_of(seen), seen) == len(seen.rows)


@pytest.mark.parametrize("name", TEAMS)
def test_pictures_of_counts(name: str) -> None:
    """The parts of each bar have the counts that stand in its row."""
    seen = TEAMS[name].report()
    principles = len(seen.outlook.principles.groups) + 1 if seen.outlook and seen.outlook.principles else 0
    assert refute_bars(page_of(seen)) == len(seen.outcomes) + 1 + principles


@pytest.mark.parametrize("name", ["empty", "partial", "full", "two-years", "large"])
def test_picture_of_steps(name: str) -> None:
    """The boxes and arrows of the graph are the steps, and what they wait for, of the table below it."""
    assert bool(refute_steps(page_of(TEAMS[name].report()))) is (name != "empty")


def test_heat_tells_the_levels() -> None:
    """Year by year, each level stands on the tint of its place on the scale, the same in every year."""
    seen = TEAMS["large"].report()
    (table,) = [each for each in page_of(seen).iter("table") if "year by year" in words(each.find("caption"))]
    tints = {words(each): each.attrib["class"] for each in table.iter("b")}
    assert tints == {"0": "heat-0", "1": "heat-1", "2": "heat-3", "3": "heat-4"}
    assert seen.outlook is not None
    told = [
        None if (said := year.answers.get(row.sub)) is None or said.score is None else str(said.score)
        for row in seen.rows
        for year in seen.outlook.years
    ]
    shown = [
        words(figure) if (figure := cell.find("b")) is not None else None
        for row in table.iter("tr")
        for name, cell in (cells(row).items() if row.find("td") is not None else ())
        if name != "Target"
    ]
    assert shown == told
    assert len(seen.outlook.years) == 3


@given(now=assessments(), data=st.data())
def test_whatever_a_team_writes(now: Assessment, data: st.DataObject) -> None:
    """A page can be made of any assessment, closes what it opens, and its pictures say what its figures do."""
    before = data.draw(st.one_of(st.none(), assessments(model=now.model)))
    seen = report(now, previous=before)
    page = page_of(seen)
    assert refute_marks(page, seen) == len(seen.rows)
    assert refute_bars(page) > 0
    for picture in ("scores", "counts", "steps"):
        drawing = fromstring(render(seen, "svg", options={"picture": picture}, registry=OURS))  # noqa: S314  # our own
        assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
