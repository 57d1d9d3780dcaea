"""A store in a library keeps the contract of stores, but for forgetting, which a library cannot promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

import kmmaturity as km
from fake_graph import FakeGraph
from fake_graph.faults import Fault
from fake_graph.opening import Given, opened
from kmmaturity.builtin.stores.copying import copied
from kmmaturity.builtin.stores.directory import DirectoryStore
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile
from kmmaturity.files.writing import dump
from kmmaturity.hooks import layout
from kmmaturity.hooks.store import Conflict, Revision
from kmmaturity.testing.stores import Make, StoreContract
from kmmaturity.testing.stores.keeping import Conflicting, Finding, Keeping
from kmmaturity.testing.stores.machine import Agreeing
from kmmaturity.testing.stores.odd import Odd
from kmmaturity.testing.stores.opened import MOMENT, Opened, bytes_of, unharmed
from kmmaturity.testing.stores.proof import Copying, Forgetting, Proving
from kmmaturity.testing.stores.together import Together
from kmmaturity_sharepoint.addresses import place_of
from kmmaturity_sharepoint.settings import Settings
from kmmaturity_sharepoint.store import LibraryStore

ADDRESS = "sharepoint-store://contoso.sharepoint.com/sites/KM/Shared Documents/Store & more"


class InALibrary(Opened):
    forgets = False  # a library keeps earlier versions of every file

    @pytest.fixture
    def make(self, fake: FakeGraph) -> Make:
        """The store in the fake's library."""
        return partial(opened, ADDRESS, origin=fake.origin, ca=str(fake.ca), credential=Given.by(fake))


class TestContract(InALibrary, Keeping, Conflicting, Finding, Forgetting, Copying, Proving):
    @pytest.fixture(autouse=True)
    def library(self, fake: FakeGraph) -> None:
        """The library that `corrupt` reaches into."""
        self.drive = fake.graph.library

    def corrupt(self, make: Make, revision: Revision) -> None:
        """Change a byte where the library keeps the document."""
        entry = self.drive.find(f"Store & more/{revision.key}/{layout.file_name(revision.number)}")
        assert entry is not None
        assert entry.content is not None
        entry.write(entry.content.replace(b"number", b"numb3r"))


@pytest.mark.slow
class TestAtLength(InALibrary, Odd, Agreeing, Together):
    processes, writes, kills = 2, 3, 1


def test_no_part_of_the_contract_is_left_out() -> None:
    """What the classes above test is all that is promised of stores."""
    assert {*TestContract.__mro__, *TestAtLength.__mro__} >= set(StoreContract.__bases__)


class Held(Given):
    """A credential that counts how often it was closed."""

    closed = 0

    def close(self) -> None:
        """Let go."""
        self.closed += 1


class TestOurs(InALibrary):
    @pytest.mark.parametrize("how", ["cut", "lost"])
    @pytest.mark.parametrize("operation", ["item.put", "item.get", "item.children", "unsigned.download"])
    def test_a_lost_answer_is_one_revision(self, make: Make, fake: FakeGraph, operation: str, how: str) -> None:
        """When an answer is lost, a put is one revision and no conflict with itself."""
        with make() as store:
            store.put("team", bytes_of("first"), expect=None, at=MOMENT)
            fake.graph.faults.add(Fault(operation, how))  # type: ignore[arg-type]
            second = store.put("team", bytes_of("second"), expect=1, at=MOMENT)
            assert [each.number for each in store.history("team")] == [1, 2]
            assert store.get("team") == second
            unharmed(store)

    @pytest.mark.usefixtures("reached")
    def test_patience_is_one_for_each_call(self, fake: FakeGraph) -> None:
        """What was waited for in one call of a store is not missing in the next."""
        with km.open_store(ADDRESS, create=True) as store:
            for _ in range(3):
                fake.graph.faults.add(Fault.status("item.children", 429, Retry_After="200"))
                assert store.get("team") is None

    def test_what_was_opened_is_closed(self, fake: FakeGraph, settings: Callable[..., Settings]) -> None:
        """A store lets go of what signs in, and so does one that there is not."""
        held = Held.by(fake)
        place = place_of(ADDRESS)
        with pytest.raises(NoSuchFile):
            LibraryStore(place, settings(credential=held))
        assert held.closed == 1
        LibraryStore(place, settings(credential=held), create=True).close()
        assert held.closed == 2

    @pytest.mark.parametrize("operation", ["item.get", "item.put"])
    def test_a_writer_in_between_is_one_conflict(self, make: Make, fake: FakeGraph, operation: str) -> None:
        """A revision that another writer makes between looking and putting gives one success and one conflict."""
        with make() as ours, km.open_store("memory:") as theirs:
            theirs.keep(ours.put("team", bytes_of("first"), expect=None, at=MOMENT))
            second = layout.bytes_of(theirs.put("team", bytes_of("theirs"), expect=1, at=MOMENT))
            names = ("Store & more", "team", layout.file_name(2))

            def write() -> None:
                fake.graph.library.write(names, second, conflict="fail", tag=None)

            fake.graph.faults.add(Fault(operation, "well", before=write))
            with pytest.raises(Conflict) as caught:
                ours.put("team", bytes_of("ours"), expect=1, at=MOMENT)
            assert caught.value.current is not None
            assert caught.value.current.document == bytes_of("theirs")
            assert len(ours.history("team")) == 2

    def test_is_laid_out_as_a_folder_is(self, make: Make, fake: FakeGraph, tmp_path: Path) -> None:
        """What is downloaded from the library is a store in a folder, with the same history."""
        with make() as store:
            store.put("team", bytes_of("first"), expect=None, actor="KM lead", at=MOMENT)
            store.put("team", bytes_of("second"), expect=1, at=MOMENT)
            for path, content in fake.graph.library.files().items():
                file = tmp_path / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            with DirectoryStore(tmp_path / "Store & more") as folder:
                assert folder.history("team") == store.history("team")
                unharmed(folder)

    def test_damage_is_found(self, make: Make, fake: FakeGraph) -> None:
        """A byte that changed, and a file that is not the store's, are found, and a damaged document is not given."""
        with make() as store:
            store.put("team", bytes_of("first"), expect=None, at=MOMENT)
            entry = fake.graph.library.find("Store & more/team/00000001.kmrev")
            assert entry is not None
            assert entry.content is not None
            entry.write(entry.content.replace(b"first", b"fir5t"))
            fake.graph.library.write(("Store & more", "notes.txt"), b"hello", conflict="fail", tag=None)
            fake.graph.library.write(("Store & more", "team", "notes.txt"), b"hello", conflict="fail", tag=None)
            told = sorted((each.kind, str(each).partition(" is ")[0]) for each in store.verify())
            assert told == [
                ("damage", "team @ 1: its document"), ("foreign", "notes.txt"), ("foreign", "team/notes.txt"),
            ]  # fmt: skip
            with pytest.raises(CannotRead, match="revision 1 of team is damaged"):
                store.get("team")

    def test_what_cannot_be_forgotten_here_is_forgotten_by_a_copy(
        self, make: Make, fake: FakeGraph, tmp_path: Path
    ) -> None:
        """Forgetting is refused with a way to do it, and that way leads there: a copy, and a new folder from it."""
        with make() as store, km.open_store(f"dir:{tmp_path}/copy", create=True) as folder:
            for number in range(2):
                store.put("team", bytes_of(f"private {number}"), expect=number or None, at=MOMENT)
            with pytest.raises(CannotWrite, match=r"revisions 1 and 2 of team.*`kmmaturity store copy`"):
                store.forget("team", before=MOMENT + timedelta(days=1), because="retention", at=MOMENT)
            list(copied(store, folder))
            folder.forget("team", revision=1, because="retention", at=MOMENT)
            fake.graph.library.root.children.clear()  # as an owner of the site does
        with make() as store, km.open_store(f"dir:{tmp_path}/copy") as folder:
            list(copied(folder, store))
            assert store.history("team") == folder.history("team")
            unharmed(store)
        assert not [each for each in fake.graph.library.files().values() if b"private 0" in each]

    @pytest.mark.usefixtures("reached")
    def test_is_opened_by_its_address(self, fake: FakeGraph) -> None:
        """The address opens the store; where there is none it says so, and begins none in a folder with other files."""
        with pytest.raises(NoSuchFile, match="there is no store at sharepoint-store://"):
            km.open_store(ADDRESS)
        with km.open_store(ADDRESS, create=True) as store:
            store.put("team", dump(km.example(), "json"), expect=None, at=MOMENT)
        with km.open_store(ADDRESS) as store:
            assert [each.key for each in store.list()] == ["team"]
        assert km.load(f"{ADDRESS}#team@1") == km.example()
        fake.graph.library.write(("Other", "notes.txt"), b"hello", conflict="fail", tag=None)
        with pytest.raises(CannotWrite, match=r"holds other files, such as notes\.txt"):
            km.open_store(ADDRESS.replace("Store & more", "Other"), create=True)
        with pytest.raises(KmMaturityError, match="a store needs one of its own"):
            km.open_store(ADDRESS.rpartition("/")[0])

    @pytest.mark.usefixtures("reached")
    @pytest.mark.parametrize(
        ("marking", "told"), [(b"{}", "_kmmaturity-store.json is damaged"), (b'{"kmstore": 9}', "update kmmaturity")]
    )
    def test_a_marker_that_is_not_ours(self, fake: FakeGraph, marking: bytes, told: str) -> None:
        """A store of a later version, and a folder whose marker is damaged, are not taken for a store."""
        fake.graph.library.write(("Store & more", layout.MARKER), marking, conflict="fail", tag=None)
        with pytest.raises(CannotRead, match=told):
            km.open_store(ADDRESS)

    def test_a_store_that_was_taken_away(self, make: Make, fake: FakeGraph) -> None:
        """A store whose folder is gone is told as that, and never looks empty."""
        with make() as store:
            fake.graph.library.root.children.clear()
            for look in (store.list, lambda: store.get("team"), store.verify):
                with pytest.raises(CannotRead, match="the folder is not there any more"):
                    look()
