"""Looking at an assessment: what there is to say of it, its profile, what changed, and what exporters see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kmmaturity.api.assessments import load
from kmmaturity.api.models import AnyModel, resolver
from kmmaturity.api.sources import PathLike, Source, document_of
from kmmaturity.checking import Findings, check_assessment, check_document
from kmmaturity.checking.check import Earlier, check_model
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.comparison import Comparison
from kmmaturity.domain.comparison import compare as _compare
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.profile import By, Profile
from kmmaturity.domain.profile import profile as _profile
from kmmaturity.domain.report import Report
from kmmaturity.domain.report import report as _report
from kmmaturity.errors import CannotRead, NoSuchFile
from kmmaturity.registry import Registry, default

__all__ = ["check", "compare", "profile", "report"]


def check(
    source: Source | Assessment | MaturityModel,
    *,
    model: AnyModel | None = None,
    previous: Assessment | PathLike | None = None,
    today: date | None = None,
    registry: Registry | None = None,
) -> Findings:
    """Every finding on a file or value; a broken file is findings too. Raises NoSuchFile where nothing is there.

    Last time's assessment is `previous`, or the one that the file names, looked for beside it.
    """
    day = today or date.today()
    last = previous if isinstance(previous, Assessment) or previous is None else load(previous)
    rules = (registry or default()).rules.values()
    if isinstance(source, Assessment):
        return check_assessment(source, previous=last, today=day, rules=rules)
    if isinstance(source, MaturityModel):
        return check_model(source)
    try:
        document = document_of(source)
    except NoSuchFile:
        raise
    except CannotRead as error:
        return Findings(error.findings, checked=(str(source),))
    earlier = _beside(document.path) if last is None else lambda _: (last, None)
    return check_document(document, resolver(model, document.path), earlier=earlier, today=day, rules=rules)


def _beside(path: str) -> Earlier:
    """How to find the assessment that a file at `path` names as last time's; bytes have nothing beside them."""

    def find(assessment: Assessment) -> tuple[Assessment | None, str | None]:
        if assessment.previous is None or path.startswith("<"):
            return None, None
        named = Path(path).parent / assessment.previous
        try:
            return load(named), None
        except NoSuchFile:
            return None, f"there is no file {named}"
        except CannotRead:
            return None, f"it cannot be read: `kmmaturity check {named}` says why"

    return find


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
