"""Bringing reports to a list, as items: one for each sub-outcome, or one for each assessment."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from kmmaturity.domain.names import listed
from kmmaturity.errors import CannotWrite, KmMaturityError
from kmmaturity.hooks import Delivered, Delivery, Option
from kmmaturity.hooks.keys import key_for
from kmmaturity_sharepoint.addresses import Place, place_of
from kmmaturity_sharepoint.progress import Progress
from kmmaturity_sharepoint.settings import CONNECTION

if TYPE_CHECKING:
    from kmmaturity.domain.report import Report
    from kmmaturity_sharepoint.client.answers import ListNote
    from kmmaturity_sharepoint.client.graph import Graph
    from kmmaturity_sharepoint.columns import Wanted
    from kmmaturity_sharepoint.upsert import Change

__all__ = ["OPTIONS", "deliver"]

OPTIONS = (
    Option(
        "by",
        "One item for each sub-outcome, which can be filtered; or one for each assessment, which is an overview.",
        default="sub-outcome",
        choices=("sub-outcome", "assessment"),
    ),
    Option("evidence", "Bring evidence, too, which is otherwise left out.", type=bool, default=False),
    Option("owners", "Bring the owners of actions, too, who are otherwise left out.", type=bool, default=False),
    Option(
        "several_units",
        "Let one list hold several units, although whoever opens it can then sort them by score.",
        type=bool,
        default=False,
    ),
    *CONNECTION,
)


def deliver(
    delivery: Delivery,
    *,
    by: Any,
    evidence: bool,
    owners: bool,
    several_units: bool,
    progress: bool | None,
    **connection: Any,
) -> tuple[Delivered, ...]:
    """Makes the list equal to the reports, and tells for each how many items were added, changed or marked as gone.

    Raises CannotWrite, with who has to do what. Whatever was brought stays, and doing it again goes on from there.
    """
    from kmmaturity_sharepoint.columns import command, wanted
    from kmmaturity_sharepoint.libraries import list_at
    from kmmaturity_sharepoint.reaching import reached  # and with it azure, which costs 150 ms
    from kmmaturity_sharepoint.rows import fields_of
    from kmmaturity_sharepoint.upsert import Upsert

    place = place_of(delivery.target)
    columns = wanted(by, evidence=evidence, owners=owners)
    shown = Progress(place.container, shown=progress)
    delivered: list[Delivered] = []
    left = "each item is whole, and doing it again goes on from there"
    with shown.interruptible(lambda: left), reached(place, connection, shown, writing=True) as graph:
        site, found = list_at(graph, place)
        if found is None:
            raise CannotWrite(
                f"{place}: there is no such list yet: `{command(place, columns)}` makes it, or says with --print what "
                f"an owner of {place.site_shown} makes"
            )
        _refuse_columns(graph, place, site.id, found, columns)
        if not several_units:
            _refuse_units(graph, place, site.id, found, delivery.reports)
        upsert = Upsert(graph, site.id, found.id, shown)
        for report in delivery.reports:
            source, rows = key_for(report), fields_of(report, by, columns)
            changes = upsert.changes(source, rows) if delivery.dry_run else upsert.apply(source, rows)
            delivered.append(_delivered(place, found, changes))
    return tuple(delivered)


def _refuse_columns(graph: Graph, place: Place, site: str, found: ListNote, columns: tuple[Wanted, ...]) -> None:
    from kmmaturity_sharepoint.columns import command, defects

    if wrong := defects(columns, graph.columns(site, found.id)):
        raise CannotWrite(
            f"{place}: the list cannot hold the rows: {listed(wrong, last='and')}. `{command(place, columns)}` adds "
            f"what is not there; an owner of {place.site_shown} mends the rest, as it says with --print"
        )


def _refuse_units(graph: Graph, place: Place, site: str, found: ListNote, reports: tuple[Report, ...]) -> None:
    """A list can be sorted by whoever opens it, and one of several units would then put them in order."""
    from kmmaturity_sharepoint.columns import UNIT
    from kmmaturity_sharepoint.rows import unit_of

    units = set(map(unit_of, reports))
    there = {str(each.fields[UNIT]) for each in graph.sample(site, found.id, UNIT) if each.fields.get(UNIT)}
    if len(units | there) > 1:
        raise KmMaturityError(
            f"{place} would hold several units: {listed(sorted(units | there), last='and')}. Whoever opens a list can "
            "sort it by score, and this is no tool to rank with: give each unit a list of its own, or say "
            "several_units=true"
        )


def _delivered(place: Place, found: ListNote, changes: tuple[Change, ...]) -> Delivered:
    counts = Counter(each.kind for each in changes)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "nothing to change"
    size = sum(len(json.dumps(dict(each.fields)).encode()) for each in changes)
    return Delivered(f"{place}: {told}", size, found.address or None)
