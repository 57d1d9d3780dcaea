"""What to tell of something that nothing answers to: which plug-in may be meant to bring it, and why it does not."""

from __future__ import annotations

from collections.abc import Iterable

from kmmaturity.errors import KmMaturityError, PluginError, UnknownName
from kmmaturity.hooks.strays import strays
from kmmaturity.registry.providers import Failure

__all__ = ["missing"]

HOW = "Plug-ins are found by an entry point in the group kmmaturity; `kmmaturity plugins` lists those that are there"


def missing(kind: str, error: UnknownName, failures: Iterable[Failure]) -> KmMaturityError:
    """The error for something of this `kind` that nothing answers to, as `error` tells it.

    Where a plug-in cannot be used that may have been meant to bring it, it is a PluginError, which tells of both. Else
    it is `error`, with notes of what is installed and looks like a plug-in that is found by nobody.
    """
    broken = [each for each in failures if not each.names or {kind, "hook"} & {name for name, _ in each.names}]
    if broken:
        told = PluginError(f"{error}. It may be of a plug-in: {'; '.join(map(str, broken))}")
        told.__cause__ = broken[0].cause
        return told
    for note in (*strays(), HOW):
        error.add_note(note)
    return error
