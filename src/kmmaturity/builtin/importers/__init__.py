"""The importers that ship."""

from __future__ import annotations

from kmmaturity.hooks import Importer

__all__ = ["IMPORTERS"]

IMPORTERS: tuple[Importer, ...] = ()
