"""What stands at an address: a revision in a store, `sqlite:///team.db#KEY@3`, or what a destination can fetch."""

from __future__ import annotations

import re
from pathlib import Path

from kmmaturity.api.giving import open_store
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.names import closest, listed
from kmmaturity.errors import CannotRead, KmMaturityError, NoSuchFile
from kmmaturity.files.document import Document
from kmmaturity.hooks.addresses import scheme_of
from kmmaturity.hooks.keys import folded
from kmmaturity.hooks.store import Store
from kmmaturity.registry import Registry, default

__all__ = ["at_address", "earlier_in_store"]


def at_address(address: str, registry: Registry | None = None) -> Document | None:
    """What stands at `address`; None where nothing reads its scheme: it is the path of a file then.

    Raises NoSuchFile where nothing is there, and whatever the store or the destination raises.
    """
    scheme = scheme_of(address)
    if scheme is None:
        return None
    known = registry or default()
    known.refuse_broken("store", scheme)
    known.refuse_broken("destination", scheme)
    if scheme in known.stores:
        with known.using("store", scheme):
            return _kept(address, known)
    destination = known.destinations.get(scheme)
    if destination is None or destination.fetch is None:
        return None
    from kmmaturity.hooks.fitness import as_bytes  # few read from anywhere but files

    with known.using("destination", scheme, destination.fetch):
        return Document(address, as_bytes(destination.fetch(address)))


def earlier_in_store(assessment: Assessment, path: str, registry: Registry | None = None) -> str | None:
    """The address of last time's assessment where the file at `path` names a store that is a file beside it.

    With `#KEY` it is that one, or else the unit's newest of an earlier day. None where `previous` names no such store.
    Raises NoSuchFile where the store holds none.
    """
    url, hash, which = (assessment.previous or "").partition("#")
    known = registry or default()
    scheme = scheme_of(url) or ""
    kind = known.stores.get(scheme)
    if kind is None or kind.beside is None:
        return None
    with known.using("store", scheme):
        url = kind.beside(url, str(Path(path).parent))
        return f"{url}#{which}" if hash else f"{url}#{_newest_before(assessment, url, known)}"


def _newest_before(assessment: Assessment, url: str, known: Registry) -> str:
    with open_store(url, registry=known) as store:
        kept = [each for each in store.list(unit=assessment.unit[-1]) if each.assessed < assessment.assessed]
    same = [each for each in kept if tuple(map(folded, each.unit)) == tuple(map(folded, assessment.unit))]
    if not same:
        raise NoSuchFile(f"{url} holds no assessment of {assessment.unit[-1]} from before {assessment.assessed}")
    return max(same, key=lambda each: each.assessed).key


def _kept(address: str, known: Registry) -> Document:
    url, _, which = address.partition("#")
    key, at, number = which.partition("@")
    if not key or (at and not re.fullmatch(r"[1-9]\d*", number, re.ASCII)):
        raise KmMaturityError(f"{address} does not say which assessment: write {url}#KEY, or {url}#KEY@1")
    with open_store(url, registry=known) as store:
        found = store.get(key, int(number) if at else None)
        if found is None:
            raise NoSuchFile(f"there is no {which} in {url}: {_others(store, key)}")
    if found.forgotten is not None:
        raise CannotRead(
            f"{address} was taken away on {found.forgotten.at.date()}: {found.forgotten.because}; `kmmaturity store "
            f"history {key} --store {url}` tells which revisions are left"
        )
    return Document(f"{url}#{key}@{found.number}", found.document or b"")


def _others(store: Store, key: str) -> str:
    keys = [each.key for each in store.list()]
    if key in keys:
        return f"its newest revision is {len(store.history(key))}"
    near = closest(key, keys)
    return f"did you mean {near}?" if near else f"it holds {listed(keys, last='and') or 'nothing'}"
