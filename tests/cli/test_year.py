"""The method, walked from an empty folder to next year's file with commands alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

import kmmaturity as km
from kmmaturity.domain.assessment import State

Run = Callable[..., Result]


def test_a_year(run: Run) -> None:
    """Score, evidence, profile, priorities, targets, plan, review and next year's file: no editor needed anywhere."""

    def does(*words: object) -> str:
        result = run(*words)
        assert result.exit_code == 0, (words, result.output, result.stderr)
        return result.stdout

    # 1 and 2: score every sub-outcome and note the evidence
    does("new", "team.kmm.yaml", "--unit", "Agency, north", "--unit", "Data team", "--assessed", "2026-11-24")
    subs = list(km.load("team.kmm.yaml").model.subs)
    does("set", "team.kmm.yaml", subs[0], "--inapplicable", "For the agency: not ours")
    for position, sub in enumerate(subs[1:]):
        evidence = ("--evidence", f"Seen # {position}: yes, often") if position % 3 else ()
        does("set", "team.kmm.yaml", sub, position % 3, *evidence)
    assert "KMM402 no-priority" in does("check", "team.kmm.yaml", "--fail-on", "warning")
    # 3: look at strengths and weaknesses
    shown = does("show", "team.kmm.yaml")
    assert "Strengths, at level 2" in shown
    assert "Weaknesses, at level 0" in shown
    # 4: one or two priorities
    does("set", "team.kmm.yaml", "learning", "--priority", "--because", "Aim 2: learn", "--benefit", "high")
    # 5 and 6: targets a year ahead, one level up
    team = km.load("team.kmm.yaml")
    for sub in team.model.within("learning"):
        does("set", "team.kmm.yaml", sub, "--target", (team.level(sub) or 0) + 1)
    # 7: the plan with its reviews, kept up through the year
    for position, sub in enumerate(team.model.within("learning")):
        task = ("plan", "team.kmm.yaml", "--add", f"Step {position}", "--id", f"step-{position}", "--towards", sub)
        does(*task, "--owner", "Project Lead", "--due", "2027-06-30")
    does("plan", "team.kmm.yaml", "--review", "2027-02-24")
    does("plan", "team.kmm.yaml", "--review", "2027-02-24", "--held", "2027-02-26", "--note", "On course: good")
    does("plan", "team.kmm.yaml", "--id", "step-0", "--status", "done")
    assert "error" not in does("check", "team.kmm.yaml", "--fail-on", "warning")
    planned = does("plan", "team.kmm.yaml", "--today", "2027-07-01")
    assert planned.count("Step") == len(team.model.within("learning"))
    assert planned.index("Dates passed") < planned.index("Step 1") < planned.index("On course: good")
    # 8: repeat
    does("new", "next.kmm.yaml", "--from", "team.kmm.yaml", "--assessed", "2027-11-24")
    after, before = km.load("next.kmm.yaml"), km.load("team.kmm.yaml")
    assert (after.unit, after.previous) == (("Agency, north", "Data team"), "team.kmm.yaml")
    assert {after.state(sub) for sub in subs[1:]} == {State.UNASSESSED}
    assert after.answer(subs[0]).inapplicable == "For the agency: not ours"
    assert [each.id for each in after.plan.actions] == [each.id for each in before.plan.actions[1:]]
    assert f"# Last time, 2026-11-24: {before.level(subs[1])}, " in Path("next.kmm.yaml").read_text("utf-8")
    for sub in subs[1:]:
        does("set", "next.kmm.yaml", sub, before.level(sub))
    does("set", "next.kmm.yaml", "learning.before", 2, "--rebaselined", "We know more now")
    told = " ".join(does("compare", "next.kmm.yaml").split())
    assert "Re-baselined: We know more now" in told
    assert "Still ahead:" in told
    assert "compared with 24 Nov 2026" in does("show", "next.kmm.yaml")
