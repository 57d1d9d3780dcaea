"""Assessments with a word of its own in each part that a report can leave out, so that it is found anywhere."""

from __future__ import annotations

from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Evidence, Score
from kmmaturity.domain.frozen import FrozenMap

__all__ = ["mark", "marked"]


def mark(part: str) -> str:
    """The word that stands in `part`, and nowhere else."""
    return f"zz{part}zz"


def marked(assessment: Assessment) -> Assessment:
    """`assessment` with `mark(part)` in every text of each part that a report can leave out."""
    notes, owner, contact = map(mark, ("notes", "owner", "contact"))
    plan = assessment.plan
    return evolve(
        assessment,
        notes=notes,
        contact=contact,
        scores=FrozenMap({sub: _score(score) for sub, score in assessment.scores.items()}),
        plan=evolve(
            plan,
            actions=[evolve(each, owner=owner, contact=contact, note=notes) for each in plan.actions],
            reviews=[evolve(each, note=notes) for each in plan.reviews],
        ),
    )


def _score(score: Score) -> Score:
    shown = [_evidence(each) for each in score.evidence] or [_evidence(Evidence("", effect="", ref=""))]
    return evolve(score, rebaselined=mark("notes"), evidence=shown)


def _evidence(evidence: Evidence) -> Evidence:
    word = mark("evidence")
    return evolve(evidence, note=word, effect=word, ref=word, alternative=word)
