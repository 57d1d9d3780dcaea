"""The columns of a list: what each is called, holds and is made as, for one item a sub-outcome or one an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from kmmaturity.domain.assessment import State
from kmmaturity.domain.frozen import tupled
from kmmaturity_sharepoint.addresses import Place
from kmmaturity_sharepoint.client.answers import Column

__all__ = [
    "BYS", "EVIDENCE", "GONE", "KEY", "OWNERS", "SOURCE", "TITLE", "UNIT", "By", "Wanted", "command", "defects",
    "wanted",
]  # fmt: skip

By = Literal["sub-outcome", "assessment"]
BYS: tuple[By, ...] = ("sub-outcome", "assessment")
Kind = Literal["text", "note", "number", "boolean", "dateTime", "choice"]

TITLE = "Title"  # which every list has
KEY, SOURCE, UNIT, GONE, EVIDENCE, OWNERS = "KmmKey", "KmmSource", "KmmUnit", "KmmGone", "KmmEvidence", "KmmOwners"
# What a column's type is called where an owner makes one by hand.
BY_HAND: Mapping[str, str] = {
    "text": "Single line of text",
    "note": "Multiple lines of text (plain)",
    "number": "Number (0 decimal places)",
    "boolean": "Yes/No",
    "dateTime": "Date and time (date only)",
    "choice": "Choice",
}


@frozen(weakref_slot=False)
class Wanted:
    """A column as it has to be: `name` is what fields are called by, `shown` what people see."""

    name: str
    shown: str
    kind: Kind
    about: str
    indexed: bool = False
    unique: bool = False
    choices: tuple[str, ...] = field(default=(), converter=tupled)

    def definition(self) -> dict[str, Any]:
        """What Graph makes the column from."""
        facets: Mapping[str, Any] = {
            "text": {"text": {"allowMultipleLines": False, "maxLength": 255}},
            "note": {"text": {"allowMultipleLines": True, "textType": "plain", "linesForEditing": 6}},
            "number": {"number": {"decimalPlaces": "none"}},
            "boolean": {"boolean": {}},
            "dateTime": {"dateTime": {"format": "dateOnly", "displayAs": "standard"}},
            "choice": {"choice": {"choices": list(self.choices), "allowTextEntry": False, "displayAs": "dropDownMenu"}},
        }
        more = {"indexed": True} if self.indexed else {}
        unique = {"enforceUniqueValues": True} if self.unique else {}
        shown = {"name": self.name, "displayName": self.shown, "description": self.about}
        return {**shown, **more, **unique, **facets[self.kind]}

    def by_hand(self) -> str:
        """How an owner makes the column: its name first, because that is the one that fields keep."""
        marks = [*(["indexed"] if self.indexed else []), *(["unique values"] if self.unique else []), *self.choices]
        kind = BY_HAND[self.kind] + (f", {', '.join(marks)}" if marks else "")
        return f"{self.name}: {kind}. Rename it afterwards to: {self.shown}"


_EVERY = (
    Wanted(KEY, "Key", "text", "Tells this item from every other; made by kmmaturity", indexed=True, unique=True),
    Wanted(SOURCE, "Assessment", "text", "The unit and day that this item comes from", indexed=True),
    Wanted(GONE, "No longer in the assessment", "boolean", "The assessment has no such item any more"),
    Wanted(UNIT, "Unit", "text", "Largest first", indexed=True),
    Wanted("KmmAssessed", "Assessed", "dateTime", "The day of the assessment"),
    Wanted("KmmModel", "Model", "text", "The maturity model and its version"),
    Wanted("KmmStanding", "Standing of the model", "text", "Who stands behind the model's wording"),
    Wanted("KmmMarking", "Handling", "text", "The handling mark, in capitals"),
)
_BY_SUB = (
    Wanted("KmmOutcome", "Outcome", "text", "The outcome that this belongs to"),
    Wanted("KmmSubOutcome", "Sub-outcome id", "text", "The id of the sub-outcome in the model"),
    Wanted("KmmState", "State", "choice", "Not assessed and not applicable are no scores", choices=tuple(State)),
    Wanted("KmmScore", "Score", "number", "The level now; empty where there is none, and 0 is a level"),
    Wanted("KmmLevel", "Level", "text", "What the level is called"),
    Wanted("KmmPrevious", "Last time", "number", "The level last time"),
    Wanted("KmmTarget", "Target", "number", "The level that is aimed for"),
    Wanted("KmmTargetBy", "Target by", "dateTime", "By when"),
    Wanted("KmmPriority", "Priority", "boolean", "Whether it is one of the team's priorities"),
    Wanted("KmmBenefit", "Benefit", "text", "The team's own rating of what improving it would bring"),
)
_BY_ASSESSMENT = (
    Wanted("KmmScored", "Scored", "number", "How many sub-outcomes have a score"),
    Wanted("KmmUnassessed", "Not assessed", "number", "How many sub-outcomes are not assessed yet"),
    Wanted("KmmInapplicable", "Not applicable", "number", "How many sub-outcomes do not apply"),
    Wanted("KmmLevels", "Counts per level", "text", "How many sub-outcomes stand at each level"),
    Wanted("KmmPriorities", "Priorities", "note", "The outcomes that the team chose to work on"),
)
_ASKED = {
    "evidence": Wanted(EVIDENCE, "Evidence", "note", "What shows the score, in the team's words"),
    "owners": Wanted(OWNERS, "Owners", "note", "The roles that own actions towards it"),
}


def wanted(by: By, *, evidence: bool = False, owners: bool = False) -> tuple[Wanted, ...]:
    """The columns of a list with one item for each `by`; evidence and owners only where they are asked for."""
    own = _BY_SUB if by == "sub-outcome" else _BY_ASSESSMENT
    asked = {"evidence": evidence and by == "sub-outcome", "owners": owners and by == "sub-outcome"}
    return (*_EVERY, *own, *(column for name, column in _ASKED.items() if asked[name]))


def command(place: Place, columns: tuple[Wanted, ...]) -> str:
    """What to type to make the list at `place` with `columns`."""
    told = {_BY_ASSESSMENT[0]: "--by assessment", _ASKED["evidence"]: "--evidence", _ASKED["owners"]: "--owners"}
    options = (option for column, option in told.items() if column in columns)
    return " ".join((f'kmmaturity sharepoint provision "{place}"', *options))


def defects(wants: tuple[Wanted, ...], found: tuple[Column, ...]) -> tuple[str, ...]:
    """What keeps the columns that are there from holding what is wanted, a sentence each."""
    there = {each.name: each for each in found}
    told = []
    for each in wants:
        column = there.get(each.name)
        if column is None:
            near = next((other for other in found if other.shown == each.shown), None)
            hint = f" (one that is shown as {each.shown} has the name {near.name})" if near else ""
            told.append(f"the column {each.name} is not there{hint}")
        elif column.kind != each.kind and not (each.kind == "choice" and column.kind == "text"):
            told.append(f"the column {each.name} is not of the type {BY_HAND[each.kind]}")
        elif each.indexed and not column.indexed:
            told.append(f"the column {each.name} is not indexed")
        elif each.unique and not column.unique:
            told.append(f"the column {each.name} takes the same value twice")
    return tuple(told)
