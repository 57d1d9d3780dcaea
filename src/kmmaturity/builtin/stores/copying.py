"""Copying one store into another, with every revision, date and actor."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.store import Revision, Store

__all__ = ["copied"]


def copied(source: Store, target: Store) -> Iterator[Revision]:
    """Copies what `target` lacks, and gives each revision as it arrives; a copy that was cut short goes on from there.

    What was forgotten in `source` is forgotten in `target`. Raises KmMaturityError for a key under which the two hold
    different histories: what came before it is copied, and nothing of `target` is changed.
    """
    for newest in source.list():
        there = {each.number: each for each in target.history(newest.key)}
        for each in source.history(newest.key):
            found = there.get(each.number)
            if found is None:
                yield target.keep(each)
            elif found.digest != each.digest:
                raise KmMaturityError(
                    f"revision {each.number} of {each.key} is another one in the store that is copied to: the two went "
                    "separate ways. Copy to a store without this key"
                )
            elif each.forgotten is not None and found.forgotten is None:
                gone = each.forgotten
                yield from target.forget(
                    each.key, revision=each.number, because=gone.because, actor=gone.actor, at=gone.at
                )
