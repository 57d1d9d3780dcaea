"""The maturity model: its scale, outcomes, sub-outcomes, indicative measures and requirements.

A model is data. Nothing here knows how many outcomes or levels there are. Ids are words
(`learning.before`), never numbers, so that a spreadsheet or a YAML reader cannot turn `1.10` into `1.1`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

from attrs import field, frozen

from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.names import listed, no_such
from kmmaturity.domain.tables import Table
from kmmaturity.errors import UnknownName

__all__ = [
    "Figures",
    "Kind",
    "Level",
    "MaturityModel",
    "Measure",
    "Outcome",
    "Requirement",
    "Scope",
    "Standing",
    "SubOutcome",
    "Term",
]


class Standing(StrEnum):
    """Who stands behind a model's wording; printed on every output."""

    OFFICIAL = "official"
    ADOPTED = "adopted"
    DRAFT = "draft"
    ILLUSTRATIVE = "illustrative"


class Scope(StrEnum):
    """How much of an organisation an assessment speaks for. A directorate scores itself; it is no mean of its teams."""

    TEAM = "team"
    DIRECTORATE = "directorate"
    ORGANISATION = "organisation"


class Kind(StrEnum):
    """What a measure changes: good KM changes behaviours and ways of working as well as processes (method, step 9)."""

    BEHAVIOUR = "behaviour"
    WAY_OF_WORKING = "way-of-working"
    PROCESS = "process"


@frozen(weakref_slot=False)
class Level:
    """One step of the scale: its number and what it is called."""

    level: int
    title: str
    means: str | None = None


@frozen(weakref_slot=False)
class Measure:
    """An activity, tool or process that shows that a level is met. Indicative, never definitive."""

    id: str
    text: str
    kind: Kind | None = None


@frozen(weakref_slot=False)
class Requirement:
    """One edge of the graph: `level` here rests on level `at` of the sub-outcome `needs`, `because` of a reason."""

    level: int
    needs: str
    at: int
    because: str | None = None


def _grouped(measures: Mapping[int, Iterable[Measure]]) -> Any:
    return freeze({level: tupled(group) for level, group in measures.items()})


@frozen(weakref_slot=False)
class SubOutcome:
    """What is scored: a sub-level outcome, with its level wording, measures and requirements.

    `requires` holds hard prerequisites; `supports` holds what helps a level and never blocks it. `highest` is the
    scale's top unless stated. `applies` names the scopes that this fits; empty means all.
    """

    title: str
    description: str | None = None
    question: str | None = None
    principles: tuple[int, ...] = field(default=(), converter=tupled)
    applies: tuple[Scope, ...] = field(default=(), converter=tupled)
    highest: int | None = None
    levels: FrozenMap[int, str] = field(default=FrozenMap(), converter=freeze)
    measures: FrozenMap[int, tuple[Measure, ...]] = field(default=FrozenMap(), converter=_grouped)
    requires: tuple[Requirement, ...] = field(default=(), converter=tupled)
    supports: tuple[Requirement, ...] = field(default=(), converter=tupled)


@frozen(weakref_slot=False)
class Outcome:
    """A high-level outcome: what good KM practice looks like, and the sub-outcomes that make it up."""

    title: str
    description: str | None = None
    subs: FrozenMap[str, SubOutcome] = field(default=FrozenMap(), converter=freeze)


@frozen(weakref_slot=False)
class Term:
    """A glossary entry."""

    term: str
    means: str


@frozen(weakref_slot=False)
class Figures:
    """The method's figures, each with its default; a model may state its own and a department may tighten them.

    `priorities`: the most priorities advised (method, step 4). `rise`: levels gained at a time (step 6). `review`:
    months between plan reviews (step 7). `due`: months after which an assessment is due again (step 8).
    `soonest` and `latest`: months from `assessed` within which a target's date is about a year ahead (step 5).
    `change`: levels of change between two years that deserve a note. `words`: fewest words of an evidence note that
    has no reference. `repeats`: identical notes that are worth a look. `age`: months after which evidence may be old;
    nothing is said of age unless it is stated.
    """

    priorities: int = 2
    rise: int = 1
    review: int = 6
    due: int = 13
    soonest: int = 6
    latest: int = 18
    change: int = 2
    words: int = 3
    repeats: int = 5
    age: int | None = None


@frozen(weakref_slot=False, cache_hash=True)
class MaturityModel:
    """A maturity model, whole: the scale, the outcomes in order, and who publishes it with what standing.

    `subs` is the flat view that scoring uses: full id (`outcome.sub`) to sub-outcome, in the model's order.
    """

    id: str
    version: str
    title: str
    scale: tuple[Level, ...] = field(converter=tupled)
    outcomes: FrozenMap[str, Outcome] = field(converter=freeze)
    publisher: str | None = None
    adapted: str | None = None
    status: Standing = Standing.DRAFT
    licence: str | None = None
    support: str | None = None
    description: str | None = None
    principles: FrozenMap[int, str] = field(default=FrozenMap(), converter=freeze)
    glossary: FrozenMap[str, Term] = field(default=FrozenMap(), converter=freeze)
    figures: Figures = Figures()

    def __attrs_post_init__(self) -> None:
        if not self.scale:
            raise ValueError("a model's scale has at least one level")

    def __repr__(self) -> str:
        return f"<MaturityModel {self.reference}: {len(self.outcomes)} outcomes, {len(self.subs)} sub-outcomes>"

    @property
    def table(self) -> Table:
        """Every sub-outcome by its outcome, with its id and the levels that it can be scored at."""
        rows = [
            [outcome.title, self.subs[sub].title, sub, ", ".join(map(str, self.levels_of(sub)))]
            for name, outcome in self.outcomes.items()
            for sub in self.within(name)
        ]
        notes = [f"{level.level}: {level.title}" for level in sorted(self.scale, key=lambda each: each.level)]
        caption = f"{self.title} {self.version}, {self.status}"
        return Table(caption, ["Outcome", "Sub-outcome", "Id", "Levels"], rows, notes)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    @property
    def reference(self) -> str:
        """How an assessment names this model: `id@version`."""
        return f"{self.id}@{self.version}"

    @cached_property
    def subs(self) -> FrozenMap[str, SubOutcome]:
        """Every sub-outcome by its full id, in the model's order."""
        return FrozenMap(
            {f"{name}.{sub}": value for name, outcome in self.outcomes.items() for sub, value in outcome.subs.items()}
        )

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The scale's level numbers, lowest first."""
        return tuple(sorted({level.level for level in self.scale}))

    @property
    def lowest(self) -> int:
        """The lowest level of the scale: a real score, which says that the practice is not in place yet."""
        return self.levels[0]

    @property
    def top(self) -> int:
        """The highest level of the scale; a sub-outcome may stop short of it, see `highest`."""
        return self.levels[-1]

    @cached_property
    def _tops(self) -> dict[str, int]:
        return {sub: self.top if value.highest is None else value.highest for sub, value in self.subs.items()}

    def highest(self, sub: str) -> int:
        """The highest level that the sub-outcome `sub` can be scored at. Raises UnknownName."""
        try:
            return self._tops[sub]
        except KeyError:
            raise self.no_sub(sub) from None

    def levels_of(self, sub: str) -> tuple[int, ...]:
        """The levels that `sub` can be scored at, lowest first."""
        try:
            return self.scales[sub]
        except KeyError:
            raise self.no_sub(sub) from None

    @cached_property
    def scales(self) -> dict[str, tuple[int, ...]]:
        """The levels that each sub-outcome can be scored at, lowest first, by its full id."""
        return {sub: tuple(level for level in self.levels if level <= top) for sub, top in self._tops.items()}

    def next_level(self, sub: str, level: int) -> int | None:
        """The level after `level` on this sub-outcome's scale, or None at its top."""
        return next((n for n in self.levels_of(sub) if n > level), None)

    def level_title(self, level: int) -> str:
        """What the scale calls `level`, or its number where the scale does not know it."""
        return self._titles.get(level, str(level))

    @cached_property
    def _titles(self) -> dict[int, str]:
        return {level.level: level.title for level in self.scale}

    def within(self, name: str) -> tuple[str, ...]:
        """The sub-outcomes of an outcome, or the one that `name` is itself. Raises UnknownName."""
        found = self._within.get(name)
        if found is None:
            raise self._titled_so(name) or no_such("outcome", name, (*self.outcomes, *self.subs), where=self.reference)
        return found

    @cached_property
    def _within(self) -> dict[str, tuple[str, ...]]:
        within = {name: tuple(f"{name}.{sub}" for sub in value.subs) for name, value in self.outcomes.items()}
        return within | {sub: (sub,) for sub in self.subs}

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of all outcomes, and the full ids of all sub-outcomes."""
        return frozenset((*self.outcomes, *self.subs))

    def knows(self, name: str) -> bool:
        """Whether `name` is an outcome or a sub-outcome of this model."""
        return name in self.names

    def title_of(self, name: str) -> str:
        """The title of an outcome or sub-outcome; the id itself where the model lacks it."""
        found: Mapping[str, Outcome | SubOutcome] = self.outcomes if name in self.outcomes else self.subs
        return found[name].title if name in found else name

    def titled(self, title: str) -> tuple[str, ...]:
        """The ids of the outcomes and sub-outcomes that are called `title`, whatever its capitals."""
        wanted = title.casefold()
        return tuple(each for each in (*self.outcomes, *self.subs) if self.title_of(each).casefold() == wanted)

    def no_sub(self, name: str) -> UnknownName:
        """The error for a `name` that is no sub-outcome, with what was probably meant."""
        if name in self.outcomes:
            inside = listed(self.within(name)) or "none"
            return UnknownName(f"{name} is an outcome, and what is scored are its sub-outcomes: {inside}")
        return self._titled_so(name) or no_such("sub-outcome", name, self.subs, where=self.reference)

    def _titled_so(self, name: str) -> UnknownName | None:
        if titles := self.titled(str(name)):
            return UnknownName(f"{name!r} is a title, and an id is wanted here: did you mean {listed(titles)}?")
        return None

    def outcome_of(self, sub: str) -> str:
        """The id of the outcome that the sub-outcome `sub` belongs to."""
        return sub.partition(".")[0]
