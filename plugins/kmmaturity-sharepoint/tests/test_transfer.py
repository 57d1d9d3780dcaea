"""Files arrive whole and once, whatever happens on the way."""

from __future__ import annotations

from random import Random

import pytest

from fake_graph import FakeGraph
from fake_graph.faults import Fault
from fake_graph.messages import Response, error
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.refusals import Refusal
from kmmaturity_sharepoint.client.uploads import STEP
from kmmaturity_sharepoint.transfer import Changed, Policy, Taken, Transfer

PATH = ("2026", "Team & friends #1 100%.html")
KEY = "/".join(PATH)
LARGE = Random(9).randbytes(11 * STEP + 12_345)  # noqa: S311  # any bytes will do


@pytest.fixture
def transfer(graph: Graph) -> Transfer:
    """Into the library of the fake, in fragments that are small enough for a test."""
    return Transfer(graph, "b!documents", fragment=2 * STEP)


class TestSmall:
    def test_makes_folders_and_keeps_every_byte(self, transfer: Transfer, fake: FakeGraph) -> None:
        """A file arrives byte for byte under its own name, in folders that are made, and says where it is."""
        item = transfer.place(PATH, b"\0hello", policy="fail")
        assert fake.graph.library.files() == {KEY: b"\0hello"}
        assert item.address == (
            "https://contoso.sharepoint.com/sites/KM/Shared%20Documents/2026/Team%20%26%20friends%20%231%20100%25.html"
        )

    def test_replaces_only_when_asked(self, transfer: Transfer, fake: FakeGraph) -> None:
        """A file that is there stays, unless it is to be replaced; then its history has both."""
        transfer.place(PATH, b"first", policy="fail")
        with pytest.raises(Taken, match="is there already"):
            transfer.place(PATH, b"second", policy="fail")
        assert fake.graph.library.files() == {KEY: b"first"}
        transfer.place(PATH, b"second", policy="replace")
        assert fake.graph.library.files() == {KEY: b"second"}

    def test_keeps_both_when_asked(self, transfer: Transfer, fake: FakeGraph) -> None:
        """To rename keeps what is there, and puts the new one beside it with a number."""
        for content in (b"first", b"second", b"third"):
            transfer.place(PATH, content, policy="rename")
        stem = KEY.removesuffix(".html")
        assert fake.graph.library.files() == {KEY: b"first", f"{stem} 1.html": b"second", f"{stem} 2.html": b"third"}

    @pytest.mark.parametrize("data", [b"new", LARGE])
    def test_replaces_only_what_was_meant(self, transfer: Transfer, fake: FakeGraph, data: bytes) -> None:
        """With a tag a file is replaced only while nobody has changed it since."""
        first = transfer.place(PATH, b"first", policy="fail")
        entry = fake.graph.library.find(KEY)
        assert entry is not None
        entry.write(b"theirs")
        with pytest.raises(Changed):
            transfer.place(PATH, data, policy="replace", tag=first.tag)
        assert fake.graph.library.files() == {KEY: b"theirs"}
        transfer.place(PATH, data, policy="replace", tag=entry.tag)
        assert fake.graph.library.files() == {KEY: data}

    @pytest.mark.parametrize("operation", ["item.put", "session.create"])
    def test_sees_who_comes_in_between(self, transfer: Transfer, fake: FakeGraph, operation: str) -> None:
        """A change that comes between looking and putting is not undone."""
        transfer.place(PATH, b"first", policy="fail")
        entry = fake.graph.library.find(KEY)
        assert entry is not None
        fake.graph.faults.add(Fault(operation, "well", before=lambda: entry.write(b"theirs")))
        with pytest.raises(Changed):
            Transfer(transfer.graph, transfer.drive, small=1000).place(
                PATH, b"mine" if operation == "item.put" else LARGE, policy="replace"
            )
        assert fake.graph.library.files() == {KEY: b"theirs"}

    @pytest.mark.parametrize("policy", ["fail", "replace", "rename"])
    @pytest.mark.parametrize("how", ["cut", "lost"])
    def test_a_lost_answer_makes_no_second_version(
        self, transfer: Transfer, fake: FakeGraph, policy: str, how: str
    ) -> None:
        """When the connection ends before the answer, the file is there once, whether or not it had arrived."""
        fake.graph.faults.add(Fault("item.put", how))  # type: ignore[arg-type]
        item = transfer.place(PATH, b"hello", policy=policy)  # type: ignore[arg-type]
        entry = fake.graph.library.find(KEY)
        assert entry is not None
        assert (entry.kept, fake.graph.library.files(), item.tag) == ([b"hello"], {KEY: b"hello"}, entry.tag)

    def test_what_somebody_else_wrote_is_not_taken_for_ours(self, transfer: Transfer, fake: FakeGraph) -> None:
        """When an answer does not come and a file is there, it is ours only where every byte is."""

        def write() -> None:
            fake.graph.library.write(PATH, b"their", conflict="fail", tag=None)

        fake.graph.faults.add(Fault("item.put", "cut", before=write))
        with pytest.raises(Taken, match="somebody else made it meanwhile"):
            transfer.place(PATH, b"hello", policy="fail")
        assert fake.graph.library.files() == {KEY: b"their"}

    @pytest.mark.parametrize("policy", ["fail", "replace"])
    def test_a_folder_is_not_replaced(self, transfer: Transfer, fake: FakeGraph, policy: Policy) -> None:
        """A folder of the file's name stays, and is told as one."""
        fake.graph.library.folder(PATH)
        with pytest.raises(Taken) as caught:
            transfer.place(PATH, b"hello", policy=policy)
        assert caught.value.is_folder
        assert transfer.place(PATH, b"hello", policy="rename").name == "Team & friends #1 100% 1.html"

    @pytest.mark.parametrize("data", [b"hello", LARGE])
    def test_a_file_in_the_place_of_a_folder(self, graph: Graph, fake: FakeGraph, data: bytes) -> None:
        """A file where one of the folders would be is no file that is there already."""
        fake.graph.library.write(PATH[:1], b"theirs", conflict="fail", tag=None)
        with pytest.raises(Refusal, match="409"):
            Transfer(graph, "b!documents", small=1000).place(PATH, data, policy="fail")
        assert fake.graph.library.files() == {PATH[0]: b"theirs"}

    def test_a_file_that_says_modified_is_tried_again(self, transfer: Transfer, fake: FakeGraph) -> None:
        """SharePoint may call a file modified that nobody else touched: the second try goes well."""
        fake.graph.faults.add(Fault.status("item.put", 409, "resourceModified"))
        transfer.place(PATH, b"hello", policy="fail")
        assert fake.graph.library.files() == {KEY: b"hello"}


class TestLarge:
    def test_sizes_are_those_that_graph_takes(self, graph: Graph, fake: FakeGraph) -> None:
        """As it is delivered, up to 4 MB go in one piece, and more in fragments of whole steps."""
        transfer = Transfer(graph, "b!documents")
        whole, more = bytes(4 * 1024 * 1024), bytes(80 * STEP + 1)
        transfer.place(("whole.bin",), whole, policy="fail")
        assert not fake.calls("session.create")
        transfer.place(("more.bin",), more, policy="fail")
        assert fake.graph.library.files() == {"whole.bin": whole, "more.bin": more}
        (upload,) = fake.graph.library.ended
        assert upload.accepted == [(0, 32 * STEP - 1), (32 * STEP, 64 * STEP - 1), (64 * STEP, 80 * STEP)]

    def test_a_file_that_comes_in_between_stays(self, graph: Graph, fake: FakeGraph) -> None:
        """A file that somebody else makes while a large one is on its way is not replaced by it."""

        def write() -> None:
            fake.graph.library.write(PATH, b"theirs", conflict="fail", tag=None)

        fake.graph.faults.add(Fault("unsigned.fragment", "well", before=write))
        with pytest.raises(Taken):
            Transfer(graph, "b!documents", small=1000).place(PATH, LARGE, policy="fail")
        assert fake.graph.library.files() == {KEY: b"theirs"}
        assert not fake.graph.library.uploads

    def test_a_fragment_that_is_held_is_no_reason_to_wait(
        self, graph: Graph, fake: FakeGraph, waits: list[float]
    ) -> None:
        """A fragment that SharePoint says it has is passed over at once, and one that never settles is given up."""
        transfer = Transfer(graph, "b!documents", fragment=STEP, small=1000)
        held = Fault("unsigned.fragment", "answer-after", error(416, "invalidRange"), after=2)
        fake.graph.faults.add(held)
        transfer.place(PATH, LARGE, policy="fail")
        assert fake.graph.library.files() == {KEY: LARGE}
        assert waits == []
        fake.graph.faults.add(Fault.status("unsigned.fragment", 416, "invalidRange", times=99))
        with pytest.raises(Refusal, match="416"):
            transfer.place(("another.bin",), LARGE, policy="fail")
        assert len(fake.graph.library.files()) == 1

    @pytest.mark.parametrize("closed", [False, True])
    def test_arrives_in_fragments(self, transfer: Transfer, fake: FakeGraph, closed: bool) -> None:
        """A large file arrives in fragments of whole steps, whichever way the expected ranges are told."""
        transfer = Transfer(transfer.graph, transfer.drive, fragment=2 * STEP, small=1000)
        fake.graph.library.ranges_closed = closed
        item = transfer.place(PATH, LARGE, policy="fail")
        assert fake.graph.library.files() == {KEY: LARGE}
        assert item.size == len(LARGE)

    def test_goes_on_where_it_stopped(self, graph: Graph, fake: FakeGraph) -> None:
        """After cuts, lost answers, mishaps and 416 no fragment that was acknowledged is sent again."""
        transfer = Transfer(graph, "b!documents", fragment=STEP, small=1000)
        faults = fake.graph.faults
        faults.add(
            Fault("unsigned.fragment", "cut", after=1),
            Fault("unsigned.fragment", "lost", after=1),
            Fault.status("unsigned.fragment", 503, "serviceNotAvailable", after=1, Retry_After="7"),
            Fault("unsigned.fragment", "answer-after", error(500, "generalException"), after=1),
            Fault("unsigned.fragment", "answer-after", error(416, "invalidRange"), after=1),
        )
        transfer.place(PATH, LARGE, policy="fail")
        assert fake.graph.library.files() == {KEY: LARGE}
        assert not faults.waiting
        (upload,) = fake.graph.library.ended
        firsts = [first for first, _ in upload.accepted]
        assert firsts == sorted(set(firsts))
        acknowledged = [
            each.request.headers["content-range"]
            for each in fake.calls("unsigned.fragment")
            if each.response is not None and each.response.status in (200, 201, 202)
        ]
        assert len(acknowledged) == len(set(acknowledged))
        assert not [
            each
            for each in fake.calls("unsigned.fragment")
            if each.response
            and each.response.status == 416
            and each.response.body["error"]["message"].startswith("Requested")
        ], "a fragment was sent that was held already"

    def test_half_an_answer_is_none(self, transfer: Transfer, fake: FakeGraph) -> None:
        """An answer that breaks off after the file arrived makes no second version, in one piece or in fragments."""
        fake.strict = False
        half = Response(200, b'{"id": "x", "na')
        fake.graph.faults.add(Fault("item.put", "answer-after", half), Fault("unsigned.fragment", "answer-after", half))
        transfer.place(PATH, b"hello", policy="fail")
        Transfer(transfer.graph, transfer.drive, fragment=STEP, small=1000).place(("b.bin",), LARGE, policy="fail")
        assert fake.graph.library.root.children["b.bin"].kept == [LARGE]
        assert fake.graph.library.files() == {KEY: b"hello", "b.bin": LARGE}

    @pytest.mark.parametrize("after", [0, 3, 11])
    def test_an_upload_that_expired_begins_again(self, graph: Graph, fake: FakeGraph, after: int) -> None:
        """An upload that is not there any more is begun again."""
        transfer = Transfer(graph, "b!documents", fragment=STEP, small=1000)
        library = fake.graph.library
        fake.graph.faults.add(
            Fault("unsigned.fragment", "answer", error(404, "itemNotFound"), after=after, before=library.uploads.clear)
        )
        transfer.place(PATH, LARGE, policy="fail")
        assert library.files() == {KEY: LARGE}

    def test_a_lost_last_answer_is_found_out(self, graph: Graph, fake: FakeGraph) -> None:
        """When the answer to the last fragment is lost, the file is there once and is taken for done."""
        transfer = Transfer(graph, "b!documents", fragment=STEP, small=1000)
        fake.graph.faults.add(Fault("unsigned.fragment", "lost", after=11))
        item = transfer.place(PATH, LARGE, policy="fail")
        entry = fake.graph.library.find(KEY)
        assert entry is not None
        assert (entry.kept, item.tag) == ([LARGE], entry.tag)

    def test_an_interruption_leaves_nothing_half_done(self, graph: Graph, fake: FakeGraph) -> None:
        """Whoever interrupts an upload leaves no file and no open upload."""

        def interrupt(done: int, total: int) -> None:
            if done:
                raise KeyboardInterrupt

        transfer = Transfer(graph, "b!documents", progress=interrupt, fragment=STEP, small=1000)
        with pytest.raises(KeyboardInterrupt):
            transfer.place(PATH, LARGE, policy="fail")
        assert fake.graph.library.files() == {}
        assert not fake.graph.library.uploads

    def test_progress_is_told(self, graph: Graph) -> None:
        """Progress counts up to the size of the file."""
        told: list[tuple[int, int]] = []
        Transfer(graph, "b!documents", progress=lambda *each: told.append(each), fragment=4 * STEP, small=1000).place(
            PATH, LARGE, policy="fail"
        )
        size = len(LARGE)
        assert told == [(0, size), (4 * STEP, size), (8 * STEP, size), (size, size)]

    def test_an_empty_file(self, transfer: Transfer, fake: FakeGraph) -> None:
        """A file with nothing in it arrives, too."""
        transfer.place(PATH, b"", policy="fail")
        assert fake.graph.library.files() == {KEY: b""}
