"""Several years of one or two priorities, from the graph: an illustration, never a forecast.

Each year has at most so many priorities; each sub-outcome within them rises at most one level, and at most so many rise
in all; every hard prerequisite is held at the end of the year before. What is made as large as possible is the sum,
over all levels reached, of the level's weight times the years for which it is held within the horizon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import isfinite
from numbers import Rational
from typing import Literal, get_args

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment, Rate, State
from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import listed
from kmmaturity.domain.priorities.graph import Graph, Node, graph_of
from kmmaturity.domain.priorities.suggestions import assuming
from kmmaturity.domain.schedule import Problem, Solution, greedy
from kmmaturity.domain.tables import Table
from kmmaturity.errors import KmMaturityError

__all__ = ["ILLUSTRATION", "By", "Rise", "Roadmap", "Unreached", "Year", "roadmap"]

By = Literal["outcome", "sub-outcome"]
Number = int | float | Fraction
Solve = Callable[[Problem], Solution]

ILLUSTRATION = "An illustration of how several years could go, not a plan or a forecast: look again every year."
LONGEST = 20
TARGET = 10  # how much more a level weighs that lies on the way up to a stated target
WEIGHTS = {Rate.HIGH: 4, Rate.SOME: 3, Rate.LOW: 2, None: 1}


@frozen(weakref_slot=False)
class Rise:
    """A sub-outcome that goes up one level. `towards` is the team's target there, if the level is on the way to it."""

    sub: str
    title: str
    score: int
    level: int
    level_title: str
    towards: int | None = None


@frozen(weakref_slot=False)
class Year:
    """One year: its priorities, and what could rise by its end."""

    number: int
    ends: date
    priorities: tuple[str, ...] = field(converter=tupled)
    rises: tuple[Rise, ...] = field(converter=tupled)


@frozen(weakref_slot=False)
class Unreached:
    """A level that the roadmap does not reach, and why; `possible` where another choice of priorities would."""

    sub: str
    title: str
    level: int
    why: str
    possible: bool = False

    def __str__(self) -> str:
        return f"{self.sub} level {self.level}: {self.why}"


@frozen(weakref_slot=False)
class Roadmap:
    """An illustration of several years. `value` is what the objective comes to, exactly.

    `proved` says that no roadmap within the limits comes to more; `bound` is the most that one could, where that was
    worked out; `gap` the share of it that is missing here.
    """

    by: By
    per_year: int
    steps: int | None
    years: tuple[Year, ...] = field(converter=tupled)
    value: Fraction
    exact: bool = False
    proved: bool = False
    bound: Fraction | None = None
    unreached: tuple[Unreached, ...] = field(default=(), converter=tupled)
    notes: tuple[str, ...] = field(default=(), converter=tupled)
    assumed: FrozenMap[str, int] = field(default=FrozenMap(), converter=freeze)
    handling: str | None = None
    illustration: str = ILLUSTRATION

    @property
    def gap(self) -> Fraction | None:
        """The share of `bound` that is missing: 0 where the optimum is proved, None where no bound is known."""
        if self.proved or not self.bound:
            return Fraction(0) if self.proved else None
        return max(Fraction(0), 1 - self.value / self.bound)

    @property
    def table(self) -> Table:
        """The years as a table, with the notes that belong to them."""
        rows = [
            [
                f"Year {year.number}, to {year.ends.isoformat()}",
                rise.sub,
                f"{rise.score} to {rise.level}",
                rise.level_title,
            ]
            for year in self.years
            for rise in year.rises
        ]
        marked = [self.handling.upper()] if self.handling else []
        notes = [*marked, *self.notes, *(f"Not reached: {each}." for each in self.unreached)]
        return Table(self.illustration, ["Year", "Sub-outcome", "Rise", "Level"], rows, notes)

    def __str__(self) -> str:
        return str(self.table)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def roadmap(
    assessment: Assessment,
    *,
    years: int = 3,
    per_year: int = 2,
    steps: int | None = 4,
    by: By = "outcome",
    assume: Mapping[str, int] | None = None,
    weights: Mapping[str, Number] | None = None,
    solve: Solve | None = None,
) -> Roadmap:
    """Several years of `per_year` priorities each, with at most `steps` rises a year; None sets no such limit.

    `weights` gives outcomes or sub-outcomes numbers of your own in place of the team's `benefit`. `solve` finds the
    best there is; without it, each year takes what weighs most in that year. Raises KmMaturityError for what makes no
    sense.
    """
    _whole(years, "years", f"a number of years from 1 to {LONGEST}", most=LONGEST)
    _whole(per_year, "per_year", "at least one priority a year, such as 2")
    if steps is not None:
        _whole(steps, "steps", "at least one step a year, or None for no limit")
    if by not in get_args(By):
        raise KmMaturityError(f"`by` is {by!r}: pass {listed(get_args(By))}")
    team = assuming(assessment, assume)
    graph = graph_of(team.model)
    why, earliest = _earliest(graph, team)
    problem = _problem(
        team, graph, earliest, _weights(team, weights), years=years, per_year=per_year, steps=steps, by=by
    )
    solution = (solve or greedy)(problem)
    problem.refuse(solution)
    reached = {node for rises in solution.rises for node in rises}
    return Roadmap(
        by=by,
        per_year=per_year,
        steps=steps,
        years=_years(team, problem, solution),
        value=problem.value(solution),
        exact=solve is not None,
        proved=solution.proved,
        bound=solution.bound,
        unreached=_unreached(team, earliest, why, reached, years),
        notes=_notes(team, graph, solution, exact=solve is not None, weighed=bool(weights)),
        assumed=assume or {},
        handling=team.handling,
    )


def _whole(value: object, name: str, takes: str, *, most: int | None = None) -> None:
    if type(value) is not int or value < 1 or (most is not None and value > most):  # True is 1
        raise KmMaturityError(f"`{name}` is {value!r}: pass {takes}")


def _weights(team: Assessment, given: Mapping[str, Number] | None) -> dict[Node, Fraction]:
    """What each level weighs: by the number given for its sub-outcome or outcome, else by the team's benefit."""
    model = team.model
    for name, value in (given or {}).items():
        model.within(name)
        number = isinstance(value, float | Rational) and not isinstance(value, bool)
        if not number or not isfinite(value) or value < 0:
            raise KmMaturityError(f"`weights` has {value!r} for {name}: pass a number from 0 up")
    own = {name: Fraction(value) for name, value in (given or {}).items()}
    found = {}
    for sub in model.subs:
        base = own.get(sub, own.get(model.outcome_of(sub)))
        if base is None:
            base = Fraction(WEIGHTS.get(team.rate(sub), 0))
        target = team.answer(sub).target
        for level in model.levels_of(sub):
            found[Node(sub, level)] = base * (TARGET if target is not None and level <= target.level else 1)
    return found


def _earliest(graph: Graph, team: Assessment) -> tuple[dict[Node, str], dict[Node, int]]:
    """For each level that is not held, the first year that could reach it, or why none ever could."""
    why: dict[Node, str] = {}
    found: dict[Node, int] = {}
    model = graph.model
    goals = [Node(sub, model.highest(sub)) for sub in model.subs if team.level(sub) is not None]
    for node in graph.way(goals, team).steps:  # prerequisites first
        unmet = [each for each in graph.needs(node) if not graph.met(each, team)]
        if team.rate(node.sub) is Rate.NOT_NOW:
            why[node] = f"the team leaves {node.sub} out for now"
            continue
        unscored = next((each for each in unmet if team.level(each.sub) is None), None)
        barred = next((each for each in unmet if each in why), None)
        if unscored is not None:
            why[node] = f"{unscored.sub} is not assessed, and level {unscored.level} of it is needed: score this first"
        elif barred is not None:
            own = why[barred]
            via = "" if barred.sub == node.sub else f"it needs level {barred.level} of {barred.sub}, and "
            why[node] = f"{via}{own}"
        else:
            found[node] = 1 + max((found[each] for each in unmet), default=0)
    return why, found


def _problem(
    team: Assessment,
    graph: Graph,
    earliest: Mapping[Node, int],
    weights: Mapping[Node, Fraction],
    *,
    years: int,
    per_year: int,
    steps: int | None,
    by: By,
) -> Problem:
    nodes = sorted(node for node, year in earliest.items() if year <= years)
    return Problem(
        years=years,
        per_year=per_year,
        steps=steps,
        needs={node: [each for each in graph.needs(node) if not graph.met(each, team)] for node in nodes},
        earliest={node: earliest[node] for node in nodes},
        weight={node: weights[node] for node in nodes},
        group={node.sub: team.model.outcome_of(node.sub) if by == "outcome" else node.sub for node in nodes},
    )


def _years(team: Assessment, problem: Problem, solution: Solution) -> Iterator[Year]:
    model = team.model
    order = {name: position for position, name in enumerate((*model.outcomes, *model.subs))}
    ends = team.assessed
    for number, nodes in enumerate(solution.rises, 1):
        ends = _year_on(team.assessed, number)
        chosen = {problem.group[node.sub] for node in nodes}
        rises = [_rise(team, model, node) for node in sorted(nodes, key=lambda node: order[node.sub])]
        yield Year(number, ends, sorted(chosen, key=order.__getitem__), rises)


def _year_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _rise(team: Assessment, model: MaturityModel, node: Node) -> Rise:
    below = max(level for level in model.levels_of(node.sub) if level < node.level)
    target = team.answer(node.sub).target
    towards = target.level if target is not None and node.level <= target.level else None
    return Rise(node.sub, model.subs[node.sub].title, below, node.level, model.level_title(node.level), towards)


def _unreached(
    team: Assessment, earliest: Mapping[Node, int], why: Mapping[Node, str], reached: Iterable[Node], years: int
) -> Iterator[Unreached]:
    """For each sub-outcome, the first level that no roadmap could reach; then targets that this one leaves out."""
    model, held = team.model, frozenset(reached)
    for sub, value in model.subs.items():
        answer = team.answer(sub)
        if answer.state is State.INAPPLICABLE:
            continue
        if answer.score is None:
            if answer.target is not None:
                yield Unreached(sub, value.title, answer.target.level, "it is not assessed: score this first")
            continue
        ahead = [Node(sub, level) for level in model.levels_of(sub) if level > answer.score]
        barred = next((node for node in ahead if node in why or earliest[node] > years), None)
        if barred is not None:
            span = f"the shortest way takes {earliest.get(barred)} years, and this roadmap has {years}"
            yield Unreached(sub, value.title, barred.level, why.get(barred, span))
        target = answer.target
        if target is not None and answer.score < target.level:
            goal = Node(sub, target.level)
            if goal not in held and goal not in why and earliest.get(goal, years + 1) <= years:
                left_out = "other steps weigh more within these limits, and the target is not met here"
                yield Unreached(sub, value.title, target.level, left_out, possible=True)


def _notes(team: Assessment, graph: Graph, solution: Solution, *, exact: bool, weighed: bool) -> Iterator[str]:
    if not any(solution.rises):
        scored = any(team.level(sub) is not None for sub in team.model.subs)
        yield (
            "No level can be reached within these limits."
            if scored
            else "Nothing is scored yet: score what applies first."
        )
    elif not exact:
        yield "Each year takes what weighs most in that year; another order could come to more: `exact` works it out."
    elif solution.proved:
        yield "No other roadmap within these limits comes to more: that is proved."
    else:
        yield f"Time ran out before this was proved to be the best: another could come to {_most(solution)} at most."
    if not weighed and not any(team.model.knows(name) for name in team.benefit):
        yield "Nothing in the file says where improvement helps most: all outcomes weigh the same, targets more."
    if not graph.requires:
        yield "The model states no prerequisites between sub-outcomes: the order rests on benefit and targets only."


def _most(solution: Solution) -> str:
    return "more" if solution.bound is None else f"{float(solution.bound):g}"
