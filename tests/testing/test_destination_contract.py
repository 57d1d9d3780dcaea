"""The contract of destinations finds those that do not keep it, and tells their authors what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import evolve

from kmmaturity.errors import CannotRead, CannotWrite
from kmmaturity.hooks import Delivered, Delivery, Destination
from kmmaturity.testing import DestinationContract

CONTRACT = DestinationContract()


class Shelf:
    """A destination that keeps files in a dictionary; each careless one below does one thing in another way."""

    scheme = "shelf"

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def deliver(self, delivery: Delivery) -> Iterator[Delivered]:
        """Keep the files."""
        self.refuse(delivery)
        for file in delivery.files:
            content = file.read()
            self.keep(file.target, content, delivery)
            yield Delivered(file.target, len(content))

    def refuse(self, delivery: Delivery) -> None:
        """Refuse what is there already."""
        taken = [file.target for file in delivery.files if file.target in self.kept]
        if taken and not delivery.overwrite and not delivery.dry_run:
            raise CannotWrite(f"{taken[0]} is there already: replace it with overwrite=True")

    def keep(self, target: str, content: bytes, delivery: Delivery) -> None:
        """Keep a file, unless that is only tried."""
        if not delivery.dry_run:
            self.kept[target] = content

    def fetch(self, address: str) -> bytes:
        """Give back a file."""
        if address not in self.kept:
            raise CannotRead(f"there is nothing at {address}")
        return self.kept[address]

    def destination(self, **change: Any) -> Destination:
        """The record of this shelf."""
        record = Destination((self.scheme,), "Kept in a dictionary", self.deliver, fetch=self.fetch)
        return evolve(record, **change)


def address(name: str) -> str:
    """The address of a file on a shelf."""
    return f"shelf:{name}"


class TestGood(DestinationContract):
    """One that keeps it all."""

    @pytest.fixture
    def destination(self) -> Destination:
        """A shelf."""
        return Shelf().destination()

    @pytest.fixture
    def address(self) -> Callable[[str], str]:
        """An address on it."""
        return address


class TestReports(DestinationContract):
    """One that takes reports and makes rows of its own."""

    @pytest.fixture
    def destination(self) -> Destination:
        """It counts rows, and keeps none."""

        def deliver(delivery: Delivery) -> Iterator[Delivered]:
            for each in delivery.reports:
                yield Delivered(f"{delivery.target}/{each.unit[-1]}", len(each.rows))

        return Destination(("rows",), "Rows of a list", deliver, takes="reports")

    @pytest.fixture
    def address(self) -> Callable[[str], str]:
        """An address of it."""
        return lambda name: f"rows:{name}"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schemes": ()}, "schemes is empty"),
        ({"schemes": ("s",)}, "the scheme 's' chooses no address"),
        ({"schemes": ("Shelf:",)}, "the scheme 'Shelf:' chooses no address"),
        ({"schemes": ("file",)}, "the destination file is one of ours"),
        ({"summary": ""}, "summary is empty"),
    ],
)
def test_what_nobody_could_choose(change: dict[str, Any], told: str) -> None:
    """A scheme or summary that cannot be typed or read is told."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_can_be_chosen(Shelf().destination(**change))


def test_nothing_told() -> None:
    """A destination that tells of nothing, or of something else, is told to give a Delivered for each thing."""
    with pytest.raises(AssertionError, match=r"deliver\(\) told of nothing"):
        CONTRACT.test_brings_all_of_it(Shelf().destination(deliver=lambda delivery: ()), address)
    with pytest.raises(AssertionError, match=r"tells of str, and has to tell of Delivered"):
        CONTRACT.test_brings_all_of_it(Shelf().destination(deliver=lambda delivery: ["done"]), address)


def test_pieces_are_gone_through_twice() -> None:
    """A destination that counts the pieces and then writes what is left of them is told that it can look once."""

    class Twice(Shelf):
        def deliver(self, delivery: Delivery) -> Iterator[Delivered]:
            for file in delivery.files:
                size = sum(map(len, file))
                self.keep(file.target, file.read(), delivery)
                yield Delivered(file.target, size)

    with pytest.raises(AssertionError, match=r"other bytes are there than were brought"):
        CONTRACT.test_brings_all_of_it(Twice().destination(), address)


def test_a_wrong_size() -> None:
    """A destination that tells a size of its own is told what it was given."""

    class Guessing(Shelf):
        def deliver(self, delivery: Delivery) -> Iterator[Delivered]:
            return (evolve(each, size=0) for each in super().deliver(delivery))

    with pytest.raises(AssertionError, match=r"was given 9 bytes and 2, and tells of \[0, 0\]"):
        CONTRACT.test_brings_all_of_it(Guessing().destination(), address)


def test_a_dry_run_that_is_none() -> None:
    """A destination that takes no notice of a dry run is told to."""

    class Eager(Shelf):
        def keep(self, target: str, content: bytes, delivery: Delivery) -> None:
            self.kept[target] = content

    with pytest.raises(AssertionError, match=r"after a dry run something is there: look at `dry_run`"):
        CONTRACT.test_a_dry_run_changes_nothing(Eager().destination(), address)


def test_a_dry_run_that_tells_something_else() -> None:
    """A dry run that tells another thing than the real one does is told both."""

    class Vague(Shelf):
        def deliver(self, delivery: Delivery) -> Iterator[Delivered]:
            for each in super().deliver(delivery):
                yield evolve(each, size=0) if delivery.dry_run else each

    with pytest.raises(AssertionError, match=r"a dry run tells of .*size=0.* and the real one of .*size=3"):
        CONTRACT.test_a_dry_run_changes_nothing(Vague().destination(), address)


def test_replacing_by_surprise() -> None:
    """A destination that replaces what is there unasked is missed an error."""

    class Careless(Shelf):
        def refuse(self, delivery: Delivery) -> None:
            pass

    with pytest.raises(pytest.fail.Exception, match=r"DID NOT RAISE .*CannotWrite"):
        CONTRACT.test_replaces_nothing_by_surprise(Careless().destination(), address)


def test_half_of_a_delivery() -> None:
    """A destination that looks at each file as it comes to it is told to look at all of them first."""

    class Late(Shelf):
        def refuse(self, delivery: Delivery) -> None:
            pass

        def keep(self, target: str, content: bytes, delivery: Delivery) -> None:
            if target in self.kept and not delivery.overwrite:
                raise CannotWrite(f"{target} is there already: overwrite=True replaces it")
            super().keep(target, content, delivery)

    with pytest.raises(AssertionError, match=r"look at all targets before you write to any"):
        CONTRACT.test_replaces_nothing_by_surprise(Late().destination(), address)


def test_a_refusal_without_a_remedy() -> None:
    """An error that does not say how to replace what is there is told so."""

    class Short(Shelf):
        def refuse(self, delivery: Delivery) -> None:
            try:
                super().refuse(delivery)
            except CannotWrite:
                raise CannotWrite("it is there") from None

    with pytest.raises(AssertionError, match=r"the error does not say how to replace what is there"):
        CONTRACT.test_replaces_nothing_by_surprise(Short().destination(), address)


def test_half_of_a_file() -> None:
    """A destination that writes pieces as they come leaves half a file, and is told how not to."""

    class Streaming(Shelf):
        def deliver(self, delivery: Delivery) -> Iterator[Delivered]:
            for file in delivery.files:
                self.kept[file.target] = b""
                for piece in file:
                    self.kept[file.target] += piece
                yield Delivered(file.target, len(self.kept[file.target]))

    for before in (None, b"first"):
        with pytest.raises(AssertionError, match=r"write it under another name, and rename it when it is whole"):
            CONTRACT.test_nothing_is_half_there(Streaming().destination(), address, before)


def test_a_name_that_is_changed() -> None:
    """A file that arrives under another name than it was given is missed."""

    class Tidy(Shelf):
        def keep(self, target: str, content: bytes, delivery: Delivery) -> None:
            super().keep(target.replace(" ", "-"), content, delivery)

    with pytest.raises(AssertionError, match=r"shelf:two words.csv was brought, and is not there"):
        CONTRACT.test_odd_names(Tidy().destination(), address, "two words.csv")


def test_one_piece_of_many() -> None:
    """A destination that takes the first piece for all of a file is told of the size."""

    class First(Shelf):
        def deliver(self, delivery: Delivery) -> Iterator[Delivered]:
            for file in delivery.files:
                content = next(iter(file), b"")
                self.keep(file.target, content, delivery)
                yield Delivered(file.target, len(content))

    with pytest.raises(AssertionError, match=r"large.csv has 2400000 bytes, and 300000 told"):
        CONTRACT.test_empty_and_large(First().destination(), address)


def test_what_is_asked_for() -> None:
    """A contract without its fixtures, or without a way to look, says what to override."""
    for name in ("destination", "address"):
        with pytest.raises(NotImplementedError, match=f"override the fixture `{name}`"):
            getattr(DestinationContract, name).__wrapped__(CONTRACT)
    with pytest.raises(NotImplementedError, match=r"override there\(destination, address\)"):
        CONTRACT.there(Shelf().destination(fetch=None), "shelf:x")
