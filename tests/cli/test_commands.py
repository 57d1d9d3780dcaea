"""Each command does what its help says, and its exit code says how it went."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import kmmaturity as km
from kmmaturity.builtin import models
from kmmaturity.cli import program as module
from kmmaturity.cli.program import COMMANDS

Run = Callable[..., Result]


# The program


def test_help(run: Run) -> None:
    """Help names every command, everyone's before those for models, and what each is for."""
    result = run("--help")
    assert result.exit_code == 0
    assert result.stdout.index("For everyone:") < result.stdout.index("For those who look after maturity models:")
    told = " ".join(result.stdout.split())
    for name, summary in COMMANDS.items():
        assert f" {name} {summary}" in told


@pytest.mark.parametrize(
    "words", [*((name,) for name in COMMANDS), ("model", "list"), ("model", "show"), ("model", "check")]
)
def test_command_help(words: tuple[str, ...], run: Run) -> None:
    """Each command's help ends with an example of how to type it."""
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert re.search(rf"^  Examples?: kmmaturity {' '.join(words)}\b", result.stdout, re.MULTILINE)


def test_version(run: Run) -> None:
    """The version is the package's."""
    assert run("--version").stdout == f"kmmaturity {km.__version__}\n"


def test_unknown_command(run: Run) -> None:
    """A misspelt command is a usage error that offers the near one, or lists them all."""
    near, far = run("chekc"), run("frobnicate")
    assert (near.exit_code, far.exit_code) == (2, 2)
    assert "Did you mean check?" in near.stderr
    told = " ".join(far.stderr.split())
    assert all(name in told for name in COMMANDS)
    assert told.endswith(f"{list(COMMANDS)[-2]} and {list(COMMANDS)[-1]}.")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "demo/profil.csv"), "there is no file demo/profil.csv: did you mean demo/profile.csv?\n"),
        (("compare", "nowhere/a.yaml"), "there is no file nowhere/a.yaml: there is no folder nowhere\n"),
        (
            ("model", "new", "--id", "x", "--from", "zzz.csv"),
            "there is no file zzz.csv: check the name and the folder\n",
        ),
    ],
)
def test_no_such_file(words: tuple[str, ...], told: str, run: Run, team: Path) -> None:  # its folder
    """A file that is not there is exit code 2, with the near name in its folder, or the folder that is missing."""
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_our_mistake(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours is exit code 3 and one line that asks for a report; KMMATURITY_DEBUG adds the traceback."""

    def broken(name: str) -> None:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr(module, "import_module", broken)
    result = run("show", "x")
    assert result.exit_code == 3
    assert "a mistake of ours, not yours: ZeroDivisionError: of ours. Please report it" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    loud = run("show", "x", KMMATURITY_DEBUG="1")
    assert loud.exit_code == 3
    assert "Traceback" in loud.stderr


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a command with exit code 130 and no traceback."""

    def interrupted(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "import_module", interrupted)
    result = run("show", "x")
    assert result.exit_code == 130
    assert result.stderr.strip() == ""


# new


def test_new(run: Run) -> None:
    """`new` writes a file that checks clean but for what is not assessed yet, named after its day and unit."""
    result = run("new", "--unit", "An Agency", "--unit", "Wetlands, Rivers & Coast", "--assessed", "2026-11-24")
    assert result.exit_code == 0
    name = "2026-11-24-wetlands-rivers-coast.kmm.yaml"
    assert f"Wrote {name}" in result.stderr
    assert km.load(name).unit == ("An Agency", "Wetlands, Rivers & Coast")
    assert [each.code for each in km.check(name)] == ["KMM205"]


def test_new_never_replaces(run: Run) -> None:
    """`new` refuses a name that is taken, says so and leaves the file as it is."""
    Path("team.kmm.yaml").write_text("precious", encoding="utf-8")
    result = run("new", "team.kmm.yaml", "--unit", "A team")
    assert result.exit_code == 1
    assert "team.kmm.yaml is there already" in result.stderr
    assert Path("team.kmm.yaml").read_text(encoding="utf-8") == "precious"


def test_new_name(run: Run) -> None:
    """A name that folders, editors and pipelines would pass over is taken, with a note that says which they find."""
    result = run("new", "team.yaml", "--unit", "A team")
    assert result.exit_code == 0
    assert "Note: a name that ends in .kmm.yaml or .kmm.json" in result.stderr
    assert run("check", "team.yaml").exit_code == 0


def test_new_to_stdout_and_json(run: Run) -> None:
    """`new -` gives the YAML on standard output alone, and a name in .json gets JSON with a blank for every answer."""
    words = ("--unit", "A team", "--scope", "team", "--assessed", "2026-11-24")
    result = run("new", "-", *words)
    assert result.stderr == ""
    assert run("new", "team.kmm.json", *words).exit_code == 0
    assert km.load(result.stdout_bytes) == km.load("team.kmm.json")
    assert list(json.loads(Path("team.kmm.json").read_bytes())["scores"]) == list(km.load_model("starter").subs)


def test_new_year(run: Run, team: Path) -> None:
    """`new --from` carries over who and what, points back from the new file's folder, and shows last year's levels."""
    Path("next").mkdir()
    result = run("new", "next/team.kmm.yaml", "--from", team, "--assessed", "2027-11-24")
    assert result.exit_code == 0
    made = km.load("next/team.kmm.yaml")
    assert made.unit == km.example().unit
    assert made.previous == "../demo/example-2.kmm.yaml"
    assert "# Last time, 2026-11-24: 2, Our usual way of working." in Path("next/team.kmm.yaml").read_text(
        encoding="utf-8"
    )
    shown = run("show", "next/team.kmm.yaml")
    assert shown.stderr == ""
    assert "compared with 24 Nov 2026" in shown.stdout


def test_new_format(run: Run) -> None:
    """`new --format` names the form whatever the file is called, and without a file gives it that form's ending."""
    words = ("--unit", "A team", "--assessed", "2026-11-24", "--format", "json")
    assert run("new", *words).exit_code == 0
    assert run("new", "-", *words).stdout_bytes == Path("2026-11-24-a-team.kmm.json").read_bytes()


@pytest.mark.parametrize("words", [("--format", "html"), ("team.html",)])
def test_new_form_of_a_package_that_is_not_here(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    """A form that a package of ours brings is told with what to install for it."""
    result = run("new", *words, "--unit", "A team")
    assert result.exit_code == 2
    assert "pip install kmmaturity-report" in result.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Say who you are"),
        (("--unit", "A team", "--format", "jsno"), "new has no form 'jsno': did you mean json?"),
        (
            ("--unit", "A team", "--assessed", "24/11/2026"),
            "'24/11/2026' is not a date. Write it as year-month-day, 2026-11-24.",
        ),
        (("--unit", "A team", "--assessed", "2026-02-30"), "2026-02-30 is no day of the calendar."),
        (
            ("--unit", "A team", "--scope", "group"),
            "--scope takes team, directorate or organisation, and this is 'group'.",
        ),
        (("--unit", "A team", "--model", "startr"), "did you mean starter@1.0?"),
        (("--from", "-", "--unit", "A team"), "--from names a file"),
    ],
)
def test_new_usage(words: tuple[str, ...], told: str, run: Run, folder: Path) -> None:
    """What `new` cannot understand is exit code 2, told with the remedy, and nothing is written."""
    result = run("new", *words, input=models.example(2).data)
    assert result.exit_code == 2
    assert told in result.stderr
    assert list(folder.iterdir()) == []


# check


def test_check_clean(run: Run, team: Path) -> None:
    """A good file is exit code 0 and one line that says so; in concise form, nothing on standard output."""
    result = run("check", team)
    assert (result.exit_code, result.stdout) == (0, "Checked 1 file: nothing to say.\n")
    concise = run("check", team, "--format", "concise")
    assert (concise.stdout, concise.stderr) == ("", "Checked 1 file: nothing to say.\n")


def test_check_fail_on(run: Run, team: Path) -> None:
    """`--fail-on` decides which findings make the exit code 1."""
    first = team.with_name("example-1.kmm.yaml")  # one sub-outcome is not assessed yet: info
    assert [run("check", first, "--fail-on", least).exit_code for least in ("error", "warning", "info")] == [0, 0, 1]


def test_check_several(run: Run, team: Path) -> None:
    """Several files are checked in the order given, a folder stands for the files in it, and - for standard input."""
    broken = team.read_bytes().replace(b"score: 2", b"score: 9", 1)
    result = run("check", team.parent, "-", "--format", "json", input=broken)
    data = json.loads(result.stdout)
    assert [Path(each).name for each in data["checked"]] == ["example-1.kmm.yaml", "example-2.kmm.yaml", "<stdin>"]
    assert [(each["code"], each["place"]["path"]) for each in data["findings"]][-1] == ("KMM202", "<stdin>")
    assert result.exit_code == 1


def test_check_skips_hidden_folders(run: Run) -> None:
    """A folder's hidden folders are passed over, and a folder without any file to check is exit code 2."""
    Path("empty/.hidden").mkdir(parents=True)
    Path("empty/.hidden/team.kmm.yaml").write_text("", encoding="utf-8")
    Path("empty/notes.yaml").write_text("", encoding="utf-8")
    result = run("check", "empty")
    assert result.exit_code == 2
    assert "file is in empty" in result.stderr


def test_check_missing_first(run: Run, team: Path) -> None:
    """One missing path among several is exit code 2 before anything is checked."""
    result = run("check", team, "none.kmm.yaml")
    assert (result.exit_code, result.stdout) == (2, "")


def test_check_model_given(run: Run, team: Path, model: Path) -> None:
    """`--model` reads with another model, and says that the file was written against a different one."""
    result = run("check", team, "--model", model, "--format", "concise")
    assert "KMM204 written against starter@1.0, read with" in result.stdout
    assert result.exit_code == 1


# show


def test_show_finds_last_year(run: Run, team: Path) -> None:
    """Last year is found beside the file that names it; where it is not, a note says so and the rest is shown."""
    assert "compared with 20 Nov 2025" in run("show", team).stdout
    team.with_name("example-1.kmm.yaml").rename("moved.kmm.yaml")
    alone = run("show", team)
    assert alone.exit_code == 0
    assert "compared with" not in alone.stdout
    assert "Note: last time's assessment, demo/example-1.kmm.yaml, is not there" in alone.stderr
    assert "compared with 20 Nov 2025" in run("show", team, "--previous", "moved.kmm.yaml").stdout


def test_show_broken_last_year(run: Run, team: Path) -> None:
    """A last year that cannot be read is noted, and given by name it is told in full with exit code 1."""
    first = team.with_name("example-1.kmm.yaml")
    first.write_text("", encoding="utf-8")
    assert "cannot be read; `kmmaturity check demo/example-1.kmm.yaml` says why" in run("show", team).stderr
    given = run("show", team, "--previous", first)
    assert (given.exit_code, given.stdout) == (1, "")
    assert "KMM001" in given.stderr


def test_show_other_scale(run: Run, team: Path, model: Path) -> None:
    """A last year on another scale or of another unit is noted, never drawn as if it were the same."""
    run("new", "other.kmm.yaml", "--unit", "Another team", "--model", model)
    result = run("show", team, "--previous", "other.kmm.yaml")
    assert result.exit_code == 0
    assert ("they are not compared" in result.stderr) == model.name.startswith("five")
    assert ("of Another team; this one is of" in result.stderr) != model.name.startswith("five")


def test_show_by_principle(run: Run, team: Path, model: Path) -> None:
    """`--by principle` counts by the model's principles, and says where a model has none."""
    assert "5. Knowledge gains in value" in run("show", team, "--by", "principle").stdout
    run("new", "other.kmm.yaml", "--unit", "A team", "--model", model)
    plain = run("show", "other.kmm.yaml", "--by", "principle")
    assert "names no principles; the counts are by outcome" in plain.stderr
    assert plain.stdout == run("show", "other.kmm.yaml").stdout


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
def test_show_width(columns: int, run: Run, team: Path) -> None:
    """No line is longer than the width asked for or, without one, than COLUMNS says."""
    result = run("show", team, "--width", columns)
    assert max(map(len, result.stdout.splitlines())) <= columns
    assert run("show", team, COLUMNS=str(columns)).stdout == result.stdout


def test_show_stdin(run: Run, team: Path) -> None:
    """`show -` reads standard input, and looks for last year in the current folder."""
    result = run("show", "-", input=team.read_bytes())
    assert result.exit_code == 0
    assert "last time's assessment, example-1.kmm.yaml, is not there" in result.stderr


def test_show_dates(run: Run, team: Path) -> None:
    """Dates before the day given are told as passed, in no other words."""
    early, late = run("show", team, "--today", "2026-11-24"), run("show", team, "--today", "2027-06-01")
    assert "passed" not in early.stdout
    assert "24 Feb 2027  Review of the plan (date passed)" in late.stdout
    assert "25 Aug 2027  Review of the plan\n" in late.stdout


# export


def test_export(run: Run, team: Path) -> None:
    """`export --to` writes the file and what belongs beside it, and says which; the ending chooses the format."""
    result = run("export", team, "--to", "team.csv")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert re.findall(r"Wrote (\S+)", result.stderr) == ["team.csv", "team.csv-metadata.json"]
    rows = list(csv.DictReader(io.StringIO(Path("team.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 27
    assert rows[1]["previous"] == "1"
    assert json.loads(Path("team.csv-metadata.json").read_bytes())["url"] == "team.csv"


def test_export_to_stdout(run: Run, team: Path) -> None:
    """`--format` without a target gives the same bytes on standard output; a target of - is the same."""
    run("export", team, "--to", "team.json")
    for words in (("--format", "json"), ("--format", "json", "--to", "-")):
        assert run("export", team, *words).stdout_bytes == Path("team.json").read_bytes()


def test_export_never_replaces(run: Run, team: Path) -> None:
    """A file that is there is kept, its companion counts too and nothing is half done; `--overwrite` replaces both."""
    Path("team.csv-metadata.json").write_text("precious", encoding="utf-8")
    result = run("export", team, "--to", "team.csv")
    assert result.exit_code == 1
    assert "team.csv-metadata.json is there already: choose another name, or replace with --overwrite" in result.stderr
    assert not Path("team.csv").exists()
    assert run("export", team, "--to", "team.csv", "--overwrite").exit_code == 0
    assert Path("team.csv-metadata.json").read_text(encoding="utf-8") != "precious"


def test_export_dry_run(run: Run, team: Path, folder: Path) -> None:
    """`--dry-run` says what would be written and how much, and writes nothing."""
    before = sorted(folder.iterdir())
    dry = run("export", team, "--to", "team.csv", "--dry-run")
    assert sorted(folder.iterdir()) == before
    assert dry.stderr.replace("Would write", "Wrote") == run("export", team, "--to", "team.csv").stderr
    assert run("export", team, "--format", "json", "--dry-run").stdout == ""


@pytest.mark.parametrize(("format", "ending"), [("csv", ".csv"), ("jsonl", ".jsonl"), ("markdown", ".csv")])
def test_export_several(run: Run, team: Path, format: str, ending: str) -> None:
    """Several go into a file and not to the screen: what is said names an ending of the format, if it can hold them."""
    result = run("export", team, team, "--format", format)
    assert result.exit_code == 2
    assert f"Several files go into one: say where with --to all{ending}." in result.stderr
    several = run("export", team, team, "--to", "all.csv")
    assert re.findall(r"Wrote (\S+)", several.stderr) == ["all.csv", "all.csv-metadata.json"]


def test_export_redaction(run: Run, team: Path) -> None:
    """`--redact` leaves parts out, and contacts stay out in any case unless asked for."""
    full = json.loads(run("export", team, "--format", "json", "--with-contact").stdout)
    plain = json.loads(run("export", team, "--format", "json").stdout)
    less = json.loads(run("export", team, "--format", "json", "--redact", "evidence, owner").stdout)
    assert (full["redacted"], plain["redacted"], less["redacted"]) == (
        [],
        ["contact"],
        ["contact", "evidence", "owner"],
    )
    assert full["contact"]
    assert plain["contact"] is less["contact"] is None
    assert any(row["evidence"] for row in plain["rows"])
    assert not any(row["evidence"] for row in less["rows"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Say where to: --to our-team.csv"),
        (("--to", "-"), "add --format csv, ics, json, jsonl or markdown"),
        (("--to", "team.odt"), "team.odt: no exporter for this ending"),
        (("--to", "team.csv", "--format", "csvs"), "did you mean csv?"),
        (("--to", "team.csv", "--redact", "evidense"), "did you mean evidence?"),
    ],
)
def test_export_usage(words: tuple[str, ...], told: str, run: Run, team: Path, folder: Path) -> None:
    """What `export` cannot understand is exit code 2 with the remedy, and nothing is written."""
    before = sorted(folder.iterdir())
    result = run("export", team, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert sorted(folder.iterdir()) == before


def test_export_into_no_folder(run: Run, team: Path) -> None:
    """A target whose folder is not there is exit code 1, and the message names the folder."""
    result = run("export", team, "--to", "nowhere/team.csv")
    assert result.exit_code == 1
    assert "there is no folder" in result.stderr


# model and explain


def test_model_list(run: Run) -> None:
    """`model list` gives the reference, title and standing of each model."""
    assert "starter@1.0  KM starter model  (illustrative, 27 sub-outcomes)\n" in run("model", "list").stdout


def test_model_show(run: Run) -> None:
    """`model show` gives every id with its title; `--full` adds the questions, levels, measures and requirements."""
    model = km.load_model("starter")
    short, full = run("model", "show").stdout, run("model", "show", "starter@1.0", "--full").stdout
    for sub, value in model.subs.items():
        assert re.search(rf"^  {re.escape(sub)} +{re.escape(value.title)}$", short, re.MULTILINE)
        assert sub in full
    assert "Level 2 needs level 1 of leadership.sponsorship: Someone with standing" in full
    assert "\n    2  " in full
    assert "2  " not in short.partition("Our leaders show")[2]


def test_model_check(run: Run, model: Path) -> None:
    """`model check` finds nothing wrong in a good model, and a cycle with its path in a bad one."""
    assert run("model", "check", model).exit_code == 0
    text = model.read_text(encoding="utf-8")
    spoilt = text.replace("highest: 3}", "highest: 3, requires: [{level: 1, needs: o.s3x, at: 1}]}")
    Path("bad.kmmodel.yaml").write_text(spoilt, encoding="utf-8")
    bad = run("model", "check", "bad.kmmodel.yaml")
    assert bad.exit_code == int("highest" in text)
    assert ("needs itself" in bad.stdout or "KMM222" in bad.stdout) == ("highest" in text)


@pytest.mark.parametrize("name", ["KMM201", "kmm201", "201", "unknown-outcome"])
def test_explain(name: str, run: Run) -> None:
    """A rule is explained by its code in any spelling or by its name: what, why, remedy, a bad and a good example."""
    text = run("explain", name).stdout
    for part in ("KMM201", "unknown-outcome", "error", "the team would miss it", "Correct the spelling"):
        assert part in text
    assert text.index("learning.befor: {score: 1}") < text.index("learning.before: {score: 1, evidence: ")


def test_explain_all(run: Run) -> None:
    """Every rule can be explained, in lines that fit the width; without a name, all are listed."""
    listing = run("explain").stdout.splitlines()
    for line in listing:
        result = run("explain", line.split()[0], COLUMNS="60")
        assert result.exit_code == 0
        assert max(map(len, result.stdout.splitlines())) <= 60
    assert len(listing) > 20


def test_explain_unknown(run: Run) -> None:
    """A word that nothing explains is exit code 2, with the near one."""
    result = run("explain", "unknown-outcom")
    assert result.exit_code == 2
    assert "did you mean unknown-outcome?" in result.stderr


# demo


def test_demo(run: Run) -> None:
    """`demo` tells the main job, writes its files, and what it shows typed can be typed and shows the same."""
    result = run("demo")
    assert result.exit_code == 0
    folder = Path("kmmaturity-demo")
    assert sorted(each.name for each in folder.iterdir()) == [
        "example-1.kmm.yaml",
        "example-2.kmm.yaml",
        "profile.csv",
        "profile.csv-metadata.json",
        "profile.json",
    ]
    for each in folder.iterdir():
        assert str(each) in result.stdout
    assert km.load(folder / "example-2.kmm.yaml") == km.example()
    assert run("show", folder / "example-2.kmm.yaml").stdout in result.stdout
    exported = {name: (folder / name).read_bytes() for name in ("profile.csv", "profile.json")}
    for name, content in exported.items():
        run("export", folder / "example-2.kmm.yaml", "--to", folder / name, "--overwrite")
        assert (folder / name).read_bytes() == content


def test_demo_again(run: Run) -> None:
    """Run again, `demo` uses its files and says so; one that somebody changed stops it before anything is written."""
    run("demo", "--folder", "x")
    again = run("demo", "--folder", "x")
    assert again.exit_code == 0
    assert again.stdout.count("was there already, the same") == 5
    Path("x/profile.csv").unlink()
    Path("x/example-2.kmm.yaml").write_text("mine", encoding="utf-8")
    stopped = run("demo", "--folder", "x")
    assert stopped.exit_code == 1
    assert "x/example-2.kmm.yaml is there already" in stopped.stderr
    assert "kmmaturity demo --folder another" in stopped.stderr
    assert Path("x/example-2.kmm.yaml").read_text(encoding="utf-8") == "mine"
    assert not Path("x/profile.csv").exists()


@pytest.mark.parametrize(("place", "told"), [("taken", "taken is a file"), ("taken/x", "cannot be made")])
def test_demo_without_a_folder(place: str, told: str, run: Run) -> None:
    """Where a file stands in the way of the folder, `demo` says so with exit code 1 and leaves the file as it is."""
    Path("taken").write_text("mine", encoding="utf-8")
    stopped = run("demo", "--folder", place)
    assert (stopped.exit_code, stopped.stdout) == (1, "")
    assert told in stopped.stderr
    assert "Give the demo another folder" in stopped.stderr
    assert Path("taken").read_text(encoding="utf-8") == "mine"


# Models unlike the starter


def test_every_command_with_other_models(run: Run, model: Path) -> None:
    """Other levels, forty sub-outcomes, different highest levels: new, check, show, export and model work with all."""
    assert run("new", "team.kmm.yaml", "--unit", "A team", "--model", model, "--assessed", "2026-01-31").exit_code == 0
    team = km.load("team.kmm.yaml")
    for position, sub in enumerate(team.model.subs):
        levels = team.model.levels_of(sub)
        team = team.with_score(sub, levels[position % len(levels)]).with_target(sub, levels[-1])
    km.save(team, "scored.kmm.yaml")
    assert run("check", "scored.kmm.yaml").exit_code == 0
    for columns in (60, 200):
        shown = run("show", "scored.kmm.yaml", "--width", columns)
        assert shown.exit_code == 0
        assert max(map(len, shown.stdout.splitlines())) <= columns
        assert all(value.title in shown.stdout for value in team.model.subs.values())
    for name in ("team.csv", "team.json"):
        assert run("export", "scored.kmm.yaml", "--to", name).exit_code == 0
    rows = csv.DictReader(io.StringIO(Path("team.csv").read_text(encoding="utf-8-sig"), newline=""))
    assert {row["sub"]: row["score"] for row in rows} == {sub: str(team.level(sub)) for sub in team.model.subs}
    assert run("model", "show", model, "--full").exit_code == 0


def test_states_differ(run: Run) -> None:
    """Not assessed, not applicable and 0 are three different things in show, csv and json."""
    Path("team.kmm.yaml").write_text(
        "kmmaturity: 1\nmodel: starter@1.0\nunit:\n  - A team\nassessed: 2026-11-24\nscores:\n"
        "  learning.before: {score: 0}\n  learning.after: {inapplicable: not ours}\n",
        encoding="utf-8",
    )
    shown = run("show", "team.kmm.yaml").stdout
    row = {line.strip()[:14]: line for line in shown.splitlines() if line.startswith("  ")}
    assert "●0" in row["Looking for wh"]
    assert "not applicable: not ours" in row["Looking back w"]
    assert "not assessed" in row["Learning as we"]
    text = run("export", "team.kmm.yaml", "--format", "csv").stdout_bytes.decode("utf-8-sig")
    states = {row["sub"]: (row["state"], row["score"]) for row in csv.DictReader(io.StringIO(text, newline=""))}
    data = json.loads(run("export", "team.kmm.yaml", "--format", "json").stdout)
    told = {row["sub"]: (row["state"], row["score"]) for row in data["rows"]}
    for sub, state, score in (
        ("learning.before", "scored", 0),
        ("learning.after", "not-applicable", None),
        ("learning.during", "not-assessed", None),
    ):
        assert states[sub] == (state, "" if score is None else str(score))
        assert told[sub] == (state, score)
    assert data["profile"]["whole"]["counts"]["0"] == 1
