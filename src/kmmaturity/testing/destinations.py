"""The contract of destinations: subclass `DestinationContract` with two fixtures, and every promise is tested.

class TestOurDestination(DestinationContract):
    @pytest.fixture
    def destination(self):
        return OUR_DESTINATION

    @pytest.fixture
    def address(self, tmp_path):
        return lambda name: f"ours:{tmp_path}/{name}"

The message of each tells what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from kmmaturity.api import example, report
from kmmaturity.errors import CannotWrite, KmMaturityError
from kmmaturity.hooks import Delivered, Delivery, Destination, File
from kmmaturity.testing.given import Given, defaults

__all__ = ["DestinationContract"]

PLAIN = "team.csv"
ODD = (
    "two words.csv", "caf\u00e9.csv", "100%25.csv", "a#b.csv", "what?.csv", "a&b=c.csv", "o'clock.csv", "a,b;c.csv",
    "[a].csv", "{a}.csv", "~team.csv", "$HOME.csv", "-rf.csv", "\u77e5\u8b58.csv", "a" * 120 + ".csv",
)  # fmt: skip
LARGE = 300_000  # bytes in each of several pieces


class DestinationContract(Given):
    """What every destination promises. Override the fixtures `destination` and `address`.

    Where your destination has no `fetch`, override `there` too. One that takes reports is asked for the same, but for
    what can be said of files alone.
    """

    @pytest.fixture
    def destination(self) -> Destination:
        """The destination to be tested."""
        raise NotImplementedError("override the fixture `destination`: return your Destination")

    @pytest.fixture
    def address(self) -> Callable[[str], str]:
        """A function that gives the address of a file of this name, at a place where there is nothing yet."""
        raise NotImplementedError("override the fixture `address`: return a function from a name to an address")

    def there(self, destination: Destination, address: str) -> bytes | None:
        """What is at `address` now, or None where there is nothing."""
        if destination.fetch is None:
            raise NotImplementedError("your Destination has no fetch: override there(destination, address)")
        try:
            return destination.fetch(address)
        except KmMaturityError:
            return None

    def bring(
        self,
        destination: Destination,
        target: str,
        *files: tuple[str, Iterable[bytes]],
        overwrite: bool = False,
        dry_run: bool = False,
    ) -> tuple[Delivered, ...]:
        """What the destination says that it brought of these files, each an address with its pieces."""
        if destination.takes == "reports":
            delivery = Delivery(target, reports=[report(example())], overwrite=overwrite, dry_run=dry_run)
        else:
            made = [File(where, iter(pieces)) for where, pieces in files]  # which can be gone through once
            delivery = Delivery(target, made, overwrite=overwrite, dry_run=dry_run)
        told = tuple(destination.deliver(delivery, **defaults(destination.options)))
        for each in told:
            kind = type(each).__name__
            assert isinstance(each, Delivered), f"deliver() tells of {kind}, and has to tell of Delivered"
        return told

    def test_can_be_chosen(self, destination: Destination) -> None:
        """Its schemes, summary and options can be typed, found and read, and are nobody else's."""
        assert destination.schemes, "schemes is empty: name at least one, and addresses that begin with it choose this"
        self.is_told(destination.summary)
        self.has_options(destination.options)
        self.is_taken("kmmaturity_destinations", destination)

    def test_brings_all_of_it(self, destination: Destination, address: Callable[[str], str]) -> None:
        """Every file arrives, byte for byte, and its size is told; its pieces are gone through once."""
        target, beside = address(PLAIN), address(f"{PLAIN}-metadata.json")
        whole = False

        def first() -> Iterator[bytes]:
            nonlocal whole
            yield from (b"one,", b"", b"two\r\n")
            whole = True

        def second() -> Iterator[bytes]:
            assert whole, (
                "deliver() reads the second file before the first is read to its end: go through `files` in their "
                "order, because one beside another may tell what that was found to hold"
            )
            yield b"{}"

        told = self.bring(destination, target, (target, first()), (beside, second()))
        assert told, "deliver() told of nothing: give a Delivered for each thing that you brought"
        if destination.takes == "reports":
            return
        assert [each.size for each in told] == [9, 2], (
            f"deliver() was given 9 bytes and 2, and tells of {[each.size for each in told]}: `size` counts the bytes "
            "of each file, and `pieces` can be gone through only once"
        )
        found = self.there(destination, target), self.there(destination, beside)
        assert found == (b"one,two\r\n", b"{}"), f"other bytes are there than were brought: {found!r}"

    def test_a_dry_run_changes_nothing(self, destination: Destination, address: Callable[[str], str]) -> None:
        """A dry run tells what the real run then does, and nothing is there after it."""
        target = address(PLAIN)
        tried = self.bring(destination, target, (target, [b"one"]), dry_run=True)
        if destination.takes == "files":
            assert self.there(destination, target) is None, "after a dry run something is there: look at `dry_run`"
        done = self.bring(destination, target, (target, [b"one"]))
        assert [(each.target, each.size) for each in tried] == [(each.target, each.size) for each in done], (
            f"a dry run tells of {tried!r}, and the real one of {done!r}"
        )

    def test_replaces_nothing_by_surprise(self, destination: Destination, address: Callable[[str], str]) -> None:
        """What is there already stays, and the error says so, unless it is to be replaced."""
        if destination.takes == "reports":
            return
        target, beside = address(PLAIN), address(f"{PLAIN}-metadata.json")
        self.bring(destination, beside, (beside, [b"first"]))
        with pytest.raises(CannotWrite) as caught:
            self.bring(destination, target, (target, [b"second"]), (beside, [b"second"]))
        assert self.there(destination, beside) == b"first", "a file was replaced, and `overwrite` was false"
        assert self.there(destination, target) is None, (
            "one of two files could not be brought, and the other was: look at all targets before you write to any"
        )
        assert "overwrite" in str(caught.value), (
            f"the error does not say how to replace what is there, by overwrite=True: {caught.value}"
        )
        self.bring(destination, target, (target, [b"second"]), (beside, [b"second"]), overwrite=True)
        found = self.there(destination, target), self.there(destination, beside)
        assert found == (b"second", b"second"), f"with overwrite=True there has to be what was brought: {found!r}"

    @pytest.mark.parametrize("before", [None, b"first"])
    def test_nothing_is_half_there(
        self, destination: Destination, address: Callable[[str], str], before: bytes | None
    ) -> None:
        """Where an export breaks off in the middle, what was there is there still, and none of the rest."""
        if destination.takes == "reports":
            return
        target = address(PLAIN)
        if before is not None:
            self.bring(destination, target, (target, [before]))

        def pieces() -> Iterator[bytes]:
            yield b"half of " * LARGE
            raise ZeroDivisionError("the exporter could not go on")

        with pytest.raises(ZeroDivisionError):
            self.bring(destination, target, (target, pieces()), overwrite=True)
        assert self.there(destination, target) == before, (
            "the exporter stopped in the middle, and half of a file is there: write it under another name, and rename "
            "it when it is whole"
        )

    @pytest.mark.parametrize("name", ODD)
    def test_odd_names(self, destination: Destination, address: Callable[[str], str], name: str) -> None:
        """A file of an odd name arrives under that name, or is refused in words."""
        if destination.takes == "reports":
            return
        target, refused = address(name), ""
        try:
            self.bring(destination, target, (target, [name.encode()]))
        except KmMaturityError as error:
            refused = str(error)
        else:
            assert self.there(destination, target) == name.encode(), f"{target} was brought, and is not there"
        assert not refused or len(refused.split()) >= 3, (
            f"{target} is refused, and the error does not say why: {refused}"
        )

    def test_empty_and_large(self, destination: Destination, address: Callable[[str], str]) -> None:
        """A file without a byte arrives, and so does one of many pieces."""
        if destination.takes == "reports":
            return
        for name, pieces in {"empty.csv": [], "large.csv": [bytes([number]) * LARGE for number in range(8)]}.items():
            (told,) = self.bring(destination, address(name), (address(name), pieces))
            assert told.size == sum(map(len, pieces)), f"{name} has {sum(map(len, pieces))} bytes, and {told.size} told"
            assert self.there(destination, address(name)) == b"".join(pieces), f"{name} arrived as something else"
