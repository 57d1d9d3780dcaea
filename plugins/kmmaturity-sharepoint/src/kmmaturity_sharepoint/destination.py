"""Bringing files to a library, and getting one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kmmaturity.domain.names import listed
from kmmaturity.errors import CannotRead, KmMaturityError, NoSuchFile
from kmmaturity.hooks import Delivered, Delivery, Option
from kmmaturity_sharepoint.addresses import EXAMPLES, FILE, Place, place_of
from kmmaturity_sharepoint.progress import Progress
from kmmaturity_sharepoint.settings import CONNECTION

if TYPE_CHECKING:
    from kmmaturity_sharepoint.client.answers import Item

__all__ = ["OPTIONS", "deliver", "fetch"]

LARGEST = 16 * 1024 * 1024  # bytes that are fetched; an assessment may have one MiB, a spreadsheet of them more

OPTIONS = (
    Option(
        "conflict",
        "What becomes where a file is there already: nothing is sent, or the new one gets a name of its own.",
        default="fail",
        choices=("fail", "rename"),
    ),
    Option("unchanged", "Replace the file only while its version is this one, from an earlier receipt."),
    *CONNECTION,
)


def deliver(
    delivery: Delivery, *, conflict: str, unchanged: str | None, progress: bool | None, **connection: Any
) -> tuple[Delivered, ...]:
    """Brings the files, the main one first, and tells where people find them and which version each has become.

    Raises CannotWrite, with who has to do what, and with what has arrived where that is not nothing.
    """
    from kmmaturity_sharepoint.libraries import library_at
    from kmmaturity_sharepoint.messages import explained
    from kmmaturity_sharepoint.reaching import reached  # and with it azure, which costs 150 ms
    from kmmaturity_sharepoint.transfer import Policy, Transfer

    main, *beside = (_file_at(each.target) for each in delivery.files)
    contents = [each.read() for each in delivery.files]
    policy: Policy = "rename" if conflict == "rename" else "replace" if delivery.overwrite or unchanged else "fail"
    tag = f'"{unchanged}"' if unchanged else None
    shown = Progress(main.name, shown=progress)
    delivered: list[Delivered] = []
    with shown.interruptible(lambda: _left(delivered)), reached(main, connection, shown, writing=True) as graph:
        transfer = Transfer(graph, library_at(graph, main).id, shown)
        # Every place is looked at before anything is sent, so that a clash stops all of them.
        chosen = transfer.planned(main.path, policy=policy, tag=tag)
        for each in beside:
            transfer.planned(_beside(main, chosen[-1], each).path, policy=policy)
        if delivery.dry_run:
            places = [main.named(chosen[-1]), *(_beside(main, chosen[-1], each) for each in beside)]
            return tuple(Delivered(str(each), len(data)) for each, data in zip(places, contents, strict=True))
        first = transfer.place(main.path, contents[0], policy=policy, tag=tag)
        delivered.append(_delivered(main.named(first.name), first))
        for each, data in zip(beside, contents[1:], strict=True):
            place = _beside(main, first.name, each)
            with explained(place, writing=True, arrived=delivered[0].target):
                delivered.append(_delivered(place, transfer.place(place.path, data, policy=policy)))
    return tuple(delivered)


def fetch(address: str) -> bytes:
    """The bytes of the file at `address`. Raises NoSuchFile, and CannotRead with who has to do what."""
    from kmmaturity_sharepoint.libraries import library_at
    from kmmaturity_sharepoint.reaching import reached

    place = _file_at(address)
    with reached(place, {}, Progress(place.name, shown=None), writing=False) as graph:
        library = library_at(graph, place)
        found = graph.item(library.id, place.path)
        if found is None or found.is_folder:
            what = "a folder" if found else "nothing"
            raise NoSuchFile(f"there is no file {place}: {what} is there. Compare with the address in a browser")
        if found.size > LARGEST:
            raise CannotRead(f"{place} is {found.size:,} bytes long, and no file of ours is: check the address")
        return graph.content(library.id, found.id)


def _file_at(address: str) -> Place:
    place = place_of(address)
    if not place.path:
        raise KmMaturityError(f"{address} names a library, and no file in it: write it as in {EXAMPLES[FILE]}")
    return place


def _beside(main: Place, name: str, place: Place) -> Place:
    """Where a file goes that belongs to the main one, which is called `name` by now."""
    return place.named(name + place.name.removeprefix(main.name)) if place.name.startswith(main.name) else place


def _left(delivered: list[Delivered]) -> str:
    """What an interruption leaves: nothing half done."""
    there = listed((each.target for each in delivered), last="and")
    return (
        f"{there} had arrived: do it again with --overwrite"
        if there
        else "do it again, and with --overwrite where a file is there by then"
    )


def _delivered(place: Place, item: Item) -> Delivered:
    return Delivered(str(place), item.size, item.address, item.tag.strip('"') or None)
