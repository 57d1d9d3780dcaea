"""How `check` tells what it found: on standard output, in report files, in a pipeline; and the codes that it ends with."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kmmaturity.checking import FORMATS

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]

HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit: [Team]\nassessed: 2026-11-24\n"


@pytest.fixture(autouse=True)
def file(folder: Path) -> Path:
    """A file with an error."""
    path = Path("team.kmm.yaml")
    path.write_text(f"{HEAD}scores:\n  learning.before: {{score: 7}}\n", "utf-8")
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(run: Run, form: str) -> None:
    """Each format goes to standard output, and the exit code is the same in all of them."""
    result = run("check", "team.kmm.yaml", "--format", form)
    assert result.exit_code == 1
    assert "KMM202" in result.stdout
    assert ("Checked 1 file" in result.stderr) == (form == "concise")


@pytest.mark.parametrize(
    ("env", "start"),
    [
        ({}, "error KMM202 off-the-scale"),
        ({"GITHUB_ACTIONS": "true"}, "::error file=team.kmm.yaml"),
        ({"TF_BUILD": "True"}, "##vso[task.logissue type=error"),
        ({"GITLAB_CI": "true"}, "error KMM202 off-the-scale"),
        ({"GITHUB_ACTIONS": "false"}, "error KMM202 off-the-scale"),
    ],
)
def test_auto(run: Run, env: dict[str, str], start: str) -> None:
    """Unless a format is named, the pipeline that the program runs in chooses it."""
    assert run("check", "team.kmm.yaml", **env).stdout.startswith(start)
    assert run("check", "team.kmm.yaml", "--format", "concise", **env).stdout.startswith(
        "team.kmm.yaml:5:1: info KMM205"
    )


def test_reports(run: Run) -> None:
    """Reports are written as often as wanted, each in its format, in place of the last run's, beside what is told."""
    Path("junit.xml").write_text("old", "utf-8")
    words = (
        "--report",
        "sarif=out.sarif",
        "--report",
        "junit=junit.xml",
        "--report",
        "json=out.json",
        "--report",
        "json=b.json",
    )
    result = run("check", "team.kmm.yaml", *words)
    assert result.exit_code == 1
    assert result.stdout.startswith("error KMM202")
    assert json.loads(Path("out.sarif").read_bytes())["version"] == "2.1.0"
    assert Path("junit.xml").read_text("utf-8").startswith("<?xml")
    assert Path("out.json").read_bytes() == Path("b.json").read_bytes()
    assert run("check", "team.kmm.yaml", "--select", "plan", *words).exit_code == 1
    assert len(json.loads(Path("out.json").read_bytes())["findings"]) == 1


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("sarf=x", "there is no format 'sarf'. Did you mean sarif?"),
        ("x", "there is no format 'x'. There are full, concise,"),
        ("sarif", "'sarif' names no file: write it as sarif=FILE."),
        ("json=other.kmm.yaml", "other.kmm.yaml is named as an assessment or a model is: choose a name that none has."),
        ("json=m-1.kmmodel.yaml", "choose a name that none has."),
    ],
)
def test_reports_that_cannot_be(run: Run, folder: Path, report: str, told: str) -> None:
    """A report without a format or file, or in place of an assessment, is refused before anything is checked."""
    before = sorted(folder.iterdir())
    result = run("check", "team.kmm.yaml", "--report", report)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in " ".join(result.stderr.split())
    assert sorted(folder.iterdir()) == before


def test_a_report_in_place_of_what_is_checked(run: Run) -> None:
    """No report takes the place of a file that is checked, whatever that file is called."""
    text = Path("team.kmm.yaml").read_text("utf-8")
    Path("team.yaml").write_text(text, "utf-8")
    result = run("check", "team.yaml", "--report", "json=./team.yaml")
    assert result.exit_code == 2
    assert "is what is checked; name another file" in result.stderr
    assert Path("team.yaml").read_text("utf-8") == text


def test_a_report_that_cannot_be_written(run: Run) -> None:
    """A report that cannot be written is told, after the findings."""
    result = run("check", "team.kmm.yaml", "--report", "json=none/x.json")
    assert result.exit_code == 1
    assert "KMM202" in result.stdout
    assert "none/x.json cannot be written" in result.stderr.replace("\\", "/")


def test_step_summary(run: Run) -> None:
    """In a step of GitHub Actions the findings are added to its summary as a table."""
    Path("summary.md").write_text("# Before\n", "utf-8")
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "summary.md"}
    run("check", "team.kmm.yaml", **env)
    text = Path("summary.md").read_text("utf-8")
    assert text.startswith("# Before\n### kmmaturity\n\nChecked 1 file")
    assert "KMM202" in text
    run("check", "team.kmm.yaml", "--format", "json", **env)
    assert Path("summary.md").read_text("utf-8") == text
    result = run("check", "team.kmm.yaml", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY="none/x.md")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_models(run: Run) -> None:
    """`model check` tells in the same ways, with the same settings."""
    Path("m-1.kmmodel.yaml").write_text("kmmodel: 1\nid: m\n", "utf-8")
    result = run(
        "model", "check", "m-1.kmmodel.yaml", "--format", "gitlab", "--report", "junit=j.xml", "--select", "plan"
    )
    assert result.exit_code == 1
    assert {each["check_name"] for each in json.loads(result.stdout)} == {"KMM101 missing-field"}
    assert Path("j.xml").exists()


def test_standard_input(run: Run) -> None:
    """Standard input is checked and told under a name of its own."""
    text = Path("team.kmm.yaml").read_bytes()
    result = run("check", "-", "--format", "sarif", input=text)
    assert json.loads(result.stdout)["runs"][0]["artifacts"] == [{"location": {"uri": "%3Cstdin%3E"}}]


BROKEN = """
from kmmaturity.domain.findings import Severity
from kmmaturity.domain.rules import Rule
from kmmaturity.hooks import hookimpl

def judge(context):
    return 1 / 0

@hookimpl
def kmmaturity_rules():
    return [Rule(code="OUR001", name="notes-wanted", family="our", severity=Severity.INFO, summary="s", why="w",
                 remedy="Add notes.", bad=b"", good=b"", judge=judge)]
"""


@pytest.mark.parametrize("form", FORMATS)
def test_a_rule_that_does_not_work(start: Start, folder: Path, form: str) -> None:
    """A rule that stops working ends the run with 3; rule, plug-in and distribution are named, the other findings told."""
    (folder / "theirs.py").write_text(BROKEN, "utf-8")
    info = folder / "kmm_theirs-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kmm-theirs\nVersion: 1.2\n", "utf-8")
    (info / "entry_points.txt").write_text("[kmmaturity]\ntheirs = theirs\n", "utf-8")
    env = {"PYTHONPATH": str(folder), "KMMATURITY_PLUGINS": "theirs", "PYTHONUTF8": "1"}
    result = start("check", "team.kmm.yaml", "--format", form, **env)
    assert result.returncode == 3
    told = result.stdout.decode().replace("\\", "")
    for words in ("KMM202", "OUR001", "theirs (kmm-theirs 1.2)", "ZeroDivisionError"):
        assert words in told
    without = start("check", "team.kmm.yaml", "--format", form, "--ignore", "OUR001", **env)
    assert without.returncode == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("teem.kmm.yaml",), "kmmaturity: there is no file teem.kmm.yaml: did you mean team.kmm.yaml?\n"),
        (("other.kmm.yaml",), "kmmaturity: there is no file other.kmm.yaml: check the name and the folder\n"),
        (("none/team.kmm.yaml",), "kmmaturity: there is no file none/team.kmm.yaml: there is no folder none\n"),
        (
            ("empty",),
            "*.kmmodel.yaml file is in empty: name another folder, or the file itself\n",
        ),
        (("team.kmm.yaml", "empty"), "file is in empty"),
    ],
)
def test_nothing_to_read(run: Run, words: tuple[str, ...], told: str) -> None:
    """A missing file, or a folder without any, ends the run with 2 and a line that says what to do; nothing is checked."""
    Path("empty").mkdir()
    result = run("check", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
