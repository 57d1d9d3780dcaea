"""What other processes need to reach a fake that runs in this one."""

from __future__ import annotations

from typing import Any, Self

from azure.core.credentials import AccessToken

import kmmaturity_sharepoint
from fake_graph.server import FakeGraph
from kmmaturity.hooks.store import Store
from kmmaturity_sharepoint.store import open_at

__all__ = ["Given", "opened", "unhurried"]


class Given:
    """A credential that has its token already: any `TokenCredential` will do."""

    def __init__(self, token: str) -> None:
        self._token = token

    @classmethod
    def by(cls, fake: FakeGraph) -> Self:
        """One with a token of the fake's."""
        return cls(fake.entra.made("given"))

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        """The token."""
        return AccessToken(self._token, 4102444800)


def unhurried(seconds: float) -> None:
    """In place of sleeping: nothing."""


def opened(address: str, *, origin: str, ca: str, credential: Given) -> Store:
    """The store at `address`, begun where there is none."""
    with kmmaturity_sharepoint.using(graph=origin, authority=origin, ca=ca, credential=credential, sleep=unhurried):
        return open_at(address, create=True)
