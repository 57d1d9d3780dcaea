"""Addresses: what says where something goes to or is kept, and by which means."""

from __future__ import annotations

import re

__all__ = ["scheme_of"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")  # one letter alone is a drive of Windows


def scheme_of(address: str) -> str | None:
    """The scheme that `address` begins with, in small letters; None for a path, with a drive or without."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else None
