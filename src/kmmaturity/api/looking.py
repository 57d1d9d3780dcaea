"""Looking at an assessment: what there is to say of it, its profile, what changed, and what exporters see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from attrs import evolve

from kmmaturity.api.assessments import load
from kmmaturity.api.models import AnyModel
from kmmaturity.api.sources import PathLike, assessment_of
from kmmaturity.api.subjects import Known, Sources, known_rules, rulebook, subjects_of
from kmmaturity.checking import Findings, Settings
from kmmaturity.checking.check import check_assessment, check_model, check_run
from kmmaturity.checking.check import check_each as check_files
from kmmaturity.checking.result import joined
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.rules.config import PLUGIN_FAILED
from kmmaturity.files.collector import at_rest

if TYPE_CHECKING:
    from kmmaturity.checking.baseline import Baseline
    from kmmaturity.domain.comparison import Comparison
    from kmmaturity.domain.profile import By, Profile
    from kmmaturity.domain.report import Report
    from kmmaturity.registry import Registry

__all__ = ["check", "compare", "profile", "report"]


def check(
    source: Sources | Assessment | MaturityModel,
    *,
    model: AnyModel | None = None,
    previous: Assessment | PathLike | None = None,
    today: date | None = None,
    settings: Settings | None = None,
    baseline: Baseline | PathLike | None = None,
    registry: Registry | None = None,
) -> Findings:
    """Every finding on a value, a file, or the files of a run: those given, or all in a folder; broken ones too.

    Last time's assessment is `previous`, or the one that a file names: another of the run, or one beside it. No other
    settings are looked for. What is in `baseline` is known already, and not told. Raises NoSuchFile where
    nothing is there, and KmMaturityError for settings that name rules which there are none of.
    """
    known = known_rules(registry)
    book = rulebook(settings, known)
    day = today or date.today()
    last = previous if isinstance(previous, Assessment) or previous is None else load(previous)
    if isinstance(source, Assessment):
        return check_assessment(source, book, previous=last, today=day) + _unusable(known)
    if isinstance(source, MaturityModel):
        return check_model(source, book) + _unusable(known)
    read_with = book.settings.model if model is None else model
    with at_rest():
        found = check_run(subjects_of(source, read_with, last, registry), book, today=day) + _unusable(known)
    if baseline is None:
        return found
    from kmmaturity.api.baselines import baseline_at  # few runs have one

    return baseline_at(baseline).applied(found, book)


def check_each(
    source: Sources,
    *,
    settings: Settings,
    baseline: Baseline | None = None,
    notice: Callable[[], None],
    passed: Callable[[str], None],
) -> Iterator[Findings]:
    """What `check` finds in files, one after the other, to be told while it goes on; with a baseline, all at once.

    `notice` is called whenever a file has been read, and `passed` with each that is left out, since git ignores it.
    Raises NoSuchFile before the first is read.
    """
    known = known_rules(None)
    book = rulebook(settings, known)
    subjects = subjects_of(source, settings.model, None, None, passed)
    every = chain(check_files(subjects, book, today=date.today(), notice=notice), [_unusable(known)])
    if baseline is None:
        return (evolve(each, fail_on=settings.fail_on) for each in every)
    return iter([baseline.applied(joined(every, fail_on=settings.fail_on, rules=known.rules), book)])


def _unusable(known: Known) -> Findings:
    """What there is to say of plug-ins that cannot be used."""
    return Findings(tuple(map(PLUGIN_FAILED.found, known.failures)), rules=known.rules)


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
