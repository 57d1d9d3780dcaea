"""Rules over the files of a run, or over one value. Models come as arguments: nothing here looks for one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

from attrs import evolve, field, frozen

from kmmaturity.checking.attempts import attempts
from kmmaturity.checking.result import Findings, joined
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.checking.suppressions import SetAside, needless, set_aside
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding, Place
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.rules import Context, Filed, Rule, across, defects, judge, newest
from kmmaturity.files.document import Document
from kmmaturity.files.reading import Reading, Resolve, placed, read_assessment, read_model
from kmmaturity.files.source import Source

__all__ = [
    "Earlier",
    "Subject",
    "check_assessment",
    "check_document",
    "check_each",
    "check_model",
    "check_model_document",
    "check_run",
]

Earlier = Callable[[Assessment], tuple[Assessment | None, str | None]]
Content = Document | Finding
Told = tuple[list[Finding], list[SetAside]]
OURS = Rulebook()
KEPT = 2000  # files of a run, which need some 40 KB each; reading a file again takes as long as judging it


def nothing_earlier(_: Assessment) -> tuple[None, None]:
    """No assessment before this one, and nothing to say of that."""
    return None, None


@frozen(eq=False)
class Subject:
    """One file of a run: its path, what is in it or why it cannot be opened, and how to find what it names.

    `content` may be a function that opens it: of a folder with thousands of files, few are held at a time. `resolve`
    finds the model. Last time's assessment is `previous`, or the file of the run that is named, or what `earlier`
    finds; else `earlier` says why it cannot be had.
    """

    path: str
    content: Content | Callable[[], Content]
    resolve: Resolve
    previous: Assessment | None = None
    earlier: Earlier = nothing_earlier

    def opened(self) -> Content:
        """What is in the file, or why it cannot be opened."""
        return self.content() if callable(self.content) else self.content


def check_run(subjects: Iterable[Subject], book: Rulebook = OURS, *, today: date | None = None) -> Findings:
    """Every finding of the rules of `book` on files, each with its place: file by file, in reading order."""
    return joined(check_each(subjects, book, today=today), fail_on=book.settings.fail_on, rules=book.rules)


def check_each(
    subjects: Iterable[Subject],
    book: Rulebook = OURS,
    *,
    today: date | None = None,
    notice: Callable[[], None] = lambda: None,
) -> Iterator[Findings]:
    """The same, one file after the other, and at last what went wrong in rules that see several.

    All files are read before the first is told of, since some rules see all of them. Of these a little is kept, so the
    memory that is needed hardly grows with their number. `notice` is called whenever one has been read.
    """
    run = _Run(book, today, _Files(subjects, notice))
    for subject in run.files.subjects:
        read = run.files.read(subject)
        told, left_out = _told(subject, read.reading, run)
        aside: tuple[SetAside, ...] = ()
        sources: dict[str, Source] = {}
        if isinstance(read.content, Finding):
            told = [each.at(Place(subject.path, 1, 1, 1, 1)) for each in told]
        elif told or left_out:
            told = list(placed(told, read.content))
            aside = tuple(_placed(left_out, read.content))
            sources[subject.path] = read.content.source
        yield Findings(
            tuple(told),
            sources=sources,
            checked=(subject.path,),
            rules=book.rules,
            aside=aside,
            fail_on=book.settings.fail_on,
        )
    if crashed := run.across[1]:
        yield Findings(crashed, rules=book.rules, fail_on=book.settings.fail_on)


@frozen(eq=False)
class _Read:
    """A file as it was opened, and what reading it gave."""

    content: Content
    reading: Reading[Any]


class _Files:
    """The files of a run, each read when it is asked for. The first `KEPT` are kept; of more, each is read again."""

    def __init__(self, subjects: Iterable[Subject], notice: Callable[[], None] = lambda: None) -> None:
        self.subjects = tuple(subjects)
        self._notice = notice
        self._kept: dict[int, _Read] = {}

    def read(self, subject: Subject) -> _Read:
        """A file of the run, read."""
        if (kept := self._kept.get(id(subject))) is not None:
            return kept
        content = subject.opened()
        if isinstance(content, Finding):
            found = _Read(content, Reading(findings=(content,)))
        elif content.kind == "model":
            found = _Read(content, read_model(content))
        else:
            found = _Read(content, read_assessment(content, subject.resolve))
        self._notice()
        if len(self._kept) < KEPT:
            self._kept[id(subject)] = found
        return found

    @cached_property
    def heads(self) -> tuple[Filed, ...]:
        """What rules over several files see of those that could be read."""
        return tuple(self._heads())

    @cached_property
    def where(self) -> Mapping[str, Subject]:
        """The files by where they are."""
        return {_spot(each.path): each for each in self.subjects}

    def _heads(self) -> Iterator[Filed]:
        models: list[MaturityModel] = []  # one of each, or thousands would be held
        for subject in self.subjects:
            value = self.read(subject).reading.value
            if isinstance(value, Assessment):
                model = next((each for each in models if each is value.model or each == value.model), None)
                if model is None:
                    models.append(model := value.model)
                yield Filed(subject.path, Assessment(model=model, unit=value.unit, assessed=value.assessed))


def check_document(document: Document, resolve: Resolve) -> Findings:
    """Every finding of our own rules on one file."""
    return check_run([Subject(document.path, document, resolve)])


def check_model_document(document: Document, reading: Reading[MaturityModel] | None = None) -> Findings:
    """Every defect that our own rules find in a model file, whatever its name is, each with its place.

    `reading` is what `read_model` made of it, where that is there already.
    """
    found = placed(_of_model(reading or read_model(document), OURS), document)
    return Findings(found, sources={document.path: document.source}, checked=(document.path,))


def check_assessment(
    assessment: Assessment, book: Rulebook = OURS, *, previous: Assessment | None = None, today: date | None = None
) -> Findings:
    """Every finding of the rules of `book` on an assessment that is a value already; places are pointers."""
    run = _Run(book, today)
    found, aside = _of_assessment(Reading(assessment), run.context("", assessment, previous), (), run)
    return Findings(tuple(found), rules=book.rules, aside=tuple(aside), fail_on=book.settings.fail_on)


def check_model(model: MaturityModel, book: Rulebook = OURS) -> Findings:
    """Every defect that the rules of `book` find in a model that is a value already; places are pointers."""
    return Findings(tuple(_of_model(Reading(model), book)), rules=book.rules, fail_on=book.settings.fail_on)


@frozen(eq=False)
class _Run:
    """What the files of a run have in common: the rules, the day, and what those that could be read show together."""

    book: Rulebook
    today: date | None
    files: _Files = field(factory=lambda: _Files(()))

    @cached_property
    def newest(self) -> frozenset[str]:
        """The paths of the files in which a unit's newest assessment is."""
        return newest(self.files.heads)

    @cached_property
    def across(self) -> tuple[Mapping[str, list[Finding]], tuple[Finding, ...]]:
        """What the files show together, by path; and the mistakes that were met in the rules for that."""
        found: dict[str, list[Finding]] = {}
        pairs, mistakes = attempts(
            self.book.in_force(""),
            lambda rule: across(self.files.heads, [rule]),
            self.book.brought,
            finding_of=itemgetter(1),
        )
        for path, finding in pairs:
            found.setdefault(path, []).append(finding)
        return found, tuple(mistakes)

    def context(
        self, path: str, assessment: Assessment, previous: Assessment | None, absent: str | None = None
    ) -> Context:
        """What the rules see of an assessment of the run."""
        settings = self.book.settings
        return Context(
            assessment,
            previous,
            self.today,
            figures=evolve(assessment.model.figures, **settings.figures),
            newest=not self.files.subjects or path in self.newest,
            marking=settings.marking,
            absent=absent,
        )

    def judged(self, context: Context, rules: Iterable[Rule]) -> list[Finding]:
        """What `rules` find in an assessment, and what went wrong in them."""
        found, mistakes = attempts(rules, lambda rule: judge(context, [rule]), self.book.brought)
        return found + mistakes


def _spot(path: str, named: str = "") -> str:
    """Where a file is, as one text however it was written; with `named`, where the file is that one at `path` names."""
    whole = os.path.join(os.path.dirname(path), named) if named else path  # noqa: PTH118, PTH120  # texts, no files
    return os.path.normcase(os.path.abspath(whole))  # noqa: PTH100


def _told(subject: Subject, reading: Reading[Any], run: _Run) -> Told:
    """What is found in one file of the run, and what it sets aside."""
    read = reading.value or reading.rest
    if isinstance(read, MaturityModel):
        return _of_model(reading, run.book, subject.path), []
    if not isinstance(read, Assessment):
        return run.book.told(reading.findings, subject.path), []
    previous, absent = _before(subject, read, run)
    context = run.context(subject.path, read, previous, absent)
    return _of_assessment(reading, context, run.across[0].get(subject.path, ()), run, subject.path)


def _placed(aside: Sequence[SetAside], document: Document) -> Iterator[SetAside]:
    for each in aside:
        (finding,) = placed([each.finding], document)
        yield evolve(each, finding=finding)


def _before(subject: Subject, assessment: Assessment, run: _Run) -> tuple[Assessment | None, str | None]:
    """Last time's assessment, or why it cannot be had."""
    if subject.previous is not None:
        return subject.previous, None
    named = run.files.where.get(_spot(subject.path, assessment.previous)) if assessment.previous else None
    if named is not None and isinstance(value := run.files.read(named).reading.value, Assessment):
        return value, None
    return subject.earlier(assessment)


def _of_assessment(
    reading: Reading[Assessment], context: Context, shared: Iterable[Finding], run: _Run, path: str = ""
) -> Told:
    book = run.book
    rules = book.in_force(path)
    if reading.value is not None:
        found = [*reading.findings, *shared, *run.judged(context, rules)]
    else:
        judged = run.judged(context, [rule for rule in rules if rule.stands])
        found = [*reading.findings, *reading.believed(judged)]
    kept, aside = set_aside(found, context.assessment, book)
    if reading.value is not None:
        kept += needless(context, aside, book)
    return book.told(kept, path, eased=bool(context.waiting)), aside


def _of_model(reading: Reading[MaturityModel], book: Rulebook, path: str = "") -> list[Finding]:
    model = reading.value or reading.rest
    fitting = [] if model is None else [rule for rule in book.in_force(path) if reading.value or rule.stands]
    found, mistakes = attempts(fitting, lambda rule: defects(model, [rule]) if model else (), book.brought)
    found += mistakes
    if reading.value is None:
        found = list(reading.believed(found))
    return book.told((*reading.findings, *found), path)
