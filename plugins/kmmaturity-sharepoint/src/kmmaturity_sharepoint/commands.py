"""`kmmaturity sharepoint`: making a list, and finding out what keeps SharePoint from being reached."""

from __future__ import annotations

from typing import Any

import click

from kmmaturity.checking.formats.text import tame
from kmmaturity.cli.console import note, out
from kmmaturity.domain.names import listed
from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.options import read
from kmmaturity_sharepoint.addresses import EXAMPLES, LIST, Place, place_of
from kmmaturity_sharepoint.progress import Progress
from kmmaturity_sharepoint.settings import CONNECTION

__all__ = ["command"]

OWNER = "kmmaturity sharepoint"


@click.group("sharepoint")
def command() -> None:
    """Make lists in SharePoint Online, and find out what keeps it from being reached."""


def connected(wrapped: Any) -> Any:
    """Give a command `-o`."""
    names = listed((each.name for each in CONNECTION), most=20)
    return click.option("-o", "pairs", metavar="KEY=VALUE", multiple=True, help=f"How to connect: {names}.")(wrapped)


def rows(wrapped: Any) -> Any:
    """Give a command what decides the columns of a list."""
    for option in (
        click.option("--owners", is_flag=True, help="With a column for the owners of actions."),
        click.option("--evidence", is_flag=True, help="With a column for evidence."),
        click.option(
            "--by",
            type=click.Choice(["sub-outcome", "assessment"]),
            default="sub-outcome",
            show_default=True,
            help="What one item stands for.",
        ),
    ):
        wrapped = option(wrapped)
    return wrapped


@command.command("provision", epilog=f'Example: kmmaturity sharepoint provision "{EXAMPLES[LIST]}"')
@click.argument("address")
@rows
@click.option("--print", "printed", is_flag=True, help="Make nothing; print what an owner of the site has to make.")
@connected
def provision(address: str, by: Any, evidence: bool, owners: bool, printed: bool, pairs: tuple[str, ...]) -> int:
    """Make the list at ADDRESS with the columns that rows need, or add those that it lacks."""
    from kmmaturity_sharepoint.columns import wanted
    from kmmaturity_sharepoint.provision import by_hand
    from kmmaturity_sharepoint.provision import provision as made
    from kmmaturity_sharepoint.reaching import reached

    place = _list_at(address)
    columns = wanted(by, evidence=evidence, owners=owners)
    if printed:
        out(by_hand(place, columns))
        return 0
    connection = _read(pairs)
    with reached(place, connection, _shown(place, connection), writing=True) as graph:
        found = made(graph, place, columns)
    did = (
        "Made"
        if found.made
        else f"Added {listed(found.added, most=30, last='and')} to"
        if found.added
        else "Nothing to add to"
    )
    note(f"{did} {place.container}, {found.address}.")
    for each in found.left:
        note(f"Still to mend: {each}.")
    return 1 if found.left else 0


@command.command("doctor", epilog=f'Example: kmmaturity sharepoint doctor "{EXAMPLES[LIST]}"')
@click.argument("address")
@rows
@connected
def doctor(address: str, by: Any, evidence: bool, owners: bool, pairs: tuple[str, ...]) -> int:
    """Look at sign-in, site, permissions and the library or list at ADDRESS, and say what to mend. Writes nothing."""
    from kmmaturity_sharepoint.columns import wanted
    from kmmaturity_sharepoint.doctor import examined
    from kmmaturity_sharepoint.reaching import reached

    place = place_of(address)
    wrong = False
    connection = _read(pairs)
    with reached(place, connection, _shown(place, connection), writing=False) as graph:
        for each in examined(graph, place, wanted(by, evidence=evidence, owners=owners)):
            mark = {"well": "ok", "wrong": "NOT OK", "unknown": "not known"}[each.state]
            out(f"{each.what}: {mark}: {tame(each.told)}\n")
            wrong = wrong or each.state == "wrong"
    return 1 if wrong else 0


def _list_at(address: str) -> Place:
    place = place_of(address)
    if not place.is_list:
        raise KmMaturityError(f"{address} names a library, and a list is made: write it as in {EXAMPLES[LIST]}")
    return place


def _read(pairs: tuple[str, ...]) -> dict[str, Any]:
    return read(CONNECTION, pairs, owner=OWNER)


def _shown(place: Place, connection: dict[str, Any]) -> Progress:
    return Progress(place.container, shown=connection.get("progress"))
