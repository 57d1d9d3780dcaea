"""Looking at an assessment: what there is to say of it, its profile, what changed, and what exporters see."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from kmmaturity.api.assessments import load
from kmmaturity.api.models import AnyModel, resolvers
from kmmaturity.api.sources import PathLike, Source, assessment_of, document_of
from kmmaturity.checking import Findings, Settings
from kmmaturity.checking.check import Earlier, Subject, check_assessment, check_model, check_run
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import typed
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.domain.rules.config import PLUGIN_FAILED
from kmmaturity.errors import CannotRead, NoSuchFile
from kmmaturity.files.collector import at_rest
from kmmaturity.files.document import Document
from kmmaturity.files.folder import beside, files_within
from kmmaturity.files.reading import Resolve
from kmmaturity.hooks.addresses import scheme_of
from kmmaturity.hooks.loading import named_in_group, wanted

if TYPE_CHECKING:
    from kmmaturity.domain.comparison import Comparison
    from kmmaturity.domain.profile import By, Profile
    from kmmaturity.domain.report import Report
    from kmmaturity.registry import Registry

__all__ = ["check", "compare", "profile", "report"]


def check(
    source: Source | Assessment | MaturityModel | Iterable[Source],
    *,
    model: AnyModel | None = None,
    previous: Assessment | PathLike | None = None,
    today: date | None = None,
    settings: Settings | None = None,
    registry: Registry | None = None,
) -> Findings:
    """Every finding on a value, a file, or the files of a run: those given, or all in a folder; broken ones too.

    Last time's assessment is `previous`, or the one that a file names: another of the run, or one beside it. No other
    settings are looked for. Raises NoSuchFile where nothing is there, and KmMaturityError for settings that name rules
    which there are none of.
    """
    rules, brought, failures = _rules(registry)
    book = Rulebook(rules, settings or Settings(), brought)
    day = today or date.today()
    last = previous if isinstance(previous, Assessment) or previous is None else load(previous)
    unusable = Findings(tuple(map(PLUGIN_FAILED.found, failures)), rules=rules)
    if isinstance(source, Assessment):
        return check_assessment(source, book, previous=last, today=day) + unusable
    if isinstance(source, MaturityModel):
        return check_model(source, book) + unusable
    resolve = resolvers(book.settings.model if model is None else model)
    with at_rest():
        subjects = _once(_subject(each, resolve, last, registry) for each in _files(source))
        return check_run(subjects, book, today=day) + unusable


def _files(source: Source | Iterable[Source]) -> Iterator[Source]:
    """The files that `source` stands for. Raises NoSuchFile for a folder with none."""
    if not isinstance(source, str | os.PathLike | bytes | Document):
        for each in source:
            yield from _files(each)
    elif isinstance(source, str | os.PathLike) and os.fspath(source) and Path(source).is_dir():
        found = list(files_within(source, "assessment", "model"))
        if not found:
            endings = "*.kmm.yaml, *.kmm.json or *.kmmodel.yaml"
            raise NoSuchFile(f"no {endings} file is in {os.fspath(source)}: name another folder, or the file itself")
        yield from found
    else:
        yield source


def _once(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
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


def _subject(
    source: Source, resolve: Callable[[str], Resolve], previous: Assessment | None, registry: Registry | None
) -> Subject:
    content: Document | Finding
    try:
        content = document_of(source, registry=registry)
        path = content.path
    except NoSuchFile:
        raise
    except CannotRead as error:
        content, path = error.findings[0], os.fspath(source) if isinstance(source, str | os.PathLike) else "<bytes>"
    return Subject(path, content, resolve(path), previous, _beside(path))


def _rules(registry: Registry | None) -> tuple[Mapping[str, Rule], Mapping[str, str], tuple[str, ...]]:
    """The rules of `registry`, or of what is installed, by code; who brought those of plug-ins; what cannot be used.

    Where nothing is installed no registry is made: that would take as long as a check before a commit.
    """
    if registry is None:
        if wanted() == frozenset() or not _anything_in(tuple(sys.path)):
            return CATALOGUE, {}, ()
        from kmmaturity.registry import default

        registry = default()
    brought = {code: str(registry.providers["rule", code]) for code in registry.rules if code not in CATALOGUE}
    return registry.rules, brought, tuple(map(str, registry.failures))


@cache
def _anything_in(folders: tuple[str, ...]) -> bool:
    """Whether a plug-in is installed, looked for once."""
    return named_in_group(folders)


def _beside(path: str) -> Earlier:
    """How to find the assessment that a file at `path` names as last time's; bytes have nothing beside them."""

    def find(assessment: Assessment) -> tuple[Assessment | None, str | None]:
        if assessment.previous is None or path.startswith("<"):
            return None, None
        named: Path | str | None = assessment.previous
        try:
            if scheme_of(assessment.previous):
                from kmmaturity.api.addressed import earlier_source  # stores are of no use to most

                named = earlier_source(assessment, path)
            else:
                named = beside(path, assessment.previous)
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


def profile(assessment: Assessment, *, by: By = "outcome", overall: str | None = None) -> Profile:
    """Counts per level, low median, lowest and coverage, by outcome or principle; strengths, weaknesses and gaps.

    A single level is worked out only when `overall` names the rule: lowest, median or gated.
    """
    from kmmaturity.domain.profile import profile as made  # a check has no need of these

    return made(assessment_of(assessment), by=by, overall=overall)


def compare(before: Assessment, after: Assessment) -> Comparison:
    """What changed between two years, and what became of targets. Raises KmMaturityError where nothing is shared."""
    from kmmaturity.domain.comparison import compare as made

    return made(assessment_of(before, "before"), assessment_of(after, "after"))


def report(
    assessment: Assessment,
    *,
    previous: Assessment | None = None,
    earlier: Iterable[Assessment] = (),
    redact: Iterable[str] = ("contact",),
) -> Report:
    """What exporters see: the assessment ready to be shown, without what `redact` names.

    `previous` is last time's, and `earlier` those of the years before. `redact` takes any of contact, evidence, notes
    and owner. Raises UnknownName for another word.
    """
    from kmmaturity.domain.report import report as made

    last = None if previous is None else assessment_of(previous, "previous")
    return made(assessment_of(assessment), previous=last, earlier=earlier, redact=redact)
