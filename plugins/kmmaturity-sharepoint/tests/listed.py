"""What the tests of lists look at: what a receipt says, and what a list holds."""

from __future__ import annotations

from collections.abc import Callable

import kmmaturity as km
from fake_graph.lists import ItemList
from kmmaturity.domain.assessment import Assessment
from kmmaturity.hooks import Receipt
from kmmaturity.hooks.keys import key_for
from kmmaturity_sharepoint.columns import KEY, By, wanted
from kmmaturity_sharepoint.rows import fields_of

__all__ = ["ADDRESS", "Export", "equals", "held", "told"]

ADDRESS = "sharepoint-list://contoso.sharepoint.com/sites/KM/KM maturity"
Export = Callable[..., Receipt]


def told(receipt: Receipt) -> str:
    """What the receipt says of the one assessment that was brought."""
    (each,) = receipt.files
    return each.target.removeprefix(f"{ADDRESS}: ")


def held(made: ItemList) -> dict[str, dict[str, object]]:
    """The list's fields by key; fails where one key is there twice among what is not gone."""
    kept = [each.fields for each in made.items.values() if not each.fields.get("KmmGone")]
    assert len({each[KEY] for each in kept}) == len(kept)
    return {each[KEY]: each for each in kept}


def equals(made: ItemList, assessment: Assessment, by: By = "sub-outcome") -> bool:
    """Whether the list holds exactly the rows of `assessment` among those of its source."""
    rows = fields_of(km.report(assessment), by, wanted(by))
    there = held(made)
    expected = {
        row[KEY]: {name: value for name, value in row.items() if value is not None and value is not False}
        for row in rows
    }
    for fields in expected.values():
        for name in ("KmmAssessed", "KmmTargetBy"):
            if name in fields:
                fields[name] = f"{fields[name][:10]}T00:00:00Z"
    found = {
        key: {name: value for name, value in fields.items() if value is not False}
        for key, fields in there.items()
        if fields["KmmSource"] == key_for(assessment)
    }
    return found == expected
