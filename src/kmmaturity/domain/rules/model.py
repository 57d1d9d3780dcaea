"""Family `model`: defects of a model. Published models have shipped all of these for years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kmmaturity.domain.findings import Finding, Pointer, Related, Severity
from kmmaturity.domain.model import MaturityModel, Requirement
from kmmaturity.domain.names import closest, is_word, listed
from kmmaturity.domain.rules.rule import Rule, model_with

__all__ = ["RULES"]

ROOT = Pointer()
Node = tuple[str, int]


def at(sub: str) -> Pointer:
    """Where a sub-outcome stands in a model file."""
    outcome, _, name = sub.partition(".")
    return ROOT / "outcomes" / outcome / "subs" / name


def _edges(model: MaturityModel, *kinds: str) -> Iterator[tuple[str, Requirement, Pointer]]:
    """Every edge that the model states: the sub-outcome that it belongs to, the edge, and its place."""
    for sub, value in model.subs.items():
        for kind in kinds or ("requires", "supports"):
            for index, edge in enumerate(getattr(value, kind)):
                yield sub, edge, at(sub) / kind / index


def _said(sub: str, level: int) -> str:
    return f"{sub} level {level}"


def cycles(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each circle of requirements, with its path; each level rests on the one below it as well."""
    from graphlib import CycleError, TopologicalSorter  # ours to pay only for a model, not for every rule

    needs: dict[Node, dict[Node, Pointer | None]] = {
        (sub, level): ({(sub, below): None} if below is not None else {})
        for sub in model.subs
        for below, level in zip((None, *model.levels_of(sub)), model.levels_of(sub), strict=False)
    }
    for sub, edge, pointer in _edges(model, "requires"):
        here, there = (sub, edge.level), (edge.needs, edge.at)
        if here in needs and there in needs and sub != edge.needs:
            needs[here].setdefault(there, pointer)
    while True:
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            path: list[Node] = error.args[1][::-1]  # graphlib tells it from prerequisite to dependent
            stated = [
                (here, there, place) for here, there in pairwise(path) if (place := needs[here][there]) is not None
            ]
            order = {sub: position for position, sub in enumerate(model.subs)}
            (first, then, spot), *others = sorted(stated, key=lambda step: (order[step[0][0]], step[0][1]))
            del needs[first][then]
            start = path.index(first)
            told = [*path[start:-1], *path[:start], first]
            yield PREREQUISITE_CYCLE.found(
                f"{_said(*first)} needs itself in the end: {' → '.join(_said(*node) for node in told)}",
                spot / "needs",
                related=[Related(f"{_said(*a)} needs {_said(*b)}", place / "needs") for a, b, place in others],
            )
        else:
            return


def dangling(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each edge to something that is not a sub-outcome of the model."""
    for sub, edge, pointer in _edges(model):
        if edge.needs in model.subs:
            continue
        if edge.needs in model.outcomes:
            help = f"Name one of its sub-outcomes: {listed(model.within(edge.needs))}."
            yield DANGLING.found(
                f"{sub} needs {edge.needs}, which is an outcome and has no level", pointer / "needs", help=help
            )
        else:
            near = closest(edge.needs, model.subs)
            yield DANGLING.found(
                f"{sub} needs {edge.needs}, which the model does not have",
                pointer / "needs",
                help=f"Did you mean {near}?" if near else "",
            )


def self_references(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each edge from a sub-outcome to itself."""
    for sub, edge, pointer in _edges(model):
        if edge.needs == sub:
            yield SELF_REFERENCE.found(f"{_said(sub, edge.level)} names {sub} itself", pointer / "needs")


def inversions(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each edge in which a level needs a higher level of something else."""
    for sub, edge, pointer in _edges(model):
        known = edge.needs in model.subs and edge.at in model.levels_of(edge.needs)
        if known and edge.needs != sub and edge.at > edge.level:
            yield LEVEL_INVERSION.found(
                f"{_said(sub, edge.level)} needs the higher {_said(edge.needs, edge.at)}", pointer / "at"
            )


def duplicate_ids(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each measure or level of the scale that is there twice."""
    seen: dict[object, Pointer] = {}
    for index, level in enumerate(model.scale):
        here = ROOT / "scale" / index / "level"
        if level.level in seen:
            yield _twice(f"level {level.level} of the scale", here, seen[level.level])
        seen.setdefault(level.level, here)
    for sub, value in model.subs.items():
        known: dict[str, Pointer] = {}
        for number, measures in value.measures.items():
            for index, measure in enumerate(measures):
                here = at(sub) / "measures" / number / index / "id"
                if measure.id in known:
                    yield _twice(f"{sub} has the measure {measure.id}, which", here, known[measure.id])
                known.setdefault(measure.id, here)


def _twice(what: str, here: Pointer, first: Pointer) -> Finding:
    return DUPLICATE_ID.found(f"{what} is there twice", here, related=[Related("The first one is here", first)])


def undescribed_levels(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each sub-outcome with levels that nothing describes; the lowest needs no words."""
    for sub, value in model.subs.items():
        missing = [n for n in model.levels_of(sub) if n != model.lowest and not (value.levels.get(n) or "").strip()]
        if missing:
            what = f"level {missing[0]}" if len(missing) == 1 else f"levels {listed(map(str, missing), last='and')}"
            yield UNDESCRIBED.found(f"{sub} has no description for {what}", at(sub), on_key=True)


def numeric_ids(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each id that is not a word."""
    ids = [(model.id, ROOT / "id", False)]
    for outcome, value in model.outcomes.items():
        ids.append((outcome, ROOT / "outcomes" / outcome, True))
        ids.extend((sub, ROOT / "outcomes" / outcome / "subs" / sub, True) for sub in value.subs)
    for sub, each in model.subs.items():
        for number, measures in each.measures.items():
            for index, measure in enumerate(measures):
                ids.append((measure.id, at(sub) / "measures" / number / index / "id", False))
    for name, pointer, on_key in ids:
        if not is_word(name):
            yield NUMERIC_ID.found(f"{name!r} is not a word", pointer, on_key=on_key)


def off_the_models_scale(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each level named in the model that its sub-outcome's scale lacks."""
    for sub, value in model.subs.items():
        if value.highest is not None and value.highest not in model.levels:
            scale = listed(map(str, model.levels))
            yield OFF_SCALE.found(
                f"{sub} has the highest level {value.highest}, and the scale is {scale}",
                at(sub) / "highest",
                help=f"Write {scale}.",
            )
            continue
        levels = model.levels_of(sub)
        for key, numbers in (("levels", value.levels), ("measures", value.measures)):
            for number in numbers:
                if number not in levels:
                    yield _off(sub, f"describes level {number}", levels, at(sub) / key / number, on_key=True)
    for sub, edge, pointer in _edges(model):
        if edge.level not in (levels := model.levels_of(sub)):
            yield _off(sub, f"states what level {edge.level} needs", levels, pointer / "level")


def _off(sub: str, what: str, levels: tuple[int, ...], pointer: Pointer, on_key: bool = False) -> Finding:
    scale = listed(map(str, levels))
    return OFF_SCALE.found(f"{sub} {what}, and its scale is {scale}", pointer, help=f"Write {scale}.", on_key=on_key)


def unreachable_levels(model: MaturityModel) -> Iterator[Finding]:
    """One finding for each hard requirement of a level that the other sub-outcome never reaches."""
    for sub, edge, pointer in _edges(model):
        if edge.needs in model.subs and edge.at not in (levels := model.levels_of(edge.needs)):
            yield UNREACHABLE.found(
                f"{_said(sub, edge.level)} can never be reached: {edge.needs} has no level {edge.at}",
                pointer / "at",
                help=f"{edge.needs} can be scored {listed(map(str, levels))}: ask for one of these.",
            )


_TWO = """\
outcomes:
  a:
    title: First
    subs:
      x:
        title: One
        levels: {1: Some do, 2: Most do}
"""
_GOOD = model_with(
    _TWO
    + """\
        measures:
          1:
            - {id: habit, kind: behaviour, text: People ask first}
        requires:
          - {level: 2, needs: a.y, at: 1, because: One rests on the other}
      y:
        title: Two
        levels: {1: Some do, 2: Most do}
"""
)


def _changed(old: str, new: str) -> bytes:
    return _GOOD.replace(old.encode(), new.encode())


PREREQUISITE_CYCLE = Rule(
    code="KMM220",
    name="prerequisite-cycle",
    family="model",
    severity=Severity.ERROR,
    summary="Levels need one another in a circle, so none of them can ever come first.",
    why="Improvement is incremental: a circle tells a team that there is no first step.",
    remedy="Take one of these requirements away, or make it advice under `supports:`.",
    about="model",
    bad=_changed("needs: a.y, at: 1", "needs: a.y, at: 2")
    + b"        requires:\n          - {level: 2, needs: a.x, at: 2, because: And the other on the one}\n",
    good=_GOOD,
    stands=True,
    defects=cycles,
)
DANGLING = Rule(
    code="KMM221",
    name="dangling-reference",
    family="model",
    severity=Severity.ERROR,
    summary="A requirement names something that is not a sub-outcome of this model.",
    why="A step that rests on nothing cannot be planned for.",
    remedy="Name a sub-outcome of this model by its full id, such as learning.before.",
    about="model",
    bad=_changed("needs: a.y", "needs: b.z"),
    good=_GOOD,
    stands=True,
    defects=dangling,
)
SELF_REFERENCE = Rule(
    code="KMM222",
    name="self-reference",
    family="model",
    severity=Severity.ERROR,
    summary="A requirement names its own sub-outcome.",
    why="Each level needs the one below it anyway, and none can need itself or a later one.",
    remedy="Take it away.",
    about="model",
    bad=_changed("needs: a.y", "needs: a.x"),
    good=_GOOD,
    stands=True,
    defects=self_references,
)
LEVEL_INVERSION = Rule(
    code="KMM223",
    name="level-inversion",
    family="model",
    severity=Severity.WARNING,
    summary="A level needs a higher level of something else.",
    why="A team at the start would have to be far along elsewhere first: often the two are the wrong way round.",
    remedy="Check the direction of the requirement and its two levels.",
    about="model",
    bad=_changed("{level: 2, needs: a.y, at: 1,", "{level: 1, needs: a.y, at: 2,"),
    good=_GOOD,
    stands=True,
    defects=inversions,
)
DUPLICATE_ID = Rule(
    code="KMM224",
    name="duplicate-id",
    family="model",
    severity=Severity.ERROR,
    summary="An id, or a level of the scale, is there twice.",
    why="Evidence that names it could mean either.",
    remedy="Give one of them another id.",
    about="model",
    bad=_changed("text: People ask first}", "text: People ask}\n            - {id: habit, text: People ask first}"),
    good=_GOOD,
    stands=True,
    defects=duplicate_ids,
)
UNDESCRIBED = Rule(
    code="KMM225",
    name="level-without-description",
    family="model",
    severity=Severity.INFO,
    summary="A level above the lowest has no description.",
    why="Two people can only agree on a score if they read the same words.",
    remedy="Say in a sentence what can be seen at that level.",
    about="model",
    bad=_changed("{1: Some do, 2: Most do}", "{1: Some do}"),
    good=_GOOD,
    defects=undescribed_levels,
)
NUMERIC_ID = Rule(
    code="KMM226",
    name="numeric-id",
    family="model",
    severity=Severity.ERROR,
    summary="An id is a number, or not a single word.",
    why="`1.10` becomes 1.1 in a spreadsheet, and its answers are then another outcome's.",
    remedy="Use a word: letters, digits and hyphens, at least one letter. Numbers belong in the title.",
    about="model",
    bad=_changed("      y:\n", "      '1':\n").replace(b"a.y", b"a.1"),
    good=_GOOD,
    stands=True,
    defects=numeric_ids,
)
UNREACHABLE = Rule(
    code="KMM227",
    name="unreachable-level",
    family="model",
    severity=Severity.ERROR,
    summary="A level needs something that can never be reached.",
    why="A team would be pointed at a step that nobody can take.",
    remedy="Ask for a level that the other sub-outcome has.",
    about="model",
    bad=_changed("needs: a.y, at: 1", "needs: a.y, at: 3"),
    good=_GOOD,
    stands=True,
    defects=unreachable_levels,
)
OFF_SCALE = Rule(
    code="KMM228",
    name="level-off-the-scale",
    family="model",
    severity=Severity.ERROR,
    summary="A sub-outcome speaks of a level that its scale does not have.",
    why="Nobody can be scored at it, so what is said of it is never seen.",
    remedy="Use a level of the scale, or add the level to the scale.",
    about="model",
    bad=_changed("{1: Some do, 2: Most do}", "{1: Some do, 2: Most do, 7: All do}"),
    good=_GOOD,
    stands=True,
    defects=off_the_models_scale,
)

RULES = (
    PREREQUISITE_CYCLE,
    DANGLING,
    SELF_REFERENCE,
    LEVEL_INVERSION,
    DUPLICATE_ID,
    UNDESCRIBED,
    NUMERIC_ID,
    UNREACHABLE,
    OFF_SCALE,
)
