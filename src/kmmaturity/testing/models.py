"""The contract of models: subclass `ModelContract` with one fixture, and a model that you publish is tested.

class TestOurModel(ModelContract):
    @pytest.fixture
    def file(self):
        return OUR_MODEL

The message of each tells what is wrong and what to do.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from kmmaturity.api import check, export, load_model, new
from kmmaturity.domain.findings import Severity
from kmmaturity.domain.model import MaturityModel
from kmmaturity.errors import CannotRead
from kmmaturity.files.document import Document
from kmmaturity.files.writing import digest
from kmmaturity.hooks import ModelFile
from kmmaturity.testing.given import Given

__all__ = ["ModelContract"]

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
DAY = date(2026, 11, 24)


class ModelContract(Given):
    """What every model that is published promises. Override the fixture `file`.

    Set `digest` to that of a version that is out, as `kmmaturity.files.writing.digest` gives it, and an edit is told.
    """

    digest: str | None = None

    @pytest.fixture
    def file(self) -> ModelFile:
        """The model to be tested."""
        raise NotImplementedError("override the fixture `file`: return your ModelFile")

    @pytest.fixture
    def model(self, file: ModelFile) -> MaturityModel:
        """The model that is in the file."""
        try:
            return load_model(Document(file.name, file.read()))
        except CannotRead as error:
            raise AssertionError(f"the model cannot be read:\n{error}") from error

    def test_can_be_chosen(self, file: ModelFile, model: MaturityModel) -> None:
        """It answers to the id and version that are in the file, under a name by which the file is found."""
        assert file.reference == model.reference, (
            f"the record says {file.reference}, and the file {model.reference}: an assessment names the model by the "
            "file's id and version, so give the record the same"
        )
        assert file.name.endswith((".kmmodel.yaml", ".kmmodel.json")), (
            f"the file is called {file.name}: end it with .kmmodel.yaml or .kmmodel.json, so that editors know it"
        )
        self.is_taken("kmmaturity_models", file)

    def test_is_the_same_each_time(self, file: ModelFile, model: MaturityModel) -> None:
        """The same bytes come each time, and what they mean has the digest that was published."""
        read = file.read()
        assert isinstance(read, bytes), f"read() gave {type(read).__name__}, and has to give bytes"
        assert file.read() == read, "read() gave other bytes the second time"
        assert digest(load_model(Document(file.name, read))) == (found := digest(model))
        if self.digest is not None:
            assert found == self.digest, (
                f"{model.reference} was published with another meaning: its digest is {found}, and was {self.digest}. "
                "A published version is never edited: keep it, and give the new one a new version"
            )

    def test_has_nothing_against_it(self, file: ModelFile, model: MaturityModel) -> None:
        """`kmmaturity check` finds nothing in it, not even what it would only mention."""
        found = check(Document(file.name, file.read()))
        assert not found, f"`kmmaturity check` of {model.reference} finds:\n{found.render('concise')}"

    def test_every_level_is_in_words(self, model: MaturityModel) -> None:
        """Every sub-outcome says of each level what it looks like, for a team can only score what it can picture."""
        missing = [
            f"{sub} at {level}"
            for sub, value in model.subs.items()
            for level in model.levels_of(sub)
            if not value.levels.get(level, "").strip()
        ]
        assert not missing, f"no words say what these look like: {', '.join(missing)}"

    def test_says_who_stands_behind_it(self, model: MaturityModel) -> None:
        """It says who published it, under which licence, and where help is to be had: a team or page, and no person."""
        for name in ("publisher", "licence", "support"):
            value = getattr(model, name)
            assert (value or "").strip(), f"`{name}` is missing: every export prints who stands behind a model"
        named = ", ".join(ADDRESS.findall(f"{model.publisher} {model.support}"))
        assert not named, f"{named} is an address: name a team or a page, which outlasts a person"

    def test_can_be_used(self, model: MaturityModel) -> None:
        """A team can begin with it: an empty assessment is without fault, can be scored throughout, and exported."""
        team = new(model, unit="A team", assessed=DAY)
        for sub in model.subs:
            team = team.with_score(sub, model.lowest)
        told = [str(each) for each in check(team, today=DAY) if each.severity > Severity.INFO]
        assert not told, f"a team at the lowest level throughout is told: {'; '.join(told)}"
        assert export(team, "team.json", dry_run=True).files[0].size
