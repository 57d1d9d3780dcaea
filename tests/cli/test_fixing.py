"""`kmmaturity check --fix` and `--diff`: what changes in files, what is told, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kmmaturity.api.fixing import fixes, write_fixed
from kmmaturity.errors import CannotWrite
from kmmaturity.files.source import BOM

Run = Callable[..., Result]

TEXT = f"""{BOM}kmmaturity: 1   # \N{BOOKS} since 2024
model: starter@1.0
unit:
  - Équipe \N{SLIGHTLY SMILING FACE}
assessed: 2026-11-24
scores:
  learning.before: {{score: "1", evidence: [Two of nine projects looked first]}}   # "1" was a spreadsheet's
  learning.afer:
    score: 2.0
    evidence: [Every project has its debrief]
    target: {{level: '3', by: 24/11/2027}}
priorities: [learnin]
plan:
  actions:
    - {{action: Ask first, status: under way, onwer: Knowledge Lead}}
"""
SAFE = TEXT.replace('score: "1"', "score: 1").replace("level: '3'", "level: 3")
UNSAFE = (
    SAFE.replace("afer", "after")
    .replace("2.0\n", "2\n")
    .replace("24/11/2027", "2027-11-24")
    .replace("[learnin]", "[learning]")
    .replace("under way", "under-way")
    .replace("onwer", "owner")
)


@pytest.fixture(params=["\n", "\r\n"], ids=["LF", "CRLF"])
def newline(request: pytest.FixtureRequest) -> str:
    """How the file ends its lines."""
    return str(request.param)


@pytest.fixture
def path(folder: Path, newline: str) -> Path:
    """A file with a slip of every kind that can be put right."""
    path = folder / "team.kmm.yaml"
    path.write_bytes(TEXT.replace("\n", newline).encode())
    return path


def test_safe(run: Run, path: Path, newline: str) -> None:
    """`--fix` takes quotation marks off numbers, keeps all else to the byte, and tells what is left."""
    result = run("check", path.name, "--fix", "--format", "concise")
    assert path.read_bytes() == SAFE.replace("\n", newline).encode()
    assert "Changed team.kmm.yaml: KMM105 looks-like-another-type (2)." in result.stderr
    assert "KMM105" not in result.stdout
    assert "KMM104" in result.stdout
    assert result.exit_code == 1


def test_unsafe(run: Run, path: Path, newline: str) -> None:
    """With `--unsafe-fixes` what was probably meant is written, too, after which nothing in the file is broken."""
    result = run("check", path.name, "--fix", "--unsafe-fixes")
    assert path.read_bytes() == UNSAFE.replace("\n", newline).encode()
    assert result.exit_code == 0
    again = run("check", path.name, "--fix", "--unsafe-fixes")
    assert "Changed" not in again.stderr
    assert path.read_bytes() == UNSAFE.replace("\n", newline).encode()


def test_diff(run: Run, path: Path, newline: str) -> None:
    """`--diff` shows the lines that `--fix` would change, changes nothing, and ends with 1 while there are any."""
    result = run("check", path.name, "--diff")
    changed = [line for line in result.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == [
        f"{sign}{line}"
        for old, new in zip(TEXT.splitlines(), SAFE.splitlines(), strict=True)
        if old != new
        for sign, line in (("-", old), ("+", new))
    ]
    assert result.exit_code == 1
    assert path.read_bytes() == TEXT.replace("\n", newline).encode()
    run("check", path.name, "--fix")
    assert (run("check", path.name, "--diff").stdout, run("check", path.name, "--diff").exit_code) == ("", 0)


def test_standard_input(run: Run) -> None:
    """What comes down a pipe can be shown as it would be, and cannot be changed."""
    assert "+  learning.before: {score: 1," in run("check", "-", "--diff", input=TEXT.encode()).stdout
    refused = run("check", "-", "--fix", input=TEXT.encode())
    assert refused.exit_code == 2
    assert "--diff shows what it would change" in refused.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--fix", "--diff"], "give one of the two"), (["--unsafe-fixes"], "goes with --fix, or with --diff")],
)
def test_what_does_not_go_together(run: Run, path: Path, options: list[str], said: str) -> None:
    """Options that do not go together are refused, and nothing is changed."""
    result = run("check", path.name, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert b'score: "1"' in path.read_bytes()


def test_summary(run: Run, path: Path) -> None:
    """The last line tells how many findings `--fix` can put right."""
    assert "`--fix` can put right: 2." in run("check", path.name).stdout
    run("check", path.name, "--fix")
    assert "--fix" not in run("check", path.name).stdout


def test_changed_meanwhile(path: Path) -> None:
    """A file that somebody saved since it was read keeps what they wrote."""
    (made,) = fixes(path)
    path.write_text("theirs", encoding="utf-8")
    with pytest.raises(CannotWrite, match="has changed since it was read"):
        write_fixed(made)
    assert path.read_text(encoding="utf-8") == "theirs"


def test_folder(run: Run, path: Path, folder: Path) -> None:
    """In a folder every file is put right, and one that nobody can read stops none of the others."""
    (folder / "a.kmm.yaml").write_bytes(b"\xff\xfe")
    (folder / "b.kmm.json").write_text('{"kmmaturity": 1, "scores": {"learning.before": {"score": "1"}}}')
    (folder / "c.kmm.yaml").write_text("kmmaturity: [")
    result = run("check", ".", "--fix", "--format", "concise")
    assert result.stderr.count("Changed ") == 2
    assert '"score": 1}' in (folder / "b.kmm.json").read_text()
    assert {"KMM002", "KMM003"} <= {line.split()[2] for line in result.stdout.splitlines()}


def test_models(run: Run, folder: Path) -> None:
    """Models are put right as assessments are."""
    model = 'kmmodel: 1\nid: own\nversion: "1.0"\ntitle: Own\nscale:\n  - {level: "0", title: None yet}\n'
    (folder / "own-1.0.kmmodel.yaml").write_text(model)
    run("check", ".", "--fix")
    assert (folder / "own-1.0.kmmodel.yaml").read_text() == model.replace('"0"', "0")


def test_neither_guesses_nor_loses(run: Run, folder: Path) -> None:
    """A misspelt field beside the right one is left alone: joining the two would make a key that stands twice."""
    both = TEXT.replace("score: 2.0", "score: 2\n    scroe: 3").lstrip(BOM)
    (folder / "both.kmm.yaml").write_bytes(both.encode())
    run("check", "both.kmm.yaml", "--fix", "--unsafe-fixes")
    written = (folder / "both.kmm.yaml").read_text(encoding="utf-8")
    assert "    score: 2\n    scroe: 3\n" in written
    assert "under-way" in written


def test_comments_in_a_folded_number(run: Run, folder: Path) -> None:
    """A number as text over several lines is left for a person: a comment stands in its first."""
    text = TEXT.replace(
        '{score: "1", evidence: [Two of nine projects looked first]}', "\n    score: >-  # why\n      1"
    )
    (folder / "folded.kmm.yaml").write_text(text, encoding="utf-8")
    run("check", "folded.kmm.yaml", "--fix")
    assert "score: >-  # why\n      1" in (folder / "folded.kmm.yaml").read_text(encoding="utf-8")


def test_hostile(run: Run, folder: Path) -> None:
    """A diff has no line that a terminal or a pipeline would obey."""
    notes = "# ::error::gotcha ##vso[task.complete]\n# \N{RIGHT-TO-LEFT OVERRIDE}evil\n"
    (folder / "x.kmm.yaml").write_text(TEXT.lstrip(BOM).replace("scores:", f"{notes}scores:"), encoding="utf-8")
    told = run("check", "x.kmm.yaml", "--diff").stdout
    assert "gotcha" in told
    assert not any(each in told for each in ("::error", "##vso", "\N{RIGHT-TO-LEFT OVERRIDE}"))


def test_two_on_one_line(run: Run, folder: Path) -> None:
    """A value below a misspelt key is put right, too, once the key is; what cannot be is told."""
    text = TEXT.replace("assessed: 2026-11-24", "asessed: 24/11/2026").replace("score: 2.0", 'scoer: "2"')
    (folder / "team.kmm.yaml").write_text(text.replace("evidence: [Every", "evidense: [{nte: Every"), encoding="utf-8")
    wrong = (folder / "team.kmm.yaml").read_text(encoding="utf-8").replace("debrief]", "debrief}]")
    (folder / "team.kmm.yaml").write_text(wrong, encoding="utf-8")
    result = run("check", "team.kmm.yaml", "--fix", "--unsafe-fixes", "--format", "concise")
    written = (folder / "team.kmm.yaml").read_text(encoding="utf-8")
    assert "assessed: 2026-11-24" in written
    assert "    score: 2\n    evidence: [{note: Every project has its debrief}]" in written
    assert "error" not in result.stdout


def test_what_cannot_be_written(run: Run, path: Path) -> None:
    """A file that may not be written keeps no other from being put right, and all that is left is told."""
    text = path.read_bytes()
    other = path.with_name("zoo.kmm.yaml")
    other.write_bytes(text)
    path.chmod(0o444)
    result = run("check", ".", "--fix", "--format", "concise")
    assert path.read_bytes() == text
    assert other.read_bytes() != text
    assert "team.kmm.yaml is read-only" in result.stderr
    assert "Changed zoo.kmm.yaml" in result.stderr
    assert "KMM104" in result.stdout
    assert result.exit_code == 1


def test_what_diff_leaves_out(run: Run, path: Path) -> None:
    """`--diff` tells of what it would change alone: reports and baselines beside it are refused."""
    for option in ("--report=json=x.json", "--write-baseline=x.json"):
        result = run("check", path.name, "--diff", option)
        assert result.exit_code == 2
        assert "leave --report, --baseline and --write-baseline out" in result.stderr
    assert not Path("x.json").exists()


def test_what_could_be(run: Run, path: Path) -> None:
    """A run says how many findings `--fix` can put right, and how many more with `--unsafe-fixes`."""
    told = run("check", path.name).stdout
    assert "`--fix` can put right: 2. With `--unsafe-fixes`, for you to look at: 6." in told
