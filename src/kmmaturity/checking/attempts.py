"""Running rules so that a mistake in one becomes a finding of its own, and hides nothing of what the others find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from kmmaturity.domain.findings import Finding, Pointer, Severity
from kmmaturity.domain.rules import Rule
from kmmaturity.domain.rules.config import PLUGIN_FAILED
from kmmaturity.hooks.mistakes import deepest, said, told

__all__ = ["attempts"]

Found = TypeVar("Found")


def itself(found: Any) -> Any:
    """What is found, where that is the finding."""
    return found


def attempts(
    rules: Iterable[Rule],
    run: Callable[[Rule], Iterable[Found]],
    brought: Mapping[str, str],
    *,
    finding_of: Callable[[Any], Any] = itself,
) -> tuple[list[Found], list[Finding]]:
    """What `run` gives for each of `rules`, and a finding for each mistake in one.

    `finding_of` takes the finding out of what is given. `brought` holds, by code, who brought a rule that is not ours.
    """
    found: list[Found] = []
    mistakes: list[Finding] = []
    for rule in rules:
        try:
            for each in run(rule):
                _look_at(finding_of(each), rule)
                found.append(each)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a stranger's rule raises is its own
            mistakes.append(_told(rule, error, brought.get(rule.code)))
    return found, mistakes


def _look_at(finding: object, rule: Rule) -> None:
    """Raises TypeError for what is no finding of `rule`."""
    if not isinstance(finding, Finding):
        raise TypeError(f"it gave {type(finding).__name__}, and rules give findings: yield what its found() makes")
    if finding.code != rule.code:
        raise TypeError(f"it gave a finding of {finding.code}, and a rule gives its own")
    if not all(isinstance(each, Pointer) for each in (finding.pointer, *(each.pointer for each in finding.related))):
        raise TypeError("it gave a finding whose pointer is no Pointer")
    if not isinstance(finding.severity, Severity):
        raise TypeError(f"it gave a finding whose severity is {finding.severity!r}, and has to be a Severity")
    for name in ("message", "help"):
        if not isinstance(text := getattr(finding, name), str):
            raise TypeError(f"it gave a finding whose {name} is {text!r}, and has to be a text")


def _told(rule: Rule, error: BaseException, by: str | None) -> Finding:
    whose = f" of the plug-in {by}" if by else ""
    if by:
        what = told(error, rule.judge or rule.defects or rule.across)
        help = f"Tell who looks after that plug-in; `--ignore {rule.code}` checks without the rule."
    else:
        what = f"{said(error)} ({deepest(error)})"
        help = "This is a mistake of ours, not yours: please report it on the project's issue tracker."
    return PLUGIN_FAILED.found(
        f"the rule {rule.code} {rule.name}{whose} did not work, so what it would find is not told: {what}",
        help=help,
        severity=Severity.ERROR,
    )
