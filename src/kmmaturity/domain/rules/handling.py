"""Family `handling`: what does not belong in a file that is shared. Messages repeat nothing private."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding, Pointer, Severity
from kmmaturity.domain.rules.rule import Context, Rule, assessment_with

__all__ = ["RULES"]

ROOT = Pointer()
Text = tuple[tuple[str | int, ...], str | None]  # the steps to it, which become a pointer only where it is told

# Each is tried only where its first mark stands, and repeats nothing without a bound: no text makes them slow.
EMAIL = re.compile(r"(?<![\w.+-])([\w.+'-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
SIX_DIGITS = re.compile(r"(?:\d[ ()-]{0,2}){6}")  # what neither of the next two is without
PHONE = re.compile(r"(?<![\w.+/=-])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)[127]\d{1,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}(?![\w/-])")
NATIONAL_INSURANCE = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)")
TITLE = re.compile(r"\s*(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev)\b\.?\s+[^\W\d_]", re.IGNORECASE)
INITIALS = re.compile(
    r"\s*(?:[A-Z]\. ?|[A-Z] ){1,3}(?:[A-Z]['\N{RIGHT SINGLE QUOTATION MARK}])?[^\W\d_a-z][^\W\d_A-Z]+"
    r"(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]+)?\s*"
)
TOO_HIGH = re.compile(r"(?<!\w)(?:TOP[ -]?)?SECRET(?!\w)|^\s*CONFIDENTIAL(?!\w)", re.IGNORECASE)
NUMBER = re.compile(r"\D")
PARTS = re.compile(r"[\W\d_]+")

# What a mailbox is called that several people read.
SHARED = frozenset(  # one word after another reads better here than a list of them
    """admin bookings business comms communications communities contact data desk enquiries enquiry evidence feedback
    group groups help helpdesk hello hq hub info information inbox intranet it km knowledge learning library mail
    mailbox management network news newsletter noreply office org policy postmaster press project projects records reply
    research resources safety secretariat security service services shared strategy support team teams training unit web
    webmaster""".split()  # noqa: SIM905
)
ENDINGS = ("desk", "enquiries", "group", "hub", "mailbox", "office", "secretariat", "support", "team")


def _texts(assessment: Assessment) -> Iterator[Text]:
    """Every free text but references and contacts, which are for such things and stay out of exports."""
    yield ("notes",), assessment.notes
    for sub, answer in assessment.scores.items():
        yield ("scores", sub, "inapplicable"), answer.inapplicable
        yield ("scores", sub, "rebaselined"), answer.rebaselined
        for index, evidence in enumerate(answer.evidence):
            yield ("scores", sub, "evidence", index, "note"), evidence.note
            yield ("scores", sub, "evidence", index, "alternative"), evidence.alternative
            yield ("scores", sub, "evidence", index, "effect"), evidence.effect
    for name, benefit in assessment.benefit.items():
        yield ("benefit", name, "because"), benefit.because
    for index, priority in enumerate(assessment.priorities):
        yield ("priorities", index, "because"), priority.because
    for index, action in enumerate(assessment.plan.actions):
        yield ("plan", "actions", index, "action"), action.action
        yield ("plan", "actions", index, "owner"), action.owner
        yield ("plan", "actions", index, "note"), action.note
    for index, review in enumerate(assessment.plan.reviews):
        yield ("plan", "reviews", index, "note"), review.note
    for index, suppression in enumerate(assessment.ignore):
        yield ("ignore", index, "because"), suppression.because


def _references(assessment: Assessment) -> Iterator[Text]:
    for sub, answer in assessment.scores.items():
        for index, evidence in enumerate(answer.evidence):
            yield ("scores", sub, "evidence", index, "ref"), evidence.ref


def _where(steps: tuple[str | int, ...]) -> str:
    """Where a text stands, in words: what holds it, and whose it is."""
    match [*steps]:
        case ["scores", sub, "evidence", _, key]:
            return f"`{key}` in the evidence of {sub}"
        case ["scores" | "benefit", name, key]:
            return f"`{key}` of {name}"
        case [*_, "actions", int(index), key]:
            return f"`{key}` of action {index + 1}"
        case [*_, holder, int(index), key]:
            return f"`{key}` of item {index + 1} of `{holder}`"
        case _:
            return f"`{steps[-1]}`"


def email_addresses(context: Context) -> Iterator[Finding]:
    """One finding for each text with an e-mail address that may be one person's."""
    for steps, text in chain(_texts(context.assessment), _references(context.assessment)):
        if text and "@" in text and any(map(_personal, EMAIL.findall(text))):
            yield EMAIL_ADDRESS.found(f"{_where(steps)} has an e-mail address, which may be a person's", Pointer(steps))


def _personal(name: str) -> bool:
    """Whether the part before the @ names no mailbox that several people read."""
    parts = PARTS.split(name.casefold())
    return not any(part in SHARED or part.endswith(ENDINGS) for part in parts)


def private_numbers(context: Context) -> Iterator[Finding]:
    """One finding for each text, references aside, with a phone number or a National Insurance number."""
    for steps, text in _texts(context.assessment):
        if not text or not SIX_DIGITS.search(text):
            continue
        if NATIONAL_INSURANCE.search(text):
            yield PRIVATE_NUMBER.found(
                f"{_where(steps)} has what looks like a National Insurance number", Pointer(steps)
            )
        elif any(len(NUMBER.sub("", found).removeprefix("44").lstrip("0")) in (9, 10) for found in PHONE.findall(text)):
            yield PRIVATE_NUMBER.found(f"{_where(steps)} has what looks like a phone number", Pointer(steps))


def named_owners(context: Context) -> Iterator[Finding]:
    """One finding for each owner that begins with a title, or is initials and a surname."""
    for index, action in enumerate(context.assessment.plan.actions):
        owner = action.owner or ""
        if TITLE.match(owner) or INITIALS.fullmatch(owner):
            told = f"the action {action.id}" if action.id else f"action {index + 1} of the plan"
            yield NAMED_OWNER.found(
                f"the owner of {told} looks like a person's name", ROOT / "plan" / "actions" / index / "owner"
            )


def no_marking(context: Context) -> Iterator[Finding]:
    """One finding where a marking is wanted and there is none."""
    if context.marking and not (context.assessment.handling or "").strip():
        yield NO_MARKING.found("the file has no `handling`, and your settings ask for one", ROOT)


def marking_too_high(context: Context) -> Iterator[Finding]:
    """One finding where the marking is above what kmmaturity is made for."""
    handling = context.assessment.handling or ""
    if TOO_HIGH.search(handling):
        yield MARKING_TOO_HIGH.found(f"`handling` is {handling}, which is above OFFICIAL-SENSITIVE", ROOT / "handling")


def _noted(note: str) -> bytes:
    return assessment_with(f"scores:\n  learning.before:\n    score: 1\n    evidence:\n      - {note}\n")


def _owned(owner: str) -> bytes:
    return assessment_with(
        "plan:\n  reviews: [{due: 2027-05-24}]\n  actions:\n"
        f"    - action: Ask what is known already\n      owner: {owner}\n      due: 2027-04-30\n      status: planned\n"
    )


EMAIL_ADDRESS = Rule(
    code="KMM601",
    name="email-address",
    family="handling",
    severity=Severity.WARNING,
    summary="A text has an e-mail address that may be a person's; a shared mailbox is fine.",
    why="Files are copied and passed on. People move; roles and shared mailboxes stay, and concern nobody's privacy.",
    remedy="Write the role or a shared mailbox instead; `contact:` is for addresses, and stays out of exports.",
    bad=_noted("Ask jo.bloggs@agency.example how the checklist is used"),
    good=_noted("Ask km-team@agency.example how the checklist is used"),
    stands=True,
    judge=email_addresses,
)
PRIVATE_NUMBER = Rule(
    code="KMM602",
    name="phone-or-national-insurance-number",
    family="handling",
    severity=Severity.WARNING,
    summary="A text has what looks like a phone number or a National Insurance number.",
    why="Neither shows how well knowledge is looked after, and both are somebody's.",
    remedy="Take the number away; name the role to ask, or use `contact:`, which stays out of exports.",
    bad=_noted("Ring 01632 960 001 to hear how the checklist is used"),
    good=_noted("Ask the Knowledge Lead how the checklist is used"),
    stands=True,
    judge=private_numbers,
)
NAMED_OWNER = Rule(
    code="KMM603",
    name="owner-looks-like-a-name",
    family="handling",
    severity=Severity.INFO,
    summary="The owner of an action looks like a person's name.",
    why="The plan is the team's. A role outlives a change of post, and nobody is held to account by name.",
    remedy="Write the role, such as `owner: Knowledge Lead`.",
    bad=_owned("Dr J. Bloggs"),
    good=_owned("Knowledge Lead"),
    stands=True,
    judge=named_owners,
)
NO_MARKING = Rule(
    code="KMM604",
    name="no-marking",
    family="handling",
    severity=Severity.INFO,
    summary="The file has no handling marking; off unless your settings ask for one.",
    why="Where a department marks what it writes, a file without a marking has people guess.",
    remedy="Add the marking that applies, such as `handling: OFFICIAL`; which one it is is for you to say.",
    needs={"marking": 1},
    bad=assessment_with(""),
    good=assessment_with("handling: OFFICIAL\n"),
    judge=no_marking,
)
MARKING_TOO_HIGH = Rule(
    code="KMM605",
    name="marking-too-high",
    family="handling",
    severity=Severity.ERROR,
    summary="The handling marking is above OFFICIAL-SENSITIVE.",
    why="Nothing of that kind belongs in files that people e-mail, or in a tool that is not made for it.",
    remedy="If that is right, ask your security team where the file goes; else write the marking that it should have, "
    "such as `handling: OFFICIAL`.",
    bad=assessment_with("handling: SECRET\n"),
    good=assessment_with("handling: OFFICIAL-SENSITIVE\n"),
    stands=True,
    judge=marking_too_high,
)

RULES = (EMAIL_ADDRESS, PRIVATE_NUMBER, NAMED_OWNER, NO_MARKING, MARKING_TOO_HIGH)
