"""A run over several files: what they show together, how one finds another, and a rule that does not work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import kmmaturity as km
from kmmaturity.api.baselines import baseline_at, write_baseline
from kmmaturity.api.fixing import fixes
from kmmaturity.checking import Settings
from kmmaturity.checking.attempts import attempts
from kmmaturity.domain.findings import Finding, Pointer, Severity
from kmmaturity.domain.rules import CATALOGUE, Context, Filed, Rule
from kmmaturity.errors import NoSuchFile
from kmmaturity.hooks import hookimpl
from kmmaturity.registry import Registry

DAY = date(2026, 12, 1)


def write(path: Path, assessed: str, rest: str = "", unit: str = "A team") -> Path:
    """A small assessment file."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"kmmaturity: 1\nmodel: starter@1.0\nunit: [{unit}]\nassessed: {assessed}\n{rest}", "utf-8")
    return path


PASSED = "plan:\n  reviews: [{due: 2026-05-01}, {due: 2026-10-01}]\n  actions: [{action: Ask, due: 2026-01-31, status: planned, owner: Lead}]\n"


def codes(found: Iterable[Finding]) -> list[str]:
    """The codes of findings, but that not all is assessed."""
    return [each.code for each in found if each.code != "KMM205"]


def test_dates_of_last_years_file(tmp_path: Path) -> None:
    """Dates that have passed are told of a unit's newest file alone."""
    last = write(tmp_path / "2025.kmm.yaml", "2025-11-24", PASSED)
    assert codes(km.check(last, today=DAY)) == ["KMM410"]
    write(tmp_path / "2026.kmm.yaml", "2026-11-24", unit="A  TEAM")
    assert codes(km.check(tmp_path, today=DAY)) == []
    write(tmp_path / "2026.kmm.yaml", "2026-11-24", unit="Another team")
    assert codes(km.check(tmp_path, today=DAY)) == ["KMM410"]


def test_last_years_file_may_set_dates_aside(tmp_path: Path) -> None:
    """An entry that was needed while the file was the unit's newest is not reported when a newer one comes."""
    ignore = "ignore: [{rule: KMM410, because: The template is another team's}]\n"
    last = write(tmp_path / "2025.kmm.yaml", "2025-11-24", PASSED + ignore)
    assert codes(km.check(last, today=DAY)) == []
    write(tmp_path / "2026.kmm.yaml", "2026-11-24")
    assert codes(km.check(tmp_path, today=DAY)) == []


def test_two_files_of_one_day(tmp_path: Path) -> None:
    """Two files of one unit and day are told of the second, with its place; a file named twice is one file."""
    first, second = write(tmp_path / "a.kmm.yaml", "2026-11-24"), write(tmp_path / "b.kmm.yaml", "2026-11-24")
    found = km.check([first, second], today=DAY)
    (told,) = [each for each in found if each.code == "KMM506"]
    assert told.place is not None
    assert told.place.path == str(second)
    assert codes(km.check([first, str(tmp_path / ".." / tmp_path.name / "a.kmm.yaml")], today=DAY)) == []
    set_aside = "ignore: [{rule: KMM506, because: Two halves of one day}]\n"
    write(second, "2026-11-24", set_aside)
    assert codes(km.check([first, second], today=DAY)) == []
    write(second, "2026-11-24")
    settings = Settings(per_file_ignores={"b.*": ["cycle"]})
    assert codes(km.check([first, second], today=DAY, settings=settings)) == []


def test_last_time_is_another_file_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that `previous` names is the one of the run, read with the same model."""
    monkeypatch.chdir(tmp_path)
    first = write(tmp_path / "a.kmm.yaml", "2025-11-24", "scores: {learning.before: {score: 3}}\n")
    second = write(
        tmp_path / "b" / "b.kmm.yaml", "2026-11-24", "previous: ../a.kmm.yaml\nscores: {learning.before: {score: 1}}\n"
    )
    for path in (first, second):
        path.write_text(path.read_text("utf-8").replace("starter@1.0", "theirs@2"), "utf-8")
    found = km.check(["a.kmm.yaml", second], model="starter@1.0", today=DAY)
    assert "KMM504" in codes(found)
    alone = km.check(second, model="starter@1.0", today=DAY)  # read by itself, a.kmm.yaml has no model
    assert "KMM505" in codes(alone)


@pytest.mark.parametrize(
    "named", ["//host/share/x.kmm.yaml", r"\\host\share\x.kmm.yaml", "https://host.example/x", r"/\host\x"]
)
def test_last_time_on_the_network(tmp_path: Path, named: str) -> None:
    """An address on the network is not opened as last time's file, and what to do is said."""
    file = write(tmp_path / "a.kmm.yaml", "2026-11-24", f"previous: '{named}'\n")
    (told,) = [each for each in km.check(file, today=DAY) if each.code == "KMM505"]
    assert "and that is an address on the network, which is never opened" in told.message


def test_folders_and_files(tmp_path: Path) -> None:
    """A folder stands for the assessments and models in it; an empty one and a missing file are told apart from clean ones."""
    write(tmp_path / "a.kmm.yaml", "2026-11-24")
    write(tmp_path / "b" / "c.kmm.yaml", "2025-11-24")
    (tmp_path / "b" / "x-1.kmmodel.yaml").write_text("kmmodel: 1\nid: x\n", "utf-8")
    (tmp_path / "other.yaml").write_text("x: 1\n", "utf-8")
    found = km.check([tmp_path / "b", tmp_path], today=DAY)
    assert [Path(each).name for each in found.checked] == ["c.kmm.yaml", "x-1.kmmodel.yaml", "a.kmm.yaml"]
    assert {each.place.path for each in found.errors if each.place} == {str(tmp_path / "b" / "x-1.kmmodel.yaml")}
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoSuchFile, match="file is in"):
        km.check([tmp_path, tmp_path / "empty"])
    with pytest.raises(NoSuchFile, match="no file"):
        km.check([tmp_path, tmp_path / "gone.kmm.yaml"])


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """A file that cannot be opened is a finding, and the others are checked."""
    found = km.check([b"", b"", "a\0b", write(tmp_path / "a.kmm.yaml", "2026-11-24")], today=DAY)
    assert [each.code for each in found] == ["KMM001"] * 3 + ["KMM205"]
    assert found.checked == ("<bytes>", "<bytes 2>", "a\0b", str(tmp_path / "a.kmm.yaml"))


def test_several_without_a_name() -> None:
    """Of several documents that are no files, each has its own findings, under a name of its own."""
    text = b"kmmaturity: 1\nmodel: starter@1.0\nunit: [T]\nassessed: 2026-11-24\n"
    found = km.check([text, text + b"scores: {learning.before: {score: 7}}\n"], today=DAY)
    assert [(each.code, each.place and each.place.path) for each in found if each.code != "KMM205"] == [
        ("KMM506", "<bytes 2>"),
        ("KMM202", "<bytes 2>"),
    ]
    assert found.render().count("  5 | scores: {learning.before: {score: 7}}") == 2


def test_a_file_past_mending(tmp_path: Path) -> None:
    """Settings choose among what is found in a file that cannot be read at all, too."""
    file = write(tmp_path / "a.kmm.yaml", "2026-11-24", "notes: see #4\nscores: [\n")
    assert codes(km.check(file, today=DAY)) == ["KMM009", "KMM003"]
    assert codes(km.check(file, today=DAY, settings=Settings(ignore=["all"]))) == ["KMM003"]


def test_a_broken_file_has_its_say(tmp_path: Path) -> None:
    """Of a broken file all is told that stands whatever the broken part says, and nothing that may hang on it."""
    file = write(
        tmp_path / "a.kmm.yaml",
        "2026-11-24",
        "contact: [x]\nnotes: Ask jo.bloggs@agency.example\npriorities: [learning, assets, culture]\n"
        "scores:\n  learning.before: {score: 2, target: 1, evidence: {a: 1}}\n"
        "plan: {actions: [{action: Ask, status: planned, due: 2027-01-31}, {action: Tell, owner: [x], status: planned}]}\n",
    )
    found = km.check(file, today=DAY)
    assert sorted(each.code for each in found) == ["KMM102"] * 3 + ["KMM401", "KMM404", "KMM407", "KMM601"]


# Rules of plug-ins


def rule(code: str, family: str = "our", **what: Any) -> Rule:
    """A rule of a plug-in."""
    texts = {"summary": "It is so.", "why": "So that it is known.", "remedy": "Have a look."}
    given: dict[str, Any] = {"code": code, "name": f"our-{code[-3:]}", "family": family, **texts, **what}
    return Rule(severity=Severity.WARNING, bad=b"", good=b"", **given)


def registry(*rules: Rule) -> Registry:
    """A registry with a plug-in that brings these rules."""

    class Ours:
        @hookimpl
        def kmmaturity_rules(self) -> list[Rule]:
            return list(rules)

    return Registry.of(Ours())


def judging(found: Callable[[Context], object], code: str = "OUR001", **what: Any) -> Rule:
    """A rule of a plug-in whose function is `found`."""
    return rule(code, judge=found, **what)


def test_rules_of_plug_ins_are_equals(tmp_path: Path) -> None:
    """A plug-in's rules judge assessments, models and the files of a run; they are chosen, set aside and told like ours."""

    def judge(context: Context) -> Iterator[Finding]:
        yield one.found("judged", Pointer(("unit",)))

    def defects(model: object) -> Iterator[Finding]:
        yield two.found("a defect", Pointer(("title",)))

    def across(files: Iterable[Filed]) -> Iterator[tuple[str, Finding]]:
        for each in files:
            yield each.path, three.found("across", Pointer(("assessed",)))

    one, two, three = rule("OUR001", judge=judge), rule("OUR002", defects=defects), rule("OUR003", across=across)
    known = registry(one, two, three)
    file = write(tmp_path / "a.kmm.yaml", "2026-11-24")
    model = tmp_path / "m-1.kmmodel.yaml"
    km.save(km.load_model("starter"), model)
    found = km.check([file, model], today=DAY, registry=known)
    assert [(each.code, each.place and each.place.line) for each in found if each.code.startswith("OUR")] == [
        ("OUR001", 3),
        ("OUR003", 4),
        ("OUR002", 4),
    ]
    assert "OUR002" in codes(km.check(km.load_model("starter"), registry=known))
    assert "OUR001" in codes(km.check(km.example(), registry=known))
    assert found.render().count("  why: So that it is known.\n  more: kmmaturity explain OUR00") == 3
    for settings in (
        Settings(ignore=["our"]),
        Settings(select=["plan"]),
        Settings(ignore=["OUR001", "our-002", "OUR003"]),
    ):
        assert not [each for each in codes(km.check([file, model], settings=settings, registry=known)) if "OUR" in each]
    raised = km.check([file, model], settings=Settings(severity={"our": "error"}), registry=known)
    assert {each.severity for each in raised if "OUR" in each.code} == {Severity.ERROR}
    write(file, "2026-11-24", "ignore: [{rule: our, because: Not here}]\n")
    assert not [each for each in codes(km.check(file, registry=known)) if "OUR" in each]


def failing(context: Context) -> Iterator[Finding]:
    """A rule with a mistake in it: it finds one thing, and then stops working."""
    yield BROKEN.found("the first thing")
    raise ZeroDivisionError("by zero")


BROKEN = judging(failing)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (failing, "ZeroDivisionError: by zero (test_run.py, line "),
        (lambda _: 1 / 0, "ZeroDivisionError: division by zero (test_run.py, line "),
        (lambda _: ["text"], "TypeError: it gave str, and rules give findings"),
        (lambda _: 7, "TypeError: it gave int, and rules give findings: yield what its found() makes (test_run.py, line "),
        (lambda _: None, "TypeError: it gave None, and rules give findings"),
        (lambda _: "text", "TypeError: it gave str, and rules give findings"),
        (lambda _: [Finding("KMM001", "unreadable", Severity.ERROR, "x")], "TypeError: it gave a finding of KMM001"),
        (lambda _: [Finding("OUR001", "x", Severity.ERROR, "x", pointer=["unit"])], "whose pointer is no Pointer"),  # type: ignore[arg-type]
        (lambda _: [Finding("OUR001", "x", "info", "x")], "severity is 'info', and has to be a Severity"),  # type: ignore[arg-type]
        (lambda _: [Finding("OUR001", "x", Severity.INFO, None)], "message is None, and has to be a text"),  # type: ignore[arg-type]
        (lambda _: exit(4), "SystemExit: 4"),  # noqa: PLR1722  # as a careless rule would
    ],
)  # fmt: skip
def test_a_rule_that_does_not_work(found: Callable[[Context], object], told: str) -> None:
    """A mistake in a rule is a finding that names rule, plug-in and cause, makes the exit code 3, and hides no other."""
    known = registry(judging(found))
    result = km.check(km.new(unit="T", assessed=DAY), today=DAY, registry=known)
    (crash,) = [each for each in result if each.code == "KMM904"]
    assert crash.message.startswith(
        "the rule OUR001 our-001 of the plug-in Ours (given) did not work, so what it would"
    )
    assert told in crash.message
    assert crash.help == "Tell who looks after that plug-in; `--ignore OUR001` checks without the rule."
    assert "KMM205" in {each.code for each in result}
    assert (result.crashed, result.exit_code(), result.exit_code("info")) == (True, 3, 3)
    assert ("the first thing" in result.render()) == (found is failing)


def test_left_out_it_does_no_harm() -> None:
    """A rule that does not work is not run where it is left out."""
    known = registry(BROKEN)
    for settings in (Settings(ignore=["OUR001"]), Settings(select=["plan"])):
        assert km.check(km.example(), registry=known, settings=settings).exit_code() == 0


def test_it_cannot_be_hidden() -> None:
    """That a rule did not work is told whatever is selected, and at no other severity."""
    for settings in (Settings(select=["our"]), Settings(ignore=["config"]), Settings(severity={"config": "info"})):
        assert km.check(km.example(), registry=registry(BROKEN), settings=settings).exit_code() == 3


def test_no_baseline_hides_it(tmp_path: Path) -> None:
    """That a rule did not work is told whatever a baseline has written down."""
    file, known = write(tmp_path / "a.kmm.yaml", "2026-11-24"), registry(BROKEN)
    before = baseline_at(tmp_path / "known.json", new=True)
    write_baseline(km.check(file, today=DAY, registry=known), before)
    found = km.check(file, today=DAY, registry=known, baseline=tmp_path / "known.json")
    assert codes(found) == ["KMM904"]
    assert codes(found.known) == ["OUR001"]


def test_a_baseline_of_several_files(tmp_path: Path) -> None:
    """What only several files show together is not taken for mended where one of them is checked alone."""
    files = [write(tmp_path / name, "2026-11-24") for name in ("a.kmm.yaml", "b.kmm.yaml")]
    write_baseline(km.check(files, today=DAY), baseline_at(tmp_path / "known.json", new=True))
    for some in (files, files[1:]):
        assert codes(km.check(some, today=DAY, baseline=tmp_path / "known.json")) == []
    write(files[1], "2026-11-23")
    assert codes(km.check(files, today=DAY, baseline=tmp_path / "known.json")) == []


@pytest.mark.parametrize(
    ("at", "instead"), [("unit", "Ours"), ("notes", "the same"), ("notes", "else"), ("gone", "any"), ("assessed", "no")]
)
def test_a_fix_that_mends_nothing(tmp_path: Path, at: str, instead: str) -> None:
    """What a plug-in's rule says to write is not written where that mends nothing, or breaks the file."""

    def found(_: Context) -> Iterator[Finding]:
        yield unmendable.found("so", Pointer((at,)), instead=instead)

    unmendable = judging(found, fix="safe")
    file = write(tmp_path / "a.kmm.yaml", "2026-11-24", "notes: the same\n")
    assert list(fixes(file, registry=registry(unmendable))) == []


def test_a_fix_of_more_than_a_value(tmp_path: Path) -> None:
    """What a plug-in's rule says to write never takes the place of a whole mapping, in which other things stand."""

    def found(context: Context) -> Iterator[Finding]:
        for sub, each in context.assessment.scores.items():
            if each.target and each.target.by:
                yield dated.found("dated", Pointer(("scores", sub, "target")), instead=1)

    dated = judging(found, fix="safe")
    scores = "scores: {learning.before: {score: 0, target: {level: 1, by: 2027-06-30}}}\n"
    file = write(tmp_path / "a.kmm.yaml", "2026-11-24", scores)
    assert "OUR001" in codes(km.check(file, registry=registry(dated)))
    assert list(fixes(file, registry=registry(dated))) == []


def test_more_files_than_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a run has more files than are kept, the others are read once more, and the findings are the same."""
    for day in range(1, 5):
        write(tmp_path / f"{day}.kmm.yaml", f"2026-11-0{day}", "scores:\n  learning.before: {score: 7}\n")
    whole = [str(each) for each in km.check(tmp_path, today=DAY)]
    monkeypatch.setattr("kmmaturity.checking.check.KEPT", 1)
    assert [str(each) for each in km.check(tmp_path, today=DAY)] == whole


@pytest.mark.parametrize("kind", ["defects", "across"])
def test_in_models_and_across_files(tmp_path: Path, kind: str) -> None:
    """So it is with rules that look at models, and at all files of a run."""

    def broken(_: object) -> Iterator[Finding]:
        raise KeyError

    known = registry(rule("OUR001", defects=broken) if kind == "defects" else rule("OUR001", across=broken))
    model = tmp_path / "m-1.kmmodel.yaml"
    km.save(km.load_model("starter"), model)
    found = km.check([write(tmp_path / "a.kmm.yaml", "2026-11-24"), model], today=DAY, registry=known)
    assert [each.code for each in found] == ["KMM205", "KMM904"]
    assert found.exit_code() == 3
    assert "KeyError (test_run.py" in found.render()


def test_a_rule_of_ours_that_does_not_work() -> None:
    """A mistake in a rule of ours is told as ours."""
    found, (mistake,) = attempts([CATALOGUE["KMM301"]], lambda _: SimpleNamespace().gone, {})
    assert found == []
    assert "the rule KMM301 score-without-evidence did not work" in mistake.message
    assert "a mistake of ours, not yours: please report it" in mistake.help


def test_a_plug_in_that_cannot_be_used() -> None:
    """A plug-in that cannot be used is told, since its rules were not looked for; that fails no check by itself."""
    broken = Registry.of(SimpleNamespace(kmmaturity_rules=hookimpl(lambda: 7)))
    for subject in (km.example(), km.load_model("starter"), b""):
        (told,) = [each for each in km.check(subject, registry=broken) if each.code == "KMM904"]
        assert told.severity is Severity.WARNING
        assert "SimpleNamespace (given) cannot be used: kmmaturity_rules returned int" in told.message
    assert km.check(km.example(), registry=broken).exit_code() == 0
