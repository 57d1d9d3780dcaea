"""What changed between two versions of a model, in the words of whoever keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from attrs import frozen

from kmmaturity.domain.model import MaturityModel, Measure, Outcome, Requirement, SubOutcome

__all__ = ["Difference", "Kind", "difference"]


Entry = TypeVar("Entry", Outcome, SubOutcome)


class Kind(StrEnum):
    """What sort of change it is, and so what it means for answers given before."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    RELEVELLED = "re-levelled"
    REWORDED = "reworded"
    REQUIREMENT = "requirement"


@frozen(weakref_slot=False)
class Difference:
    """One change: of what sort, to which id, and in words. `before` and `after` hold the wording, or the two ids."""

    kind: Kind
    name: str
    what: str
    before: str | None = None
    after: str | None = None


def difference(old: MaturityModel, new: MaturityModel) -> tuple[Difference, ...]:
    """Every change from `old` to `new`, in the new model's order, what was removed last.

    A sub-outcome counts as renamed when its id is gone and a new id has the same title, or the same measures.
    """
    return (
        *_scale(old, new),
        *_entries("outcome", old.outcomes, new.outcomes, _renamed_outcome, _outcome),
        *_entries("sub-outcome", old.subs, new.subs, _renamed_sub, lambda n, a, b: _sub(n, a, b, old, new)),
    )


def _scale(old: MaturityModel, new: MaturityModel) -> Iterator[Difference]:
    before = {level.level: level for level in old.scale}
    after = {level.level: level for level in new.scale}
    for number in sorted({*before, *after}):
        if number not in before:
            yield Difference(Kind.RELEVELLED, "scale", f"level {number} is new", None, after[number].title)
        elif number not in after:
            yield Difference(Kind.RELEVELLED, "scale", f"level {number} is gone", before[number].title)
        else:
            yield from _text("scale", f"the title of level {number}", before[number].title, after[number].title)
            yield from _text("scale", f"what level {number} means", before[number].means, after[number].means)


def _entries(
    noun: str,
    old: Mapping[str, Entry],
    new: Mapping[str, Entry],
    same: Callable[[Entry, Entry], bool],
    compare: Callable[[str, Entry, Entry], Iterator[Difference]],
) -> Iterator[Difference]:
    gone = {name: each for name, each in old.items() if name not in new}
    for name, each in new.items():
        if name in old:
            yield from compare(name, old[name], each)
            continue
        origin = next((was for was, candidate in gone.items() if same(candidate, each)), None)
        if origin is None:
            yield Difference(Kind.ADDED, name, f"a new {noun}: {each.title}", None, each.title)
        else:
            yield Difference(Kind.RENAMED, name, f"was {origin}", origin, name)
            yield from compare(name, gone.pop(origin), each)
    for name, each in gone.items():
        yield Difference(Kind.REMOVED, name, f"a {noun} that is no longer there: {each.title}", each.title)


def _renamed_outcome(before: Outcome, after: Outcome) -> bool:
    return before.title == after.title or (bool(before.subs) and before.subs.keys() == after.subs.keys())


def _renamed_sub(before: SubOutcome, after: SubOutcome) -> bool:
    shown = _measures(before)
    return before.title == after.title or (bool(shown) and shown.keys() == _measures(after).keys())


def _outcome(name: str, before: Outcome, after: Outcome) -> Iterator[Difference]:
    yield from _text(name, "the title", before.title, after.title)
    yield from _text(name, "the description", before.description, after.description)


def _sub(
    name: str, before: SubOutcome, after: SubOutcome, old: MaturityModel, new: MaturityModel
) -> Iterator[Difference]:
    was, now = before.highest or old.top, after.highest or new.top
    if was != now:
        yield Difference(Kind.RELEVELLED, name, f"its highest level was {was} and is {now}", str(was), str(now))
    yield from _text(name, "the title", before.title, after.title)
    yield from _text(name, "the description", before.description, after.description)
    yield from _text(name, "the question", before.question, after.question)
    for level in sorted({*before.levels, *after.levels}):
        yield from _text(name, f"level {level}", before.levels.get(level), after.levels.get(level))
    yield from _measured(name, before, after)
    for kind in ("requires", "supports"):
        yield from _edges(name, kind, getattr(before, kind), getattr(after, kind))


def _measures(sub: SubOutcome) -> dict[str, tuple[int, Measure]]:
    return {measure.id: (level, measure) for level, group in sub.measures.items() for measure in group}


def _measured(name: str, before: SubOutcome, after: SubOutcome) -> Iterator[Difference]:
    was, now = _measures(before), _measures(after)
    for key, (level, measure) in now.items():
        if key not in was:
            yield Difference(Kind.ADDED, name, f"a new measure {key} at level {level}", None, measure.text)
            continue
        if was[key][0] != level:
            what = f"measure {key} moved from level {was[key][0]} to level {level}"
            yield Difference(Kind.RELEVELLED, name, what, str(was[key][0]), str(level))
        yield from _text(name, f"measure {key}", was[key][1].text, measure.text)
    for key, (level, measure) in was.items():
        if key not in now:
            yield Difference(Kind.REMOVED, name, f"measure {key} of level {level} is gone", measure.text)


def _edges(
    name: str, kind: str, before: tuple[Requirement, ...], after: tuple[Requirement, ...]
) -> Iterator[Difference]:
    verb = "needs" if kind == "requires" else "is helped by"
    was = {(edge.level, edge.needs, edge.at): edge for edge in before}
    now = {(edge.level, edge.needs, edge.at): edge for edge in after}
    for key, edge in now.items():
        told = f"level {edge.level} {verb} level {edge.at} of {edge.needs}"
        if key not in was:
            yield Difference(Kind.REQUIREMENT, name, f"now {told}", None, edge.because)
        else:
            yield from _text(name, f"why {told}", was[key].because, edge.because)
    for key, edge in was.items():
        if key not in now:
            what = f"level {edge.level} no longer {verb} level {edge.at} of {edge.needs}"
            yield Difference(Kind.REQUIREMENT, name, what, edge.because)


def _text(name: str, what: str, before: str | None, after: str | None) -> Iterator[Difference]:
    if before != after:
        told = f"{what} is reworded" if before and after else f"{what} is new" if after else f"{what} is gone"
        yield Difference(Kind.REWORDED, name, told, before, after)
