"""Assessments as files and as plain data: made, read, written, changed in place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from kmmaturity.api.models import AnyModel, load_model, resolver
from kmmaturity.api.sources import PathLike, Source, cannot_read, digest, document_of
from kmmaturity.builtin import models
from kmmaturity.checking import Findings, check_document
from kmmaturity.domain.arguments import day, one_of, texts
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel, Scope
from kmmaturity.domain.rules import Context, judge
from kmmaturity.domain.rules.file import UNREADABLE
from kmmaturity.domain.rules.fit import OFF_THE_SCALE
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError
from kmmaturity.files.document import LARGEST, Document
from kmmaturity.files.folder import files_within
from kmmaturity.files.reading import Reading, read_assessment, read_data
from kmmaturity.files.source import Syntax

__all__ = ["Loaded", "example", "from_dict", "load", "load_all", "new", "save", "to_dict", "update"]


@frozen(weakref_slot=False)
class Loaded:
    """One file of several: its path, the assessment or None, and what there is to say of it."""

    path: str
    assessment: Assessment | None
    findings: tuple[Finding, ...] = ()


def load(source: Source, *, model: AnyModel | None = None) -> Assessment:
    """The assessment in a file or in bytes, read with the model that it names, or with `model`.

    Raises CannotRead, whose `findings` hold every problem with its place, and NoSuchFile. Answers to outcomes that the
    model lacks are kept, see `Assessment.beyond`; `check` reports them.
    """
    document = document_of(source, "assessment")
    origin = digest(document.data) if isinstance(source, str | os.PathLike) else None  # only a path can be updated
    reading = read_assessment(document, resolver(model, document.path), origin=origin)
    if reading.value is None or not _on_the_scale(reading):
        raise cannot_read(document.path, check_document(document, resolver(model, document.path)))
    return reading.value


def _on_the_scale(reading: Reading[Assessment]) -> bool:
    return reading.fits or reading.value is None or not any(judge(Context(reading.value), [OFF_THE_SCALE]))


def load_all(paths: PathLike | Iterable[PathLike], *, model: AnyModel | None = None) -> Iterator[Loaded]:
    """Each file in turn: its assessment, or None with the findings that say why. One bad file never stops the rest.

    One path of a folder stands for the *.kmm.* files in it and below, as for `kmmaturity check`; models are left out.
    """
    if isinstance(paths, str | os.PathLike):
        paths = files_within(paths, "assessment") if os.fspath(paths) and Path(paths).is_dir() else (paths,)
    for path in paths:
        shown = os.fspath(path)
        try:
            assessment = load(path, model=model)
        except CannotRead as error:
            yield Loaded(shown, None, error.findings or (UNREADABLE.found(str(error)),))
        else:
            yield Loaded(shown, assessment)


def from_dict(data: Mapping[str, Any], *, model: AnyModel | None = None) -> Assessment:
    """The assessment in plain data, as `to_dict` gives it and JSON holds it. Raises CannotRead."""
    plain = dict(data) if isinstance(data, Mapping) else data  # type: ignore[redundant-expr]  # callers without types
    reading = read_data(plain, resolver(model, "<dict>"))
    if reading.value is None or not _on_the_scale(reading):
        judged = () if reading.value is None else tuple(judge(Context(reading.value), [OFF_THE_SCALE]))
        raise cannot_read("the data", Findings((*reading.findings, *judged)))
    return reading.value


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


def to_dict(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain data in the long form: what its JSON file holds."""
    from kmmaturity.files.writing import assessment_data

    return assessment_data(assessment)


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
    if assessment.origin is None:
        raise CannotWrite(f"{document.path}: this assessment was not read from a file; load it first, or use save()")
    if assessment.origin != digest(document.data):
        raise CannotWrite(f"{document.path} has changed since it was read; load it again and repeat the change")
    before = load(document, model=assessment.model)
    text = editing.edit(document.source, before, assessment)
    data = (b"\xef\xbb\xbf" if document.source.bom else b"") + text.encode()
    if load(Document(document.path, data), model=assessment.model) != assessment:
        raise CannotWrite(f"{document.path} cannot be changed in place; save() the assessment under another name")
    writing.save(path, data, overwrite=True)
