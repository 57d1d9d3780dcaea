"""`--write-baseline` and `--baseline`: what is known of old files is not told, what is new is, and nothing is kept in vain."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import kmmaturity as km

Run = Callable[..., Result]

OLD = """kmmaturity: 1
model: starter@1.0
unit:
  - Data Team
assessed: 2026-11-24
asked: everybody
scores:
  learning.before:
    score: 7
  learning.after:
    score: 1
"""
MENDED = OLD.replace("asked: everybody\n", "").replace("score: 7", "score: 2")


@pytest.fixture
def old(folder: Path) -> Path:
    """A folder with two old files: one with mistakes, one that nobody can read."""
    (folder / "old").mkdir()
    (folder / "old" / "a.kmm.yaml").write_text(OLD, encoding="utf-8")
    (folder / "old" / "b.kmm.json").write_text('{"kmmaturity": 1,,}', encoding="utf-8")
    return folder / "old"


def codes(result: Result) -> list[str]:
    """The codes told by `--format concise`."""
    return [line.split()[2] for line in result.stdout.splitlines()]


def test_round(run: Run, old: Path) -> None:
    """What was written down is not told again, and what comes up later is."""
    assert run("check", "old").exit_code == 1
    written = run("check", "old", "--write-baseline", "known.json")
    assert written.exit_code == 0
    assert "Wrote known.json" in written.stderr
    quiet = run("check", "old", "--baseline", "known.json")
    assert quiet.exit_code == 0
    assert "nothing to say" in quiet.stdout
    assert "In the baseline: " in quiet.stdout
    (old / "a.kmm.yaml").write_text(OLD.replace("score: 1", "score: 9"), encoding="utf-8")
    assert "KMM202" in codes(run("check", "old", "--baseline", "known.json", "--format", "concise"))


def test_lines_and_folders_do_not_count(run: Run, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds where lines moved, whichever way the files are named, and from whichever folder the check is run."""
    run("check", "old", "--write-baseline", "known.json")
    (old / "a.kmm.yaml").write_text(f"# moved\n\n{OLD}", encoding="utf-8")
    for paths in (["old"], [old], [old / "b.kmm.json", "./old/a.kmm.yaml"]):
        assert run("check", *paths, "--baseline", "known.json").exit_code == 0
    monkeypatch.chdir(old)
    assert run("check", ".", "--baseline", "../known.json").exit_code == 0


def test_how_often(run: Run, folder: Path) -> None:
    """A second mistake of the same kind in the same list is told, though the first is known."""
    plan = "plan:\n  actions:\n    - {action: One, status: begun}\n"
    path = folder / "a.kmm.yaml"
    path.write_text(MENDED + plan, encoding="utf-8")
    run("check", path.name, "--write-baseline", "known.json")
    path.write_text(MENDED + plan + "    - {action: Two, status: begun}\n", encoding="utf-8")
    assert codes(run("check", path.name, "--baseline", "known.json", "--format", "concise")) == ["KMM102"]


def test_not_needed_any_more(run: Run, old: Path) -> None:
    """An entry whose finding is gone is told with its line in the baseline; writing it anew takes it away."""
    run("check", "old", "--write-baseline", "known.json")
    (old / "a.kmm.yaml").write_text(MENDED, encoding="utf-8")
    told = run("check", "old", "--baseline", "known.json", "--format", "concise")
    needless = [line for line in told.stdout.splitlines() if "KMM903" in line]
    lines = Path("known.json").read_text(encoding="utf-8").splitlines()
    assert needless
    for line in needless:
        name, number, *_ = line.split(":")
        assert name == "known.json"
        assert any(code in lines[int(number) - 1] for code in ("KMM104", "KMM202"))
        assert "KMM104" in line or "KMM202" in line
    assert told.exit_code == 0
    run("check", "old", "--write-baseline", "known.json")
    assert "KMM903" not in run("check", "old", "--baseline", "known.json").stdout


def test_one_file_of_several(run: Run, old: Path) -> None:
    """Checking one file tells nothing of entries for the others, and writing keeps them; of a file that is gone, both."""
    run("check", "old", "--write-baseline", "known.json")
    whole = json.loads(Path("known.json").read_text(encoding="utf-8"))
    assert "KMM903" not in run("check", "old/b.kmm.json", "--baseline", "known.json").stdout
    run("check", "old/b.kmm.json", "--write-baseline", "known.json")
    assert json.loads(Path("known.json").read_text(encoding="utf-8")) == whole
    (old / "a.kmm.yaml").unlink()
    assert "KMM903" in run("check", "old/b.kmm.json", "--baseline", "known.json").stdout
    run("check", "old/b.kmm.json", "--write-baseline", "known.json")
    assert list(json.loads(Path("known.json").read_text(encoding="utf-8"))["files"]) == ["old/b.kmm.json"]


def test_what_other_mistakes_hide(run: Run, old: Path) -> None:
    """Entries of a file that is more broken now, or for rules that are not looked for, are not called needless."""
    run("check", "old", "--write-baseline", "known.json")
    assert "KMM903" not in run("check", "old", "--select", "KMM301", "--baseline", "known.json").stdout
    (old / "a.kmm.yaml").write_text("kmmaturity: [", encoding="utf-8")
    told = codes(run("check", "old", "--baseline", "known.json", "--format", "concise"))
    assert told == ["KMM003"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"kmmaturity-baseline": 2, "files": {}}', '{"files": []}', "[" * 99999]
)
def test_no_baseline(run: Run, old: Path, text: str) -> None:
    """A file that is no baseline is neither believed nor replaced."""
    Path("known.json").write_text(text, encoding="utf-8")
    for option in ("--baseline", "--write-baseline"):
        result = run("check", "old", option, "known.json")
        assert result.exit_code == 2
        assert "baseline: known.json is no baseline: name" in result.stderr
    assert Path("known.json").read_text(encoding="utf-8") == text


def test_refused(run: Run, old: Path) -> None:
    """A baseline that is not there, one named as an assessment is, and both options at once are refused."""
    assert "there is no file known.json" in run("check", "old", "--baseline", "known.json").stderr
    for options in (["--write-baseline", "a.kmm.json"], ["--baseline", "x", "--write-baseline", "x"]):
        assert run("check", "old", *options).exit_code == 2


def test_library(run: Run, old: Path) -> None:
    """The library takes a baseline, too, and keeps what is known apart."""
    run("check", "old", "--write-baseline", "known.json")
    found = km.check("old", baseline="known.json")
    assert list(found) == []
    assert {each.code for each in found.known} >= {"KMM003", "KMM104"}


def test_what_is_new_in_it(run: Run, old: Path) -> None:
    """Writing a baseline again says how much of it is new, and a report never takes its place."""
    run("check", "old", "--write-baseline", "known.json")
    assert "new" not in run("check", "old", "--write-baseline", "known.json").stderr
    (old / "c.kmm.json").write_text("{}", encoding="utf-8")
    assert "of them new." in run("check", "old", "--write-baseline", "known.json").stderr
    before = Path("known.json").read_bytes()
    for reports in (["--report=json=known.json"], ["--report=json=x", "--report=sarif=x"]):
        assert run("check", "old", "--baseline", "known.json", *reports).exit_code == 2
    assert Path("known.json").read_bytes() == before
