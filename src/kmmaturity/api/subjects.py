"""What a run of checks is over: the files that are meant, opened, and the rules that are there to look for."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from kmmaturity.api.assessments import load
from kmmaturity.api.models import AnyModel, resolvers
from kmmaturity.api.sources import PathLike, Source, document_of, earlier_source
from kmmaturity.checking import Settings
from kmmaturity.checking.check import Earlier, Subject
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.names import typed
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.domain.rules.file import UNREADABLE
from kmmaturity.errors import CannotRead, NoSuchFile
from kmmaturity.files.document import Document
from kmmaturity.files.folder import Passed, files_within, pass_over
from kmmaturity.hooks.loading import named_in_group, wanted

if TYPE_CHECKING:
    from kmmaturity.registry import Registry

__all__ = ["Known", "Sources", "known_rules", "rulebook", "subjects_of"]

Sources = Source | Iterable[Source]
_PATH = (str, os.PathLike)


@frozen(eq=False)
class Known:
    """The rules that there are by code, who brought those of plug-ins, and which plug-ins cannot be used."""

    rules: Mapping[str, Rule]
    brought: Mapping[str, str]
    failures: tuple[str, ...]


def known_rules(registry: Registry | None) -> Known:
    """What there is in `registry`, or installed.

    Where nothing is installed no registry is made: that would take as long as a check before a commit.
    """
    if registry is None:
        if wanted() == frozenset() or not _anything_in(tuple(sys.path)):
            return Known(CATALOGUE, {}, ())
        from kmmaturity.registry import default

        registry = default()
    brought = {code: str(registry.providers["rule", code]) for code in registry.rules if code not in CATALOGUE}
    return Known(registry.rules, brought, tuple(map(str, registry.failures)))


@cache
def _anything_in(folders: tuple[str, ...]) -> bool:
    """Whether a plug-in is installed, looked for once."""
    return named_in_group(folders)


def rulebook(settings: Settings | None, known: Known) -> Rulebook:
    """The rules that are known with the settings of a run. Raises KmMaturityError where these name rules it lacks."""
    return Rulebook(known.rules, settings or Settings(), known.brought)


def subjects_of(
    source: Sources,
    model: AnyModel | None,
    previous: Assessment | None,
    registry: Registry | None,
    passed: Passed = pass_over,
) -> tuple[Subject, ...]:
    """The files that `source` stands for, each once; what is no file gets a name of its own. Raises NoSuchFile.

    What is named is opened now, and what lies in a folder when its turn comes.
    """
    resolve = resolvers(model)
    seen: dict[str, Subject] = {}
    counts: Counter[str] = Counter()  # of what has no path of its own: bytes, standard input
    for each, opened in _files_of(source, registry, passed):
        path = (
            opened.path if isinstance(opened, Document) else os.fspath(each) if isinstance(each, _PATH) else "<bytes>"
        )
        if not path.startswith("<"):
            content = partial(_opened, each, registry) if opened is None else opened
            subject = Subject(path, content, resolve(path), previous, _beside(path))
            # What cannot be opened may have a name that no file can have.
            seen.setdefault(path if isinstance(opened, Finding) else os.path.realpath(path), subject)
        elif opened is not None:
            counts[path] += 1
            name = path if counts[path] == 1 else f"{path[:-1]} {counts[path]}>"
            content = Document(name, opened.data) if isinstance(opened, Document) else opened
            seen[name] = Subject(name, content, resolve(name), previous, _beside(name))
    return tuple(seen.values())


def _files_of(
    source: Sources, registry: Registry | None, passed: Passed
) -> Iterator[tuple[Source, Document | Finding | None]]:
    """Each file that `source` stands for, with what is in it where it was named. Raises NoSuchFile."""
    if not isinstance(source, (*_PATH, bytes, Document)):
        for each in source:
            yield from _files_of(each, registry, passed)
    elif isinstance(source, _PATH) and os.fspath(source) and Path(source).is_dir():
        empty = True
        for path in files_within(source, "assessment", "model", passed=passed):
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
            yield source, _why(error)


def _opened(path: Source, registry: Registry | None) -> Document | Finding:
    """What is in a file of a folder, or why it cannot be opened."""
    try:
        return document_of(path, registry=registry)
    except NoSuchFile as error:
        return UNREADABLE.found(str(error))
    except CannotRead as error:
        return _why(error)


def _why(error: CannotRead) -> Finding:
    """The first reason why something cannot be read; a store and a destination may give no more than words."""
    return error.findings[0] if error.findings else UNREADABLE.found(str(error))


def _beside(path: str) -> Earlier:
    """How to find the assessment that a file at `path` names as last time's; bytes have nothing beside them."""

    def find(assessment: Assessment) -> tuple[Assessment | None, str | None]:
        if assessment.previous is None or path.startswith("<"):
            return None, None
        named: PathLike | None = assessment.previous
        try:
            named = earlier_source(assessment, path)
            if named is None:
                return None, "that is an address on the network, which is never opened"
            if isinstance(named, Path) and "\0" not in str(named) and not os.path.lexists(named):
                return None, f"there is no file {named}"  # load() would look through the folder for a name like it
            return load(named), None
        except NoSuchFile as error:
            return None, str(error)
        except CannotRead:
            return None, f"it cannot be read: `kmmaturity check {typed(named)}` says why"

    return find
