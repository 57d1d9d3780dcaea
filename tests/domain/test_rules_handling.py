"""Family `handling`: what does not belong in a file that is passed on, found without being repeated."""

from __future__ import annotations

import re
from datetime import date

import pytest
from attrs import evolve

from kmmaturity.domain.assessment import Assessment, Benefit, Evidence, Priority, Rate, Score, Suppression
from kmmaturity.domain.findings import Finding, Severity
from kmmaturity.domain.plan import Action, ActionPlan, Review
from kmmaturity.domain.rules import Context, judge, rule

DAY = date(2026, 12, 1)


def told(assessment: Assessment, code: str, **context: object) -> list[Finding]:
    """What one rule finds."""
    return list(judge(Context(assessment, **context), [rule(code)]))  # type: ignore[arg-type]  # fields of Context


def in_notes(team: Assessment, code: str, text: str) -> bool:
    """Whether a rule finds something in the notes."""
    return bool(told(evolve(team, notes=text), code))


@pytest.mark.parametrize(
    ("address", "personal"),
    [
        ("jo.bloggs@agency.example", True),
        ("Jo.Bloggs2@agency.gov.example", True),
        ("j.o'bloggs@agency.example", True),
        ("jbloggs@agency.example", True),
        ("<jo.bloggs@agency.example>.", True),
        ("km@agency.example", False),
        ("KM-Team@agency.example", False),
        ("coastalteam@agency.example", False),
        ("library.enquiries@agency.example", False),
        ("no-reply@agency.example", False),
        ("look@the board", False),
        ("@agency.example", False),
        ("3 @ 4.50", False),
    ],
)
def test_email_addresses(team: Assessment, address: str, personal: bool) -> None:
    """An address that may be a person's is told; a mailbox that several people read is not, nor a bare @."""
    assert in_notes(team, "601", f"Ask {address} about it") == personal


def everywhere(team: Assessment, text: str) -> Assessment:
    """The team with `text` in every place that takes any."""
    evidence = Evidence(text, alternative=text, effect=text, ref=text)
    return evolve(
        team,
        contact=text,
        notes=text,
        scores={
            "learning.before": Score(1, rebaselined=text, evidence=[evidence]),
            "sharing.inside": Score(inapplicable=text),
        },
        benefit={"learning": Benefit(Rate.HIGH, text)},
        priorities=[Priority("learning", text)],
        plan=ActionPlan([Review(DAY, DAY, text)], [Action(text, owner=text, contact=text, note=text)]),
        ignore=[Suppression("KMM301", text)],
    )


def test_every_text_is_looked_at(team: Assessment) -> None:
    """Each text is looked at, once, but for contacts, which are for addresses, and numbers in references."""
    texts = {
        "/notes",
        "/scores/learning.before/rebaselined",
        *(f"/scores/learning.before/evidence/0/{name}" for name in ("note", "alternative", "effect")),
        "/scores/sharing.inside/inapplicable",
        "/benefit/learning/because",
        "/priorities/0/because",
        *(f"/plan/actions/0/{name}" for name in ("action", "owner", "note")),
        "/plan/reviews/0/note",
        "/ignore/0/because",
    }
    numbers = [str(each.pointer) for each in told(everywhere(team, "Ring 01632 960001, or 07700 900 123"), "602")]
    assert (set(numbers), len(numbers)) == (texts, len(texts))
    addresses = [str(each.pointer) for each in told(everywhere(team, "jo.bloggs@agency.example"), "601")]
    assert set(addresses) == texts | {"/scores/learning.before/evidence/0/ref"}


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Ring 01632 960 001", True),
        ("Ring 020 7946 0958", True),
        ("Ring (01632) 960001", True),
        ("Ring +44 20 7946 0958", True),
        ("Ring +44 (0)7700 900123.", True),
        ("Ring 07700-900-123", True),
        ("QQ 12 34 56 A", False),  # no such prefix is given out
        ("It is AB 12 34 56 C", True),
        ("AB123456C", True),
        ("XAB123456CX", False),
        ("Since 01-02-2026 12:30", False),
        ("On 2026-01-02, 12 of 20 people", False),
        ("Scores 0 1 2 3 4 5 6 7 8 9 10", False),
        ("Case 2012345678901", False),
        ("See https://intranet.example/01632960001", False),
        ("0800 and 999", False),
        ("Report 01234", False),
    ],
)
def test_private_numbers(team: Assessment, text: str, private: bool) -> None:
    """Phone numbers and National Insurance numbers are told as people write them; dates, counts and cases are not."""
    assert in_notes(team, "602", text) == private


def test_nothing_private_is_repeated(team: Assessment) -> None:
    """A message says where, and not what: logs of a pipeline are kept for years and read by many."""
    text = "Dr Bloggs, jo.bloggs@agency.example, 01632 960001, AB123456C"
    for code in ("601", "602", "603"):
        for finding in told(everywhere(team, text), code):
            assert not re.search(r"bloggs|960001|3456", f"{finding.message} {finding.help}", re.IGNORECASE)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("Dr J. Bloggs", True),
        ("Mrs Bloggs", True),
        ("prof. Bloggs", True),
        ("J. Bloggs", True),
        ("J.R. O'Bloggs", True),
        ("J R Bloggs-Smith", True),
        ("A. Ünal", True),
        ("R and D", False),
        ("Knowledge Lead", False),
        ("HR Lead", False),
        ("Head of R and D", False),
        ("Project Support Lead", False),
        ("Drainage Lead", False),
        ("Miss", False),
        ("", False),
    ],
)
def test_owners_are_roles(team: Assessment, owner: str, name: bool) -> None:
    """An owner with a title or initials looks like a person; a role, capitals and all, does not."""
    findings = told(evolve(team, plan=ActionPlan([], [Action("Ask", id="ask", owner=owner)])), "603")
    assert [each.message for each in findings] == ["the owner of the action ask looks like a person's name"] * name


def test_marking_is_asked_for_only_where_wanted(team: Assessment) -> None:
    """A missing or blank marking is information, and only where the settings want one."""
    assert told(team, "604") == []
    assert [each.severity for each in told(team, "604", marking=True)] == [Severity.INFO]
    assert len(told(evolve(team, handling=" "), "604", marking=True)) == 1
    assert told(evolve(team, handling="OFFICIAL"), "604", marking=True) == []


@pytest.mark.parametrize(
    ("handling", "high"),
    [
        (None, False),
        ("OFFICIAL", False),
        ("official-sensitive commercial", False),
        ("OFFICIAL - for the secretariat", False),
        ("SECRET", True),
        ("Top Secret", True),
        ("UK SECRET", True),
        ("CONFIDENTIAL", True),
        ("OFFICIAL, commercially confidential", False),
    ],
)
def test_marking_too_high(team: Assessment, handling: str | None, high: bool) -> None:
    """A marking above OFFICIAL-SENSITIVE is an error, in any capitals."""
    assert [each.severity for each in told(evolve(team, handling=handling), "605")] == [Severity.ERROR] * high


@pytest.mark.parametrize("piece", ["a", "a.", "0", "0 1", "+44", "A ", "A. ", "AB12", "@", "a@", "a@b.", "-", "(01"])
def test_no_text_takes_long(team: Assessment, piece: str) -> None:
    """A long text made to be slow is looked through as any other: each expression is bounded."""
    text = piece * (400_000 // len(piece))
    told_of = evolve(team, notes=text, handling=text, plan=ActionPlan([], [Action("Ask", owner=text)]))
    for code in ("601", "602", "603", "605"):
        told(told_of, code)
