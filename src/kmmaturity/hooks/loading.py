"""Finding and loading installed plug-ins, each on its own, so that a broken one breaks nobody else.

Looking costs little: installed distributions are told by their `entry_points.txt`, and `importlib.metadata` is imported
only when one of those names our group.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

__all__ = ["GROUP", "Installed", "find", "named_in_group", "wanted"]

GROUP = "kmmaturity"
_HEADING = b"[kmmaturity]"


@frozen
class Installed:
    """One entry point of our group: its name, the distribution and version that brings it, and how to load it."""

    name: str
    distribution: str
    version: str
    entry_point: Any

    def __str__(self) -> str:
        return f"{self.name} ({self.distribution} {self.version})"


def wanted() -> frozenset[str] | None:
    """The names of the plug-ins to use, by `KMMATURITY_PLUGINS=a,b`; None where it is not set, and all are used."""
    named = os.environ.get("KMMATURITY_PLUGINS")
    return None if named is None else frozenset(filter(None, map(str.strip, named.split(","))))


def named_in_group(folders: Iterable[str] | None = None) -> bool:
    """Whether any distribution installed in `folders`, `sys.path` unless given, names our entry-point group."""
    return any(_HEADING in text for text in _entry_points(sys.path if folders is None else folders))


def _entry_points(folders: Iterable[str]) -> Iterator[bytes]:
    for folder in dict.fromkeys(folders):
        try:
            names = os.listdir(folder or os.curdir)  # noqa: PTH208  # Path would double the cost
        except OSError:
            continue  # an archive, or a folder that is not there: importlib.metadata is asked when the rest names us
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                try:
                    with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:  # noqa: PTH118, PTH123
                        yield file.read()
                except OSError:
                    continue  # most distributions have none


def find() -> tuple[Installed, ...]:
    """Every installed entry point of our group, in the order of their names; none is loaded yet."""
    if not named_in_group():
        return ()
    from importlib.metadata import distributions

    found: dict[tuple[str, str], Installed] = {}
    for distribution in distributions():
        for entry_point in distribution.entry_points:
            if entry_point.group == GROUP:
                name = distribution.metadata["Name"] or "unknown"
                # The first on the path is the one that an import would take.
                found.setdefault(
                    (entry_point.name, name), Installed(entry_point.name, name, distribution.version, entry_point)
                )
    return tuple(found[key] for key in sorted(found))
