"""Options of exporters, destinations and forms, as `-o KEY=VALUE` gives them."""

from __future__ import annotations

from collections.abc import Iterable

import click

from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.options import Option, read

__all__ = ["given"]


def given(options: Iterable[Option], pairs: Iterable[str], *, owner: str) -> dict[str, object]:
    """The values that `pairs` give to `options`. Raises UsageError, which tells all mistakes at once."""
    try:
        return read(options, pairs, owner=owner)
    except KmMaturityError as error:
        raise click.UsageError(f"-o: {error}.") from None
