"""Documents as trees, ways to spoil them, and two ways to write them down."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import strategies as st

Tree = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]


def _no_date(tree: Tree) -> None:
    tree.pop("assessed", None)


def _impossible_date(tree: Tree) -> None:
    tree["assessed"] = "2026-02-30"


def _no_unit(tree: Tree) -> None:
    tree.pop("unit", None)


def _lone_unit(tree: Tree) -> None:
    tree["unit"] = "A team"


def _unknown_field(tree: Tree) -> None:
    tree["hanlding"] = "OFFICIAL"


def _unknown_scope(tree: Tree) -> None:
    tree["scope"] = "teams"


def _unknown_outcome(tree: Tree) -> None:
    tree.setdefault("scores", {})["nowhere.at-all"] = {"score": 1}
    tree.setdefault("priorities", []).append({"outcome": "nowhere.at-all"})


def _benefit(tree: Tree) -> None:
    tree.setdefault("benefit", {})["nowhere"] = {"rate": "huge"}


def _action(tree: Tree) -> None:
    actions = tree.setdefault("plan", {}).setdefault("actions", [])
    actions += [
        {"id": "no-action"},
        {"action": "x", "status": "begun", "due": "soon"},
        {"action": "y", "towards": ["no.no"]},
    ]


def _review(tree: Tree) -> None:
    tree.setdefault("plan", {})["reviews"] = [{"due": "2027-13-01"}, {"due": "2027-01-01", "holds": "x"}, 5]


def _ignore(tree: Tree) -> None:
    tree["ignore"] = [{"rule": "KMM301"}, {"because": "x", "rule": "KMM301", "outcome": "no.no"}]


def _first_answer(change: Any) -> Callable[[Tree], None]:
    def spoil(tree: Tree) -> None:
        scores = tree.setdefault("scores", {})
        for sub in list(scores)[:1]:
            scores[sub] = {**scores[sub], **change}

    return spoil


MISTAKES: list[Callable[[Tree], None]] = [
    _no_date, _impossible_date, _no_unit, _lone_unit, _unknown_field, _unknown_scope, _unknown_outcome, _benefit, _action,
    _review, _ignore,
    *map(_first_answer, (
        {"score": "1"}, {"score": 2.5}, {"score": True}, {"score": 99}, {"score": -1}, {"score": []}, {"scroe": 1},
        {"evidence": "x"}, {"evidence": [{"note": "x", "dated": "yesterday"}, {"ref": "x"}, {"note": "x", "nota": "y"}]},
        {"target": {"level": 99}}, {"target": 99}, {"target": {"lvl": 1}}, {"target": "2"},
        {"score": 1, "inapplicable": "both"},
    )),
]  # fmt: skip


@pytest.fixture(scope="session")
def spoilt() -> Callable[[Draw, Tree], Tree]:
    """Makes some mistakes in a tree, each of them chosen once."""

    def spoil(draw: Draw, tree: Tree) -> Tree:
        copy: Tree = json.loads(json.dumps(tree))
        for position in sorted(draw(st.sets(st.sampled_from(range(len(MISTAKES))), max_size=6))):
            MISTAKES[position](copy)
        return copy

    return spoil


@pytest.fixture(scope="session")
def in_yaml() -> Callable[[Tree], str]:
    """Writes a tree as YAML with a scalar a line, so that any line can be followed by a comment."""
    return lambda tree: "".join(f"{line}\n" for line in _lines(tree, 0))


def _lines(tree: Any, column: int) -> Iterator[str]:
    indent = " " * column
    pairs = (
        [(f"{_scalar(key)}:", each) for key, each in tree.items()]
        if isinstance(tree, dict)
        else [("-", each) for each in tree]
    )
    for head, each in pairs:
        if isinstance(each, dict | list) and each:
            yield f"{indent}{head}"
            yield from _lines(each, column + 2)
        else:
            yield f"{indent}{head} {_scalar(each)}".rstrip()


def _scalar(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return '"' + "".join(map(_mark, value)) + '"'
        case _:
            return json.dumps(value)


def _mark(mark: str) -> str:
    if mark in '"\\':
        return f"\\{mark}"
    return mark if " " <= mark <= "~" else f"\\U{ord(mark):08x}"


@pytest.fixture(scope="session")
def in_json() -> Callable[[Tree], str]:
    """Writes a tree as JSON."""
    return lambda tree: json.dumps(tree, ensure_ascii=False, indent=1)


@pytest.fixture(scope="session")
def shuffled() -> Callable[[Draw, Any], Any]:
    """Puts the keys of every mapping in a tree into another order."""

    def shuffle(draw: Draw, tree: Any) -> Any:
        match tree:
            case dict():
                return {key: shuffle(draw, tree[key]) for key in draw(st.permutations(list(tree)))}
            case list():
                return [shuffle(draw, each) for each in tree]
            case _:
                return tree

    return shuffle
