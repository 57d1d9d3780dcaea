"""One assessment of each kind that a plug-in meets sooner or later: empty, full, odd in every way that files are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from attrs import evolve

from kmmaturity.api import example, new
from kmmaturity.domain.assessment import Assessment, Evidence
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import Level, MaturityModel, Outcome, SubOutcome
from kmmaturity.domain.plan import Action
from kmmaturity.testing.awkward import AWKWARD_TEXTS

__all__ = ["KINDS", "everywhere"]

DAY = date(2026, 11, 24)
HALF = "half \ud83d a character"  # JSON can hold it as an escape, and no encoding can write it
RIGHT_TO_LEFT = "\u05e6\u05d5\u05d5\u05ea \u202eEvidence\u202c \u0645\u0639\u0631\u0641\u0629"
FORMULA = '=HYPERLINK("https://x.example","click")'
MARKUP = '</td></table><script>alert("x")</script> |-\n{{x}} [[File:x]] <!-- *x* `x` {html} ]]>'
COMMANDS = "::set-output name=x::y\r\n##vso[task]\x1b]0;title\x07\x1b[2J\x00"


def everywhere(text: str) -> Assessment:
    """An assessment, and a model, with `text` wherever anybody can write text."""
    subs = {name: SubOutcome(text, description=text, question=text, levels={0: text, 1: text}) for name in "abc"}
    model = MaturityModel(
        id="odd",
        version="1",
        title=text,
        scale=[Level(0, text, text), Level(1, text, text)],
        outcomes={"o": Outcome(text, description=text, subs=FrozenMap(subs))},
        publisher=text,
        adapted=text,
        licence=text,
        support=text,
        description=text,
    )
    team = Assessment(
        model, [text, text], DAY, previous=text, handling=f"OFFICIAL {text}".strip(), contact=text, notes=text
    )
    team = (
        team.with_score("o.a", 0, rebaselined=text).with_inapplicable("o.b", text or "Not ours").with_target("o.a", 1)
    )
    team = team.with_evidence("o.a", Evidence(text, alternative=text, effect=text, ref=text), Evidence(text))
    team = team.with_priority("o", text).with_benefit("o", "high", text)
    team = team.with_action(Action(text, ["o.a"], owner=text, contact=text, due=date(2027, 4, 30), note=text))
    return team.with_review(date(2027, 2, 24), note=text)


def _empty() -> Assessment:
    return new(unit="A team", assessed=DAY)


def _low() -> Assessment:
    team = _empty()
    for sub in team.model.subs:
        team = team.with_score(sub, team.model.lowest)
    return team


def _high() -> Assessment:
    team = _empty()
    for sub in team.model.subs:
        team = team.with_score(sub, team.model.highest(sub))
    return team


def _inapplicable() -> Assessment:
    team = _empty()
    for sub in team.model.subs:
        team = team.with_inapplicable(sub, "Done for us by another team")
    return team


def _beyond() -> Assessment:
    team = example()
    return evolve(team, scores=team.scores.with_item("strategy.gone", team.answer("learning.before")))


# By what it is called in messages.
KINDS: Mapping[str, Callable[[], Assessment]] = {
    "one with everything not assessed": _empty,
    "one with everything at the lowest level": _low,
    "one with everything at the highest level": _high,
    "one with everything not applicable": _inapplicable,
    "one partly scored": lambda: _empty().with_score("learning.before", 1).with_target("learning.during", 2),
    "a full one": example,
    "one with answers that its model lacks": _beyond,
    "one with half a character": lambda: everywhere(HALF),
    "one written from right to left": lambda: everywhere(RIGHT_TO_LEFT),
    "one with formulas": lambda: everywhere(FORMULA),
    "one with markup": lambda: everywhere(MARKUP),
    "one with control characters": lambda: everywhere(COMMANDS),
    "one with every odd text": lambda: everywhere("\n".join(AWKWARD_TEXTS)),
}
