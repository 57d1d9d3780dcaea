"""Family `cycle`: one year and the next (method, steps 5 and 8). Ages and horizons count from `assessed`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kmmaturity.domain.assessment import Assessment, Score
from kmmaturity.domain.findings import Finding, Pointer, Severity
from kmmaturity.domain.months import months_after
from kmmaturity.domain.rules.rule import Context, Filed, Rule, assessment_with

__all__ = ["RULES", "newest"]

ROOT = Pointer()
SCORES, REVIEWS = ROOT / "scores", ROOT / "plan" / "reviews"
Unit = tuple[str, ...]


def unit_of(assessment: Assessment) -> Unit:
    """The unit as files are told apart by it: capitals and spaces make no other unit."""
    return tuple(" ".join(name.casefold().split()) for name in assessment.unit)


def newest(files: Sequence[Filed]) -> frozenset[str]:
    """The paths of the files in which a unit's newest assessment of the run is: what `Context.newest` is to be told."""
    latest: dict[Unit, date] = {}
    for each in files:
        unit, day = unit_of(each.assessment), each.assessment.assessed
        latest[unit] = max(day, latest.get(unit, day))
    return frozenset(each.path for each in files if each.assessment.assessed == latest[unit_of(each.assessment)])


def in_the_future(context: Context) -> Iterator[Finding]:
    """One finding for each piece of evidence dated after the assessment; and, as information, days after `today`."""
    assessment, today = context.assessment, context.today
    for sub, answer in assessment.scores.items():
        for index, evidence in enumerate(answer.evidence):
            if sub in context.model.subs and evidence.dated is not None and evidence.dated > assessment.assessed:
                yield FUTURE.found(
                    f"evidence of {sub} is dated {evidence.dated.isoformat()}, after the assessment of "
                    f"{assessment.assessed.isoformat()}",
                    SCORES / sub / "evidence" / index / "dated",
                )
    if today is None or not context.newest:
        return
    days = [("`assessed` is", assessment.assessed, ROOT / "assessed")]
    for index, review in enumerate(assessment.plan.reviews):
        if review.held is not None:
            days.append(
                (f"`held` of the review due {review.due.isoformat()} is", review.held, REVIEWS / index / "held")
            )
    for what, day, pointer in days:
        if day > today:
            yield FUTURE.found(
                f"{what} {day.isoformat()}, which is still ahead",
                pointer,
                help="Write the day on which it took place.",
                severity=Severity.INFO,
            )


def over_a_year_old(context: Context) -> Iterator[Finding]:
    """One finding where a unit's newest assessment is of so long ago that the next is due."""
    assessed, months = context.assessment.assessed, context.figures.due
    if context.today is not None and context.newest and months_after(assessed, months) <= context.today:
        yield YEAR_OLD.found(
            f"this assessment is of {assessed.isoformat()}, {months} months ago or more", ROOT / "assessed"
        )


def target_horizon(context: Context) -> Iterator[Finding]:
    """One finding for each target for a day that is not about a year after the assessment."""
    assessed, figures = context.assessment.assessed, context.figures
    first, last = months_after(assessed, figures.soonest), months_after(assessed, figures.latest)
    for sub, answer in context.assessment.scores.items():
        by = None if answer.target is None else answer.target.by
        if by is not None and sub in context.model.subs and not first <= by <= last:
            yield HORIZON.found(
                f"the target of {sub} is for {by.isoformat()}, and the assessment is of {assessed.isoformat()}",
                SCORES / sub / "target" / "by",
                help=f"Write a day from {first.isoformat()} to {last.isoformat()}; or leave `by:` out, which means "
                f"{months_after(assessed, 12).isoformat()}.",
            )


def large_change(context: Context) -> Iterator[Finding]:
    """One finding for each score that is levels away from last time's with nothing new said of it, up or down alike."""
    now, then = context.assessment, context.previous
    if then is None or then.model.levels != now.model.levels:
        return
    for sub, answer in now.scores.items():
        if sub not in now.model.subs or sub not in then.model.subs:
            continue
        last, levels = then.answer(sub), now.model.levels
        if answer.score not in levels or last.score not in levels or _noted(last, answer):
            continue
        change = abs(levels.index(answer.score) - levels.index(last.score))
        if change >= context.figures.change > 0:
            yield LARGE_CHANGE.found(
                f"{sub} is scored {answer.score}, and was {last.score} on {then.assessed.isoformat()}: nothing says "
                "what is different",
                SCORES / sub / "score",
                help=f"Below `{sub}:` add to `evidence:` what is new since then; or, where you see it otherwise now, "
                "write `rebaselined:` with what you have learnt.",
            )


def _noted(then: Score, now: Score) -> bool:
    """Whether anything is said of an answer that was not said last time."""
    return bool((now.rebaselined or "").strip()) or bool(set(now.evidence) - set(then.evidence))


def previous_not_found(context: Context) -> Iterator[Finding]:
    """One finding where the file that `previous` names could not be had, and why."""
    if context.absent is not None and context.assessment.previous is not None:
        yield PREVIOUS_NOT_FOUND.found(
            f"`previous` is {context.assessment.previous}, and {context.absent}", ROOT / "previous"
        )


def same_unit_and_day(files: Sequence[Filed]) -> Iterator[tuple[str, Finding]]:
    """One finding for each file whose unit, day and model another file of the run has had before."""
    seen: dict[tuple[Unit, date, str], str] = {}
    for path, assessment in ((each.path, each.assessment) for each in files):
        first = seen.setdefault((unit_of(assessment), assessment.assessed, assessment.model.id), path)
        if first != path:
            yield (
                path,
                TWO_FILES.found(
                    f"this is of {assessment.unit[-1]} on {assessment.assessed.isoformat()}, and so is {first}",
                    ROOT / "assessed",
                    help=f"Keep one of the two, {first} or this; or write here the day or the unit that this is of.",
                ),
            )


_LAST_YEAR = b"""\
kmmaturity: 1
model: starter@1.0
unit:
  - Example team
assessed: 2025-11-20
scores:
  learning.before: {score: 0}
"""


def _evidence(dated: str) -> bytes:
    return assessment_with(
        "scores:\n  learning.before:\n    score: 1\n    evidence:\n"
        f"      - {{note: Two of nine projects looked first, dated: {dated}}}\n"
    )


def _target(by: str) -> bytes:
    return assessment_with(
        "scores:\n  learning.before:\n    score: 1\n    evidence: [Two of nine projects looked first]\n"
        f"    target: {{level: 1, by: {by}}}\n"
    )


def _since_last_year(evidence: str) -> bytes:
    return assessment_with(
        f"previous: last-year.kmm.yaml\nscores:\n  learning.before:\n    score: 2\n    evidence:\n      - {evidence}\n"
    )


FUTURE = Rule(
    code="KMM501",
    name="in-the-future",
    family="cycle",
    severity=Severity.WARNING,
    summary="Evidence is dated after the assessment; or, as information, an assessment or a review after today.",
    why="A day that is still ahead is most often a slip of one figure, and every age and horizon is counted from it.",
    remedy="Write the day on which it was so; if the scores are of a later day, change `assessed:`.",
    leads_to=("KMM501", "KMM503"),
    bad=_evidence("2027-09-30"),
    good=_evidence("2026-09-30"),
    judge=in_the_future,
)
YEAR_OLD = Rule(
    code="KMM502",
    name="assessment-over-a-year-old",
    family="cycle",
    severity=Severity.INFO,
    summary="A unit's newest assessment is of more than a year ago.",
    why="What came of a plan is seen by looking again, every year; an older picture may no longer be of you.",
    remedy="Begin the next one from it: `kmmaturity new NEXT.kmm.yaml --from THIS.kmm.yaml`.",
    bad=assessment_with("").replace(b"2026-11-24", b"2025-10-20"),
    good=assessment_with(""),
    judge=over_a_year_old,
)
HORIZON = Rule(
    code="KMM503",
    name="target-horizon",
    family="cycle",
    severity=Severity.INFO,
    summary="A target is for a day that is not about a year after the assessment.",
    why="A year is long enough to change a habit, and short enough to remember why it was wanted.",
    remedy="Write a day between six and eighteen months after `assessed`, or leave `by:` out.",
    bad=_target("2029-11-24"),
    good=_target("2027-09-30"),
    judge=target_horizon,
)
LARGE_CHANGE = Rule(
    code="KMM504",
    name="large-change-without-note",
    family="cycle",
    severity=Severity.WARNING,
    summary="A score is two levels or more above or below last time's, and nothing new is said of it.",
    why="A large step either way is worth a sentence: often a team has come to see better what the level asks for.",
    remedy="Add evidence of what is new; or write `rebaselined:` with what you have learnt since.",
    bad=_since_last_year("Each project notes where it looked"),
    good=_since_last_year("Each project notes where it looked, since the template asks for it"),
    beside={
        "last-year.kmm.yaml": _LAST_YEAR.replace(
            b"{score: 0}", b"{score: 0, evidence: [Each project notes where it looked]}"
        )
    },
    judge=large_change,
)
PREVIOUS_NOT_FOUND = Rule(
    code="KMM505",
    name="previous-not-found",
    family="cycle",
    severity=Severity.WARNING,
    summary="The file of last time that `previous` names is not there, or cannot be read.",
    why="Without it nothing can be said of what has changed, or of what became of last time's targets.",
    remedy="Correct the name, which is counted from this file's folder; or put the file there.",
    bad=assessment_with("previous: lst-year.kmm.yaml\n"),
    good=assessment_with("previous: last-year.kmm.yaml\n"),
    beside={"last-year.kmm.yaml": _LAST_YEAR},
    judge=previous_not_found,
)
TWO_FILES = Rule(
    code="KMM506",
    name="two-files-one-unit-and-date",
    family="cycle",
    severity=Severity.WARNING,
    summary="Two files are of the same unit on the same day, with the same model.",
    why="One of them is what the team agreed; whoever reads both cannot tell which.",
    remedy="Keep one of the two, or write the day or the unit that the other is of.",
    bad=assessment_with("").replace(b"2026-11-24", b"2025-11-20"),
    good=assessment_with(""),
    beside={"last-year.kmm.yaml": _LAST_YEAR},
    across=same_unit_and_day,
)

RULES = (FUTURE, YEAR_OLD, HORIZON, LARGE_CHANGE, PREVIOUS_NOT_FOUND, TWO_FILES)
