"""What a run of checks is over: the files that are meant, opened, and the rules that are there to look for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from kmmaturity.api.addressed import earlier_source
from kmmaturity.api.assessments import load
from kmmaturity.api.models import AnyModel, load_model, resolver
from kmmaturity.api.sources import Source, document_of
from kmmaturity.checking import Settings
from kmmaturity.checking.check import Earlier, Subject
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.domain.rules.file import UNREADABLE
from kmmaturity.errors import CannotRead, NoSuchFile
from kmmaturity.files.document import Document
from kmmaturity.files.folder import files_within
from kmmaturity.registry import Registry

__all__ = ["Sources", "rulebook", "subjects_of"]

Sources = Source | Iterable[Source]
_PATH = (str, os.PathLike)


def rulebook(settings: Settings | None, registry: Registry) -> Rulebook:
    """The rules of `registry` with the settings of a run. Raises KmMaturityError where these name rules it lacks."""
    brought = {code: str(registry.providers["rule", code]) for code in registry.rules if code not in CATALOGUE}
    return Rulebook(registry.rules, settings or Settings(), brought)


def subjects_of(
    source: Sources, model: AnyModel | None, previous: Assessment | None, registry: Registry
) -> tuple[Subject, ...]:
    """The files that `source` stands for, each once; what is no file gets a name of its own. Raises NoSuchFile.

    What is named is opened now, and what lies in a folder when its turn comes.
    """
    given = model if model is None or isinstance(model, MaturityModel) else load_model(model)
    seen: dict[str, Subject] = {}
    for each, opened in _files_of(source, registry):
        path = (
            opened.path if isinstance(opened, Document) else os.fspath(each) if isinstance(each, _PATH) else "<bytes>"
        )
        if not path.startswith("<"):
            content = partial(_opened, each, registry) if opened is None else opened
            subject = Subject(path, content, resolver(given, path), previous, _beside(path))
            # What cannot be opened may have a name that no file can have.
            seen.setdefault(path if isinstance(opened, Finding) else os.path.realpath(path), subject)
        elif opened is not None:
            number = sum(name.startswith(path[:-1]) for name in seen) + 1
            name = path if number == 1 else f"{path[:-1]} {number}>"
            content = Document(name, opened.data) if isinstance(opened, Document) else opened
            seen[name] = Subject(name, content, resolver(given, name), previous, _beside(name))
    return tuple(seen.values())


def _files_of(source: Sources, registry: Registry) -> Iterator[tuple[Source, Document | Finding | None]]:
    """Each file that `source` stands for, with what is in it where it was named. Raises NoSuchFile."""
    if not isinstance(source, (*_PATH, bytes, Document)):
        for each in source:
            yield from _files_of(each, registry)
    elif isinstance(source, _PATH) and os.fspath(source) and Path(source).is_dir():
        empty = True
        for path in files_within(source, "assessment", "model"):
            empty = False
            yield path, None
        if empty:
            endings = "*.kmm.yaml, *.kmm.json or *.kmmodel.yaml"
            raise NoSuchFile(f"no {endings} file is in {os.fspath(source)}: name another folder, or the file itself")
    else:
        try:
            yield source, document_of(source, registry=registry)
        except NoSuchFile:
            raise
        except CannotRead as error:
            yield source, error.findings[0]


def _opened(path: Source, registry: Registry) -> Document | Finding:
    """What is in a file of a folder, or why it cannot be opened."""
    try:
        return document_of(path, registry=registry)
    except NoSuchFile as error:
        return UNREADABLE.found(str(error))
    except CannotRead as error:
        return error.findings[0]


def _beside(path: str) -> Earlier:
    """How to find the assessment that a file at `path` names as last time's; bytes have nothing beside them."""

    def find(assessment: Assessment) -> tuple[Assessment | None, str | None]:
        if assessment.previous is None or path.startswith("<"):
            return None, None
        named: Path | str | None = assessment.previous
        try:
            named = earlier_source(assessment, path)
            if named is None:
                return None, "that is an address on the network, which is never opened"
            return load(named), None
        except NoSuchFile as error:
            return None, str(error)
        except CannotRead:
            return None, f"it cannot be read: `kmmaturity check {named}` says why"

    return find
