"""What is there to use: our own plug-ins and those installed, joined by name, each with who brought it.

A broken plug-in breaks nobody else. It is kept as a failure, told once, and is an error only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Literal

from attrs import frozen

from kmmaturity.builtin.forms import ELSEWHERE
from kmmaturity.domain.names import closest, listed, no_such
from kmmaturity.domain.rules import Rule
from kmmaturity.errors import KmMaturityError, PluginError, UnknownName
from kmmaturity.hooks.addresses import scheme_of
from kmmaturity.hooks.loading import find, wanted
from kmmaturity.hooks.mistakes import told
from kmmaturity.hooks.records import CommandKind, Destination, Exporter, Form, Importer, ModelFile, StoreKind
from kmmaturity.registry.endings import chosen, shared
from kmmaturity.registry.joining import Joining
from kmmaturity.registry.missing import missing
from kmmaturity.registry.providers import OURS, Failure, Provider

__all__ = ["OURS", "Failure", "Kind", "Provider", "Registry", "default"]

Kind = Literal["exporter", "destination", "form", "importer", "store", "model", "rule", "command"]
SLOW = 1.0


@frozen(eq=False)
class Registry:
    """All that there is by name, who provided each, and what could not be used.

    `providers` is keyed by kind and name, as in `("exporter", "csv")`. `failures` are the plug-ins, and parts of them,
    that cannot be used.
    """

    exporters: Mapping[str, Exporter]
    destinations: Mapping[str, Destination]
    forms: Mapping[str, Form]
    importers: Mapping[str, Importer]
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
        return cls._of(Joining())

    @classmethod
    def of(cls, *plugins: object) -> Registry:
        """Our own plug-ins and these modules or objects, for tests and for embedding."""
        joining = Joining()
        for plugin in plugins:
            name = getattr(plugin, "__name__", type(plugin).__name__)
            joining.take(Provider(name, "given"), plugin)
        return cls._of(joining)

    @classmethod
    def discover(cls, *, only: Iterable[str] | None = None, strict: bool = False) -> Registry:
        """Our own plug-ins and those installed, or the ones of them that `only` names.

        With `strict`, what cannot be used raises PluginError, which tells all of it; else it is among the `failures`.
        """
        names = None if only is None else set(only)
        joining = Joining()
        installed = () if names == set() else find()
        for each in installed:
            if names is None or each.name in names:
                joining.add(each)
        joining.miss(names or (), [each.name for each in installed])
        if strict and joining.failures:
            raise PluginError("; ".join(map(str, joining.failures))) from joining.failures[0].cause
        return cls._of(joining)

    @classmethod
    def _of(cls, joining: Joining) -> Registry:
        return cls(
            exporters=joining.records["exporter"],
            destinations=joining.records["destination"],
            forms=joining.records["form"],
            importers=joining.records["importer"],
            stores=joining.records["store"],
            models=joining.records["model"],
            rules=joining.records["rule"],
            commands=joining.records["command"],
            providers=joining.providers,
            plugins=tuple(joining.plugins),
            failures=tuple(joining.failures),
        )

    @property
    def warnings(self) -> Iterator[str]:
        """What a user has to know of the plug-ins, a sentence each: what cannot be used, and what is slow to load."""
        yield from map(str, self.failures)
        for each in self.plugins:
            if each.seconds > SLOW:
                yield f"the plug-in {each} took {each.seconds:.1f} s to load, and every command waits for it"

    def exporter(self, name: str) -> Exporter:
        """The exporter called `name`. Raises UnknownName, or PluginError where the one who would bring it is broken."""
        self.refuse_broken("exporter", name)
        if name not in self.exporters:
            raise self._no_such("exporter", name, self.exporters, where="export")
        return self.exporters[name]

    def exporter_for(self, path: str) -> Exporter:
        """The exporter that the ending of `path` chooses; of several that fit, the one with the longest ending.

        Raises UnknownName where none does, or PluginError where one that is broken may be meant to.
        """
        found = chosen(path, "exporter", self.exporters, self.providers)
        if found is None:
            known = listed((suffix for each in self.exporters.values() for suffix in each.suffixes), most=20)
            error = UnknownName(f"{path}: no exporter for this ending; name the format, or end the file in {known}")
            raise self.missing("exporter", error)
        return found

    def form(self, name: str) -> Form:
        """The form called `name`. Raises UnknownName, or PluginError where the one who would bring it is broken."""
        self.refuse_broken("form", name)
        if name not in self.forms and (package := ELSEWHERE.get(name)):
            raise UnknownName(f"the form {name} comes with {package}, which is not here: pip install {package}")
        if name not in self.forms:
            raise self._no_such("form", name, self.forms, where="new")
        return self.forms[name]

    def form_for(self, path: str) -> Form | None:
        """The form that the ending of `path` chooses, if one does."""
        return chosen(path, "form", self.forms, self.providers)

    def importer(self, name: str) -> Importer:
        """The importer called `name`. Raises UnknownName, or PluginError where the one who would bring it is broken."""
        self.refuse_broken("importer", name)
        if name not in self.importers:
            raise self._no_such("importer", name, self.importers, where="import")
        return self.importers[name]

    def importer_for(self, path: str) -> Importer | None:
        """The importer that the ending of `path` chooses, if one does."""
        return chosen(path, "importer", self.importers, self.providers)

    def destination_for(self, target: str) -> Destination:
        """The destination that the scheme of `target` chooses; the path of a file chooses the file system.

        Raises UnknownName, or PluginError where the one who would bring it is broken.
        """
        scheme = scheme_of(target) or "file"
        self.refuse_broken("destination", scheme)
        if scheme not in self.destinations:
            known = listed(self.destinations, last="and")
            error = UnknownName(f"nothing delivers to {scheme}: addresses; there are {known}, and plain paths")
            raise self.missing("destination", error)
        return self.destinations[scheme]

    @property
    def shared(self) -> Iterator[str]:
        """Each ending of files that something of a plug-in shares with others, and what it chooses, a sentence each."""
        yield from shared("exporter", self.exporters, self.providers)
        yield from shared("form", self.forms, self.providers)
        yield from shared("importer", self.importers, self.providers)

    def refuse_broken(self, kind: Kind, name: str) -> None:
        """Raise PluginError where what is asked for is, or would be, of a plug-in that cannot be used."""
        for failure in self.failures:
            if (kind, name) not in self.providers and ((kind, name) in failure.names or name == failure.provider.name):
                raise PluginError(str(failure)) from failure.cause

    def missing(self, kind: Kind, error: UnknownName) -> KmMaturityError:
        """What to raise where nothing answers to what is asked for, as `error` tells: it, or a PluginError.

        It is a PluginError where a plug-in that cannot be used may have been meant to bring it.
        """
        return missing(kind, error, self.failures)

    def _no_such(self, kind: Kind, name: str, known: Iterable[str], *, where: str) -> KmMaturityError:
        names = tuple(known)
        error = no_such(kind, name, names, where=where)
        return error if closest(name, names) else self.missing(kind, error)

    @contextmanager
    def using(self, kind: Kind, name: str, given: Callable[..., object] | None = None) -> Iterator[None]:
        """While something of a plug-in's is used: what it raises is told as its own. Raises PluginError.

        What is raised on purpose, a KmMaturityError, is passed on as it is. `given` is the function of the plug-in
        whose result is looked at.
        """
        try:
            yield
        except KmMaturityError:
            raise
        except (Exception, SystemExit) as error:
            if self.providers.get((kind, name), OURS) is OURS:
                raise
            raise self.mistake(kind, name, error, given) from error

    def mistake(
        self, kind: Kind, name: str, error: BaseException, given: Callable[..., object] | None = None
    ) -> PluginError:
        """What tells of a mistake in something of a plug-in's: whose it is, what was raised, and where."""
        provider = self.providers[kind, name]
        mistake = PluginError(f"the {kind} {name} of {provider} did not work: {told(error, given)}")
        mistake.__cause__ = error
        return mistake


@cache
def default() -> Registry:
    """The registry that functions use unless they are given another, looked for once.

    `KMMATURITY_PLUGINS=a,b` restricts it to the plug-ins of these names; set to nothing, to our own.
    """
    return Registry.discover(only=wanted())
