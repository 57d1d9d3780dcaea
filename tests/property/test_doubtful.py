"""The law: what is found in the doubtful parts of a file is all that is wrong with the whole of it."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_gate import mutated

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.diagnosis import problems
from kmmaturity.files.json_text import parse
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Record
from kmmaturity.files.source import Source
from kmmaturity.files.writing import dump
from kmmaturity.testing.strategies import assessments, models

LAW = settings(max_examples=20, deadline=None)


def each_mutation(data: bytes, record: Record, seed: int) -> None:
    """Asserts the law for fifty changes of one document."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    for _ in range(50):
        text = mutated(data, rng).decode(errors="replace")
        plain: Any = parse(Source("x.json", text, "json"), record)[0]
        everywhere = problems(plain, record, "json", right=lambda data, shape: False)
        assert problems(plain, record, "json") == everywhere, text


@LAW
@given(value=assessments(), seed=st.integers(0, 2**32))
def test_assessments(value: Assessment, seed: int) -> None:
    """Spoilt assessments."""
    each_mutation(dump(value, "json"), ASSESSMENT, seed)


@LAW
@given(value=models(), seed=st.integers(0, 2**32))
def test_models(value: MaturityModel, seed: int) -> None:
    """Spoilt models."""
    each_mutation(dump(value, "json"), MODEL, seed)
