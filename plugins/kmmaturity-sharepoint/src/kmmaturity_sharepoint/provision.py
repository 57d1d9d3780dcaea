"""Making a list with its columns, or telling an owner of the site how to."""

from __future__ import annotations

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity_sharepoint.addresses import Place
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.refusals import Refusal, Unanswered
from kmmaturity_sharepoint.columns import Wanted, defects
from kmmaturity_sharepoint.libraries import list_at

__all__ = ["Provisioned", "by_hand", "provision"]


@frozen(weakref_slot=False)
class Provisioned:
    """What was made: the list, or columns of one that was there; and what is still not as it has to be."""

    made: bool
    address: str
    added: tuple[str, ...] = field(default=(), converter=tupled)
    left: tuple[str, ...] = field(default=(), converter=tupled)


def provision(graph: Graph, place: Place, columns: tuple[Wanted, ...]) -> Provisioned:
    """Makes the list at `place` with `columns`, or adds those that one which is there lacks; nothing is changed.

    Raises Refusal where the application may not, and Unanswered.
    """
    site, found = list_at(graph, place)
    if found is None:
        try:
            found = graph.create_list(site.id, place.container, [each.definition() for each in columns])
        except (Refusal, Unanswered) as error:
            if isinstance(error, Refusal) and not error.is_temporary:
                raise
            _, found = list_at(graph, place)  # it may have been made, and a second one would be in the way
            if found is None:
                raise
        made = True
    else:
        made = False
    # Names are read back: SharePoint may make another one of a name than the one it was given.
    there = {each.name for each in graph.columns(site.id, found.id)}
    added = []
    for each in columns:
        if each.name not in there:
            graph.create_column(site.id, found.id, each.definition())
            added.append(each.name)
    left = defects(columns, graph.columns(site.id, found.id))
    return Provisioned(made, found.address, added, left)


def by_hand(place: Place, columns: tuple[Wanted, ...]) -> str:
    """What an owner of the site does, where the application may not make lists."""
    lines = [
        f"In {place.site_shown}, an owner of the site:",
        f"1. makes a blank list called {place.container}: New > List > Blank list;",
        "2. adds these columns, each under the name before the colon: SharePoint keeps the first name for good;",
        *(f"   - {each.by_hand()}" for each in columns),
        "3. indexes the columns marked so: List settings > Indexed columns; before there are 5,000 items;",
        "4. runs `kmmaturity sharepoint doctor` on the list's address, or has it run.",
    ]
    return "\n".join(lines) + "\n"
