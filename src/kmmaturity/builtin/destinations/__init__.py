"""The destinations that ship: files on this machine's disks."""

from __future__ import annotations

from collections.abc import Iterable

from kmmaturity.hooks import Delivered, Delivery, Destination

__all__ = ["DESTINATIONS"]


# Imported at its first use, as the exporters are.
def _local(delivery: Delivery) -> Iterable[Delivered]:
    from kmmaturity.builtin.destinations import local

    return local.deliver(delivery)


DESTINATIONS: tuple[Destination, ...] = (
    Destination(schemes=("file",), summary="A file on a disk: a plain path, or file:///path", deliver=_local),
)
