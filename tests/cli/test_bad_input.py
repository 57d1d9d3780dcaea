"""Whatever is wrong with a file, every command says what and where and how to mend it, exits 1 and writes nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

HEAD = b"kmmaturity: 1\nmodel: starter@1.0\nunit:\n  - A team\nassessed: 2026-11-24\n"


def answer(text: str) -> bytes:
    """A small file with one answer, on line 7."""
    return HEAD + f"scores:\n  learning.before: {text}\n".encode()


ALIASES = HEAD + b"notes: &a [x,x,x,x]\nscores: [*a,*a,*a,*a]\n"

# What is in the file, the code that it is found under, the line, and a word of the remedy.
BAD = {
    "empty": (b"", "KMM001", 1, "kmmaturity new"),
    "binary": (b"PK\x03\x04\x00\x00\x08\xff\xfe\x00" * 9, "KMM002", 1, "UTF-8"),
    "latin-1": (HEAD + b"notes: Caf\xe9\n", "KMM002", 6, "Save the file again as UTF-8"),
    "utf-16": ("\ufeffkmmaturity: 1\n".encode("utf-16-le"), "KMM002", 1, "UTF-8"),
    "cut-off YAML": (HEAD + b"scores:\n  learning.before: {score: 1", "KMM003", 7, ""),
    "cut-off JSON": (b'{"kmmaturity": 1,\n "model": "starter@1.0", "unit": ["A te', "KMM003", 2, ""),
    "duplicate key": (answer("{score: 1}") + b"  learning.before: {score: 2}\n", "KMM103", 8, "Keep one"),
    "unknown field": (answer("{scroe: 1}"), "KMM104", 7, "Did you mean `score`?"),
    "comma in braces": (HEAD + b"benefit:\n  learning: {rate: low, because: One, two}\n", "KMM104", 7, "comma"),
    "score as text": (answer('{score: "2"}'), "KMM105", 7, "without the quotation marks"),
    "score 2.0": (answer("{score: 2.0}"), "KMM102", 7, "Write 2."),
    "score true": (answer("{score: true}"), "KMM102", 7, "number"),
    "score 4": (answer("{score: 4}"), "KMM202", 7, "Write 0, 1, 2 or 3"),
    "score -1": (answer("{score: -1}"), "KMM202", 7, "Write 0, 1, 2 or 3"),
    "score NaN": (answer("{score: NaN}"), "KMM102", 7, "number"),
    "30 February": (HEAD.replace(b"11-24", b"02-30"), "KMM102", 5, "Correct the day"),
    "unknown outcome": (
        HEAD + b"scores:\n  learning.befor: {score: 1}\n",
        "KMM201",
        7,
        "Did you mean learning.before?",
    ),
    "unknown model": (HEAD.replace(b"starter@1.0", b"departmental@3.2"), "KMM203", 2, "beside the assessment"),
    "newer format": (HEAD.replace(b"kmmaturity: 1", b"kmmaturity: 2"), "KMM006", 1, "Upgrade"),
    "alias bomb": (ALIASES, "KMM004", 6, "Write the text out"),
    "60,000 open brackets": (b"kmmaturity: " + b"[" * 60_000, "KMM007", 1, "Check that this is the file"),
    "60,000 open brackets in JSON": (b'{"kmmaturity": ' + b"[" * 60_000, "KMM007", 1, "Check that this is the file"),
    "20 MB": (HEAD + b"notes: " + b"x" * 20_000_000, "KMM007", None, "Check that this is the file"),
}


@pytest.fixture(params=sorted(BAD))
def bad(request: pytest.FixtureRequest, folder: Path) -> tuple[Path, str, int | None, str]:
    """A file with one thing wrong, and what should be said of it."""
    content, code, line, remedy = BAD[request.param]
    path = Path("team.kmm.yaml" if not content.startswith(b"{") else "team.kmm.json")
    path.write_bytes(content)
    return path, code, line, remedy


def test_told(bad: tuple[Path, str, int | None, str], run: Callable[..., Result]) -> None:
    """A file with one thing wrong gets one error, with its code, its line and its remedy, and exit code 1."""
    path, code, line, remedy = bad
    result = run("check", path)
    assert result.exit_code == 1
    errors = [each for each in result.stdout.splitlines() if each.startswith("error ")]
    assert [each.split()[1] for each in errors] == ([code] if code != "KMM004" else [code, code])  # anchor and alias
    assert f"  at {path}:{line}:" in result.stdout if line else str(path) in errors[0]
    assert remedy in result.stdout.partition("  help: ")[2]


def test_answer_beyond_the_model(run: Callable[..., Result]) -> None:
    """An answer that the model does not ask for is kept: it is shown apart and noted, and `check` alone fails for it."""
    Path("team.kmm.yaml").write_bytes(BAD["unknown outcome"][0])
    shown = run("show", "team.kmm.yaml")
    assert shown.exit_code == 0
    assert "Answers beyond the model: kept in the file, and counted nowhere\n  - learning.befor\n" in shown.stdout
    assert "starter@1.0 does not ask for learning.befor" in shown.stderr


def test_every_command(bad: tuple[Path, str, int | None, str], run: Callable[..., Result], folder: Path) -> None:
    """Commands that use a file tell of it as `check` does, on standard error, write nothing and exit 1."""
    path, code, _, _ = bad
    if code == "KMM201":
        return  # test_answer_beyond_the_model
    told = run("check", path).stdout
    before = sorted(folder.iterdir())
    for words in (
        ("show", path),
        ("export", path, "--to", "team.csv"),
        ("export", path, "--format", "json"),
        ("new", "--from", path),
    ):
        result = run(*words)
        assert result.exit_code == 1, words
        assert result.stderr.strip() == told.strip()
        assert result.stdout == ""
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("name", ["60,000 open brackets", "alias bomb", "binary"])
def test_process(name: str, start: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    """What has crashed other readers ends a real process with exit code 1 and no traceback, from a file or a pipe."""
    content, code, _, _ = BAD[name]
    Path("team.kmm.yaml").write_bytes(content)
    for result in (start("check", "team.kmm.yaml"), start("check", "-", input=content)):
        assert result.returncode == 1
        assert code.encode() in result.stdout
        assert b"Traceback" not in result.stderr


def test_missing(run: Callable[..., Result], folder: Path) -> None:
    """A path with nothing there is exit code 2 in every command, names the path and writes nothing."""
    for words in (
        ("check", "none.kmm.yaml"),
        ("show", "none.kmm.yaml"),
        ("export", "none.kmm.yaml", "--to", "team.csv"),
        ("new", "--from", "none.kmm.yaml"),
        ("model", "check", "none.kmmodel.yaml"),
        ("model", "show", "none.kmmodel.yaml"),
    ):
        result = run(*words)
        assert result.exit_code == 2, words
        assert words[-1 if words[0] != "export" else 1] in result.stderr
        assert result.stdout == ""
    assert list(folder.iterdir()) == []


def test_fifteen_at_once(run: Callable[..., Result]) -> None:
    """Fifteen mistakes in one file are told in one run, fifteen findings, in the order of their lines."""
    subs = [
        "leadership.direction",
        "leadership.example",
        "leadership.supportive-review",
        "culture.safe-to-try",
        "culture.recognition",
        "culture.time-for-learning",
        "learning.before",
        "learning.during",
        "learning.after",
        "learning.applied",
        "assets.capture",
        "assets.care",
        "assets.reuse",
    ]
    wrong = ['"1"', "2.0", "true", "4", "-1", "NaN", "[]", "x", "9", "1.5", '"2"', "false", "{}"]
    answers = "".join(f"  {sub}: {{score: {value}}}\n" for sub, value in zip(subs, wrong, strict=True))
    content = HEAD.replace(b"11-24", b"02-30") + f"hanlding: OFFICIAL\nscores:\n{answers}".encode()
    result = run("check", "-", "--format", "concise", input=content)
    lines = [int(line.split(":")[1]) for line in result.stdout.splitlines()]
    assert lines == [5, 6, *range(8, 21)]
    assert result.exit_code == 1


def test_hostile_text(run: Callable[..., Result]) -> None:
    """Escapes, line breaks and direction marks from a file never reach the terminal, whatever the command."""
    evil = r"\e[2J\e]0;owned\a\u202eevil\u2066\r\nx"
    text = (
        HEAD.replace(b"  - A team", f'  - "{evil}"'.encode())
        + (
            f'notes: "{evil}"\nscores:\n  learning.before: {{score: 1, rebaselined: "{evil}"}}\n'
            f'  learning.after: {{inapplicable: "{evil}"}}\n  "{evil}": {{score: 1}}\n'
            f'priorities:\n  - {{outcome: learning, because: "{evil}"}}\n'
            f'plan:\n  actions:\n    - {{action: "{evil}", owner: "{evil}", due: 2027-01-01, status: planned}}\n'
        ).encode()
    )
    Path("evil.kmm.yaml").write_bytes(text)
    found = run("check", "evil.kmm.yaml")
    assert found.exit_code == 1  # the name that the model lacks
    shown = run("show", "evil.kmm.yaml")
    assert shown.exit_code == 0
    assert "evil" in shown.stdout
    for result in (found, shown, run("export", "evil.kmm.yaml", "--to", "x.csv")):
        for stream in (result.stdout, result.stderr):
            assert not set(stream) & set("\x1b\x07\r\u202e\u2066")


@pytest.mark.parametrize("words", [("show",), ("check",), ("case", "learning.before", "2")], ids=lambda words: words[0])
def test_last_time_under_a_name_that_no_file_can_have(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    """A `previous` with a null character in it is told as a file that cannot be read, and the rest goes on."""
    file = folder / "team.kmm.yaml"
    file.write_text(
        "kmmaturity: 1\nmodel: starter@1.0\nunit: [A team]\nassessed: 2026-11-24\n"
        'previous: "a\\0b"\nscores: {learning.before: {score: 1}}\n',
        "utf-8",
    )
    command, *rest = words
    result = run(command, file, *rest)
    assert result.exit_code == 0, result.stderr
    assert "a\\u0000b" in f"{result.stdout}{result.stderr}"
    assert "cannot be read" in f"{result.stdout}{result.stderr}"


@pytest.mark.parametrize("named", ["//host/share/x.kmm.yaml", "https://host.example/x.kmm.yaml"])
def test_last_time_on_the_network(run: Run, folder: Path, named: str) -> None:
    """A `previous` that is an address on the network is never opened; that is told, and the rest goes on."""
    file = folder / "team.kmm.yaml"
    file.write_bytes(HEAD + f"previous: '{named}'\n".encode())
    for words in (("show", file), ("check", file), ("compare", file)):
        result = run(*words)
        assert result.exit_code == (words[0] == "compare")
        assert "on the network" in f"{result.stdout}{result.stderr}", words
