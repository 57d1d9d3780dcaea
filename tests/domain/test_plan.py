"""The action plan."""

from __future__ import annotations

from datetime import date

import pytest

from kmmaturity.domain.plan import Action, ActionPlan, Review, Status


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        (Status.IDEA, False),
        (Status.PLANNED, True),
        (Status.UNDER_WAY, True),
        (Status.DONE, False),
        (Status.SET_ASIDE, False),
    ],
)
def test_open(status: Status, is_open: bool) -> None:
    """An action is open while it is planned or under way; an idea is not open yet, and one set aside no longer."""
    assert Action("Ask first", status=status).open is is_open


def test_action_is_an_idea_at_first() -> None:
    """An action with nothing but its words is an idea."""
    assert Action("Ask first").status is Status.IDEA


def test_lists_become_tuples() -> None:
    """A plan made of lists holds tuples, and can be hashed."""
    plan = ActionPlan(reviews=[Review(date(2027, 1, 1))], actions=[Action("Ask", towards=["a.b"])])
    assert isinstance(plan.reviews, tuple)
    assert isinstance(plan.actions[0].towards, tuple)
    assert len({plan, ActionPlan(plan.reviews, plan.actions)}) == 1


def test_one_text_is_no_list() -> None:
    """`towards` as one text is refused rather than taken apart."""
    with pytest.raises(TypeError, match="not one text"):
        Action("Ask", towards="learning.before")
