"""Whatever goes wrong, in whatever order: files are whole, the list equals its source, and nothing is there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import kmmaturity as km
from fake_graph import FakeGraph
from fake_graph.drives import Entry
from fake_graph.faults import Fault
from fake_graph.graph import Graph as FakeSite
from fake_graph.messages import Response, error
from fake_graph.opening import Given, unhurried
from kmmaturity.domain.report import Report
from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.keys import key_for
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.uploads import STEP
from kmmaturity_sharepoint.columns import GONE, KEY, SOURCE, wanted
from kmmaturity_sharepoint.rows import changed, fields_of
from kmmaturity_sharepoint.settings import Settings
from kmmaturity_sharepoint.transfer import Policy, Transfer
from kmmaturity_sharepoint.upsert import Upsert

COLUMNS = wanted("sub-outcome")
NAMES = ("team.html", "Team #2.html")
FILES = ("item.get", "item.put", "session.create", "unsigned.fragment", "unsigned.status")
LISTS = ("items.list", "batch", "items.create", "items.update")
STATUSES = (
    (408, "timeout"), (409, "resourceModified"), (409, "nameAlreadyExists"), (412, "preconditionFailed"),
    (416, "invalidRange"), (423, "resourceLocked"), (424, "failedDependency"), (429, "activityLimitReached"),
    (500, "generalException"), (502, "badGateway"), (503, "serviceNotAvailable"), (504, "gatewayTimeout"),
)  # fmt: skip


def report(score: int, cut: int) -> Report:
    """The report of the fictional team, with a score of its own and without the last few sub-outcomes."""
    made = km.report(km.example())
    rows = made.rows[: len(made.rows) - cut]
    return evolve(made, rows=(evolve(rows[0], score=score, score_title=f"level {score}"), *rows[1:]))


REPORTS = {(score, cut): report(score, cut) for score in range(4) for cut in (0, 1, 9)}


class Machine(RuleBasedStateMachine):
    """One library and one list, other people who edit both, and everything that can go wrong on the way."""

    fake: FakeGraph

    def __init__(self) -> None:
        super().__init__()
        fake = self.fake
        fake.graph = FakeSite(fake.origin)
        fake.exchanges.clear()  # every fragment of every run would be kept
        # An owner made this list by hand, and let keys be there twice: nothing but we prevents it.
        columns = [{**each.definition(), "enforceUniqueValues": False} for each in COLUMNS]
        self.made = fake.graph.add_list("KM maturity", [*columns, {"name": "Notes", "text": {}}])
        self.made.page = 7
        reached = Settings(
            graph=fake.origin, authority=fake.origin, ca=str(fake.ca), credential=Given.by(fake), sleep=unhurried
        )
        self.graph = Graph(reached)
        self.transfer = Transfer(self.graph, "b!documents", fragment=STEP, small=1000)
        self.upsert = Upsert(self.graph, fake.graph.site, self.made.id)
        self.given: list[bytes] = []  # everything that anybody wrote
        self.ours = 0

    def _data(self, large: bool) -> bytes:
        self.ours += 1
        data = f"ours {self.ours} ".encode() * (STEP // 3 if large else 3)
        self.given.append(data)
        return data

    # What goes wrong

    @rule(operation=st.sampled_from(FILES + LISTS), how=st.sampled_from(["cut", "lost"]), after=st.integers(0, 3), times=st.integers(1, 3))  # fmt: skip
    def lose(self, operation: str, how: str, after: int, times: int) -> None:
        """A connection will end, before a call or after it."""
        self.fake.graph.faults.add(Fault(operation, how, after=after, times=times))  # type: ignore[arg-type]

    @rule(
        operation=st.sampled_from(FILES + LISTS), status=st.sampled_from(STATUSES), done=st.booleans(),
        after=st.integers(0, 3), times=st.integers(1, 3), wait=st.sampled_from([None, "0", "3", "20"]),
    )  # fmt: skip
    def refuse(
        self, operation: str, status: tuple[int, str], done: bool, after: int, times: int, wait: str | None
    ) -> None:
        """A call will be answered with an error, after it is done or instead."""
        how = "answer-after" if done and status[0] != 429 else "answer"  # one that is turned away is never done
        response = Response(status[0], error(*status).body, {} if wait is None else {"Retry-After": wait})
        self.fake.graph.faults.add(Fault(operation, how, response, times, after))  # type: ignore[arg-type]

    @rule(after=st.integers(0, 3))
    def expire(self, after: int) -> None:
        """An upload will be gone."""
        uploads = self.fake.graph.library.uploads
        self.fake.graph.faults.add(Fault("unsigned.fragment", "well", after=after, before=uploads.clear))

    @rule(name=st.sampled_from(NAMES), operation=st.sampled_from([None, "item.put", "session.create", "unsigned.fragment"]))  # fmt: skip
    def edit_a_file(self, name: str, operation: str | None) -> None:
        """Somebody else changes a file, now or between our looking and our writing."""
        theirs = f"theirs {len(self.given)}".encode()
        self.given.append(theirs)

        def edit() -> None:
            self.fake.graph.library.write((name,), theirs, conflict="replace", tag=None)

        if operation is None:
            edit()
        else:
            self.fake.graph.faults.add(Fault(operation, "well", before=edit))

    @rule(score=st.integers(0, 3), operation=st.sampled_from([None, "batch", "items.update"]))
    def edit_an_item(self, score: int, operation: str | None) -> None:
        """Somebody else changes an item, now or between our looking and our writing."""

        def edit() -> None:
            for item in list(self.made.items.values())[:2]:
                item.fields |= {"KmmScore": score, "Notes": "theirs"}
                item.version += 1

        if operation is None:
            edit()
        else:
            self.fake.graph.faults.add(Fault(operation, "well", before=edit))

    # What we do

    @rule(name=st.sampled_from(NAMES), large=st.booleans(), policy=st.sampled_from(["fail", "replace", "rename"]))
    def bring_a_file(self, name: str, large: bool, policy: Policy) -> None:
        """A file is brought: it is there as it was given, or an error says why it may not be."""
        data = self._data(large)
        try:
            item = self.transfer.place((name,), data, policy=policy)
        except KmMaturityError:
            return
        entry = self.fake.graph.library.by_id(item.id)
        assert entry is not None
        assert data in entry.kept

    @rule(score=st.integers(0, 3), cut=st.sampled_from([0, 1, 9]))
    def bring_rows(self, score: int, cut: int) -> None:
        """Rows are brought: the list equals them, or an error says that it may not."""
        chosen = REPORTS[score, cut]
        waiting = list(self.fake.graph.faults.waiting)
        try:
            self.upsert.apply(key_for(chosen), fields_of(chosen, "sub-outcome", COLUMNS))
        except KmMaturityError:
            return
        if not any(each.before is not None for each in waiting):
            self._equals(chosen)

    def _equals(self, chosen: Report) -> None:
        rows = {row[KEY]: row for row in fields_of(chosen, "sub-outcome", COLUMNS)}
        current = [each.fields for each in self.made.items.values() if not each.fields.get(GONE)]
        assert Counter(each[KEY] for each in current) == Counter(list(rows))
        for each in current:
            assert changed(rows[each[KEY]], each) == {}

    # What holds at any time

    @invariant()
    def files_are_whole(self) -> None:
        """Every version of every file is, byte for byte, something that somebody wrote, and ours are there once."""
        kept = Counter(content for entry in self._entries(self.fake.graph.library.root) for content in entry.kept)
        assert set(kept) <= set(self.given)
        assert all(count == 1 for content, count in kept.items() if content.startswith(b"ours"))

    @invariant()
    def keys_are_there_once(self) -> None:
        """No key is there twice."""
        counted = Counter(each.fields[KEY] for each in self.made.items.values())
        assert all(count == 1 for count in counted.values())
        assert all(each.fields[SOURCE] == key_for(REPORTS[0, 0]) for each in self.made.items.values())

    def _entries(self, entry: Entry) -> Iterator[Entry]:
        yield entry
        for each in entry.children.values():
            yield from self._entries(each)

    def teardown(self) -> None:
        """When nothing goes wrong any more, one more time brings everything."""
        self.fake.graph.faults.waiting.clear()
        try:
            last = REPORTS[2, 1]
            self.upsert.apply(key_for(last), fields_of(last, "sub-outcome", COLUMNS))
            self._equals(last)
            data = self._data(large=True)
            self.transfer.place((NAMES[0],), data, policy="replace")
            assert self.fake.graph.library.files()[NAMES[0]] == data
            self.files_are_whole()
            self.keys_are_there_once()
            assert self.fake.violations == []
        finally:
            self.graph.wire.close()


def run(folder: Path, *, examples: int, steps: int) -> None:
    """Runs the machine against one fake."""
    with FakeGraph(folder) as running:

        class OfThisFake(Machine):
            fake = running

        run_state_machine_as_test(
            OfThisFake,
            settings=settings(
                max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )


def test_nothing_is_lost_torn_or_there_twice(tmp_path: Path) -> None:
    """After lost answers, throttling, mishaps, conflicts, expired uploads and other people's edits all is as it has to be."""
    run(tmp_path, examples=8, steps=12)


@pytest.mark.slow
def test_nothing_is_lost_torn_or_there_twice_in_many_runs(tmp_path: Path) -> None:
    """The same, many more times."""
    run(tmp_path, examples=120, steps=25)
