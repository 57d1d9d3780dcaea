"""What makes revisions provable: how one is made from the one before, and how it is written down and read again.

A revision's digest covers its record: key, number, date, actor, what the document is about, the document's own digest
and the digest of the revision before. A document can therefore be removed, and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from attrs import evolve

from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.keys import checked_key
from kmmaturity.hooks.store import Break, Conflict, Forgotten, Revision

__all__ = ["FORMAT", "breaks", "damage", "fitting", "following", "forgotten", "record_of", "revision_from"]

FORMAT = 1


def following(
    newest: Revision | None, *, key: str, document: bytes, expect: int | None, actor: str | None, at: datetime
) -> Revision:
    """The revision that comes after `newest`, ready to be kept.

    Raises Conflict where `expect` is not the number of `newest`, and KmMaturityError for a key, actor, date or document
    that no store can keep.
    """
    about = _about(checked_key(key), document)
    if expect != (newest.number if newest else None):
        raise Conflict(key=key, expect=expect, wanted=document, current=newest)
    bare = Revision(
        key=key,
        number=newest.number + 1 if newest else 1,
        at=_instant(at),
        actor=_whole("actor", actor),
        **about,
        content=_digest(document),
        previous=newest.digest if newest else None,
        digest="",
        document=document,
    )
    return evolve(bare, digest=_digest(_compact(_body(bare))))


def fitting(newest: Revision | None, revision: Revision) -> Revision:
    """`revision` itself, made elsewhere, when it follows `newest`. Raises Conflict, or KmMaturityError for a damaged one."""
    checked_key(revision.key)
    found = damage(revision)
    if found is not None:
        raise KmMaturityError(f"revision {revision.number} of {revision.key} cannot be kept: {found}")
    if (revision.number, revision.previous) != ((newest.number + 1, newest.digest) if newest else (1, None)):
        expect = revision.number - 1 or None
        raise Conflict(key=revision.key, expect=expect, wanted=revision.document, current=newest)
    return revision


def forgotten(revision: Revision, *, because: str, actor: str | None, at: datetime) -> Revision:
    """The tombstone of `revision`: all of it but the document."""
    if not because.strip():
        raise KmMaturityError(f"say why revision {revision.number} of {revision.key} is to be forgotten: because=...")
    bare = Forgotten(at=_instant(at), actor=_whole("actor", actor), because=_whole("because", because), digest="")
    seal = _digest(_compact({"of": revision.digest, **_reason(bare)}))
    return evolve(revision, document=None, forgotten=evolve(bare, digest=seal))


# Proof


def damage(revision: Revision) -> str | None:
    """What in `revision` is not as it was written, or None when all of it is."""
    if revision.digest != _digest(_compact(_body(revision))):
        return "its record is not what was written"
    if revision.document is not None and revision.content != _digest(revision.document):
        return "its document is not what was written"
    reason = revision.forgotten
    if reason is not None and reason.digest != _digest(_compact({"of": revision.digest, **_reason(reason)})):
        return "the reason why its document is gone is not what was written"
    return None


def breaks(key: str, revisions: Sequence[Revision | Break]) -> Iterator[Break]:
    """Where the chain of `key` does not hold; `revisions` are all that are there, in order, unreadable ones as breaks."""
    number, before = 0, {None}
    for each in revisions:
        if each.revision if isinstance(each, Break) else each.number is None:
            pass
        if isinstance(each, Break):
            yield each
            number, before = each.revision or number, set()
            continue
        missing = range(number + 1, each.number)
        if missing:
            lost = f"revision {missing[0]} is" if len(missing) == 1 else f"revisions {missing[0]} to {missing[-1]} are"
            yield Break(kind="damage", key=key, revision=each.number, what=f"{lost} missing before this one")
        found = damage(each)
        if found is not None:
            yield Break(kind="damage", key=key, revision=each.number, what=found)
        elif before and not missing and each.previous not in before:
            what = f"it was not written after revision {number} that is here" if number else "it is not the first one"
            yield Break(kind="damage", key=key, revision=each.number, what=what)
        # Either may be the damaged one of the two, and one cause is told once.
        number, before = each.number, {each.digest, _digest(_compact(_body(each)))}
