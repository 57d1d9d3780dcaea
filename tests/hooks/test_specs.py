"""Each hook shows a complete plug-in, and it runs."""

from __future__ import annotations

import doctest
from typing import Any

import pytest

from kmmaturity.hooks import CommandKind, Exporter, Form, Importer, Rule, specs
from kmmaturity.testing import CommandContract, ExporterContract, FormContract, ImporterContract, RuleContract


def every_shown(hook: str) -> list[Any]:
    """What each example in the docstring of `hook` hands over."""
    known: dict[str, Any] = {}
    handed: list[Any] = []
    (example,) = doctest.DocTestFinder(recurse=False).find(getattr(specs, hook), hook)
    for each in example.examples:
        exec(each.source, known)  # noqa: S102  # our own example
        if f"def {hook}(" in each.source:
            handed += known[hook]()
    return handed


def shown(hook: str) -> Any:
    """What the one example in the docstring of `hook` hands over."""
    (record,) = every_shown(hook)
    return record


def test_every_hook_is_shown_at_work() -> None:
    """The example in each hook's docstring runs as it stands, and every hook has one and names its record."""
    assert doctest.testmod(specs).failed == 0
    for name, record in specs.RECORDS.items():
        assert {type(each) for each in every_shown(name)} == {record}


class TestExporter(ExporterContract):
    """Each exporter that is shown keeps its contract."""

    examples = 10

    @pytest.fixture(params=["lines", "table"])
    def exporter(self, request: pytest.FixtureRequest) -> Exporter:
        """One of those in the docstring."""
        found = {each.name: each for each in every_shown("kmmaturity_exporters")}
        one: Exporter = found[request.param]
        return one


class TestImporter(ImporterContract):
    """The importer that is shown keeps its contract."""

    examples = 10

    @pytest.fixture
    def importer(self) -> Importer:
        """The one in the docstring."""
        found: Importer = shown("kmmaturity_importers")
        return found

    @pytest.fixture
    def sample(self) -> bytes:
        """A file that it reads."""
        return b"A team\nstarter@1.0\n2026-11-24\nlearning.before: 2\nlearning.during: 1\n"


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
