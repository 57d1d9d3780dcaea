"""The catalogue of checks: each rule as data, and as a pure function where it judges values.

One module per family. Families `file`, `structure` and `config` describe what reading and the settings bring up: the
parts of the program that do so tell them. The others judge values, and never raise.
"""

from __future__ import annotations

from kmmaturity.domain.rules.catalogue import CATALOGUE, FAMILIES, across, defects, judge, rule
from kmmaturity.domain.rules.cycle import newest
from kmmaturity.domain.rules.rule import Context, Filed, Rule

__all__ = ["CATALOGUE", "FAMILIES", "Context", "Filed", "Rule", "across", "defects", "judge", "newest", "rule"]
