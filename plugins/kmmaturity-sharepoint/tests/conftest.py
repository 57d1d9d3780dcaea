"""A fake Graph for each test, and settings that reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.core.credentials import AccessToken

import kmmaturity_sharepoint
from fake_graph import FakeGraph
from kmmaturity.registry import Registry
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.settings import Settings, using


class Given:
    """A credential that has its token from the fake: any `TokenCredential` will do."""

    def __init__(self, fake: FakeGraph) -> None:
        self._token = fake.entra._made("given")  # noqa: SLF001  # the fake is ours

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        """The token."""
        return AccessToken(self._token, 4102444800)


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
            "credential": Given(fake),
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
