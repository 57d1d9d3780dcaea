"""Both destinations keep what every destination promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fake_graph import FakeGraph
from kmmaturity.hooks import Destination
from kmmaturity.testing import DestinationContract
from kmmaturity_sharepoint import kmmaturity_destinations
from kmmaturity_sharepoint.columns import wanted

FILES, ROWS = kmmaturity_destinations()
SITE = "contoso.sharepoint.com/sites/KM"

pytestmark = pytest.mark.usefixtures("reached")


class TestFiles(DestinationContract):
    @pytest.fixture
    def destination(self) -> Destination:
        """Files in a library."""
        return FILES

    @pytest.fixture
    def address(self) -> Callable[[str], str]:
        """A file in a folder that is not there yet."""
        return lambda name: f"sharepoint://{SITE}/Documents/2026/{name}"


class TestRows(DestinationContract):
    @pytest.fixture
    def destination(self, fake: FakeGraph) -> Destination:
        """Items of a list, which is there."""
        fake.graph.add_list("KM maturity", [each.definition() for each in wanted("sub-outcome")])
        return ROWS

    @pytest.fixture
    def address(self) -> Callable[[str], str]:
        """The list, whatever a file would be called."""
        return lambda name: f"sharepoint-list://{SITE}/KM maturity"
