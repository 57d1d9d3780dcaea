"""Which levels rise in which year, as a problem of its own: its rules, and the way of taking each year as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import field, frozen

from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.priorities.graph import Node
from kmmaturity.errors import KmMaturityError

__all__ = ["Problem", "Solution", "greedy"]


@frozen(weakref_slot=False)
class Problem:
    """What may rise, in the order of ids. All mappings have the same nodes; `group` maps sub-outcomes to priorities.

    `needs` are prerequisites that are not held at the start, `earliest` the first year in which a node can rise.
    """

    years: int
    per_year: int
    steps: int | None
    needs: FrozenMap[Node, tuple[Node, ...]] = field(converter=freeze)
    earliest: FrozenMap[Node, int] = field(converter=freeze)
    weight: FrozenMap[Node, Fraction] = field(converter=freeze)
    group: FrozenMap[str, str] = field(converter=freeze)

    def value(self, solution: Solution) -> Fraction:
        """The objective: the sum of weight times the years held, that of the rise included."""
        return sum(
            (self.weight[node] * (self.years - year) for year, nodes in enumerate(solution.rises) for node in nodes),
            Fraction(0),
        )

    def refuse(self, solution: Solution) -> None:
        """Nothing for a solution within the rules. Raises KmMaturityError, which names the rule that it breaks."""
        held: set[Node] = set()
        for number, nodes in enumerate(solution.rises, 1):
            subs = [node.sub for node in nodes]
            wrong = (
                ("has too many priorities", len({self.group[sub] for sub in subs}) > self.per_year),
                ("has too many rises", self.steps is not None and len(nodes) > self.steps),
                ("raises a sub-outcome twice", len(set(subs)) < len(subs)),
                ("raises what has risen before", any(node in held for node in nodes)),
                ("lacks a prerequisite", any(each not in held for node in nodes for each in self.needs[node])),
            )
            for what, broken in wrong:
                if broken:
                    raise KmMaturityError(f"the roadmap that was worked out cannot be used: year {number} {what}")
            held.update(nodes)


@frozen(weakref_slot=False)
class Solution:
    """The nodes that rise in each year, whether no other solution comes to more, and the most that one could."""

    rises: tuple[tuple[Node, ...], ...] = field(converter=tupled)
    proved: bool = False
    bound: Fraction | None = None


def greedy(problem: Problem) -> Solution:
    """Each year's best choice in turn. Equal choices are settled by the order of ids."""
    held: set[Node] = set()
    rises: list[tuple[Node, ...]] = []
    for _ in range(problem.years):
        free: dict[str, list[Node]] = {}
        for node, needs in problem.needs.items():
            if node not in held and problem.weight[node] > 0 and all(each in held for each in needs):
                free.setdefault(problem.group[node.sub], []).append(node)
        chosen = _best(free, problem.weight, problem.per_year, problem.steps)
        held.update(chosen)
        rises.append(chosen)
    return Solution(rises)


def _best(
    free: Mapping[str, Iterable[Node]], weight: Mapping[Node, Fraction], priorities: int, steps: int | None
) -> tuple[Node, ...]:
    """The nodes that weigh most together, at most `steps` of them, from at most so many `priorities`.

    Within a priority the heaviest come first, so that what is left to choose is how many to take from which: for each
    number of priorities and of steps, the best so far is kept.
    """
    total = sum(len(list(nodes)) for nodes in free.values())
    most = total if steps is None else min(steps, total)
    best: dict[tuple[int, int], tuple[Fraction, tuple[Node, ...]]] = {(0, 0): (Fraction(0), ())}
    for name in sorted(free):
        nodes = tuple(sorted(free[name], key=lambda node: (-weight[node], node)))
        counts = range(1, len(nodes) + 1) if steps is not None else (len(nodes),)
        sums = [sum((weight[node] for node in nodes[:count]), Fraction(0)) for count in counts]
        for (used, taken), (value, chosen) in list(best.items()):
            for count, worth in zip(counts, sums, strict=True):
                if used == priorities or taken + count > most:
                    break
                place = (used + 1, taken + count)
                if place not in best or value + worth > best[place][0]:
                    best[place] = (value + worth, (*chosen, *nodes[:count]))
    return max(best.values(), key=lambda found: found[0])[1]
