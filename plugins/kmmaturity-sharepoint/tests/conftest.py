"""A fake Graph for each test, and settings that reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kmmaturity as km
import kmmaturity_sharepoint
from fake_graph import FakeGraph
from fake_graph.lists import ItemList
from fake_graph.opening import Given
from kmmaturity.domain.assessment import Assessment
from kmmaturity.hooks import Receipt
from kmmaturity.registry import Registry
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.columns import wanted
from kmmaturity_sharepoint.settings import Settings, using
from listed import ADDRESS, Export


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the certificates of the fakes are."""
    return tmp_path_factory.mktemp("authority")


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeGraph]:
    """Graph of our own. When the test is over, no call may have broken the contract."""
    with FakeGraph(tmp_path) as running:
        yield running
    assert running.violations == []


Waits = list[float]


@pytest.fixture
def waits() -> Waits:
    """The seconds that were waited; none of them pass."""
    return []


@pytest.fixture
def settings(fake: FakeGraph, waits: Waits) -> Callable[..., Settings]:
    """Settings that reach the fake, with changes."""

    def made(**changes: Any) -> Settings:
        given: dict[str, Any] = {
            "graph": fake.origin, "authority": fake.origin, "ca": str(fake.ca), "sleep": waits.append,
            "credential": Given.by(fake),
        }  # fmt: skip
        return Settings(**(given | changes))

    return made


@pytest.fixture
def reached(settings: Callable[..., Settings]) -> Iterator[None]:
    """Within it, exports and commands reach the fake."""
    names = ("graph", "authority", "ca", "credential", "sleep")
    with using(**{name: getattr(settings(), name) for name in names}):
        yield


@pytest.fixture(scope="session")
def registry() -> Registry:
    """Ours, and this plug-in."""
    return Registry.of(kmmaturity_sharepoint)


@pytest.fixture
def graph(settings: Callable[..., Settings]) -> Iterator[Graph]:
    """A client of the fake."""
    with Graph(settings()) as opened:
        yield opened


@pytest.fixture
def made(fake: FakeGraph) -> ItemList:
    """The list, as `provision` makes it."""
    columns = wanted("sub-outcome", evidence=True, owners=True)
    return fake.graph.add_list("KM maturity", [each.definition() for each in columns])


@pytest.fixture
def export(registry: Registry) -> Export:
    """Export to the list."""

    def to_list(assessment: Assessment, **options: object) -> Receipt:
        dry_run = bool(options.pop("dry_run", False))
        return km.export(assessment, ADDRESS, options=options, dry_run=dry_run, registry=registry)

    return to_list
