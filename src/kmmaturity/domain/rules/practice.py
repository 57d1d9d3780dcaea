"""Family `practice`: whether the evidence bears the scores out. Low is not wrong: no rule fires because of a low score.

These rules advise, and only inform until everything that applies is scored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kmmaturity.domain.assessment import Evidence
from kmmaturity.domain.findings import Finding, Pointer, Related, Severity
from kmmaturity.domain.months import months_after
from kmmaturity.domain.names import listed, quoted
from kmmaturity.domain.rules.rule import Context, Rule, assessment_with

__all__ = ["RULES"]

SCORES = Pointer(("scores",))
WORD = re.compile(r"\w+(?:['\N{RIGHT SINGLE QUOTATION MARK}-]\w+)*")
LETTERS = re.compile(r"\w+")
# What people write where a reason is wanted and they have none yet.
NO_REASONS = frozenset(
    {"", "n a", "na", "no", "none", "nil", "not applicable", "inapplicable", "tba", "tbc", "tbd", "true", "x", "yes"}
)


def _evidence(context: Context) -> Iterator[tuple[str, Pointer, Evidence]]:
    """Each piece of evidence, with its place, in the model's order: that of a file's keys changes no finding."""
    for sub in context.model.subs:
        for index, evidence in enumerate(context.assessment.answer(sub).evidence):
            yield sub, Pointer(("scores", sub, "evidence", index)), evidence  # several steps at once are quicker


def without_evidence(context: Context) -> Iterator[Finding]:
    """One finding for each score above the lowest level that nothing is noted for."""
    for sub, answer in context.assessment.scores.items():
        if sub not in context.model.subs or answer.score is None or answer.evidence:
            continue
        if answer.score in context.model.levels_of(sub)[1:]:
            yield WITHOUT_EVIDENCE.found(
                f"{sub} is scored {answer.score} and has no evidence",
                SCORES / sub,
                help=f"Below `{sub}:` write `evidence:`, and on the next lines what shows the score, each after a "
                "dash: what is seen, heard or done.",
                on_key=True,
            )


def repeated_evidence(context: Context) -> Iterator[Finding]:
    """One finding for each note that is the evidence of many sub-outcomes; a short one is told as that instead."""
    uses: dict[str, dict[str, tuple[Pointer, str]]] = {}
    for sub, pointer, evidence in _evidence(context):
        if not _short(evidence, context):
            uses.setdefault(" ".join(evidence.note.casefold().split()), {}).setdefault(
                sub, (pointer / "note", evidence.note)
            )
    for places in uses.values():
        if len(places) >= context.figures.repeats > 1:
            (first, note), *others = places.values()
            yield REPEATED.found(
                f"{len(places)} sub-outcomes have the same evidence, {quoted(note)}: {listed(places, last='and')}",
                first,
                related=[Related("The same note", other) for other, _ in others],
            )


def short_evidence(context: Context) -> Iterator[Finding]:
    """One finding for each piece of evidence of a word or two that refers to nothing."""
    for sub, pointer, evidence in _evidence(context):
        if _short(evidence, context):
            yield SHORT.found(
                f"the evidence {quoted(evidence.note)} of {sub} is too short for others to follow", pointer / "note"
            )


def _short(evidence: Evidence, context: Context) -> bool:
    """Whether a note has few words, and neither a reference nor one of the model's measures to fill it out."""
    if evidence.ref or evidence.measure or evidence.alternative:
        return False
    return len(WORD.findall(evidence.note)) < context.figures.words


def worth_a_look_together(context: Context) -> Iterator[Finding]:
    """One finding for each pair of scores, of which the higher rests on more than the other says is in place."""
    assessment, model = context.assessment, context.model
    for sub, value in model.subs.items():
        score = assessment.level(sub)
        seen = set()
        for edge in sorted(value.requires, key=lambda each: each.level):
            if score is None or edge.level > score or edge.needs not in model.subs or edge.needs in seen:
                continue
            other = assessment.level(edge.needs)
            if other is None or other not in model.levels_of(edge.needs) or score not in model.levels_of(sub):
                continue  # not to be compared, or told by `off-the-scale`
            if other < edge.at:
                seen.add(edge.needs)
                because = f" ({' '.join(edge.because.split()).rstrip('.')})" if edge.because else ""
                yield TOGETHER.found(
                    f"{sub} is scored {score}, and its level {edge.level} rests on level {edge.at} of {edge.needs}, "
                    f"which is scored {other}{because}",
                    SCORES / sub / "score",
                    related=[Related(f"{edge.needs} is scored {other}", SCORES / edge.needs / "score")],
                )


def old_evidence(context: Context) -> Iterator[Finding]:
    """One finding for each answer whose newest dated evidence is older than the limit, where there is a limit."""
    limit, assessed = context.figures.age, context.assessment.assessed
    if limit is None:
        return
    newest: dict[str, tuple[date, Pointer]] = {}
    for sub, pointer, evidence in _evidence(context):
        if evidence.dated is not None and (sub not in newest or evidence.dated > newest[sub][0]):
            newest[sub] = (evidence.dated, pointer)
    for sub, (day, pointer) in newest.items():
        if months_after(day, limit) < assessed:
            yield OLD.found(
                f"the newest evidence of {sub} is of {day.isoformat()}, more than {limit} months before "
                f"{assessed.isoformat()}",
                pointer / "dated",
                help="Add what shows it now, with `dated:`; or look at this again, and write the day that you did.",
            )


def without_reason(context: Context) -> Iterator[Finding]:
    """One finding for each sub-outcome that is not applicable without a reason that says anything."""
    for sub, answer in context.assessment.scores.items():
        if sub in context.model.subs and answer.inapplicable is not None:
            words = " ".join(LETTERS.findall(answer.inapplicable.casefold()))
            if words in NO_REASONS:
                said = f"{quoted(answer.inapplicable)} does not say why" if words else "nothing says why"
                yield WITHOUT_REASON.found(f"{sub} is not applicable, and {said}", SCORES / sub / "inapplicable")


def _scored(*lines: str) -> bytes:
    return assessment_with("\n".join(["scores:", *lines, ""]))


def _dated(day: str) -> bytes:
    note = f"      - {{note: Two of nine projects looked first, dated: {day}}}"
    return _scored("  learning.before:", "    score: 1", "    evidence:", note)


_NOTED = _scored("  learning.before:", "    score: 1", "    evidence:", "      - Two of nine projects looked first")
_SAME = "Agreed in the workshop in June"
_SUBS = ("learning.before", "learning.during", "learning.after", "assets.care", "assets.reuse")

WITHOUT_EVIDENCE = Rule(
    code="KMM301",
    name="score-without-evidence",
    family="practice",
    severity=Severity.WARNING,
    summary="A score above the lowest level has no evidence.",
    why="Next year nobody remembers why a score was given; evidence is also what makes the case for a harder step.",
    remedy="Note what shows the score: what is seen, heard or done. It need not be one of the model's measures.",
    eased=True,
    bad=_scored("  learning.before:", "    score: 1"),
    good=_NOTED,
    judge=without_evidence,
)
REPEATED = Rule(
    code="KMM302",
    name="same-evidence-repeated",
    family="practice",
    severity=Severity.INFO,
    summary="Five or more sub-outcomes have the same note for evidence.",
    why="One note for everything shows little of each, and next year it cannot be told which of them has changed.",
    remedy="Keep the note where it fits best, and say for each of the others what shows it there.",
    eased=True,
    bad=_scored(*(f"  {sub}: {{score: 1, evidence: [{_SAME}]}}" for sub in _SUBS)),
    good=_scored(*(f"  {sub}: {{score: 1, evidence: [{_SAME}]}}" for sub in _SUBS[:4])),
    stands=True,
    judge=repeated_evidence,
)
SHORT = Rule(
    code="KMM303",
    name="evidence-too-short",
    family="practice",
    severity=Severity.INFO,
    summary="A piece of evidence is only a word or two, and refers to nothing.",
    why="Somebody who was not there should be able to see what is meant.",
    remedy="Say who does what, or how often; or add `ref:` with where it is seen, or `measure:` with what it shows.",
    eased=True,
    bad=_scored("  learning.before: {score: 1, evidence: [Checklist]}"),
    good=_NOTED,
    stands=True,
    judge=short_evidence,
)
TOGETHER = Rule(
    code="KMM304",
    name="worth-a-look-together",
    family="practice",
    severity=Severity.INFO,
    summary="A score is above what the model says it rests on, by that one's own score.",
    why="Both may be right, since a model is a guide; where two answers pull apart, talking about both helps most.",
    remedy="Look at the two together; write another `score:` for either where you see it otherwise, else leave them.",
    eased=True,
    leads_to=("KMM301", "KMM304"),
    bad=_scored(
        "  learning.before: {score: 2, evidence: [Each project notes where it looked]}", "  assets.reuse: {score: 0}"
    ),
    good=_scored(
        "  learning.before: {score: 2, evidence: [Each project notes where it looked]}",
        "  assets.reuse: {score: 1, evidence: [One index of all reports]}",
    ),
    stands=True,
    judge=worth_a_look_together,
)
OLD = Rule(
    code="KMM305",
    name="evidence-may-be-old",
    family="practice",
    severity=Severity.WARNING,
    summary="All dated evidence of an answer is older than the limit; off unless the model or the settings state one.",
    why="Practice drifts: a checklist of four years ago shows that there was one, and not that it is used.",
    remedy="Add what shows it now, or look at it again and write the day that you did.",
    eased=True,
    needs={"age": 36},
    bad=_dated("2021-03-01"),
    good=_dated("2026-10-01"),
    stands=True,
    judge=old_evidence,
)
WITHOUT_REASON = Rule(
    code="KMM306",
    name="not-applicable-without-reason",
    family="practice",
    severity=Severity.WARNING,
    summary="A sub-outcome is not applicable, and nothing says why.",
    why="What does not apply counts nowhere; a reader should see that it was weighed, and not passed over.",
    remedy="Write the reason, such as `inapplicable: Run by the staff association`; or give a score.",
    eased=True,
    bad=_scored("  communities.social: {inapplicable: n/a}"),
    good=_scored("  communities.social: {inapplicable: Run by the staff association}"),
    stands=True,
    judge=without_reason,
)

RULES = (WITHOUT_EVIDENCE, REPEATED, SHORT, TOGETHER, OLD, WITHOUT_REASON)
