"""A record of a plug-in as kmmaturity finds it: by its entry point, its hook and its name."""

from __future__ import annotations

from typing import Any

from kmmaturity.errors import KmMaturityError, UnknownName
from kmmaturity.registry import Kind, Registry

__all__ = ["installed"]


def installed(kind: Kind, name: str) -> Any:
    """The record of this `kind` and `name` that an installed plug-in brings, such as `installed("exporter", "wiki")`.

    For the fixture of a contract: what nobody would find is found out by it, such as a group of entry points that is
    misspelt or a hook without its mark. Raises AssertionError, which says what is wrong.
    """
    registry = Registry.discover()
    try:
        registry.refuse_broken(kind, name)
        if (kind, name) not in registry.providers:
            raise registry.missing(kind, UnknownName(f"kmmaturity finds no {kind} {name} in any plug-in"))
    except KmMaturityError as error:
        raise AssertionError(". ".join([str(error), *getattr(error, "__notes__", ())])) from None
    return getattr(registry, f"{kind}s")[name]
