"""Every rule by its code, and the two ways to run them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import no_such
from kmmaturity.domain.rules import file, fit, model, structure
from kmmaturity.domain.rules.rule import Context, Rule

__all__ = ["CATALOGUE", "FAMILIES", "defects", "judge", "rule"]

CATALOGUE: dict[str, Rule] = {each.code: each for family in (file, structure, fit, model) for each in family.RULES}
FAMILIES = tuple(dict.fromkeys(each.family for each in CATALOGUE.values()))


def judge(context: Context, rules: Iterable[Rule] = CATALOGUE.values()) -> Iterator[Finding]:
    """What `rules` find in an assessment, rule by rule."""
    for each in rules:
        if each.judge is not None:
            yield from each.judge(context)


def defects(subject: MaturityModel, rules: Iterable[Rule] = CATALOGUE.values()) -> Iterator[Finding]:
    """What `rules` find in a model, rule by rule."""
    for each in rules:
        if each.defects is not None:
            yield from each.defects(subject)


def rule(name: str) -> Rule:
    """The rule of this code (`KMM201`, `kmm201`, `201`) or name (`unknown-outcome`). Raises UnknownName."""
    wanted = name.upper() if not name.isdigit() else f"KMM{name}"
    for each in CATALOGUE.values():
        if wanted == each.code or name == each.name:
            return each
    raise no_such("rule", name, [*CATALOGUE, *(each.name for each in CATALOGUE.values())], where="the catalogue")
