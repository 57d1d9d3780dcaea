"""What is built can be installed and used without the source tree, and holds what it should."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

import kmmaturity

ROOT = Path(__file__).parent.parent
STARTER = "kmmaturity_model/starter-1.0.kmmodel.yaml"

ABSOLUTE_PATH = r"(?<![\w.*~-])/(?:work|opt|root)/\w"
REGISTRY_HOST = (
    r"\b(?:(?:test\.)?pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org|proxy\.golang\.org)\b"
)


def run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command, which has to succeed."""
    result = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout.strip()


def build(kind: str, *, source: Path, into: Path) -> Path:
    """The one archive of `kind` that hatchling makes from the tree at `source`."""
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, cwd=source)
    (archive,) = into.iterdir()
    return archive


def repository_files() -> list[str]:
    """The files that git has, or would take; the test is skipped outside a checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout, so there is no list of the repository's files")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", cwd=ROOT)
    return [path for path in listed.splitlines() if (ROOT / path).is_file()]


def strays(names: list[str]) -> list[str]:
    """Those names that only a build or a test run could have made."""
    return [name for name in names if re.search(r"__pycache__|\.py[co]$|(?:^|/)\.(?!gitignore$)|~$", name)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree."""
    return build("wheel", source=ROOT, into=tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, built from this tree."""
    return build("sdist", source=ROOT, into=tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of programs of a new environment in which the wheel, and no source tree, is installed."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    installers: list[list[str | Path]] = [[python, "-m", "pip", "install", "--disable-pip-version-check"]]
    if uv:
        installers.insert(0, [uv, "pip", "install", "--python", python])
    for installer in installers:
        command = [*installer, "--quiet", "--constraint", str(ROOT / "constraints.txt"), str(wheel)]
        if subprocess.run(command, cwd=home, check=False).returncode == 0:
            return scripts
    pytest.fail("the wheel could not be installed: what the installers said stands above")


def test_wheel_imports(scripts: Path, tmp_path: Path) -> None:
    """The installed package is imported from its environment, with the version that this tree states."""
    code = "import kmmaturity; print(kmmaturity.__version__, kmmaturity.__file__)"
    version, file = run(scripts / "python", "-I", "-c", code, cwd=tmp_path).split(" ", 1)
    assert version == kmmaturity.__version__
    assert Path(file).is_relative_to(scripts.parent)


def test_wheel_carries_models(scripts: Path, tmp_path: Path) -> None:
    """The starter model is found through `importlib.resources`, byte for byte."""
    code = (
        "import hashlib, importlib.resources as resources\n"
        "data = resources.files('kmmaturity_model').joinpath('starter-1.0.kmmodel.yaml').read_bytes()\n"
        "print(hashlib.sha256(data).hexdigest())"
    )
    assert (
        run(scripts / "python", "-I", "-c", code, cwd=tmp_path)
        == hashlib.sha256((ROOT / "model" / STARTER).read_bytes()).hexdigest()
    )


def test_wheel_has_the_command(scripts: Path, tmp_path: Path) -> None:
    """The installed command states its version."""
    assert kmmaturity.__version__ in run(scripts / "kmmaturity", "--version", cwd=tmp_path)


def test_wheel_is_typed(wheel: Path) -> None:
    """The wheel tells type checkers that it has types, and carries its licence."""
    names = ZipFile(wheel).namelist()
    assert "kmmaturity/py.typed" in names
    assert f"kmmaturity-{kmmaturity.__version__}.dist-info/licenses/LICENCE" in names


def test_wheel_holds_no_strays(wheel: Path) -> None:
    """The wheel holds the two packages and its metadata: no caches, no tests."""
    names = ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "kmmaturity",
        "kmmaturity_model",
        f"kmmaturity-{kmmaturity.__version__}.dist-info",
    }
    assert not strays(names)


def test_sdist_holds_no_strays(sdist: Path) -> None:
    """The source archive holds what building and testing need, and nothing else."""
    with tarfile.open(sdist) as archive:
        names = [name.split("/", 1)[1] for name in archive.getnames()]
    assert {name.split("/")[0] for name in names} - {"docs"} == {
        ".gitignore",
        "CHANGELOG.md",
        "LICENCE",
        "Makefile",
        "PKG-INFO",
        "README.md",
        "conftest.py",
        "constraints.txt",
        "model",
        "plugins",
        "pyproject.toml",
        "src",
        "tests",
    }
    assert f"model/{STARTER}" in names
    assert not strays(names)


def test_sdist_builds_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    """A wheel built from the source archive holds the files of one built from the tree."""
    run(sys.executable, "-m", "tarfile", "-e", sdist, tmp_path / "source", cwd=tmp_path)
    (source,) = (tmp_path / "source").iterdir()
    again = build("wheel", source=source, into=tmp_path / "wheel")
    assert ZipFile(again).namelist() == ZipFile(wheel).namelist()


def test_version_has_one_place() -> None:
    """The version is written in `kmmaturity/__init__.py`, and pyproject.toml reads it there."""
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    stated = f'__version__ = "{kmmaturity.__version__}"'
    assert [path.name for path in (ROOT / "src").rglob("*.py") if stated in path.read_text(encoding="utf-8")] == [
        "__init__.py"
    ]


@pytest.mark.parametrize("pattern", [ABSOLUTE_PATH, REGISTRY_HOST], ids=["absolute-path", "registry-host"])
def test_names_no_machine(pattern: str) -> None:
    """No file of the repository names a package registry's host or a path on somebody's machine."""
    assert [
        f"{path}:{number}: {line.strip()}"
        for path in repository_files()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if re.search(pattern, line)
    ] == []
