"""A list made equal to its source: what is new is added, what differs is changed, what is gone is marked.

Nothing depends on knowing what became of a call. Whatever was not acknowledged, the list is read again, and what it
still lacks is sent again; a key that is there already is never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from attrs import field, frozen

from kmmaturity_sharepoint.client.answers import ListItem
from kmmaturity_sharepoint.client.graph import BATCH, Graph, Inner, Part
from kmmaturity_sharepoint.client.refusals import Refusal, Unanswered
from kmmaturity_sharepoint.columns import GONE, KEY, SOURCE
from kmmaturity_sharepoint.rows import Fields, batched, changed

__all__ = ["Change", "Upsert"]

ROUNDS = 12
Kind = Literal["added", "changed", "marked as gone"]


@frozen(weakref_slot=False)
class Change:
    """One item that is, or would be, added, changed or marked: its key, and the fields that are sent."""

    kind: Kind
    key: str
    fields: Mapping[str, Any] = field(repr=False)
    item: ListItem | None = field(default=None, repr=False)


def _silent(done: int, total: int) -> None:
    """Nobody wants to know."""


@frozen(eq=False)
class Upsert:
    """Makes one list of one site equal to assessments. `progress` is told the changes made and those in all."""

    graph: Graph
    site: str
    list_id: str
    progress: Callable[[int, int], None] = _silent

    def changes(self, source: str, rows: tuple[Fields, ...]) -> tuple[Change, ...]:
        """What the list lacks now to equal `rows`, which are all items of `source`."""
        return tuple(self._changes(source, rows))

    def apply(self, source: str, rows: tuple[Fields, ...]) -> tuple[Change, ...]:
        """Makes the list equal to `rows`, and gives what had to be done. Raises Refusal and Unanswered."""
        patience = self.graph.wire.patience
        patience.renew()
        first = waiting = self.changes(source, rows)
        for number in range(1, ROUNDS + 1):
            trouble = self._sent(waiting)
            if trouble is None:
                self.progress(len(first), len(first))
                return first
            asked = trouble.retry_after if isinstance(trouble, Refusal) else 0.0
            why = trouble.why if isinstance(trouble, Unanswered) else f"SharePoint answered {trouble.status}"
            if number == ROUNDS or not patience.wait(asked, why):
                raise trouble
            # Only the list itself knows what arrived.
            before, waiting = waiting, self.changes(source, rows)
            self.progress(len(first) - len(waiting), len(first))
            if len(waiting) < len(before):
                patience.renew()
            if _is_final(trouble) and len(waiting) >= len(before):
                raise trouble
        raise AssertionError("the last round returns or raises")  # pragma: no cover

    def _changes(self, source: str, rows: tuple[Fields, ...]) -> Iterator[Change]:
        names = tuple(rows[0]) if rows else (KEY, GONE)
        found = self.graph.items(self.site, self.list_id, column=SOURCE, equals=source, names=names)
        every = sorted(found, key=lambda each: (len(each.id), each.id))
        there: dict[str, ListItem] = {}
        for each in every:
            there.setdefault(each.fields.get(KEY, ""), each)
        for row in rows:
            item = there.get(row[KEY])
            if item is None:
                yield Change("added", row[KEY], {name: value for name, value in row.items() if value is not None})
            elif fields := changed(row, item.fields):
                yield Change("changed", row[KEY], fields, item)
        keys = {row[KEY] for row in rows}
        for each in every:
            key = each.fields.get(KEY, "")
            # One that is there twice is marked, too: another tool added it, where the key need not be unique.
            stays = key in keys and there[key] is each
            if not stays and not each.fields.get(GONE):
                yield Change("marked as gone", key, {GONE: True}, each)

    def _sent(self, changes: tuple[Change, ...]) -> Refusal | Unanswered | None:
        """Sends `changes`, and gives the gravest of what was not acknowledged, or None where everything was."""
        worst: Refusal | Unanswered | None = None
        for batch in batched(tuple(map(self._part, changes)), BATCH):
            try:
                inners = self.graph.batch(batch)
            except Unanswered as unanswered:
                worst = worst or unanswered
                continue
            except Refusal as refusal:
                if not refusal.is_temporary or refusal.status == 429:
                    raise
                worst = worst or refusal
                continue
            for part, inner in zip(batch, inners, strict=True):
                if inner.status >= 400:
                    worst = _graver(worst, _refusal(part, inner))
        return worst

    def _part(self, change: Change) -> Part:
        if change.item is None:
            return self.graph.creating(self.site, self.list_id, change.fields)
        return self.graph.changing(self.site, self.list_id, change.item, change.fields)


def _refusal(part: Part, inner: Inner) -> Refusal:
    operation = "items.create" if part.method == "POST" else "items.update"
    return Refusal(operation, inner.status, inner.code, request_id=inner.request_id, retry_after=inner.retry_after)


def _is_final(trouble: Refusal | Unanswered) -> bool:
    """Whether the same call would be refused again, unless the list has changed since: 409, 412 and 404 tell that."""
    return isinstance(trouble, Refusal) and not trouble.is_temporary and trouble.status not in (404, 409, 412, 424)


def _graver(one: Refusal | Unanswered | None, other: Refusal) -> Refusal | Unanswered:
    """Of two, the one that decides: what is final first, then what asks for the longer wait."""
    if one is None or _is_final(other) > _is_final(one):
        return other
    if isinstance(one, Refusal) and _is_final(one) == _is_final(other) and other.retry_after > one.retry_after:
        return other
    return one
