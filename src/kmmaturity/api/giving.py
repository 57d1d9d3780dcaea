"""Passing an assessment on: rendered, delivered, kept in a store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from kmmaturity.api.sources import PathLike
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.report import Report, redacted
from kmmaturity.domain.report import report as _report
from kmmaturity.domain.several import Gathering
from kmmaturity.errors import KmMaturityError, UnknownName
from kmmaturity.hooks.addresses import scheme_of
from kmmaturity.hooks.fitness import as_bytes, misdelivered
from kmmaturity.hooks.options import Option, settled
from kmmaturity.hooks.records import Delivered, Delivery, Destination, Exporter, File, Receipt
from kmmaturity.hooks.store import Store
from kmmaturity.registry import Registry, default

__all__ = ["export", "form", "open_store", "render"]

Thing = Assessment | Report
Options = Mapping[str, Any]


def open_store(url: str, *, create: bool = False, registry: Registry | None = None) -> Store:
    """The store at `url`, such as sqlite:///team.db or dir:./store; with `create` it is begun where there is none."""
    from kmmaturity.builtin.stores import open_store as opened

    known = registry or default()
    scheme = scheme_of(url) or ""
    known.refuse_broken("store", scheme)
    with known.using("store", scheme):
        try:
            return opened(url, create=create, kinds=known.stores.values())
        except UnknownName as error:
            if scheme in known.stores:
                raise
            raise known.missing("store", error) from error.__cause__


def render(thing: Thing, format: str, *, options: Options | None = None, registry: Registry | None = None) -> bytes:
    """The bytes that the exporter `format` makes, with its `options`.

    Raises UnknownName, KmMaturityError for an option that it does not take, and PluginError for a plug-in's mistake.
    """
    known = registry or default()
    exporter = known.exporter(format)
    chosen = settled(exporter.options, options, owner=f"the exporter {format}")
    return _rendered(_ready(thing, None), exporter, chosen, known)


def form(
    started: Assessment,
    *,
    format: str = "yaml",
    previous: Assessment | None = None,
    options: Options | None = None,
    registry: Registry | None = None,
) -> bytes:
    """The file that a team fills in: it begins with `started`, and shows what was said in `previous`.

    `format` is yaml, json, or a plug-in's, such as html. The form is whole, and no export: what the team wrote
    so far is in it, contacts too. Raises UnknownName, KmMaturityError for an option that it does not take, and
    PluginError for a plug-in's mistake.
    """
    known = registry or default()
    found = known.form(format)
    chosen = settled(found.options, options, owner=f"the form {format}")
    with known.using("form", format, found.render):
        return as_bytes(found.render(started, previous, **chosen))


def export(
    thing: Thing | Iterable[Thing],
    target: PathLike,
    *,
    format: str | None = None,
    redact: Iterable[str] | None = None,
    options: Options | None = None,
    overwrite: bool = False,
    dry_run: bool = False,
    registry: Registry | None = None,
) -> Receipt:
    """Bring `thing`, or several as one file, to `target`: a path, or an address such as a plug-in's.

    The format is the one named, or the one that the ending of `target` chooses. Contacts are left out of an assessment
    unless `redact` says what to leave out instead; from a report, what `redact` names is left out too. Nothing that is
    there already is replaced unless `overwrite` says so; with `dry_run` the receipt tells what would be brought.
    Raises UnknownName, CannotWrite, KmMaturityError for an option that nothing takes, and PluginError.
    """
    address = os.fspath(target)
    known = registry or default()
    destination = known.destination_for(address)
    things = (thing,) if (single := isinstance(thing, Assessment | Report)) else thing
    reports = map(partial(_ready, redact=redact), things)  # a generator would show its plug-in what it holds
    if destination.takes == "reports":
        chosen = settled(destination.options, options, owner=f"the destination {scheme_of(address)}")
        delivery = Delivery(address, reports=reports, overwrite=overwrite, dry_run=dry_run)
        return Receipt(None, _delivered(delivery, destination, chosen, known), dry_run)
    exporter = known.exporter(format) if format else known.exporter_for(address)
    chosen = settled(_both(exporter, destination), options, owner=f"the exporter {exporter.name}")
    own = _own(exporter.options, chosen)
    files = (
        _files(address, reports, exporter, own, known) if single else _streamed(address, reports, exporter, own, known)
    )
    delivery = Delivery(address, files, overwrite=overwrite, dry_run=dry_run)
    delivered = _delivered(delivery, destination, _own(destination.options, chosen), known)
    return Receipt(exporter.name, delivered, dry_run)


def _ready(thing: Thing, redact: Iterable[str] | None) -> Report:
    """`thing` as exporters see it, redacted once."""
    if isinstance(thing, Report):
        return redacted(thing, redact or ())
    if not isinstance(thing, Assessment):
        raise KmMaturityError(f"export takes an Assessment, a Report, or several of them, not {type(thing).__name__}")
    return _report(thing, redact=("contact",) if redact is None else redact)


def _both(exporter: Exporter, destination: Destination) -> tuple[Option, ...]:
    return (*exporter.options, *destination.options)


def _own(options: Iterable[Option], chosen: Options) -> Options:
    return {each.name: chosen[each.name] for each in options}


def _rendered(report: Report, exporter: Exporter, options: Options, known: Registry) -> bytes:
    with known.using("exporter", exporter.name, exporter.render):
        return as_bytes(exporter.render(report, **options))


def _files(
    target: str, reports: Iterator[Report], exporter: Exporter, options: Options, known: Registry
) -> Iterator[File]:
    """The file of one report, and those beside it."""
    report = next(reports)
    yield File(target, (_rendered(report, exporter, options, known),))
    if exporter.companions is not None:
        name = _name(target)
        with known.using("exporter", exporter.name, exporter.companions):
            for suffix, content in exporter.companions(report, name, **options).items():
                yield File(target + suffix, (as_bytes(content),))


def _streamed(
    target: str, reports: Iterator[Report], exporter: Exporter, options: Options, known: Registry
) -> Iterator[File]:
    """The one file of several reports, its pieces made as they are asked for, and those beside it, made after it."""
    stream = exporter.stream
    if stream is None:
        able = [name for name, each in known.exporters.items() if each.stream]
        raise KmMaturityError(
            f"{exporter.name} writes one assessment to a file: export each to a file of its own, "
            f"or all of them as {', '.join(able)}"
        )

    gathering, name, whole = Gathering(), _name(target), False

    def pieces() -> Iterator[bytes]:
        nonlocal whole
        with known.using("exporter", exporter.name, stream):
            for piece in stream(map(gathering.passed, reports), **options):
                yield as_bytes(piece)
        whole = True

    def beside(make: Callable[..., bytes]) -> Iterator[bytes]:
        if not whole:
            raise RuntimeError(f"files are read in their order, and {name} is not read to its end")
        with known.using("exporter", exporter.name, make):
            yield as_bytes(make(gathering.several, name, **options))

    yield File(target, pieces())
    for suffix, make in exporter.companions_of_several.items():
        yield File(target + suffix, beside(make))


def _name(target: str) -> str:
    """The name of the file at `target`, without its folder."""
    return target.replace("\\", "/").rpartition("/")[2]


def _delivered(
    delivery: Delivery, destination: Destination, options: Options, known: Registry
) -> tuple[Delivered, ...]:
    scheme = scheme_of(delivery.target) or "file"
    with known.using("destination", scheme, destination.deliver):
        delivered = tuple(destination.deliver(delivery, **options))
        if reasons := [reason for each in delivered for reason in misdelivered(each)]:
            raise TypeError("; ".join(dict.fromkeys(reasons)))
    return delivered
