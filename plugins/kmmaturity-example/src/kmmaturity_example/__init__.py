"""A plug-in for kmmaturity: what it brings, and nothing else. Each module is imported when it is first used."""

from __future__ import annotations

from collections.abc import Sequence

from kmmaturity.hooks import Exporter, Option, Report, Rule, hookimpl

__version__ = "0.1.0"


def _render(report: Report, *, evidence: bool) -> bytes:
    from kmmaturity_example import wiki

    return wiki.render(report, evidence=evidence)


@hookimpl
def kmmaturity_exporters() -> Sequence[Exporter]:
    """The ways to write a report that this plug-in brings."""
    shown = Option("evidence", "Add a column with what shows each score", type=bool, default=False)
    return [Exporter("mediawiki", (".mediawiki",), "A table for MediaWiki", _render, options=(shown,))]


@hookimpl
def kmmaturity_rules() -> Sequence[Rule]:
    """The checks that this plug-in brings."""
    from kmmaturity_example.rules import NOTES_WANTED

    return [NOTES_WANTED]
