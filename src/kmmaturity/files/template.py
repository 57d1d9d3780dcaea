"""The file that a team fills in: each question with its levels above a blank answer, and samples of what comes next."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Score, State
from kmmaturity.domain.model import SubOutcome
from kmmaturity.domain.names import listed
from kmmaturity.files.emitter import block
from kmmaturity.files.shapes import ASSESSMENT, Table, record
from kmmaturity.files.writing import assessment_data, encoded, plain

__all__ = ["spelled_out", "template"]

WIDTH = 100
SCORE = record(Score)
SCORES = Table(False, SCORE)

# What is filled in when the scores are there.
LATER = {
    "benefit": "Where would improving help your business most? high, some, low or not-now, for any outcome.",
    "priorities": "One or two outcomes to work on this year, and why.",
    "plan": "What you will do, and when you look at the plan again. Owners are roles, not names.",
    "ignore": "",
}

# How far in the keys of a sample stand that are written blank: a command then adds below them, not a second of them.
BEGUN = {"benefit": 0, "priorities": 0, "plan": 2}

# What YAML does not allow even in a comment, and what turns the direction of text around in an editor.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def spelled_out(assessment: Assessment) -> Assessment:
    """`assessment` with an answer for every sub-outcome in the model's order: a blank one where there was none."""
    asked = {sub: assessment.answer(sub) for sub in assessment.model.subs}
    return evolve(assessment, scores={**asked, **assessment.scores})


def template(assessment: Assessment, last: Assessment | None = None, *, schema: str | None = None) -> bytes:
    """`assessment` as a YAML file to be filled in by people; it reads back as `spelled_out(assessment)`.

    What the unit said in `last`, where that is given, stands beside each question as a comment. `schema` is where
    editors find what they complete and show, as seen from the file.
    """
    data = assessment_data(assessment)
    head = {name: told for name, told in data.items() if name not in ("scores", *LATER)}
    hint = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines = [*hint, *_introduction(assessment), *block(head, ASSESSMENT)]
    if assessment.notes is None:
        lines += _comment("Who took part, and how did you agree? Take both # away; your own words for these.", 0)
        lines += _sample("notes: >-", "  Nine of our fourteen people took part. Each scored alone, then we agreed.")
    lines += ["scores:", *_answers(assessment, last)]
    lines += _later(assessment, data)
    return encoded("".join(f"{line}\n" for line in lines))


def _introduction(assessment: Assessment) -> Iterator[str]:
    lowest, top = assessment.model.lowest, assessment.model.top
    yield f"# score: the level that fits today, {lowest} to {top}. Left blank: not assessed yet."
    yield "# evidence: what shows it, a line each after a dash. target: the level you want in a year's time."
    yield "# Not yours? `inapplicable: why` in place of score. Lines like #notes: are samples: take # away."


def _answers(assessment: Assessment, last: Assessment | None) -> Iterator[str]:
    model = assessment.model
    explained = False
    for name, outcome in model.outcomes.items():
        yield ""
        yield from _comment(outcome.title.upper(), 2)
        for sub in model.within(name):
            yield ""
            yield from _question(assessment, model.subs[sub], sub)
            if last is not None and sub in last.model.subs:
                yield from _comment(_last_time(last, sub), 2)
            answer = assessment.answer(sub)
            lines = _answer(sub, answer)
            if answer == Score() and not explained:
                lines, explained = [_hinted(line) for line in lines], True
            yield from lines
    for sub in assessment.beyond:
        yield ""
        yield from _comment(f"{model.reference} does not ask this: it is kept, and counted nowhere.", 2)
        yield from _answer(sub, assessment.scores[sub])


def _question(assessment: Assessment, value: SubOutcome, sub: str) -> Iterator[str]:
    """The comments above an answer: what is asked, whom it is meant for, and what each level says."""
    yield from _comment(value.title, 2)
    yield from _comment(value.question or value.description or "", 2)
    scope = assessment.scope
    if scope and value.applies and scope not in value.applies:
        meant = listed(map(str, value.applies))
        yield from _comment(f"(Asked of a {meant}. You score as a {scope}: `inapplicable:` may be the answer.)", 2)
    for level in assessment.model.levels_of(sub):
        wording = value.levels.get(level) or assessment.model.level_title(level)
        yield from _comment(f"{level}: {wording}", 2, under=len(f"{level}: "), first="  ")


def _last_time(last: Assessment, sub: str) -> str:
    """What was said of `sub` then: its level in words, or that it has none, and the target that was set."""
    answer = last.answer(sub)
    if answer.score is None:
        told = answer.state.replace("-", " ")
    else:
        told = f"{answer.score}, {last.model.level_title(answer.score)}"
    target = f" The target then: {answer.target.level}." if answer.target else ""
    return f"Last time, {last.assessed.isoformat()}: {told}.{target}"


def _answer(sub: str, answer: Score) -> list[str]:
    """The lines of one answer; where it is not assessed yet, with blanks to fill in."""
    data = plain(answer, SCORE)
    lines = block({sub: data}, SCORES, 2)
    if answer.state is not State.UNASSESSED:
        return lines
    if data:
        lines.insert(1, "    score:")
    return lines + [f"    {name}:" for name in ("evidence", "target") if name not in data]


def _hinted(line: str) -> str:
    return f"{line}   # on the lines below, such as:  - Two of nine projects asked" if line == "    evidence:" else line


def _later(assessment: Assessment, data: dict[str, Any]) -> Iterator[str]:
    """What is decided when the scores are there: as it is, or as samples that are right once their # is gone."""
    samples = _samples(assessment)
    for name, told in LATER.items():
        if name in data or name in samples:
            yield from ["", *_comment(told, 0)]
            yield from block({name: data[name]}, ASSESSMENT) if name in data else _begun(name, samples[name])


def _samples(assessment: Assessment) -> dict[str, Any]:
    """What the parts that are filled in later could say of the first outcome that is asked of this unit."""
    asked = [sub for sub in assessment.model.subs if _meant(assessment, sub)] or list(assessment.model.subs)
    if not asked:
        return {}
    outcome, because = assessment.model.outcome_of(asked[0]), "Business plan aim 2"
    action = {
        "action": "What you will do",
        "towards": [asked[0]],
        "owner": "Knowledge Lead",
        "due": _ahead(assessment.assessed, 150),
        "status": "planned",
    }
    return {
        "benefit": {outcome: {"rate": "high", "because": because}},
        "priorities": [{"outcome": outcome, "because": because}],
        "plan": {"reviews": [{"due": _ahead(assessment.assessed, days)} for days in (91, 182)], "actions": [action]},
    }


def _meant(assessment: Assessment, sub: str) -> bool:
    applies = assessment.model.subs[sub].applies
    return not (assessment.scope and applies and assessment.scope not in applies)


def _ahead(day: date, days: int) -> str:
    return (min(day, date.max - timedelta(days)) + timedelta(days)).isoformat()


def _sample(*lines: str) -> list[str]:
    """`lines` commented out: without the # they are right."""
    return [f"#{line}" for line in lines]


def _begun(name: str, value: Any) -> Iterator[str]:
    """The part `name` with its own keys there and blank, and the rest of `value` commented out."""
    key = re.compile(rf" {{0,{BEGUN[name]}}}\w")
    for line in block({name: value}, ASSESSMENT):
        yield from [line] if key.match(line) else _sample(line)


def _comment(text: str, indent: int, *, under: int = 0, first: str = "") -> list[str]:
    """`text` as comment lines, and nothing else whatever it holds; later lines begin `under` further in."""
    start = f"{' ' * indent}# {first}"
    fit = _UNFIT.sub("\ufffd", " ".join(text.split()))
    return textwrap.wrap(
        fit, WIDTH, initial_indent=start, subsequent_indent=start + " " * under, break_on_hyphens=False
    )
