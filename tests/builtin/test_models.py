"""The models that ship."""

from __future__ import annotations

import runpy
from importlib.resources import files
from pathlib import Path

import pytest

from kmmaturity.builtin.models import references
from kmmaturity.hooks import ModelFile
from kmmaturity.testing import ModelContract

WRITE = runpy.run_path(str(Path(__file__).parents[2] / "model" / "write.py"))


def test_json_of_each_is_the_model() -> None:
    """Beside each model that ships stands the same as JSON, and `make pages` has nothing to change in it."""
    written: dict[Path, bytes] = WRITE["written"]()
    assert len(written) == len(references())
    assert {path: path.read_bytes() for path in written} == written


@pytest.mark.parametrize("reference", references())
class TestContract(ModelContract):
    """Each version that ships keeps the contract that a stranger's model has to keep."""

    ours = True

    @pytest.fixture
    def file(self, reference: str) -> ModelFile:
        """The model, as a plug-in would hand it over."""
        path = files("kmmaturity_model") / f"{reference.replace('@', '-')}.kmmodel.yaml"
        return ModelFile(reference, path.name, path.read_bytes)
