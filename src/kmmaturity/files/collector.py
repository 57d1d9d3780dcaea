"""Python's collector of cycles, at rest while many files are read: values never refer to themselves."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["at_rest"]


@contextmanager
def at_rest() -> Iterator[None]:
    """Keep the collector from going through all that has been read, again and again, as more is read.

    It is as before afterwards, also after an error, and where it was at rest already it stays so.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
