"""A list equals its source, whatever happens on the way, and nothing is in it twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

import kmmaturity as km
from fake_graph import FakeGraph
from fake_graph.faults import Fault
from fake_graph.lists import ItemList
from fake_graph.messages import Response, error
from kmmaturity.errors import CannotWrite
from kmmaturity.hooks.keys import key_for
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.columns import KEY, wanted
from kmmaturity_sharepoint.rows import fields_of
from kmmaturity_sharepoint.upsert import Change, Upsert
from listed import Export, equals

pytestmark = pytest.mark.usefixtures("reached")


class TestTrouble:
    @pytest.mark.parametrize("how", ["cut", "lost"])
    def test_a_lost_batch_adds_nothing_twice(self, fake: FakeGraph, made: ItemList, export: Export, how: str) -> None:
        """When the answer to a batch is lost the list is read again, and nothing is there twice."""
        fake.graph.faults.add(Fault("batch", how))  # type: ignore[arg-type]
        export(km.example())
        assert equals(made, km.example())

    def test_half_a_batch_is_done_again(
        self, fake: FakeGraph, made: ItemList, export: Export, waits: list[float]
    ) -> None:
        """Of a batch, what was turned away or met a mishap is sent again after the wait that was asked for."""
        fake.graph.faults.add(
            Fault.status("items.create", 429, after=2, times=3, Retry_After="17"),
            Fault.status("items.create", 424, "failedDependency", after=1),
            Fault("items.create", "answer-after", error(503, "serviceNotAvailable", Retry_After="5"), after=1),
            Fault("items.create", "answer-after", error(409, "nameAlreadyExists"), after=1),
        )
        export(km.example())
        assert equals(made, km.example())
        assert waits[0] == 17.0

    def test_a_part_without_an_answer_is_not_taken_for_done(
        self, fake: FakeGraph, made: ItemList, export: Export
    ) -> None:
        """A batch that answers some of its parts, or none, has not done the others."""
        fake.graph.faults.add(Fault("batch", "answer", Response(200, {"responses": []})))
        export(km.example())
        assert equals(made, km.example())

    def test_a_service_that_asks_to_be_left_alone_is(
        self, fake: FakeGraph, made: ItemList, export: Export, waits: list[float]
    ) -> None:
        """After a batch of which a part was turned away, the next is sent only when the wait is over."""
        fake.graph.faults.add(Fault.status("items.create", 429, Retry_After="17"))
        export(km.example())
        sizes = [len(each.request.json()["requests"]) for each in fake.calls("batch")]
        assert (sizes, waits) == ([20, len(km.example().model.subs) - 19], [17.0])
        assert equals(made, km.example())

    def test_another_writer_is_not_written_over(self, fake: FakeGraph, made: ItemList, export: Export) -> None:
        """A field that somebody else changes between looking and writing is put right, though it had not differed."""
        export(km.example(year=2))
        for item in made.items.values():
            item.fields["KmmScore"] = 9

        def edit() -> None:
            for item in made.items.values():
                item.fields["KmmOutcome"] = "theirs"
                item.version += 1

        fake.graph.faults.add(Fault("batch", "well", before=edit))
        export(km.example(year=2))
        assert equals(made, km.example(year=2))

    def test_what_is_final_decides(self, fake: FakeGraph, made: ItemList, export: Export, waits: list[float]) -> None:
        """Of a batch in which one part is refused for good, nobody waits for as long as another part asks."""
        fake.graph.faults.add(
            Fault.status("items.create", 429, Retry_After="50"),
            Fault.status("items.create", 400, "invalidRequest", times=99),
        )
        with pytest.raises(CannotWrite, match="400 invalidRequest"):
            export(km.example())
        assert max(waits) < 50

    def test_a_concurrent_edit_is_seen(self, fake: FakeGraph, made: ItemList, export: Export) -> None:
        """An item that somebody changes meanwhile is read again, and only what belongs to the source is written."""
        export(km.example(year=2))
        for item in made.items.values():
            item.fields["KmmScore"] = 9

        def edit() -> None:
            for item in made.items.values():
                item.fields["Notes"] = "theirs"
                item.version += 1

        fake.graph.faults.add(Fault("batch", "well", before=edit))
        export(km.example(year=2))
        assert all(item.fields.pop("Notes") == "theirs" for item in made.items.values())
        assert equals(made, km.example(year=2))

    def test_a_batch_that_is_turned_away_is_sent_again(
        self, fake: FakeGraph, made: ItemList, export: Export, waits: list[float]
    ) -> None:
        """A whole batch that is turned away, or meets a mishap, is sent again after the wait that was asked for."""
        fake.graph.faults.add(
            Fault.status("batch", 429, Retry_After="8"),
            Fault.status("batch", 503, "serviceNotAvailable", Retry_After="9"),
        )
        export(km.example())
        assert equals(made, km.example())
        assert waits == [8.0, 9.0]

    def test_a_batch_that_may_not_be_sent_is_told(self, fake: FakeGraph, made: ItemList, export: Export) -> None:
        """A batch that is refused as a whole is told at once."""
        fake.graph.faults.add(Fault.status("batch", 403, "accessDenied"))
        with pytest.raises(CannotWrite, match="read-only for whoever signed in"):
            export(km.example())
        assert len(fake.calls("batch")) == 1

    def test_a_list_that_is_read_only(self, made: ItemList, export: Export) -> None:
        """A list that cannot be written to is told as that, at once."""
        made.read_only = True
        with pytest.raises(CannotWrite, match="read-only for whoever signed in"):
            export(km.example())

    def test_a_column_that_is_missing(self, made: ItemList, export: Export) -> None:
        """A column that is missing or not indexed is named before anything is sent, with who mends it."""
        made.columns = [each for each in made.columns if each["name"] != "KmmScore"]
        next(each for each in made.columns if each["name"] == "KmmSource")["indexed"] = False
        next(each for each in made.columns if each["name"] == "KmmKey")["enforceUniqueValues"] = False
        with pytest.raises(CannotWrite) as caught:
            export(km.example())
        assert "the column KmmScore is not there" in str(caught.value)
        assert "the column KmmSource is not indexed" in str(caught.value)
        assert "the column KmmKey takes the same value twice" in str(caught.value)
        assert "an owner of https://contoso.sharepoint.com/sites/KM mends the rest" in str(caught.value)
        assert made.items == {}

    def test_a_list_that_is_not_there(self, fake: FakeGraph, export: Export) -> None:
        """A list that is not there is told with the command that makes it."""
        with pytest.raises(CannotWrite, match=r'provision "sharepoint-list://.*/KM maturity" --evidence` makes it'):
            export(km.example(), evidence=True)
        with pytest.raises(CannotWrite, match='maturity" --by assessment` makes it'):
            export(km.example(), by="assessment")

    def test_a_batch_that_is_refused_ends(self, fake: FakeGraph, made: ItemList, export: Export) -> None:
        """An item that is refused each time ends in an error, and does not go on for ever."""
        fake.graph.faults.add(Fault.status("items.create", 400, "invalidRequest", times=99))
        with pytest.raises(CannotWrite, match="400 invalidRequest"):
            export(km.example())
        assert len(fake.calls("batch")) < 6


class TestKeysThatMayBeThereTwice:
    """A list whose keys were not unique from the beginning, which an export would refuse."""

    @pytest.fixture
    def made(self, fake: FakeGraph) -> ItemList:
        """A list that takes a key twice."""
        columns = ({**each.definition(), "enforceUniqueValues": False} for each in wanted("sub-outcome"))
        return fake.graph.add_list("KM maturity", list(columns))

    @pytest.fixture
    def bring(self, fake: FakeGraph, graph: Graph, made: ItemList) -> Callable[[], tuple[Change, ...]]:
        """Make the list equal to the example."""
        rows = fields_of(km.report(km.example()), "sub-outcome", wanted("sub-outcome"))
        return lambda: Upsert(graph, fake.graph.site, made.id).apply(key_for(km.example()), rows)

    @pytest.mark.parametrize(
        "fault",
        [
            Fault("batch", "lost"),
            Fault("batch", "answer-after", error(503, "serviceNotAvailable")),
            Fault("items.create", "answer-after", error(503, "serviceNotAvailable"), times=5),
        ],
        ids=["lost", "mishap", "mishap inside"],
    )
    def test_nothing_is_added_twice(
        self, fake: FakeGraph, made: ItemList, bring: Callable[[], object], fault: Fault
    ) -> None:
        """What may have been added is never sent blindly again: the list is looked at first."""
        fake.graph.faults.add(evolve(fault))
        bring()
        assert equals(made, km.example())
        assert len(made.items) == len(km.example().model.subs)

    def test_a_twin_is_marked(self, made: ItemList, bring: Callable[[], tuple[Change, ...]]) -> None:
        """Of two items with one key, which another tool added, the younger is marked as gone, and once."""
        bring()
        made.create(dict(made.items["1"].fields))
        assert [(each.kind, each.key) for each in bring()] == [("marked as gone", made.items["1"].fields[KEY])]
        assert [id for id, item in made.items.items() if item.fields.get("KmmGone")] == [str(len(made.items))]
        assert bring() == ()
