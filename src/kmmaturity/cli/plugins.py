"""`kmmaturity plugins`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose
from kmmaturity.cli.console import out
from kmmaturity.cli.drawing import width
from kmmaturity.registry import OURS, Registry, default

__all__ = ["command"]


@click.command("plugins", epilog="Example: kmmaturity plugins")
def command() -> None:
    """List the plug-ins that are loaded, what each brings, and what cannot be used and why.

    KMMATURITY_PLUGINS=a,b restricts them to those of these names; set to nothing, to what ships.
    """
    registry = default()
    out("".join(f"{line.rstrip()}\n" for line in _page(registry, Prose(width()))))


def _page(registry: Registry, prose: Prose) -> Iterator[str]:
    for provider in (OURS, *registry.plugins):
        brought: dict[str, list[str]] = {}
        for (kind, name), each in registry.providers.items():
            if each is provider:
                brought.setdefault(kind, []).append(name)
        yield tidy(str(provider))
        told = ((f"{kind}s:", _names(names)) for kind, names in brought.items())
        yield from prose.beside(told)
    if not registry.plugins:
        yield "No other plug-ins are loaded."
    for warning in registry.warnings:
        yield ""
        yield from prose.sentences(tidy(f"{warning[0].upper()}{warning[1:]}."))


def _names(names: list[str]) -> str:
    return ", ".join(map(tidy, names)) if len(names) <= 12 else f"{len(names)}, {tidy(names[0])} to {tidy(names[-1])}"
