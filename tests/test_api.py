"""The public face: few names, values in and out, nothing lost on the way to disk."""

from __future__ import annotations

import gc
import inspect
import io
import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment, Score
from kmmaturity.domain.comparison import Move
from kmmaturity.domain.model import MaturityModel, Scope
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile, UnknownName

DAY = date(2026, 12, 1)
SMALL = """\
# The team's own file.
kmmaturity: 1
model: starter@1.0
unit: [A team]          # largest first
assessed: 2026-11-24

scores:
  learning.before:
    score: 1            # agreed in March
    evidence:
      - "Two of nine: looked first"
  learning.after: {score: 2}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with comments, as a person writes it."""
    found = tmp_path / "team.kmm.yaml"
    found.write_bytes(SMALL.encode())
    return found


# Names


def test_few_names() -> None:
    """There are fewer than thirty public names, in order, each of which is there and no other is listed."""
    assert len(km.__all__) < 30
    assert list(km.__all__) == sorted(km.__all__)
    assert set(km.__all__) <= set(dir(km))


@pytest.mark.parametrize("name", km.__all__)
def test_each_name_resolves(name: str) -> None:
    """Each public name resolves to the thing of that name, which says what it is for."""
    found = getattr(km, name)
    assert found.__name__ == name
    assert inspect.getdoc(found)


def test_no_other_name() -> None:
    """A name that is not there is an AttributeError that names it."""
    with pytest.raises(AttributeError, match="'kmmaturity' has no attribute 'laod'"):
        km.laod  # noqa: B018  # asking is the point


def test_what_follows_the_subject_is_named() -> None:
    """Functions take their subject first, and everything else by name."""
    for name in km.__all__:
        if inspect.isfunction(function := getattr(km, name)):
            kinds = [each.kind for each in inspect.signature(function).parameters.values()]
            pairs = ("save", "update", "compare", "export", "render", "draft_plan")
            subjects = 3 if name in ("steps_to", "case_for") else 2 if name in pairs else 1
            assert all(kind is inspect.Parameter.KEYWORD_ONLY for kind in kinds[subjects:]), name


def test_errors_have_one_root() -> None:
    """Every error raised on purpose is a KmMaturityError, and also the built-in error that it is like."""
    assert issubclass(CannotRead, (KmMaturityError, ValueError))
    assert issubclass(NoSuchFile, (CannotRead, FileNotFoundError))
    assert issubclass(CannotWrite, (KmMaturityError, OSError))
    assert issubclass(UnknownName, (KmMaturityError, LookupError))


def test_errors_can_be_sent_to_another_process() -> None:
    """CannotRead survives pickling with its findings, as a process pool needs."""
    with pytest.raises(CannotRead) as raised:
        km.load(b"kmmaturity: 1\n")
    again = pickle.loads(pickle.dumps(raised.value))  # noqa: S301
    assert (type(again), str(again), again.findings) == (CannotRead, str(raised.value), raised.value.findings)


# The example


@pytest.mark.parametrize("year", [1, 2])
def test_example_is_clean(year: int) -> None:
    """Both years of the example give no error and no warning, by value and by file."""
    team = km.example(year=year)
    found = km.check(team, today=DAY)
    assert found.errors == found.warnings == ()


def test_example_has_a_story() -> None:
    """The second year has risen, fallen with a reason, and all that became of targets."""
    found = km.compare(km.example(year=1), km.example(year=2))
    assert found.moved(Move.ROSE)
    assert all(each.rebaselined for each in found.moved(Move.FELL))
    assert {str(each.progress) for each in found.changes if each.progress} >= {"reached", "part-way", "set-aside"}
    assert found.left_out == ()


def test_example_of_another_year() -> None:
    """A year that the example does not have is refused."""
    with pytest.raises(KmMaturityError, match="the years 1 and 2, not 3"):
        km.example(year=3)


def test_example_is_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example is read with the shipped model, whatever model lies in the current folder."""
    km.save(evolve(km.load_model("starter"), title="Somebody else's"), tmp_path / "starter.kmmodel.yaml")
    monkeypatch.chdir(tmp_path)
    assert km.example().model.title == km.load_model("starter").title != "Somebody else's"


# Making and reading


def test_new_has_nothing_scored() -> None:
    """A new assessment names its unit, is dated today unless told, and has nothing scored."""
    team = km.new(unit="A team")
    assert (team.unit, team.scores, team.model.id) == (("A team",), {}, "starter")
    assert abs((team.assessed - date.today()).days) <= 1  # midnight may pass meanwhile
    told = km.new("starter@1.0", unit=["An agency", "A team"], assessed=DAY, scope="team", previous="last.kmm.yaml")
    assert (told.unit[-1], told.assessed, told.scope, told.previous) == ("A team", DAY, Scope.TEAM, "last.kmm.yaml")


def test_new_with_a_model(tmp_path: Path) -> None:
    """The model of a new assessment may be a value, a file or a name; an unknown name is refused with a near one."""
    model = km.load_model("starter")
    km.save(model, tmp_path / "m.kmmodel.yaml")
    assert km.new(model, unit="T").model is model
    assert km.new(tmp_path / "m.kmmodel.yaml", unit="T").model == model
    with pytest.raises(UnknownName, match=r"no model 'startr': did you mean starter@1\.0\?"):
        km.new("startr", unit="T")


def test_new_with_an_odd_scope() -> None:
    """A scope that is none of the words is refused with the words."""
    with pytest.raises(KmMaturityError, match="'teams' is none of team, directorate or organisation"):
        km.new(unit="T", scope="teams")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"unit": []}, r"`unit` is \[\]: name at least one unit"),
        ({"unit": ""}, "`unit` is '', which says nothing"),
        ({"unit": ["An agency", " "]}, "`unit` is ' ', which says nothing"),
        ({"unit": 3}, "`unit` is 3: pass a text, or a list of texts"),
        ({"unit": "T", "assessed": "2026-11-24"}, r"`assessed` is '2026-11-24': pass a datetime\.date"),
        ({"unit": "T", "assessed": ""}, r"`assessed` is '': pass a datetime\.date"),
        ({"unit": "T", "scope": "city"}, "'city' is none of"),
    ],
)
def test_new_with_odd_arguments(given: dict[str, Any], told: str) -> None:
    """A new assessment without a named unit, or dated with something else than a day, is refused with what to pass."""
    with pytest.raises(KmMaturityError, match=told):
        km.new(**given)


@pytest.mark.parametrize("data", ["x", 3, None, ["x"], [("kmmaturity", 1)]])
def test_dict_that_is_none(data: Any) -> None:
    """Plain data that is no mapping is refused with a finding that says so."""
    with pytest.raises(CannotRead, match="the data cannot be read, for one problem") as raised:
        km.from_dict(data)
    assert [each.code for each in raised.value.findings] == ["KMM102"]


def test_dict_and_back() -> None:
    """An assessment as plain data is what its JSON file holds, and makes the same assessment again."""
    team = km.example()
    data = km.to_dict(team)
    assert json.loads(json.dumps(data)) == data
    assert km.from_dict(data) == team


def test_dict_with_mistakes() -> None:
    """Plain data with mistakes is refused with all of them, off-scale answers among them, each with its pointer."""
    data = km.to_dict(km.new(unit="T", assessed=DAY)) | {"scores": {"learning.before": {"score": 9}}}
    with pytest.raises(CannotRead, match="the data cannot be read, for one problem") as raised:
        km.from_dict(data)
    assert [each.code for each in raised.value.findings] == ["KMM202"]
    with pytest.raises(CannotRead, match="3 problems") as raised:
        km.from_dict(data | {"assessed": "soon", "unit": "T"})
    assert [str(each.pointer) for each in raised.value.findings] == [
        "/unit",
        "/assessed",
        "/scores/learning.before/score",
    ]
    with pytest.raises(CannotRead, match="format 2"):
        km.from_dict(data | {"kmmaturity": 2})


def test_load_all_goes_on(path: Path, tmp_path: Path) -> None:
    """Many files are read in the order given; a broken, missing or odd one says why and does not stop the rest."""
    (tmp_path / "broken.kmm.yaml").write_text("kmmaturity: [", encoding="utf-8")
    (tmp_path / "binary.kmm.yaml").write_bytes(b"\x00\xff" * 9)
    km.save(km.load_model("starter"), tmp_path / "m.kmmodel.yaml")
    names = [
        "team.kmm.yaml",
        "broken.kmm.yaml",
        "nothing.kmm.yaml",
        "binary.kmm.yaml",
        "m.kmmodel.yaml",
        "",
        "team.kmm.yaml",
    ]
    found = list(km.load_all(tmp_path / name for name in names))
    assert [each.path for each in found] == [str(tmp_path / name) for name in names]
    assert [each.assessment is not None for each in found] == [True, False, False, False, False, False, True]
    assert all(each.findings for each in found if each.assessment is None)
    assert found[0].assessment == km.load(path)


def test_load_all_tells_of_a_missing_file(path: Path, tmp_path: Path) -> None:
    """A missing file among many has a finding of its own, so that whoever looks at findings sees it."""
    missing = tmp_path / "nothing.kmm.yaml"
    found = list(km.load_all([missing, path]))
    assert [(each.path, [finding.code for finding in each.findings]) for each in found] == [
        (str(missing), ["KMM001"]),
        (str(path), []),
    ]


def test_load_all_of_a_folder(path: Path, tmp_path: Path) -> None:
    """One path of a folder stands for the assessments in it and below; what hides, and models, are left out."""
    below = tmp_path / "more" / "b.KMM.JSON"
    below.parent.mkdir()
    km.save(km.load(path), below)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "t.kmm.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "notes.yaml").write_text("a: b", encoding="utf-8")
    km.save(km.load_model("starter"), tmp_path / "m.kmmodel.yaml")
    for folder in (tmp_path, str(tmp_path)):
        found = list(km.load_all(folder))
        assert [each.path for each in found] == [str(path), str(below)]
        assert all(each.assessment for each in found)


def test_load_all_of_one_file(path: Path) -> None:
    """One path of a file stands for that file, as a text or a path; an empty one or a missing one is a finding."""
    for one in (path, str(path)):
        assert [each.assessment for each in km.load_all(one)] == [km.load(path)]
    for nothing in ("", str(path) + "x"):
        (found,) = km.load_all(nothing)
        assert found.findings[0].code == "KMM001"


def test_load_all_is_lazy(path: Path) -> None:
    """Files are read one at a time, as they are asked for."""
    assert next(km.load_all([path, 1])).assessment  # type: ignore[list-item]  # the second is never looked at


def test_load_all_takes_bytes(path: Path) -> None:
    """What a database or a pipe gave is read like files, alone or among them."""
    data = path.read_bytes()
    assert [each.path for each in km.load_all([data, path])] == ["<bytes>", str(path)]
    assert [each.assessment for each in km.load_all(data)] == [km.load(data)]


def test_load_all_rests_the_collector(path: Path) -> None:
    """The collector of cycles rests while many files are read, and runs again however that ends."""
    found = km.load_all([path, path])
    assert gc.isenabled()
    next(found)
    assert not gc.isenabled()
    found.close()  # type: ignore[attr-defined]  # a generator, as lazy as that
    assert gc.isenabled()
    with pytest.raises(KmMaturityError):
        list(km.load_all([path, 1]))  # type: ignore[list-item]  # no source
    assert gc.isenabled()
    assert len(list(km.load_all([path, path]))) == 2
    assert gc.isenabled()


def test_load_all_leaves_a_resting_collector_at_rest(path: Path) -> None:
    """Whoever put the collector to rest finds it so afterwards."""
    gc.disable()
    try:
        assert len(list(km.load_all([path]))) == 1
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_load_all_finds_each_folder_its_own_model(path: Path, tmp_path: Path) -> None:
    """A name of a model means what lies beside each file, and of a folder without it, every file says so."""
    many = tmp_path / "many"
    text = path.read_text(encoding="utf-8").replace("starter@1.0", "ours@1")
    for name in ("one", "two", "none"):
        (many / name / ".git").mkdir(parents=True)  # the root of a repository of its own
        for file in ("a", "b"):
            (many / name / f"{file}.kmm.yaml").write_text(text, encoding="utf-8")
    for name in ("one", "two"):
        ours = evolve(km.load_model("starter"), id="ours", version="1", title=name)
        km.save(ours, many / name / "ours.kmmodel.yaml")
    found = list(km.load_all(many))
    assert [each.assessment and each.assessment.model.title for each in found] == [
        None,
        None,
        "one",
        "one",
        "two",
        "two",
    ]
    assert [[finding.code for finding in each.findings] for each in found[:2]] == [["KMM203"], ["KMM203"]]
    assert found[2].assessment is not None
    assert found[3].assessment is not None
    assert found[2].assessment.model is found[3].assessment.model


def test_models_are_loaded_from_anywhere(tmp_path: Path) -> None:
    """A model is loaded from a name, a path, bytes or a text path; a name that is a file is that file."""
    model = km.load_model("starter@1.0")
    km.save(model, tmp_path / "m.kmmodel.json")
    assert km.load_model(tmp_path / "m.kmmodel.json") == model
    assert km.load_model(str(tmp_path / "m.kmmodel.json")) == model
    assert km.load_model((tmp_path / "m.kmmodel.json").read_bytes()) == model
    with pytest.raises(NoSuchFile):
        km.load_model("nothing.kmmodel.yaml")


def test_one_in_place_of_the_other(path: Path, tmp_path: Path) -> None:
    """A model where an assessment belongs, or the other way round, is told in one sentence with what to do instead."""
    model = tmp_path / "m.kmmodel.yaml"
    km.save(km.load_model("starter"), model)
    with pytest.raises(
        CannotRead, match=r"is a model, and an assessment is wanted here.*kmmaturity model show"
    ) as raised:
        km.load(model)
    assert len(raised.value.findings) == 1
    with pytest.raises(CannotRead, match=r"is an assessment, and a model is wanted here.*kmmaturity show") as raised:
        km.load_model(path)
    assert len(raised.value.findings) == 1


def test_a_misleading_name(path: Path, tmp_path: Path) -> None:
    """What a file is, its first key says before its name does; where neither does, it is read as what is wanted."""
    model, assessment = tmp_path / "m.kmm.yaml", tmp_path / "a.kmmodel.yaml"
    km.save(km.load_model("starter"), model)
    assessment.write_bytes(path.read_bytes())
    assert km.load_model(model).id == "starter"
    assert km.load(assessment).unit == km.load(path).unit
    assert not km.check(model).errors
    assert not km.check(assessment).errors
    untold = tmp_path / "x.yaml"
    untold.write_text("title: What is it?\n", encoding="utf-8")
    for reads, field in ((km.load, "kmmaturity"), (km.load_model, "kmmodel")):
        with pytest.raises(CannotRead, match=f"has no `{field}`"):
            reads(untold)


def test_model_in_compact_json_beside(tmp_path: Path) -> None:
    """A model beside a file is found in JSON on one line too, with its keys in any order."""
    model = evolve(km.load_model("starter"), id="own")
    km.save(model, tmp_path / "indented.kmmodel.json")
    data = json.loads((tmp_path / "indented.kmmodel.json").read_text(encoding="utf-8"))
    (tmp_path / "indented.kmmodel.json").unlink()
    (tmp_path / "t.kmm.yaml").write_text(
        "kmmaturity: 1\nmodel: own@1.0\nunit: [T]\nassessed: 2026-11-24\n", encoding="utf-8"
    )
    for text in (json.dumps(data), json.dumps(data, sort_keys=True, indent=1), json.dumps(data, separators=(",", ":"))):
        (tmp_path / "m.kmmodel.json").write_text(text, encoding="utf-8")
        assert km.load(tmp_path / "t.kmm.yaml").model == model


def _model_found(file: Path) -> bool:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("kmmaturity: 1\nmodel: own@1.0\nunit: [T]\nassessed: 2026-11-24\n", encoding="utf-8")
    try:
        return km.load(file).model.id == "own"
    except CannotRead:
        return False


def test_how_far_up_a_model_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model is found up to five folders above a file, and never beyond its repository or the home folder."""
    km.save(evolve(km.load_model("starter"), id="own"), tmp_path / "own.kmmodel.yaml")
    assert _model_found(tmp_path / "t.kmm.yaml")
    assert _model_found(tmp_path / "1/2/3/4/5/t.kmm.yaml")
    assert not _model_found(tmp_path / "1/2/3/4/5/6/t.kmm.yaml")
    monkeypatch.setenv("HOME", str(tmp_path / "1/2"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "1/2"))
    assert _model_found(tmp_path / "1/t.kmm.yaml")
    assert not _model_found(tmp_path / "1/2/t.kmm.yaml")
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository/.git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert not _model_found(tmp_path / "repository/teams/t.kmm.yaml")
    km.save(km.load_model(tmp_path / "own.kmmodel.yaml"), tmp_path / "repository/own.kmmodel.yaml")
    assert _model_found(tmp_path / "repository/teams/t.kmm.yaml")


def test_only_a_path_has_an_origin(path: Path) -> None:
    """What was read from bytes cannot be updated, and says so; what was read from a path can."""
    assert km.load(path).origin is not None
    assert km.load(str(path)).origin is not None
    team = km.load(path.read_bytes())
    assert team.origin is None
    with pytest.raises(CannotWrite, match="was not read from a file"):
        km.update(path, team)


def test_levels_written_as_their_titles() -> None:
    """A level that is written as its title is told with the number to write, in every place for a level."""
    head = "kmmaturity: 1\nmodel: starter@1.0\nunit: [T]\nassessed: 2026-11-24\nscores:\n  learning.before:"
    for answer, told in (
        (" {score: starting}", "Starting is level 1: write 1."),
        (" {target: Starting}", "Starting is level 1: write 1."),
        (" {target: {level: ' Starting '}}", "Starting is level 1: write 1."),
        (" Starting", "Starting is level 1: write `score: 1` indented on the next line."),
        (" {score: Beginning}", "Write a number such as 2."),
    ):
        assert [each.help for each in km.check(f"{head}{answer}\n".encode()).errors] == [told]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("assessed: 24/11/2026", "Write it as year-month-day, 2026-11-24."),
        ("assessed: 24.1.2026", "Write it as year-month-day, 2026-01-24."),
        (
            "assessed: 11/12/2026",
            "Write it as year-month-day: 2026-12-11 for 11 December or 2026-11-12 for 12 November.",
        ),
        ("assessed: 31/02/2026", "Write it as year-month-day, such as 2026-09-30."),
        ("assessed: 24/13/0000", "Write it as year-month-day, such as 2026-09-30."),
        ("assessed: 2026-11-24\nscores: {learning.before: {score: “2”}}", "Write 2."),
        ("assessed: 2026-11-24\nscores: {learning.before: {score: “two”}}", "Write 2."),
    ],
)
def test_typing_habits_are_told_what_to_write(line: str, told: str) -> None:
    """A date in the everyday order, or the two that it can mean, and curly quotes are told what to write instead."""
    findings = km.check(f"kmmaturity: 1\nmodel: starter@1.0\nunit: [T]\n{line}\n".encode())
    assert [each.help for each in findings.errors] == [told]


def test_a_number_of_thousands_of_digits() -> None:
    """A score of thousands of digits is told by how many there are, in a short message."""
    head = "kmmaturity: 1\nmodel: starter@1.0\nunit: [T]\nassessed: 2026-11-24\nscores:\n  learning.before:"
    (found,) = km.check(f"{head} {{score: {'9' * 6000}}}\n".encode()).errors
    assert found.message == "`score` of learning.before takes a whole number, and this is one of 6000 digits"
    (found,) = km.check(f"{head} {'9' * 6000}\n".encode()).errors
    assert len(found.message + found.help) < 300


@pytest.mark.parametrize(
    "call",
    [
        km.profile,
        km.report,
        km.to_dict,
        km.suggest,
        km.roadmap,
        lambda it: km.compare(it, km.example()),
        lambda it: km.compare(km.example(), it),
        lambda it: km.report(km.example(), previous=it),
        lambda it: km.steps_to(it, "learning.before", 2),
        lambda it: km.case_for(it, "learning.before", 2),
        lambda it: km.draft_plan(it, ["learning.before"]),
    ],
)
def test_a_path_in_place_of_an_assessment(call: Callable[[Any], object]) -> None:
    """A path where an assessment belongs is refused with how to get one from it."""
    with pytest.raises(KmMaturityError, match=r"`\w+` is of type str: pass an Assessment, such as load\(\) gives"):
        call("team.kmm.yaml")


def test_what_cannot_be_read_from(tmp_path: Path) -> None:
    """What is no path is refused with what to do: plain data, an open file, the text of a file, two swapped arguments."""
    for source, told in (
        ({"unit": "T"}, r"type dict: from_dict\(\) reads it"),
        (io.StringIO(), "pass a path, or the bytes"),
    ):
        with pytest.raises(KmMaturityError, match=told):
            km.load(source)  # type: ignore[arg-type]  # as a caller without types may
    for text in ("kmmaturity: 1\n", '{"kmmaturity": 1}'):
        with pytest.raises(NoSuchFile, match="this is a text, and a path is wanted here"):
            km.load(text)
    with pytest.raises(KmMaturityError, match="nothing can be read from an object of type Assessment"):
        km.update(km.example(), tmp_path)  # type: ignore[arg-type]  # the two swapped


def test_notebooks_list_what_there_is() -> None:
    """Completing `km.` offers the public names and nothing that they were made with."""
    assert dir(km) == sorted([*km.__all__, "__version__"])


def test_notebooks_show_what_could_come_next() -> None:
    """Suggestions and a case are accessible tables in a notebook, marked as the file is, and told from hostile text."""
    hostile = "<script>alert(1)</script>"
    team = evolve(km.example(), handling="OFFICIAL")
    learning = evolve(team.model.outcomes["learning"].subs["before"], title=hostile)
    subs = team.model.outcomes["learning"].subs.with_item("before", learning)
    outcomes = team.model.outcomes.with_item("learning", evolve(team.model.outcomes["learning"], subs=subs))
    team = evolve(team, model=evolve(team.model, outcomes=outcomes), priorities=())
    team = team.with_evidence("learning.before", "We ask", effect=hostile)
    for found in (km.suggest(team, limit=9), km.case_for(team, "learning.before", 2)):
        shown = found._repr_html_()
        assert hostile not in shown
        assert "&lt;script&gt;" in shown
        assert "OFFICIAL" in shown
        assert shown.count('<th scope="row">') == shown.count("<tr>") - 1 > 0


def test_notebooks_show_findings_and_models() -> None:
    """Findings and models are accessible tables in a notebook, and nothing that a file says is obeyed there."""
    hostile = evolve(km.load_model("starter"), title="<script>alert(1)</script>")
    findings = km.check(b"kmmaturity: 1\n'<script>\xe2\x80\xae': 1\n")
    for shown in (hostile._repr_html_(), findings._repr_html_()):
        assert "<script>" not in shown
        assert "&lt;script&gt;" in shown
        assert shown.count('<th scope="row">') == shown.count("<tr>") - 1 > 0
    assert "\u202e" not in findings._repr_html_()
    assert "Nothing found" in type(findings)()._repr_html_()


# Writing


def test_save_refuses_to_replace(path: Path) -> None:
    """A file that is there is not replaced, and is as it was, unless `overwrite` says so."""
    team = km.load(path)
    with pytest.raises(CannotWrite, match=r"is there already: .*overwrite=True"):
        km.save(team, path)
    assert path.read_bytes() == SMALL.encode()
    km.save(team, path, overwrite=True)
    assert km.load(path) == team
    assert path.read_bytes() != SMALL.encode()


def test_save_of_something_else(tmp_path: Path) -> None:
    """What is neither an assessment nor a model is refused with what is wanted, and nothing is written."""
    with pytest.raises(KmMaturityError, match="takes an Assessment or a MaturityModel, not dict"):
        km.save({}, tmp_path / "t.kmm.yaml")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_save_of_too_much(tmp_path: Path, ending: str) -> None:
    """An assessment too large to be read again is not written."""
    team = evolve(km.new(unit="T"), notes="x" * 1024 * 1024)
    with pytest.raises(CannotWrite, match="would be over 1 MiB and could not be read again"):
        km.save(team, tmp_path / f"t.kmm.{ending}")
    assert list(tmp_path.iterdir()) == []


def test_save_by_ending(path: Path, tmp_path: Path) -> None:
    """An ending of .json, in any case, writes JSON, and any other YAML; both read back as the same value."""
    team = km.load(path)
    for name in ("a.kmm.json", "B.KMM.JSON", "c.kmm.yaml", "d.yml"):
        km.save(team, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(b"{") == name.lower().endswith(".json")
        assert km.load(tmp_path / name) == team


def test_update_changes_one_line(path: Path) -> None:
    """A score that changed changes its line and no other: comments, order and quotes stay."""
    km.update(path, km.load(path).with_score("learning.before", 2))
    assert path.read_text(encoding="utf-8") == SMALL.replace("score: 1            #", "score: 2            #")


def test_update_of_nothing(path: Path) -> None:
    """Updating a file with what it says already leaves it as it was, to the byte."""
    km.update(path, km.load(path))
    assert path.read_bytes() == SMALL.encode()


def test_update_keeps_marks_and_line_endings(path: Path) -> None:
    """A byte order mark and CRLF line endings are still there after an update."""
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    km.update(path, km.load(path).with_score("learning.after", 3))
    expected = SMALL.replace("{score: 2}", "{score: 3}").replace("\n", "\r\n").encode()
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected


def test_update_refuses_a_changed_file(path: Path) -> None:
    """A file that changed since it was read is left alone."""
    team = km.load(path).with_score("learning.before", 2)
    path.write_bytes(SMALL.encode() + b"# somebody was here\n")
    with pytest.raises(CannotWrite, match="has changed since it was read; load it again"):
        km.update(path, team)
    assert path.read_bytes().endswith(b"# somebody was here\n")


def test_update_needs_a_file(path: Path) -> None:
    """An assessment that was not read from a file cannot update one."""
    with pytest.raises(CannotWrite, match="was not read from a file"):
        km.update(path, km.new(unit="T", assessed=DAY))
    with pytest.raises(NoSuchFile):
        km.update(path.with_name("nothing.kmm.yaml"), km.load(path))


def test_update_refuses_what_could_not_be_read_again(path: Path) -> None:
    """A value that no file can hold as it is leaves the file alone."""
    team = km.load(path)
    odd = evolve(team, scores=team.scores.with_item("learning.before", Score(9)))
    with pytest.raises(KmMaturityError):
        km.update(path, odd)
    assert path.read_bytes() == SMALL.encode()


# Looking


def test_check_takes_a_value_a_path_or_bytes(path: Path) -> None:
    """A path, its text, its bytes and its value give the same findings."""
    told = [str(each.pointer) for each in km.check(path, today=DAY)]
    assert told == ["/scores", "/scores/learning.after"]
    for source in (str(path), path.read_bytes(), km.load(path)):
        assert [str(each.pointer) for each in km.check(source, today=DAY)] == told


def test_check_of_a_model_value() -> None:
    """A model as a value is checked for its defects."""
    model = km.load_model("starter")
    assert list(km.check(model)) == []
    assert [each.code for each in km.check(evolve(model, id="1"))] == ["KMM226"]


def test_check_with_last_year(path: Path, tmp_path: Path) -> None:
    """Last year's assessment may be given as a value or a path."""
    last = tmp_path / "last.kmm.yaml"
    km.save(evolve(km.load(path), assessed=date(2025, 11, 24)), last)
    for previous in (last, km.load(last)):
        assert km.check(path, previous=previous, today=DAY).errors == ()


def test_profile_and_report() -> None:
    """The profile and the report of the example agree on what is scored."""
    team = km.example()
    shown = km.report(team, previous=km.example(year=1))
    assert shown.profile == km.profile(team)
    assert km.profile(team, by="principle").whole == km.profile(team).whole
    assert shown.previous == km.example(year=1).assessed


# Exporting


def test_export_by_ending(tmp_path: Path) -> None:
    """The ending chooses the exporter, and the receipt tells the files and their sizes as they are on disk."""
    receipt = km.export(km.example(), tmp_path / "team.csv")
    assert receipt.format == "csv"
    assert receipt.files[0].target == str(tmp_path / "team.csv")
    assert {each.target: each.size for each in receipt.files} == {
        str(path): path.stat().st_size for path in tmp_path.iterdir()
    }


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """A dry run tells what would be written, and writes nothing."""
    dry = km.export(km.example(), tmp_path / "team.csv", dry_run=True)
    assert dry.dry_run
    assert list(tmp_path.iterdir()) == []
    assert km.export(km.example(), tmp_path / "team.csv").files == dry.files


def test_export_leaves_contact_out(tmp_path: Path) -> None:
    """An export has no contact unless asked for, and a report is exported as it is."""
    team = evolve(km.example(), contact="the-contact")
    assert b"the-contact" not in km.render(team, "json")
    assert b"the-contact" in km.render(km.report(team, redact=()), "json")
    km.export(team, tmp_path / "out", format="json", redact=())
    assert b"the-contact" in (tmp_path / "out").read_bytes()


def test_unknown_format(tmp_path: Path) -> None:
    """A format or ending that nothing answers to is refused with those that do."""
    with pytest.raises(UnknownName, match="'cvs': it has csv, ics, json, jsonl or markdown"):
        km.render(km.example(), "cvs")
    with pytest.raises(UnknownName, match="name the format, or end the file in"):
        km.export(km.example(), tmp_path / "team.docx")


def test_any_model_works_everywhere(tmp_path: Path) -> None:
    """A model with 3 outcomes and 5 levels, and one with 40 sub-outcomes of differing tops, are saved, checked and exported."""
    for outcomes, subs, levels in ((3, 2, 5), (5, 8, 4)):
        model = sized(outcomes, subs, levels)
        km.save(model, tmp_path / f"m{outcomes}.kmmodel.yaml")
        team = km.new(model, unit="T", assessed=DAY)
        for number, sub in enumerate(model.subs):
            scale = model.levels_of(sub)
            team = team.with_score(sub, scale[number % len(scale)]).with_target(sub, scale[-1])
        km.save(team, tmp_path / f"t{outcomes}.kmm.yaml")
        assert km.load(tmp_path / f"t{outcomes}.kmm.yaml") == team
        assert list(km.check(tmp_path / f"m{outcomes}.kmmodel.yaml")) == []
        assert km.check(tmp_path / f"t{outcomes}.kmm.yaml", today=DAY).errors == ()
        assert sum(km.profile(team).whole.counts.values()) == outcomes * subs
        assert len(km.export(team, tmp_path / f"x{outcomes}.csv").files) >= 1


def sized(outcomes: int, subs: int, levels: int) -> MaturityModel:
    """A model of this size, in which every third sub-outcome stops one level short."""
    from kmmaturity.domain.model import Level, Outcome, SubOutcome

    def sub(number: int) -> SubOutcome:
        highest = levels - 1 if number % 3 == 2 else levels
        words = dict.fromkeys(range(2, highest + 1), "Seen")
        return SubOutcome(f"Sub {number}", highest=highest if highest < levels else None, levels=words)

    return MaturityModel(
        id=f"sized-{outcomes}",
        version="1.0",
        title="Sized",
        scale=[Level(level, f"Level {level}") for level in range(1, levels + 1)],
        outcomes={
            f"o{number}": Outcome(f"Outcome {number}", subs={f"s{each}": sub(each) for each in range(subs)})
            for number in range(outcomes)
        },
    )


def test_all_names_are_values() -> None:
    """The classes of the public face are those of the domain."""
    assert km.Assessment is Assessment
    assert km.MaturityModel is MaturityModel
