"""The law: an edited text says what was asked, and no line changes that need not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment, Score, State
from kmmaturity.files.document import Document
from kmmaturity.files.editing import edit
from kmmaturity.files.nodes import Mapping, Node, Scalar, grow
from kmmaturity.files.reading import read_assessment
from kmmaturity.files.source import BOM
from kmmaturity.files.writing import assessment_data, dump
from kmmaturity.testing.strategies import assessments, texts

LAW = settings(max_examples=60, deadline=None)


def read(document: Document, like: Assessment) -> Assessment | None:
    """The assessment in a document."""
    return read_assessment(document, lambda _: like.model).value


def edited(document: Document, before: Assessment, after: Assessment) -> str:
    """The text of `document` after the change, which it has to say."""
    text = edit(document.source, before, after)
    assert read(Document(document.path, text.encode()), after) == after
    return text


def within(text: str) -> set[int]:
    """The lines, from 0, that go on with a value begun on an earlier one: no comment can stand before them."""
    lines: set[int] = set()
    for node in scalars(grow(text, "yaml")):
        first = text.count("\n", 0, node.start)
        lines.update(range(first + 1, first + 1 + text.count("\n", node.start, node.end)))
    return lines


def scalars(node: Node) -> Iterator[Scalar]:
    """Every value without parts."""
    if isinstance(node, Scalar):
        yield node
    else:
        for each in [value for _, value in node.pairs.values()] if isinstance(node, Mapping) else node.items:
            yield from scalars(each)


@st.composite
def annotated(draw: st.DrawFn, value: Assessment) -> Document:
    """A file as a team keeps it: comments on lines of their own and at the ends of others, and blank lines."""
    text = dump(value, "yaml").decode()
    inside = within(text)
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")[:-1]):
        free = number not in inside
        if free and draw(st.integers(0, 5)) == 0:
            # Deeper than a folded text above would be part of it.
            deep = 0 if number - 1 in inside else draw(st.integers(0, 4))
            indent = len(line) - len(line.lstrip(" ")) + deep
            lines += [""] * draw(st.integers(0, 1)) + [f"{' ' * indent}# own - 'line': \U0001f642"]
        ending = f'{" " * draw(st.integers(1, 9))}# end: "of" line' if free and draw(st.integers(0, 5)) == 0 else ""
        lines.append(line + ending)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    data = newline.join(lines) + newline
    return Document("x.kmm.yaml", (draw(st.sampled_from(["", BOM])) + data).encode())


@st.composite
def foreign(draw: st.DrawFn, value: Assessment) -> Document:
    """The same assessment as another program writes it: braces, lists without indent, quotes over several lines."""
    data = assessment_data(value, pinned=draw(st.booleans()))
    if draw(st.booleans()):
        indent: Any = draw(st.sampled_from([None, 0, 2, 4, "\t"]))
        separators = draw(st.sampled_from([(",", ":"), (", ", ": ")]))
        text = json.dumps(data, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))
        return Document("x.kmm.json", text.encode())
    text = yaml.safe_dump(
        data,
        default_flow_style=draw(st.sampled_from([True, False, None])),
        sort_keys=draw(st.booleans()),
        allow_unicode=draw(st.booleans()),
        width=draw(st.sampled_from([20, 80])),
        indent=draw(st.sampled_from([2, 4])),
        line_break=draw(st.sampled_from(["\n", "\r\n"])),
        explicit_start=draw(st.booleans()),
    )
    return Document("x.kmm.yaml", text.encode())


@LAW
@given(st.data())
def test_one_answer_is_one_line(data: st.DataObject) -> None:
    """Another score changes the one line that it stands on, to the character."""
    before = data.draw(assessments())
    scored = [sub for sub in before.scores if before.state(sub) is State.SCORED]
    sub = data.draw(st.sampled_from(scored or list(before.model.subs)))
    before = before if scored else before.with_score(sub, before.model.lowest)
    after = before.with_score(sub, data.draw(st.sampled_from(before.model.levels_of(sub))))
    document = data.draw(annotated(before))
    old, new = document.source.text.split("\n"), edited(document, before, after).split("\n")
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == (before != after)


@LAW
@given(st.data())
def test_what_is_added_takes_nothing_away(data: st.DataObject) -> None:
    """Evidence and actions are added as new lines: every old line, comments too, is still there and in its order."""
    before = data.draw(assessments())
    sub = data.draw(st.sampled_from(list(before.model.subs)))
    if before.answer(sub) == Score():
        before = before.with_score(sub, before.model.lowest)
    said = texts().map(lambda text: text if text.strip() else f"we look{text}")  # blank text is refused, and says so
    after = before.with_evidence(sub, data.draw(said), effect=data.draw(texts())).with_action(data.draw(said))
    document = data.draw(annotated(before))
    new = iter(edited(document, before, after).split("\n"))
    assert [line for line in document.source.text.split("\n") if line not in new] == []


@LAW
@given(st.data())
def test_any_assessment_into_any_other(data: st.DataObject) -> None:
    """A file with comments can be made to say anything else, all at once."""
    before = data.draw(assessments())
    after = data.draw(assessments(before.model))
    edited(data.draw(annotated(before)), before, after)


@LAW
@given(st.data())
def test_whoever_wrote_the_file(data: st.DataObject) -> None:
    """What other programs write, in YAML or JSON, can be changed as well."""
    before = data.draw(assessments())
    after = data.draw(assessments(before.model))
    document = data.draw(foreign(before))
    told = read(document, before)  # PyYAML writes a few texts so that they read back as others
    assert told is not None
    edited(document, told, after)
