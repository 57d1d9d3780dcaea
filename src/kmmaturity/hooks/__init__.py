"""All that a plug-in author imports: `hookimpl`, and the records that hooks hand over.

A plug-in is a module with functions named after the hooks of `kmmaturity.hooks.specs`, each marked with `@hookimpl`,
and named in the entry-point group `kmmaturity`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kmmaturity.hooks.records import CommandKind, Exporter, ModelFile, StoreKind

if TYPE_CHECKING:
    from kmmaturity.hooks.specs import hookimpl

__all__ = ["CommandKind", "Exporter", "ModelFile", "StoreKind", "hookimpl"]


def __getattr__(name: str) -> object:
    # pluggy costs 10 ms, and only plug-ins that are installed have a use for it.
    if name == "hookimpl":
        from kmmaturity.hooks.specs import hookimpl

        return hookimpl
    raise AttributeError(f"module 'kmmaturity.hooks' has no attribute {name!r}")
