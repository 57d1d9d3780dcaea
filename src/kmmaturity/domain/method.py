"""The method's own words, as every output uses them whatever the model is."""

from __future__ import annotations

__all__ = ["METHOD"]

METHOD = {
    "not assessed": "No score is given yet. It counts as no level at all, and coverage tells how much there is of it.",
    "not applicable": "It is not for this unit to do, for the reason given. It counts as no level, and blocks nothing.",
    "coverage": "How many of the sub-outcomes that apply are scored: the first figure to read.",
    "low median": "The score in the middle when all are set in order; of an even number, the lower of the two.",
    "lowest": "The lowest level scored. Averages hide it, and it is often where a small step helps most.",
    "strengths": "The sub-outcomes at this unit's own highest level scored. No other unit is looked at.",
    "weaknesses": "The sub-outcomes at this unit's own lowest level scored. No other unit is looked at.",
    "evidence": "What shows a score: a note of what is seen, heard or done, perhaps with a reference and its effect.",
    "measure": "An activity, tool or process that shows that a level is met. Others may show it as well.",
    "alternative": "What a piece of evidence stands in place of, where the unit shows a level in a way of its own.",
    "effect": "What came of something. Effects make the case for a harder step later.",
    "priority": "An outcome to work on this year. One or two: not everything at once.",
    "benefit": "How much improving an outcome would help the business, in the unit's own judgement.",
    "target": "The level wanted in about a year, one step up as a rule. Staying put is a target too.",
    "gap": "The way from a score to its target, and nothing else.",
    "re-baselined": "Scored anew by a better understanding. Scores often fall as a team learns what good looks like.",
    "action": "A step towards a target. Planned, it has an owner (a role) and a date; before that it is an idea.",
    "review": "A day on which the plan is looked at again; what it finds is kept.",
    "illustrative": "An example: no authority stands behind the model's wording.",
    "gated": "The rule by which a level holds when all have reached it, and every level below it.",
}
