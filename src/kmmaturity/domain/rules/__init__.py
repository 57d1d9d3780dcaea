"""The catalogue of checks: each rule as data, and as a pure function where it judges values.

One module per family. Families `file` and `structure` describe what reading finds (the functions are in
`kmmaturity.files`); the others judge values, and never raise.
"""

from __future__ import annotations

from kmmaturity.domain.rules.catalogue import CATALOGUE, FAMILIES, defects, judge, rule
from kmmaturity.domain.rules.rule import Context, Rule

__all__ = ["CATALOGUE", "FAMILIES", "Context", "Rule", "defects", "judge", "rule"]
