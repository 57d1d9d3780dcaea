"""OWASP SAMM's graph of related activities: one release shipped defects, and the next mended them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import kmmaturity as km
from kmmaturity.checking import Findings

BAD, MENDED = "samm-2.1.0-bad-graph.json", "samm-2.2.0-graph.json"


@frozen
class Written:
    """A model file as text, and what each of its edges says with the lines on which it says so."""

    text: str
    edges: list[tuple[str, int, str, int, int]]  # from, its level, to, that one's level, the line of `needs`


def word(title: str) -> str:
    """An id made of a practice's name."""
    return re.sub(r"[^a-z]+", "-", title.lower()).strip("-")


def model_file(graph: Any) -> Written:
    """The graph as a model in YAML: a sub-outcome for each stream of a practice, activities as levels 1 to 3.

    A reference to a whole practice becomes one to that outcome. Lines are counted here as they are written.
    """
    where = {
        each["id"]: (f"{word(each['practice'])}.stream-{each['stream'].lower()}", each["level"])
        for each in graph["activities"]
    }
    practices = {word(each["practice"]) for each in graph["activities"]}
    lines = [
        "kmmodel: 1", "id: samm", f'version: "{graph["tag"]}"', "title: SAMM", f"licence: {graph['licence']}", "scale:",
        *(f"  - {{level: {level}, title: Level {level}}}" for level in range(4)),
        "outcomes:",
    ]  # fmt: skip
    edges = []
    for practice in sorted(practices):
        lines += [f"  {practice}:", f"    title: {practice}", "    subs:"]
        for stream in "ab":
            sub = f"{practice}.stream-{stream}"
            own = sorted(
                (each for each in graph["activities"] if where[each["id"]][0] == sub), key=lambda it: it["level"]
            )
            assert [each["level"] for each in own] == [1, 2, 3]
            lines += [f"      stream-{stream}:", f"        title: Stream {stream.upper()}", "        levels:"]
            lines += [f"          {each['level']}: '{each['title'].replace(chr(39), chr(39) * 2)}'" for each in own]
            references = [(each["level"], other) for each in own for other in each["relatedActivities"]]
            lines += ["        requires:"] if references else []
            for level, other in references:
                name = word(re.sub(r".*/\w-|\.yml$", "", other["kind"]))
                needs, at = where.get(other["id"], (name, 1))
                lines += [f"          - level: {level}", f"            needs: {needs}", f"            at: {at}"]
                edges.append((sub, level, needs, at, len(lines) - 1))
    return Written("".join(f"{line}\n" for line in lines), edges)


def checked(written: Written, folder: Path) -> Findings:
    """What a check of the model file finds."""
    path = folder / "samm.kmmodel.yaml"
    path.write_text(written.text, encoding="utf-8")
    return km.check(path)


@pytest.fixture(scope="module", params=[BAD, MENDED])
def either(published: Callable[[str], Any], request: pytest.FixtureRequest) -> Any:
    """Each of the two releases."""
    return published(request.param)


@pytest.fixture(scope="module")
def bad(published: Callable[[str], Any]) -> Written:
    """The release with defects."""
    return model_file(published(BAD))


def test_counts(either: Any, tmp_path: Path) -> None:
    """90 activities become 30 sub-outcomes with three levels each, and every reference an edge."""
    written = model_file(either)
    assert len(written.edges) == either["expected"].get("raw_refs", either["expected"]["edges"])
    path = tmp_path / "samm.kmmodel.yaml"
    path.write_text(written.text.replace("requires:", "supports:"), encoding="utf-8")
    if not either["expected"]["dangling"]:
        model = km.load_model(path)
        assert len(model.subs) == 30
        assert sum(len(each.levels) for each in model.subs.values()) == either["expected"]["activities"]
        assert sum(len(each.supports) for each in model.subs.values()) == either["expected"]["edges"]


def test_mended_release_is_clean(published: Callable[[str], Any], tmp_path: Path) -> None:
    """The mended release gives no finding at all, and loads."""
    assert list(checked(model_file(published(MENDED)), tmp_path)) == []
    assert len(km.load_model(tmp_path / "samm.kmmodel.yaml").subs) == 30


def test_references_to_a_practice(bad: Written, tmp_path: Path) -> None:
    """The four references to a practice where an activity belongs are told, each at the line that makes it."""
    found = [each for each in checked(bad, tmp_path) if each.code == "KMM221"]
    expected = [(sub, needs, line) for sub, _, needs, _, line in bad.edges if "." not in needs]
    assert len(found) == 4
    assert [each.place and (each.place.line, each.place.column) for each in found] == [
        (line, len("            needs: ") + 1) for _, _, line in expected
    ]
    assert [each.message for each in found] == [
        f"{sub} needs {needs}, which is an outcome and has no level" for sub, needs, _ in expected
    ]
    assert {each.help.partition(":")[0] for each in found} == {"Name one of its sub-outcomes"}


def test_level_inversions(bad: Written, tmp_path: Path) -> None:
    """The five activities that rest on a higher level of another are warnings, each at the line that states the level."""
    found = [each for each in checked(bad, tmp_path) if each.code == "KMM223"]
    expected = [edge for edge in bad.edges if "." in edge[2] and edge[3] > edge[1]]
    assert len(found) == 5
    assert [each.place and (each.place.line, each.place.column) for each in found] == [
        (line + 1, len("            at: ") + 1) for *_, line in expected
    ]
    assert [each.message for each in found] == [
        f"{sub} level {level} needs the higher {needs} level {at}" for sub, level, needs, at, _ in expected
    ]


def test_nothing_else_is_found(bad: Written, tmp_path: Path) -> None:
    """Same-level references and the rest of the file are right: there are nine findings and no more."""
    found = checked(bad, tmp_path)
    assert len(found) == 9
    assert len(found.errors) == 4
    with pytest.raises(km.CannotRead, match="4 problems"):
        km.load_model(tmp_path / "samm.kmmodel.yaml")


def test_the_same_in_json(published: Callable[[str], Any], bad: Written, tmp_path: Path) -> None:
    """The same model in JSON gives the same nine findings, at the same places of the document."""
    import json

    import yaml

    data = yaml.safe_load(bad.text)
    path = tmp_path / "samm.kmmodel.json"
    path.write_text(json.dumps(data, indent=2), encoding="utf-8")
    in_json = [(each.code, str(each.pointer), each.message) for each in km.check(path)]
    assert in_json == [(each.code, str(each.pointer), each.message) for each in checked(bad, tmp_path)]


def test_cycle_gives_its_path(published: Callable[[str], Any], tmp_path: Path) -> None:
    """A requirement added the other way round makes a circle, which is told with its path and its lines."""
    written = model_file(published(MENDED))
    sub, level, needs, at, _ = next(edge for edge in written.edges if edge[1] == edge[3])
    back = f"          - level: {at}\n            needs: {sub}\n            at: {level}\n"
    lines = written.text.splitlines(keepends=True)
    outcome, _, stream = needs.partition(".")
    start = lines.index(f"      {stream}:\n", lines.index(f"  {outcome}:\n"))
    own = next((n for n in range(start + 1, start + 7) if lines[n].strip() == "requires:"), None)
    at_line = own + 1 if own is not None else start + 6
    head = "" if own is not None else "        requires:\n"
    text = "".join([*lines[:at_line], head, back, *lines[at_line:]])
    found = checked(Written(text, []), tmp_path)
    assert [each.code for each in found] == ["KMM220"]
    (finding,) = found
    assert sorted(re.findall(r"[\w.-]+ level \d", finding.message.partition(": ")[2])[1:]) == sorted(
        [f"{sub} level {level}", f"{needs} level {at}"]
    )
    assert finding.place is not None
    assert finding.related[0].place is not None
    told = {text.splitlines()[place.line - 1].strip() for place in (finding.place, finding.related[0].place)}
    assert told == {f"needs: {sub}", f"needs: {needs}"}
