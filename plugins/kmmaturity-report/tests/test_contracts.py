"""The report, its pictures and the form keep the contracts that every plug-in's exporters and forms keep."""

from __future__ import annotations

import pytest

from kmmaturity.testing import ExporterContract, FormContract
from kmmaturity_report import kmmaturity_exporters, kmmaturity_forms


@pytest.mark.parametrize("exporter", kmmaturity_exporters(), ids=lambda each: each.name)
class TestExporters(ExporterContract):
    """The page and the pictures keep theirs."""

    examples = 5


@pytest.mark.parametrize("form", kmmaturity_forms(), ids=lambda each: each.name)
class TestForms(FormContract):
    """The page to fill in keeps its own."""
