"""The law: what the csv exporter writes and the csv importer reads is written again to the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kmmaturity as km
from kmmaturity.builtin.exporters import csv as exporter
from kmmaturity.builtin.importers import csv as importer
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.report import report
from kmmaturity.testing.strategies import assessments

LAW = settings(max_examples=60)


def exported(assessment: Assessment, **options: object) -> bytes:
    """The table of `assessment`, with all that it can hold."""
    return exporter.render(report(assessment, redact=()), **options)  # type: ignore[arg-type]  # as the registry calls it


@LAW
@given(assessments(), st.booleans(), st.sampled_from(sorted(exporter.DELIMITERS)))
def test_one(assessment: Assessment, bom: bool, delimiter: str) -> None:
    """One assessment, whatever parts the cells, comes back as one that gives the same table, and nothing is left out."""
    table = exported(assessment, bom=bom, delimiter=delimiter)
    (found,) = importer.read(table)
    assert exported(km.from_dict(found.data, model=assessment.model), bom=bom, delimiter=delimiter) == table
    assert found.left == ()


@pytest.mark.parametrize("year", [1, 2])
def test_the_example(year: int) -> None:
    """The example's answers come back as they are in its file, but for what the table does not hold."""
    team = km.example(year=year)
    (found,) = importer.read(exported(team))
    back = km.from_dict(found.data, model=team.model)
    assert {sub: back.answer(sub).score for sub in team.model.subs} == {
        sub: team.answer(sub).score for sub in team.model.subs
    }
    assert [each.outcome for each in back.priorities] == sorted(
        (each.outcome for each in team.priorities), key=list(team.model.outcomes).index
    )
