"""Which record the ending of a file chooses, and the endings that several have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from kmmaturity.domain.names import listed
from kmmaturity.errors import UnknownName
from kmmaturity.hooks.records import Exporter, Form, Importer
from kmmaturity.registry.providers import OURS, Provider

__all__ = ["chosen", "shared"]

Record = TypeVar("Record", Exporter, Form, Importer)
Providers = Mapping[tuple[str, str], Provider]


def chosen(path: str, kind: str, records: Mapping[str, Record], providers: Providers) -> Record | None:
    """The one of `records` with the longest ending that `path` has, if one has any; of several that have it, ours.

    Raises UnknownName where several have it and none is ours: which one is meant is not guessed.
    """
    name = path.lower()
    endings = _holders(records)
    longest = max((ending for ending in endings if name.endswith(ending)), key=len, default=None)
    if longest is None:
        return None
    names = _ours(endings[longest], kind, providers) or endings[longest]
    if len(names) > 1:
        raise UnknownName(f"{path}: {listed(names, last='and')} have this ending; add --format and one of these")
    return records[names[0]]


def shared(kind: str, records: Mapping[str, Record], providers: Providers) -> Iterator[str]:
    """Each ending that several of `records` have, and what it chooses, in a sentence."""
    for ending, names in _holders(records).items():
        if len(names) > 1:
            ours = _ours(names, kind, providers)
            chooses = f"{ours[0]}, which ships, and --format another" if ours else "none of them, and --format one"
            yield f"{ending} is an ending of the {kind}s {listed(names, last='and')}: it chooses {chooses}"


def _holders(records: Mapping[str, Record]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, each in records.items():
        for suffix in each.suffixes:
            found.setdefault(suffix, []).append(name)
    return found


def _ours(names: list[str], kind: str, providers: Providers) -> list[str]:
    return [name for name in names if providers[kind, name] is OURS]
