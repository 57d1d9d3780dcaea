"""A list equals its source: added, changed and marked, once each, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

import kmmaturity as km
from fake_graph import FakeGraph
from fake_graph.faults import Fault
from fake_graph.lists import ItemList
from fake_graph.messages import error
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.errors import CannotWrite, KmMaturityError
from kmmaturity.hooks import Receipt
from kmmaturity.hooks.keys import key_for
from kmmaturity.registry import Registry
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.columns import KEY, By, wanted
from kmmaturity_sharepoint.rows import fields_of, line
from kmmaturity_sharepoint.upsert import Change, Upsert

ADDRESS = "sharepoint-list://contoso.sharepoint.com/sites/KM/KM maturity"


pytestmark = pytest.mark.usefixtures("reached")


@pytest.fixture
def made(fake: FakeGraph) -> ItemList:
    """The list, as `provision` makes it."""
    columns = wanted("sub-outcome", evidence=True, owners=True)
    return fake.graph.add_list("KM maturity", [each.definition() for each in columns])


Export = Callable[..., Receipt]


@pytest.fixture
def export(registry: Registry) -> Export:
    """Export to the list."""

    def to_list(assessment: Assessment, **options: object) -> Receipt:
        dry_run = bool(options.pop("dry_run", False))
        return km.export(assessment, ADDRESS, options=options, dry_run=dry_run, registry=registry)

    return to_list


def told(receipt: Receipt) -> str:
    """What the receipt says of the one assessment that was brought."""
    (each,) = receipt.files
    return each.target.removeprefix(f"{ADDRESS}: ")


def held(made: ItemList) -> dict[str, dict[str, object]]:
    """The list's fields by key; fails where one key is there twice among what is not gone."""
    kept = [each.fields for each in made.items.values() if not each.fields.get("KmmGone")]
    assert len({each[KEY] for each in kept}) == len(kept)
    return {each[KEY]: each for each in kept}


def equals(made: ItemList, assessment: Assessment, by: By = "sub-outcome") -> bool:
    """Whether the list holds exactly the rows of `assessment` among those of its source."""
    rows = fields_of(km.report(assessment), by, wanted(by))
    there = held(made)
    expected = {
        row[KEY]: {name: value for name, value in row.items() if value is not None and value is not False}
        for row in rows
    }
    for fields in expected.values():
        for name in ("KmmAssessed", "KmmTargetBy"):
            if name in fields:
                fields[name] = f"{fields[name][:10]}T00:00:00Z"
    found = {
        key: {name: value for name, value in fields.items() if value is not False}
        for key, fields in there.items()
        if fields["KmmSource"] == key_for(assessment)
    }
    return found == expected


class TestUpsert:
    def test_one_item_for_each_sub_outcome(self, made: ItemList, export: Export) -> None:
        """Each sub-outcome is an item with typed fields; 0 is a number, and no score is an empty field."""
        assessment = km.example()
        receipt = export(assessment)
        assert equals(made, assessment)
        assert len(assessment.model.subs) == len(held(made))
        assert told(receipt) == f"{len(held(made))} added"
        states = {(fields["KmmState"], type(fields.get("KmmScore"))) for fields in held(made).values()}
        assert ("scored", int) in states
        assert all(kind is type(None) for state, kind in states if state != "scored")

    def test_a_second_time_changes_nothing(self, fake: FakeGraph, made: ItemList, export: Export) -> None:
        """The same again sends nothing; what the site's time zone makes of days is no change."""
        for hours in (0, 1, -8, 11):
            made.items.clear()
            made.hours = hours
            export(km.example())
            fake.exchanges.clear()
            assert told(export(km.example())) == "nothing to change"
            assert {each.request.method for each in fake.exchanges} == {"GET"}

    def test_only_what_differs_is_sent(self, made: ItemList, export: Export) -> None:
        """Of a score that changed, the fields that changed are sent and no others."""
        assessment = km.example()
        export(assessment)
        sub = next(sub for sub in assessment.model.subs if assessment.answer(sub).score == 1)
        scores = {**assessment.scores, sub: evolve(assessment.scores[sub], score=2)}
        changed = evolve(assessment, scores=FrozenMap(scores))
        made.sent.clear()
        receipt = export(changed)
        assert [set(each) for each in made.sent] == [{"KmmScore", "KmmLevel"}]
        assert told(receipt) == "1 changed"
        assert equals(made, changed)

    def test_what_is_gone_is_marked(self, made: ItemList, export: Export) -> None:
        """An item that the source does not have any more is marked and stays, and comes back as it was."""
        assessment = km.example()
        export(assessment)
        extra = {KEY: f"{key_for(assessment)}/old.one", "KmmSource": key_for(assessment), "Title": "Old"}
        made.create(extra)
        receipt = export(assessment)
        assert told(receipt) == "1 marked as gone"
        (gone,) = [each for each in made.items.values() if each.fields.get("KmmGone")]
        assert gone.fields["Title"] == "Old"
        assert told(export(assessment)) == "nothing to change"

    def test_what_comes_back_is_marked_no_more(self, made: ItemList, export: Export) -> None:
        """An item that was marked as gone, and is in the source again, is not marked any more."""
        export(km.example())
        made.items["1"].fields["KmmGone"] = True
        assert told(export(km.example())) == "1 changed"
        assert equals(made, km.example())

    def test_other_years_stay(self, made: ItemList, export: Export) -> None:
        """Another year of the same unit has items of its own, and those of the first stay."""
        export(km.example(year=1))
        export(km.example(year=2))
        assert equals(made, km.example(year=1))
        assert equals(made, km.example(year=2))

    def test_one_item_for_each_assessment(self, fake: FakeGraph, export: Export) -> None:
        """By assessment, an item is an overview: counts, never a mean."""
        made = fake.graph.add_list("KM maturity", [each.definition() for each in wanted("assessment")])
        export(km.example(), by="assessment")
        assert equals(made, km.example(), "assessment")
        (fields,) = held(made).values()
        assert fields["KmmLevels"] == ", ".join(
            f"level {level}: {count}" for level, count in km.profile(km.example()).whole.counts.items()
        )

    def test_a_dry_run_changes_nothing(self, fake: FakeGraph, made: ItemList, export: Export) -> None:
        """A dry run tells what would be done, and does nothing."""
        receipt = export(km.example(), dry_run=True)
        assert told(receipt) == f"{len(km.example().model.subs)} added"
        assert made.items == {}
        assert {each.request.method for each in fake.exchanges} == {"GET"}

    def test_long_lists_come_in_pages(self, fake: FakeGraph, made: ItemList, export: Export) -> None:
        """A list that comes in pages is read to its end; batches hold twenty."""
        made.page = 3
        export(km.example())
        assert told(export(km.example())) == "nothing to change"
        sizes = [len(each.request.json()["requests"]) for each in fake.calls("batch")]
        assert max(sizes) <= 20
        assert sum(sizes) == len(km.example().model.subs)

    def test_a_page_on_another_host_is_refused(self, fake: FakeGraph, made: ItemList, export: Export) -> None:
        """A next page on another host is not asked for: no token goes there."""
        made.page = 3
        export(km.example())
        fake.graph.next_links_to = "https://elsewhere.example"
        with pytest.raises(KmMaturityError, match=r"points to another host, https://elsewhere\.example"):
            export(km.example())


class TestPrivate:
    def test_evidence_and_owners_are_left_out(self, made: ItemList, export: Export) -> None:
        """Evidence and owners are left out unless they are asked for, and so is what the report leaves out."""
        export(km.example())
        assert not {"KmmEvidence", "KmmOwners"} & {name for each in made.sent for name in each}
        export(km.example(), evidence=True, owners=True)
        assert {"KmmEvidence", "KmmOwners"} <= {name for each in made.sent for name in each}

    def test_one_list_holds_one_unit(self, made: ItemList, export: Export) -> None:
        """A second unit in a list is refused, because any view of it sorts, unless that is said to be wanted."""
        export(km.example())
        other = evolve(km.example(), unit=("Another team",))
        with pytest.raises(KmMaturityError, match="can sort it by score, and this is no tool to rank with"):
            export(other)
        before = len(made.items)
        export(other, several_units=True)
        assert len(made.items) == 2 * before

    def test_no_text_becomes_a_formula(self) -> None:
        """A text that a spreadsheet could take for a formula, when the list is opened in one, is none."""
        assert line("=1+1") == "'=1+1"
        assert line("a\r\nb\x00\x1bc") == "a b c"

    def test_no_evidence_becomes_a_formula(self, made: ItemList, export: Export) -> None:
        """Neither does a text of several lines."""
        sub = next(sub for sub in km.example().model.subs if not km.example().answer(sub).evidence)
        export(km.example().with_evidence(sub, "=1+1"), evidence=True)
        (told,) = [each["KmmEvidence"] for each in made.sent if "=1+1" in str(each.get("KmmEvidence"))]
        assert told == "'=1+1"

    @pytest.mark.parametrize("text", ["a" * 300, "\U0001f600" * 200, "é" * 255])
    def test_a_line_is_cut_to_what_it_can_hold(self, text: str) -> None:
        """A text that is too long for a single line is cut, with a mark, and no letter is cut in two."""
        cut = line(text)
        assert len(cut.encode("utf-16-le")) <= 510
        assert cut == text or (cut.endswith("\u2026") and text.startswith(cut[:-1]))


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


def test_keys_of_long_names_stay_apart() -> None:
    """Two sub-outcomes whose ids begin alike for longer than a key may be have keys of their own."""
    report = km.report(km.example())
    rows = [evolve(report.rows[0], sub=f"{'long-' * 60}{number}") for number in range(2)]
    keys = [each[KEY] for each in fields_of(evolve(report, rows=tuple(rows)), "sub-outcome", wanted("sub-outcome"))]
    assert len(set(keys)) == 2
    assert max(map(len, keys)) <= 255


def test_days_are_days() -> None:
    """A day is sent as its noon, so that it is the same day in any time zone of a site."""
    rows = fields_of(km.report(km.example()), "sub-outcome", wanted("sub-outcome"))
    assert rows[0]["KmmAssessed"] == f"{km.example().assessed:%Y-%m-%d}T12:00:00Z"
    assert date.fromisoformat(rows[0]["KmmAssessed"][:10]) == km.example().assessed
