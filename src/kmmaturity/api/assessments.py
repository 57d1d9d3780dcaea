"""Assessments as files: made, read, written, changed in place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kmmaturity.api.models import AnyModel, load_model, resolver, resolvers
from kmmaturity.api.plain import Loaded, imported, importer_for, on_the_scale
from kmmaturity.api.sources import PathLike, Source, assessment_of, cannot_read, digest, document_of, shown
from kmmaturity.builtin import models
from kmmaturity.checking import Findings
from kmmaturity.checking.check import check_document
from kmmaturity.domain.arguments import day, one_of, texts
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel, Scope
from kmmaturity.domain.rules.file import UNREADABLE
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError
from kmmaturity.files.collector import at_rest
from kmmaturity.files.document import LARGEST, Document
from kmmaturity.files.folder import files_within
from kmmaturity.files.reading import Resolve, read_assessment
from kmmaturity.files.source import Syntax

if TYPE_CHECKING:
    from kmmaturity.registry import Registry

__all__ = ["example", "load", "load_all", "new", "save", "update"]


def load(source: Source, *, model: AnyModel | None = None, registry: Registry | None = None) -> Assessment:
    """The assessment in a file or in bytes, or at an address, read with the model that it names, or with `model`.

    An address is that of a revision in a store, such as `sqlite:///team.db#KEY@3`, or a plug-in's. A file in another
    format, such as a .csv, is read by the importer that its ending chooses. Raises CannotRead, whose `findings` hold
    every problem with its place, and NoSuchFile. Answers to outcomes that the model lacks are kept, see
    `Assessment.beyond`; `check` reports them.
    """
    if isinstance(source, str | os.PathLike) and (importer := importer_for(source, registry)):
        return _only(list(imported(source, importer, model=model, registry=registry)))
    document = document_of(source, "assessment", registry=registry)
    return _loaded(document, source, resolver(model, document.path))


def _loaded(document: Document, source: Source, resolve: Resolve) -> Assessment:
    origin = None if isinstance(source, bytes | Document) else digest(document.data)  # only a path can be updated
    reading = read_assessment(document, resolve, origin=origin)
    if reading.value is None or not on_the_scale(reading):
        raise cannot_read(document.path, check_document(document, resolve))
    return reading.value


def _only(found: list[Loaded]) -> Assessment:
    """The assessment of a file that can hold several."""
    first, *others = found
    if others:
        raise CannotRead(
            f"{first.path} holds {len(found)} assessments, and one is wanted here: `kmmaturity import` makes a file of "
            "each, and load_all() gives them"
        )
    if first.assessment is None:
        raise cannot_read(first.path, Findings(first.findings))
    return first.assessment


def load_all(
    sources: Source | Iterable[Source], *, model: AnyModel | None = None, registry: Registry | None = None
) -> Iterator[Loaded]:
    """Each assessment in turn, or None with the findings that say why. One bad file never stops the rest.

    One path of a folder stands for the *.kmm.* files in it and below, as for `kmmaturity check`; models are left out.
    A file in another format, such as a .csv, can hold several. What a name of a model means is looked up once for each
    folder. Python's collector of cycles is at rest until the last is given or the iterator is closed, so that ten
    thousand assessments can be kept at the pace of one.
    """
    if isinstance(sources, str | os.PathLike):
        sources = files_within(sources, "assessment") if os.fspath(sources) and Path(sources).is_dir() else (sources,)
    elif isinstance(sources, bytes | Document):
        sources = (sources,)
    resolve = resolvers(model)
    with at_rest():
        for source in sources:
            try:
                if isinstance(source, str | os.PathLike) and (importer := importer_for(source, registry)):
                    yield from imported(source, importer, model=model, registry=registry)
                    continue
                document = document_of(source, "assessment", registry=registry)
                assessment = _loaded(document, source, resolve(document.path))
            except CannotRead as error:
                yield Loaded(shown(source), None, error.findings or (UNREADABLE.found(str(error)),))
            else:
                yield Loaded(document.path, assessment)


def example(*, year: int = 2) -> Assessment:
    """The example team, fictional and plainly so: its first or second `year`."""
    return load(models.example(year), model="starter@1.0")  # the shipped one, whatever lies in the current folder


def new(
    model: AnyModel = "starter",
    *,
    unit: str | Iterable[str],
    assessed: date | None = None,
    scope: Scope | str | None = None,
    previous: str | None = None,
) -> Assessment:
    """An assessment with nothing scored yet, dated today unless `assessed` is given. `unit` names the largest first."""
    units = texts(unit, "unit")
    if not units:
        raise KmMaturityError(f"`unit` is {unit!r}: name at least one unit, the largest first")
    return Assessment(
        model=model if isinstance(model, MaturityModel) else load_model(model),
        unit=units,
        assessed=date.today() if assessed is None else day(assessed, "assessed"),
        scope=None if scope is None else one_of(Scope, scope),
        previous=previous,
    )


def save(assessment: Assessment | MaturityModel, path: PathLike, *, overwrite: bool = False) -> None:
    """Write a file, YAML or JSON by its ending, whole or not at all.

    Raises CannotWrite rather than replace a file, or write one too large to be read again.
    """
    from kmmaturity.files import writing

    if not isinstance(assessment, Assessment | MaturityModel):
        raise KmMaturityError(f"save() takes an Assessment or a MaturityModel, not {type(assessment).__name__}")
    shown = os.fspath(path)
    syntax: Syntax = "json" if shown.lower().endswith(".json") else "yaml"
    data = writing.dump(assessment, syntax)
    if len(data) > LARGEST:
        raise CannotWrite(f"{shown} would be over 1 MiB and could not be read again: shorten its longest texts")
    writing.save(path, data, overwrite=overwrite)


def update(path: PathLike, assessment: Assessment) -> None:
    """Change the file that `assessment` was loaded from so that it says the same, line by line, comments kept.

    Raises CannotWrite when the file has changed since it was read, or the assessment was not read from a file.
    """
    from kmmaturity.files import editing, writing

    document = document_of(path)
    if not os.path.lexists(path):
        raise CannotWrite(f"{document.path} is no file: what a store keeps is changed by putting another revision")
    if assessment_of(assessment).origin is None:
        raise CannotWrite(f"{document.path}: this assessment was not read from a file; load it first, or use save()")
    if assessment.origin != digest(document.data):
        raise CannotWrite(f"{document.path} has changed since it was read; load it again and repeat the change")
    before = load(document, model=assessment.model)
    text = editing.edit(document.source, before, assessment)
    data = (b"\xef\xbb\xbf" if document.source.bom else b"") + text.encode()
    if load(Document(document.path, data), model=assessment.model) != assessment:
        raise CannotWrite(f"{document.path} cannot be changed in place; save() the assessment under another name")
    writing.save(path, data, overwrite=True)
