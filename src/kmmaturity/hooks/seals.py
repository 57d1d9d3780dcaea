"""What makes revisions provable: how one is made from the one before, and how it is written down and read again.

A revision's digest covers its record: key, number, date, actor, what the document is about, the document's own digest
and the digest of the revision before. A document can therefore be removed, and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
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
    """`revision` itself, made elsewhere, when it follows `newest`.

    Raises Conflict where it does not, and KmMaturityError where it is damaged.
    """
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


def breaks(key: str, revisions: Iterable[Revision | Break]) -> Iterator[Break]:
    """Where the chain of `key` does not hold. `revisions` are all that there are, in order, some of them as breaks."""
    number = 0
    links: set[str | None] = {None}  # the digests that the next one may follow; none when they cannot be known
    for each in revisions:
        if isinstance(each, Break):
            yield each
            number, links = each.revision or number, set()
            continue
        if each.number > number + 1:
            lost = (
                f"revision {number + 1} is" if each.number == number + 2 else f"{number + 1} to {each.number - 1} are"
            )
            yield Break(kind="damage", key=key, revision=each.number, what=f"{lost} missing before this one")
            links = set()
        found = damage(each)
        if found is not None:
            yield Break(kind="damage", key=key, revision=each.number, what=found)
        elif links and each.previous not in links:
            what = f"it does not follow the revision {number} that is here" if number else "it follows one that is gone"
            yield Break(kind="damage", key=key, revision=each.number, what=what)
        # Where the digest itself is damaged, what the next one follows is the digest as it was: one cause, one break.
        number, links = each.number, {each.digest, _digest(_compact(_body(each)))}


# Writing down and reading again


def record_of(revision: Revision) -> bytes:
    """All of `revision` but its document, as one line of JSON in ASCII, without the line's end."""
    record = {**_body(revision), "digest": revision.digest}
    if revision.forgotten is not None:
        record["forgotten"] = {**_reason(revision.forgotten), "digest": revision.forgotten.digest}
    return _compact(record)


def revision_from(record: bytes, document: bytes | None) -> Revision:
    """The revision that `record_of` wrote down. Raises ValueError, saying what is wrong, for any other line."""
    try:
        data = json.loads(record)
    except (ValueError, RecursionError):
        raise ValueError("its record is not JSON") from None
    if not isinstance(data, dict) or type(number := data.pop("kmrevision", None)) is not int:
        raise ValueError("its record is not that of a revision")
    if number > FORMAT:
        raise ValueError(f"it is written in format {number}, and this version reads up to {FORMAT}: update kmmaturity")
    try:
        reason = data.pop("forgotten", None)
        data |= {"at": datetime.fromisoformat(data["at"]), "assessed": date.fromisoformat(data["assessed"])}
        revision = Revision(**data, document=document, forgotten=None if reason is None else _gone(reason))
        # Most values have more than one spelling, and only the one that was written is taken for what was written.
        same = record_of(revision) == record
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ValueError("its record is not whole") from None
    if not same:
        raise ValueError("its record is not spelt as it was written")
    return revision


def _gone(reason: dict[str, Any]) -> Forgotten:
    return Forgotten(**(reason | {"at": datetime.fromisoformat(reason["at"])}))


def _body(revision: Revision) -> dict[str, Any]:
    return {
        "kmrevision": FORMAT,
        "key": revision.key,
        "number": revision.number,
        "at": revision.at.isoformat(),
        "actor": revision.actor,
        "unit": revision.unit,
        "model": revision.model,
        "assessed": revision.assessed.isoformat(),
        "content": revision.content,
        "previous": revision.previous,
    }


def _reason(reason: Forgotten) -> dict[str, Any]:
    return {"at": reason.at.isoformat(), "actor": reason.actor, "because": reason.because}


def _compact(data: dict[str, Any]) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode()


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


# What can be kept


def _about(key: str, document: bytes) -> dict[str, Any]:
    """What `document` says that it is: its unit, model and day."""
    if not isinstance(document, bytes):  # what a caller without a type checker is likely to try first
        raise KmMaturityError(f"{key}: a store keeps the bytes of a JSON file, and this is {type(document).__name__}")
    try:
        data = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise KmMaturityError(
            f"{key}: the document is not JSON ({error}): a store keeps assessments as JSON"
        ) from error
    found = data if isinstance(data, dict) else {}
    unit, model, day = found.get("unit"), found.get("model"), found.get("assessed")
    named = isinstance(unit, list) and unit and all(isinstance(name, str) for name in unit)
    assessed = _day(day)
    wrong = [
        name
        for name, right in (("unit", named), ("model", isinstance(model, str)), ("assessed", assessed))
        if not right
    ]
    if "kmmaturity" not in found or wrong:
        lacks = "kmmaturity" if "kmmaturity" not in found else wrong[0]
        raise KmMaturityError(f"{key}: the document has no {lacks!r} as assessments have: is it one, saved as JSON?")
    return {"unit": unit, "model": model, "assessed": assessed}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _instant(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise KmMaturityError(f"at={at.isoformat()} names no time zone: use datetime.now(UTC), or add tzinfo=UTC")
    return at.astimezone(UTC)


def _whole(name: str, text: str | None) -> Any:
    try:
        (text or "").encode()
    except UnicodeEncodeError:
        raise KmMaturityError(f"{name}={text!a} has half a character in it: enter it again") from None
    return text
