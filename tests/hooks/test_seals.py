"""Records are read back as they were written, and every change to them is seen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.hooks.seals import breaks, damage, following, forgotten, record_of, revision_from
from kmmaturity.hooks.store import Break, Revision
from kmmaturity.testing.stores.opened import MOMENT, bytes_of
from kmmaturity.testing.strategies import texts


@st.composite
def revisions(draw: st.DrawFn) -> Revision:
    """Any revision, or the tombstone of any."""
    at = draw(st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  # hypothesis adds the zone
    document = bytes_of(draw(texts()), draw(texts()))
    made = following(None, key="team", document=document, expect=None, actor=draw(st.none() | texts()), at=at)
    reason = draw(st.none() | texts().map(lambda text: text if text.strip() else "because"))
    return made if reason is None else forgotten(made, because=reason, actor=draw(st.none() | texts()), at=at)


def chain(length: int) -> list[Revision]:
    """A chain of revisions."""
    made: list[Revision] = []
    for number in range(length):
        newest = made[-1] if made else None
        document = bytes_of(f"number {number}")
        made.append(following(newest, key="team", document=document, expect=number or None, actor="Lead", at=MOMENT))
    return made


@given(revisions())
def test_a_record_is_read_as_it_was_written(revision: Revision) -> None:
    """For any revision the line that is written down, with the document, gives the revision again."""
    assert revision_from(record_of(revision), revision.document) == revision
    assert damage(revision) is None
    assert record_of(revision).isascii()
    assert b"\n" not in record_of(revision)


@given(revisions(), st.data())
def test_every_changed_bit_is_seen(revision: Revision, data: st.DataObject) -> None:
    """For any revision, one bit that flips in its record or its document is told as damage."""
    record = record_of(revision)
    whole = bytearray(record + (revision.document or b""))
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    line, document = bytes(whole[: len(record)]), bytes(whole[len(record) :])
    try:
        found = revision_from(line, document or None)
    except ValueError:
        return
    assert damage(found) is not None


@pytest.mark.parametrize(
    "record",
    [
        b"", b"{", b"[]", b"null", b"{}", b'{"kmrevision": true}', b'{"kmrevision": 1}', b'{"kmrevision":1,"at":3}',
        b"[" * 99999, b"\xff", b'{"kmrevision":1,"key":"a","forgotten":{}}',
    ],
)  # fmt: skip
def test_what_is_no_record_is_told(record: bytes) -> None:
    """A line that no store wrote is told as such, whatever it is."""
    with pytest.raises(ValueError, match=r"^its record is not"):
        revision_from(record, b"{}")


def test_a_newer_record_is_told() -> None:
    """A record of a later format is not guessed at: the message says to update."""
    newer = record_of(chain(1)[0]).replace(b'{"kmrevision":1,', b'{"kmrevision":2,')
    with pytest.raises(ValueError, match="format 2, and this version reads up to 1: update"):
        revision_from(newer, b"{}")


def told(revisions: list[Revision | Break]) -> list[tuple[int | None, str]]:
    """Where a chain does not hold."""
    return [(each.revision, each.what) for each in breaks("team", revisions)]


def test_a_whole_chain_holds() -> None:
    """A chain holds, with tombstones in it and without, and so does none at all."""
    whole = chain(4)
    gone = forgotten(whole[1], because="retention", actor=None, at=MOMENT)
    assert told([*whole]) == told([]) == told([whole[0], gone, *whole[2:]]) == []


def test_each_break_is_told_once() -> None:
    """A revision that is missing, was put in another's place or was changed is told where it is, and nowhere else."""
    first, second, third, fourth = chain(4)
    assert told([first, third, fourth]) == [(3, "revision 2 is missing before this one")]
    assert told([third, fourth]) == [(3, "1 to 2 are missing before this one")]
    assert told([first, evolve(second, actor="other"), third]) == [(2, "its record is not what was written")]
    assert told([first, evolve(second, digest="sha256:0"), third]) == [(2, "its record is not what was written")]
    assert told([first, evolve(second, document=b"{}"), third]) == [(2, "its document is not what was written")]
    unread = Break(kind="damage", key="team", revision=2, what="torn")
    assert told([first, unread, third]) == [(2, "torn")]


def test_a_history_that_was_rewritten_is_told() -> None:
    """A revision that was replaced by another whole one is told by the one after it, which does not follow it."""
    first, _, third = chain(3)
    other = following(first, key="team", document=bytes_of("forged"), expect=1, actor="Lead", at=MOMENT)
    assert told([first, other, third]) == [(3, "it does not follow the revision 2 that is here")]


def test_a_tombstone_that_was_changed_is_told() -> None:
    """The reason why a document is gone cannot be changed unseen."""
    gone = forgotten(chain(1)[0], because="retention", actor="Records", at=MOMENT)
    assert gone.forgotten is not None
    changed = evolve(gone, forgotten=evolve(gone.forgotten, because="by mistake"))
    assert told([changed]) == [(1, "the reason why its document is gone is not what was written")]
