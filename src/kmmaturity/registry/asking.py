"""Asking a plug-in for what it brings, and saying in plain words why it brings nothing."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kmmaturity.domain.names import closest, listed
from kmmaturity.errors import PluginError

if TYPE_CHECKING:
    from pluggy import PluginManager

__all__ = ["brought", "overlooked"]


def brought(plugin: object) -> Iterator[tuple[str, Any]]:
    """Each record of a plug-in with the hook that hands it over. Raises PluginError for what no hook can be.

    It is asked by a manager of its own, so that what is wrong with it stays its own.
    """
    from kmmaturity.hooks import specs

    manager = _manager()
    for name, hook in _marked(manager, plugin).items():
        _refuse_unknown(hook, specs.RECORDS)
        _refuse_arguments(name, getattr(plugin, name))
    manager.add_hookspecs(specs)
    manager.register(plugin)
    manager.check_pending()
    for hook, record_type in specs.RECORDS.items():
        for each in getattr(manager.hook, hook).get_hookimpls():
            # Called here, because pluggy would pass over a None that was returned.
            for record in _checked(hook, record_type, each.function()):
                yield hook, record


def overlooked(plugin: object) -> Iterator[tuple[str, str]]:
    """What of a plug-in was meant to be a hook and is none: its name, and why it is none."""
    from kmmaturity.hooks.specs import RECORDS

    if inspect.isroutine(plugin):
        module, name = plugin.__module__, plugin.__name__
        remedy = f"name the module alone, {module}, without `:{name}`, in pyproject.toml, then install it again"
        yield name, f"its entry point names the function {name}: {remedy}"
        return
    marked = _marked(_manager(), plugin)
    unmarked = (name for name in dir(plugin) if name.startswith("kmmaturity_") and name not in marked)
    missed = False
    for name in unmarked:
        if inspect.isroutine(getattr(plugin, name)) and (meant := name if name in RECORDS else closest(name, RECORDS)):
            missed = True
            near = "" if meant == name else f", and {meant} may be meant"
            yield name, f"it has a function {name} that is not marked with @hookimpl{near}"
    if not (marked or missed):
        yield "", f"nothing in it is marked with @hookimpl: a plug-in has functions such as {next(iter(RECORDS))}"


def _manager() -> PluginManager:
    import pluggy  # costs 10 ms, and only plug-ins that are installed have a use for it

    return pluggy.PluginManager("kmmaturity")


def _marked(manager: PluginManager, plugin: object) -> dict[str, str]:
    """The functions of a plug-in that are marked with @hookimpl, with the hook that each is for."""
    options = ((name, manager.parse_hookimpl_opts(plugin, name)) for name in dir(plugin))
    return {name: each.get("specname") or name for name, each in options if each is not None}


def _refuse_unknown(hook: str, known: Iterable[str]) -> None:
    if hook not in known:
        near = closest(hook, known)
        hint = f"did you mean {near}?" if near else f"there are {listed(known, most=20, last='and')}"
        raise PluginError(f"there is no hook {hook}: {hint}")


def _refuse_arguments(name: str, function: Any) -> None:
    wanted = [each for each in inspect.signature(function).parameters.values() if each.default is each.empty]
    if wanted:
        raise PluginError(f"{name} wants {', '.join(map(str, wanted))}, and hooks are given nothing: `def {name}():`")


def _checked(hook: str, record_type: type, handed: object) -> Iterator[Any]:
    wanted = record_type.__name__
    if isinstance(handed, record_type):
        raise PluginError(f"{hook} returned one {wanted}, and it returns a list of them: put it into brackets, [...]")
    if not isinstance(handed, Iterable) or isinstance(handed, str | bytes):
        told = type(handed).__name__.removesuffix("Type")
        raise PluginError(f"{hook} returned {told}, and it returns a list of {wanted}: return [{wanted}(...)]")
    for position, record in enumerate(handed):
        if not isinstance(record, record_type):
            raise PluginError(f"item {position + 1} of {hook} is {type(record).__name__}, and has to be {wanted}")
        yield record
