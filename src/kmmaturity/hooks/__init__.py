"""All that a plug-in author imports: `hookimpl`, and the records that hooks hand over.

A plug-in is a module with functions named after the hooks of `kmmaturity.hooks.specs`, each marked with `@hookimpl`,
and named in the entry-point group `kmmaturity`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmmaturity.hooks.records import CommandKind, Exporter, ModelFile, StoreKind
    from kmmaturity.hooks.specs import hookimpl

__all__ = ["CommandKind", "Exporter", "ModelFile", "StoreKind", "hookimpl"]


def __getattr__(name: str) -> object:
    # Looking for plug-ins must cost nothing where there are none, and pluggy alone costs 10 ms.
    if name not in __all__:
        raise AttributeError(f"module 'kmmaturity.hooks' has no attribute {name!r}")
    home = "specs" if name == "hookimpl" else "records"
    return getattr(import_module(f"kmmaturity.hooks.{home}"), name)
