"""Every picture stands beside the figures that it shows, and shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

import kmmaturity_report
from kmmaturity import render, report
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.report import Report
from kmmaturity.registry import Registry
from kmmaturity.testing.strategies import assessments, linked
from kmmaturity_report.pages import shown
from markup import cells, parsed, texts
from teams import TEAMS

OURS = Registry.of(kmmaturity_report)
STEP = re.compile(r"(?:^|; )(.*?), level (\d+)(?=; |$)")  # one of those that a cell lists


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


@frozen
class Box:
    """A box of the graph: what it says, and where it stands."""

    title: str
    moves: str
    stands: str
    target: bool
    left: int
    right: int
    middle: int


def boxes_of(picture: Element) -> list[Box]:
    """The boxes of a graph. Each is a frame and, up to the next one, what is written in it and nowhere else."""
    frames: list[tuple[Element, list[Element]]] = []
    for each in picture:
        if each.tag == "rect":
            frames.append((each, []))
        elif each.tag == "text":
            frames[-1][1].append(each)
    found = []
    for frame, written in frames:
        x, y, wide, high = (int(frame.attrib[name]) for name in ("x", "y", "width", "height"))
        assert all(x < int(each.attrib["x"]) and y < int(each.attrib["y"]) < y + high for each in written)
        title = "".join(words(each) for each in written if each.get("font-weight") == "700")
        (told,) = (words(each) for each in written if each.get("class") == "stands")
        moves, stands = told.split(", ", 1)
        target = any(words(each) == "target" for each in written)
        found.append(Box(title, moves, stands, target, x, x + wide, y + high // 2))
    return found


def arrows_of(picture: Element, boxes: list[Box]) -> Iterator[tuple[Box, Box]]:
    """The arrows of a graph, each by the boxes that it leads from and to."""
    for each in picture.iter("path"):
        if each.get("class") == "needs":
            x, y, *_, to_x, to_y = (int(number) for number in re.findall(r"\d+", each.attrib["d"]))
            (start,) = (box for box in boxes if (box.right, box.middle) == (x - 2, y))
            (end,) = (box for box in boxes if (box.left, box.middle) == (to_x + 9, to_y))
            yield start, end


def squeezed(*told: str) -> list[str]:
    """Texts without their spaces: a picture breaks lines where it has to."""
    return ["".join(each.split()) for each in told]


def alike(drawn: list[list[str]], told: list[list[str]]) -> bool:
    """Whether a picture says what a table tells, in whatever order, and but for the ends of titles that it cuts."""
    pairs = zip(sorted(drawn), sorted(told), strict=True)
    return all(
        one == other or (one.endswith("…") and other.startswith(one[:-1]))
        for pair in pairs
        for one, other in zip(*pair, strict=True)
    )


def refute_steps(page: Element) -> int:
    """How many boxes the graph has; fails where its boxes or arrows differ from what the table tells."""
    pictures = [each for each in page.iter("svg") if each.get("class") == "steps"]
    boxes, waits, opens = [], [], []
    for row in page.iter("tr"):
        beside = {name: words(cell) for name, cell in cells(row).items()}
        if not {"From", "To", "Stands"} <= beside.keys() or not beside.get("Waits for", "") + beside.get("Opens", ""):
            continue
        name = words(row.find("th"))
        title = name.removesuffix(" Target")
        moves = f"{beside['From']} to {beside['To']}".removeprefix("Not assessed ")
        boxes.append(squeezed(title, moves, beside["Stands"].lower(), str(title != name)))
        waits += [squeezed(title, beside["To"], *each) for each in STEP.findall(beside.get("Waits for", ""))]
        opens += [squeezed(*each, title, beside["To"]) for each in STEP.findall(beside.get("Opens", ""))]
    assert len(pictures) == bool(boxes)
    for picture in pictures:
        found = boxes_of(picture)
        assert alike([squeezed(each.title, each.moves, each.stands, str(each.target)) for each in found], boxes)
        arrows = [
            squeezed(end.title, end.moves[-1], start.title, start.moves[-1]) for start, end in arrows_of(picture, found)
        ]
        assert alike(arrows, waits)
        assert alike(arrows, opens)
    return len(boxes)


@pytest.mark.parametrize("name", TEAMS)
def test_pictures_of_scores(name: str) -> None:
    """The marks of each sub-outcome have the numbers that stand in its row."""
    seen = TEAMS[name].report()
    assert refute_marks(page_of(seen), seen) == len(seen.rows)


@pytest.mark.parametrize("name", TEAMS)
def test_pictures_of_counts(name: str) -> None:
    """The parts of each bar have the counts that stand in its row."""
    seen = TEAMS[name].report()
    principles = len(seen.outlook.principles.groups) + 1 if seen.outlook.principles else 0
    assert refute_bars(page_of(seen)) == len(seen.outcomes) + 1 + principles


@pytest.mark.parametrize("name", ["empty", "partial", "full", "two-years", "large"])
def test_picture_of_steps(name: str) -> None:
    """The boxes and arrows of the graph are the steps, and what they wait for, of the table below it."""
    assert bool(refute_steps(page_of(TEAMS[name].report()))) is (name != "empty")


def drawing(seen: Report, picture: str) -> tuple[str, list[tuple[str, str]]]:
    """A picture as a file: its description, and the numbers in it with what each stands for."""
    drawn = fromstring(render(seen, "svg", options={"picture": picture}, registry=OURS))  # noqa: S314  # our own
    space = "{http://www.w3.org/2000/svg}"
    assert drawn.tag == f"{space}svg"
    numbers = [(each.attrib["class"], words(each)) for each in drawn.iter(f"{space}text") if each.get("class")]
    return drawn.findtext(f"{space}desc", ""), numbers


@pytest.mark.parametrize("name", ["empty", "partial", "full", "two-years", "large"])
def test_scores_as_a_file(name: str) -> None:
    """The picture of scores has those of the report, in its order, and its description says them too."""
    seen = TEAMS[name].report()
    told, numbers = drawing(seen, "scores")
    wanted = [
        (what, str(level))
        for row in seen.rows
        for what, level in (
            ("before", None if row.previous == row.score else row.previous),
            ("now", row.score),
            ("target", row.target),
        )
        if level is not None
    ]
    assert numbers[len(numbers) - len(wanted) :] == wanted
    in_key = {"now"} | {"before" for row in seen.rows if row.previous is not None}
    in_key |= {"target" for row in seen.rows if row.target is not None}
    assert sorted(what for what, _ in numbers[: len(numbers) - len(wanted)]) == sorted(in_key)
    for row in seen.rows:
        parts = {"last time": row.previous, "now": row.score, "target": row.target}
        said = ", ".join(f"{what} {level}" for what, level in parts.items() if level is not None)
        assert shown(f"{row.title}: {said or row.state.replace('-', ' ')}.") in told


@pytest.mark.parametrize("name", ["empty", "partial", "full", "two-years", "large"])
def test_counts_as_a_file(name: str) -> None:
    """The picture of counts has those of the report, and its description says them too."""
    seen = TEAMS[name].report()
    told, numbers = drawing(seen, "counts")
    wanted = []
    for title, tally in [
        *((each.title, each.tally) for each in seen.outcomes),
        ("All sub-outcomes", seen.profile.whole),
    ]:
        parts = [(f"level-{level}", f"at level {level}", count) for level, count in sorted(tally.counts.items())]
        parts = [each for each in (*parts, ("unassessed", "not assessed", tally.unassessed)) if each[-1]]
        wanted += [(what, str(count)) for what, _, count in parts]
        assert shown(f"{title}: {', '.join(f'{count} {words}' for _, words, count in parts)}.") in told
    assert numbers == wanted
    drawn = fromstring(render(seen, "svg", options={"picture": "counts"}, registry=OURS))  # noqa: S314  # our own
    keys = "".join(drawn.itertext()).split(told)[1]
    assert all(shown(f"{level.level} {level.title}") in keys for level in seen.scale)
    assert ("Not assessed" in keys) is bool(seen.profile.whole.unassessed)


def test_heat_tells_the_levels() -> None:
    """Year by year, each level stands on the tint of its place on the scale, the same in every year."""
    seen = TEAMS["large"].report()
    (table,) = [each for each in page_of(seen).iter("table") if "year by year" in words(each.find("caption"))]
    tints = {words(each): each.attrib["class"] for each in table.iter("b")}
    assert tints == {"0": "heat-0", "1": "heat-1", "2": "heat-3", "3": "heat-4"}
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


@given(team=linked())
def test_whatever_rests_on_what(team: Assessment) -> None:
    """However the levels of a model need one another, the graph and its table say the same."""
    refute_steps(page_of(report(team)))
