"""The commands of every day: compare, plan, set, explain, and models of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import Result

import kmmaturity as km
from kmmaturity.domain.plan import Status

Run = Callable[..., Result]


class TestCompare:
    """Last year beside this."""

    def test_progress_on_every_target_is_told(self, run: Run, team: Path) -> None:
        """Targets of last year are told as reached, part-way, still ahead or set aside; falls are among the changes."""
        told = run("compare", team).stdout
        for title in ("Reached:", "Part-way:", "Still ahead:", "Set aside:", "Lower than last time"):
            assert title in told

    def test_counts_with_their_coverage(self, run: Run, team: Path) -> None:
        """Both years' counts are laid out as `show` lays them out, with coverage, and what nobody scored is no "same"."""
        first = km.load(team.with_name("example-1.kmm.yaml"))
        km.save(first.without_score("learning.before"), "then.kmm.yaml")
        km.save(km.load(team).without_score("learning.before"), "now.kmm.yaml")
        told = run("compare", "then.kmm.yaml", "now.kmm.yaml").stdout
        assert (
            "              0    1   2   3   assessed   applicable   median   lowest\n"
            "20 Nov 2025   8   11   4   1          2            1        1        0\n"
            "24 Nov 2026   2   14   8   1          1            1        1        0\n"
            "Coverage: 24 of 26 applicable sub-outcomes were scored then, and 25 of 26 are now.\n"
            "The same as last time: 12 of the 24 that were scored both times.\n"
        ) in told

    def test_a_file_with_nothing_scored_yet(self, run: Run, team: Path) -> None:
        """Next year's file, still blank, is told as one that has nothing to compare yet."""
        run("new", "next.kmm.yaml", "--from", team)
        told = run("compare", "next.kmm.yaml").stdout
        assert "Nothing is scored both times." in told
        assert "Scored last time, and not this time\n" in told

    def test_two_files_in_any_order(self, run: Run, team: Path) -> None:
        """Given the later file first, the two are told in the order of their dates, with a note."""
        first = team.with_name("example-1.kmm.yaml")
        assert run("compare", first, team).stdout == run("compare", team, first).stdout
        assert "in the order of their dates" in run("compare", team, first).stderr

    def test_models_that_share_nothing_are_not_compared(self, run: Run, team: Path) -> None:
        """Two assessments against models with no sub-outcome in common give one sentence and exit code 1."""
        Path("other.csv").write_text("Outcome,Sub-outcome,0,1,2,3\nA,B,w,x,y,z\n", "utf-8")
        assert run("model", "new", "--from", "other.csv", "--id", "other").exit_code == 0
        run("new", "o.kmm.yaml", "--unit", "T", "--model", "other-0.1.kmmodel.yaml")
        result = run("compare", team, "o.kmm.yaml")
        assert result.exit_code == 1
        assert "share no sub-outcome to compare" in result.stderr

    def test_nothing_to_compare_with(self, run: Run, team: Path) -> None:
        """A file that names no earlier one says what to name."""
        result = run("compare", team.with_name("example-1.kmm.yaml"))
        assert result.exit_code == 1
        assert "name that file first" in result.stderr
        assert run("compare", team, team, team).exit_code == 2

    def test_last_year_is_not_there(self, run: Run, team: Path) -> None:
        """Where last year's file has gone, the remedy is one that compare has: its path, given first."""
        team.with_name("example-1.kmm.yaml").unlink()
        result = run("compare", team)
        assert result.exit_code == 1
        assert "is not there; give its path as well." in result.stderr
        assert f"kmmaturity compare LAST-TIME {team}" in result.stderr
        assert "--previous" not in result.stderr

    def test_what_only_one_model_has_is_left_out_and_said(self, run: Run, team: Path) -> None:
        """A sub-outcome that the new model lacks is left out of the comparison, and named."""
        assert run("model", "new", "--id", "starter", "--title", "Ours").exit_code == 0
        model = Path("starter-0.1.kmmodel.yaml")
        text = model.read_text("utf-8")
        start, end = text.index("      toolkit:\n"), text.index("\nprinciples:\n")
        model.write_text(text[:start] + text[end + 1 :], "utf-8")
        run("new", "next.kmm.yaml", "--from", team, "--model", model)
        told = run("compare", team, "next.kmm.yaml").stdout
        assert "Left out, since only one of the two models has it\n  - capability.toolkit" in told


class TestOverall:
    """A single level, only by a rule that is named."""

    @pytest.mark.parametrize(("rule", "level"), [("lowest", 0), ("median", 1), ("gated", 0)])
    def test_the_rule_is_printed_beside_the_level(self, run: Run, team: Path, rule: str, level: int) -> None:
        """`show --overall RULE` prints the level with the rule's name and what it says; without it there is none."""
        assert f"Overall level by the rule {rule}: {level} (" in run("show", team, "--overall", rule).stdout
        assert "Overall" not in run("show", team).stdout


class TestSet:
    """One answer changed in place."""

    def test_one_line_changes(self, run: Run, team: Path) -> None:
        """A score changes one line of the file and no other."""
        before = team.read_text("utf-8").splitlines()
        result = run("set", team, "learning.before", 2)
        after = team.read_text("utf-8").splitlines()
        assert result.exit_code == 0
        assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
            ("    score: 1", "    score: 2")
        ]

    @pytest.mark.parametrize(
        ("words", "code", "told"),
        [
            (("learning.befor", 2), 2, "did you mean learning.before?"),
            (("learning", 2), 2, "learning is an outcome, and what is scored are its sub-outcomes: learning.before, "),
            (("Looking back when work ends", 2), 2, "did you mean learning.after?"),
            (("looking back when work ends", "--priority"), 2, "did you mean learning.after?"),
            (("learning.before", 9), 1, "learning.before is scored at 0, 1, 2 or 3, not 9"),
            (("learning.before", "--target", 9), 1, "a target on learning.before is 0, 1, 2 or 3, not 9"),
            (("learning.before", "two"), 2, "'two' is not the number of a level. Write 2."),
            (("learning.before", "9" * 6000), 2, "9…' is not the number of a level"),
            (("learning.before", "--target", "²"), 2, "is not the number of a level"),
            (("learning.before",), 2, "Say what to change"),
            (("learning.before", 1, "--clear"), 2, "exclude each other"),
            (("learning.before", "--by", "2027-01-01"), 2, "add --target LEVEL"),
            (("learning.before", "--because", "x"), 2, "add one of them"),
            (("learning.before", "--rebaselined", "x"), 2, "give the score as well"),
        ],
    )
    def test_what_does_not_go_together(
        self, run: Run, team: Path, words: tuple[object, ...], code: int, told: str
    ) -> None:
        """What cannot be set is refused with what to type instead, and the file stays as it is."""
        before = team.read_bytes()
        result = run("set", team, *words)
        assert (result.exit_code, team.read_bytes()) == (code, before)
        assert told in result.stderr

    def test_nothing_to_do(self, run: Run, team: Path) -> None:
        """A file that says so already is left alone, and that is no mistake."""
        before = team.read_bytes()
        result = run("set", team, "learning.before", 1)
        assert (result.exit_code, team.read_bytes()) == (0, before)
        assert "says so already" in result.stderr

    def test_clear_and_standard_input(self, run: Run, team: Path) -> None:
        """A score can be taken back, and only a file can be changed in place."""
        assert run("set", team, "learning.before", "--clear").exit_code == 0
        assert km.load(team).level("learning.before") is None
        assert run("set", "-", "learning.before", 1).exit_code == 2


class TestPlan:
    """The plan, looked at and kept up."""

    @pytest.mark.parametrize(
        ("words", "code", "told"),
        [
            (("--owner", "Lead"), 2, "say which with --id, or add one with --add TEXT"),
            (("--owner", " ", "--id", "critical-list"), 1, "says nothing"),
            (("--due", "2027-13-01", "--id", "critical-list"), 2, "no day of the calendar"),
            (("--id", "critical-list"), 2, "say what to change with --status, --owner or --due"),
            (("--towards", "learning"), 2, "add --add TEXT"),
            (("--id", "critical-lst", "--due", "2027-01-01"), 2, "did you mean critical-list?"),
            (("--status", "done"), 2, "say which with --id"),
            (("--held", "2027-01-01"), 2, "add --review DATE"),
            (("--note", "x"), 2, "add --review DATE"),
            (("--id", "critical-lst", "--status", "done"), 2, "did you mean critical-list?"),
            (("--add", "x", "--towards", "nowhere"), 2, "has no outcome 'nowhere'"),
        ],
    )
    def test_what_does_not_go_together(
        self, run: Run, team: Path, words: tuple[object, ...], code: int, told: str
    ) -> None:
        """What the plan cannot take is refused with what to type instead, and the file stays as it is."""
        before = team.read_bytes()
        result = run("plan", team, *words)
        assert (result.exit_code, team.read_bytes()) == (code, before)
        assert told in result.stderr

    def test_an_action_is_moved(self, run: Run, team: Path) -> None:
        """An action's day and owner are changed by its id, alone or together with its status, and nothing else is."""
        before = km.load(team)
        (old,) = (each for each in before.plan.actions if each.id == "critical-list")
        assert run("plan", team, "--id", "critical-list", "--due", "2027-08-31").exit_code == 0
        words = ("--owner", "Head of Data", "--status", "under-way", "--note", "Begun")
        assert run("plan", team, "--id", "critical-list", *words).exit_code == 0
        moved = evolve(old, due=date(2027, 8, 31), owner="Head of Data", status=Status.UNDER_WAY, note="Begun")
        actions = tuple(moved if each == old else each for each in before.plan.actions)
        assert km.load(team) == evolve(before, plan=evolve(before.plan, actions=actions))

    def test_an_action_without_an_id_goes_by_its_words(self, run: Run) -> None:
        """An action can be changed by its words where it has no id; the plan shows the id of one that has."""
        run("new", "t.kmm.yaml", "--unit", "T")
        for words in (("Ask first",), ("Look back", "--id", "back"), ("Twice",), ("Twice",)):
            assert run("plan", "t.kmm.yaml", "--add", *words, "--owner", "Lead", "--due", "2027-06-30").exit_code == 0
        assert "Look back (Lead; id back)\n" in run("plan", "t.kmm.yaml").stdout
        assert run("plan", "t.kmm.yaml", "--id", "Ask first", "--status", "done").exit_code == 0
        assert km.load("t.kmm.yaml").plan.actions[0].status is Status.DONE
        assert 'did you mean "Ask first"?' in run("plan", "t.kmm.yaml", "--id", "Ask frst", "--status", "done").stderr
        both = run("plan", "t.kmm.yaml", "--id", "Twice", "--status", "done")
        assert both.exit_code == 1
        assert "several actions of the plan go by 'Twice': give each an `id` of its own" in both.stderr

    def test_an_empty_plan(self, run: Run) -> None:
        """A file without a plan says that nothing is chosen and nothing is dated."""
        run("new", "t.kmm.yaml", "--unit", "T")
        told = run("plan", "t.kmm.yaml").stdout
        assert "None chosen yet" in told
        assert "Nothing with a date." in told


class TestExplain:
    """What words mean."""

    def test_every_rule_is_listed(self, run: Run) -> None:
        """Without a word, explain lists the rules."""
        assert run("explain").stdout.count("KMM") >= 29

    def test_words_of_several_parts_need_no_quotes(self, run: Run) -> None:
        """`explain learning.before 2` and `explain knowledge café` work as they are typed."""
        assert "level learning.before level 2" in run("explain", "learning.before", "2").stdout
        assert "term knowledge-cafe" in run("explain", "knowledge", "café").stdout

    def test_an_unknown_word(self, run: Run) -> None:
        """An unknown word offers a near one, with exit code 2."""
        result = run("explain", "learnng")
        assert result.exit_code == 2
        assert "did you mean learning?" in result.stderr


class TestModels:
    """Models of one's own."""

    def test_a_model_from_another(self, run: Run) -> None:
        """A copy to adapt is a draft that says what it was adapted from, and reads without a finding."""
        assert run("model", "new", "--id", "our-km", "--title", "Our KM", "--publisher", "Us").exit_code == 0
        model = km.load_model("our-km-0.1.kmmodel.yaml")
        assert (model.id, model.status, model.publisher) == ("our-km", "draft", "Us")
        assert model.adapted == "KM starter model 1.0, The kmmaturity project"
        assert run("model", "check", "our-km-0.1.kmmodel.yaml").stdout == "Checked 1 file: nothing to say.\n"

    def test_its_version(self, run: Run) -> None:
        """`--version` is what the model says of itself and what its file is called by."""
        made = run("model", "new", "--id", "our-km", "--version", "1.0")
        assert "Wrote our-km-1.0.kmmodel.yaml: " in made.stderr
        assert km.load_model("our-km-1.0.kmmodel.yaml").reference == "our-km@1.0"
        Path("s.csv").write_text("Outcome,Sub-outcome,0,1\nA,B,x,y\n", "utf-8")
        made = run("model", "new", "--from", "s.csv", "--id", "small", "--version", "2")
        assert "1 outcome, 1 sub-outcome, a draft" in made.stderr
        assert km.load_model("small-2.kmmodel.yaml").version == "2"
        assert run("model", "new", "--id", "x", "--version", "one/two").exit_code == 2

    def test_a_name_is_found_in_the_current_folder(self, run: Run) -> None:
        """A model that lies here goes by its id, with or without its version, as it does in a file's `model:`."""
        Path("s.csv").write_text("Outcome,Sub-outcome,0,1\nA,B,x,y\n", "utf-8")
        run("model", "new", "--from", "s.csv", "--id", "our-km")
        for name in ("our-km", "our-km@0.1"):
            for words in (("show", name), ("graph", name), ("diff", "starter", name)):
                assert run("model", *words).exit_code == 0
            assert run("explain", "a.b", "--model", name).exit_code == 0
        assert run("new", "t.kmm.yaml", "--unit", "T", "--model", "our-km").exit_code == 0
        assert km.load("t.kmm.yaml").model.reference == "our-km@0.1"
        unknown = run("model", "show", "our-km@9.9")
        assert unknown.exit_code == 2
        assert "has no model 'our-km@9.9'" in unknown.stderr

    def test_a_shipped_name_stays_the_shipped_model(self, run: Run) -> None:
        """A file here that claims a shipped id does not take its place."""
        run("model", "new", "--id", "starter")
        assert km.load_model("starter").reference == "starter@1.0"

    def test_a_model_from_a_sheet(self, run: Run) -> None:
        """A spreadsheet saved as CSV becomes a model that an assessment can be started with at once."""
        Path("sheet.csv").write_text("Outcome;Sub-outcome;Level 0;Level 1;Owner\nA;B;x;y;z\n;C;x;y;z\n", "utf-8")
        made = run("model", "new", "--from", "sheet.csv", "--id", "ours")
        assert made.exit_code == 0
        assert "sheet.csv: E1: the column “Owner” is not used" in made.stderr
        assert run("new", "t.kmm.yaml", "--unit", "T", "--model", "ours-0.1.kmmodel.yaml").exit_code == 0
        assert list(km.load("t.kmm.yaml").model.subs) == ["a.b", "a.c"]

    def test_it_never_replaces_and_takes_no_number_for_an_id(self, run: Run) -> None:
        """A file that is there stays, and an id has to be a word."""
        assert run("model", "new", "--id", "ours").exit_code == 0
        assert run("model", "new", "--id", "ours").exit_code == 1
        assert run("model", "new", "--id", "1.2").exit_code == 2
        assert run("model", "new", "--from", "none.csv", "--id", "x").exit_code == 2
        Path("folder.csv").mkdir()
        assert run("model", "new", "--from", "folder.csv", "--id", "x").exit_code == 1
        assert b"id: x" in run("model", "new", "-", "--id", "x").stdout_bytes

    @pytest.mark.parametrize("words", [("show",), ("check",), ("diff", "starter"), ("new", "--id", "x", "--from")])
    def test_an_assessment_in_place_of_a_model(self, run: Run, team: Path, words: tuple[str, ...]) -> None:
        """An assessment where a model belongs is told as one, with the command that reads it."""
        result = run("model", *words, team)
        assert (result.exit_code, result.stdout) == (1, "")
        assert (
            f"{team} is an assessment, and a model is wanted here. `kmmaturity show {team}` shows it" in result.stderr
        )
        assert len(result.stderr.splitlines()) == 1

    def test_diff(self, run: Run) -> None:
        """Changes between two versions are grouped by what they mean for answers given before."""
        run("model", "new", "--id", "ours")
        model = Path("ours-0.1.kmmodel.yaml")
        model.write_text(model.read_text("utf-8").replace("title: A voice at the top", "title: A voice"), "utf-8")
        told = run("model", "diff", "starter", model).stdout
        assert told.startswith("starter@1.0 to ours@0.1: 1 change\n\nReworded: answers stay\n")
        assert run("model", "diff", "starter", "starter").stdout == "starter@1.0 to starter@1.0: no changes\n"

    def test_graph(self, run: Run) -> None:
        """The links between levels are told with their reasons; a model without any says so."""
        assert "level 2 needs level 1 of leadership.sponsorship: " in run("model", "graph").stdout
        Path("s.csv").write_text("Outcome,Sub-outcome,0,1\nA,B,x,y\n", "utf-8")
        run("model", "new", "--from", "s.csv", "--id", "plain")
        assert "the model states no others" in run("model", "graph", "plain-0.1.kmmodel.yaml").stdout
