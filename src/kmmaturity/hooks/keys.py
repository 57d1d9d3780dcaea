"""Keys: the names under which a store keeps assessments, fit to be file names on every system."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kmmaturity.domain.assessment import Assessment
from kmmaturity.errors import KmMaturityError

if TYPE_CHECKING:
    from kmmaturity.domain.report import Report

__all__ = ["checked_key", "folded", "key_for"]

LONGEST = 100
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
# Windows takes these for devices, whatever follows the first dot.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}


def key_for(assessment: Assessment | Report) -> str:
    """The key that a unit's assessment of one day has unless another is given: `knowledge-team-5f2c81d0-2026-11-24`.

    The digits between name and date come from the whole line of units, so that two teams of one name stay apart. Case,
    spacing and the way in which an accent is encoded make no difference.
    """
    import hashlib  # 2 ms at import, and only a store needs it

    line = "\n".join(map(folded, assessment.unit))
    mark = hashlib.sha256(line.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{_plain(assessment.unit[-1])[:40].strip('-') or 'unit'}-{mark}-{assessment.assessed.isoformat()}"


def folded(name: str) -> str:
    """`name` as it is compared: without regard to case, spacing and the way in which an accent is encoded."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _plain(name: str) -> str:
    """`name` in the letters a to z, digits and hyphens, as far as it can be."""
    bare = (each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", "-", "".join(bare).casefold()).strip("-")


def checked_key(key: str) -> str:
    """`key` itself. Raises KmMaturityError where it could not be a file name on every system."""
    if len(key) > LONGEST or not _KEY.fullmatch(key):
        near = _plain(key)[:LONGEST].strip("-")
        hint = f": {near} would do" if near and near.partition(".")[0] not in _DEVICES else ""
        shown = repr(key if len(key) <= LONGEST else f"{key[:40]}…")
        raise KmMaturityError(
            f"{shown} cannot be a key, which has at most {LONGEST} of a-z, 0-9, '.', '_' and '-', with a letter or "
            f"digit at either end{hint}"
        )
    if key.partition(".")[0] in _DEVICES:
        raise KmMaturityError(f"{key!r} cannot be a key: Windows takes it for a device. {key}-team would do")
    return key
