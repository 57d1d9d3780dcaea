"""Rules that a file sets aside, with its reason: what that leaves out, and what is said of entries with no effect."""

from __future__ import annotations

from datetime import date

import pytest

import kmmaturity as km
from kmmaturity.checking import Findings, Settings

DAY = date(2026, 12, 1)
HEAD = "kmmaturity: 1\nmodel: starter@1.0\nunit: [Team]\nassessed: 2026-11-24\n"
BODY = "scores:\n  learning.before: {score: 1}\n  assets.reuse: {score: 1}\n"
PLAN = "plan:\n  actions:\n    - {action: Ask, towards: [learning.before], status: planned, due: 2026-11-30}\n"


def check(ignore: str, body: str = BODY, today: date = DAY, settings: Settings | None = None) -> Findings:
    """What is found in a small file with these entries under `ignore`."""
    entries = "".join(f"  - {{{entry}, because: In the case system}}\n" for entry in ignore.split(";"))
    return km.check(f"{HEAD}{body}ignore:\n{entries}".encode(), today=today, settings=settings)


def told(found: Findings, *codes: str) -> list[tuple[str, str]]:
    """The code and pointer of each finding of these codes."""
    return [(each.code, str(each.pointer)) for each in found if each.code in codes]


@pytest.mark.parametrize("rule", ["KMM301", "kmm301", "'301'", "score-without-evidence", "practice"])
def test_by_code_name_or_family(rule: str) -> None:
    """A rule is set aside by its code, its name or its family, for one sub-outcome, and the reason is kept."""
    found = check(f"rule: {rule}, outcome: learning.before")
    assert told(found, "KMM301", "KMM902", "KMM903") == [("KMM301", "/scores/assets.reuse")]
    assert [(each.finding.code, each.because) for each in found.aside] == [("KMM301", "In the case system")]


def test_an_outcome_covers_its_sub_outcomes() -> None:
    """An entry for an outcome covers all of its sub-outcomes; one for none covers the whole file."""
    assert told(check("rule: KMM301, outcome: learning"), "KMM301", "KMM903") == [("KMM301", "/scores/assets.reuse")]
    assert told(check("rule: KMM301"), "KMM301", "KMM903") == []


def test_what_a_finding_is_about() -> None:
    """Findings on priorities and actions are about the outcomes that these name."""
    body = f"{BODY}priorities: [learning, assets, culture]\n{PLAN}"
    found = check("rule: KMM407, outcome: learning; rule: KMM403, outcome: assets", body)
    assert told(found, "KMM407", "KMM903") == []
    assert {str(each.finding.pointer)[:11] for each in found.aside if each.finding.code == "KMM403"} <= {"/priorities"}
    assert told(check("rule: KMM407, outcome: assets", body), "KMM407")


def test_not_needed() -> None:
    """An entry where its rule has nothing to say is reported, at the entry."""
    found = check("rule: KMM301, outcome: learning.after; rule: KMM301, outcome: learning")
    (finding,) = [each for each in found if each.code == "KMM903"]
    assert str(finding.pointer) == "/ignore/0/rule"
    assert finding.message == "KMM301 is set aside for learning.after, and finds nothing there"
    assert finding.place is not None
    assert finding.place.line == 9


@pytest.mark.parametrize("today", [date.min, date(2026, 11, 25), DAY, date(2040, 1, 1), date.max])
@pytest.mark.parametrize("rule", ["KMM410", "KMM502", "KMM501"])
def test_needed_on_another_day(rule: str, today: date) -> None:
    """Whether an entry is needed does not hang on the day: what looks at the day would speak on some other."""
    body = f"{BODY}{PLAN}" if rule != "KMM501" else BODY
    assert told(check(f"rule: {rule}", body, today), rule, "KMM903") == []


def test_needed_whatever_is_looked_for() -> None:
    """An entry for a rule that this run does not look for is not reported."""
    for settings in (Settings(select=["plan", "config"]), Settings(ignore=["KMM301"])):
        assert told(check("rule: KMM301", settings=settings), "KMM903") == []
    assert told(check("rule: KMM301, outcome: learning.after", settings=Settings(ignore=["KMM903"])), "KMM903") == []


def test_rules_across_files() -> None:
    """An entry for a rule that looks at several files is not reported: other files may make it needed."""
    assert told(check("rule: two-files-one-unit-and-date"), "KMM903") == []


def test_last_time_not_to_be_had() -> None:
    """Where last time's file is named and cannot be had, an entry may be needed, and none is reported."""
    body = f"previous: gone.kmm.yaml\n{BODY}"
    assert told(check("rule: large-change-without-note", body), "KMM903") == []
    assert told(check("rule: large-change-without-note"), "KMM903") == [("KMM903", "/ignore/0/rule")]


@pytest.mark.parametrize(
    ("rule", "help"),
    [
        ("score-without-evidnce", "Did you mean score-without-evidence?"),
        ("all", "Did you mean"),
        ("OUR001", "one of a plug-in needs that plug-in"),
    ],
)
def test_unknown_rules(rule: str, help: str) -> None:
    """An entry that names no rule or family is reported with the near one, or with where they are listed."""
    (finding,) = [each for each in check(f"rule: {rule}") if each.code in ("KMM902", "KMM903")]
    assert (finding.code, str(finding.pointer)) == ("KMM902", "/ignore/0/rule")
    if rule != "all":
        assert help in finding.help


@pytest.mark.parametrize("rule", ["KMM202", "off-the-scale", "fit"])
def test_what_cannot_be_set_aside(rule: str) -> None:
    """A score off the scale is told whatever the file sets aside; naming that rule is reported."""
    found = check(f"rule: {rule}", "scores:\n  learning.before: {score: 9}\n")
    assert [each.code for each in found.errors] == ["KMM202"]
    reported = [each for each in found if each.code == "KMM903"]
    assert len(reported) == (rule != "fit")
    for each in reported:
        assert each.message == "KMM202 off-the-scale cannot be set aside, and is told all the same"


def test_what_is_said_of_entries_cannot_be_set_aside() -> None:
    """An entry does not silence what is said of entries."""
    found = check("rule: KMM903; rule: KMM301, outcome: learning.after")
    assert told(found, "KMM903") == [("KMM903", "/ignore/0/rule"), ("KMM903", "/ignore/1/rule")]


def test_an_unknown_outcome_is_told_once() -> None:
    """An entry for an outcome that the model lacks is one finding, and that is of the outcome."""
    found = check("rule: KMM301, outcome: learning.befor")
    assert told(found, "KMM201", "KMM903") == [("KMM201", "/ignore/0/outcome")]
    assert ("KMM301", "/scores/learning.before") in told(found, "KMM301")  # which only begins alike


def test_reading_findings_can_be_set_aside() -> None:
    """So can advice that comes up in reading, such as text cut short by a hash."""
    body = f"notes: see #4\n{BODY}"
    found = check("rule: text-after-hash; rule: practice", body)
    assert told(found, "KMM009", "KMM903") == []
    assert [each.code for each in km.check(f"{HEAD}notes: see #4\n".encode()).warnings] == ["KMM009"]


def test_a_broken_file() -> None:
    """What a broken file sets aside stays so, and nothing is said of its entries until it can be read."""
    found = check("rule: email-address; rule: KMM408", "nots: x\nnotes: Ask jo.bloggs@agency.example\n")
    assert [each.code for each in found] == ["KMM104"]
    assert [each.finding.code for each in found.aside] == ["KMM601"]
