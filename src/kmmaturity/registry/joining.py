"""Joining what plug-ins bring: each record checked, each name taken once, each failure its owner's alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from time import perf_counter
from typing import Any

from attrs import evolve

from kmmaturity.builtin.destinations import DESTINATIONS
from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.builtin.forms import FORMS
from kmmaturity.builtin.importers import IMPORTERS
from kmmaturity.builtin.stores import STORES
from kmmaturity.domain.names import closest, listed
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.hooks.fitness import unfit
from kmmaturity.hooks.loading import Installed
from kmmaturity.hooks.mistakes import said, spot, told
from kmmaturity.registry.asking import brought, overlooked
from kmmaturity.registry.providers import OURS, Failure, Provider

__all__ = ["Joining"]

OWN_CODE = re.compile(r"(?!KMM)[A-Z]{3,8}\d+")

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
            self.failures.append(Failure(provider, _not_loaded(error, each), error))
        else:
            self.take(provider, plugin, begun)

    def take(self, provider: Provider, plugin: object, begun: float | None = None) -> None:
        """A plug-in that is loaded: validated, and asked for its records. `begun` is when loading it began."""
        begun = perf_counter() if begun is None else begun
        try:
            records = [
                (record, tuple(self._names(hook, record)), "; ".join(_unfit(record)))
                for hook, record in brought(plugin)
            ]
            missed = list(overlooked(plugin))
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a stranger's hook raises is its own
            self.failures.append(Failure(provider, told(error), error))
            return
        provider = evolve(provider, seconds=perf_counter() - begun)
        self.plugins.append(provider)
        for function, why in missed:
            self.failures.append(Failure(provider, why, names=(("hook", function),) if records else ()))
        for record, names, reasons in records:
            if reasons:
                what = f"the {' '.join(names[0])}: " if names else ""
                self.failures.append(Failure(provider, f"{what}{reasons}", names=names))
                continue
            for name in names:
                self._claim(provider, name, record)

    def miss(self, wanted: Iterable[str], installed: Collection[str]) -> None:
        """The plug-ins that are `wanted` by name and are not `installed`."""
        for name in sorted(set(wanted).difference(installed)):
            near = closest(name, installed)
            hint = f"did you mean {near}?" if near else f"there is {listed(installed, last='and') or 'none'}."
            missing = Provider(name, "not installed")
            self.failures.append(Failure(missing, f"{hint} KMMATURITY_PLUGINS names those to use"))

    @staticmethod
    def _names(hook: str, record: Any) -> Iterator[tuple[str, str]]:
        kind, named = KINDS[hook]
        for name in named(record):
            yield kind, str(name)

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
            why = f"the {what} is one of ours, and stays ours: its author has to give it another name"
        elif other is provider:
            why = f"it brings the {what} twice: its author has to give one of them another name"
        else:
            why = (
                f"the {what} comes from {other} too, and neither is used: uninstall one of the two, or set "
                f"KMMATURITY_PLUGINS to the plug-ins to use"
            )
            self.providers.pop(name, None)
            self.records[name[0]].pop(name[1], None)
            self._contested[name] = other
        self.failures.append(Failure(provider, why, names=(name,)))

    def _keep(self, provider: Provider, name: tuple[str, str], record: Any) -> None:
        self.providers[name] = provider
        self.records[name[0]][name[1]] = record


def _unfit(record: Any) -> Iterator[str]:
    """Why a stranger's `record` cannot be used."""
    if isinstance(record, Rule) and not OWN_CODE.fullmatch(str(record.code)):
        yield "it needs a code of its own, 3 to 8 capitals other than KMM and then a number"
    yield from unfit(record)


def _not_loaded(error: BaseException, each: Installed) -> str:
    """What went wrong when a plug-in was loaded; where it is not there at all, what names it."""
    module, attribute = each.entry_point.module, each.entry_point.attr
    away = isinstance(error, ModuleNotFoundError) and f"{module}.".startswith(f"{error.name}.")
    if away or (isinstance(error, AttributeError) and attribute and not spot(error)):
        return (
            f"{said(error)}. {each.entry_point.value} is what [project.entry-points.kmmaturity] of its pyproject.toml "
            "names: see that it is spelt as the module is, that the package holds the module, and install it again"
        )
    return told(error)
