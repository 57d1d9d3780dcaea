"""What a report tells beyond the answers: the years before, last time's targets, what is within reach and what is next.

It holds no evidence, notes, owners or contacts, which are left out of a report on demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve, field, frozen

from kmmaturity.domain.assessment import Assessment, State
from kmmaturity.domain.comparison import Change, compare
from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.priorities.reach import Reach, reach
from kmmaturity.domain.priorities.suggestions import Suggestions, suggest
from kmmaturity.domain.profile import Profile, profile
from kmmaturity.errors import KmMaturityError

__all__ = ["Outlook", "Said", "Year", "outlook"]


@frozen(weakref_slot=False)
class Said:
    """What one year's assessment says of a sub-outcome. `score` is None unless `state` is scored."""

    state: State
    score: int | None = None


@frozen(weakref_slot=False)
class Year:
    """One year's answers, to the sub-outcomes of this year's model that were asked about then."""

    assessed: date
    answers: FrozenMap[str, Said] = field(converter=freeze, repr=False)


@frozen(weakref_slot=False)
class Outlook:
    """The years, oldest first, this one last; what became of last time's targets; what is within reach; what is next.

    `principles` is the profile by the principles that the model serves. `reach` and `suggestions` are None for a model
    whose levels need one another in a circle.
    """

    years: tuple[Year, ...] = field(default=(), converter=tupled, repr=False)
    progress: tuple[Change, ...] = field(default=(), converter=tupled, repr=False)
    reach: Reach | None = field(default=None, repr=False)
    suggestions: Suggestions | None = field(default=None, repr=False)
    principles: Profile | None = field(default=None, repr=False)


def outlook(
    assessment: Assessment, *, previous: Assessment | None = None, earlier: Iterable[Assessment] = ()
) -> Outlook:
    """The outlook of `assessment`, beside `previous` and the years `earlier`, as far as their scales are the same."""
    known = {each.assessed: each for each in (*earlier, *([previous] if previous else []), assessment)}
    model = assessment.model
    within, suggested = _ahead(assessment)
    return Outlook(
        years=[_year(known[day], assessment) for day in sorted(known) if known[day].model.levels == model.levels],
        progress=_progress(previous, assessment),
        principles=profile(assessment, by="principle") if model.principles else None,
        reach=within,
        suggestions=suggested,
    )


def _year(then: Assessment, now: Assessment) -> Year:
    asked = [sub for sub in now.model.subs if sub in then.model.subs]
    return Year(then.assessed, {sub: Said(then.state(sub), then.level(sub)) for sub in asked})


def _progress(previous: Assessment | None, assessment: Assessment) -> Iterator[Change]:
    if previous is None:
        return
    try:
        changes = compare(previous, assessment).changes
    except KmMaturityError:
        return  # other scales, or nothing in common: there is no progress to tell
    yield from (evolve(each, rebaselined=None) for each in changes if each.progress)


def _ahead(assessment: Assessment) -> tuple[Reach | None, Suggestions | None]:
    try:
        return reach(assessment), suggest(assessment)
    except KmMaturityError:
        return None, None  # a model made in code may hold a circle; its answers can be told all the same
