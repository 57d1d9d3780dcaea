"""What git ignores is what git itself says that it ignores."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kmmaturity.files.folder import files_within

GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="git is what these are compared with")

NAMES = ["a", "b", "old", "x"]
FILES = ["a.kmm.yaml", "b.kmm.json", "old.kmm.yml"]
PARTS = [
    "a",
    "b",
    "old",
    "*",
    "**",
    "?",
    "a*",
    "*.kmm.yaml",
    "*.json",
    "o?d*",
    "[ab]*",
    "[!a]*",
    "b.kmm.json",
    r"\a",
    "x",
]


def git(folder: Path, *words: str, input: str = "") -> str:
    """What git says in a folder, without anybody's own settings."""
    run = subprocess.run(
        [str(GIT), *words],
        cwd=folder,
        input=input,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        env={"HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "XDG_CONFIG_HOME": str(folder / "config")},
    )
    return run.stdout


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """A line of a .gitignore."""
    parts = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3))
    before = draw(st.sampled_from(["", "", "!", "/", "!/", "#", " "]))
    return before + "/".join(parts) + draw(st.sampled_from(["", "", "/", " ", "\\ ", "\r"]))


def fill(folder: Path, ignores: dict[str, list[str]]) -> set[str]:
    """A repository with files in folders of folders, and what git would take of them."""
    git(folder, "init", "--quiet")
    for first in ("", *NAMES):
        for second in ("", *NAMES) if first else ("",):
            place = folder / first / second
            place.mkdir(parents=True, exist_ok=True)
            for name in FILES:
                (place / name).touch()
    for above, lines in ignores.items():
        (folder / above / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    listed = git(folder, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return {name for name in listed if name.endswith((".yaml", ".json", ".yml"))}


def found(folder: Path) -> set[str]:
    """The assessments that are found in a folder."""
    return {Path(each).relative_to(folder).as_posix() for each in files_within(folder, "assessment")}


@settings(max_examples=40)
@example(ignores={"": ["a", "!/**"]})
@given(
    ignores=st.dictionaries(st.sampled_from(["", "a", "old/b"]), st.lists(patterns(), max_size=4), max_size=3),
)
def test_as_git(ignores: dict[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    """In any repository, with patterns of every sort in several folders, the files found are those that git would take."""
    folder = tmp_path_factory.mktemp("repository")
    assert found(folder) == set()
    wanted = fill(folder, ignores)
    assert found(folder) == wanted
    shutil.rmtree(folder)


def test_from_below(tmp_path: Path) -> None:
    """A folder deep in a repository is searched by the patterns above it, too."""
    fill(tmp_path, {"": ["old.*", "!/a/b/old.kmm.yml"], "a": ["*.json"]})
    assert found(tmp_path / "a" / "b") == {"a.kmm.yaml", "old.kmm.yml"}


def test_elsewhere_in_the_repository(tmp_path: Path) -> None:
    """What `.git/info/exclude` says counts, and outside a repository a `.gitignore` says nothing."""
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / ".gitignore").write_text("*\n")
    (tmp_path / "alone" / "a.kmm.yaml").touch()
    assert found(tmp_path / "alone") == {"a.kmm.yaml"}
    (tmp_path / "kept").mkdir()
    fill(tmp_path / "kept", {})
    (tmp_path / "kept" / ".git" / "info" / "exclude").write_text("b.*\n")
    assert not any("b.kmm" in each for each in found(tmp_path / "kept"))


def test_repository_in_a_repository(tmp_path: Path) -> None:
    """A repository inside another goes by its own patterns."""
    fill(tmp_path, {"": ["*.json"]})
    (tmp_path / "a" / ".git").mkdir()
    assert "a/b.kmm.json" in found(tmp_path)
    assert "b.kmm.json" not in found(tmp_path)


def test_order(tmp_path: Path) -> None:
    """Files come in the order of their names, folder by folder, whatever order the disk has them in."""
    fill(tmp_path, {})
    every = [Path(each).relative_to(tmp_path).as_posix() for each in files_within(tmp_path, "assessment")]
    assert every[:4] == ["a.kmm.yaml", "b.kmm.json", "old.kmm.yml", "a/a.kmm.yaml"]
    assert len(every) == len(set(every)) == 63
