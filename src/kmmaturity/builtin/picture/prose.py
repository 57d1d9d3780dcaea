"""Pages of headings, sentences and lists: what commands say that draw nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from kmmaturity.builtin.picture.layout import columns, tidy, wrap
from kmmaturity.builtin.picture.theme import UNICODE, Theme
from kmmaturity.domain.assessment import Assessment

__all__ = ["MONTHS", "READABLE", "Prose", "said"]

READABLE = 100  # longer lines tire the eye, however wide the window is
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def said(day: date) -> str:
    """A date as a person says it: 24 Nov 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@frozen
class Prose:
    """How text is laid out: at most `width` columns, never wider than reads well, headings painted by the theme."""

    width: int = READABLE
    theme: Theme = UNICODE

    def heading(self, text: str) -> str:
        """A heading."""
        return self.theme.paint(text, "heading")

    def sentences(self, text: str) -> list[str]:
        """Running text."""
        return wrap(text, min(self.width, READABLE))

    def items(self, items: Iterable[str], mark: str = "-") -> Iterator[str]:
        """A list, each item after `mark`, its later lines below its first."""
        yield from self.beside(((mark, item) for item in items), gap=1)

    def beside(self, pairs: Iterable[tuple[str, str]], *, indent: int = 2, gap: int = 2) -> Iterator[str]:
        """Labels with their texts beside them, all texts beginning at one column."""
        every = [(label, text) for label, text in pairs]
        room = max((columns(label) for label, _ in every), default=0)
        start = indent + room + gap
        for label, text in every:
            first, *more = wrap(text, max(min(self.width, READABLE) - start, 20))
            yield f"{' ' * indent}{label}{' ' * (room - columns(label) + gap)}{first}"
            yield from (" " * start + line for line in more)

    def page(self, assessment: Assessment, sections: Iterable[Iterable[str]]) -> str:
        """Whole sections one below the other, under the unit's name and between its handling marks."""
        marked = [self.heading(tidy(assessment.handling.upper()))] if assessment.handling else []
        model = assessment.model
        head = [
            self.heading(tidy(assessment.unit[-1])),
            f"{said(assessment.assessed)}, {model.reference}, {model.status}",
        ]
        parts = [marked, head, *map(list, sections), marked]
        return "\n\n".join("\n".join(part) for part in parts if part) + "\n"
