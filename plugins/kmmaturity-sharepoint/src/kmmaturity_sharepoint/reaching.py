"""Reaching SharePoint for the sake of one place: what goes wrong is put into words, and who waits is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kmmaturity_sharepoint.addresses import Place
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.messages import explained
from kmmaturity_sharepoint.progress import Progress
from kmmaturity_sharepoint.settings import settings_from

__all__ = ["reached"]


@contextmanager
def reached(place: Place, connection: Mapping[str, Any], shown: Progress, *, writing: bool) -> Iterator[Graph]:
    """Graph, within it, as the options `connection` say. Raises CannotWrite or CannotRead for whatever it raises."""
    with explained(place, writing=writing), Graph(settings_from(place.host, connection)) as graph:
        graph.wire.patience.told = shown.waiting
        yield graph
