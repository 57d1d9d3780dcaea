"""The contract of models finds those that do not keep it, and tells their publishers what is wrong."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from attrs import evolve

from kmmaturity.domain.model import MaturityModel
from kmmaturity.hooks import ModelFile
from kmmaturity.testing import ModelContract

CONTRACT = ModelContract()
STARTER = (files("kmmaturity_model") / "starter-1.0.kmmodel.yaml").read_text("utf-8").replace("id: starter", "id: ours")


def carried(old: str = "", new: str = "") -> ModelFile:
    """The model as a plug-in carries it, with one part of its text changed."""
    assert old in STARTER
    text = STARTER.replace(old, new, 1) if old else STARTER
    return ModelFile("ours@1.0", "ours-1.0.kmmodel.yaml", text.encode)


class TestGood(ModelContract):
    """One that keeps it all."""

    @pytest.fixture
    def file(self) -> ModelFile:
        """The one to be tested."""
        return carried()


def model_of(file: ModelFile) -> MaturityModel:
    """What the fixture `model` makes of `file`."""
    unwrapped: Callable[..., MaturityModel] = getattr(ModelContract.model, "__wrapped__")  # noqa: B009  # no type has it
    return unwrapped(CONTRACT, file)


def test_a_file_that_cannot_be_read() -> None:
    """A model that has defects is told with all of them."""
    with pytest.raises(AssertionError, match=r"(?s)the model cannot be read:.*scal"):
        model_of(carried("\nscale:", "\nscal:"))


def test_another_reference() -> None:
    """A record that answers to another name than its file is told both."""
    file = evolve(carried(), reference="ours@2.0")
    with pytest.raises(AssertionError, match=r"the record says ours@2.0, and the file ours@1.0"):
        CONTRACT.test_can_be_chosen(file, model_of(file))
    file = evolve(carried(), name="ours.yaml")
    with pytest.raises(AssertionError, match=r"the file is called ours.yaml: end it with .kmmodel.yaml"):
        CONTRACT.test_can_be_chosen(file, model_of(file))


def test_bytes_that_change() -> None:
    """A file that is other bytes the second time, or no bytes, is told."""
    count = itertools.count()
    file = evolve(carried(), read=lambda: STARTER.encode() + b"#" * next(count))
    with pytest.raises(AssertionError, match=r"other bytes the second time"):
        CONTRACT.test_is_the_same_each_time(file, model_of(file))
    text: Any = STARTER
    with pytest.raises(AssertionError, match=r"read\(\) gave str, and has to give bytes"):
        CONTRACT.test_is_the_same_each_time(evolve(file, read=lambda: text), model_of(carried()))


def test_a_version_that_was_edited() -> None:
    """A version that means something else than when it was published is told to be a new one."""

    class Published(ModelContract):
        digest = "sha256:00"

    file = carried()
    with pytest.raises(AssertionError, match=r"A published version is never edited"):
        Published().test_is_the_same_each_time(file, model_of(file))


def test_findings() -> None:
    """A model in which `check` finds anything is told what."""
    file = carried("licence:", "x-licence:")
    with pytest.raises(AssertionError, match=r"(?s)`kmmaturity check` of ours@1.0 finds:.*KMM104"):
        CONTRACT.test_has_nothing_against_it(file, model_of(carried()))


def test_who_stands_behind_it() -> None:
    """A model without a licence, or whose support is a person's address, is told."""
    model = model_of(carried())
    with pytest.raises(AssertionError, match=r"`licence` is missing: every export prints who stands behind a model"):
        CONTRACT.test_says_who_stands_behind_it(evolve(model, licence=None))
    with pytest.raises(AssertionError, match=r"jo@agency.example is an address: name a team or a page"):
        CONTRACT.test_says_who_stands_behind_it(evolve(model, support="Ask jo@agency.example"))


def test_a_level_without_words() -> None:
    """A sub-outcome that does not say what a level looks like is named with it."""
    model = model_of(carried())
    learning = model.outcomes["learning"]
    mute = evolve(learning.subs["before"], levels={})
    silent = evolve(model, outcomes={"learning": evolve(learning, subs={"before": mute})})
    with pytest.raises(
        AssertionError, match=r"no words say what these look like: learning.before at 0, learning.before at 1"
    ):
        CONTRACT.test_every_level_is_in_words(silent)


def test_the_fixture_is_asked_for() -> None:
    """A contract without its fixture says which one to override."""
    with pytest.raises(NotImplementedError, match=r"override the fixture `file`"):
        getattr(ModelContract.file, "__wrapped__")(CONTRACT)  # noqa: B009  # pytest keeps the function there
