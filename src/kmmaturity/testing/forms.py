"""The contract of forms: subclass `FormContract` with one fixture, and every promise of a form is tested.

class TestOurForm(FormContract):
    @pytest.fixture
    def form(self):
        return OUR_FORM

The message of each tells what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kmmaturity.api import example
from kmmaturity.domain.assessment import Assessment
from kmmaturity.hooks import Form, KmMaturityError
from kmmaturity.testing.given import Given, choices, defaults
from kmmaturity.testing.kinds import KINDS
from kmmaturity.testing.watching import asking

__all__ = ["FormContract"]


class FormContract(Given):
    """What every form promises. Override the fixture `form`."""

    @pytest.fixture
    def form(self) -> Form:
        """The form to be tested."""
        raise NotImplementedError("override the fixture `form`: return your Form")

    def rendered(
        self,
        form: Form,
        started: Assessment,
        previous: Assessment | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> bytes:
        """What the form makes of `started` beside `previous`, which has to be bytes."""
        made: object = form.render(started, previous, **(defaults(form.options) if options is None else options))
        assert type(made) is bytes, (
            f"render() gave {type(made).__name__}, and has to give bytes: end it with "
            '.encode(errors="backslashreplace")'
        )
        return made

    def test_can_be_chosen(self, form: Form) -> None:
        """Its name, file endings, summary and options can be typed, found and read, and are nobody else's."""
        self.is_named(form.name)
        self.is_told(form.summary)
        self.has_options(form.options)
        self.is_taken("kmmaturity_forms", form)

    @pytest.mark.parametrize("kind", KINDS)
    def test_begins_with_every_kind(self, form: Form, kind: str) -> None:
        """It begins with any assessment, beside last time's or without, under every option; or says why it cannot."""
        started = KINDS[kind]()
        for options in choices(form.options):
            for previous in (None, started):
                try:
                    self.rendered(form, started, previous, options)
                except KmMaturityError:
                    continue  # a form may refuse in words what the finished file could not hold
                except Exception as error:
                    raise AssertionError(
                        f"{kind} could not be made a form, with {dict(options)}: {type(error).__name__}: {error}"
                    ) from error

    def test_depends_on_what_it_is_given_alone(self, form: Form) -> None:
        """The same beginning gives the same bytes, now and tomorrow: neither the clock nor chance is asked."""
        with asking() as asked:
            first = self.rendered(form, example(), example(year=1))
        assert not asked, f"render() asks {', '.join(sorted(asked))}: take dates from `started`, as started.assessed"
        assert self.rendered(form, example(), example(year=1)) == first, "render() gave other bytes the second time"
