"""What a plug-in is made of: the records that it hands over."""

from __future__ import annotations

from kmmaturity.hooks.records import Exporter, StoreKind

__all__ = ["Exporter", "StoreKind"]
