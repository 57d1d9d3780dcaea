"""Joining what plug-ins bring: each record checked, each name taken once, each failure its owner's alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any

from attrs import evolve

from kmmaturity.builtin.destinations import DESTINATIONS
from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.builtin.forms import FORMS
from kmmaturity.builtin.importers import IMPORTERS
from kmmaturity.builtin.stores import STORES
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.errors import PluginError
from kmmaturity.hooks.loading import Installed
from kmmaturity.registry.providers import OURS, Failure, Provider, said

__all__ = ["Joining"]

OWN_PREFIX = re.compile(r"(?!KMM)[A-Z]{3,8}\d+")

# How each sort of record is called: by one name, or by each of its schemes.
KINDS: dict[str, tuple[str, Callable[[Any], Iterable[str]]]] = {
    "kmmaturity_exporters": ("exporter", lambda each: (each.name,)),
    "kmmaturity_destinations": ("destination", lambda each: each.schemes),
    "kmmaturity_forms": ("form", lambda each: (each.name,)),
    "kmmaturity_importers": ("importer", lambda each: (each.name,)),
    "kmmaturity_stores": ("store", lambda each: each.schemes),
    "kmmaturity_models": ("model", lambda each: (each.reference,)),
    "kmmaturity_rules": ("rule", lambda each: (each.code,)),
    "kmmaturity_commands": ("command", lambda each: (each.name,)),
}
SHIPPED: dict[str, Iterable[Any]] = {
    "kmmaturity_exporters": EXPORTERS,
    "kmmaturity_destinations": DESTINATIONS,
    "kmmaturity_forms": FORMS,
    "kmmaturity_importers": IMPORTERS,
    "kmmaturity_stores": STORES,
    "kmmaturity_rules": CATALOGUE.values(),
}


class Joining:
    """Records as they come in, kind by kind, with who brought each and what went wrong; ours are there first."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {kind: {} for kind, _ in KINDS.values()}
        self.providers: dict[tuple[str, str], Provider] = {}
        self.plugins: list[Provider] = []
        self.failures: list[Failure] = []
        self._contested: dict[tuple[str, str], Provider] = {}
        for hook, records in SHIPPED.items():
            for record in records:
                for name in self._names(hook, record):
                    self._keep(OURS, name, record)

    def add(self, each: Installed) -> None:
        """An installed plug-in, loaded in a try of its own."""
        provider = Provider(each.name, each.distribution, each.version)
        begun = perf_counter()
        try:
            plugin = each.entry_point.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a stranger's module raises is its own
            self.failures.append(Failure(provider, said(error), error))
        else:
            self.take(provider, plugin, begun)

    def take(self, provider: Provider, plugin: object, begun: float | None = None) -> None:
        """A plug-in that is loaded: validated, and asked for its records. `begun` is when loading it began."""
        begun = perf_counter() if begun is None else begun
        try:
            brought = list(_brought(plugin))
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a stranger's hook raises is its own
            self.failures.append(Failure(provider, said(error), error))
            return
        provider = evolve(provider, seconds=perf_counter() - begun)
        self.plugins.append(provider)
        for hook, record in brought:
            for name in self._names(hook, record):
                self._claim(provider, name, record)

    @staticmethod
    def _names(hook: str, record: Any) -> Iterator[tuple[str, str]]:
        kind, named = KINDS[hook]
        for name in named(record):
            yield kind, name

    def _claim(self, provider: Provider, name: tuple[str, str], record: Any) -> None:
        """Keep `record` under `name`, unless another has it: ours stays ours, and of two strangers neither is used.

        Which of two would win could change from one machine to the next, with the order of their installation.
        """
        other = self.providers.get(name) or self._contested.get(name)
        if other is None:
            self._keep(provider, name, record)
            return
        what = " ".join(name)
        if other is OURS:
            told = f"the {what} is one of ours, and stays ours: its author has to give it another name"
        elif other is provider:
            told = f"it brings the {what} twice: its author has to give one of them another name"
        else:
            told = (
                f"the {what} comes from {other} too, and neither is used: uninstall one of the two, or set "
                f"KMMATURITY_PLUGINS to the plug-ins to use"
            )
            self.providers.pop(name, None)
            self.records[name[0]].pop(name[1], None)
            self._contested[name] = other
        self.failures.append(Failure(provider, told, names=(name,)))

    def _keep(self, provider: Provider, name: tuple[str, str], record: Any) -> None:
        self.providers[name] = provider
        self.records[name[0]][name[1]] = record


def _brought(plugin: object) -> Iterator[tuple[str, Any]]:
    """The records of one plug-in, in a manager of its own so that what is wrong with it stays its own."""
    import pluggy  # costs 10 ms, and only plug-ins that are installed have a use for it

    from kmmaturity.hooks import specs

    manager = pluggy.PluginManager("kmmaturity")
    manager.add_hookspecs(specs)
    manager.register(plugin)
    manager.check_pending()
    for hook, record_type in specs.RECORDS.items():
        for handed in getattr(manager.hook, hook)():
            for record in _checked(hook, record_type, handed):
                yield hook, record


def _checked(hook: str, record_type: type, handed: object) -> Iterator[Any]:
    if not isinstance(handed, Iterable) or isinstance(handed, str | bytes):
        raise PluginError(f"{hook} returned {type(handed).__name__}, and it returns a list of {record_type.__name__}")
    for position, record in enumerate(handed):
        if not isinstance(record, record_type):
            raise PluginError(
                f"item {position + 1} of {hook} is {type(record).__name__}, and has to be {record_type.__name__}"
            )
        if isinstance(record, Rule) and not OWN_PREFIX.fullmatch(record.code):
            raise PluginError(
                f"the rule {record.code} needs a code of its own: 3 to 8 capitals other than KMM, then a number"
            )
        yield record
