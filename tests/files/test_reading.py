"""Reading files as people send them: one cause is one finding, with its place and what to do; nothing is half read."""

from __future__ import annotations

import json
import os
import re
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve, frozen

import kmmaturity as km
from kmmaturity.checking import Findings
from kmmaturity.domain.assessment import Score
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import Level, MaturityModel, Outcome, Scope, SubOutcome
from kmmaturity.domain.names import ended
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.errors import CannotRead, KmMaturityError, NoSuchFile
from kmmaturity.files.document import Document

DAY = date(2026, 12, 1)
ADVICE = {"practice", "plan", "cycle", "handling"}
HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit:\n  - Example team\nassessed: 2026-11-24\n"
IN_JSON = """\
{"kmmaturity": 1, "model": "starter@1.0", "unit": ["Example team"],
 "assessed": "2026-11-24",
 "scores": {
  "learning.before": {"score": 1}
 }}
"""


@frozen
class Bad:
    """One file with one cause of trouble, and what is said of it."""

    name: str
    data: bytes
    code: str
    place: tuple[int, int]
    message: str
    help: str


def scored(value: str) -> str:
    """A YAML file with this written as the score."""
    return f"{HEAD}scores:\n  learning.before:\n    score: {value}\n"


def changed(old: str, new: str, text: str = IN_JSON) -> bytes:
    """The file with one thing changed."""
    assert text.count(old) == 1
    return text.replace(old, new).encode()


def both(
    name: str, yaml: str, at: tuple[int, int], in_json: bytes, there: tuple[int, int], *told: str
) -> Iterator[Bad]:
    """The same cause in both formats: where it is in each, and the code, message and help that it gives in both.

    A second help is that of the JSON file, where it says to write something else.
    """
    code, message, *help = told
    yield Bad(f"{name}.yaml", yaml.encode(), code, at, message, help[0])
    yield Bad(f"{name}.json", in_json, code, there, message, help[-1])


def score(name: str, yaml: str, in_json: str, *told: str) -> Iterator[Bad]:
    """A score that is none, in both formats."""
    return both(name, scored(yaml), (8, 12), changed('"score": 1', f'"score": {in_json}'), (4, 32), *told)


TWICE = '"learning.before": {"score": 1},\n  "learning.before": {"score": 1}'
BOMB = HEAD + "notes: &a [x, x]\n" + "".join(f"n{n}: &b{n} [*a, *a]\n" for n in range(30))
WHOLE = "`score` of learning.before takes a whole number, and this is "
CASES = [
    Bad("empty.yaml", b"", "KMM001", (1, 1), "empty.kmm.yaml is empty", "kmmaturity new"),
    Bad("empty.json", b"", "KMM001", (1, 1), "empty.kmm.json is empty", "kmmaturity new"),
    Bad("blank.yaml", b" \n\n", "KMM001", (1, 1), "is empty", "kmmaturity new"),
    Bad("comments.yaml", b"# nothing\n", "KMM001", (1, 1), "holds nothing to read", "kmmaturity new"),
    Bad("null.json", b"null\n", "KMM001", (1, 1), "holds nothing to read", "kmmaturity new"),
    Bad("mark.yaml", b"\xef\xbb\xbf", "KMM001", (1, 1), "is empty", "kmmaturity new"),
    Bad("binary.yaml", b"PK\x03\x04\x00\xff" * 99, "KMM002", (1, 1), "is not a text file", "saved as UTF-8"),
    Bad("binary.json", b"\x00\xff" * 99, "KMM002", (1, 1), "is not a text file", "saved as UTF-8"),
    Bad("utf-16.yaml", HEAD.encode("utf-16"), "KMM002", (1, 1), "is saved as UTF-16", "Save it again as UTF-8"),
    Bad("latin.yaml", f"{HEAD}notes: \xa3 café\n".encode("latin-1"), "KMM002", (6, 8), "byte 0xA3", "Save As"),
    Bad("latin.json", b'{\n "notes": "caf\xe9"}', "KMM002", (2, 15), "byte 0xE9", "Save As"),
    Bad("cut.yaml", f"{HEAD}scores:\n  learning.before: {{score: 1".encode(), "KMM003", (7, 20), "never closed", "closing }"),
    Bad("cut-text.yaml", f'{HEAD}notes: "We were'.encode(), "KMM003", (6, 8), "never closed", 'closing "'),
    Bad("cut.json", IN_JSON[:120].encode(), "KMM003", (4, 3), "never closed", 'closing "'),
    Bad("cut-brace.json", IN_JSON[:-4].encode(), "KMM003", (4, 33), "the file ends here", "saved or copied whole"),
    Bad("tab.yaml", f"{HEAD}scores:\n\tx: 1\n".encode(), "KMM003", (7, 1), "a tab stands", "Use spaces"),
    Bad("colon.yaml", f"{HEAD}notes: One: two\n".encode(), "KMM003", (6, 8), "a colon and a space", '"One: two"'),
    Bad("comma.json", changed('-24",', '-24"'), "KMM003", (3, 2), "a comma is missing before this", "by commas"),
    Bad("alias.yaml", f"{HEAD}notes: *same\n".encode(), "KMM004", (6, 8), "`*same` for an alias", "quote it"),
    Bad("tag.yaml", f"{HEAD}notes: !run x\n".encode(), "KMM005", (6, 8), "`!run` for a tag", "quote"),
    Bad("documents.yaml", f"{HEAD}---\na: 1\n".encode(), "KMM008", (6, 1), "second document", "file of its own"),
    Bad("brackets.yaml", b"[" * 900, "KMM007", (1, 21), "more than 20 deep", "the file you meant"),
    Bad("brackets.json", b"[" * 60_000, "KMM007", (1, 21), "more than 20 deep", "the file you meant"),
    Bad("objects.json", b'{"a":' * 60_000, "KMM007", (1, 101), "more than 20 deep", "the file you meant"),
    Bad("deep.yaml", f"{HEAD}notes: {'[' * 40}{']' * 40}".encode(), "KMM007", (6, 27), "more than 20 deep", "you meant"),
    Bad("large.yaml", b"# x\n" * 5_000_000, "KMM007", (1, 1), "is over 1 MiB", "the file you meant"),
    Bad("large.json", b" " * 20_000_000, "KMM007", (1, 1), "is over 1 MiB", "the file you meant"),
    *both("newer", HEAD.replace(": 1\n", ": 2\n", 1), (1, 13), changed('ty": 1', 'ty": 2'), (1, 16), "KMM006", "format 2", "pip install --upgrade"),
    *both("older", HEAD.replace(": 1\n", ": 0\n", 1), (1, 13), changed('ty": 1', 'ty": 0'), (1, 16), "KMM102", "formats begin at 1", "Write 1."),
    *both("twice", f"{scored('1')}  learning.before: {{}}\n", (9, 3), changed('"learning.before": {"score": 1}', TWICE), (5, 3), "KMM103", "`learning.before` stands a second time", "Keep one of the two"),
    *both("misspelt", scored("1").replace("  score:", "  scroe:"), (8, 5), changed('"score"', '"scroe"'), (4, 23), "KMM104", "learning.before has no field `scroe`", "Did you mean `score`?"),
    *both("stray", f"{HEAD}zzz: 1\n", (6, 1), changed('"unit"', '"zzz": 1, "unit"'), (1, 43), "KMM104", "the file has no field `zzz`", "Its fields are kmmaturity, "),
    *both("misplaced", f"{HEAD}learning.before: 1\n", (6, 1), changed('"unit"', '"learning.before": 1, "unit"'), (1, 43), "KMM104", "no field `learning.before`", "under `scores:`"),
    *both("no date", HEAD.replace("assessed", "#"), (1, 1), changed('"assessed": "2026-11-24",', ""), (1, 1), "KMM101", "the file has no `assessed`", "`assessed: 2026-11-24`", 'Add "assessed": "2026-11-24"'),
    *both("february", HEAD.replace("11-24", "02-30"), (5, 11), changed("11-24", "02-30"), (2, 14), "KMM102", "a day of the calendar", "Correct the day or the month."),
    *both("slashes", HEAD.replace("2026-11-24", "24/11/2026"), (5, 11), changed("2026-11-24", "24/11/2026"), (2, 14), "KMM102", "takes a date", "year-month-day"),
    *both("lone unit", HEAD.replace("\n  - Example", " Example"), (3, 7), changed('["Example team"]', '"Example team"'), (1, 51), "KMM102", "`unit` takes a list", "own: `- Example team`", 'Write ["Example team"].'),
    *both("no unit", HEAD.replace("\n  - Example team", " []"), (3, 7), changed('["Example team"]', "[]"), (1, 51), "KMM101", "has no `unit`", "Add `unit:`", 'Add "unit" and'),
    *both("bare score", f"{HEAD}scores:\n  learning.before: 2\n", (7, 20), changed('{"score": 1}', "2"), (4, 22), "KMM102", "learning.before takes a mapping", "Write `score: 2` indented", 'Write {"score": 2}.'),
    *both("both", f"{scored('1')}    inapplicable: x\n", (8, 5), changed('"score": 1', '"score": 1, "inapplicable": "x"'), (4, 22), "KMM102", "exclude each other", "agree"),
    *both("unknown", scored("1").replace("before", "befor"), (7, 3), changed("before", "befor"), (4, 3), "KMM201", "starter@1.0 has no outcome learning.befor", "Did you mean learning.before?"),
    *both("outcome", scored("1").replace(".before", ""), (7, 3), changed(".before", ""), (4, 3), "KMM201", "learning is an outcome", "Score learning.before, "),
    *both("no model", HEAD.replace("starter", "other"), (2, 8), changed("starter", "other"), (1, 28), "KMM203", "no model 'other@1.0'", "beside the assessment"),
    *both("near model", HEAD.replace("starter", "startr"), (2, 8), changed("starter", "startr"), (1, 28), "KMM203", "did you mean starter@1.0?", "beside the assessment"),
    *both("action", f"{HEAD}plan: {{actions: [{{id: x}}]}}\n", (6, 18), changed('"assessed"', '"plan": {"actions": [{"id": "x"}]}, "assessed"'), (2, 23), "KMM101", "item 1 of `actions` has no `action`", "Add `action:`", 'Add "action" and'),
    *score("text", '"2"', '"2"', "KMM105", f'{WHOLE}the text "2"', "Write 2 without the quotation marks."),
    *score("fraction", "2.0", "2.0", "KMM102", f"{WHOLE}2.0", "Write 2."),
    *score("truth", "true", "true", "KMM102", f"{WHOLE}true", "Write a number such as 2."),
    *score("list", "[2]", "[2]", "KMM102", f"{WHOLE}a list", "Write the number alone: 2."),
    *score("four", "4", "4", "KMM202", "learning.before has the score 4", "Write 0, 1, 2 or 3."),
    *score("minus", "-1", "-1", "KMM202", "learning.before has the score -1", "Write 0, 1, 2 or 3."),
    *score("huge", "9" * 30, "9" * 30, "KMM202", "its scale is 0, 1, 2 or 3", "Write 0, 1, 2 or 3."),
    Bad("list.yaml", b"- a\n- b\n", "KMM102", (1, 1), "the file takes a mapping, and this is a list", "begins with"),
    Bad("list.json", b"[1]", "KMM102", (1, 1), "the file takes a mapping, and this is a list", "begins with"),
    Bad("root-tag.yaml", f"--- !run\n{HEAD}".encode(), "KMM005", (1, 5), "`!run` for a tag", "quote"),
    *both("target", f"{scored('1')}    target: 9\n", (9, 13), changed('"score": 1', '"score": 1, "target": 9'), (4, 45), "KMM202", "learning.before has the target 9", "Write 0, 1, 2 or 3."),
    Bad("nan.yaml", scored("NaN").encode(), "KMM102", (8, 12), f"{WHOLE}NaN", "Write a number such as 2."),
    Bad("nan.json", changed('"score": 1', '"score": NaN'), "KMM003", (4, 32), "NaN is no number that JSON has", "Write a number"),
    Bad("zeros.yaml", scored("02").encode(), "KMM102", (8, 12), f"{WHOLE}02", "Write the number alone: 2."),
    Bad("flow.yaml", f"{HEAD}benefit:\n  learning: {{rate: high, because: One, and two}}\n".encode(), "KMM104", (7, 40), "has no field `and two`", "A comma inside {} or [] ends a text"),
]  # fmt: skip
EVERY = pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)


def file_of(bad: Bad, folder: Path) -> Path:
    """The file on disk."""
    name, _, syntax = bad.name.rpartition(".")
    path = folder / f"{name}.kmm.{syntax}"
    path.write_bytes(bad.data)
    return path


def of_reading(found: Findings) -> list[Finding]:
    """The findings on what the file says and whether it fits its model, without advice on what could be done next."""
    return [each for each in found if CATALOGUE[each.code].family not in ADVICE and each.code != "KMM205"]


def told(found: Findings) -> list[str]:
    """The same as text."""
    return [str(each) for each in of_reading(found)]


@EVERY
def test_one_cause_is_one_finding(bad: Bad, tmp_path: Path) -> None:
    """Each cause gives one finding with its code, line and column, which says what is there and what to do."""
    path = file_of(bad, tmp_path)
    found = of_reading(km.check(path, today=DAY))
    assert [(each.code, each.place and (each.place.line, each.place.column)) for each in found] == [
        (bad.code, bad.place)
    ]
    assert bad.message in found[0].message
    assert bad.help in found[0].help
    assert found[0].place is not None
    assert found[0].place.path == str(path)


@pytest.mark.parametrize("bad", [each for each in CASES if each.code != "KMM201"], ids=lambda bad: bad.name)
def test_load_raises_with_the_same_findings(bad: Bad, tmp_path: Path) -> None:
    """Loading the file raises CannotRead, whose findings are those of a check and whose text has each with its place."""
    path = file_of(bad, tmp_path)
    found = km.check(path, today=DAY)
    with pytest.raises(CannotRead, match=re.escape(str(path))) as raised:
        km.load(path)
    assert [str(each) for each in raised.value.findings] == [str(each) for each in found]
    assert all(f"{ended(str(each))} {each.help}" in str(raised.value) for each in found.errors)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_alias_bomb() -> None:
    """A file whose aliases would unfold without end is refused at its anchors and the first alias, and never unfolded."""
    found = km.check(BOMB.encode(), today=DAY)
    assert {each.code for each in found} == {"KMM004"}
    assert [each.place and (each.place.line, each.place.column) for each in found] == [(6, 8), (7, 5), (7, 10)]


FIFTEEN = """\
kmmaturity: "1"
model: starter@1.0
unit: Example team
hanlding: OFFICIAL
scores:
  learning.before: {score: "2"}
  learning.during: {score: 2.0}
  learning.after: {score: 7}
  learning.befor: {score: 1}
  culture.recognition: {scroe: 1}
  assets.reuse:
    evidence: Seen
    target: {level: 9}
benefit:
  learning: huge
priorities:
  - nowhere
plan:
  reviews: [{due: 2026-02-30}]
  actions:
    - {owner: Knowledge Lead}
"""


@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_fifteen_mistakes(syntax: str, tmp_path: Path) -> None:
    """Fifteen mistakes in one file are exactly fifteen findings, in reading order, in either format."""
    path = tmp_path / f"x.kmm.{syntax}"
    import yaml

    tree = yaml.load(FIFTEEN, Loader=yaml.BaseLoader)  # noqa: S506  # text for every scalar
    tree["scores"]["learning.during"]["score"], tree["scores"]["learning.after"]["score"] = 2.0, 7
    tree["scores"]["learning.befor"]["score"], tree["scores"]["culture.recognition"]["scroe"] = 1, 1
    tree["scores"]["assets.reuse"]["target"]["level"] = 9
    path.write_text(FIFTEEN if syntax == "yaml" else json.dumps(tree, indent=1), encoding="utf-8")
    found = km.check(path, today=DAY)
    assert sorted((each.code, str(each.pointer)) for each in found) == sorted([
        ("KMM105", "/kmmaturity"),
        ("KMM102", "/unit"),
        ("KMM101", "/assessed"),
        ("KMM104", "/hanlding"),
        ("KMM105", "/scores/learning.before/score"),
        ("KMM102", "/scores/learning.during/score"),
        ("KMM202", "/scores/learning.after/score"),
        ("KMM201", "/scores/learning.befor"),
        ("KMM104", "/scores/culture.recognition/scroe"),
        ("KMM102", "/scores/assets.reuse/evidence"),
        ("KMM202", "/scores/assets.reuse/target/level"),
        ("KMM102", "/benefit/learning"),
        ("KMM201", "/priorities/0/outcome"),
        ("KMM102", "/plan/reviews/0/due"),
        ("KMM101", "/plan/actions/0/action"),
    ])  # fmt: skip
    assert len(found) == 15
    places = [each.place and (each.place.line, each.place.column) for each in found]
    assert places == sorted(places)  # type: ignore[type-var]


def test_no_cascades() -> None:
    """What is broken is told once: a score that cannot be read is neither missing nor off the scale as well."""
    text = f"{HEAD}scores:\n  learning.befor: {{score: two}}\n  learning.before: {{score: 9.5, target: high}}\n"
    found = [(each.code, str(each.pointer)) for each in km.check(text.encode(), today=DAY)]
    assert found == [
        ("KMM201", "/scores/learning.befor"),
        ("KMM102", "/scores/learning.befor/score"),
        ("KMM102", "/scores/learning.before/score"),
        ("KMM102", "/scores/learning.before/target"),
    ]


# Where the model is


@pytest.fixture
def model() -> MaturityModel:
    """A model of somebody's own."""
    words = {1: "Some do"}
    return MaturityModel(
        "own", "1.0", "Our own", scale=[Level(0, "No"), Level(1, "Yes")],
        outcomes={"a": Outcome("A", subs={"x": SubOutcome("X", levels=words), "y": SubOutcome("Y", levels=words)})},
    )  # fmt: skip


def assessment(pin: str = "own@1.0", scores: str = "{a.x: {score: 1}, a.y: {score: 0}}") -> str:
    """A file that names a model."""
    return f"kmmaturity: 1\nmodel: {pin}\nunit: [T]\nassessed: 2026-11-24\nscores: {scores}\n"


def test_model_beside_the_file(tmp_path: Path, model: MaturityModel) -> None:
    """A model in the same folder is found by its id and version, in YAML or JSON, whatever its file is called."""
    (tmp_path / "t.kmm.yaml").write_text(assessment(), encoding="utf-8")
    for syntax in ("yaml", "json"):
        km.save(model, tmp_path / f"anything.kmmodel.{syntax}")
        assert km.load(tmp_path / "t.kmm.yaml").model == model
        assert told(km.check(tmp_path / "t.kmm.yaml", today=DAY)) == []
        (tmp_path / f"anything.kmmodel.{syntax}").unlink()


def test_model_above_the_file(tmp_path: Path, model: MaturityModel) -> None:
    """A model in a folder above is found, and one nearer to the file comes first."""
    deep = tmp_path / "agency" / "team"
    deep.mkdir(parents=True)
    path = deep / "t.kmm.yaml"
    path.write_text(assessment(), encoding="utf-8")
    km.save(model, tmp_path / "own.kmmodel.yaml")
    assert km.load(path).model.title == "Our own"
    km.save(evolve(model, title="Nearer"), tmp_path / "agency" / "own.kmmodel.yaml")
    assert km.load(path).model.title == "Nearer"


def test_other_models_beside_are_passed_over(tmp_path: Path, model: MaturityModel) -> None:
    """Models with another id or version, broken ones of another name and other files do not stand in the way."""
    (tmp_path / "t.kmm.yaml").write_text(assessment(), encoding="utf-8")
    km.save(evolve(model, version="0.9"), tmp_path / "a.kmmodel.yaml")
    km.save(evolve(model, id="other"), tmp_path / "b.kmmodel.yaml")
    (tmp_path / "c.kmmodel.yaml").write_text("kmmodel: 1\nid: broken\nscale: [", encoding="utf-8")
    (tmp_path / "d.kmmodel.txt").write_text("id: own", encoding="utf-8")
    (tmp_path / "e.kmmodel.yaml").mkdir()
    km.save(model, tmp_path / "f.kmmodel.json")
    assert km.load(tmp_path / "t.kmm.yaml").model == model


def test_id_alone_takes_any_version_beside(tmp_path: Path, model: MaturityModel) -> None:
    """A file that names an id without a version is read with the model of that id beside it."""
    (tmp_path / "t.kmm.yaml").write_text(assessment("own"), encoding="utf-8")
    km.save(model, tmp_path / "own.kmmodel.yaml")
    assert km.load(tmp_path / "t.kmm.yaml").model == model
    assert told(km.check(tmp_path / "t.kmm.yaml", today=DAY)) == []


def test_broken_model_beside_the_file(tmp_path: Path, model: MaturityModel) -> None:
    """A model that is the one named and has defects is told at `model:`, with the command that lists them."""
    (tmp_path / "t.kmm.yaml").write_text(assessment(), encoding="utf-8")
    km.save(model, tmp_path / "own.kmmodel.yaml")
    text = (tmp_path / "own.kmmodel.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.kmmodel.yaml").write_text(text.replace("scale:", "sclae:"), encoding="utf-8")
    (finding,) = km.check(tmp_path / "t.kmm.yaml", today=DAY)
    assert (finding.code, finding.place and finding.place.line) == ("KMM203", 2)
    assert "kmmaturity check own.kmmodel.yaml" in finding.message


def test_model_given(tmp_path: Path, model: MaturityModel) -> None:
    """A model that is given, as a value or a path, is used in place of any that could be found."""
    km.save(model, tmp_path / "own.kmmodel.yaml")
    data = assessment().encode()
    assert km.load(data, model=model).model is model
    assert km.load(data, model=tmp_path / "own.kmmodel.yaml").model == model
    assert km.load(data, model=str(tmp_path / "own.kmmodel.yaml")).model == model
    with pytest.raises(CannotRead, match=r"no model 'own@1\.0'"):
        km.load(data)


def test_model_installed() -> None:
    """A shipped model is found by id and version, and by its id alone."""
    assert km.load(HEAD.encode()).model.reference == "starter@1.0"
    assert km.load(HEAD.replace("@1.0", "").encode()).model.reference == "starter@1.0"


@pytest.mark.parametrize(
    "pin", ["../starter@1.0", "starter@../1.0", "starter@1.0/../../x", "", "@", "@1.0", "starter@"]
)
def test_odd_names_of_models(pin: str) -> None:
    """A model's name is never taken for a path."""
    (finding,) = km.check(HEAD.replace("starter@1.0", f'"{pin}"').encode(), today=DAY)
    assert finding.code == "KMM203"


def test_other_version(model: MaturityModel) -> None:
    """A file that is read with another version of its model gives one warning, and is read."""
    newer = evolve(model, version="1.1")
    (finding,) = of_reading(km.check(assessment().encode(), model=newer, today=DAY))
    assert (finding.code, str(finding.severity)) == ("KMM204", "warning")
    assert finding.message == "written against own@1.0, read with own@1.1"
    assert finding.help == "See `kmmaturity model diff own@1.0 own@1.1`, then write `model: own@1.1`."
    assert km.load(assessment().encode(), model=newer).level("a.x") == 1


def test_other_wording(model: MaturityModel) -> None:
    """A file that a tool wrote is told when the wording of its model has changed under the same version."""
    from kmmaturity.files.writing import dump

    data = dump(km.load(assessment().encode(), model=model), "json")
    assert told(km.check(data, model=model, today=DAY)) == []
    (finding,) = of_reading(km.check(data, model=evolve(model, title="Reworded"), today=DAY))
    assert (finding.code, str(finding.pointer)) == ("KMM204", "/digest")


def test_answers_beyond_the_model_are_kept(model: MaturityModel, tmp_path: Path) -> None:
    """An answer that a newer model has no question for is kept, is written back, and is reported."""
    data = assessment(scores="{a.x: {score: 1}, a.gone: {score: 1, evidence: [Seen]}, a.y: {score: 0}}").encode()
    team = km.load(data, model=model)
    assert team.beyond == ("a.gone",)
    assert [each.code for each in of_reading(km.check(data, model=model, today=DAY))] == ["KMM201"]
    km.save(team, tmp_path / "again.kmm.yaml")
    again = km.load(tmp_path / "again.kmm.yaml", model=model)
    assert again == team
    assert again.scores["a.gone"] == team.scores["a.gone"] != Score()


def test_off_the_scale_of_another_version(model: MaturityModel) -> None:
    """A level that the model no longer has is an error, since it means nothing; the other answers are not doubted."""
    data = assessment(scores="{a.x: {score: 3}, a.y: {score: 0}}").encode()
    assert [each.code for each in of_reading(km.check(data, model=model, today=DAY))] == ["KMM202"]
    with pytest.raises(CannotRead, match="one problem"):
        km.load(data, model=model)


# Other ways in


def test_missing_file(tmp_path: Path) -> None:
    """A path with no file there is NoSuchFile, for loading and for checking."""
    for ask in (km.load, km.check, km.load_model):
        with pytest.raises(NoSuchFile, match=r"there is no file .*nothing\.kmm\.yaml"):
            ask(tmp_path / "nothing.kmm.yaml")
    with pytest.raises(FileNotFoundError):
        km.load(tmp_path / "nothing.kmm.yaml")


def test_folder(tmp_path: Path) -> None:
    """A folder in place of a file is refused as one; to `check` it stands for the files in it, and with none is missing."""
    with pytest.raises(CannotRead, match="is a folder") as refused:
        km.load(tmp_path)
    (finding,) = refused.value.findings
    assert (finding.code, finding.help) == ("KMM001", "Name a file in it.")
    with pytest.raises(NoSuchFile, match="file is in"):
        km.check(tmp_path, today=DAY)


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_no_right_to_read(tmp_path: Path) -> None:
    """A file that may not be read is a finding that says so."""
    path = tmp_path / "t.kmm.yaml"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0)
    (finding,) = km.check(path, today=DAY)
    assert finding.message.endswith("may not be read by you")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file here that opens and cannot be read")
def test_unreadable_device() -> None:
    """A file that opens and cannot be read is a finding with the system's reason."""
    (finding,) = km.check("/proc/self/mem", today=DAY)
    assert finding.code == "KMM001"
    assert "cannot be read" in finding.message


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_marks_and_line_endings(mark: bytes, ending: str) -> None:
    """A byte order mark and any line ending are read, and places are counted as an editor counts them."""
    text = scored("9").replace("\n", ending)
    (finding,) = km.check(mark + text.encode(), today=DAY).errors
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (8, 12)


def test_blank_fields_are_as_good_as_left_out() -> None:
    """A field that is blank, `~` or `null` says no more than one that is left out, in YAML and in JSON."""
    bare = km.load(HEAD.encode())
    assert km.load(f"{HEAD}notes:\nscope: ~\nplan: null\nscores:\n".encode()) == bare
    assert km.load(f"{HEAD}scores: {{learning.before: }}\n".encode()).level("learning.before") is None
    text = IN_JSON.replace('"assessed"', '"notes": null, "plan": null, "assessed"').replace(
        '"score": 1', '"score": null'
    )
    assert km.load(text.encode()).answer("learning.before") == Score()


def test_short_forms() -> None:
    """Evidence as a text, a target as a level, a priority as an id and a benefit as a rate are read in both formats."""
    long = {
        "scores": {"learning.before": {"score": 1, "evidence": [{"note": "Seen"}], "target": {"level": 2}}},
        "priorities": [{"outcome": "learning"}],
        "benefit": {"learning": {"rate": "high"}},
    }
    short = {
        "scores": {"learning.before": {"score": 1, "evidence": ["Seen"], "target": 2}},
        "priorities": ["learning"],
        "benefit": {"learning": "high"},
    }
    head = {"kmmaturity": 1, "model": "starter@1.0", "unit": ["T"], "assessed": "2026-11-24"}
    expected = km.from_dict(head | long)
    assert km.load(json.dumps(head | short).encode()) == expected
    assert km.load(f"{json.dumps(head | short)}\n# as YAML".encode().replace(b"{", b"---\n{", 1)) == expected
    assert km.from_dict(head | short) == expected


def test_model_file_given_as_an_assessment(tmp_path: Path, model: MaturityModel) -> None:
    """A model in place of an assessment is told by the fields that an assessment has, and never read as one."""
    km.save(model, tmp_path / "own.kmmodel.yaml")
    with pytest.raises(KmMaturityError):
        km.load(tmp_path / "own.kmmodel.yaml")


# Models with mistakes

MODEL = """\
kmmodel: 1
id: own
version: "1.0"
title: Our own
scale:
  - {level: 0, title: No}
  - {level: 1, title: Yes}
outcomes:
  a:
    title: A
    subs:
      x:
        title: X
        levels: {1: Some do}
"""


def flaws(text: str) -> list[tuple[str, str]]:
    """The code and pointer of each finding on a model file."""
    return [(each.code, str(each.pointer)) for each in km.check(text.encode(), today=DAY)]


def test_model_is_clean() -> None:
    """The model that the next tests spoil has nothing to mend."""
    assert flaws(MODEL) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("kmmodel: 1", "kmmodel: [", [("KMM003", "")]),
        ("kmmodel: 1", "kmmodel: 2", [("KMM006", "/kmmodel")]),
        ('"1.0"', "", [("KMM101", "/version")]),
        ("{level: 0, title: No}", "{level: 0}", [("KMM101", "/scale/0/title")]),
        ("level: 0", "level: none", [("KMM102", "/scale/0/level")]),
        ("  - {level: 0, title: No}\n  - {level: 1, title: Yes}\n", "", [("KMM101", "/scale")]),
        ("title: X", "tilte: X", [("KMM101", "/outcomes/a/subs/x/title"), ("KMM104", "/outcomes/a/subs/x/tilte")]),
        ("{1: Some do}", "{one: Some do}", [("KMM102", "/outcomes/a/subs/x/levels")]),
        ("{1: Some do}", "Some do", [("KMM102", "/outcomes/a/subs/x/levels")]),
        ("title: X", "title: X\n        highest: top", [("KMM102", "/outcomes/a/subs/x/highest")]),
        (
            "title: X",
            "title: X\n        measures: {1: [{id: m}]}",
            [("KMM101", "/outcomes/a/subs/x/measures/1/0/text")],
        ),
        ("title: X", "title: X\n        applies: [teams]", [("KMM102", "/outcomes/a/subs/x/applies/0")]),
        ("title: Our own", "title: Our own\nstatus: perfect", [("KMM102", "/status")]),
        ("title: Our own", "title: Our own\nfigures: {priorities: two}", [("KMM102", "/figures/priorities")]),
        ("title: A\n    subs:", "title: A\n    sbus:", [("KMM104", "/outcomes/a/sbus")]),
        ("      x:", "      '7':", [("KMM226", "/outcomes/a/subs/7")]),
        ("  a:\n", "  '7':\n", [("KMM226", "/outcomes/7")]),
    ],
)
def test_model_with_a_mistake(old: str, new: str, found: list[tuple[str, str]]) -> None:
    """A mistake in a model file is told with its place, once, and nothing is made of what it stands for."""
    assert MODEL.count(old) == 1
    text = MODEL.replace(old, new)
    assert sorted(flaws(text)) == sorted(found)
    with pytest.raises(CannotRead):
        km.load_model(text.encode())


def test_model_with_mistakes_of_both_kinds() -> None:
    """A field that cannot be read does not keep defects elsewhere in the model from being told."""
    text = MODEL.replace("title: Our own", "title: [x]") + "        requires: [{level: 1, needs: a.z, at: 1}]\n"
    assert flaws(text) == [("KMM102", "/title"), ("KMM221", "/outcomes/a/subs/x/requires/0/needs")]


def test_other_version_is_told_once(model: MaturityModel) -> None:
    """That a file was written against another version is told once, also where the file has to be read twice."""
    text = assessment(scores="{a.x: {score: 1, inapplicable: x}, a.y: {score: 0}}")
    found = km.check(text.encode(), model=evolve(model, version="1.1"), today=DAY)
    assert sorted(each.code for each in found) == ["KMM102", "KMM204"]


@pytest.mark.parametrize("spoilt", ["    subs: x\n", "    subs: {y: [1]}\n    title: [A]\n"])
def test_requirements_of_what_cannot_be_read(spoilt: str) -> None:
    """A requirement is not told as dangling because the sub-outcome that it names could not be read."""
    text = MODEL + "        requires: [{level: 1, needs: b.y, at: 1}]\n  b:\n" + spoilt
    assert "KMM221" not in [code for code, _ in flaws(text)]
    assert "KMM102" in [code for code, _ in flaws(text)]


@pytest.mark.parametrize("syntax", ["yaml", "json", "dict"])
def test_blanks_beside_what_excludes_each_other(syntax: str) -> None:
    """A list that is left blank is right, also where two right parts of the file exclude each other; the rest is judged."""
    scores = {
        "learning.before": {"score": 2, "inapplicable": "No need", "evidence": None},
        "learning.after": {"score": 9},
    }
    data = {"kmmaturity": 1, "model": "starter@1.0", "unit": ["A team"], "assessed": "2026-11-24", "scores": scores}
    data |= {"priorities": None, "ignore": None}
    if syntax == "dict":
        with pytest.raises(km.CannotRead) as told:
            km.from_dict(data)
        findings = told.value.findings
    else:
        name = "blanks.kmm.json" if syntax == "json" else "blanks.kmm.yaml"
        findings = km.check(Document(name, json.dumps(data).encode())).errors
    assert [each.code for each in findings] == ["KMM102", "KMM202"]
    assert "exclude each other" in findings[0].message


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ({12: {"score": 1}}, "`scores` takes words as its keys, and this is 12"),
        ({"learning.before": {"score": 10**5000}}, "learning.before has the score a number of about 5,000 digits"),
        ({"learning.before": {"evidence": 10**5000}}, "takes a list, and this is a number of about 5,000 digits"),
        ({"learning.before": {10**5000: 1}}, "learning.before has no field `a number of about 5,000 digits`"),
        ({"learning.before": {"score": [10**5000]}}, "takes a whole number, and this is a list"),
        ({"learning.before": {"score": {10**5000: 1}}}, "takes a whole number, and this is a mapping"),
        ({"learning.before": {"evidence": {10**5000: 1}}}, "takes a list, and this is a mapping"),
        ({"learning.before": {"rebaselined": 10**5000}}, "takes text, and this is a number of about 5,000 digits"),
    ],
)
def test_odd_keys_and_numbers(scores: dict[object, object], told: str) -> None:
    """A key that is a number is told, right as its entry may be, and so is a number that Python would not write."""
    data = {"kmmaturity": 1, "model": "starter@1.0", "unit": ["A team"], "assessed": "2026-11-24", "scores": scores}
    with pytest.raises(km.CannotRead) as refused:
        km.from_dict(data)
    (finding,) = refused.value.findings
    assert told in finding.message
    assert '"a number' not in finding.help


def test_an_odd_key_hides_nothing() -> None:
    """Beside a key that is a number, what is wrong in the other entries of its table is told as well."""
    scores = {12: {"score": 1}, "learning.before": {"score": [0]}}
    data = {"kmmaturity": 1, "model": "starter@1.0", "unit": ["A team"], "assessed": "2026-11-24", "scores": scores}
    with pytest.raises(km.CannotRead) as refused:
        km.from_dict(data)
    assert [str(each.pointer) for each in refused.value.findings] == ["/scores", "/scores/learning.before/score"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"unit": ()}, ["the file has no `unit`"]),
        ({"unit": frozenset()}, ["the file has no `unit`"]),
        ({"assessed": date(2026, 11, 24), "foo": 1}, ["the file has no field `foo`"]),
        ({"scope": Scope.TEAM, "foo": 1}, ["the file has no field `foo`"]),
        ({"scores": OrderedDict({"learning.before": {"score": 1}}), "foo": 1}, ["the file has no field `foo`"]),
        (
            {"scores": OrderedDict({"learning.before": {"evidence": ("Seen", 1)}})},
            ["item 2 of `evidence` of learning.before takes text, and this is 1"],
        ),
        ({"scores": range(3)}, ["`scores` takes a mapping, and this is of the type range"]),
        ({"notes": (10**5000,)}, ["`notes` takes text, and this is a list"]),
        ({"scores": {"": {"score": []}}}, ['`score` of "" takes a whole number, and this is a list']),
        ({"scores": {"": "x"}}, ['"" takes a mapping, and this is the text "x"']),
        ({"plan": {Scope.TEAM: 1}}, ["`plan` has no field `team`"]),
        (
            {"scores": {"learning.before": {"score": 1, "inapplicable": "x", "foo": 1}}},
            [
                "learning.before has no field `foo`",
                "learning.before: `score` and `inapplicable` exclude each other: keep one of the two",
            ],
        ),
        (
            {"scores": {"learning.before": {"target": {"A thing": "said"}}}},
            ["`target` of learning.before has no field `A thing`", "`target` of learning.before has no `level`"],
        ),
    ],
)
def test_what_programs_pass(changes: dict[str, object], told: list[str]) -> None:
    """Values of Python that the gate takes are never told wrong beside others that are, and nothing hides anything."""
    data = {"kmmaturity": 1, "model": "starter@1.0", "unit": ["A team"], "assessed": "2026-11-24"} | changes
    with pytest.raises(km.CannotRead) as refused:
        km.from_dict(data)
    assert sorted(each.message for each in refused.value.findings) == sorted(told)
