"""Stores: where whole assessments are kept, one revision upon the other, and what a store's author implements.

A store never changes what it holds: it adds revisions, and only `forget` takes a document away and says why.
`hooks.chain.ChainedStore` is most of a store already.
"""

from __future__ import annotations

from datetime import date, datetime
from types import TracebackType
from typing import Literal, Protocol, Self

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.differences import told

__all__ = ["Break", "Conflict", "Forgotten", "Revision", "Store"]


@frozen(weakref_slot=False, kw_only=True)
class Forgotten:
    """Why a revision's document is gone, when it went and who took it away; `digest` ties the three to the revision."""

    at: datetime
    actor: str | None = None
    because: str
    digest: str

    def __repr__(self) -> str:
        return f"<Forgotten at {self.at.isoformat()}>"


@frozen(weakref_slot=False, kw_only=True)
class Revision:
    """One state of one assessment, as a store keeps it.

    `number` counts from 1 for each `key`. `at` is when it was written, in UTC, and `actor` who wrote it: a role or an
    account. `unit`, `model` and `assessed` are what the document says. `content` is the digest of the document,
    `digest` that of this record, and `previous` that of the record before. `document` is the assessment as JSON, or
    None where it was removed: then `forgotten` says why.
    """

    key: str
    number: int
    at: datetime
    actor: str | None = None
    unit: tuple[str, ...] = field(converter=tupled)
    model: str
    assessed: date
    content: str
    previous: str | None
    digest: str
    document: bytes | None
    forgotten: Forgotten | None = None

    def __attrs_post_init__(self) -> None:
        if (self.document is None) is (self.forgotten is None):
            raise ValueError("a revision has either its document, or `forgotten`, which says why it is gone")

    def __repr__(self) -> str:
        return f"<Revision {self.number} of {self.key} at {self.at.isoformat()}, {self.digest[:15]}>"


@frozen(weakref_slot=False, kw_only=True)
class Break:
    """Something that `verify` found: `what`, and in which revision of which key, where it can be told.

    `damage` is something of the store's own that is not as it was written. `foreign` is something that is not the
    store's at all, and was left alone.
    """

    kind: Literal["damage", "foreign"]
    key: str | None = None
    revision: int | None = None
    what: str

    def __str__(self) -> str:
        if self.key is None:
            return self.what
        return f"{self.key}: {self.what}" if self.revision is None else f"{self.key} @ {self.revision}: {self.what}"


class Conflict(KmMaturityError):
    """A document was to follow a revision that is no longer the newest, so nothing was written.

    `expect` is the revision that the writer started from, `wanted` the document that it wanted to write, and `current`
    the newest revision. The message shows both, and where they differ, but none of their text: that may be private.
    """

    def __init__(self, *, key: str, expect: int | None, wanted: bytes | None, current: Revision | None) -> None:
        self.key = key
        self.expect = expect
        self.wanted = wanted
        self.current = current
        super().__init__(_both(self))

    def __reduce__(self) -> tuple[object, ...]:
        return _conflict, (self.key, self.expect, self.wanted, self.current)


def _conflict(key: str, expect: int | None, wanted: bytes | None, current: Revision | None) -> Conflict:
    return Conflict(key=key, expect=expect, wanted=wanted, current=current)


def _both(conflict: Conflict) -> str:
    key, expect, current = conflict.key, conflict.expect, conflict.current
    yours = "nothing, as a new assessment" if expect is None else f"revision {expect}"
    if current is None:
        return (
            f"{key}: nothing is kept under this key, and yours was to follow {yours}. "
            "Look the key up with `list`, or put it as a new assessment: expect=None"
        )
    here = f"revision {current.number}, written {current.at:%Y-%m-%d %H:%M:%S} UTC, {current.digest[:15]}"
    both = f"{key}: nothing was written\n  there:  {here}\n  yours:  follows {yours}"
    if expect is not None and expect > current.number:
        return f"{both}\nRevision {expect} is not there yet: check that this is the right store"
    if conflict.wanted is not None and conflict.wanted == current.document:
        return f"{both}\n  they are the same: what you wanted to write is there already"
    if conflict.wanted is not None and current.document is not None:
        both += f"\n  {told(current.document, conflict.wanted)}"
    number = current.number
    return f"{both}\nGet revision {number}, make your change again on top of it, and put that with expect={number}"


class Store(Protocol):
    """What keeps assessments. Each method may raise CannotRead or CannotWrite, which say where and what to do.

    A store is a context manager, may be shared between threads, and never gives back what is not as it was written.
    """

    def get(self, key: str, revision: int | None = None) -> Revision | None:
        """The newest revision of `key`, or the one numbered `revision`; None where there is none."""
        ...

    def put(self, key: str, document: bytes, *, expect: int | None, actor: str | None = None, at: datetime) -> Revision:
        """Keep `document` as the revision after `expect`, or as the first where `expect` is None.

        Once it returns, the revision outlasts a crash. Raises Conflict where `expect` is not the newest revision.
        """
        ...

    def keep(self, revision: Revision) -> Revision:
        """Keep a revision of another store as it is, with its date, actor and digest; this is how stores are copied.

        Raises Conflict where it does not follow the newest revision that is here.
        """
        ...

    def history(self, key: str) -> tuple[Revision, ...]:
        """Every revision of `key`, oldest first; none for a key that is not there."""
        ...

    def list(
        self,
        unit: str | None = None,
        model: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Revision, ...]:
        """The newest revision of every key, by key.

        Where given: with `unit` among its units' names, against `model` (an id, or id@version), and assessed from
        `since` to `until`, both included.
        """
        ...

    def verify(self) -> tuple[Break, ...]:
        """All that is not as it was written, and all that is not the store's; empty when everything is well."""
        ...

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
        """Take away the document of one `revision`, or of each one written `before` an instant, for good.

        The rest of the revision stays as a tombstone, with `because`. Gives the tombstones that were made.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections. A closed store can be closed again, and nothing else."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
