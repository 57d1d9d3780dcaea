"""The rules of a run, with the settings that say which of them are told, and how."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from kmmaturity.checking.settings import Settings, mistakes
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.errors import KmMaturityError

__all__ = ["Rulebook"]


@frozen(eq=False)
class Rulebook:
    """Every rule by its code, the settings, and for rules that are not ours who brought each.

    Raises KmMaturityError for settings that name rules which there are none of.
    """

    rules: Mapping[str, Rule] = CATALOGUE
    settings: Settings = Settings()
    brought: Mapping[str, str] = field(default=FrozenMap())

    @cached_property
    def _in_force(self) -> dict[tuple[str, ...], tuple[Rule, ...]]:
        return {}

    def __attrs_post_init__(self) -> None:
        if wrong := mistakes(self.settings, self.rules.values()):
            raise KmMaturityError("; ".join(each.sentences for each in wrong))

    def in_force(self, path: str) -> tuple[Rule, ...]:
        """The rules to look for in the file at `path`; without one, those to look for in a value."""
        aside = tuple(self._left_out(path)) if path else ()
        if aside not in self._in_force:
            self._in_force[aside] = tuple(rule for rule in self.rules.values() if self._wanted(rule, aside))
        return self._in_force[aside]

    def told(self, found: Iterable[Finding], path: str, *, eased: bool = False) -> list[Finding]:
        """Those of the findings that are told of the file at `path`, with the severities that the settings give them.

        With `eased`, rules that are information until all is scored stay so.
        """
        codes = {rule.code for rule in self.in_force(path)}
        return [self._weighed(each, self.rules[each.code], eased=eased) for each in found if each.code in codes]

    def _weighed(self, finding: Finding, rule: Rule, *, eased: bool) -> Finding:
        given = self.settings.severity.items()
        named = [(close, level) for name, level in given if (close := rule.closeness(name)) is not None]
        # What a rule itself tells as less stays less.
        if not named or rule.vital or (rule.eased and eased) or finding.severity < rule.severity:
            return finding
        return evolve(finding, severity=max(named)[1])

    def _wanted(self, rule: Rule, aside: tuple[str, ...]) -> bool:
        if rule.vital:
            return True
        if any(rule.closeness(name) is not None for name in aside):
            return False
        wanted, unwanted = (
            max((close for name in names if (close := rule.closeness(name)) is not None), default=-1)
            for names in (self.settings.select, self.settings.ignore)
        )
        return wanted > unwanted

    def _left_out(self, path: str) -> Iterator[str]:
        patterns = self.settings.per_file_ignores
        if not patterns:
            return
        try:
            shown = os.path.relpath(path, self.settings.base or os.curdir).replace(os.sep, "/")
        except ValueError:  # on another drive of Windows, where no pattern leads
            return
        for pattern, names in patterns.items():
            if _matches(pattern, shown):
                yield from names


def _matches(pattern: str, path: str) -> bool:
    """Whether `path` is what `pattern` says: `*` is any part of a name, `**` any folders; a lone name is in any."""
    from fnmatch import fnmatchcase  # most runs have no patterns

    def in_order(wanted: list[str], names: list[str]) -> bool:
        match wanted, names:
            case [], []:
                return True
            case ["**", *rest], _:
                return any(in_order(rest, names[start:]) for start in range(len(names) + 1))
            case [first, *rest], [name, *others]:
                return fnmatchcase(name, first) and in_order(rest, others)
            case _:
                return False

    *folders, name = pattern.split("/")
    if not folders:
        return fnmatchcase(path.rpartition("/")[2], pattern)
    return in_order([*folders, name or "**"], path.split("/"))
