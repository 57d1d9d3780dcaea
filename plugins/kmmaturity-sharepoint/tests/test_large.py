"""A large file over a bad connection."""

from __future__ import annotations

import random

import pytest

from fake_graph import FakeGraph
from fake_graph.faults import Fault
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.uploads import STEP
from kmmaturity_sharepoint.transfer import Transfer

SIZE = 60_000_000


@pytest.mark.parametrize("how", ["cut", "lost"])
def test_sixty_megabytes_arrive_over_a_bad_connection(graph: Graph, fake: FakeGraph, how: str) -> None:
    """With a cut every few fragments 60 MB arrive whole, and no fragment that was acknowledged is sent again."""
    data = random.Random(1).randbytes(SIZE)  # noqa: S311  # any bytes will do
    fake.graph.faults.add(*(Fault("unsigned.fragment", how, after=3) for _ in range(7)))  # type: ignore[arg-type]
    fragment = 8 * STEP
    item = Transfer(graph, "b!documents", fragment=fragment).place(("large.bin",), data, policy="fail")
    entry = fake.graph.library.find("large.bin")
    assert entry is not None
    assert entry.content == data
    assert item.size == SIZE
    sent = fake.calls("unsigned.fragment")
    assert len([each for each in sent if each.response is None]) == 7 - len(fake.graph.faults.waiting) >= 5
    # What the fake has is never sent again, whether or not its answer came through.
    (upload,) = fake.graph.library.ended
    assert [first for first, _ in upload.accepted] == list(range(0, SIZE, fragment))
    assert not [each for each in sent if each.response is not None and each.response.status >= 400]
    acknowledged = [each.request.headers["content-range"] for each in sent if each.response is not None]
    assert len(set(acknowledged)) == len(acknowledged)
