"""`kmmaturity plugins`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

import click

from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.builtin.picture.prose import Prose
from kmmaturity.cli.console import TOLD, out
from kmmaturity.cli.drawing import width
from kmmaturity.domain.names import closest, ended, listed
from kmmaturity.errors import UnknownName
from kmmaturity.hooks.loading import GROUP
from kmmaturity.hooks.options import Option, written
from kmmaturity.hooks.strays import strays
from kmmaturity.registry import OURS, Kind, Provider, Registry, default
from kmmaturity.registry.missing import missing

__all__ = ["command"]

MORE = "`kmmaturity plugins NAME` tells more of one of these: what it is for, what chooses it, and its options."


@click.command("plugins", epilog="Example: kmmaturity plugins csv")
@click.argument("name", metavar="[NAME]", required=False)
def command(name: str | None) -> None:
    """List the plug-ins that are loaded, what each brings, and what cannot be used and why.

    With the NAME of a plug-in, or of something that one brings, tell more of it: what it is for, the endings or
    addresses that choose it, and its options. KMMATURITY_PLUGINS=a,b restricts plug-ins to those of these names; set to
    nothing, to what ships.
    """
    registry, prose = default(), Prose(width())
    lines = _page(registry, prose) if name is None else _about(registry, name, prose)
    out("".join(f"{line.rstrip()}\n" for line in lines))


def _page(registry: Registry, prose: Prose) -> Iterator[str]:
    for provider in (OURS, *registry.plugins):
        brought: dict[str, list[str]] = {}
        for (kind, name), each in registry.providers.items():
            if each is provider:
                brought.setdefault(kind, []).append(name)
        yield tidy(str(provider))
        yield from prose.beside([(f"{kind}s:", _names(names)) for kind, names in brought.items()])
        if not brought:
            yield "  brings nothing"
    if not registry.plugins:
        yield from prose.sentences(f"No others are loaded: plug-ins are found by an entry point in the group {GROUP}.")
    yield ""
    yield from prose.sentences(MORE)
    warnings = [*registry.warnings, *_hidden(registry), *strays()]
    click.get_current_context().meta[TOLD] = "\n".join(warnings)
    for warning in (*warnings, *registry.shared):
        yield ""
        yield from prose.sentences(tidy(ended(f"{warning[0].upper()}{warning[1:]}")))


def _hidden(registry: Registry) -> Iterator[str]:
    """Commands of plug-ins that nobody can reach, because ours have their names."""
    from kmmaturity.cli.program import COMMANDS

    for name in registry.commands:
        if name in COMMANDS:
            provider = registry.providers["command", name]
            yield f"the command {name} of {provider} is one of ours, and stays ours: it has to have another name"


def _names(names: list[str]) -> str:
    return ", ".join(map(tidy, names)) if len(names) <= 12 else f"{len(names)}, {tidy(names[0])} to {tidy(names[-1])}"


def _about(registry: Registry, called: str, prose: Prose) -> Iterator[str]:
    """All that is `called` so, and all that the plug-in of that name brings."""
    records: Mapping[str, Mapping[str, Any]] = {
        "exporter": registry.exporters,
        "destination": registry.destinations,
        "form": registry.forms,
        "importer": registry.importers,
        "store": registry.stores,
        "model": registry.models,
        "rule": registry.rules,
        "command": registry.commands,
    }
    found = [
        (kind, name, provider)
        for (kind, name), provider in registry.providers.items()
        if called in (name, provider.name)
    ]
    if not found:
        for kind in get_args(Kind):
            registry.refuse_broken(kind, called)
        plugins = [each.name for each in (OURS, *registry.plugins)]
        names = dict.fromkeys([*plugins, *(name for _, name in registry.providers)])
        near = closest(called, names)
        hint = f"did you mean {near}?" if near else f"there are the plug-ins {listed(plugins, most=20, last='and')}"
        error = UnknownName(f"no plug-in, and nothing of one, is called {called!r}: {hint}")
        raise error if near else missing("plug-in", error, registry.failures)
    for position, (kind, name, provider) in enumerate(found):
        yield from [""] * bool(position)
        yield from _record(kind, name, provider, records[kind][name], prose)


def _record(kind: str, name: str, provider: Provider, record: Any, prose: Prose) -> Iterator[str]:
    yield prose.heading(f"{kind} {tidy(name)}, from {tidy(str(provider))}")
    if summary := getattr(record, "summary", None):
        yield from (f"  {line}" for line in prose.sentences(tidy(summary)))
    chosen = {
        "endings:": getattr(record, "suffixes", ()),
        "addresses:": [f"{scheme}:..." for scheme in getattr(record, "schemes", ())],
    }
    told = [(label, tidy(", ".join(each))) for label, each in chosen.items() if each]
    if getattr(record, "stream", None):
        told.append(("many:", "several assessments can go into one file"))
    yield from prose.beside(told)
    yield from prose.beside(_options(getattr(record, "options", ())))


def _options(options: Iterable[Option]) -> Iterator[tuple[str, str]]:
    for each in options:
        default = "" if each.default is None else f", {written(each.default)} unless you say otherwise"
        yield f"-o {each.name}=...", tidy(f"{each.summary.removesuffix('.')}. Takes {each.takes}{default}.")
