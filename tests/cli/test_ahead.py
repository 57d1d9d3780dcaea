"""Looking ahead from the command line: suggest, case, roadmap and the graph."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result

import kmmaturity as km

Run = Callable[..., Result]


CIRCLE = """\
kmmodel: 1
id: circle
version: "1"
title: A circle
scale: [{level: 0, title: None yet}, {level: 1, title: Some}]
outcomes:
  a:
    title: A
    subs:
      x: {title: X, levels: {1: Some}, requires: [{level: 1, needs: a.y, at: 1}]}
      y: {title: Y, levels: {1: Some}, requires: [{level: 1, needs: a.x, at: 1}]}
"""


def test_suggest(run: Run, team: Path) -> None:
    """Next steps inside the priorities are told with their places, equal ones marked, and what waits is counted."""
    result = run("suggest", team)
    assert result.exit_code == 0
    assert "1=  Capturing what is worth keeping (assets.capture): 1 to 2" in result.stdout
    assert "Steps marked = are equal. 2 steps more wait." in result.stdout


def test_why(run: Run, team: Path) -> None:
    """With --why, reasons, measures and the shortest way to what waits are told."""
    told = " ".join(run("suggest", team, "--why").stdout.split())
    assert "It opens level 2 of assets.reuse." in told
    assert "- We decide what not to capture, and say so" in told
    assert "assets.reuse: 1 to 2 waits for level 2 of assets.capture. The shortest way: assets.capture to 2" in told


def test_json(run: Run, team: Path) -> None:
    """With --json, a program gets the same as data, reasons in words among them."""
    data = json.loads(run("suggest", team, "--json").stdout)
    first = data["found"][0]["steps"][0]
    assert (first["sub"], first["place"], first["equal"]) == ("assets.capture", 1, ["capability.facilitators"])
    assert "It opens level 2 of assets.reuse." in first["why"]
    assert {each["sub"] for each in data["blocked"]} == {"assets.reuse", "capability.training"}
    assert data["assessed"] == "2026-11-24"


def test_assume(run: Run, team: Path) -> None:
    """With --assume, a what-if is told as one, and the file is as it was."""
    before = team.read_bytes()
    result = run("suggest", team, "--assume", "assets.capture=2")
    assert "What if assets.capture were at 2" in result.stdout
    assert "(assets.reuse): 1 to 2" in result.stdout
    assert team.read_bytes() == before


@pytest.mark.parametrize(
    ("assumed", "words"),
    [
        ("assets.capture", "write it as learning.before=2"),
        ("assets.capture=high", "write it as learning.before=2"),
        ("assets.captur=2", "did you mean assets.capture?"),
        ("assets.capture=9", "assets.capture is scored at 0, 1, 2 or 3, not 9"),
    ],
)
def test_assume_nonsense(run: Run, team: Path, assumed: str, words: str) -> None:
    """An assumption that names nothing, or a level off the scale, is told with the remedy."""
    result = run("suggest", team, "--assume", assumed)
    assert result.exit_code in (1, 2)
    assert words in " ".join(result.stderr.split())


def test_write_changes_nothing_else(run: Run, team: Path) -> None:
    """With --write, each line that the file had is there still, in its order, and the additions are what was suggested."""
    before = team.read_text("utf-8")
    result = run("suggest", team, "--write", "--today", "2026-12-01")
    assert result.exit_code == 0, result.stderr
    after = iter(team.read_text("utf-8").splitlines())
    assert all(line in after for line in before.splitlines())
    ideas = {each.id for each in km.load(team).plan.actions} - {each.id for each in km.example().plan.actions}
    assert {"capture-points", "first-facilitators"} <= ideas
    assert run("check", team).exit_code == 0


def test_write_on_a_file_with_no_plan(run: Run, folder: Path) -> None:
    """Targets, ideas and reviews are added below what people wrote, comments and odd spacing kept."""
    path = Path("team.kmm.yaml")
    text = (
        "# ours\nkmmaturity: 1\nmodel: starter@1.0\nunit: [A team]   # largest first\nassessed: 2026-11-24\n\n"
        "scores:\n  assets.capture: {score: 1}\n  learning.before:\n    score: 0   # for now\n"
    )
    path.write_text(text, "utf-8")
    result = run("suggest", path, "--write", "--take", "learning.before", "--today", "2026-12-01")
    assert result.exit_code == 0, result.stderr
    assert "added 1 target, " in result.stderr
    after = path.read_text("utf-8")
    assert after.startswith(text)
    loaded = km.load(path)
    assert loaded.answer("learning.before").target is not None
    assert loaded.answer("assets.capture").target is None
    assert [review.due.isoformat() for review in loaded.plan.reviews] == ["2027-06-01", "2027-12-01"]
    again = run("suggest", path, "--write", "--take", "learning.before", "--today", "2026-12-01")
    assert "Nothing to add" in again.stderr
    assert path.read_text("utf-8") == after


@pytest.mark.parametrize(
    "words",
    [
        ["--write", "--assume", "assets.capture=2"],
        ["--write", "--json"],
        ["--take", "assets.capture"],
        ["--limit", "0"],
    ],
)
def test_suggest_options_that_do_not_go_together(run: Run, team: Path, words: list[str]) -> None:
    """Options that exclude each other are refused, and nothing is written."""
    before = team.read_bytes()
    assert run("suggest", team, *words).exit_code == 2
    assert team.read_bytes() == before


def test_nothing_scored(run: Run, folder: Path) -> None:
    """A new file gets sentences, not an error: what to score first, and that no benefit is rated."""
    assert run("new", "team.kmm.yaml", "--unit", "A team", "--assessed", "2026-11-24").exit_code == 0
    result = run("suggest", "team.kmm.yaml")
    assert result.exit_code == 0
    assert "Nothing in the file is scored yet" in result.stdout
    assert "Score these first" in result.stdout
    assert run("suggest", "team.kmm.yaml", "--write").stderr.endswith("Nothing to add to team.kmm.yaml.\n")
    assert "Nothing is scored yet" in run("roadmap", "team.kmm.yaml").stdout


def test_other_models(run: Run, model: Path) -> None:
    """Models unlike the starter, without a prerequisite, get suggestions and a roadmap that say what these rest on."""
    assert run("new", "team.kmm.yaml", "--model", model, "--unit", "A team").exit_code == 0
    for sub in km.load_model(model).subs:
        lowest = km.load_model(model).lowest
        assert run("set", "team.kmm.yaml", sub, lowest).exit_code == 0
    assert "benefit, gaps and targets only" in " ".join(run("suggest", "team.kmm.yaml").stdout.split())
    assert "the order rests on benefit and targets only" in " ".join(run("roadmap", "team.kmm.yaml").stdout.split())


def test_case(run: Run, team: Path) -> None:
    """A case is gathered over the years that the files name, for the next level unless another is given."""
    told = " ".join(run("case", team, "culture.development-talks").stdout.split())
    assert "The case for level 2" in told
    assert "20 Nov 2025" in told
    assert "What came of it: An open question led to a shadowing week" in told
    assert run("case", team, "culture.development-talks", 3).stdout.count("The case for level 3") == 1


def test_case_json(run: Run, team: Path) -> None:
    """As JSON, evidence, effects and what is missing are data."""
    data = json.loads(run("case", team, "culture.development-talks", "--json").stdout)
    assert data["level"] == 2
    assert data["support"][0]["years"][1]["evidence"][0]["effect"].startswith("An open question")


def test_case_with_earlier_files(run: Run, team: Path) -> None:
    """Earlier files may be named, and the ones that files name are then left alone."""
    first = team.parent / "example-1.kmm.yaml"
    result = run("case", team, "assets.capture", 2, "--earlier", first)
    assert result.exit_code == 0
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["communities.social"], "at its highest level, 3"),
        (["leadership.sponsorship"], "not applicable, so it has no next level"),
        (["culture"], "culture"),
        (["assets.capture", 1], "at level 1 already"),
    ],
)
def test_case_that_cannot_be_made(run: Run, team: Path, words: list[object], said: str) -> None:
    """A case that cannot be made says why."""
    result = run("case", team, *words)
    assert result.exit_code in (1, 2)
    assert said in result.stderr


def test_files_that_name_each_other(run: Run, team: Path) -> None:
    """Two files that each name the other as the year before are each read once."""
    first = team.parent / "example-1.kmm.yaml"
    text = first.read_text("utf-8")
    first.write_text(text.replace("scope: team\n", "scope: team\nprevious: example-2.kmm.yaml\n", 1), "utf-8")
    told = run("case", team, "assets.capture", 2)
    assert told.exit_code == 0
    assert told.stdout.count("20 Nov 2025") == told.stdout.count("24 Nov 2026") - 1


def test_roadmap(run: Run, team: Path) -> None:
    """A roadmap is an illustration, year by year, with what is out of reach."""
    result = run("roadmap", team)
    assert result.exit_code == 0
    assert "An illustration" in result.stdout
    assert "Year 3, to 24 Nov 2029" in result.stdout
    assert "Out of reach within these limits" in result.stdout


def test_roadmap_exact_as_json(run: Run, team: Path) -> None:
    """The exact one says that it is proved; as JSON, it is an illustration too."""
    pytest.importorskip("highspy")
    data = json.loads(run("roadmap", team, "--exact", "--json", "--by", "sub-outcome", "--no-steps").stdout)
    assert data["proved"] is True
    assert data["gap"] == 0
    assert "An illustration" in data["illustration"]
    assert all(len(year["priorities"]) <= 2 for year in data["years"])


@pytest.mark.parametrize("words", [["--years", "0"], ["--per-year", "0"], ["--steps", "-1"], ["--years", "999"]])
def test_roadmap_that_makes_no_sense(run: Run, team: Path, words: list[str]) -> None:
    """A horizon of 0, no priorities and no steps are refused in a sentence."""
    result = run("roadmap", team, *words)
    assert result.exit_code == 1
    assert ": pass " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_target_on_an_unknown_outcome(run: Run, team: Path) -> None:
    """An answer and a priority that the model lacks are passed over with a note, and the rest is told."""
    text = team.read_text("utf-8").replace("scores:\n", "scores:\n  gone.away: {score: 1, target: 2}\n", 1)
    team.write_text(text.replace("priorities:\n", "priorities:\n  - gone\n", 1), "utf-8")
    for command in (["suggest", team], ["roadmap", team], ["case", team, "assets.capture"]):
        result = run(*command)
        assert result.exit_code == 0, result.stderr
        assert "does not ask for gone.away" in result.stderr


def test_a_circle(run: Run, folder: Path) -> None:
    """A model with a circle of requirements is refused with its path, whoever asks."""
    Path("circle.kmmodel.yaml").write_text(CIRCLE, "utf-8")
    Path("team.kmm.yaml").write_text(
        "kmmaturity: 1\nmodel: circle@1\nunit: [A team]\nassessed: 2026-11-24\nscores: {a.x: {score: 0}}\n", "utf-8"
    )
    for command in (
        ["suggest", "team.kmm.yaml"],
        ["roadmap", "team.kmm.yaml"],
        ["model", "graph", "circle.kmmodel.yaml"],
    ):
        result = run(*command)
        assert result.exit_code == 1
        assert "Traceback" not in result.stderr
        assert "circle.kmmodel.yaml" in result.stderr


def test_hostile_text(run: Run, team: Path) -> None:
    """Text from a file that holds terminal codes is shown, not obeyed."""
    text = team.read_text("utf-8").replace(
        "    score: 1\n    evidence:\n",
        '    score: 1\n    evidence:\n      - {note: "a\\e[31mb", effect: "c\\e]0;d"}\n',
    )
    team.write_text(text, "utf-8")
    for command in (
        ["suggest", team, "--why"],
        ["suggest", team, "--json"],
        ["case", team, "culture.development-talks"],
    ):
        result = run(*command)
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout


def test_graph_with_a_team(run: Run, team: Path) -> None:
    """As text, each link says where the team stands, and what could begin and what waits is listed."""
    told = " ".join(run("model", "graph", "--for", team).stdout.split())
    assert "level 2 (waits) needs level 1 of capability.facilitators (could begin)" in told
    assert "Could begin now" in told
    assert "assets.reuse level 2, for level 2 of assets.capture" in told


@pytest.mark.parametrize("format", ["mermaid", "dot", "svg"])
def test_graph_formats(run: Run, team: Path, format: str) -> None:
    """Each format is written to standard output, of a model alone and with a team."""
    alone = run("model", "graph", "--format", format)
    with_team = run("model", "graph", "--for", team, "--format", format)
    assert alone.exit_code == with_team.exit_code == 0
    assert "could begin" not in alone.stdout
    assert "could begin" in with_team.stdout
    if format == "svg":
        ET.fromstring(with_team.stdout)  # noqa: S314  # our own document


def test_calendar(run: Run, team: Path) -> None:
    """The plan's dates are exported by the ending .ics."""
    pytest.importorskip("icalendar")
    assert run("export", team, "--to", "plan.ics").exit_code == 0
    assert Path("plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
