"""What stands in a table's cell and is more than text: a level on its tint, a title with a tag, words kept together."""

from __future__ import annotations

from attrs import frozen
from markupsafe import Markup

from kmmaturity_report.pages import shown
from kmmaturity_report.pictures.palette import tint

__all__ = ["Heat", "Tagged", "Together"]


@frozen
class Heat:
    """A figure on a tint of its own: the `place` of `places`, the lowest being 0."""

    figure: int
    place: int
    places: int

    def __str__(self) -> str:
        return str(self.figure)

    def __html__(self) -> str:
        return Markup('<b class="heat-{}">{}</b>').format(tint(self.place, self.places), self.figure)


@frozen
class Tagged:
    """A text, and a word that sets it apart."""

    text: str
    tag: str

    def __str__(self) -> str:
        return f"{self.text} ({self.tag})"

    def __html__(self) -> str:
        return Markup('<bdi>{}</bdi> <strong class="tag">{}</strong>').format(shown(self.text), self.tag)


@frozen
class Together:
    """A few words that stay on one line, such as a date."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return Markup('<span class="together">{}</span>').format(shown(self.text))
