"""Drawings of a graph: the same boxes and lines in each, and where a team stands told without colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.builtin.diagrams import FORMATS, diagram
from kmmaturity.domain.model import Level, MaturityModel, Outcome, Requirement, SubOutcome

HOSTILE = '"]; x <script>alert(1)</script> & \x1b[31m\ufffe `%%{init}%%`\n::set-output \\'


@pytest.fixture
def hostile() -> MaturityModel:
    """A model whose titles try to be something else."""
    edge = Requirement(1, "a.x", 1)
    subs = {"x": SubOutcome(HOSTILE), "y": SubOutcome(HOSTILE, requires=[edge], supports=[Requirement(1, "gone", 1)])}
    return MaturityModel("m", "1", HOSTILE, [Level(0, "None"), Level(1, "Some")], {"a": Outcome(HOSTILE, subs=subs)})


def test_each_level_and_edge_is_drawn() -> None:
    """Every level above the lowest is a box, and every edge between two of them a line, in each format."""
    model = km.load_model("starter")
    drawn = diagram(model)
    assert len(drawn.boxes) == sum(len(model.levels_of(sub)) - 1 for sub in model.subs)
    stated = [edge for sub in model.subs.values() for edge in (*sub.requires, *sub.supports)]
    assert sum(line.kind != "below" for line in drawn.lines) == len(stated)
    mermaid, dot, svg = (FORMATS[name](drawn) for name in ("mermaid", "dot", "svg"))
    assert len(re.findall(r"(?m)^  n\d+ (?:---|==>|-\.->) n\d+$", mermaid)) == len(drawn.lines)
    assert len(re.findall(r"(?m)^  n\d+ -> n\d+ \[", dot)) == len(drawn.lines)
    assert len(re.findall(r'<path d="M\d+ \d+C', svg)) == len(drawn.lines)


@pytest.mark.parametrize(
    ("format", "free", "blocked"),
    [
        ("mermaid", r'n\d+\(\[".*: level \d, could begin"\]\)', r'n\d+\{\{".*: level \d, waits"\}\}'),
        ("dot", r"could begin\" peripheries=2", r"waits\" style=dashed"),
        (
            "svg",
            r'stroke-width="3"/>\n<text[^>]*>level \d, could begin<',
            r'dasharray="5 3"/>\n<text[^>]*>level \d, waits<',
        ),
    ],
)
def test_where_a_team_stands(format: str, free: str, blocked: str) -> None:
    """What could begin and what waits have words and borders of their own, as often as the graph says."""
    team = km.example()
    told = FORMATS[format](diagram(team.model, team))
    found = km.suggest(evolve(team, priorities=(), benefit={}), limit=99)
    assert len(re.findall(free, told)) == len(found.steps)
    assert len(re.findall(blocked, told)) == len(found.blocked) == 2


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_titles(format: str, hostile: MaturityModel) -> None:
    """Titles that hold markup, escapes or controls are shown as text, on their own line."""
    told = FORMATS[format](diagram(hostile))
    assert "\x1b" not in told
    assert "\ufffe" not in told
    assert not re.search(r"(?m)^::", told)
    if format != "dot":
        assert "<script" not in told
    if format == "dot":
        assert all(line.count('"') % 2 == 0 for line in re.sub(r"\\.", "", told).splitlines())


def test_svg_is_a_still_picture(hostile: MaturityModel) -> None:
    """The SVG is well-formed XML with a title, without a script or anything from outside."""
    told = FORMATS["svg"](diagram(hostile))
    root = ET.fromstring(told)  # noqa: S314  # our own document
    names = {element.tag.partition("}")[2] for element in root.iter()}
    assert "title" in names
    assert not names & {"script", "image", "foreignObject", "use", "a"}
    assert "href" not in told


@pytest.mark.parametrize("format", FORMATS)
def test_marked(format: str) -> None:
    """A drawing of where a team stands carries its handling marking."""
    team = evolve(km.example(), handling="official-sensitive")
    told = FORMATS[format](diagram(team.model, team))
    assert "OFFICIAL-SENSITIVE" in told


def test_without_edges_or_levels() -> None:
    """A model with one level, and one without sub-outcomes, is drawn all the same."""
    one = MaturityModel("m", "1", "One", [Level(0, "Here")], {"a": Outcome("A", subs={"x": SubOutcome("X")})})
    for format in FORMATS.values():
        assert format(diagram(one))
        assert format(diagram(evolve(one, outcomes={})))
