"""What a pipeline sees: rules over files, with line and column, rendered for people and for machines."""

from __future__ import annotations

from kmmaturity.checking.result import FORMATS, Findings
from kmmaturity.checking.settings import Settings

__all__ = ["FORMATS", "Findings", "Settings"]
