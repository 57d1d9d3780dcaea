"""The laws of fixes: each removes its finding, adds none, changes nothing else, and twice is as once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kmmaturity import to_dict
from kmmaturity.checking import Findings
from kmmaturity.checking.check import Subject, check_run
from kmmaturity.checking.fixing import fixed
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.files.document import Document
from kmmaturity.files.source import BOM
from kmmaturity.testing.strategies import assessments

LAW = settings(max_examples=25, deadline=None)
Tree = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]
COMMENTS = ["", "   # own - 'line': \N{SLIGHTLY SMILING FACE}", '  # score: "1"', " # a\N{COMBINING ACUTE ACCENT}"]


def look(model: Any, document: Document) -> Findings:
    """What is found in a document, read with `model`."""
    return check_run([Subject(document.path, document, lambda _: model)], today=date(2027, 1, 1))


def as_text(draw: Draw, tree: Tree) -> None:
    """Writes some of the levels as text."""
    for answer in tree.get("scores", {}).values():
        for holder, key in ((answer, "score"), (answer.get("target", {}), "level")):
            if isinstance(holder.get(key), int) and draw(st.booleans()):
                holder[key] = str(holder[key])


def misspelt(draw: Draw, tree: Tree) -> None:
    """Makes slips of which it is clear what was meant, and some of which it is not, or that cannot be undone."""
    scores = tree.setdefault("scores", {})
    for sub, answer in list(scores.items()):
        match draw(st.sampled_from(["none", "field", "both", "float", "outcome", "many"])):
            case "field":
                scores[sub] = {"scroe" if key == "score" else key: each for key, each in answer.items()}
            case "both":
                answer["scroe"] = draw(st.sampled_from(["1", 1]))
            case "float" if "score" in answer:
                answer["score"] = float(answer["score"])
            case "outcome":
                scores[f"{sub}x"] = scores.pop(sub)
            case "many":
                answer["score"] = "some"
    tree["plan"] = {"actions": [{"action": "ask", "status": "under way", "due": "24/11/2027", "onwer": "a Lead"}]}
    tree["scope"] = draw(st.sampled_from(["Team", "tem", "directorates"]))


@st.composite
def documents(draw: st.DrawFn, in_yaml: Callable[[Tree], str], tree: Tree) -> Document:
    """A tree as a file: with comments, emoji, either line end and a byte order mark in YAML; or as JSON."""
    bom = draw(st.sampled_from(["", BOM]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    if draw(st.booleans()):
        text = json.dumps(tree, indent=draw(st.sampled_from([None, 2])), ensure_ascii=draw(st.booleans()))
        return Document("x.kmm.json", (bom + text.replace("\n", newline)).encode())
    lines = [line + draw(st.sampled_from(COMMENTS)) for line in in_yaml(tree).splitlines()]
    return Document("x.kmm.yaml", (bom + "# \N{BOOKS}" + newline + newline.join(lines) + newline).encode())


def expected(document: Document, done: tuple[Finding, ...]) -> str:
    """The text with what each finding says to write put at its place, found by line and column alone."""
    lines = re.split(r"(?<=\n)", document.source.text)  # JSON may hold other line ends within a text
    for each in sorted(done, key=lambda each: each.place.column if each.place else 0, reverse=True):
        place = each.place
        assert place is not None
        assert place.line == place.end_line
        line = lines[place.line - 1]
        lines[place.line - 1] = line[: place.column - 1] + str(each.instead) + line[place.end_column - 1 :]
    return "".join(lines)


def plain(document: Document) -> Any:
    """What a document says, every scalar as text: a number in quotes says what one without them does."""
    if document.syntax == "yaml":
        return yaml.load(document.body, Loader=yaml.BaseLoader)  # noqa: S506  # makes texts alone
    return json.loads(document.body, parse_int=str, parse_float=str)


@LAW
@given(value=assessments(), data=st.data())
def test_safe(value: Assessment, data: st.DataObject, in_yaml: Any) -> None:
    """Safe fixes change what they say at its place and no other byte, and the file says what it said."""
    tree = to_dict(value)
    as_text(data.draw, tree)
    document = data.draw(documents(in_yaml, tree))
    see = partial(look, value.model)
    wanted = [each for each in see(document) if each.code == "KMM105"]
    made = fixed(document, see)
    assert sorted(map(str, made.done)) == sorted(map(str, wanted))
    assert made.after.data == (BOM if document.source.bom else "").encode() + expected(document, made.done).encode()
    assert plain(made.after) == plain(document)
    assert not any(each.code == "KMM105" for each in see(made.after))
    assert fixed(made.after, see).done == ()


@LAW
@given(value=assessments(), data=st.data())
def test_unsafe(value: Assessment, data: st.DataObject, in_yaml: Any) -> None:
    """With unsafe ones too, no kind of mistake in reading is there more often than before, and twice is as once.

    What stands below a key that was put right is read for the first time, and does not count.
    """
    tree = to_dict(value)
    misspelt(data.draw, tree)
    as_text(data.draw, tree)
    document = data.draw(documents(in_yaml, tree))
    see = partial(look, value.model)
    made = fixed(document, see, unsafe=True)
    before, after = see(document), see(made.after)
    names = {each.instead for each in made.done if each.on_key}
    read_before = [each for each in after if not names.intersection(each.pointer) or each.code == "KMM103"]
    for code in ("KMM003", "KMM101", "KMM102", "KMM103", "KMM104", "KMM105"):
        count = [sum(each.code == code for each in found) for found in (before, read_before)]
        assert count[1] <= count[0]
    assert len(made.done) == len({(each.code, each.pointer) for each in made.done})
    gone = {(each.code, each.pointer) for each in made.done}
    assert not gone & {(each.code, each.pointer) for each in after}
    assert fixed(made.after, see, unsafe=True).done == ()
    assert comments(made.after) == comments(document)
    assert made.after.source.bom == document.source.bom
    assert made.after.data.count(b"\r\n") == document.data.count(b"\r\n")
    assert len(made.after.source.text.splitlines()) == len(document.source.text.splitlines())


@LAW
@given(value=assessments(), data=st.data())
def test_without_being_asked(value: Assessment, data: st.DataObject, in_yaml: Any) -> None:
    """Unless it is asked to write what was probably meant, a fix leaves all of that as it is."""
    tree = to_dict(value)
    misspelt(data.draw, tree)
    document = data.draw(documents(in_yaml, tree))
    made = fixed(document, partial(look, value.model))
    assert {each.code for each in made.done} <= {"KMM105"}
    assert plain(made.after) == plain(document)


def comments(document: Document) -> list[str]:
    """The comment at the end of each line, where it has one; JSON has none."""
    lines = document.source.text.splitlines() if document.syntax == "yaml" else []
    return [next(each for each in reversed(COMMENTS) if line.endswith(each)) for line in lines]
