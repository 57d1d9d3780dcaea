"""A page for each rule, in Markdown, made from the catalogue; plug-ins can have the same for theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.names import listed
from kmmaturity.domain.rules.catalogue import CATALOGUE
from kmmaturity.domain.rules.rule import Rule

__all__ = ["pages"]

INDEX = "README.md"
LONGEST = 2_000
FAMILIES = {
    "file": "What stands between the bytes of a file and a document.",
    "structure": "Keys and types.",
    "fit": "Whether the answers fit the model that they are read with.",
    "model": "Defects of a model.",
    "practice": "Whether evidence bears the scores out. Information only, until everything that applies is scored.",
    "plan": "Priorities, targets, actions and reviews. Ideas are free: the rules on actions begin with `planned`.",
    "cycle": "One year and the next, and the files of one run.",
    "handling": "What does not belong in a file that is passed on.",
    "config": "Settings, rules set aside, and plug-ins.",
}
# A bad example is not labelled as a good one is, so that what runs a page's examples passes it over.
LANGUAGES = {
    "assessment": ("yml", "yaml"),
    "model": ("yml", "yaml"),
    "settings": ("toml", "toml"),
    "plug-in": ("py", "python"),
}


def pages(
    rules: Iterable[Rule] = CATALOGUE.values(), found: Mapping[str, Iterable[Finding]] = FrozenMap()
) -> dict[str, str]:
    """The text of each page by its file's name: an index, and a page for each rule.

    `found` holds, by a rule's code, what is found in its bad example; the page quotes what is the rule's own.
    """
    every = tuple(rules)
    texts = {INDEX: _index(every)} | {f"{each.code}.md": _page(each, every, found.get(each.code, ())) for each in every}
    return {name: "\n".join(lines) + "\n" for name, lines in texts.items()}


def _index(rules: Sequence[Rule]) -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield "What `kmmaturity check` looks for. An *error* says that a file is broken, a *warning* is advice, and *info*"
    yield "is worth knowing. Only errors end a check with 1, unless `--fail-on` says otherwise. In a terminal,"
    yield "`kmmaturity explain KMM301` tells the same. Codes are never used again for something else."
    for family in dict.fromkeys(each.family for each in rules):
        yield from ("", f"## {family}", "")
        if family in FAMILIES:
            yield from (FAMILIES[family], "")
        yield from ("| Code | Name | Severity | What it says |", "|---|---|---|---|")
        for each in rules:
            if each.family == family:
                yield f"| [{each.code}]({each.code}.md) | {each.name} | {each.severity} | {each.summary} |"


def _page(rule: Rule, rules: Sequence[Rule], found: Iterable[Finding]) -> Iterator[str]:
    yield f"# {rule.code}: {rule.name}"
    yield from ("", rule.summary)
    yield from ("", " · ".join(_facts(rule)) + ".")
    yield from ("", "## Why it matters", "", rule.why)
    yield from ("", "## What to do", "", rule.remedy)
    after = [f"[{each.code} {each.name}]({each.code}.md)" for each in rules if each.code in rule.leads_to]
    if after:
        yield from ("", f"What may come up next: {listed(after, last='and')}.")
    bad, good = LANGUAGES[rule.about]
    yield from ("", "## For instance", "", *_example(rule.bad, bad))
    for each in found:
        if each.code == rule.code:
            line = f" on line {each.place.line}" if each.place else ""
            yield from ("", f"What `check` says{line}:", "", f"> {each.sentences}")
    yield from ("", "## Better", "", *_example(rule.good, good))
    for name, text in rule.beside.items():
        yield from ("", f"Both with `{name}` beside them:", "", *_example(text, good))


def _facts(rule: Rule) -> Iterator[str]:
    yield f"Family [{rule.family}]({INDEX}#{rule.family})"
    eased = rule.eased and rule.severity is not Severity.INFO
    yield f"{rule.severity}, but info until everything that applies is scored" if eased else str(rule.severity)
    if rule.needs:
        yield f"off unless `{'`, `'.join(rule.needs)}` is stated"
    if rule.fix != "none":
        yield f"mended by a program: {rule.fix}"
    yield f"since {rule.since}"


def _example(document: bytes, language: str) -> Iterator[str]:
    if not document.strip():
        yield "An empty file."
    elif len(document) > LONGEST:
        yield f"`{document[:40].decode()}...`, and so on for {len(document):,} bytes."
    else:
        yield from (f"```{language}", *document.decode("utf-8", "replace").splitlines(), "```")
