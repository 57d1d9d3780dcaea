"""One step: a level of a sub-outcome, what it rests on, what it opens, and what the model says shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from kmmaturity.domain.assessment import Assessment, Rate, State
from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.model import MaturityModel, Measure, Requirement
from kmmaturity.domain.names import listed
from kmmaturity.domain.priorities.graph import Graph, Node, graph_of, node_of
from kmmaturity.errors import KmMaturityError

__all__ = ["Blocked", "Rest", "Stage", "Step", "step_at", "steps_to"]


@frozen(weakref_slot=False)
class Stage:
    """A level of a sub-outcome, with its title."""

    sub: str
    level: int
    title: str

    def __str__(self) -> str:
        return f"level {self.level} of {self.sub}"


@frozen(weakref_slot=False)
class Rest:
    """What a level rests on, and whether it is there: `score` is None unless `state` is scored."""

    sub: str
    at: int
    title: str
    state: State
    met: bool
    score: int | None = None
    because: str | None = None

    def __str__(self) -> str:
        match self.state:
            case State.INAPPLICABLE:
                told = "which does not apply here"
            case State.UNASSESSED:
                told = "which is not assessed: score this first"
            case _:
                told = f"now at {self.score}"
        return f"level {self.at} of {self.sub} ({told})" + (f": {self.because}" if self.because else "")


@frozen(weakref_slot=False)
class Step:
    """One level up on a sub-outcome, or `score` None where it has to be scored first.

    `measures` are the model's own for that level that are not in evidence yet. `rests` are hard prerequisites on other
    sub-outcomes, `helps` advisory ones. `opens` are the next levels of others that this step alone still keeps from
    being begun; `targets` the team's targets that need it, `aims` the target on this very sub-outcome. The
    sub-outcome's own later levels are in neither. Equal steps have one `place`, and name each other in `equal`.
    """

    sub: str
    title: str
    outcome: str
    score: int | None
    level: int
    level_title: str
    means: str | None = None
    rate: Rate | None = None
    measures: tuple[Measure, ...] = field(default=(), converter=tupled)
    rests: tuple[Rest, ...] = field(default=(), converter=tupled)
    helps: tuple[Rest, ...] = field(default=(), converter=tupled)
    opens: tuple[Stage, ...] = field(default=(), converter=tupled)
    targets: tuple[Stage, ...] = field(default=(), converter=tupled)
    aims: int | None = None
    place: int | None = None
    equal: tuple[str, ...] = field(default=(), converter=tupled)

    def __str__(self) -> str:
        if self.score is None:
            return f"{self.sub}: not assessed; score this first (level {self.level} is needed)"
        return f"{self.sub}: {self.score} to {self.level}, {self.level_title}"

    @property
    def why(self) -> tuple[str, ...]:
        """Why this step, in plain words, a sentence each."""
        return tuple(self._why())

    def _why(self) -> Iterator[str]:
        if self.score is None:
            yield f"It is not assessed, and level {self.level} of it is needed: score this first."
            return
        if self.rate is not None:
            yield f"The team rates the benefit of improving here as {self.rate}."
        if self.opens:
            yield f"It opens {listed(map(str, self.opens), last='and')}."
        if others := [each for each in self.targets if each.sub != self.sub]:
            yield f"It lies on the way to the target of {listed(map(str, others), last='and')}."
        if self.aims is not None:
            stays = self.aims < self.level
            yield f"The team means to stay at {self.aims} here." if stays else f"The team's target here is {self.aims}."
        for each in self.rests:
            yield f"It {'rests on' if each.met else 'waits for'} {each}."
        for each in self.helps:
            yield f"It {'is helped by' if each.met else 'would be easier with'} {each}."
        if not (self.rate or self.opens or self.targets or self.aims is not None):
            yield "Nothing in the file or the model puts it before another step."
        if self.equal:
            yield f"Equal to {listed(self.equal, last='and')}."


@frozen(weakref_slot=False)
class Blocked:
    """A next level that cannot begin yet: what it waits `for`, and the shortest way to free it."""

    sub: str
    title: str
    score: int
    level: int
    waits: tuple[Rest, ...] = field(converter=tupled)
    way: tuple[Stage, ...] = field(default=(), converter=tupled)
    score_first: tuple[str, ...] = field(default=(), converter=tupled)

    def __str__(self) -> str:
        steps = [f"{each.sub} to {each.level}" for each in self.way]
        first = [f"score {each}" for each in self.score_first]
        way = ", then ".join([*first, *steps])
        waits = listed((f"level {each.at} of {each.sub}" for each in self.waits), last="and")
        return f"{self.sub}: {self.score} to {self.level} waits for {waits}. The shortest way: {way}"


def stage(model: MaturityModel, node: Node) -> Stage:
    """`node` with its title."""
    return Stage(node.sub, node.level, model.subs[node.sub].title)


def rests_of(graph: Graph, edges: Iterable[Requirement], assessment: Assessment) -> Iterator[Rest]:
    """What each of `edges` asks for, and whether it is there; an advisory edge to nowhere is passed over."""
    subs = graph.model.subs
    for edge in edges:
        if edge.needs in subs:
            answer, met = assessment.answer(edge.needs), graph.met(Node(edge.needs, edge.at), assessment)
            title = subs[edge.needs].title
            yield Rest(edge.needs, edge.at, title, answer.state, met, answer.score, edge.because)


def step_at(
    graph: Graph,
    node: Node,
    assessment: Assessment,
    *,
    opens: Iterable[Node] = (),
    targets: Iterable[Node] = (),
    place: int | None = None,
    equal: Iterable[Node] = (),
) -> Step:
    """The step to `node`, from the level below it. `opens` and `targets` are what it opens and leads to."""
    model, (sub, level) = graph.model, node
    value, answer = model.subs[sub], assessment.answer(sub)
    below = graph.below(node)
    shown = {each.measure for each in answer.evidence}
    return Step(
        sub=sub,
        title=value.title,
        outcome=model.outcome_of(sub),
        score=None if answer.score is None or below is None else below.level,
        level=level,
        level_title=model.level_title(level),
        means=value.levels.get(level),
        rate=assessment.rate(sub),
        measures=[each for each in value.measures.get(level, ()) if each.id not in shown],
        rests=rests_of(graph, graph.requires.get(node, ()), assessment),
        helps=rests_of(graph, graph.supports.get(node, ()), assessment),
        opens=[stage(model, each) for each in opens],
        targets=[stage(model, each) for each in targets],
        aims=answer.target.level if answer.target else None,
        place=place,
        equal=[each.sub for each in equal],
    )


def steps_to(assessment: Assessment, sub: str, level: int) -> tuple[Step, ...]:
    """The shortest way to `level` of `sub`, in an order that works; nothing where it is held already.

    A prerequisite that is not assessed is a step with `score` None, and stands first. Raises UnknownName and
    KmMaturityError for what the model lacks, and for a sub-outcome that does not apply.
    """
    model = assessment.model
    node = node_of(model, sub, level)
    if (why := assessment.answer(sub).inapplicable) is not None:
        raise KmMaturityError(f"{sub} does not apply here, so there is no way to a level of it: {why}")
    graph = graph_of(model)
    way = graph.way([node], assessment)
    wanted: dict[str, int] = {}
    for needed in (node, *(each for step in way.steps for each in graph.needs(step))):
        if needed.sub in way.score_first:
            wanted[needed.sub] = max(needed.level, wanted.get(needed.sub, needed.level))
    return tuple(
        step_at(graph, each, assessment)
        for each in (*(Node(each, wanted[each]) for each in way.score_first), *way.steps)
    )
