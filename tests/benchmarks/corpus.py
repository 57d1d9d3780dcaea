"""Assessments drawn from a seed, the same ones every time: of the example team's size, and with as much of each thing.

A 15 KB file has about 300 keys, 40 pieces of evidence of 70 characters, 10 actions and 10 targets, as the example has.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from typing import Any

from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.answers import Evidence, Score, Target
from kmmaturity.domain.assessment import Assessment, Benefit, Priority, Rate, Suppression
from kmmaturity.domain.model import MaturityModel, Scope
from kmmaturity.domain.plan import Action, ActionPlan, Review, Status
from kmmaturity.files.source import Syntax
from kmmaturity.files.writing import dump

__all__ = ["TEXTS", "assessments", "documents"]

WORDS = """
after agreed already and are ask asked at before board case colleagues could each example for found from have
held in is it its keep last learnt lessons look looked looking meeting month new notes of office on once one our
page people plan programme project projects review savings science share shared six so start step survey surveys
team that the their then they this three to toolkit twice two use used was we week what when where who with work
workshop year
""".split()  # noqa: SIM905  # a list of one word a line says no more
FIRST, AHEAD = date(2026, 1, 5), date(2027, 12, 1)


@cache
def documents(count: int, syntax: Syntax = "json", *, small: bool = False, seed: int = 1) -> tuple[bytes, ...]:
    """So many files as kmmaturity writes them: about 15 KB each in JSON, or about 2 KB if `small`."""
    return tuple(dump(each, syntax) for each in assessments(count, small=small, seed=seed))


def assessments(count: int, *, small: bool = False, seed: int = 1) -> Iterator[Assessment]:
    """So many assessments with the starter model, each of another unit."""
    chance = random.Random(seed)  # noqa: S311  # the same draw every time
    for number in range(count):
        yield _assessment(chance, number, small=small)


def _assessment(chance: random.Random, number: int, *, small: bool) -> Assessment:
    model = km.load_model("starter@1.0")
    subs = list(model.subs)
    assessed = FIRST + timedelta(days=chance.randrange(300))
    answers = {sub: _answer(chance, model, sub, small=small) for sub in subs}
    whole = Assessment(
        model,
        ["UK Example Agency", f"Directorate {number // 10}", f"Team {number}"],
        assessed,
        scope=chance.choice(list(Scope)),
        scores=answers,
        priorities=[Priority(chance.choice(list(model.outcomes)), _text(chance, 9))],
    )
    if small:
        return whole
    return evolve(
        whole,
        previous="last-year.kmm.yaml" if chance.random() < 0.5 else None,
        contact="Knowledge Lead",
        notes=_text(chance, 90),
        benefit={name: Benefit(chance.choice(list(Rate)), _text(chance, 8)) for name in model.outcomes},
        plan=ActionPlan(
            [Review(assessed + timedelta(days=91 * quarter), note=_text(chance, 12)) for quarter in (1, 2, 3)],
            [_action(chance, subs, assessed, each) for each in range(10)],
        ),
        ignore=[Suppression("score-without-evidence", _text(chance, 8), chance.choice(subs))],
    )


def _answer(chance: random.Random, model: MaturityModel, sub: str, *, small: bool) -> Score:
    draw, levels = chance.random(), model.levels_of(sub)
    measures = [each.id for group in model.subs[sub].measures.values() for each in group]
    if draw < 0.05:
        return Score(inapplicable=_text(chance, 10))
    if small:
        return Score(chance.choice(levels))
    return Score(
        chance.choice(levels),
        rebaselined=_text(chance, 12) if draw < 0.1 else None,
        evidence=[_evidence(chance, measures) for _ in range(chance.choice((0, 1, 1, 1, 2, 3)))],
        target=Target(chance.choice(levels), AHEAD if chance.random() < 0.2 else None) if draw > 0.65 else None,
    )


def _evidence(chance: random.Random, measures: list[str]) -> Evidence:
    measure = chance.choice(measures) if measures and chance.random() < 0.8 else None
    return Evidence(
        _text(chance, 13),
        measure=measure,
        alternative=_text(chance, 10) if measure is None and chance.random() < 0.3 else None,
        effect=_text(chance, 13) if chance.random() < 0.25 else None,
        ref=f"https://intranet.example/projects/{chance.randrange(10**9)}/review" if chance.random() < 0.25 else None,
        dated=FIRST - timedelta(days=chance.randrange(400)) if chance.random() < 0.3 else None,
    )


def _action(chance: random.Random, subs: list[str], assessed: date, number: int) -> Action:
    return Action(
        _text(chance, 15),
        towards=chance.sample(subs, 2),
        id=f"next-year-step-{number}",
        owner=chance.choice(["Project Support Lead", "Team Lead", "Knowledge Champion"]),
        due=assessed + timedelta(days=chance.randrange(30, 400)),
        status=chance.choice([Status.IDEA, Status.PLANNED, Status.UNDER_WAY]),
    )


def _text(chance: random.Random, words: int) -> str:
    """A sentence; one in seven holds a colon, quotes, which JSON has to escape, or a letter that is not ASCII."""
    found = " ".join(chance.choices(WORDS, k=words))
    draw = chance.random()
    if draw < 0.03:
        return f'"{found}", as one of us said'
    if draw < 0.06:
        return f"At the café: {found}"
    return f"Agreed: {found}" if draw < 0.15 else found


def _changed(count: int, every: int, change: Callable[[str], str], **written: Any) -> Iterator[bytes]:
    """The 15 KB files with one of `every` words of their sentences changed, as `json.dumps` writes them with `written`."""
    changes: list[Callable[[str], str]] = [change, *[str] * (every - 1)]
    turn = cycle(changes)
    for data in documents(count):
        yield json.dumps(_reworded(json.loads(data), turn), **written).encode()


def _reworded(found: Any, turn: Iterator[Callable[[str], str]], key: str = "") -> Any:
    match found:
        case dict():
            return {name: _reworded(each, turn, name) for name, each in found.items()}
        case list():
            return [_reworded(each, turn, key) for each in found]
        case str() if key in SENTENCES:
            return " ".join(change(word) for change, word in zip(turn, found.split(" "), strict=False))
        case _:
            return found


SENTENCES = {"note", "notes", "effect", "alternative", "because", "action"}
SPACED: dict[str, Any] = {"indent": 2, "ensure_ascii": False}
TEXTS: dict[str, Callable[[int], Iterator[bytes]]] = {
    "accents in every third word": lambda count: _changed(count, 3, _accented, **SPACED),
    "accents in every third word, as escapes": lambda count: _changed(count, 3, _accented, indent=2),
    "Chinese words": lambda count: _changed(count, 1, _chinese, **SPACED),
    "Chinese words, as escapes": lambda count: _changed(count, 1, _chinese, indent=2),
    "quotes around every fifth word": lambda count: _changed(count, 5, lambda word: f'"{word}"', **SPACED),
    "a line's end after every tenth word": lambda count: _changed(count, 10, lambda word: f"{word}\n", **SPACED),
    "a colon after every tenth word": lambda count: _changed(count, 10, lambda word: f"{word}:", **SPACED),
    "no white space but in texts": lambda count: _changed(count, 1, str, ensure_ascii=False, separators=(",", ":")),
    "one colon written as an escape": lambda count: _put(count, b'"notes": "', b'"notes": "\\u003a'),
    "one field left blank": lambda count: _put(count, b'"scores": {', b'"handling": null,\n  "scores": {'),
    "one piece of evidence as a text alone": lambda count: _put(count, b'"evidence": [', b'"evidence": ["Seen", '),
}


def _put(count: int, was: bytes, now: bytes) -> Iterator[bytes]:
    """The 15 KB files with one thing written in another way."""
    for data in documents(count):
        assert was in data
        yield data.replace(was, now, 1)


def _accented(word: str) -> str:
    return word.replace("e", "é").replace("o", "ő")


def _chinese(word: str) -> str:
    return "知識管理成熟度"[: (len(word) + 1) // 2]
