"""Which steps could come next: those that are free, in the order of what the team itself says would help.

Before priorities are chosen, at most two outcomes, each with its free next steps; afterwards the next steps inside
them. Steps stand in the order of the team's own `benefit`, then of how many steps they open at once, then of how many
targets they lie on the way to. Equal ones are told as equal, in the model's order. Nothing here compares teams.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar, overload

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment, Rate, State
from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.names import listed
from kmmaturity.domain.priorities.graph import Graph, Node, graph_of
from kmmaturity.domain.priorities.steps import Blocked, Step, rests_of, stage, step_at
from kmmaturity.domain.tables import Table
from kmmaturity.errors import KmMaturityError

__all__ = ["Suggestion", "Suggestions", "assuming", "suggest"]

Name = TypeVar("Name", str, Node)
Key = tuple[int, int, int]

# Unrated is not taken for low: the team has said nothing there, and what it has said comes first.
_ORDER = {Rate.HIGH: 0, Rate.SOME: 1, Rate.LOW: 2, None: 3}


@frozen(weakref_slot=False)
class Suggestion:
    """An outcome, or a priority that the team chose, with its free next steps in order.

    It stands where the first of its steps does. Equal ones have one `place` and name each other in `equal`, those that
    the limit leaves out among them.
    """

    outcome: str
    title: str
    steps: tuple[Step, ...] = field(converter=tupled)
    place: int = 1
    equal: tuple[str, ...] = field(default=(), converter=tupled)

    @property
    def why(self) -> tuple[str, ...]:
        """Why this one, in plain words, a sentence each."""
        first = self.steps[0]
        equal = [f"Equal to {listed(self.equal, last='and')}."] if self.equal else []
        return (f"Its first step is {first}.", *(each for each in first.why if not each.startswith("Equal")), *equal)

    def __str__(self) -> str:
        return "\n".join([f"{self.title} ({self.outcome})", *(f"  {each}" for each in self.steps)])


@frozen(weakref_slot=False)
class Suggestions(Sequence[Suggestion]):
    """What could come next: a sequence of `Suggestion`, and what there is to say of the rest.

    `chosen` says that these are the team's own priorities. `blocked` are next levels that wait for others, `unassessed`
    what has to be scored before anything is said of it, `not_now` what the team leaves out. `notes` say what all of
    this rests on, `assumed` what it was asked to assume.
    """

    found: tuple[Suggestion, ...] = field(converter=tupled)
    chosen: bool = False
    blocked: tuple[Blocked, ...] = field(default=(), converter=tupled)
    unassessed: tuple[str, ...] = field(default=(), converter=tupled)
    not_now: tuple[str, ...] = field(default=(), converter=tupled)
    notes: tuple[str, ...] = field(default=(), converter=tupled)
    assumed: FrozenMap[str, int] = field(default=FrozenMap(), converter=freeze)
    handling: str | None = None

    @overload
    def __getitem__(self, index: int) -> Suggestion: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Suggestion, ...]: ...
    def __getitem__(self, index: int | slice) -> Suggestion | tuple[Suggestion, ...]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Suggestion]:
        return iter(self.found)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all suggestions, in order; equal ones in the model's, and one within two priorities once."""
        every = {step.sub: step for each in self.found for step in each.steps}
        return tuple(sorted(every.values(), key=lambda step: step.place or 0))

    @property
    def table(self) -> Table:
        """The steps in order, those that wait, and what has to be scored first."""
        rows = [
            [f"{step.place}{'=' if step.equal else ''}", step.title, str(step), " ".join(step.why)]
            for step in self.steps
        ]
        rows += [["waits", each.title, f"{each.sub}: {each.score} to {each.level}", str(each)] for each in self.blocked]
        marked = [self.handling.upper()] if self.handling else []
        first = [f"Score these first: {listed(self.unassessed, last='and')}."] if self.unassessed else []
        columns = ["Place", "Sub-outcome", "Step", "Why"]
        return Table("What could come next", columns, rows, [*marked, *first, *self.notes])

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def __str__(self) -> str:
        marked = [self.handling.upper()] if self.handling else []
        return "\n".join([*marked, *map(str, self.found), *self.notes])


def assuming(assessment: Assessment, assume: Mapping[str, int] | None) -> Assessment:
    """What-if: the assessment with these sub-outcomes at these levels. Raises UnknownName and KmMaturityError."""
    if assume is not None and not isinstance(assume, Mapping):
        raise KmMaturityError(f"`assume` is {assume!r}: pass levels by sub-outcome, such as {{'learning.before': 2}}")
    for sub, level in (assume or {}).items():
        assessment = assessment.with_score(sub, level)
    return assessment


def suggest(assessment: Assessment, *, limit: int = 2, assume: Mapping[str, int] | None = None) -> Suggestions:
    """What could come next for this team, with reasons. `limit` is for the time before priorities are chosen.

    Raises KmMaturityError for a limit below 1, for what cannot be assumed, and for a model with a circle in it.
    """
    if type(limit) is not int or limit < 1:
        raise KmMaturityError(f"`limit` is {limit!r}: ask for at least one outcome, such as 2")
    team = assuming(assessment, assume)
    model, graph = team.model, graph_of(team.model)
    inside = frozenset(team.priority_subs)
    areas = {each.outcome: model.within(each.outcome) for each in team.priorities if model.knows(each.outcome)}
    chosen = bool(areas)
    frontier = dict(graph.frontier(team))
    considered = {node: unmet for node, unmet in frontier.items() if not chosen or node.sub in inside}
    links = _links(graph, team, frontier)
    free = {
        node.sub: (node, _key(team, node, links[node]))
        for node, unmet in considered.items()
        if not unmet and team.rate(node.sub) is not Rate.NOT_NOW
    }
    within = areas or {name: model.within(name) for name in model.outcomes}
    inner = {name: [free[sub] for sub in subs if sub in free] for name, subs in within.items()}
    placed = _placed({name: min(key for _, key in nodes) for name, nodes in inner.items() if nodes})
    shown = placed if chosen else placed[:limit]
    steps = _placed({node: key for name, _, _ in shown for node, key in inner[name]})
    made = {
        node: step_at(graph, node, team, opens=links[node].opens, targets=links[node].targets, place=place, equal=equal)
        for node, place, equal in steps
    }
    return Suggestions(
        [
            Suggestion(name, model.title_of(name), _inside(made, within[name]), place, equal)
            for name, place, equal in shown
        ],
        chosen,
        blocked=_blocked(graph, team, {node: unmet for node, unmet in considered.items() if unmet}),
        unassessed=[s for s in model.subs if team.state(s) is State.UNASSESSED and (not chosen or s in inside)],
        not_now=[node.sub for node in considered if team.rate(node.sub) is Rate.NOT_NOW],
        notes=_notes(graph, team, considered, placed),
        assumed=assume or {},
        handling=team.handling,
    )


class _Links(NamedTuple):
    """What a node opens at once, and the targets that it is on the way to."""

    opens: list[Node]
    targets: list[Node]


def _links(graph: Graph, team: Assessment, frontier: Mapping[Node, tuple[Node, ...]]) -> Mapping[Node, _Links]:
    found: dict[Node, _Links] = defaultdict(lambda: _Links([], []))
    for node, unmet in frontier.items():
        if len(unmet) == 1:
            found[unmet[0]].opens.append(node)
    for sub in graph.model.subs:
        target = team.answer(sub).target
        if target is not None and team.level(sub) is not None:
            goal = Node(sub, target.level)
            for node in graph.way([goal], team).steps:
                if node.sub != sub or node == goal:  # a step's own later levels never count
                    found[node].targets.append(goal)
    return found


def _key(team: Assessment, node: Node, links: _Links) -> Key:
    return _ORDER[team.rate(node.sub)], -len(links.opens), -len(links.targets)


def _inside(made: Mapping[Node, Step], subs: Iterable[str]) -> Iterator[Step]:
    wanted = frozenset(subs)
    return (step for node, step in made.items() if node.sub in wanted)


def _placed(keys: Mapping[Name, Key]) -> list[tuple[Name, int, tuple[Name, ...]]]:
    """Each name of `keys` in the order of its key, with its place and the names that share it."""
    groups: dict[Key, list[Name]] = {}
    for name, key in keys.items():
        groups.setdefault(key, []).append(name)
    place, found = 1, []
    for _, names in sorted(groups.items()):
        found += [(name, place, tuple(each for each in names if each != name)) for name in names]
        place += len(names)
    return found


def _blocked(graph: Graph, team: Assessment, waiting: Mapping[Node, tuple[Node, ...]]) -> Iterator[Blocked]:
    model = graph.model
    for node, unmet in waiting.items():
        way = graph.way(unmet, team)
        edges = [edge for edge in graph.requires[node] if Node(edge.needs, edge.at) in unmet]
        yield Blocked(
            node.sub,
            model.subs[node.sub].title,
            team.answer(node.sub).score or 0,
            node.level,
            waits=rests_of(graph, edges, team),
            way=[stage(model, each) for each in way.steps],
            score_first=way.score_first,
        )


def _notes(
    graph: Graph, team: Assessment, considered: Mapping[Node, tuple[Node, ...]], found: Sequence[object]
) -> Iterator[str]:
    model = team.model
    where = "in the priorities" if team.priorities else "in the file"
    subs = team.priority_subs if team.priorities else tuple(model.subs)
    if not any(team.level(sub) is not None for sub in subs):
        yield f"Nothing {where} is scored yet, so there is no next step to suggest: score what applies first."
    elif not considered:
        yield f"Everything scored {where} is at its highest level: there is no next step to suggest."
    elif not found and all(considered.values()):
        yield f"Every next step {where} waits for another sub-outcome first."
    elif not found:
        yield f"Every free next step {where} is left out, since its benefit is rated not-now."
    if not any(sub in model.subs or sub in model.outcomes for sub in team.benefit):
        yield "Nothing in the file says where improvement helps most: `benefit` does, in the team's own judgement."
    if not graph.requires:
        rest = "no prerequisites between sub-outcomes"
        yield f"The model states {rest}: what is suggested rests on benefit, gaps and targets only."
