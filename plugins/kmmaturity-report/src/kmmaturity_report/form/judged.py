"""The rules that the page judges: their words from the catalogue, and which are left to `check`, with the reason.

Why a rule matters, what to do, the patterns and words that it looks for and the figures that it counts with come from
the catalogue. What each finds, and in which sentence, is written a second time in `practice.js`, `handling.js` and
`plan.js` of `script/`, since a page runs no Python: a test holds both equal on generated assessments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.rules import CATALOGUE, Rule, handling, practice
from kmmaturity_report.form.patterns import Pattern, translated

__all__ = ["JUDGED", "LABELS", "LEFT", "PATTERNS", "WORDS", "told"]

# What a page that writes the file itself cannot know, or cannot get wrong.
LEFT: Mapping[str, str] = FrozenMap(
    {
        "file": "is about bytes that people typed: the page writes the file, and says what keeps one from being opened",
        "structure": "is about keys and types: the page writes them, and refuses a file whose shape is another",
        "model": "is about the model, which was checked when the page was made",
        "config": "is about settings and plug-ins, which a page has none of",
        "KMM203": "needs the folder: the page carries its model",
        "KMM204": "is told when a file is opened",
        "KMM505": "needs the folder: the page carries last time's answers",
        "KMM506": "compares the files of a run",
        "KMM604": "needs the settings of whoever runs the check",
    }
)

JUDGED: Mapping[str, Rule] = FrozenMap(
    {code: rule for code, rule in CATALOGUE.items() if code not in LEFT and rule.family not in LEFT}
)

PATTERNS: Mapping[str, Pattern] = FrozenMap(
    {
        "word": translated(practice.WORD),
        "letters": translated(practice.LETTERS),
        "email": translated(handling.EMAIL),
        "digits": translated(handling.SIX_DIGITS),
        "undigit": translated(handling.NUMBER),
        "phone": translated(handling.PHONE),
        "insurance": translated(handling.NATIONAL_INSURANCE),
        "title": translated(handling.TITLE, start=True),
        "initials": translated(handling.INITIALS, whole=True),
        "high": translated(handling.TOO_HIGH),
        "parts": translated(handling.PARTS),
    }
)
WORDS: Mapping[str, tuple[str, ...]] = FrozenMap(
    {
        "reasonless": tuple(sorted(practice.NO_REASONS)),
        "shared": tuple(sorted(handling.SHARED)),
        "endings": handling.ENDINGS,
    }
)

# What the page calls the keys that the catalogue's remedies name.
LABELS: Mapping[str, str] = FrozenMap(
    {
        "action": "Action",
        "actions": "Actions",
        "assessed": "Day of the assessment",
        "because": "Why",
        "by": "By when",
        "contact": "Contact",
        "due": "Due",
        "effect": "Effect",
        "evidence": "Evidence",
        "handling": "Handling marking",
        "held": "Held on",
        "ignore": "Rules set aside",
        "inapplicable": "Not applicable",
        "measure": "Measure that it shows",
        "alternative": "In place of a measure",
        "note": "Note",
        "notes": "Notes",
        "outcome": "outcome",
        "owner": "Owner",
        "plan": "Plan",
        "priorities": "Priorities",
        "rebaselined": "Seen differently now",
        "ref": "Reference",
        "reviews": "Reviews",
        "score": "Score",
        "status": "Status",
        "target": "Target",
    }
)
KEY = re.compile(r"`(?:- )?(\w+):?(?: ([^`]+))?`")


def told(rule: Rule) -> dict[str, Any]:
    """What the page says of `rule`, in the catalogue's words; keys of the file are called what the page calls them."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": str(rule.severity),
        "eased": rule.eased,
        "vital": rule.vital,
        "summary": rule.summary,
        "why": rule.why,
        "remedy": KEY.sub(_label, rule.remedy),
    }


def _label(found: re.Match[str]) -> str:
    key, value = found.groups()
    if key not in LABELS:
        return found[0]
    return f"“{LABELS[key]}: {value}”" if value else f"“{LABELS[key]}”"
