"""Each hook shows a complete plug-in, and it runs."""

from __future__ import annotations

import doctest
from typing import Any

import pytest

from kmmaturity.hooks import CommandKind, Exporter, Form, Rule, specs
from kmmaturity.testing import CommandContract, ExporterContract, FormContract, RuleContract


def shown(hook: str) -> Any:
    """What the example in the docstring of `hook` hands over."""
    known: dict[str, Any] = {}
    (example,) = doctest.DocTestFinder(recurse=False).find(getattr(specs, hook), hook)
    for each in example.examples:
        exec(each.source, known)  # noqa: S102  # our own example
    (record,) = known[hook]()
    return record


def test_every_hook_is_shown_at_work() -> None:
    """The example in each hook's docstring runs as it stands, and every hook has one and names its record."""
    assert doctest.testmod(specs).failed == 0
    for name, record in specs.RECORDS.items():
        assert isinstance(shown(name), record)


class TestExporter(ExporterContract):
    """The exporter that is shown keeps its contract."""

    examples = 10

    @pytest.fixture
    def exporter(self) -> Exporter:
        """The one in the docstring."""
        found: Exporter = shown("kmmaturity_exporters")
        return found


class TestForm(FormContract):
    """The form that is shown keeps its contract."""

    @pytest.fixture
    def form(self) -> Form:
        """The one in the docstring."""
        found: Form = shown("kmmaturity_forms")
        return found


class TestRule(RuleContract):
    """The rule that is shown keeps its contract."""

    examples = 10

    @pytest.fixture
    def rule(self) -> Rule:
        """The one in the docstring."""
        found: Rule = shown("kmmaturity_rules")
        return found


class TestCommand(CommandContract):
    """The command that is shown keeps its contract."""

    @pytest.fixture
    def command(self) -> CommandKind:
        """The one in the docstring."""
        found: CommandKind = shown("kmmaturity_commands")
        return found
