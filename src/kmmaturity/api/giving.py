"""Passing an assessment on: rendered, exported, kept in a store."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import frozen

from kmmaturity.api.sources import PathLike
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.names import listed
from kmmaturity.domain.report import Report
from kmmaturity.domain.report import report as _report
from kmmaturity.errors import CannotWrite
from kmmaturity.hooks.store import Store
from kmmaturity.registry import Registry, default

__all__ = ["Receipt", "export", "open_store", "render"]


@frozen(weakref_slot=False)
class Receipt:
    """What an export did, or would do: the files and their sizes in bytes."""

    format: str
    files: Mapping[str, int]
    dry_run: bool = False


def open_store(url: str, *, create: bool = False, registry: Registry | None = None) -> Store:
    """The store at `url`, such as sqlite:///team.db or dir:./store; with `create` it is begun where there is none."""
    from kmmaturity.builtin.stores import open_store as opened

    return opened(url, create=create, kinds=(registry or default()).stores.values())


def render(thing: Assessment | Report, format: str, *, registry: Registry | None = None) -> bytes:
    """The bytes that the exporter `format` makes. Raises UnknownName, and PluginError for a plug-in's mistake."""
    known = registry or default()
    chosen = known.exporter(format)
    subject = thing if isinstance(thing, Report) else _report(thing)
    return known.render(chosen.name, lambda: chosen.render(subject))


def export(
    thing: Assessment | Report,
    target: PathLike,
    *,
    format: str | None = None,
    redact: Iterable[str] = ("contact",),
    overwrite: bool = False,
    dry_run: bool = False,
    registry: Registry | None = None,
) -> Receipt:
    """Write `thing` to the file `target`, in the `format` named or the one that its ending chooses.

    Nothing is replaced unless `overwrite` says so. Raises UnknownName and CannotWrite.
    """
    from kmmaturity.files import writing

    path = os.fspath(target)
    known = registry or default()
    chosen = known.exporter(format) if format else known.exporter_for(path)
    subject = thing if isinstance(thing, Report) else _report(thing, redact=redact)
    files = {path: render(subject, chosen.name, registry=known)}
    if (companions := chosen.companions) is not None:
        added = known.render(chosen.name, lambda: companions(subject, Path(path).name))
        files |= {path + suffix: data for suffix, data in added.items()}
    if not dry_run:
        taken = [name for name in files if os.path.lexists(name)]
        if taken and not overwrite:
            there = f"{listed(taken, last='and')} {'is' if len(taken) == 1 else 'are'} there already"
            raise CannotWrite(f"{there}: pass overwrite=True to replace, or choose another name")
        for name, data in files.items():
            writing.save(name, data, overwrite=overwrite)
    return Receipt(chosen.name, {name: len(data) for name, data in files.items()}, dry_run)
