"""What a pipeline sees: rules over files, with line and column, rendered for people and for machines."""

from __future__ import annotations

from kmmaturity.checking.check import check_assessment, check_document
from kmmaturity.checking.result import FORMATS, Findings

__all__ = ["FORMATS", "Findings", "check_assessment", "check_document"]
