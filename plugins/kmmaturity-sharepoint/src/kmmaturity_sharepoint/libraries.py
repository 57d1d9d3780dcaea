"""Finding what an address names: its site, and the library or list in it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from kmmaturity.domain.names import no_such
from kmmaturity.errors import KmMaturityError
from kmmaturity_sharepoint.addresses import Place
from kmmaturity_sharepoint.client.answers import Library, ListNote, Site
from kmmaturity_sharepoint.client.graph import Graph

__all__ = ["library_at", "list_at"]


def library_at(graph: Graph, place: Place) -> Library:
    """The library of `place`, by the name that people see or the one in its address; often these two differ.

    Raises UnknownName, with the libraries that there are.
    """
    site = graph.site(place)
    every = graph.libraries(site.id)
    wanted = place.container.casefold()
    for named in (lambda each: each.name, lambda each: _in_address(each.address)):
        for each in every:
            if named(each).casefold() == wanted:
                return each
    raise no_such("library", place.container, [each.name for each in every], where=place.site_shown)


def list_at(graph: Graph, place: Place) -> tuple[Site, ListNote | None]:
    """The site of `place` and its list, which may not be there yet. Raises KmMaturityError where it is a library."""
    site = graph.site(place)
    wanted = place.container.casefold()
    every = graph.lists(site.id)
    found = next(
        (each for each in every if wanted in (each.name.casefold(), _in_address(each.address).casefold())), None
    )
    if found is not None and not found.is_plain:
        raise KmMaturityError(
            f"{place}: {found.name} is a {found.template} of the site, and rows go to a list of their own: choose "
            "another name"
        )
    return site, found


def _in_address(address: str) -> str:
    return unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
