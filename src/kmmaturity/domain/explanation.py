"""What a word means: an outcome, sub-outcome, level, measure, principle, term or rule, told offline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.method import METHOD
from kmmaturity.domain.model import MaturityModel, Requirement
from kmmaturity.domain.names import listed, no_such
from kmmaturity.domain.rules import CATALOGUE, Rule
from kmmaturity.errors import UnknownName

__all__ = ["Explanation", "explain"]


@frozen(weakref_slot=False)
class Explanation:
    """One thing explained: what sort it is, its name and title, and labelled lines in reading order."""

    kind: str
    name: str
    title: str
    lines: tuple[tuple[str, str], ...] = field(default=(), converter=tupled)


def explain(name: str, model: MaturityModel, rules: Iterable[Rule] = CATALOGUE.values()) -> tuple[Explanation, ...]:
    """What `name` means: several things may answer to it. Raises UnknownName with a near one.

    Takes the code or name of one of `rules`, or a family of them, an outcome, a sub-outcome (in full, or its own part
    where only one has it), a level as `level 2` or `learning.before 2`, the title of any of these, a measure, a
    principle as `principle 5`, and a glossary term.
    """
    wanted = " ".join(name.split())
    known = tuple(rules)
    found = tuple(_found(wanted, model, known))
    if not found:
        part = {word for word in _words(model, known) if len(wanted) > 3 and wanted.casefold() in word.casefold()}
        if part:
            raise UnknownName(f"{model.reference} has no word {name!r}: did you mean {listed(sorted(part))}?")
        raise no_such("word", name, _once(_words(model, known)), where=f"{model.reference} with the rules")
    return found


def _found(name: str, model: MaturityModel, rules: Sequence[Rule]) -> Iterator[Explanation]:
    folded, titled = name.casefold(), model.titled(name)
    yield from _rules(folded, rules)
    for outcome in model.outcomes:
        if folded == outcome.casefold() or outcome in titled:
            yield _outcome(outcome, model)
    for sub in model.subs:
        if folded in (sub.casefold(), sub.partition(".")[2].casefold()) or sub in titled:
            yield _sub(sub, model)
    for level in model.scale:
        if folded in (f"level {level.level}", level.title.casefold()):
            yield Explanation("level", f"level {level.level}", level.title, _lines(("means", level.means)))
    if (match := re.fullmatch(r"(\S+?)(?: level)?[ @](-?\d+)", folded)) and match[1] in model.subs:
        yield from _level_of(match[1], int(match[2]), model)
    if match := re.fullmatch(r"principle (\d+)", folded):
        yield from _principle(int(match[1]), model)
    yield from _measures(folded, model)
    yield from _method(folded)
    for key, term in model.glossary.items():
        if folded in (key.casefold(), term.term.casefold()):
            yield Explanation("term", key, term.term, [("means", term.means)])


def _rules(name: str, rules: Sequence[Rule]) -> Iterator[Explanation]:
    for rule in rules:
        if name in (rule.code.casefold(), rule.code.removeprefix("KMM"), rule.name):
            yield _rule(rule, rules)
    if family := [rule for rule in rules if rule.family == name]:
        told = [(f"{rule.code} {rule.name}", rule.summary) for rule in family]
        yield Explanation("family", name, f"{len(family)} rules" if len(family) > 1 else "one rule", told)


def _words(model: MaturityModel, rules: Sequence[Rule]) -> Iterator[str]:
    for rule in rules:
        yield rule.code
        yield rule.name
        yield rule.family
    yield from model.outcomes
    yield from model.subs
    yield from model.glossary
    yield from (term.term for term in model.glossary.values())
    yield from METHOD
    yield from (measure.id for sub in model.subs.values() for group in sub.measures.values() for measure in group)
    yield from (f"level {level}" for level in model.levels)
    yield from (level.title for level in model.scale)
    yield from (f"principle {number}" for number in model.principles)


def _once(words: Iterable[str]) -> list[str]:
    """Each word once, whatever its case and hyphens: an id and its title are no rivals for what was meant."""
    seen = {word.casefold().replace(" ", "-"): word for word in sorted(words)}
    return sorted(seen.values())


def _lines(*pairs: tuple[str, str | None]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in pairs if text]


def _rule(rule: Rule, rules: Sequence[Rule]) -> Explanation:
    after = [each for each in rules if each.code in rule.leads_to]
    files = "".join(f"{name}:\n\n{text.decode('utf-8', 'replace')}" for name, text in rule.beside.items())
    return Explanation(
        "rule",
        rule.code,
        f"{rule.name} ({rule.severity})",
        _lines(
            ("says", rule.summary),
            ("why", rule.why),
            ("help", rule.remedy),
            ("may come up next", listed((f"{each.code} {each.name}" for each in after), last="and")),
            ("off unless stated", listed(rule.needs, last="and")),
            ("for instance", rule.bad.decode("utf-8", "replace") if len(rule.bad) < 2000 else None),
            ("better", rule.good.decode("utf-8", "replace")),
            ("with this beside it", files),
        ),
    )


def _outcome(name: str, model: MaturityModel) -> Explanation:
    outcome = model.outcomes[name]
    subs = [(f"{name}.{sub}", value.title) for sub, value in outcome.subs.items()]
    return Explanation("outcome", name, outcome.title, [*_lines(("description", outcome.description)), *subs])


def _sub(name: str, model: MaturityModel) -> Explanation:
    sub = model.subs[name]
    levels = [(f"level {level}", sub.levels.get(level) or model.level_title(level)) for level in model.levels_of(name)]
    principles = "; ".join(f"{number} {model.principles.get(number, '')}".strip() for number in sub.principles)
    return Explanation(
        "sub-outcome",
        name,
        sub.title,
        [
            *_lines(("description", sub.description), ("question", sub.question)),
            *levels,
            *(("needs", _edge(edge)) for edge in sub.requires),
            *(("helped by", _edge(edge)) for edge in sub.supports),
            *_lines(("principles", principles), ("fits", ", ".join(sub.applies))),
        ],
    )


def _edge(edge: Requirement) -> str:
    because = f": {edge.because}" if edge.because else ""
    return f"level {edge.level} rests on level {edge.at} of {edge.needs}{because}"


def _level_of(sub: str, number: int, model: MaturityModel) -> Iterator[Explanation]:
    if number not in model.levels_of(sub):
        return
    value = model.subs[sub]
    measures = [(measure.id, measure.text) for measure in value.measures.get(number, ())]
    needs = [("needs", _edge(edge)) for edge in value.requires if edge.level == number]
    lines = [*_lines(("means", value.levels.get(number))), *needs, *measures]
    yield Explanation("level", f"{sub} level {number}", f"{value.title}: {model.level_title(number)}", lines)


def _principle(number: int, model: MaturityModel) -> Iterator[Explanation]:
    if number in model.principles:
        served = [(sub, value.title) for sub, value in model.subs.items() if number in value.principles]
        yield Explanation("principle", f"principle {number}", model.principles[number], served)


def _method(name: str) -> Iterator[Explanation]:
    plain = name.replace("-", " ")
    for word, means in METHOD.items():
        if plain in (word, f"{word}s", word.replace("-", " "), word.replace("-", "")):
            yield Explanation("word", word, "as kmmaturity uses it", [("means", means)])


def _measures(name: str, model: MaturityModel) -> Iterator[Explanation]:
    for sub, value in model.subs.items():
        for level, group in value.measures.items():
            for measure in group:
                if measure.id.casefold() == name:
                    lines = _lines(("shows", f"{sub} level {level}"), ("kind", measure.kind))
                    yield Explanation("measure", measure.id, measure.text, lines)
