"""The contract of forms finds those that do not keep it, and tells their authors what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment
from kmmaturity.hooks import Form, Option
from kmmaturity.testing import FormContract

CONTRACT = FormContract()


def lines(started: Assessment, previous: Assessment | None) -> bytes:
    """A line for each question, under the day of the assessment and of the one before."""
    days = [str(each.assessed) for each in (started, previous) if each]
    return "\n".join([*days, *(each.title for each in started.model.subs.values())]).encode(errors="backslashreplace")


GOOD = Form("paper", (".paper",), "A line for each question", lines)


class TestGood(FormContract):
    """One that keeps it all."""

    @pytest.fixture
    def form(self) -> Form:
        """The one to be tested."""
        return GOOD


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "On Paper"}, "name is 'On Paper': people type it"),
        ({"suffixes": ("paper",)}, "the suffix 'paper' chooses no file"),
        ({"suffixes": (".yaml",)}, r"\.yaml is an ending of the forms yaml and paper: it chooses yaml, which ships"),
        ({"summary": ""}, "summary is empty"),
        ({"options": [Option("a", " ")], "render": lambda started, previous, a: b""}, "the option a has no summary"),
        ({"render": lambda started: b""}, r"it is called as render\(started, previous\)"),
    ],
)
def test_what_nobody_could_choose(change: dict[str, Any], told: str) -> None:
    """A name, ending, summary, option or function that could not be used is told with what would do."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_can_be_chosen(evolve(GOOD, **change))


@pytest.mark.parametrize(
    ("render", "told"),
    [
        (lambda started, previous: "text", r"render\(\) gave str, and has to give bytes"),
        (lambda started, previous: previous.unit[0].encode(errors="replace"), "a full one could not be made a form"),
    ],
)
def test_what_no_form_can_be_made_of(render: Callable[..., Any], told: str) -> None:
    """A form that gives text, or that counts on last time's assessment, is told of by the kind that it was given."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_begins_with_every_kind(evolve(GOOD, render=render), "a full one")


def test_the_clock() -> None:
    """A form that asks for the day is told where to take it from."""
    broken = evolve(GOOD, render=lambda started, previous: str(date.today()).encode())  # the mistake
    with pytest.raises(AssertionError, match=r"render\(\) asks date.today: take dates from `started`"):
        CONTRACT.test_depends_on_what_it_is_given_alone(broken)


def test_the_fixture_is_asked_for() -> None:
    """A contract without its fixture says which one to override."""
    with pytest.raises(NotImplementedError, match=r"override the fixture `form`"):
        FormContract.form.__wrapped__(CONTRACT)  # type: ignore[attr-defined]  # pytest keeps the function there
