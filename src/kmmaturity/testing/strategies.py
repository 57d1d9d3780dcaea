"""Hypothesis strategies: models and assessments that are right, varied and awkward in every way that real files are.

Values are drawn from the shape of the model itself, never drawn and then thrown away, so that they stay quick and
shrink well.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from kmmaturity.domain.assessment import (
    Assessment,
    Benefit,
    Evidence,
    Priority,
    Rate,
    Score,
    Suppression,
    Target,
)
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import (
    Figures,
    Kind,
    Level,
    MaturityModel,
    Measure,
    Outcome,
    Requirement,
    Scope,
    Standing,
    SubOutcome,
    Term,
)
from kmmaturity.domain.plan import Action, ActionPlan, Review, Status
from kmmaturity.testing.awkward import AWKWARD_IDS, AWKWARD_TEXTS

__all__ = ["assessments", "days", "ids", "linked", "models", "texts", "words"]

_WORDS = ("learning", "before", "we", "look", "back", "caf\u00e9", "shared", "ask", "reviews", "people", "a", "notes")
_LETTERS = "abcdefghijklmnopqrstuvwxyz\u00e9\u00df\u00f1\u03bb\u77e5"


@cache
def texts() -> st.SearchStrategy[str]:
    """Free text: words, and all that a file format ever cut or lost. Its only controls are tabs and line ends."""
    anything = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\u0085"), max_size=20)
    piece = st.one_of(words(), st.sampled_from(AWKWARD_TEXTS), anything)
    joined = st.builds(str.join, st.sampled_from([" ", "", "\n", ": ", " #", ", "]), st.tuples(piece, piece))
    return st.one_of(words(), st.sampled_from(AWKWARD_TEXTS), anything, joined)


@cache
def words() -> st.SearchStrategy[str]:
    """A few plain words, as most notes are."""
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join)


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids as words: letters, digits and hyphens, with at least one letter."""
    tail = st.text(f"{_LETTERS}0123456789-_", max_size=5)
    made = st.builds(str.__add__, st.sampled_from(_LETTERS), tail)
    return st.one_of(st.sampled_from(_WORDS), made, st.sampled_from(AWKWARD_IDS))


@cache
def days() -> st.SearchStrategy[date]:
    """Days of this century, leap days among them."""
    return st.one_of(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.just(date(2028, 2, 29)))


@cache
def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _some(values: Any, *, most: int | None = None) -> st.SearchStrategy[list[Any]]:
    """Some of `values`, each once, in any order; perhaps none."""
    every = list(values)
    return st.lists(st.sampled_from(every), unique=True, max_size=most) if every else st.just([])


@st.composite
def models(draw: st.DrawFn, *, edges: bool = True) -> MaturityModel:
    """A model without defects: any scale, any number of outcomes, requirements that never run in a circle.

    Without `edges` nothing in it requires or supports anything else.
    """
    numbers = sorted(draw(st.lists(st.integers(0, 12), unique=True, min_size=1, max_size=5)))
    names = draw(st.lists(ids(), unique=True, min_size=1, max_size=3))
    subs = {name: draw(st.lists(ids(), unique=True, min_size=1, max_size=3)) for name in names}
    full = [f"{name}.{sub}" for name, inner in subs.items() for sub in inner]
    tops = {sub: draw(_maybe(st.sampled_from(numbers))) for sub in full}
    levels = {sub: [n for n in numbers if top is None or n <= top] for sub, top in tops.items()}
    outcomes = {
        name: Outcome(
            title=draw(texts()),
            description=draw(_maybe(texts())),
            subs=FrozenMap({sub: draw(_subs(f"{name}.{sub}", tops, levels, edges)) for sub in inner}),
        )
        for name, inner in subs.items()
    }
    return MaturityModel(
        id=draw(ids()),
        version=draw(st.one_of(st.sampled_from(["1.0", "1.10", "2", "2026-11"]), words())),
        title=draw(texts()),
        scale=[Level(number, draw(texts()), draw(_maybe(texts()))) for number in numbers],
        outcomes=FrozenMap(outcomes),
        publisher=draw(_maybe(texts())),
        adapted=draw(_maybe(texts())),
        status=draw(st.sampled_from(Standing)),
        licence=draw(_maybe(texts())),
        support=draw(_maybe(texts())),
        description=draw(_maybe(texts())),
        principles=FrozenMap(draw(st.dictionaries(st.integers(1, 9), texts(), max_size=3))),
        glossary=FrozenMap(draw(st.dictionaries(ids(), st.builds(Term, texts(), texts()), max_size=2))),
        figures=draw(
            st.builds(
                Figures,
                priorities=st.integers(1, 4),
                rise=st.integers(1, 3),
                review=st.integers(1, 12),
                change=st.integers(1, 3),
                words=st.integers(0, 5),
                repeats=st.integers(2, 6),
                age=_maybe(st.integers(1, 36)),
            )
        ),
    )


@st.composite
def _subs(
    draw: st.DrawFn, sub: str, tops: dict[str, int | None], levels: dict[str, list[int]], edges: bool
) -> SubOutcome:
    measures = iter(draw(st.lists(ids(), unique=True, max_size=4)))
    grouped: dict[int, tuple[Measure, ...]] = {}
    for name in measures:
        level = draw(st.sampled_from(levels[sub]))
        measure = Measure(name, draw(texts()), draw(_maybe(st.sampled_from(Kind))))
        grouped[level] = (*grouped.get(level, ()), measure)
    return SubOutcome(
        title=draw(texts()),
        description=draw(_maybe(texts())),
        question=draw(_maybe(texts())),
        principles=draw(st.lists(st.integers(1, 9), unique=True, max_size=3)),
        applies=draw(_some(Scope)),
        highest=tops[sub],
        levels=FrozenMap({level: draw(texts()) for level in draw(_some(levels[sub]))}),
        measures=FrozenMap(grouped),
        requires=draw(_edges(sub, levels)) if edges else (),
        supports=draw(_edges(sub, levels)) if edges else (),
    )


@st.composite
def _edges(draw: st.DrawFn, sub: str, levels: dict[str, list[int]]) -> list[Requirement]:
    """Edges to a lower level of anything, or to the same level of an earlier sub-outcome: none run in a circle."""
    order = list(levels)
    possible = [
        (level, needs, at)
        for level in levels[sub]
        for position, needs in enumerate(order)
        for at in levels[needs]
        if needs != sub and (at < level or (at == level and position < order.index(sub)))
    ]
    chosen = draw(_some(possible, most=2))
    return [Requirement(level, needs, at, draw(_maybe(texts()))) for level, needs, at in chosen]


@st.composite
def assessments(draw: st.DrawFn, model: MaturityModel | None = None) -> Assessment:
    """An assessment against `model`, or against one that is drawn: every name and level in it is the model's."""
    chosen = model if model is not None else draw(models())
    names = [*chosen.outcomes, *chosen.subs]
    some_name = st.sampled_from(names)
    return Assessment(
        model=chosen,
        unit=draw(st.lists(texts(), min_size=1, max_size=3)),
        assessed=draw(days()),
        scope=draw(_maybe(st.sampled_from(Scope))),
        previous=draw(_maybe(texts())),
        handling=draw(_maybe(st.sampled_from(["OFFICIAL", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE COMMERCIAL"]))),
        contact=draw(_maybe(texts())),
        notes=draw(_maybe(texts())),
        scores=FrozenMap({sub: draw(_scores(chosen, sub)) for sub in draw(_some(chosen.subs))}),
        benefit=FrozenMap(
            {name: Benefit(draw(st.sampled_from(Rate)), draw(_maybe(texts()))) for name in draw(_some(names, most=3))}
        ),
        priorities=[Priority(name, draw(_maybe(texts()))) for name in draw(_some(names, most=2))],
        plan=draw(_plans(some_name)),
        ignore=draw(
            st.lists(
                st.builds(
                    Suppression,
                    rule=st.sampled_from(["score-without-evidence", "KMM303", "plan"]),
                    because=texts(),
                    outcome=_maybe(some_name),
                ),
                max_size=2,
            )
        ),
    )


@st.composite
def linked(draw: st.DrawFn) -> Assessment:
    """A team whose model has many prerequisites, and that has scored nearly everything: for laws of the graph."""
    names = [f"{outcome}.{sub}" for outcome in "ab" for sub in "xyz"]
    levels = range(draw(st.integers(3, 4)))
    possible = [
        (sub, Requirement(level, needs, at))
        for level in levels[1:]
        for place, sub in enumerate(names)
        for before, needs in enumerate(names)
        for at in levels[1 : level + 1]
        if sub != needs and (at < level or before < place)
    ]
    chosen = draw(st.lists(st.tuples(st.sampled_from(possible), st.integers(0, 3)), min_size=8, max_size=16))
    hard, soft = ([edge for edge, kind in chosen if bool(kind) is needed] for needed in (True, False))

    def sub(name: str) -> SubOutcome:
        requires, supports = ([edge for of, edge in edges if of == name] for edges in (hard, soft))
        return SubOutcome(name, requires=requires, supports=supports)

    score = st.sampled_from([0, 0, 0, *levels]).map(lambda level: {"score": level})  # low: much is still ahead
    answer = st.one_of(score, score, score, score, st.just({}), st.just({"inapplicable": "Run elsewhere"}))
    target = st.one_of(st.none(), st.none(), st.builds(Target, st.integers(0, levels[-1])))
    rated = st.dictionaries(st.sampled_from(["a", "b", *names]), st.builds(Benefit, st.sampled_from(Rate)), max_size=4)
    return Assessment(
        MaturityModel(
            id="linked",
            version="1",
            title="Linked",
            scale=[Level(level, f"Stage {level}") for level in levels],
            outcomes={
                each: Outcome(each, subs={name[2:]: sub(name) for name in names if name.startswith(each)})
                for each in "ab"
            },
        ),
        ["A team"],
        date(2026, 11, 24),
        scores={name: Score(**draw(answer), target=draw(target)) for name in names},
        benefit=draw(rated),
        priorities=[Priority(name) for name in draw(st.one_of(st.just([]), _some(["a", *names], most=2)))],
    )


@st.composite
def _scores(draw: st.DrawFn, model: MaturityModel, sub: str) -> Score:
    levels = st.sampled_from(model.levels_of(sub))
    measures = [measure.id for group in model.subs[sub].measures.values() for measure in group]
    answer: dict[str, Any] = draw(
        st.one_of(
            st.fixed_dictionaries({"score": levels}),
            st.just({}),
            st.fixed_dictionaries({"inapplicable": texts()}),
        )
    )
    details = {"measure": _maybe(st.sampled_from(measures))} if measures else {}
    evidence = st.one_of(
        st.builds(Evidence, texts()),
        st.builds(
            Evidence,
            texts(),
            alternative=_maybe(texts()),
            effect=_maybe(texts()),
            ref=_maybe(texts()),
            dated=_maybe(days()),
            **details,
        ),
    )
    return Score(
        **answer,
        rebaselined=draw(_maybe(texts())),
        evidence=draw(st.lists(evidence, max_size=3)),
        target=draw(_maybe(st.builds(Target, levels, _maybe(days())))),
    )


@st.composite
def _plans(draw: st.DrawFn, some_name: st.SearchStrategy[str]) -> ActionPlan:
    due = sorted(draw(st.lists(days(), unique=True, max_size=3)))
    names = iter(draw(st.lists(ids(), unique=True, max_size=3)))
    return ActionPlan(
        reviews=[Review(day, draw(_maybe(days())), draw(_maybe(texts()))) for day in due],
        actions=[
            Action(
                action=draw(texts()),
                towards=draw(st.lists(some_name, unique=True, max_size=2)),
                id=name if draw(st.booleans()) else None,
                owner=draw(_maybe(texts())),
                contact=draw(_maybe(texts())),
                due=draw(_maybe(days())),
                status=draw(st.sampled_from(Status)),
                note=draw(_maybe(texts())),
            )
            for name in names
        ],
    )
