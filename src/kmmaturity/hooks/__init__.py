"""All that a plug-in author imports: `hookimpl`, the records that hooks hand over, and what these are made of.

A plug-in is a module with functions named after the hooks of `kmmaturity.hooks.specs`, each marked with `@hookimpl`,
and named in the entry-point group `kmmaturity`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmmaturity.domain.findings import Finding, Pointer, Severity
    from kmmaturity.domain.report import Report
    from kmmaturity.domain.rules import Context, Rule
    from kmmaturity.hooks.options import Option
    from kmmaturity.hooks.records import (
        CommandKind,
        Delivered,
        Delivery,
        Destination,
        Exporter,
        File,
        Form,
        Imported,
        Importer,
        ModelFile,
        Receipt,
        StoreKind,
    )
    from kmmaturity.hooks.specs import hookimpl
    from kmmaturity.hooks.store import Store

__all__ = [
    "CommandKind",
    "Context",
    "Delivered",
    "Delivery",
    "Destination",
    "Exporter",
    "File",
    "Finding",
    "Form",
    "Imported",
    "Importer",
    "ModelFile",
    "Option",
    "Pointer",
    "Receipt",
    "Report",
    "Rule",
    "Severity",
    "Store",
    "StoreKind",
    "hookimpl",
]

# Where each name lives; all others are records.
_ELSEWHERE = {
    "Context": "kmmaturity.domain.rules",
    "Finding": "kmmaturity.domain.findings",
    "Option": "kmmaturity.hooks.options",
    "Pointer": "kmmaturity.domain.findings",
    "Report": "kmmaturity.domain.report",
    "Rule": "kmmaturity.domain.rules",
    "Severity": "kmmaturity.domain.findings",
    "Store": "kmmaturity.hooks.store",
    "hookimpl": "kmmaturity.hooks.specs",
}


def __getattr__(name: str) -> object:
    # Looking for plug-ins must cost nothing where there are none, and pluggy alone costs 10 ms.
    if name not in __all__:
        raise AttributeError(f"module 'kmmaturity.hooks' has no attribute {name!r}")
    return getattr(import_module(_ELSEWHERE.get(name, "kmmaturity.hooks.records")), name)
