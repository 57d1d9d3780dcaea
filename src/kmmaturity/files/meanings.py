"""What each key of a file holds, in a sentence: editors show them as hover text, and the reference page lists them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["MEANINGS"]

# By the class that a record is in Python, and its field.
# ruff: noqa: E501  # each stands in one piece, as in the table of the page
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "Assessment": {
        "kmmaturity": "The version of this format: `1`",
        "model": "The model and its version, such as `starter@1.0`: a file beside this one or above it (up to five folders, and not beyond its git repository or your home folder), or an installed one",
        "digest": "The model's fingerprint; written by programs",
        "unit": "Who is assessed, largest unit first, a line each",
        "assessed": "The day, as `2026-11-24`",
        "scope": "`team`, `directorate` or `organisation`",
        "previous": "Last time's file beside this one, or a store's address: `sqlite:///team.db` (the newest of an earlier day), or with `#KEY`",
        "handling": "A handling marking; it goes with every export",
        "contact": "Whom to ask: a role; left out of exports unless asked for",
        "notes": "Who took part, how scores were agreed",
        "scores": "An answer for each sub-outcome, by its full id",
        "benefit": "How much improving would help, by outcome or sub-outcome",
        "priorities": "One or two outcomes or sub-outcomes to work on",
        "plan": "Actions, and the days on which they are looked at again",
        "ignore": "Rules set aside, with the reason",
    },
    "Score": {
        "score": "A level of the model's scale",
        "inapplicable": "Why the question does not apply; in place of a score",
        "rebaselined": "Why last time's score is no longer the measure",
        "evidence": "A list of what shows the score",
        "target": "The level wanted",
    },
    "Evidence": {
        "note": "What was seen, heard or done",
        "measure": "The id of the model's indicative measure that it shows",
        "alternative": "What it stands in place of, where the team has a measure of its own",
        "effect": "What came of it: the case for a harder step is made of these",
        "ref": "Where it can be found; never the document itself",
        "dated": "The day it was so",
    },
    "Target": {
        "level": "The level wanted, which may be the present one",
        "by": "The day; a year after `assessed` unless stated",
    },
    "Benefit": {
        "rate": "`high`, `some`, `low` or `not-now`",
        "because": "Why",
    },
    "Priority": {
        "outcome": "The id of an outcome or a sub-outcome",
        "because": "Why",
    },
    "ActionPlan": {
        "reviews": "When the plan is looked at again",
        "actions": "What will be done",
    },
    "Review": {
        "due": "When the review is due",
        "held": "When it was held",
        "note": "What it found",
    },
    "Action": {
        "action": "What will be done",
        "towards": "The outcomes and sub-outcomes that it serves",
        "id": "A word to name it by",
        "owner": "The role that looks after it, never a name",
        "contact": "Whom to ask; left out of exports unless asked for",
        "due": "When it is to be done",
        "status": "`idea`, `planned`, `under-way`, `done` or `set-aside`",
        "note": "What came of it",
    },
    "Suppression": {
        "rule": "A rule's code or name, or a family of rules",
        "because": "Why it is set aside",
        "outcome": "Where: an outcome with all in it, or a sub-outcome; everywhere in the file unless stated",
    },
    "MaturityModel": {
        "kmmodel": "The version of this format: `1`",
        "id": "Lower-case words joined by hyphens; what an assessment names",
        "version": 'The model\'s own version, always in quotation marks: `"1.0"`',
        "title": "What people see",
        "publisher": "The team or body that stands by it",
        "adapted": "From what it was adapted, if it was",
        "status": "`official` (the publisher's own, for all to use), `adopted` (an organisation has agreed to use it), `draft` (unless stated) or `illustrative`; printed on every output",
        "licence": "Its licence, as an SPDX id where there is one, such as `MIT` or `OGL-UK-3.0`",
        "support": "Where to ask: a team or a page, never a person's name",
        "description": "What the model is, and what it is not",
        "scale": "The levels from the lowest up, each with `level` (a whole number), `title` and, if you wish, `means`",
        "outcomes": "The high-level outcomes by id, in the order in which they are shown",
        "principles": "Numbered principles that sub-outcomes may refer to, one a line",
        "glossary": "Terms by id, each with `term` and `means`",
        "figures": "The model's own figures for the advice that `check` gives; see below",
    },
    "Outcome": {
        "title": "What good looks like, in a few words",
        "description": "The same in a sentence or two",
        "subs": "Its sub-outcomes by id. Inside the file and in assessments, the full id is `outcome.sub`",
    },
    "SubOutcome": {
        "title": "What is scored",
        "description": "One sentence",
        "question": "An open question for the facilitator to ask",
        "principles": "The numbers of the principles that it serves: `[2, 7]`",
        "applies": "For whom it is meant, of `team`, `directorate` and `organisation`; for all, unless stated",
        "highest": "The highest level that it can reach; the top of the scale, unless stated",
        "levels": "For each level, what it looks like; advised for every level",
        "measures": "For each level, a list of indicative measures; the lowest needs none",
        "requires": "What has to be in place first",
        "supports": "What helps, and never blocks",
    },
    "Measure": {
        "id": "Unique in its sub-outcome: lower-case words joined by hyphens, with at least one letter",
        "kind": "`behaviour`, `way-of-working` or `process`",
        "text": "Something that you could see, hear or show",
    },
    "Requirement": {
        "level": "The level, of this sub-outcome, that the link is about",
        "needs": "The full id of another sub-outcome",
        "at": "The level needed there, and no higher than `level` unless you mean it",
        "because": "The reason, in words that a team would accept; advised for every link",
    },
}
