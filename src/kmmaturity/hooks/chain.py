"""Most of a store: what every store does alike, on top of six methods that put bytes somewhere."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from types import TracebackType
from typing import Self

from kmmaturity.errors import CannotRead, KmMaturityError
from kmmaturity.hooks.keys import checked_key, folded
from kmmaturity.hooks.seals import breaks, damage, fitting, following, forgotten
from kmmaturity.hooks.store import Break, Revision

__all__ = ["ChainedStore"]


class ChainedStore(ABC):
    """A `Store` for whoever fills in its abstract methods.

    `append` carries the promise of the whole: of two writers who call it at once with the same newest revision, one
    succeeds and the other's `make` is called again with what is the newest then. What it returns outlasts a crash.
    """

    @property
    @abstractmethod
    def place(self) -> str:
        """Where the store is, as messages call it, without any password."""

    @abstractmethod
    def keys(self) -> Iterable[str]:
        """Every key that has a revision."""

    @abstractmethod
    def read(self, key: str, revision: int | None = None) -> Iterable[Revision | Break]:
        """Every revision of `key` in order, or the one numbered `revision`; what cannot be read is a break instead."""

    @abstractmethod
    def newest(self, key: str) -> Revision | Break | None:
        """The last of what `read` gives."""

    @abstractmethod
    def append(self, key: str, make: Callable[[Revision | None], Revision]) -> Revision:
        """Keep what `make` gives for the newest revision, which no other writer may follow meanwhile.

        What `make` raises is passed on, with nothing written.
        """

    @abstractmethod
    def bury(self, tombstones: Iterable[Revision]) -> None:
        """Put each tombstone in the place of the revision whose key and number it has, and erase the documents."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections; nothing to do the second time."""

    def stray(self) -> Iterable[Break]:
        """What lies in the store's place and is not the store's, and what is wrong with the store as a whole."""
        return ()

    # What every store does alike

    def get(self, key: str, revision: int | None = None) -> Revision | None:
        """The newest revision of `key`, or the one numbered `revision`; None where there is none."""
        checked_key(key)
        found = self.newest(key) if revision is None else next(iter(self.read(key, revision)), None)
        return None if found is None else self.sound(found, key)

    def put(self, key: str, document: bytes, *, expect: int | None, actor: str | None = None, at: datetime) -> Revision:
        """Keep `document` as the revision after `expect`. Raises Conflict where that is not the newest."""
        return self.append(
            checked_key(key),
            lambda newest: following(newest, key=key, document=document, expect=expect, actor=actor, at=at),
        )

    def keep(self, revision: Revision) -> Revision:
        """Keep a revision of another store as it is. Raises Conflict where it does not follow the newest here."""
        return self.append(checked_key(revision.key), lambda newest: fitting(newest, revision))

    def history(self, key: str) -> tuple[Revision, ...]:
        """Every revision of `key`, oldest first."""
        return tuple(self.sound(each, key) for each in self.read(checked_key(key)))

    def list(
        self,
        unit: str | None = None,
        model: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Revision, ...]:
        """The newest revision of every key, by key: of a unit, against a model, assessed in a period."""
        every = ((key, self.newest(key)) for key in sorted(self.keys()))
        newest = (self.sound(each, key) for key, each in every if each is not None)
        wanted = None if unit is None else folded(unit)
        return tuple(
            each
            for each in newest
            if (wanted is None or wanted in map(folded, each.unit))
            and (model is None or model in (each.model, each.model.partition("@")[0]))
            and (since is None or since <= each.assessed)
            and (until is None or each.assessed <= until)
        )

    def verify(self) -> tuple[Break, ...]:
        """All that is not as it was written, and all that is not the store's."""
        return tuple(self._breaks())

    def _breaks(self) -> Iterator[Break]:
        yield from self.stray()
        for key in sorted(self.keys()):
            try:
                yield from breaks(key, self.read(key))
            except CannotRead as error:  # the other keys may be well
                yield Break(kind="damage", key=key, what=str(error))

    def forget(
        self,
        key: str,
        *,
        revision: int | None = None,
        before: datetime | None = None,
        because: str,
        actor: str | None = None,
        at: datetime,
    ) -> tuple[Revision, ...]:
        """Take away the document of one `revision`, or of each one written `before` an instant, and say why."""
        if (revision is None) is (before is None):
            raise KmMaturityError(f"{key}: say which to forget, revision=3 or before=an instant, and not both")
        if before is not None and before.utcoffset() is None:
            raise KmMaturityError(f"before={before.isoformat()} names no time zone: add tzinfo=UTC")
        # A damaged document can be forgotten, and what cannot be read at all cannot.
        found = [each for each in self.read(checked_key(key), revision) if isinstance(each, Revision)]
        if revision is not None and not found:
            raise KmMaturityError(f"{self.place}: {key} has no revision {revision} to forget")
        chosen = [each for each in found if each.forgotten is None and (before is None or each.at < before)]
        tombstones = tuple(forgotten(each, because=because, actor=actor, at=at) for each in chosen)
        if tombstones:
            self.bury(tombstones)
        return tombstones

    def sound(self, found: Revision | Break, key: str) -> Revision:
        """`found`, when all of it is as it was written. Raises CannotRead."""
        wrong = found.what if isinstance(found, Break) else damage(found)
        if isinstance(found, Break) or wrong is not None:
            number = found.revision if isinstance(found, Break) else found.number
            raise CannotRead(
                f"{self.place}: revision {number} of {key} is damaged: {wrong}. `kmmaturity store verify` lists "
                "all damage; take the revision from a copy of the store, or forget it"
            )
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self.place}>"
