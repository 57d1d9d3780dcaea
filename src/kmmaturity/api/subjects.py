"""What a run of checks is over: the files that are meant, opened, and the rules that are there to look for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import evolve

from kmmaturity.api.addressed import earlier_source
from kmmaturity.api.assessments import load
from kmmaturity.api.models import AnyModel, resolver
from kmmaturity.api.sources import Source, document_of
from kmmaturity.checking import Settings
from kmmaturity.checking.check import Earlier, Subject
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.errors import CannotRead, NoSuchFile
from kmmaturity.files.document import Document
from kmmaturity.files.folder import files_within
from kmmaturity.registry import Registry

__all__ = ["Sources", "files_of", "once", "rulebook", "subject"]

Sources = Source | Iterable[Source]


def rulebook(settings: Settings | None, registry: Registry) -> Rulebook:
    """The rules of `registry` with the settings of a run. Raises KmMaturityError where these name rules it lacks."""
    brought = {code: str(registry.providers["rule", code]) for code in registry.rules if code not in CATALOGUE}
    return Rulebook(registry.rules, settings or Settings(), brought)


def files_of(source: Sources) -> Iterator[Source]:
    """The files that `source` stands for. Raises NoSuchFile for a folder with none."""
    if not isinstance(source, str | os.PathLike | bytes | Document):
        for each in source:
            yield from files_of(each)
    elif isinstance(source, str | os.PathLike) and os.fspath(source) and Path(source).is_dir():
        found = list(files_within(source, "assessment", "model"))
        if not found:
            endings = "*.kmm.yaml, *.kmm.json or *.kmmodel.yaml"
            raise NoSuchFile(f"no {endings} file is in {os.fspath(source)}: name another folder, or the file itself")
        yield from found
    else:
        yield source


def once(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """The subjects without those of a file that is there already; what is no file gets a name of its own."""
    seen: dict[str, Subject] = {}
    for each in subjects:
        if not isinstance(each.content, Document):
            seen.setdefault(each.path, each)
        elif not each.path.startswith("<"):
            seen.setdefault(os.path.realpath(each.path), each)
        else:
            number = sum(path.startswith(each.path[:-1]) for path in seen) + 1
            path = each.path if number == 1 else f"{each.path[:-1]} {number}>"
            seen[path] = evolve(each, path=path, content=Document(path, each.content.data))
    return tuple(seen.values())


def subject(source: Source, model: AnyModel | None, previous: Assessment | None, registry: Registry) -> Subject:
    """One file of a run; where it cannot be opened, the finding that says so. Raises NoSuchFile."""
    content: Document | Finding
    try:
        content = document_of(source, registry=registry)
        path = content.path
    except NoSuchFile:
        raise
    except CannotRead as error:
        content, path = error.findings[0], os.fspath(source) if isinstance(source, str | os.PathLike) else "<bytes>"
    return Subject(path, content, resolver(model, path), previous, _beside(path))


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
