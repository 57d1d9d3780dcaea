"""The library's functions: files and values in, values and findings out.

This is the only place that resolves a model by name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from kmmaturity.builtin import models
from kmmaturity.checking import Findings, check_assessment, check_document
from kmmaturity.checking.check import check_model, check_model_document
from kmmaturity.domain.arguments import day, texts
from kmmaturity.domain.assessment import Assessment, one_of
from kmmaturity.domain.comparison import Comparison
from kmmaturity.domain.comparison import compare as _compare
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel, Scope
from kmmaturity.domain.names import listed
from kmmaturity.domain.profile import By, Profile
from kmmaturity.domain.profile import profile as _profile
from kmmaturity.domain.report import Report
from kmmaturity.domain.report import report as _report
from kmmaturity.domain.rules import Context, judge
from kmmaturity.domain.rules.file import UNREADABLE
from kmmaturity.domain.rules.fit import OFF_THE_SCALE
from kmmaturity.domain.rules.structure import WRONG_TYPE
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile, UnknownName
from kmmaturity.files.document import LARGEST, Document, read_document
from kmmaturity.files.folder import files_within
from kmmaturity.files.reading import Reading, Resolve, read_assessment, read_data, read_model
from kmmaturity.files.source import Syntax
from kmmaturity.hooks.store import Store
from kmmaturity.registry import Registry, default

__all__ = [
    "Loaded",
    "Receipt",
    "check",
    "compare",
    "example",
    "export",
    "from_dict",
    "load",
    "load_all",
    "load_model",
    "new",
    "open_store",
    "profile",
    "render",
    "report",
    "save",
    "to_dict",
    "update",
]

PathLike = str | os.PathLike[str]
Source = PathLike | bytes | Document
AnyModel = MaturityModel | PathLike


@frozen(weakref_slot=False)
class Loaded:
    """One file of several: its path, the assessment or None, and what there is to say of it."""

    path: str
    assessment: Assessment | None
    findings: tuple[Finding, ...] = ()


@frozen(weakref_slot=False)
class Receipt:
    """What an export did, or would do: the files and their sizes in bytes."""

    format: str
    files: Mapping[str, int]
    dry_run: bool = False


# Models


def load_model(source: Source) -> MaturityModel:
    """The model in a file, in bytes, or under a name such as `starter@1.0`: installed, or in the current folder.

    Raises CannotRead, whose `findings` hold every defect with its place; warnings do not keep a model from loading.
    """
    if isinstance(source, str) and not Path(source).exists() and not _looks_like_a_path(source):
        try:
            return _installed(source)
        except UnknownName:
            if (found := _beside(source, "-")) is None:  # as for a file here that names it
                raise
            return found
    document = _document(source)
    reading = read_model(document)
    findings = check_model_document(document)
    if reading.value is None or findings.errors:
        raise _cannot_read(document.path, findings)
    return reading.value


def _looks_like_a_path(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml", ".json")) or "/" in name or os.sep in name


def _resolver(model: AnyModel | None, path: str) -> Resolve:
    """How to find the model that a file at `path` names: given, beside or above the file, installed."""
    if isinstance(model, MaturityModel):
        return lambda _: model
    if model is not None:
        given = load_model(model)
        return lambda _: given
    return lambda pin: _beside(pin, path) or _installed(pin)


def _installed(pin: str) -> MaturityModel:
    """The model that ships, or that a plug-in carries, under `id@version`, or the newest of `id`."""
    try:
        return models.installed(pin)
    except UnknownName:
        carried = default().models
        newest = (each for each in reversed(tuple(carried)) if each.startswith(f"{pin}@"))
        wanted = pin if "@" in pin else next(newest, pin)
        if wanted not in carried:
            raise
    file = carried[wanted]
    return load_model(Document(file.name, file.read()))


def _beside(pin: str, path: str) -> MaturityModel | None:
    """The model that `pin` names in the folder of `path`, or in the nearest folder above it that has it."""
    if path.startswith("<"):
        return None
    wanted, _, version = pin.partition("@")
    for folder in Path(path).resolve().parents:
        for file in sorted(folder.glob("*.kmmodel.*")):
            if file.suffix not in (".yaml", ".yml", ".json") or not _claims(file, wanted):
                continue
            try:
                found = load_model(file)
            except CannotRead as error:
                raise KmMaturityError(
                    f"the model beside this file cannot be used: `kmmaturity check {file.name}` finds "
                    f"{len(error.findings)} things to mend in it"
                ) from error
            if found.id == wanted and version in ("", found.version):
                return found
    return None


def _claims(file: Path, wanted: str) -> bool:
    """Whether a model file seems to name the id `wanted`; saves making a model of every other one."""
    try:
        with file.open("rb") as opened:
            head = opened.read(LARGEST)  # some tools sort the keys, and the glossary comes before the id
    except OSError:
        return False
    pattern = (
        rb"""(?:^|[{,\r])\s*["']?id["']?\s*:\s*["']?""" + re.escape(wanted.encode()) + rb"""["']?\s*(?:[},#\r]|$)"""
    )
    return re.search(pattern, head, re.MULTILINE) is not None


# Reading


def load(source: Source, *, model: AnyModel | None = None) -> Assessment:
    """The assessment in a file or in bytes, read with the model that it names, or with `model`.

    Raises CannotRead, whose `findings` hold every problem with its place, and NoSuchFile. Answers to outcomes that the
    model lacks are kept, see `Assessment.beyond`; `check` reports them.
    """
    document = _document(source)
    if document.kind == "model":
        message = f"{document.path} is a model, and an assessment is wanted here"
        raise CannotRead(message, [WRONG_TYPE.found(message, help="load_model() reads it; name an assessment here.")])
    reading = _read(document, model)
    if reading.value is None or not _on_the_scale(reading):
        raise _cannot_read(document.path, check_document(document, _resolver(model, document.path)))
    return reading.value


def _read(document: Document, model: AnyModel | None) -> Reading[Assessment]:
    return read_assessment(document, _resolver(model, document.path), origin=_digest(document.data))


def _on_the_scale(reading: Reading[Assessment]) -> bool:
    return reading.fits or reading.value is None or not any(judge(Context(reading.value), [OFF_THE_SCALE]))


def _digest(data: bytes) -> str:
    import hashlib  # 2 ms at import, and only reading needs it

    return f"sha256:{hashlib.sha256(data).hexdigest()}"


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


def _document(source: Source) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, bytes):
        return Document("<bytes>", source)
    try:
        found = read_document(source)
    except FileNotFoundError:
        raise NoSuchFile(f"there is no file {os.fspath(source)}") from None
    if isinstance(found, Finding):
        raise CannotRead(found.message, [found])
    return found


def _cannot_read(path: str, findings: Findings) -> CannotRead:
    count = len(findings.errors)
    things = "one problem" if count == 1 else f"{count} problems"
    listing = "".join(f"\n  {each}. {each.help}" for each in findings.errors)
    return CannotRead(f"{path} cannot be read, for {things}:{listing}", findings.found)


def from_dict(data: Mapping[str, Any], *, model: AnyModel | None = None) -> Assessment:
    """The assessment in plain data, as `to_dict` gives it and JSON holds it. Raises CannotRead."""
    plain = dict(data) if isinstance(data, Mapping) else data  # type: ignore[redundant-expr]  # callers without types
    reading = read_data(plain, _resolver(model, "<dict>"))
    if reading.value is None or not _on_the_scale(reading):
        judged = () if reading.value is None else tuple(judge(Context(reading.value), [OFF_THE_SCALE]))
        raise _cannot_read("the data", Findings((*reading.findings, *judged)))
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


# Writing


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

    document = _document(path)
    if assessment.origin is None:
        raise CannotWrite(f"{document.path}: this assessment was not read from a file; load it first, or use save()")
    if assessment.origin != _digest(document.data):
        raise CannotWrite(f"{document.path} has changed since it was read; load it again and repeat the change")
    before = load(document, model=assessment.model)
    text = editing.edit(document.source, before, assessment)
    data = (b"\xef\xbb\xbf" if document.source.bom else b"") + text.encode()
    if load(Document(document.path, data), model=assessment.model) != assessment:
        raise CannotWrite(f"{document.path} cannot be changed in place; save() the assessment under another name")
    writing.save(path, data, overwrite=True)


# Looking


def check(
    source: Source | Assessment | MaturityModel,
    *,
    model: AnyModel | None = None,
    previous: Assessment | PathLike | None = None,
    today: date | None = None,
    registry: Registry | None = None,
) -> Findings:
    """Every finding on a file or value; a broken file is findings too. Raises NoSuchFile where nothing is there."""
    day = today or date.today()
    last = previous if isinstance(previous, Assessment) or previous is None else load(previous)
    rules = (registry or default()).rules.values()
    if isinstance(source, Assessment):
        return check_assessment(source, previous=last, today=day, rules=rules)
    if isinstance(source, MaturityModel):
        return check_model(source)
    try:
        document = _document(source)
    except NoSuchFile:
        raise
    except CannotRead as error:
        return Findings(error.findings, checked=(str(source),))
    return check_document(document, _resolver(model, document.path), previous=last, today=day, rules=rules)


def profile(assessment: Assessment, *, by: By = "outcome", overall: str | None = None) -> Profile:
    """Counts per level, low median, lowest and coverage, by outcome or principle; strengths, weaknesses and gaps.

    A single level is worked out only when `overall` names the rule: lowest, median or gated.
    """
    return _profile(assessment, by=by, overall=overall)


def compare(before: Assessment, after: Assessment) -> Comparison:
    """What changed between two years, and what became of targets. Raises KmMaturityError where nothing is shared."""
    return _compare(before, after)


def report(
    assessment: Assessment, *, previous: Assessment | None = None, redact: Iterable[str] = ("contact",)
) -> Report:
    """What exporters see: the assessment ready to be shown, without what `redact` names.

    `redact` takes any of contact, evidence, notes and owner. Raises UnknownName for another word.
    """
    return _report(assessment, previous=previous, redact=redact)


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
