"""The law: judgement never raises, whatever an assessment and a model that could be read have in them."""

from __future__ import annotations

from datetime import date

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment, Benefit, Evidence, Priority, Rate, Score, Target
from kmmaturity.domain.model import Figures, Level, MaturityModel, Outcome, Requirement, SubOutcome
from kmmaturity.domain.plan import Action, ActionPlan, Review, Status
from kmmaturity.domain.rules import CATALOGUE, Context, Filed, across, defects, judge

LAW = settings(max_examples=150, deadline=None)
WHOLE = st.integers(-(10**12), 10**12) | st.integers(-2, 4)
NAMES = st.sampled_from(["a", "a.x", "a.y", "b.x", "a.gone", "gone", "", "a.", "."])
DAYS = st.dates()
TEXTS = st.text(max_size=12) | st.sampled_from(["jo@agency.example", "01632 960001", "Dr X", "SECRET", "n/a"])
EDGES = st.lists(st.builds(Requirement, WHOLE, NAMES, WHOLE), max_size=3)
SUBS = st.dictionaries(
    st.sampled_from("xy"), st.builds(SubOutcome, TEXTS, highest=st.none() | WHOLE, requires=EDGES, supports=EDGES)
)
FIGURES = st.builds(Figures, **{each.name: WHOLE for each in attrs.fields(Figures)})
MODELS = st.builds(
    MaturityModel,
    TEXTS,
    TEXTS,
    TEXTS,
    st.lists(st.builds(Level, WHOLE, TEXTS), min_size=1, max_size=4),
    st.dictionaries(st.sampled_from("ab"), st.builds(Outcome, TEXTS, subs=SUBS)),
    figures=FIGURES,
)
EVIDENCE = st.builds(Evidence, TEXTS, measure=st.none() | TEXTS, ref=st.none() | TEXTS, dated=st.none() | DAYS)
ANSWERS = st.builds(
    Score,
    score=st.none() | WHOLE,
    rebaselined=st.none() | TEXTS,
    evidence=st.lists(EVIDENCE, max_size=3),
    target=st.none() | st.builds(Target, WHOLE, st.none() | DAYS),
) | st.builds(Score, inapplicable=TEXTS)
ACTIONS = st.builds(
    Action,
    TEXTS,
    st.lists(NAMES, max_size=3),
    owner=st.none() | TEXTS,
    due=st.none() | DAYS,
    status=st.sampled_from(Status),
)


def assessed(model: MaturityModel) -> st.SearchStrategy[Assessment]:
    """Any assessment at all against a model: names that it lacks, levels off its scale, days a thousand years away."""
    return st.builds(
        Assessment,
        st.just(model),
        st.lists(TEXTS, min_size=1, max_size=2),
        DAYS,
        previous=st.none() | TEXTS,
        handling=st.none() | TEXTS,
        notes=st.none() | TEXTS,
        scores=st.dictionaries(NAMES, ANSWERS, max_size=4),
        benefit=st.dictionaries(NAMES, st.builds(Benefit, st.sampled_from(Rate), st.none() | TEXTS), max_size=2),
        priorities=st.lists(st.builds(Priority, NAMES), max_size=3),
        plan=st.builds(
            ActionPlan, st.lists(st.builds(Review, DAYS, st.none() | DAYS), max_size=3), st.lists(ACTIONS, max_size=3)
        ),
    )


@LAW
@given(model=MODELS, data=st.data(), today=DAYS, absent=st.none() | TEXTS)
def test_judging(model: MaturityModel, data: st.DataObject, today: date, absent: str | None) -> None:
    """Rules give findings and nothing else, each by a rule of the catalogue; what is odd is told or passed over."""
    value, previous = data.draw(assessed(model)), data.draw(assessed(model))
    context = Context(value, previous, today, marking=True, absent=absent)
    found = [*judge(context), *defects(model), *(each for _, each in across([Filed("a", value), Filed("b", previous)]))]
    assert all(CATALOGUE[each.code].name == each.name for each in found)
