"""YAML bytes to the mirror of a file, beside what PyYAML's C composer takes for the same text."""

from __future__ import annotations

import pytest
import yaml
from tests.benchmarks.corpus import documents
from tests.benchmarks.measuring import Figures, turn_by_turn

from kmmaturity.files import gate, yaml_events
from kmmaturity.files.document import Document
from kmmaturity.files.shapes import ASSESSMENT

pytestmark = pytest.mark.slow

COUNT = 10


def mirrored(data: bytes) -> object:
    """Goes from bytes to the mirror: every key and type right, and nothing in it that stands twice."""
    plain, findings = yaml_events.parse(Document("t.kmm.yaml", data).source, ASSESSMENT)
    assert not findings
    found = gate.accept_data(plain, ASSESSMENT)
    assert found is not None
    return found


def test_yaml(figures: Figures) -> None:
    """Every file reaches its mirror, and what that takes beside a tree of nodes without any check is told."""
    files = documents(COUNT, "yaml")
    loader = yaml.CSafeLoader
    calls = {
        "PyYAML, C compose": lambda: [yaml.compose(data, Loader=loader) for data in files],
        "PyYAML, C safe_load": lambda: [yaml.load(data, Loader=loader) for data in files],  # noqa: S506  # it is the safe one
        "kmmaturity: YAML to mirror": lambda: [mirrored(data) for data in files],
    }
    taken = turn_by_turn(calls)
    for name in calls:
        most = 1.2 if name.startswith("kmmaturity") else None
        figures.timed("YAML of 12 KB", taken, name, base="PyYAML, C compose", per=COUNT, most=most)
