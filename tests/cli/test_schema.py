"""`kmmaturity schema`, and the hint for editors in new files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from jsonschema import Draft7Validator

import kmmaturity as km

Run = Callable[..., Result]


def test_schema(run: Run, folder: Path) -> None:
    """To the screen or to a file, of assessments or of models, with the words of one model where it is named."""
    assert json.loads(run("schema").stdout) == km.schema()
    assert json.loads(run("schema", "model").stdout) == km.schema("model")
    result = run("schema", "--model", "starter", "--to", "s.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads((folder / "s.json").read_bytes()) == km.schema(model="starter")
    assert "s.json is there already" in run("schema", "--to", "s.json").stderr
    assert run("schema", "--to", "s.json", "--overwrite").exit_code == 0


def test_a_schema_that_is_there(run: Run, folder: Path) -> None:
    """A file that is there is replaced on request alone, and the message names the option."""
    (folder / "x.json").write_text("mine", encoding="utf-8")
    result = run("schema", "--to", "x.json")
    assert result.exit_code == 1
    assert "x.json is there already: choose another name, or replace with --overwrite" in result.stderr
    assert (folder / "x.json").read_text(encoding="utf-8") == "mine"
    assert run("schema", "--to", "x.json", "--overwrite").exit_code == 0


def test_a_new_file_names_its_schema(run: Run, folder: Path) -> None:
    """The first line of a new file is the hint that editors read, and the schema that it names is there and fits."""
    assert run("new", "team.kmm.yaml", "--unit", "T").exit_code == 0
    text = (folder / "team.kmm.yaml").read_text(encoding="utf-8")
    hint = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    validator = Draft7Validator(json.loads((folder / hint).read_bytes()))
    data = json.loads(json.dumps(yaml.safe_load(text), default=str))
    assert list(validator.iter_errors(data)) == []
    data["scores"]["learning.before"]["score"] = 7
    assert list(validator.iter_errors(data))


def test_a_schema_that_is_out_of_date(run: Run, folder: Path) -> None:
    """Where the model's words have changed, the schema beside the files is written again."""
    place = folder / ".kmmaturity" / "starter-1.0.schema.json"
    assert run("new", "one.kmm.yaml", "--unit", "T").exit_code == 0
    right = place.read_bytes()
    place.write_bytes(b"{}")
    assert run("new", "two.kmm.yaml", "--unit", "T").exit_code == 0
    assert place.read_bytes() == right


def test_no_schema_where_none_can_be(run: Run, folder: Path) -> None:
    """Where the folder for it cannot be made, the new file is written without the hint."""
    (folder / ".kmmaturity").write_text("a file of somebody else's", encoding="utf-8")
    assert run("new", "team.kmm.yaml", "--unit", "T").exit_code == 0
    assert "$schema" not in (folder / "team.kmm.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["-", "team.kmm.json"])
def test_no_hint_elsewhere(run: Run, folder: Path, target: str) -> None:
    """The screen and JSON get no hint, and no folder is made."""
    run("new", target, "--unit", "T")
    assert not (folder / ".kmmaturity").exists()
