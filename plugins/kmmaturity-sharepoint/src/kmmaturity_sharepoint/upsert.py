"""A list made equal to its source: what is new is added, what differs is changed, what is gone is marked.

Nothing depends on knowing what became of a call. Whatever was not acknowledged, the list is read again, and what it
still lacks is sent again; a key that is there already is never added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import field, frozen

from kmmaturity_sharepoint.client.answers import ListItem
from kmmaturity_sharepoint.client.graph import BATCH, Graph, Inner, Part
from kmmaturity_sharepoint.client.refusals import Refusal, Unanswered
from kmmaturity_sharepoint.columns import GONE, KEY, SOURCE
from kmmaturity_sharepoint.progress import Told, silent
from kmmaturity_sharepoint.rows import Fields, changed

__all__ = ["Change", "Upsert"]

ROUNDS = 12
Trouble = Refusal | Unanswered
Kind = Literal["added", "changed", "marked as gone"]


@frozen(weakref_slot=False)
class Change:
    """One item that is, or would be, added, changed or marked: its key, and the fields that are sent."""

    kind: Kind
    key: str
    fields: Mapping[str, Any] = field(repr=False)
    item: ListItem | None = field(default=None, repr=False)


@frozen(eq=False)
class Upsert:
    """Makes one list of one site equal to assessments. `progress` is told the changes made and those in all."""

    graph: Graph
    site: str
    list_id: str
    progress: Told = silent

    def changes(self, source: str, rows: tuple[Fields, ...]) -> tuple[Change, ...]:
        """What the list lacks now to equal `rows`, which are all items of `source`."""
        return tuple(self._changes(source, rows))

    def apply(self, source: str, rows: tuple[Fields, ...]) -> tuple[Change, ...]:
        """Makes the list equal to `rows`, and gives what had to be done. Raises Refusal and Unanswered."""
        patience = self.graph.wire.patience
        patience.renew()
        first = waiting = self.changes(source, rows)
        rounds = 0
        while (trouble := self._sent(waiting)) is not None:
            rounds += 1
            if rounds == ROUNDS or not patience.wait(trouble.retry_after, trouble.why):
                raise trouble
            # Only the list itself knows what arrived.
            before, waiting = waiting, self.changes(source, rows)
            self.progress(len(first) - len(waiting), len(first))
            if len(waiting) < len(before):
                patience.renew()
            elif _is_final(trouble):
                raise trouble
        self.progress(len(first), len(first))
        return first

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

    def _sent(self, changes: tuple[Change, ...]) -> Trouble | None:
        """Sends `changes`, and gives the gravest of what was not acknowledged, or None where everything was."""
        worst: Trouble | None = None
        for start in range(0, len(changes), BATCH):
            worst = _graver(worst, self._batch(changes[start : start + BATCH]))
            if worst is not None and worst.retry_after:
                break  # it asks to be left alone
        return worst

    def _batch(self, changes: tuple[Change, ...]) -> Trouble | None:
        parts = tuple(map(self._part, changes))
        try:
            inners = self.graph.batch(parts)
        except Unanswered as unanswered:
            return unanswered
        except Refusal as refusal:
            if not refusal.is_temporary or refusal.status == 429:
                raise
            return refusal
        worst: Trouble | None = None
        for part, inner in zip(parts, inners, strict=True):
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


def _is_final(trouble: Trouble) -> bool:
    """Whether the same call would be refused again, unless the list has changed since: 409, 412 and 404 tell that."""
    return isinstance(trouble, Refusal) and not trouble.is_temporary and trouble.status not in (404, 409, 412, 424)


def _graver(one: Trouble | None, other: Trouble | None) -> Trouble | None:
    """Of two, the one that decides: what is final first, then what asks for the longer wait."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda each: (_is_final(each), each.retry_after))
