"""A list equals its source: added, changed and marked, and nothing in it that is private."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import kmmaturity as km
from fake_graph import FakeGraph
from fake_graph.lists import ItemList
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.keys import key_for
from kmmaturity_sharepoint.columns import KEY, wanted
from kmmaturity_sharepoint.rows import fields_of, line
from listed import Export, equals, held, told

pytestmark = pytest.mark.usefixtures("reached")


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
        assert made.sent[-1] == {"KmmGone": False}
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


def test_each_owner_is_there_once() -> None:
    """The owners of all actions towards a sub-outcome are told once each, and an action that nobody owns adds none."""
    report = km.report(km.example())
    first, sub = report.plan.actions[0], report.rows[0].sub
    actions = [evolve(first, owner=owner, towards=[sub]) for owner in ("Lead", None, "Team", "Lead")]
    planned = evolve(report, plan=evolve(report.plan, actions=actions))
    (fields, *_) = fields_of(planned, "sub-outcome", wanted("sub-outcome", owners=True))
    assert fields["KmmOwners"] == "Lead\nTeam"


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
