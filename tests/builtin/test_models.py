"""The models that ship."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kmmaturity.builtin.models import references
from kmmaturity.hooks import ModelFile
from kmmaturity.testing import ModelContract


@pytest.mark.parametrize("reference", references())
class TestContract(ModelContract):
    """Each version that ships keeps the contract that a stranger's model has to keep."""

    ours = True

    @pytest.fixture
    def file(self, reference: str) -> ModelFile:
        """The model, as a plug-in would hand it over."""
        path = files("kmmaturity_model") / f"{reference.replace('@', '-')}.kmmodel.yaml"
        return ModelFile(reference, path.name, path.read_bytes)
