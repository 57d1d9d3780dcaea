"""The recipes for pipelines: read by who would read them, and their shell lines run as they stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml

import kmmaturity as km

ROOT = Path(__file__).parent.parent
RECIPES = ROOT / "docs" / "recipes"
ON_WINDOWS = os.name == "nt"
BASH, GIT = (shutil.which(name) or name for name in ("bash", "git"))
HOOKS = ROOT / ".pre-commit-hooks.yaml"

pytestmark = pytest.mark.skipif(not HOOKS.exists(), reason="this is no checkout, which has the hooks and the action")


def read(path: Path) -> Any:
    """What a YAML file says."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (RECIPES / "github.yml", "github-workflows"),
        (RECIPES / "gitlab.yml", "gitlab-ci"),
        (RECIPES / "azure.yml", "azure-pipelines"),
        (ROOT / "action.yml", "github-actions"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_formats(path: Path, schema: str) -> None:
    """Each is what its pipeline's own schema asks for."""
    options = ["--builtin-schema", f"vendor.{schema}", "--regex-variant", "python"]
    command = [sys.executable, "-m", "check_jsonschema", *options, str(path)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_hooks() -> None:
    """pre-commit takes the hooks and the configuration for what they are."""
    for kind, path in (("manifest", HOOKS), ("config", RECIPES / "pre-commit-config.yaml")):
        command = [sys.executable, "-m", "pre_commit", f"validate-{kind}", str(path)]
        run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert run.returncode == 0, run.stdout + run.stderr
    wanted = {hook["id"] for repo in read(RECIPES / "pre-commit-config.yaml")["repos"] for hook in repo["hooks"]}
    assert wanted == {hook["id"] for hook in read(HOOKS)}


@pytest.mark.parametrize("hook", read(HOOKS) if HOOKS.exists() else [], ids=lambda hook: hook["id"])
def test_which_files(hook: dict[str, Any]) -> None:
    """A hook is given the files that `check` would find in a folder, and no others."""
    ours = ["a.kmm.yaml", "x/b.kmm.yml", "c.kmm.json", "own-1.0.kmmodel.yaml"]
    others = ["a.yaml", "kmm.yaml", "a.kmm.yaml.orig", "kmmaturity.toml"]
    assert [name for name in (*ours, *others) if re.search(hook["files"], name)] == ours


def test_jenkins() -> None:
    """The Jenkinsfile closes what it opens, and has one block of shell lines, without anything for Groovy in it."""
    text = re.sub(r"//.*", "", (RECIPES / "Jenkinsfile").read_text(encoding="utf-8"))
    depth = 0
    for mark in re.findall(r"[{}]", text):
        depth += 1 if mark == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert text.count("'''") == 2
    assert "$" not in text.split("'''")[1]


def test_inputs_are_values() -> None:
    """No shell line of the action, nor of a recipe, has an expression in it for somebody's input to end up in."""
    steps = [*read(ROOT / "action.yml")["runs"]["steps"], *read(RECIPES / "github.yml")["jobs"]["check"]["steps"]]
    assert sum("run" in step for step in steps) == 4
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    given = {name for step in steps for name in re.findall(r"inputs\.([\w-]+)", json.dumps(step.get("env", {})))}
    assert given == set(read(ROOT / "action.yml")["inputs"])


def lines(name: str) -> list[str]:
    """The shell lines of a recipe, in order."""
    path = RECIPES / name
    match name:
        case "github.yml":
            return [step["run"] for step in read(path)["jobs"]["check"]["steps"] if "run" in step]
        case "gitlab.yml":
            return list(read(path)["km-maturity"]["script"])
        case "azure.yml":
            return [step["script"] for step in read(path)["steps"] if "script" in step]
        case "Jenkinsfile":
            return [path.read_text(encoding="utf-8").split("'''")[1]]
        case _:
            return re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel in it, where pip looks as it would in a registry."""
    folder = tmp_path_factory.mktemp("published")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    return folder


@pytest.fixture
def place(tmp_path: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of somebody's assessments on a machine with an environment of its own on its PATH."""
    venv.create(tmp_path / "machine", with_pip=True)
    programs = tmp_path / "machine" / ("Scripts" if ON_WINDOWS else "bin")
    here = tmp_path / "checkout"
    (here / "assessments").mkdir(parents=True)
    km.save(km.example(), here / "assessments" / "team.kmm.yaml")
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setenv("PIP_FIND_LINKS", f"{published} {os.environ.get('PIP_FIND_LINKS', '')}".strip())
    monkeypatch.chdir(here)
    return here


def shell(line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A shell line as pipelines run it: the step ends at the first command that does not work."""
    return subprocess.run(
        [BASH, "-eo", "pipefail", "-c", line],
        env=os.environ | env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
@pytest.mark.skipif(ON_WINDOWS, reason="the recipes are for Linux machines")
@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml", "azure.yml", "Jenkinsfile", "README.md"])
def test_shell_lines(name: str, place: Path) -> None:
    """The shell lines install kmmaturity and check the files; with a broken one the last of them does not succeed."""
    for line in lines(name):
        run = shell(line)
        assert run.returncode == 0, run.stdout + run.stderr
    for report in re.findall(r"--report \w+=(\S+)", "".join(lines(name))):
        assert (place / report).stat().st_size
    (place / "assessments" / "broken.kmm.yaml").write_text("kmmaturity: [", encoding="utf-8")
    last = lines(name)[-1].strip().splitlines()[-1].strip()
    assert shell(last).returncode == 1


@pytest.mark.slow
@pytest.mark.skipif(ON_WINDOWS, reason="needs a bash, which runners have and other machines may not")
def test_action(place: Path, tmp_path: Path) -> None:
    """The action's steps check what is named and write reports; what looks like a command in an input is a name."""
    install, check = read(ROOT / "action.yml")["runs"]["steps"]
    runner = {"RUNNER_TEMP": str(tmp_path), "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_ACTIONS": "true"}
    run = shell(install["run"], **runner)
    assert run.returncode == 0, run.stdout + run.stderr
    empty = dict.fromkeys(check["env"], "")
    good = runner | empty | {"KMM_PATHS": "assessments\n", "KMM_REPORTS": "sarif=out.sarif\njunit=out.xml\n"}
    run = shell(check["run"], **good)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (place / "out.sarif").exists()
    assert (place / "out.xml").exists()
    for slip in ("$(touch owned)", '"; touch owned; "', "`touch owned`", "--fix"):
        for variable in check["env"]:
            run = shell(check["run"], **(good | {variable: slip}))
            assert run.returncode == 2, (variable, slip, run.stdout)
    assert not (place / "owned").exists()
    (place / "assessments" / "broken.kmm.yaml").write_text("kmmaturity: [", encoding="utf-8")
    run = shell(check["run"], **good)
    assert run.returncode == 1
    assert "::error file=assessments/broken.kmm.yaml" in run.stdout


@pytest.mark.slow
def test_pre_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pre-commit itself installs the hooks from a clone, puts a number right, and stops a commit of a broken file."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    for variable in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(variable)
    ours, theirs = tmp_path / "kmmaturity", tmp_path / "assessments"
    tracked = ["pyproject.toml", "README.md", "LICENCE", "src", "model", HOOKS.name]
    ours.mkdir()
    for name in tracked:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, ours / name)
    for folder in (ours, theirs):
        folder.mkdir(exist_ok=True)
        git(folder, "init", "--quiet")
    git(ours, "add", ".")
    git(ours, "commit", "--quiet", "--message", "All of it")
    git(ours, "tag", "v0.1.0")
    config = (RECIPES / "pre-commit-config.yaml").read_text(encoding="utf-8")
    address = read(RECIPES / "pre-commit-config.yaml")["repos"][0]["repo"]
    (theirs / ".pre-commit-config.yaml").write_text(config.replace(address, ours.as_uri()), encoding="utf-8")
    team = theirs / "team.kmm.yaml"
    km.save(km.example(), team)
    good = team.read_text(encoding="utf-8")
    git(theirs, "add", ".")
    assert pre_commit(theirs).returncode == 0

    team.write_text(re.sub(r"score: 2\b", 'score: "2"', good, count=1), encoding="utf-8")
    git(theirs, "add", ".")
    stopped = pre_commit(theirs)
    assert stopped.returncode == 1
    assert "files were modified by this hook" in stopped.stdout
    assert team.read_text(encoding="utf-8") == good
    git(theirs, "add", ".")
    assert pre_commit(theirs).returncode == 0

    team.write_text(good.replace("assessed:", "asessed:"), encoding="utf-8")
    git(theirs, "add", ".")
    stopped = pre_commit(theirs)
    assert stopped.returncode == 1
    assert "KMM104" in stopped.stdout


def git(folder: Path, *words: str) -> None:
    """Runs git in a folder, as nobody in particular."""
    who = ["-c", "user.name=A Team", "-c", "user.email=team@agency.example", "-c", "protocol.file.allow=always"]
    subprocess.run([GIT, *who, *words], cwd=folder, check=True, capture_output=True)


def pre_commit(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs every hook on what is staged."""
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--verbose"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
