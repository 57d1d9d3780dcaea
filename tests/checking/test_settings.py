"""Settings: which rules are told, how severely, for which files; and every mistake in a table of them at once."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

import kmmaturity as km
from kmmaturity.checking import Findings, Settings
from kmmaturity.checking.rulebook import Rulebook
from kmmaturity.checking.settings import SETTINGS, mistakes, settings_in
from kmmaturity.domain.findings import Severity
from kmmaturity.domain.rules import CATALOGUE
from kmmaturity.errors import KmMaturityError, UnknownName

DAY = date(2026, 12, 1)
HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit: [Team]\nassessed: 2026-11-24\n"
# A score without evidence, three priorities, one of them without a target: what several families have a say on.
SHORT = f"{HEAD}scores:\n  learning.before: {{score: 1}}\npriorities: [learning, assets, culture]\n"
BROKEN = f"{HEAD}scores:\n  learning.before: {{score: 9}}\nnots: x\n"


def codes(text: str, **settings: object) -> set[str]:
    """The codes found in a text under these settings."""
    return {each.code for each in km.check(text.encode(), today=DAY, settings=Settings(**settings))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("select", "ignore", "told", "untold"),
    [
        (["all"], [], {"KMM205", "KMM301", "KMM401"}, set()),
        (["plan"], [], {"KMM401"}, {"KMM205", "KMM301"}),
        (["401"], [], {"KMM401"}, {"KMM205", "KMM301"}),
        (["too-many-priorities", "KMM301"], [], {"KMM401", "KMM301"}, {"KMM205"}),
        (["all"], ["plan"], {"KMM205", "KMM301"}, {"KMM401"}),
        (["kmm401"], ["plan"], {"KMM401"}, {"KMM301"}),  # the closer name counts
        (["plan"], ["KMM401"], set(), {"KMM401", "KMM301"}),
        (["plan"], ["plan"], set(), {"KMM401", "KMM301"}),  # of two as close, ignore counts
        (["practice"], ["all"], {"KMM301"}, {"KMM401", "KMM205"}),
        ([], [], set(), {"KMM401", "KMM301", "KMM205"}),
    ],
)
def test_the_closer_name_counts(select: list[str], ignore: list[str], told: set[str], untold: set[str]) -> None:
    """Rules are chosen by code, name, family or `all`; the closer name counts, and of two as close `ignore`."""
    found = codes(SHORT, select=select, ignore=ignore)
    assert told <= found
    assert not untold & found


def test_a_broken_file_is_told_whatever_is_chosen() -> None:
    """No choice of rules makes a file pass that cannot be read in full, or has scores that mean nothing."""
    assert codes(BROKEN, select=["practice"], ignore=["all"]) == {"KMM104", "KMM202"}


@pytest.mark.parametrize("rule", [each for each in CATALOGUE.values() if each.vital], ids=lambda each: each.code)
def test_what_cannot_be_left_out(rule: object) -> None:
    """Naming a rule that says a file cannot be relied on is a mistake that is told, under `ignore` and `severity`."""
    code = rule.code  # type: ignore[attr-defined]
    for settings in (
        Settings(ignore=[code]),
        Settings(severity={code: "info"}),
        Settings(per_file_ignores={"x": [code]}),
    ):
        (wrong,) = mistakes(settings, CATALOGUE.values())
        assert f"{code} " in wrong.message
        assert "cannot" in wrong.message
        with pytest.raises(KmMaturityError, match=code):
            km.check(SHORT.encode(), settings=settings)


def test_which_cannot_be_left_out() -> None:
    """They are the errors of files, structure and models, scores off the scale, a model not found, a rule not working."""
    vital = {code for code, each in CATALOGUE.items() if each.vital}
    expected = {
        code
        for code, each in CATALOGUE.items()
        if each.family in ("file", "structure", "model") and each.severity is Severity.ERROR
    }
    assert vital == expected | {"KMM202", "KMM203", "KMM904"}
    assert {"KMM009", "KMM201", "KMM605"} & vital == set()


def test_severity() -> None:
    """A rule, or a family, gets another severity; the closer name counts."""
    settings = Settings(severity={"all": "error", "plan": "info", "KMM401": Severity.ERROR})
    found = {each.code: each.severity for each in km.check(SHORT.encode(), today=DAY, settings=settings)}
    assert (found["KMM401"], found["KMM403"], found["KMM205"]) == (Severity.ERROR, Severity.INFO, Severity.ERROR)


def test_severity_of_an_unfinished_file() -> None:
    """What is information until all is scored stays so, whatever severity the settings give it."""
    found = km.check(SHORT.encode(), today=DAY, settings=Settings(severity={"practice": "error"}))
    assert {each.severity for each in found if each.code == "KMM301"} == {Severity.INFO}
    assert found.exit_code() == 0


def test_what_a_rule_tells_as_less_stays_less() -> None:
    """A day that is still ahead is information, though the rule that tells it is given a higher severity."""
    found = km.check(HEAD.encode(), today=date(2026, 1, 1), settings=Settings(severity={"KMM501": "error"}))
    assert [each.severity for each in found if each.code == "KMM501"] == [Severity.INFO]


def test_fail_on() -> None:
    """The settings say which severity makes the exit code 1, unless the caller does."""
    assert km.check(SHORT.encode(), today=DAY).exit_code() == 0
    found = km.check(SHORT.encode(), today=DAY, settings=Settings(fail_on="warning"))
    assert (found.exit_code(), found.exit_code("error")) == (1, 0)
    assert (found + Findings()).exit_code() == 1
    with pytest.raises(UnknownName, match="did you mean warning"):
        Settings(fail_on="warnin")


def test_figures_and_marking() -> None:
    """The settings' figures take the place of the model's, for the rest the model's stay; a marking may be asked for."""
    assert "KMM401" not in codes(SHORT, figures={"priorities": 3})
    assert "KMM604" in codes(SHORT, marking=True)
    assert "KMM401" in codes(SHORT, figures={"words": 1})


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("team.kmm.yaml", True),
        ("*.kmm.yaml", True),
        ("old/team.kmm.yaml", True),
        ("old/*", True),
        ("old/", True),
        ("**/old/*.yaml", True),
        ("**/team.kmm.yaml", True),
        ("**", True),
        ("old/**", True),
        ("old", False),
        ("*/team.kmm.json", False),
        ("new/*", False),
        ("*/*/*", False),
        ("/old/*", False),
    ],
)
def test_per_file_ignores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, matches: bool) -> None:
    """Rules are left out for files that match a pattern, which counts from the folder of the settings."""
    file = tmp_path / "old" / "team.kmm.yaml"
    file.parent.mkdir()
    file.write_text(SHORT, "utf-8")
    settings = Settings(select=["plan", "KMM401"], per_file_ignores={pattern: ["plan"]}, base=str(tmp_path))
    assert ("KMM401" not in {each.code for each in km.check(file, today=DAY, settings=settings)}) == matches
    monkeypatch.chdir(tmp_path)
    here = Settings(per_file_ignores={pattern: ["plan"]})
    assert ("KMM401" not in {each.code for each in km.check("old/team.kmm.yaml", settings=here)}) == matches


def test_model(tmp_path: Path) -> None:
    """The settings may name the model that files are read with; what the caller gives comes first."""
    text = SHORT.replace("starter@1.0", "nowhere@1.0").encode()
    assert "KMM203" in {each.code for each in km.check(text, today=DAY)}
    settings = Settings(model="starter@1.0")
    assert "KMM203" not in {each.code for each in km.check(text, today=DAY, settings=settings)}
    assert "KMM204" in {each.code for each in km.check(text, today=DAY, settings=settings, model="starter")}


def test_the_library_looks_for_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A settings file beside what is checked changes nothing for the library."""
    (tmp_path / "kmmaturity.toml").write_text('ignore = ["all"]\n', "utf-8")
    (tmp_path / "team.kmm.yaml").write_text(SHORT, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert "KMM401" in {each.code for each in km.check("team.kmm.yaml", today=DAY)}


def test_names_of_rules_that_there_are_none_of() -> None:
    """Settings that name a rule or figure which is not there are refused, all of it at once, with a near one."""
    settings = Settings(
        select=["plna"], ignore=["KMM30"], severity={"OUR001": "info"}, figures={"prioritis": 1, "zzz": 2}
    )
    with pytest.raises(KmMaturityError) as refused:
        Rulebook(settings=settings)
    told = str(refused.value)
    for words in (
        "`select` names plna, and there is no such rule or family. Did you mean plan?",
        "`ignore` names KMM30",
        "one of a plug-in needs that plug-in",
        "no figure `prioritis`. Did you mean `priorities`?",
        "no figure `zzz`. There are priorities",
    ):
        assert words in told


def test_a_lone_text_is_no_list() -> None:
    """A text where a list is wanted is refused rather than taken for its letters."""
    with pytest.raises(TypeError, match=r"\['plan'\]"):
        Settings(ignore="plan")


GOOD = """
select = ["all"]
ignore = ["plan", "KMM205"]
fail-on = "warning"
marking = true
model = "starter@1.0"
severity = {practice = "warning"}
[per-file-ignores]
"old/*" = ["cycle"]
[figures]
priorities = 1
"""


def test_a_table() -> None:
    """A settings file's table gives the settings that it states, each under the name that it has there."""
    table = tomllib.loads(GOOD)
    assert set(table) == set(SETTINGS)
    stated, wrong = settings_in(table, base="here")
    assert wrong == ()
    assert Settings(**stated) == Settings(
        select=("all",),
        ignore=("plan", "KMM205"),
        fail_on=Severity.WARNING,
        marking=True,
        model="starter@1.0",
        severity={"practice": Severity.WARNING},
        per_file_ignores={"old/*": ("cycle",)},
        figures={"priorities": 1},
        base="here",
    )


@pytest.mark.parametrize(
    ("text", "pointer", "words"),
    [
        ('fial-on = "warning"', "/fial-on", "no setting `fial-on`. Did you mean `fail-on`?"),
        ('fail_on = "warning"', "/fail_on", "Did you mean `fail-on`?"),
        ("zzz = 1", "/zzz", "no setting `zzz`. There are select, ignore,"),
        ('fail-on = "warnin"', "/fail-on", '`fail-on` is "warnin". Write "error", "warning" or "info".'),
        ("fail-on = 1", "/fail-on", "`fail-on` is 1."),
        ('ignore = "plan"', "/ignore", '`ignore` is "plan". Write a list of rules and families, such as ["plan"].'),
        ('ignore = ["plan", 7]', "/ignore", "`ignore` is a list with 7 in it."),
        ("marking = 1", "/marking", "`marking` is 1. Write true or false."),
        ('marking = "no"', "/marking", '`marking` is "no".'),
        ("model = ''", "/model", "Write a model"),
        ("figures = 3", "/figures", "`figures` is 3. Write a table, with a whole number for each entry."),
        ("figures.change = true", "/figures/change", "`figures.change` is true. Write a whole number."),
        ("figures.change = -1", "/figures/change", "`figures.change` is -1."),
        ('severity.plan = "off"', "/severity/plan", '`severity.plan` is "off". Write "error", "warning" or "info".'),
        ('per-file-ignores."x" = "plan"', "/per-file-ignores/x", '`per-file-ignores.x` is "plan".'),
        ("select = {}", "/select", "`select` is a table."),
    ],
)
def test_mistakes_in_a_table(text: str, pointer: str, words: str) -> None:
    """Whatever is wrong in a table is told with where it is and what to write; what is right beside it is kept."""
    stated, (wrong,) = settings_in(tomllib.loads(f"{text}\n"))
    assert (wrong.code, str(wrong.pointer)) == ("KMM901", pointer)
    assert words in f"{wrong.message}. {wrong.help}"
    assert not any(stated.values())


def test_every_mistake_at_once() -> None:
    """Several mistakes are told together."""
    stated, wrong = settings_in({"fail-on": "x", "zzz": 1, "figures": {"a": "b", "change": 3}, "marking": True})
    assert [str(each.pointer) for each in wrong] == ["/fail-on", "/zzz", "/figures/a"]
    assert stated == {"figures": {"change": 3}, "marking": True}
