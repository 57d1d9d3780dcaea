"""Stores that break one promise each, in a module of their own so that other processes can open them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kmmaturity.builtin.stores.directory import DirectoryStore
from kmmaturity.builtin.stores.memory import MemoryStore
from kmmaturity.hooks.seals import following, record_of
from kmmaturity.hooks.store import Break, Revision


class Forgetful(MemoryStore):
    """Says that it kept what it did not."""

    def append(self, key: str, make: Callable[[Revision | None], Revision]) -> Revision:
        """Keep nothing."""
        return make(self.newest(key))


class Blind(MemoryStore):
    """Writes over what the writer has not seen."""

    def put(self, key: str, document: bytes, *, expect: int | None, actor: str | None = None, at: datetime) -> Revision:
        """Keep the document, whatever was expected."""
        newest = self.newest(key)
        number = newest.number if newest else None
        return super().put(key, document, expect=number, actor=actor, at=at)


class Trusting(DirectoryStore):
    """Never looks whether anything is as it was written."""

    def verify(self) -> tuple[Break, ...]:
        """Find nothing."""
        return ()


class Overwriting(DirectoryStore):
    """Looks, and then writes, and whoever comes between is lost."""

    def append(self, key: str, make: Callable[[Revision | None], Revision]) -> Revision:
        """Write the revision over any that is there by now."""
        found = self.newest(key)
        assert not isinstance(found, Break)
        revision = make(found)
        time.sleep(0.002)  # long enough for another writer
        file = Path(self.place, key, f"{revision.number:08}.kmrev")
        file.parent.mkdir(exist_ok=True)
        whole = file.with_name(f".kmmaturity-{os.getpid()}.tmp")
        whole.write_bytes(record_of(revision) + b"\n" + (revision.document or b""))
        whole.replace(file)
        return revision


class Talkative(MemoryStore):
    """Shows what it keeps."""

    def __repr__(self) -> str:
        return f"<Talkative {[each.document for key in self.keys() for each in self.history(key)]} {self._last!r}>"

    def put(self, key: str, document: bytes, *, expect: int | None, actor: str | None = None, at: datetime) -> Revision:
        """Keep the document, and remember it for showing."""
        self._last = following(self.newest(key), key=key, document=document, expect=expect, actor=actor, at=at).document
        return super().put(key, document, expect=expect, actor=actor, at=at)
