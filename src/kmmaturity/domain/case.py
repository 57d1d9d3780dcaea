"""The case for a harder step: what smaller ones have brought, over the years (method, step 10).

Some steps look out of reach at first. Small wins build the evidence that makes the case for them, so a case gathers the
evidence, and above all its effects, from the sub-outcome itself and from whatever its level rests on or is helped by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment, Evidence
from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.names import listed
from kmmaturity.domain.priorities.graph import node_of
from kmmaturity.domain.tables import Table
from kmmaturity.errors import KmMaturityError

__all__ = ["Case", "Link", "Noted", "Support", "case_for"]


class Link(StrEnum):
    """How a sub-outcome speaks for a level: the level is its own, rests on it, or is helped by it."""

    OWN = "own"
    REQUIRES = "requires"
    SUPPORTS = "supports"


@frozen(weakref_slot=False)
class Noted:
    """What one year's assessment says of a sub-outcome. A note that an earlier year has already is left out here."""

    assessed: date
    score: int | None
    evidence: tuple[Evidence, ...] = field(default=(), converter=tupled, repr=False)


@frozen(weakref_slot=False)
class Support:
    """A sub-outcome that speaks for the level: `at` the level asked of it, or None for the sub-outcome itself."""

    sub: str
    title: str
    link: Link
    at: int | None = None
    because: str | None = None
    years: tuple[Noted, ...] = field(default=(), converter=tupled)

    @property
    def effects(self) -> tuple[tuple[date, str], ...]:
        """What came of it, each with the day that its evidence is dated, or else of the assessment."""
        return tuple(
            (each.dated or year.assessed, each.effect) for year in self.years for each in year.evidence if each.effect
        )


@frozen(weakref_slot=False)
class Case:
    """What there is to show for `level` of `sub`, oldest first, and what is `missing` to make the case, in words."""

    sub: str
    title: str
    level: int
    level_title: str
    score: int | None
    means: str | None = None
    support: tuple[Support, ...] = field(default=(), converter=tupled)
    missing: tuple[str, ...] = field(default=(), converter=tupled)
    handling: str | None = None

    @property
    def effects(self) -> tuple[tuple[date, str], ...]:
        """Every effect in evidence, the oldest first."""
        return tuple(sorted(each for support in self.support for each in support.effects))

    @property
    def table(self) -> Table:
        """What came of each sub-outcome that speaks for the level, oldest first."""
        rows = [[each.title, day.isoformat(), effect] for each in self.support for day, effect in each.effects]
        marked = [self.handling.upper()] if self.handling else []
        return Table(self._heading, ["Sub-outcome", "Day", "What came of it"], rows, [*marked, *self.missing])

    @property
    def _heading(self) -> str:
        return f"The case for level {self.level}, {self.level_title}, of {self.title} ({self.sub})"

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def __str__(self) -> str:
        marked = [self.handling.upper()] if self.handling else []
        lines = [*marked, self._heading]
        for each in self.support:
            lines += [f"{each.title} ({each.sub})", *(f"  {day.isoformat()}: {effect}" for day, effect in each.effects)]
        return "\n".join(
            [*lines, *(["Still missing"] if self.missing else []), *(f"  {each}" for each in self.missing)]
        )


def case_for(assessment: Assessment, sub: str, level: int, *, earlier: Iterable[Assessment] = ()) -> Case:
    """The case for `level` of `sub`, from this assessment and `earlier` ones in any order.

    Raises UnknownName and KmMaturityError for what the model lacks, and where the level is held already or does not
    apply.
    """
    model = assessment.model
    node_of(model, sub, level)
    answer = assessment.answer(sub)
    if answer.inapplicable is not None:
        raise KmMaturityError(f"{sub} does not apply here, so there is no case to make: {answer.inapplicable}")
    if answer.score is not None and answer.score >= level:
        raise KmMaturityError(f"{sub} is at level {answer.score} already: ask for the case for a higher one")
    years = sorted([*_assessments(earlier), assessment], key=lambda each: each.assessed)
    support = tuple(_support(assessment, sub, level, years))
    return Case(
        sub=sub,
        title=model.subs[sub].title,
        level=level,
        level_title=model.level_title(level),
        score=answer.score,
        means=model.subs[sub].levels.get(level),
        support=support,
        missing=_missing(assessment, support, len(years)),
        handling=assessment.handling,
    )


def _assessments(earlier: Iterable[Assessment]) -> Iterator[Assessment]:
    if isinstance(earlier, Assessment):
        raise KmMaturityError("`earlier` is one Assessment: pass a list of them, such as [last_year]")
    for each in earlier:
        if not isinstance(each, Assessment):
            raise KmMaturityError(f"`earlier` holds {each!r}: pass assessments, as load() gives them")
        yield each


def _support(assessment: Assessment, sub: str, level: int, years: list[Assessment]) -> Iterator[Support]:
    model = assessment.model
    value, score = model.subs[sub], assessment.level(sub)
    yield Support(sub, value.title, Link.OWN, years=_years(sub, years))
    told = {sub}
    for link, edges in ((Link.REQUIRES, value.requires), (Link.SUPPORTS, value.supports)):
        # The hardest demand first: a lower level of the same sub-outcome would add the same evidence again.
        for edge in sorted(edges, key=lambda each: -each.at):
            ahead = edge.level <= level and (score is None or edge.level > score)
            if ahead and edge.needs in model.subs and edge.needs not in told:
                told.add(edge.needs)
                title, found = model.subs[edge.needs].title, _years(edge.needs, years)
                yield Support(edge.needs, title, link, edge.at, edge.because, found)


def _years(sub: str, years: list[Assessment]) -> Iterator[Noted]:
    seen: set[tuple[str, str | None]] = set()
    for each in years:
        if sub in each.model.subs:
            answer = each.answer(sub)
            fresh = [e for e in answer.evidence if (e.note, e.effect) not in seen]
            seen.update((e.note, e.effect) for e in fresh)
            yield Noted(each.assessed, answer.score, fresh)


def _missing(assessment: Assessment, support: tuple[Support, ...], years: int) -> Iterator[str]:
    for each in support:
        now = assessment.answer(each.sub)
        if each.link is Link.REQUIRES and now.inapplicable is None:
            if now.score is None:
                yield f"{each.sub} is not assessed, and level {each.at} of it is needed: score this first."
            elif each.at is not None and now.score < each.at:
                yield f"{each.sub} is at level {now.score}, and level {each.at} is needed first."
    asked = [each for each in support if assessment.answer(each.sub).inapplicable is None]
    unheard = [each.sub for each in asked if not each.effects]
    if len(unheard) == len(asked):
        yield f"No effect is noted yet: write down, under `effect`, what came of {listed(unheard, last='and')}."
    elif unheard:
        yield f"No effect is noted under {listed(unheard, last='and')}: write down what came of it."
    if len(support) == 1:
        yield "The model names nothing that this level rests on or is helped by: only its own evidence speaks for it."
    if years == 1:
        yield "One assessment is looked at: with those of earlier years, what small steps brought would show over time."
