"""What is there to use: our own plug-ins and those installed, joined by name, each with who brought it.

A broken plug-in breaks nobody else. It is kept as a failure, told once, and is an error only when it is asked for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from attrs import field, frozen

from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.builtin.stores import STORES
from kmmaturity.domain.names import listed, no_such
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.errors import PluginError, UnknownName
from kmmaturity.hooks.loading import Installed, find
from kmmaturity.hooks.records import CommandKind, Exporter, ModelFile, StoreKind

__all__ = ["Failure", "Provider", "Registry", "default"]

Record = TypeVar("Record")
OWN_PREFIX = re.compile(r"(?!KMM)[A-Z]{3,8}\d+")


@frozen
class Provider:
    """Who brought a plug-in: its name, and the distribution and version that it came with."""

    name: str
    distribution: str = "kmmaturity"
    version: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({' '.join(filter(None, (self.distribution, self.version)))})"


OURS = Provider("builtin")


@frozen(eq=False)
class Failure:
    """A plug-in, or a part of one, that cannot be used, and why. `names` are those that it would have answered to."""

    provider: Provider
    told: str
    cause: BaseException | None = field(default=None, repr=False)
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"the plug-in {self.provider} cannot be used: {self.told}"


@frozen(eq=False)
class Registry:
    """Every exporter, store, model, rule and command by name, who provided each, and what could not be used."""

    exporters: Mapping[str, Exporter]
    stores: Mapping[str, StoreKind]
    models: Mapping[str, ModelFile]
    rules: Mapping[str, Rule]
    commands: Mapping[str, CommandKind]
    providers: Mapping[tuple[str, str], Provider]
    plugins: tuple[Provider, ...] = ()
    failures: tuple[Failure, ...] = ()

    @classmethod
    def builtin(cls) -> Registry:
        """Our own plug-ins alone."""
        return _Joining().joined()

    @classmethod
    def of(cls, *plugins: object) -> Registry:
        """Our own plug-ins and these modules or objects, for tests and for embedding."""
        joining = _Joining()
        for plugin in plugins:
            name = getattr(plugin, "__name__", type(plugin).__name__)
            joining.take(Provider(name, "given"), plugin)
        return joining.joined()

    @classmethod
    def discover(cls, *, only: Iterable[str] | None = None, strict: bool = False) -> Registry:
        """Our own plug-ins and those installed, or the ones of them that `only` names.

        With `strict` the first that cannot be used raises PluginError; else it is among the `failures`.
        """
        wanted = None if only is None else set(only)
        joining = _Joining()
        for each in find():
            if wanted is None or each.name in wanted:
                joining.add(each)
        if strict and joining.failures:
            raise PluginError(str(joining.failures[0])) from joining.failures[0].cause
        return joining.joined()

    def exporter(self, name: str) -> Exporter:
        """The exporter called `name`. Raises UnknownName, or PluginError where the one who would bring it is broken."""
        return self._named("exporter", name, self.exporters, "export")

    def exporter_for(self, path: str) -> Exporter:
        """The exporter that the ending of `path` chooses; of several that fit, the one with the longest ending."""
        fitting = [
            (len(suffix), name)
            for name, each in self.exporters.items()
            for suffix in each.suffixes
            if path.lower().endswith(suffix)
        ]
        if not fitting:
            known = listed(suffix for each in self.exporters.values() for suffix in each.suffixes)
            raise UnknownName(f"{path}: no exporter for this ending; name the format, or end the file in {known}")
        return self.exporters[max(fitting)[1]]

    def render(self, name: str, call: Callable[[], Record]) -> Record:
        """What `call` gives; a mistake in a plug-in's exporter is told as that plug-in's. Raises PluginError."""
        provider = self.providers["exporter", name]
        if provider is OURS:
            return call()
        try:
            return call()
        except Exception as error:
            raise PluginError(f"the exporter {name} of {provider} did not work: {_said(error)}") from error

    def _named(self, kind: str, name: str, records: Mapping[str, Record], where: str) -> Record:
        if name in records:
            return records[name]
        for failure in self.failures:
            if name in (*failure.names, failure.provider.name):
                raise PluginError(str(failure)) from failure.cause
        raise no_such(kind, name, records, where=where)


def _said(error: BaseException) -> str:
    text = str(error).strip()
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


@cache
def default() -> Registry:
    """The registry that functions use unless they are given another, looked for once.

    `KMMATURITY_PLUGINS=a,b` restricts it to the plug-ins of these names; set to nothing, to our own.
    """
    named = os.environ.get("KMMATURITY_PLUGINS")
    only = None if named is None else [name.strip() for name in named.split(",") if name.strip()]
    return Registry.discover(only=only)


# How each sort of record is called: by one name, or, for a store, by each of its schemes.
KINDS: dict[str, tuple[str, Callable[[Any], Iterable[str]]]] = {
    "kmmaturity_exporters": ("exporter", lambda each: (each.name,)),
    "kmmaturity_stores": ("store", lambda each: each.schemes),
    "kmmaturity_models": ("model", lambda each: (each.reference,)),
    "kmmaturity_rules": ("rule", lambda each: (each.code,)),
    "kmmaturity_commands": ("command", lambda each: (each.name,)),
}


class _Joining:
    """Records as they come in, kind by kind, with who brought each and what went wrong."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {kind: {} for kind, _ in KINDS.values()}
        self.providers: dict[tuple[str, str], Provider] = {}
        self.plugins: list[Provider] = []
        self.failures: list[Failure] = []
        ours: dict[str, Iterable[Any]] = {
            "kmmaturity_exporters": EXPORTERS,
            "kmmaturity_stores": STORES,
            "kmmaturity_rules": CATALOGUE.values(),
        }
        for hook, records in ours.items():
            for record in records:
                self._keep(OURS, hook, record)

    def add(self, each: Installed) -> None:
        """An installed plug-in, loaded in a try of its own."""
        provider = Provider(each.name, each.distribution, each.version)
        try:
            plugin = each.entry_point.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a stranger's module raises is its own
            self.failures.append(Failure(provider, _said(error), error))
        else:
            self.take(provider, plugin)

    def take(self, provider: Provider, plugin: object) -> None:
        """A plug-in that is loaded: validated, and asked for its records."""
        try:
            brought = list(_brought(plugin))
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a stranger's hook raises is its own
            self.failures.append(Failure(provider, _said(error), error))
            return
        self.plugins.append(provider)
        taken = [clash for hook, record in brought for clash in self._keep(provider, hook, record)]
        if taken:
            self.failures.append(Failure(provider, f"{'; '.join(taken)}; one of the two has to be renamed"))

    def _keep(self, provider: Provider, hook: str, record: Any) -> list[str]:
        """The names of `record` joined to the others; what could not be, because of whom."""
        kind, named = KINDS[hook]
        taken = []
        for name in named(record):
            other = self.providers.get((kind, name))
            if other is not None:
                taken.append(f"the {kind} {name} is there already, from {other}")
            else:
                self.providers[kind, name] = provider
                self.records[kind][name] = record
        return taken

    def joined(self) -> Registry:
        """The registry of what came in."""
        return Registry(
            exporters=self.records["exporter"],
            stores=self.records["store"],
            models=self.records["model"],
            rules=self.records["rule"],
            commands=self.records["command"],
            providers=self.providers,
            plugins=tuple(self.plugins),
            failures=tuple(self.failures),
        )


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
