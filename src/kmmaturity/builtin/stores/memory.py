"""A store in the memory of this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import RLock

from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.chain import ChainedStore
from kmmaturity.hooks.store import Break, Revision

__all__ = ["MemoryStore", "open_at"]


def open_at(url: str, *, create: bool) -> MemoryStore:  # noqa: ARG001  # it is always begun, and never there before
    """A new store with nothing in it; `url` is `memory:`."""
    if url.partition(":")[2]:
        raise KmMaturityError(f"{url}: a store in memory has no place; write memory: alone, or dir:./store to keep it")
    return MemoryStore()


class MemoryStore(ChainedStore):
    """A store that is gone with its process, and never shared with another; threads may share it."""

    place = "memory:"

    def __init__(self) -> None:
        self._kept: dict[str, list[Revision]] = {}
        self._lock = RLock()

    def keys(self) -> Iterable[str]:
        """Every key that has a revision."""
        with self._lock:
            return tuple(self._kept)

    def read(self, key: str, revision: int | None = None) -> Iterable[Revision | Break]:
        """Every revision of `key` in order, or the one numbered `revision`."""
        with self._lock:
            return tuple(each for each in self._kept.get(key, ()) if revision in (None, each.number))

    def newest(self, key: str) -> Revision | None:
        """The last revision of `key`."""
        with self._lock:
            found = self._kept.get(key)
            return found[-1] if found else None

    def append(self, key: str, make: Callable[[Revision | None], Revision]) -> Revision:
        """Keep what `make` gives for the newest revision."""
        with self._lock:
            revision = make(self.newest(key))
            self._kept.setdefault(key, []).append(revision)
            return revision

    def bury(self, tombstones: Iterable[Revision]) -> None:
        """Put each tombstone in the place of its revision."""
        with self._lock:
            for each in tombstones:
                self._kept[each.key][each.number - 1] = each

    def close(self) -> None:
        """Let go of nothing: what is kept goes with the last reference to the store."""
