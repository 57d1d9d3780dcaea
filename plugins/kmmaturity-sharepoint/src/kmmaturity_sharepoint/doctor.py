"""Looking at everything between here and a library or list, one thing after the other, and saying what to mend."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from kmmaturity.domain.names import listed
from kmmaturity.errors import KmMaturityError
from kmmaturity_sharepoint.addresses import Place
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.refusals import Refusal
from kmmaturity_sharepoint.client.uploads import called_off
from kmmaturity_sharepoint.columns import Wanted, command, defects
from kmmaturity_sharepoint.libraries import library_at, list_at
from kmmaturity_sharepoint.messages import sentence

__all__ = ["Check", "examined"]

# Roles of an application that reach every site of a tenant, where one site is enough.
BROAD = ("Sites.Read.All", "Sites.ReadWrite.All", "Sites.Manage.All", "Sites.FullControl.All", "Files.ReadWrite.All")


# What is looked at, in order.
OF_A_LIBRARY = ("Sign-in", "Site", "Granted roles", "Library", "Writing")
OF_A_LIST = ("Sign-in", "Site", "Granted roles", "List", "Columns", "Writing")


@frozen(weakref_slot=False)
class Check:
    """One thing that was looked at: whether it is well, not, or could not be told; and what was found."""

    what: str
    state: Literal["well", "wrong", "unknown"]
    told: str


def examined(graph: Graph, place: Place, columns: tuple[Wanted, ...]) -> Iterator[Check]:
    """Each check in turn, ending with the first that is wrong: the next could not be told. Nothing is written."""
    done = 0
    try:
        for each in _checks(graph, place, columns):
            done += 1
            yield each
    except KmMaturityError as error:
        yield Check((OF_A_LIST if place.is_list else OF_A_LIBRARY)[done], "wrong", sentence(error, place))


def _checks(graph: Graph, place: Place, columns: tuple[Wanted, ...]) -> Iterator[Check]:
    yield _signed_in(graph)
    site = graph.site(place)
    yield Check("Site", "well", f"{site.name}, {site.address}")
    yield _granted(graph, site.id)
    yield from _list(graph, place, columns) if place.is_list else _library(graph, place)


def _signed_in(graph: Graph) -> Check:
    roles = _roles(graph.wire.token())
    if roles is None:
        return Check("Sign-in", "well", "a token was given")
    broad = [each for each in roles if each in BROAD]
    told = f"a token was given, with {listed(roles, last='and') or 'no roles'}"
    if broad:
        return Check(
            "Sign-in", "well", f"{told}; Sites.Selected would be enough, and {listed(broad)} reaches every site"
        )
    return Check("Sign-in", "well", told)


def _roles(token: str) -> tuple[str, ...] | None:
    """What a token says that it may do; None for one that does not say. It is read, never shown."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        return (*claims.get("roles", ()), *claims.get("scp", "").split())
    except (ValueError, AttributeError, TypeError):
        return None


def _granted(graph: Graph, site: str) -> Check:
    try:
        roles = sorted({role for each in graph.permissions(site) for role in each})
    except Refusal as refusal:
        if refusal.status not in (401, 403):
            raise
        return Check("Granted roles", "unknown", "this application may not ask who was granted what, and need not")
    return Check("Granted roles", "well", f"applications have {listed(roles, last='and') or 'none'} in this site")


def _library(graph: Graph, place: Place) -> Iterator[Check]:
    library = library_at(graph, place)
    yield Check("Library", "well", f"{library.name}, {library.address}")
    # An upload that is begun and called off shows whether files may be written, and nobody ever sees it.
    session = graph.upload_session(library.id, (f"kmmaturity-{uuid.uuid4().hex}.txt",), conflict="fail")
    called_off(graph.wire, session)
    yield Check("Writing", "well", "files may be written; an upload was begun and called off")


def _list(graph: Graph, place: Place, columns: tuple[Wanted, ...]) -> Iterator[Check]:
    site, found = list_at(graph, place)
    if found is None:
        lists = [each.name for each in graph.lists(site.id) if each.is_plain]
        told = f"there is no list {place.container}; there are {listed(lists, last='and') or 'none'}"
        yield Check("List", "wrong", f"{told}. `{command(place, columns)}` makes it")
        return
    yield Check("List", "well", f"{found.name}, {found.address}")
    wrong = defects(columns, graph.columns(site.id, found.id))
    if wrong:
        told = f"{listed(wrong, last='and')}. `{command(place, columns)}` adds what is not there"
        yield Check("Columns", "wrong", f"{told}; an owner mends the rest, as it says with --print")
        return
    yield Check("Columns", "well", f"all {len(columns)} are there, with their types and indexes")
    yield Check("Writing", "unknown", "whether items may be written shows when the first one is")
