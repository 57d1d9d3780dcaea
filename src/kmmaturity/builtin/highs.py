"""The best roadmap there is, by HiGHS: an integer programme, solved to its proved optimum. The extra `highs`.

A variable says whether a level is held at the end of a year, so that the sum of its years is what the objective counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isfinite, lcm
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kmmaturity.domain.priorities.graph import Node
from kmmaturity.domain.schedule import Problem, Solution, greedy
from kmmaturity.errors import KmMaturityError

if TYPE_CHECKING:
    import highspy

__all__ = ["SECONDS", "solve"]

SECONDS = 20.0  # then the best so far is given, with how much more there could be
Term = tuple[int, int]  # a column and its factor

_LARGEST = 10**9  # weights beyond it are left to floating point


@frozen
class _Programme:
    solver: highspy.Highs
    held: Mapping[tuple[Node, int], int]  # the column of each node and year
    scale: int


def solve(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """The best solution of `problem`, and whether that is proved. Equal ones are settled by ids and earlier years.

    That is done within the one solve: a second one, over all that come to as much, took longer than the first.

    Raises KmMaturityError where highspy is not installed.
    """
    start = greedy(problem)
    if not problem.needs:
        return Solution(start.rises, proved=True, bound=Fraction(0))
    made = _programme(problem, _solver(seconds))
    solver = made.solver
    _begin(made, start)
    solver.run()
    proved = solver.modelStatusToString(solver.getModelStatus()) == "Optimal"
    found = max((_read(made, problem), start), key=problem.value)
    if not proved:
        return Solution(found.rises, bound=_bound(made, problem))
    return Solution(found.rises, proved=True, bound=problem.value(found))


def _solver(seconds: float) -> Any:
    try:
        import highspy
    except ImportError:
        raise KmMaturityError(
            "an exact roadmap needs highspy, which is not installed: pip install 'kmmaturity[highs]', or leave "
            "`exact` out"
        ) from None

    class Quiet(highspy.Highs):
        """HiGHS greets on standard output as it is made; this one is silent by then."""

        def enableCallbacks(self) -> None:  # noqa: N802  # HiGHS's name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy is typed in part

    solver = Quiet()  # type: ignore[no-untyped-call]  # as above
    # Restarts made the longest of a hundred models take three times as long: measured in tests/benchmarks.
    options = {"threads": 1, "time_limit": seconds, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0, "mip_allow_restart": False}
    for option, value in options.items():
        solver.setOptionValue(option, value)
    return solver


def _programme(problem: Problem, solver: highspy.Highs) -> _Programme:
    whole = lcm(*(weight.denominator for weight in problem.weight.values()))
    scale = whole if whole < _LARGEST else 1
    favour = _favour(problem) if scale == whole else {}
    held = {
        (node, year): _yes_or_no(solver, float(problem.weight[node] * scale) + favour.get(node, 0.0))
        for node, first in problem.earliest.items()
        for year in range(first, problem.years + 1)
    }
    for (node, year), number in held.items():
        if (before := held.get((node, year - 1))) is not None:
            _at_most(solver, 0, [(before, 1), (number, -1)])  # what is held stays held
        for needed in problem.needs[node]:
            _at_most(solver, 0, [(number, 1), (held[needed, year - 1], -1)])
    groups = sorted(set(problem.group.values()))
    for year in range(1, problem.years + 1):
        chosen = {group: _yes_or_no(solver, 0) for group in groups}
        _at_most(solver, problem.per_year, [(number, 1) for number in chosen.values()])
        rising: dict[str, list[Term]] = {}
        for (node, when), number in held.items():
            if when == year:
                before = held.get((node, year - 1))
                rising.setdefault(node.sub, []).extend([(number, 1), *([] if before is None else [(before, -1)])])
        for sub, terms in rising.items():
            _at_most(solver, 0, [*terms, (chosen[problem.group[sub]], -1)])
        if problem.steps is not None:
            _at_most(solver, problem.steps, [term for terms in rising.values() for term in terms])
    return _Programme(solver, held, scale)


def _favour(problem: Problem) -> dict[Node, float]:
    """What a year of holding each node adds to its weight, so that equal solutions are settled: earlier ids, early on.

    All of it together is less than 1, and weights are whole numbers here, so it never makes up for a worse solution. A
    node that weighs nothing is held only for the sake of others.
    """
    count = len(problem.needs)
    wish = {node: count - place if problem.weight[node] else -1 for place, node in enumerate(problem.needs)}
    most = 1 + sum(abs(wish[node]) * (problem.years + 1 - first) for node, first in problem.earliest.items())
    return {node: each / most for node, each in wish.items()}


def _begin(made: _Programme, start: Solution) -> None:
    """Let HiGHS begin with `start`."""
    import numpy as np  # highspy brings it, and takes its arrays

    risen = {node: year for year, nodes in enumerate(start.rises, 1) for node in nodes}
    values = [float(node in risen and risen[node] <= year) for node, year in made.held]
    made.solver.setSolution(len(values), np.array(list(made.held.values()), dtype=np.int32), np.array(values))


def _yes_or_no(solver: highspy.Highs, worth: float) -> int:
    """The number of a new column, which is 0 or 1. HiGHS makes costs small, so `worth` is a cost below nothing."""
    from highspy import HighsVarType

    number: int = solver.getNumCol()
    solver.addVar(0.0, 1.0)
    solver.changeColCost(number, -worth)
    solver.changeColIntegrality(number, HighsVarType.kInteger)
    return number


def _at_most(solver: highspy.Highs, limit: float, terms: Sequence[Term]) -> None:
    columns, factors = [number for number, _ in terms], [float(factor) for _, factor in terms]
    solver.addRow(-solver.getInfinity(), float(limit), len(terms), columns, factors)


def _read(made: _Programme, problem: Problem) -> Solution:
    solver = made.solver
    if solver.solutionStatusToString(solver.getInfo().primal_solution_status) != "Feasible":
        return Solution(((),) * problem.years)
    values = solver.getSolution().col_value
    held = {place for place, number in made.held.items() if values[number] > 0.5}
    return Solution(
        tuple(
            tuple(node for node in problem.needs if (node, year) in held and (node, year - 1) not in held)
            for year in range(1, problem.years + 1)
        )
    )


def _bound(made: _Programme, problem: Problem) -> Fraction:
    """The most that a solution could come to: what HiGHS knows so far, or all levels as early as each could be."""
    every = sum(
        (problem.weight[node] * (problem.years + 1 - first) for node, first in problem.earliest.items()), Fraction(0)
    )
    least = made.solver.getInfo().mip_dual_bound
    return min(every, Fraction(-least) / made.scale) if isfinite(least) else every
