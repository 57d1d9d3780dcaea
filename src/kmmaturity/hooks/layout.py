"""How a store of files is laid out: a marker, a folder for each key, and in it a file for each revision.

A revision's file holds its record as one line of JSON, and then the document as it is.
"""

from __future__ import annotations

import json
import re

from kmmaturity.errors import CannotRead, KmMaturityError
from kmmaturity.hooks.keys import checked_key
from kmmaturity.hooks.seals import record_of, revision_from
from kmmaturity.hooks.store import Break, Revision

__all__ = ["MARKER", "MARKING", "bytes_of", "file_name", "is_key", "number_of", "recognise", "revision_in"]

FORMAT = 1
MARKER = "_kmmaturity-store.json"  # no key begins with an underscore
MARKING = json.dumps({"kmstore": FORMAT}).encode() + b"\n"
_FILE = re.compile(r"(\d{8})\.kmrev", re.ASCII)


def recognise(marking: bytes, *, store: str, marker: str) -> None:
    """Raise CannotRead unless `marking`, found at `marker`, is that of a store which this version reads."""
    try:
        number = json.loads(marking)["kmstore"]
    except (KeyError, TypeError, ValueError):
        number = None
    if type(number) is not int or number < 1:
        raise CannotRead(f'{marker} is damaged: it should read {{"kmstore": {FORMAT}}}')
    if number > FORMAT:
        raise CannotRead(
            f"{store} is a store of format {number}, and this version reads up to {FORMAT}: update kmmaturity"
        )


def is_key(name: str) -> bool:
    """Whether a folder of this name can hold the revisions of a key."""
    try:
        return checked_key(name) == name
    except KmMaturityError:
        return False


def file_name(number: int) -> str:
    """The name of the file of the revision numbered `number`."""
    return f"{number:08}.kmrev"


def number_of(name: str) -> int | None:
    """The number of the revision whose file has this name; None for a file that is none of the store's."""
    found = _FILE.fullmatch(name)
    return int(found[1]) if found else None


def bytes_of(revision: Revision) -> bytes:
    """The file of `revision`."""
    return record_of(revision) + b"\n" + (revision.document or b"")


def revision_in(content: bytes, key: str, number: int) -> Revision | Break:
    """The revision that a file holds in the place of number `number` of `key`, or what is wrong with it."""
    record, _, document = content.partition(b"\n")
    try:
        found = revision_from(record, document or None)
    except ValueError as error:
        return Break(kind="damage", key=key, revision=number, what=str(error))
    if (found.key, found.number) != (key, number):
        what = f"its file holds revision {found.number} of {found.key}"
        return Break(kind="damage", key=key, revision=number, what=what)
    return found
