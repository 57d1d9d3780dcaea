"""What every value can do: be equal, hashed, pickled, copied, changed into another, and shown."""

from __future__ import annotations

import copy
import pickle
import sys
from typing import Any

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.agenda import agenda
from kmmaturity.domain.difference import difference

TEAM, LAST = km.example(), km.example(year=1)
VALUES: dict[str, Any] = {
    "assessment": TEAM,
    "model": TEAM.model,
    "score": TEAM.scores["learning.before"],
    "plan": TEAM.plan,
    "profile": km.profile(TEAM, overall="gated"),
    "comparison": km.compare(LAST, TEAM),
    "suggestions": km.suggest(TEAM),
    "step": km.suggest(TEAM).steps[0],
    "case": km.case_for(TEAM, "learning.before", 2, earlier=[LAST]),
    "draft": km.draft_plan(TEAM, ["learning.before"], today=TEAM.assessed),
    "roadmap": km.roadmap(TEAM),
    "agenda": agenda(TEAM, today=TEAM.assessed),
    "report": km.report(TEAM, previous=LAST),
    "difference": difference(TEAM.model, evolve(TEAM.model, outcomes=TEAM.model.outcomes.without("capability")))[0],
    "findings": km.check(TEAM, today=TEAM.assessed).found,
}
SHOWN = ("assessment", "profile", "comparison", "suggestions", "case", "roadmap")
every = pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)


@every
@pytest.mark.parametrize("again", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])  # noqa: S301
def test_again(value: Any, again: Any) -> None:
    """A value that was pickled or copied is equal to the first, and hashes alike: it can be a key, or sent elsewhere."""
    other = again(value)
    assert other == value
    assert hash(other) == hash(value)
    assert len({value, other}) == 1


@every
def test_nothing_of_it_can_be_set(value: Any) -> None:
    """No field of a value can be changed in place."""
    name = "found" if isinstance(value, tuple) else next(each.name for each in type(value).__attrs_attrs__)
    with pytest.raises(AttributeError):
        setattr(value, name, None)


@pytest.mark.parametrize("name", SHOWN)
def test_shown(name: str) -> None:
    """What people look at prints as plain text, and shows as a table with a caption and scopes in a notebook."""
    value = VALUES[name]
    assert str(value) != repr(value)
    assert "<" not in str(value)
    html = value._repr_html_()
    assert html.startswith("<table><caption>")
    assert '<th scope="col">' in html
    assert '<th scope="row">' in html


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is new in Python 3.13")
def test_replaced() -> None:
    """`copy.replace` makes a changed value, as `attrs.evolve` does."""
    replace = copy.replace  # type: ignore[attr-defined]  # of Python 3.13
    assert replace(TEAM, unit=["Another team"]) == evolve(TEAM, unit=["Another team"])
