"""Assessments that come as plain data: from Python, or from another format by way of an importer."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from kmmaturity.api.models import AnyModel, resolver
from kmmaturity.api.sources import PathLike, Source, assessment_of, cannot_read, document_of
from kmmaturity.checking import Findings
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding, Pointer
from kmmaturity.domain.rules import Context, judge
from kmmaturity.domain.rules.fit import OFF_THE_SCALE
from kmmaturity.errors import CannotRead
from kmmaturity.files.reading import Reading, Resolve, read_data

if TYPE_CHECKING:
    from kmmaturity.hooks.records import Importer
    from kmmaturity.registry import Registry

__all__ = ["Loaded", "from_dict", "imported", "importer_for", "on_the_scale", "to_dict"]

OURS = (".yaml", ".yml", ".json")


@frozen(weakref_slot=False)
class Loaded:
    """One assessment of several: its file's path, the assessment or None, and what there is to say of it.

    `left` tells, a sentence each, what an importer did not take over from another format.
    """

    path: str
    assessment: Assessment | None
    findings: tuple[Finding, ...] = ()
    left: tuple[str, ...] = ()


def from_dict(data: Mapping[str, Any], *, model: AnyModel | None = None) -> Assessment:
    """The assessment in plain data, as `to_dict` gives it and JSON holds it. Raises CannotRead."""
    plain = dict(data) if isinstance(data, Mapping) else data  # type: ignore[redundant-expr]  # callers without types
    reading, findings = _read(plain, resolver(model, "<dict>"))
    if reading.value is None or findings:
        raise cannot_read("the data", Findings(findings))
    return reading.value


def _read(data: Any, resolve: Resolve) -> tuple[Reading[Assessment], tuple[Finding, ...]]:
    """Plain data as it was read, with all that keeps it from being used."""
    reading = read_data(data, resolve)
    if reading.value is not None and on_the_scale(reading):
        return reading, ()
    told = reading.value or reading.rest  # what could be read of a broken one is judged, too
    judged = () if told is None else tuple(judge(Context(told), [OFF_THE_SCALE]))
    return reading, (*reading.findings, *judged)


def to_dict(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain data in the long form: what its JSON file holds."""
    from kmmaturity.files.writing import assessment_data

    return assessment_data(assessment_of(assessment))


def on_the_scale(reading: Reading[Assessment]) -> bool:
    """Whether every score is a level that its sub-outcome has."""
    return reading.fits or reading.value is None or not any(judge(Context(reading.value), [OFF_THE_SCALE]))


def importer_for(path: PathLike, registry: Registry | None = None) -> Importer | None:
    """The importer of a file that is in another format than ours, by its ending; None for one of ours."""
    shown = os.fspath(path).lower()
    return None if shown.endswith(OURS) else _known(registry).importer_for(shown)


def _known(registry: Registry | None) -> Registry:
    from kmmaturity.registry import default  # our own formats are read without it

    return registry or default()


def imported(
    source: Source, importer: Importer, *, model: AnyModel | None = None, registry: Registry | None = None
) -> Iterator[Loaded]:
    """Each assessment that `importer` finds in `source`, checked like any other file's, its findings by cell.

    Raises CannotRead where it is no such format, and PluginError for a plug-in's mistake.
    """
    from kmmaturity.hooks.fitness import misread  # our own formats are read without it

    document = document_of(source, whole=True, registry=registry)
    with _known(registry).using("importer", importer.name, importer.read):
        try:
            read: object = importer.read(document.data)
            if not isinstance(read, Iterable):
                raise TypeError(f"read() gave {type(read).__name__}, and has to give several Imported: yield each")
            found = list(read)
        except CannotRead as error:
            raise CannotRead(f"{document.path}: {error}", error.findings) from error
        if reasons := [reason for each in found for reason in misread(each)]:
            raise TypeError("; ".join(dict.fromkeys(reasons)))
    resolve = resolver(model, document.path)
    for each in found:
        reading, findings = _read(each.data, resolve)
        told = tuple(_in_cell(finding, each.places) for finding in findings)
        yield Loaded(document.path, None if told else reading.value, told, each.left)


def _in_cell(finding: Finding, places: Mapping[Pointer, str]) -> Finding:
    """`finding`, which begins with where it is in what was imported, as near as that is known."""
    for length in range(len(finding.pointer), -1, -1):
        if place := places.get(Pointer(finding.pointer[:length])):
            return evolve(finding, message=f"{place}: {finding.message}")
    return finding
