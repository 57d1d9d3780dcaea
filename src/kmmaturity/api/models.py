"""Finding a model by its name: given, beside or above the file, or installed. Nothing else looks for one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from kmmaturity.api.sources import PathLike, Source, cannot_read, document_of
from kmmaturity.builtin import models
from kmmaturity.checking.check import check_model_document
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import no_such, typed
from kmmaturity.errors import CannotRead, KmMaturityError, UnknownName
from kmmaturity.files.document import LARGEST, Document
from kmmaturity.files.folder import folders_above, models_in
from kmmaturity.files.reading import Resolve, read_model
from kmmaturity.files.source import Kind

__all__ = ["AnyModel", "load_model", "resolver", "resolvers", "schema"]

AnyModel = MaturityModel | PathLike


def load_model(source: Source) -> MaturityModel:
    """The model in a file, in bytes, or under a name such as `starter@1.0`: installed, or in the current folder.

    Raises CannotRead, whose `findings` hold every defect with its place; warnings do not keep a model from loading.
    """
    if isinstance(source, str) and not Path(source).exists() and not _looks_like_a_path(source):
        try:
            return installed(source)
        except UnknownName:
            if (found := _beside(source, "-")) is None:  # as for a file here that names it
                raise
            return found
    document = document_of(source, "model")
    reading = read_model(document)
    findings = check_model_document(document, reading)
    if reading.value is None or findings.errors:
        raise cannot_read(document.path, findings)
    return reading.value


def _looks_like_a_path(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml", ".json")) or "/" in name or os.sep in name


def schema(kind: Kind = "assessment", *, model: AnyModel | None = None) -> dict[str, Any]:
    """The JSON Schema (draft-07) of a file, an "assessment" or a "model", as plain data.

    With `model`, of assessments against it: its ids are completed, and the words of each level are shown as hover text.
    The schema refuses nothing that `check` reads without an error. Raises KmMaturityError for another kind.
    """
    from kmmaturity.files.schema import schema as made

    if kind not in ("assessment", "model"):
        raise no_such("kind of file", kind, ("assessment", "model"), where="schema")
    if kind == "model" and model is not None:
        raise KmMaturityError('`model` goes with the schema of an assessment: leave it out, or pass kind="assessment"')
    return made(kind, model if model is None or isinstance(model, MaturityModel) else load_model(model))


def resolver(model: AnyModel | None, path: str) -> Resolve:
    """How to find the model that a file at `path` names: given, beside or above the file, installed."""
    if isinstance(model, MaturityModel):
        return lambda _: model
    if model is not None:
        given = load_model(model)
        return lambda _: given
    return cache(lambda pin: _beside(pin, path) or installed(pin))


def resolvers(model: AnyModel | None) -> Callable[[str], Resolve]:
    """`resolver` for many paths: what a name means in a folder is looked up once, and a given model is read once."""
    if model is not None:
        given = resolver(model, "")
        return lambda _: given

    @cache
    def known(pin: str, beside: str) -> MaturityModel | KmMaturityError:
        try:
            return resolver(None, beside)(pin)
        except KmMaturityError as error:
            return error

    def of(path: str) -> Resolve:
        beside = path if path.startswith("<") else os.path.join(os.path.dirname(path), "-")  # noqa: PTH118, PTH120  # quick

        def resolve(pin: str) -> MaturityModel:
            found = known(pin, beside)
            if isinstance(found, KmMaturityError):
                raise found.with_traceback(None)
            return found

        return resolve

    return of


def installed(pin: str) -> MaturityModel:
    """The model that ships, or that a plug-in carries, under `id@version`, or the newest of `id`."""
    try:
        return models.installed(pin)
    except UnknownName:
        from kmmaturity.hooks.fitness import as_bytes
        from kmmaturity.registry import default  # what ships is found without it

        known = default()
        carried = known.models
        newest = (each for each in reversed(tuple(carried)) if each.startswith(f"{pin}@"))
        wanted = pin if "@" in pin else next(newest, pin)
        if wanted not in carried:
            raise
    file = carried[wanted]
    with known.using("model", wanted, file.read):
        content = as_bytes(file.read())
    return load_model(Document(file.name, content))


def _beside(pin: str, path: str) -> MaturityModel | None:
    """The model that `pin` names in the folder of `path`, or in the nearest of the folders above it that has it."""
    if path.startswith("<"):
        return None
    wanted, _, version = pin.partition("@")
    for folder in folders_above(path):
        for file in models_in(folder):
            if not _claims(file, wanted):
                continue
            try:
                found = load_model(file)
            except CannotRead as error:
                raise KmMaturityError(
                    f"the model beside this file cannot be used: `kmmaturity check {typed(file.name)}` finds "
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
