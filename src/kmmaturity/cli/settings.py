"""The settings of a run: those of the command line over those of the one settings file, with where each is from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import field, frozen

from kmmaturity.api.subjects import known_rules
from kmmaturity.checking.settings import SETTINGS, Settings, mistakes, settings_in
from kmmaturity.cli.console import note
from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.files.folder import on_the_network
from kmmaturity.files.settings_file import SettingsFile, find, read

__all__ = ["COMMAND_LINE", "Settled", "chosen", "settled"]

Command = TypeVar("Command", bound=Callable[..., Any])

COMMAND_LINE = "command line"


@frozen(eq=False)
class Settled:
    """The settings in force, the settings file if there is one, and what the command line stated of them."""

    settings: Settings
    file: SettingsFile | None = None
    given: dict[str, Any] = field(factory=dict)

    def origin(self, key: str, name: str = "") -> str:
        """Where the setting `key`, or what it says of `name`, was stated: the command line, a file, or nowhere."""
        value = self.given.get(key, ())
        if key in self.given and (not name or isinstance(value, str) or name in value):
            return COMMAND_LINE
        if self.file is None or key not in self.file.table:
            return "default"
        table = SETTINGS[key].metadata["holds"].table
        place = self.file.place(Pointer((key, name) if table and name else (key,)))
        return f"{place.path}:{place.line}"


def chosen(command: Command) -> Command:
    """Give `command` the options that choose settings; they reach it as arguments of these names."""
    options = [
        click.option(
            "--select", multiple=True, metavar="RULES", help="Look for these alone: codes, names or families (a,b)."
        ),
        click.option("--ignore", multiple=True, metavar="RULES", help="Leave these out, too."),
        click.option(
            "--fail-on",
            type=click.Choice(["error", "warning", "info"]),
            help="The least finding that makes the exit code 1: error unless the settings say otherwise.",
        ),
        click.option("--config", metavar="FILE", help="Take the settings from this file."),
        click.option("--isolated", is_flag=True, help="Look for no settings file."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def settled(
    paths: Sequence[str],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_on: str | None = None,
    config: str | None = None,
    isolated: bool = False,
    model: str | None = None,
) -> Settled:
    """The settings for a run over `paths`. Where they have mistakes, every one is told, and the run ends with 2."""
    if config and isolated:
        raise click.UsageError("--config names a settings file, and --isolated looks for none: give one of the two.")
    file = None if isolated else read(config) if config else find(_common(paths))
    if isinstance(file, Finding):
        raise _refused([file])
    given: dict[str, Any] = {"select": _names(select), "ignore": _names(ignore), "fail-on": fail_on, "model": model}
    given = {key: value for key, value in given.items() if value}
    stated, wrong = settings_in(file.table, base=file.folder) if file else ({}, ())
    rules = known_rules(None).rules.values()
    found = [*wrong, *mistakes(Settings(**stated), rules)]
    if file is not None:
        found += _elsewhere(stated)
        found = sorted((each.at(file.place(each.pointer)) for each in found), key=_line)
    found += mistakes(Settings(**{SETTINGS[key].name: value for key, value in given.items()}), rules)
    if found:
        raise _refused(found)
    whole = stated | {SETTINGS[key].name: value for key, value in given.items()}
    whole["ignore"] = [*stated.get("ignore", ()), *given.get("ignore", ())]
    return Settled(Settings(**whole), file, given)


def _line(finding: Finding) -> int:
    return finding.place.line if finding.place else 0


def _names(values: Iterable[str]) -> list[str]:
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def _common(paths: Sequence[str]) -> str:
    """The folder that all of `paths` lie in; the current one for standard input, and where they share none."""
    folders = [path if Path(path).is_dir() else str(Path(path).parent) for path in paths]  # of `-`, the current folder
    try:
        return os.path.commonpath([Path(folder).resolve() for folder in folders])
    except ValueError:  # none, or on several drives of Windows
        return os.curdir


def _elsewhere(stated: dict[str, Any]) -> Iterator[Finding]:
    """Counts the name of a model's file from the settings file's folder, and tells one that is on another machine."""
    from kmmaturity.domain.rules.config import UNKNOWN_SETTING

    model = stated.get("model")
    if model is None:
        return
    if on_the_network(model):
        yield UNKNOWN_SETTING.found(
            f"`model` is {model}, an address on the network", Pointer(("model",)), help="Name a file on this machine."
        )
    elif "/" in model or model.lower().endswith((".yaml", ".yml", ".json")):
        stated["model"] = str(Path(stated["base"]) / model)


def _refused(found: Iterable[Finding]) -> click.exceptions.Exit:
    for each in found:
        where = each.place or COMMAND_LINE
        note(f"{where}: {each.code} {each.sentences}")
    return click.exceptions.Exit(2)
