"""Every rule by its code, and the ways to run them: over an assessment, over a model, over the files of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve

from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import no_such
from kmmaturity.domain.rules import config, cycle, file, fit, handling, model, plan, practice, structure
from kmmaturity.domain.rules.rule import Context, Filed, Rule

__all__ = ["CATALOGUE", "FAMILIES", "across", "defects", "judge", "rule"]

_MODULES = (file, structure, fit, model, practice, plan, cycle, handling, config)
CATALOGUE: dict[str, Rule] = {each.code: each for family in _MODULES for each in family.RULES}
FAMILIES = tuple(dict.fromkeys(each.family for each in CATALOGUE.values()))


def judge(context: Context, rules: Iterable[Rule] = CATALOGUE.values()) -> Iterator[Finding]:
    """What `rules` find in an assessment, rule by rule; what is eased is information until all is scored."""
    for each in rules:
        if each.judge is None:
            continue
        if each.eased and context.waiting:
            yield from (evolve(finding, severity=Severity.INFO) for finding in _several(each.judge(context)))
        else:
            yield from _several(each.judge(context))


def defects(subject: MaturityModel, rules: Iterable[Rule] = CATALOGUE.values()) -> Iterator[Finding]:
    """What `rules` find in a model, rule by rule."""
    for each in rules:
        if each.defects is not None:
            yield from _several(each.defects(subject))


def across(files: Sequence[Filed], rules: Iterable[Rule] = CATALOGUE.values()) -> Iterator[tuple[str, Finding]]:
    """What `rules` find in the files of a run that one alone does not show: each finding with its file's path."""
    for each in rules:
        if each.across is not None:
            yield from _several(each.across(files))


def _several(found: Any) -> Iterable[Any]:
    """What a rule found. Raises TypeError where it is no list, for a rule that is not ours may give anything."""
    if not isinstance(found, Iterable):
        given = type(found).__name__.removesuffix("Type")
        raise TypeError(f"it gave {given}, and rules give findings: yield what its found() makes")
    return found


def rule(name: str) -> Rule:
    """The rule of this code (`KMM201`, `kmm201`, `201`) or name (`unknown-outcome`). Raises UnknownName."""
    wanted = name.upper() if not name.isdigit() else f"KMM{name}"
    for each in CATALOGUE.values():
        if wanted == each.code or name == each.name:
            return each
    raise no_such("rule", name, [*CATALOGUE, *(each.name for each in CATALOGUE.values())], where="the catalogue")
