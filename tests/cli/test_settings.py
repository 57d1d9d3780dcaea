"""Settings on the command line and in files: which file counts, what comes first, and what is said of mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

TEXT = (
    "kmmaturity: 1\nmodel: starter@1.0\nunit: [Team]\nassessed: 2026-11-24\n"
    "scores:\n  learning.before: {score: 1}\npriorities: [learning, assets, culture]\n"
)


@pytest.fixture(autouse=True)
def files(folder: Path) -> Path:
    """Two assessments in folders below the current one, which is a repository."""
    (folder / ".git").mkdir()
    for name in ("a/one.kmm.yaml", "a/b/two.kmm.yaml"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT.replace("Team", name), "utf-8")
    return folder


def codes(result: Result) -> list[str]:
    """The codes told in concise form."""
    return [line.split()[2] for line in result.stdout.splitlines()]


def test_nearest_file(run: Run, files: Path) -> None:
    """The nearest settings file above all that is checked counts, kmmaturity.toml before pyproject.toml, and no other."""
    check = ("check", "--format", "concise")
    assert "KMM401" in codes(run(*check, "a"))
    Path("pyproject.toml").write_text('[tool.kmmaturity]\nselect = ["plan"]\n', "utf-8")
    assert set(codes(run(*check, "a"))) == {"KMM401", "KMM403"}
    Path("kmmaturity.toml").write_text('select = ["KMM403"]\n', "utf-8")
    assert set(codes(run(*check, "a"))) == {"KMM403"}
    Path("a/pyproject.toml").write_text('[tool.other]\nx = "kmmaturity"\n', "utf-8")  # passed over
    assert set(codes(run(*check, "a"))) == {"KMM403"}
    Path("a/b/kmmaturity.toml").write_text('[tool.kmmaturity]\nselect = ["KMM205"]\n', "utf-8")
    assert set(codes(run(*check, "a/b/two.kmm.yaml"))) == {"KMM205"}
    assert set(codes(run(*check, "a/b/two.kmm.yaml", "a/one.kmm.yaml"))) == {"KMM403"}  # a is what they share
    assert set(codes(run(*check, "-", input=TEXT.encode()))) == {"KMM403"}
    assert "KMM401" in codes(run(*check, "--isolated", "a"))
    assert set(codes(run(*check, "--config", "a/b/kmmaturity.toml", "a/one.kmm.yaml"))) == {"KMM205"}


def test_outside_the_repository(run: Run, files: Path) -> None:
    """A settings file above the repository is nobody's."""
    (files / "a" / ".git").mkdir()
    Path("kmmaturity.toml").write_text('select = ["KMM403"]\n', "utf-8")
    assert "KMM401" in codes(run("check", "--format", "concise", "a"))


def test_command_line_first(run: Run) -> None:
    """What the command line selects takes the file's place, and what it leaves out comes on top of the file's."""
    Path("kmmaturity.toml").write_text('select = ["plan"]\nignore = ["KMM403"]\nfail-on = "warning"\n', "utf-8")
    assert run("check", "a").exit_code == 1
    assert run("check", "a", "--fail-on", "error").exit_code == 0
    result = run(
        "check", "a", "--select", "practice,plan", "--select", "fit", "--ignore", "KMM205", "--format", "concise"
    )
    assert set(codes(result)) == {"KMM301", "KMM401"}


def test_config_show(run: Run) -> None:
    """Every setting is shown with where it was stated: a line of the file, the command line, or nowhere."""
    Path("kmmaturity.toml").write_text(
        '# ours\nignore = ["KMM403"]\nmarking = true\n\n[severity]\nplan = "info"\n"KMM301" = "error"\n\n'
        '[per-file-ignores]\n"a/*.yaml" = ["plan", "fit"]\n\n[figures]\npriorities = 1\n',
        "utf-8",
    )
    result = run("config", "show", "a", "--ignore", "plan", "--fail-on", "info")
    assert result.exit_code == 0
    assert result.stdout == (
        "Settings file: kmmaturity.toml\n\n"
        "select            all                   default\n"
        "ignore            KMM403                kmmaturity.toml:2\n"
        "                  plan                  command line\n"
        "fail-on           info                  command line\n"
        "severity          plan = info           kmmaturity.toml:6\n"
        "                  KMM301 = error        kmmaturity.toml:7\n"
        "per-file-ignores  a/*.yaml = plan, fit  kmmaturity.toml:10\n"
        "figures           priorities = 1        kmmaturity.toml:13\n"
        "marking           true                  kmmaturity.toml:3\n"
        "model             none                  default\n"
    )
    assert "Settings file: none\n" in run("config", "show", "--isolated").stdout


MISTAKES = """\
[project]
name = "x"

[tool.kmmaturity]
fial-on = "warning"
ignore = ["KMM202", "KMM30"]

[tool.kmmaturity.severity]
plan = "ifno"
"""


def test_mistakes(run: Run) -> None:
    """Every mistake of a settings file is told in a line with its place and what to write, and nothing is checked."""
    Path("pyproject.toml").write_text(MISTAKES, "utf-8")
    result = run("check", "a")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "pyproject.toml:5:1: KMM901 there is no setting `fial-on`. Did you mean `fail-on`?\n"
        "pyproject.toml:6:1: KMM901 `ignore` names KMM202 off-the-scale, which cannot be left out. "
        "It says that a file cannot be relied on. Take it away here.\n"
        "pyproject.toml:6:1: KMM902 `ignore` names KMM30, and there is no such rule or family. "
        "`kmmaturity explain` lists them; one of a plug-in needs that plug-in, see `kmmaturity plugins`.\n"
        'pyproject.toml:9:1: KMM901 `severity.plan` is "ifno". Write "error", "warning" or "info".\n'
    )
    assert run("config", "show", "a").exit_code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--select", "plna"), "command line: KMM901 `select` names plna, and there is no such rule or family. Did you mean plan?"),
        (("--ignore", "KMM003"), "command line: KMM901 `ignore` names KMM003 syntax, which cannot be left out."),
        (("--config", "none.toml"), "kmmaturity: there is no settings file none.toml"),
        (("--config", "a"), "kmmaturity: there is no settings file a"),
        (("--config", "x.toml", "--isolated"), "give one of the two"),
        (("--fail-on", "warnin"), "this is 'warnin'. Did you mean warning?"),
    ],
)  # fmt: skip
def test_mistakes_on_the_command_line(run: Run, words: tuple[str, ...], told: str) -> None:
    """A mistake on the command line ends the run with 2 and one line that says what to do."""
    result = run("check", "a", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("kmmaturity.toml", b"fail-on = warning\n", "kmmaturity.toml:1:11: KMM901 kmmaturity.toml is not well-formed TOML: "),
        ("kmmaturity.toml", b"fail-on = 'warning\xe9'\n", "kmmaturity.toml:1:19: KMM901 kmmaturity.toml is not UTF-8 text. Save "),
        ("kmmaturity.toml", b"#" * 1_100_000, "is over 1 MiB."),
        ("pyproject.toml", b"[tool.kmmaturity\n", "pyproject.toml:1:17: KMM901 pyproject.toml is not well-formed TOML"),
        ("kmmaturity.toml", b"model = '//host/share/m.kmmodel.yaml'\n", "an address on the network. Name a file on this machine."),
        ("kmmaturity.toml", b"model = 'https://host.example/m.yaml'\n", "an address on the network."),
    ],
)  # fmt: skip
def test_settings_files_that_cannot_be_used(run: Run, name: str, content: bytes, told: str) -> None:
    """A settings file that cannot be read is told with its place, and nothing is checked."""
    Path(name).write_bytes(content)
    result = run("check", "a")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_file_without_the_table(run: Run) -> None:
    """A pyproject.toml that is named has to have the table."""
    Path("pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    result = run("check", "a", "--config", "pyproject.toml")
    assert result.exit_code == 2
    assert "pyproject.toml has no table [tool.kmmaturity]. Add it" in result.stderr


def test_model_counts_from_the_settings_file(run: Run, model: Path) -> None:
    """A model that the settings name by its file is looked for from the settings file's folder; --model comes first."""
    Path("kmmaturity.toml").write_text(f"model = './{model.as_posix()}'\nselect = ['KMM204']\n", "utf-8")
    result = run("check", "a/one.kmm.yaml", "--format", "concise")
    assert codes(result)[:1] == ["KMM204"]
    assert codes(run("check", "a/one.kmm.yaml", "--format", "concise", "--model", "starter")) == []


def test_dotted_and_quoted_keys(run: Run) -> None:
    """Settings have their places however the file writes its tables."""
    Path("kmmaturity.toml").write_text(
        'tool.kmmaturity.marking = true\ntool . "kmmaturity" . figures . change = 3\n', "utf-8"
    )
    shown = run("config", "show").stdout
    assert "marking           true        kmmaturity.toml:1" in shown
    assert "figures           change = 3  kmmaturity.toml:2" in shown
