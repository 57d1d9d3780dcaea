"""Family `plan`: priorities, targets, actions and reviews, one step at a time (method, steps 4 to 7).

What concerns owners, dates and reviews applies to actions that are planned or under way: ideas are free.
"""

from __future__ import annotations

from kmmaturity.domain.rules.plan import actions, priorities, targets

__all__ = ["RULES"]

RULES = tuple(sorted((*priorities.RULES, *targets.RULES, *actions.RULES), key=lambda each: each.code))
