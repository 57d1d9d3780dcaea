"""Family `fit`: whether the answers fit the model that they are read with."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields

from kmmaturity.domain.assessment import Score
from kmmaturity.domain.findings import Finding, Pointer, Related, Severity
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import alike, closest, listed, numeral
from kmmaturity.domain.rules.rule import Context, Rule, assessment_with

__all__ = [
    "MODEL_DIFFERS",
    "MODEL_NOT_FOUND",
    "NOT_ALL_ASSESSED",
    "OFF_THE_SCALE",
    "RULES",
    "STARTER",
    "UNKNOWN_MEASURE",
    "UNKNOWN_OUTCOME",
]

ROOT = Pointer()
_OF_AN_ANSWER = frozenset(each.name for each in fields(Score))
GOOD = assessment_with(
    "scores:\n  learning.before: {score: 1, evidence: [Two of nine projects looked first], target: 1}\n"
)

# Every sub-outcome of the starter model, for the one example in which nothing is left to assess.
STARTER = [
    "leadership.sponsorship",
    "leadership.direction",
    "leadership.example",
    "leadership.supportive-review",
    "culture.safe-to-try",
    "culture.learning-from-setbacks",
    "culture.recognition",
    "culture.time-for-learning",
    "culture.development-talks",
    "learning.before",
    "learning.during",
    "learning.after",
    "learning.applied",
    "learning.showing-worth",
    "assets.critical-knowledge",
    "assets.capture",
    "assets.care",
    "assets.reuse",
    "assets.handover",
    "communities.professional",
    "communities.social",
    "communities.conversation",
    "communities.across-boundaries",
    "capability.awareness",
    "capability.training",
    "capability.facilitators",
    "capability.toolkit",
]


def unknown_outcomes(context: Context) -> Iterator[Finding]:
    """One finding for each name that the model lacks, at its first use; the other uses are told as related."""
    uses: dict[str, list[tuple[Pointer, bool]]] = {}
    for name, pointer, on_key in _names(context):
        uses.setdefault(name, []).append((pointer, on_key))
    for name, places in uses.items():
        (pointer, on_key), *others = places
        message, help, near = _unknown(context.model, name, scoring=pointer[0] == "scores")
        yield UNKNOWN_OUTCOME.found(
            message,
            pointer,
            help=help,
            on_key=on_key,
            related=[Related(f"{name} is named here too", other) for other, _ in others],
            instead=near,
        )


def _names(context: Context) -> Iterator[tuple[str, Pointer, bool]]:
    """Every name in the assessment that should be the model's and is not, with its place and whether it is a key."""
    assessment, model = context.assessment, context.model
    for name in assessment.scores:
        if name not in model.subs:
            yield name, ROOT / "scores" / name, True
    for name in assessment.benefit:
        if not model.knows(name):
            yield name, ROOT / "benefit" / name, True
    for index, priority in enumerate(assessment.priorities):
        if not model.knows(priority.outcome):
            yield priority.outcome, ROOT / "priorities" / index / "outcome", False
    for index, action in enumerate(assessment.plan.actions):
        for position, name in enumerate(action.towards):
            if not model.knows(name):
                yield name, ROOT / "plan" / "actions" / index / "towards" / position, False
    for index, suppression in enumerate(assessment.ignore):
        if suppression.outcome is not None and not model.knows(suppression.outcome):
            yield suppression.outcome, ROOT / "ignore" / index / "outcome", False


def _unknown(model: MaturityModel, name: str, *, scoring: bool) -> tuple[str, str, str | None]:
    """What there is to say of a name that the model lacks, what to do, and what was probably meant."""
    if scoring and name in model.outcomes:
        subs = listed(model.within(name))
        return f"{name} is an outcome, and scores are given to its sub-outcomes", f"Score {subs} instead.", None
    if scoring and name in _OF_AN_ANSWER:
        told = f"`{name}` stands beside the sub-outcomes here, and belongs to one of them"
        return told, "Indent it by two spaces more: it belongs to the outcome above.", None
    if titles := model.titled(name):
        return f"{name} is a title, and an id is wanted here", f"Did you mean {listed(titles)}?", None
    near = closest(name, model.subs if scoring else (*model.subs, *model.outcomes))
    listing = f"`kmmaturity model show {model.reference}` lists its outcomes."
    help = f"Did you mean {near}?{alike(name, near)}" if near else listing
    return f"{model.reference} has no outcome {name}", help, near


def off_the_scale(context: Context) -> Iterator[Finding]:
    """One finding for each score or target that the sub-outcome's scale lacks."""
    model = context.model
    for sub, answer in context.assessment.scores.items():
        if sub not in model.subs:
            continue
        levels = model.levels_of(sub)
        if answer.score is not None and answer.score not in levels:
            yield _off(f"{sub} has the score {numeral(answer.score)}", levels, ROOT / "scores" / sub / "score")
        if answer.target is not None and answer.target.level not in levels:
            yield _off(
                f"{sub} has the target {numeral(answer.target.level)}",
                levels,
                ROOT / "scores" / sub / "target" / "level",
            )


def _off(what: str, levels: tuple[int, ...], pointer: Pointer) -> Finding:
    scale = f"its scale is {listed(map(str, levels), most=12)}"
    return OFF_THE_SCALE.found(f"{what}, and {scale}", pointer, help=f"Write {listed(map(str, levels), most=12)}.")


def not_all_assessed(context: Context) -> Iterator[Finding]:
    """One finding that counts what is not assessed; a near miss of a known id is told by `unknown-outcome` alone."""
    waiting, model = context.waiting, context.model
    meant = {closest(name, model.subs) for name in context.assessment.beyond} if waiting else set()
    waiting = tuple(sub for sub in waiting if sub not in meant)
    if waiting:
        verb = "is" if len(waiting) == 1 else "are"
        yield NOT_ALL_ASSESSED.found(
            f"{len(waiting)} of {len(model.subs)} sub-outcomes {verb} not assessed yet: {listed(waiting, last='and')}",
            ROOT / "scores",
            on_key=True,
        )


def unknown_measures(context: Context) -> Iterator[Finding]:
    """One finding for each piece of evidence that names a measure which its sub-outcome lacks."""
    model = context.model
    for sub, answer in context.assessment.scores.items():
        if sub not in model.subs:
            continue
        known = [measure.id for group in model.subs[sub].measures.values() for measure in group]
        for index, evidence in enumerate(answer.evidence):
            if evidence.measure is not None and evidence.measure not in known:
                near = closest(evidence.measure, known)
                yield UNKNOWN_MEASURE.found(
                    f"{sub} has no measure {evidence.measure}",
                    ROOT / "scores" / sub / "evidence" / index / "measure",
                    help=f"Did you mean {near}?" if near else "",
                )


UNKNOWN_OUTCOME = Rule(
    code="KMM201",
    name="unknown-outcome",
    family="fit",
    severity=Severity.ERROR,
    summary="A name that the model does not have.",
    why="An answer that nothing asks for counts nowhere: the team would miss it in its profile.",
    remedy="Correct the spelling; `kmmaturity model show` lists the names.",
    fix="unsafe",
    bad=assessment_with("scores:\n  learning.befor: {score: 1}\n"),
    good=GOOD,
    stands=True,
    judge=unknown_outcomes,
)
OFF_THE_SCALE = Rule(
    code="KMM202",
    name="off-the-scale",
    family="fit",
    severity=Severity.ERROR,
    summary="A score or target that the scale does not have.",
    why="Levels mean what the model says of them; one that it does not describe means nothing.",
    remedy="Write a level of the scale.",
    bad=assessment_with("scores:\n  learning.before: {score: 4}\n"),
    good=GOOD,
    stands=True,
    judge=off_the_scale,
)
MODEL_NOT_FOUND = Rule(
    code="KMM203",
    name="model-not-found",
    family="fit",
    severity=Severity.ERROR,
    summary="The model that the file names is neither beside it nor installed.",
    why="Without its model an answer has no question.",
    remedy="Put the model's file beside the assessment, or install the package that carries it.",
    bad=assessment_with("").replace(b"starter@1.0", b"departmental@3.2"),
    good=GOOD,
)
MODEL_DIFFERS = Rule(
    code="KMM204",
    name="model-differs",
    family="fit",
    severity=Severity.WARNING,
    summary="The file was written against another version of the model than it is read with.",
    why="Wording may have moved under the answers: worth a look, and harmless where each still has its question.",
    remedy="Look at what changed, then name the new version in `model:`.",
    bad=assessment_with("digest: sha256:0000\n"),
    good=GOOD,
)
NOT_ALL_ASSESSED = Rule(
    code="KMM205",
    name="not-all-assessed",
    family="fit",
    severity=Severity.INFO,
    summary="Some sub-outcomes are not assessed yet.",
    why="A profile of half of the outcomes is a fair start, and reads differently from one of all of them.",
    remedy="Score them, or say why they do not apply with `inapplicable:`.",
    bad=GOOD,
    good=assessment_with(
        "".join(["scores:\n", *(f"  {sub}: {{score: 0, target: 0}}\n" for sub in STARTER), "priorities: [learning]\n"])
    ),
    judge=not_all_assessed,
)
UNKNOWN_MEASURE = Rule(
    code="KMM206",
    name="unknown-measure",
    family="fit",
    severity=Severity.WARNING,
    summary="Evidence names an indicative measure that its sub-outcome does not have.",
    why="Measures are indicative, so nothing is lost; but the next step is worked out from the measures already shown.",
    remedy="Name one of the sub-outcome's measures, or say `alternative:` for evidence of another kind.",
    bad=assessment_with(
        "scores:\n  learning.before:\n    score: 1\n    evidence:\n      - {note: We look first, measure: no-such}\n"
    ),
    good=assessment_with(
        "scores:\n  learning.before:\n    score: 1\n    evidence:\n      - {note: We look, alternative: a habit}\n"
    ),
    stands=True,
    judge=unknown_measures,
)

RULES = (UNKNOWN_OUTCOME, OFF_THE_SCALE, MODEL_NOT_FOUND, MODEL_DIFFERS, NOT_ALL_ASSESSED, UNKNOWN_MEASURE)
