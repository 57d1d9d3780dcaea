"""Family `config`: settings, rules set aside and plug-ins. The parts of the program that read these tell them."""

from __future__ import annotations

from kmmaturity.domain.findings import Severity
from kmmaturity.domain.rules.rule import Rule, assessment_with

__all__ = ["PLUGIN_FAILED", "RULES", "SUPPRESSION_NOT_NEEDED", "UNKNOWN_RULE_IN_IGNORE", "UNKNOWN_SETTING"]


def _ignoring(rule: str, answer: str) -> bytes:
    ignore = f"{{rule: {rule}, outcome: learning.before, because: In the case system}}"
    return assessment_with(f"scores:\n  learning.before: {{{answer}}}\nignore:\n  - {ignore}\n")


_NEEDED = _ignoring("score-without-evidence", "score: 1")
_SHOWN = "score: 1, evidence: [Two of nine projects looked first]"
_PLUGIN = """\
from kmmaturity.domain.findings import Severity
from kmmaturity.domain.rules import Rule
from kmmaturity.hooks import hookimpl


@hookimpl
def kmmaturity_rules():
    return [
        Rule(
            code="OUR001",
            name="notes-wanted",
            family="our",
            severity=Severity.INFO,
            summary="The file has no notes.",
            why="Next year nobody remembers who was there.",
            remedy="Add `notes:` and say who took part.",
            bad=b"",
            good=b"",
        )
    ]
"""

UNKNOWN_SETTING = Rule(
    code="KMM901",
    name="unknown-setting",
    family="config",
    severity=Severity.ERROR,
    summary="The settings have a key, or a value, that kmmaturity does not know.",
    why="A setting that is misspelt changes nothing, and nobody would notice.",
    remedy="Correct the spelling, or take the setting away.",
    about="settings",
    bad=b'[tool.kmmaturity]\nfial-on = "warning"\n',
    good=b'[tool.kmmaturity]\nfail-on = "warning"\n',
)
UNKNOWN_RULE_IN_IGNORE = Rule(
    code="KMM902",
    name="unknown-rule-in-ignore",
    family="config",
    severity=Severity.WARNING,
    summary="A rule is set aside that neither kmmaturity nor a plug-in has.",
    why="What it was meant to set aside is still told, and who reads the file would think otherwise.",
    remedy="Correct the rule's code or name; `kmmaturity explain` lists them. One of a plug-in needs that plug-in.",
    bad=_ignoring("score-without-evidnce", _SHOWN),
    good=_NEEDED,
)
SUPPRESSION_NOT_NEEDED = Rule(
    code="KMM903",
    name="suppression-not-needed",
    family="config",
    severity=Severity.WARNING,
    summary="A rule is set aside where it has nothing to say.",
    why="Reasons that no longer hold hide what comes up next.",
    remedy="Take the entry under `ignore:` away.",
    bad=_ignoring("score-without-evidence", _SHOWN),
    good=_NEEDED,
)
PLUGIN_FAILED = Rule(
    code="KMM904",
    name="plugin-failed",
    family="config",
    severity=Severity.WARNING,
    summary="A plug-in, or a rule, does not work, so what it would check is not checked.",
    why="A check that did not run looks the same as one that found nothing.",
    remedy="Tell the plug-in's author, or uninstall it; `kmmaturity plugins` has the whole message.",
    about="plug-in",
    bad=_PLUGIN.replace("OUR001", "KMM001").encode(),
    good=_PLUGIN.encode(),
)

RULES = (UNKNOWN_SETTING, UNKNOWN_RULE_IN_IGNORE, SUPPRESSION_NOT_NEEDED, PLUGIN_FAILED)
