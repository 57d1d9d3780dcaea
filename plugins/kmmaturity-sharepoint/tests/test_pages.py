"""What the pages tell to send, to copy and to type is what Graph, pipelines and kmmaturity take."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from packaging.requirements import Requirement

import kmmaturity as km
from fake_graph import FakeGraph, az
from fake_graph.contract import DESCRIPTION, Contract
from fake_graph.identity import CONNECTION as SERVICE_CONNECTION
from fake_graph.messages import Request, Response
from fake_graph.pages import reached
from kmmaturity.cli.program import program
from kmmaturity_sharepoint import destination, rows_destination
from kmmaturity_sharepoint.settings import CONNECTION, SIGN_INS

ROOT = Path(__file__).parents[1]
SET_UP = ROOT / "docs" / "set-up.md"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").iterdir()))
BASH = shutil.which("bash") or "bash"
WITH_BASH = pytest.mark.skipif(os.name == "nt", reason="the lines are for bash, and az stands in for a program there")


def blocks(kind: str) -> list[str]:
    """The blocks of one kind on the page that tells how to set it up."""
    return re.findall(rf"```{kind}\n(.*?)```", SET_UP.read_text(encoding="utf-8"), re.DOTALL)


def steps(name: str) -> list[dict[str, Any]]:
    """The steps of a pipeline."""
    whole = yaml.safe_load((ROOT / "docs" / name).read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = whole["steps"] if "steps" in whole else whole["jobs"]["export"]["steps"]
    return found


def lines(name: str) -> list[str]:
    """The shell lines of a pipeline, in order."""
    return [
        line
        for each in steps(name)
        for line in (each.get("run"), each.get("script"), _inline(each))
        if line is not None
    ]


def _inline(step: dict[str, Any]) -> str | None:
    found: str | None = step.get("inputs", {}).get("inlineScript")
    return found


def test_the_grant_is_one_that_graph_takes() -> None:
    """The body that a SharePoint administrator is told to send keeps to the contract."""
    contract = Contract.read()
    if contract is None:
        pytest.skip(f"{DESCRIPTION.name} is not beside the project, in ../shared/graph")
    (found,) = blocks("json")
    headers = {"Authorization": "Bearer x", "User-Agent": "NONISV|x|x", "Content-Type": "application/json"}
    body = json.dumps(json.loads(found)).encode()
    call = Request.of("POST", "/v1.0/sites/x/permissions", headers, body)
    assert list(contract.violations(call, Response(201, {"id": "1", "roles": ["write"]}))) == []


def test_every_option_is_told() -> None:
    """The page of options has every option of a connection and every way to sign in."""
    page = SET_UP.read_text(encoding="utf-8")
    assert [each.name for each in CONNECTION if f"`{each.name}`" not in page] == []
    assert [each for each in SIGN_INS if f"`{each}`" not in page] == []


# Pipelines


@pytest.mark.parametrize(("name", "schema"), [("github.yml", "github-workflows"), ("azure.yml", "azure-pipelines")])
def test_pipelines_are_what_their_schema_asks_for(name: str, schema: str) -> None:
    """Each pipeline is what its own schema asks for."""
    options = ["--builtin-schema", f"vendor.{schema}", "--regex-variant", "python"]
    command = [sys.executable, "-m", "check_jsonschema", *options, str(ROOT / "docs" / name)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", ["github.yml", "azure.yml"])
def test_pipelines_install_what_there_is(name: str) -> None:
    """What a pipeline installs is kmmaturity and this plug-in, in versions that this one is among."""
    (line,) = (each for each in lines(name) if " pip install " in each)
    wanted = [Requirement(each) for each in shlex.split(line)[4:]]
    assert [each.name for each in wanted] == ["kmmaturity", "kmmaturity-sharepoint"]
    assert all(each.specifier.contains(version(each.name), prereleases=True) for each in wanted)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGraph]:
    """A checkout of a team's assessments on a machine with az and kmmaturity, which reaches the fake."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "assessments").mkdir()
    km.save(km.example(), tmp_path / "assessments" / "team.kmm.yaml")
    with reached() as fake:
        az.install(tmp_path / "bin", fake)
        for name in ("AZURE_CLIENT_SECRET", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "KMMATURITY_SHAREPOINT_SIGN_IN"):
            monkeypatch.delenv(name)
        path = os.pathsep.join((str(tmp_path / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]))
        monkeypatch.setenv("PATH", path)
        monkeypatch.delenv("KMMATURITY_PLUGINS", raising=False)
        monkeypatch.chdir(tmp_path)
        yield fake
        assert fake.violations == []


def shell(line: str, **env: str) -> str:
    """What a shell line prints, run as pipelines run it: it ends at the first command that does not work."""
    run = subprocess.run(
        [BASH, "-euo", "pipefail", "-c", line],
        env=os.environ | env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@WITH_BASH
@pytest.mark.parametrize(("name", "how"), [("github.yml", "az"), ("azure.yml", "federated")])
def test_pipelines_export(machine: FakeGraph, name: str, how: str) -> None:
    """The last line of each pipeline brings the file, signed in by what that pipeline has, and a second run replaces it."""
    given = {
        "SYSTEM_ACCESSTOKEN": machine.entra.application.pipeline_token,
        "SYSTEM_OIDCREQUESTURI": f"{machine.origin}/pipelines/oidc",
        "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID": SERVICE_CONNECTION,
        "AZURESUBSCRIPTION_CLIENT_ID": machine.entra.application.id,
        "AZURESUBSCRIPTION_TENANT_ID": machine.entra.tenant,
    }
    for _ in range(2):
        shell(lines(name)[-1], **(given if name == "azure.yml" else {}))
    assert list(machine.graph.library.files()) == ["2026/team.csv", "2026/team.csv-metadata.json"]
    assert {each.version for each in map(machine.graph.library.find, machine.graph.library.files()) if each} == {2}
    used = {each.request.headers["authorization"].removeprefix("Bearer ") for each in machine.calls("item.put")}
    assert {machine.entra.tokens[each] for each in used} == {how}


@WITH_BASH
def test_what_goes_wrong_is_told_once(machine: FakeGraph) -> None:
    """Somebody whose secret is wrong reads our message for it, and nothing that the libraries beneath would print."""
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "kmmaturity",
            "show",
            "sharepoint://contoso.sharepoint.com/sites/KM/Documents/a.kmm.yaml",
        ],
        env=os.environ
        | {
            "KMMATURITY_SHAREPOINT_SIGN_IN": "environment",
            "AZURE_TENANT_ID": machine.entra.tenant,
            "AZURE_CLIENT_ID": machine.entra.application.id,
            "AZURE_CLIENT_SECRET": "wrong-one",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stdout, len(run.stderr.splitlines())) == (1, "", 1), run.stderr
    assert "takes the secret's value, not its id" in run.stderr


@WITH_BASH
def test_the_lines_for_entra(machine: FakeGraph, tmp_path: Path) -> None:
    """The shell lines that register an application ask az for the role Sites.Selected alone, and let one branch sign in."""
    shell("\n".join(blocks("sh")))
    every = az.asked(tmp_path / "bin")
    assert [" ".join(words[:3]) for words in every] == [
        "ad app create", "ad sp create", "ad app permission", "ad app permission", "ad app federated-credential",
    ]  # fmt: skip
    assert {words[words.index("--id") + 1] for words in every[1:]} == {machine.entra.application.id}
    # learn.microsoft.com/graph/permissions-reference#sitesselected
    assert every[2][-1] == "883ea226-0bf2-4a8f-9f9d-92c9162a727d=Role"
    assert set(json.loads(every[4][-1])) == {"name", "issuer", "subject", "audiences"}


# What is typed


def typed() -> Iterator[tuple[str, list[str]]]:
    """Every command of kmmaturity on the pages and in the pipelines, with the page that it is on."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        folded = re.sub(r"`([^`\n]*)\n([^`\n]*)`", r"`\1 \2`", text)  # a command that a line ends in
        found = [*re.findall(r"`(kmmaturity [^`]+)`", folded), *re.findall(r"^\$ (kmmaturity .*)$", text, re.MULTILINE)]
        if page.suffix == ".yml":
            found = [each for each in lines(page.name) if each.startswith("kmmaturity ")]
        yield from ((page.name, shlex.split(each)[1:]) for each in found)


OPTIONS: set[str] = {each.name for each in (*destination.OPTIONS, *rows_destination.OPTIONS)}


@pytest.mark.parametrize(
    ("page", "words"), [pytest.param(*each, id=f"{each[0]}: {' '.join(each[1])}") for each in typed()]
)
def test_what_is_typed_is_there(page: str, words: list[str]) -> None:
    """Every command and option that a page names is there."""
    command: click.Command = program
    context = click.Context(program)
    rest = list(words)
    while isinstance(command, click.Group) and rest:
        found = command.get_command(context, rest.pop(0))
        assert found is not None, f"{page}: {' '.join(words)}"
        command = found
    known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    assert {each for each in rest if each.startswith("-")} <= known
    pairs = [following for each, following in pairwise(rest) if each == "-o"]
    assert {each.partition("=")[0] for each in pairs} <= OPTIONS
