"""The report: one self-contained page for one assessment, beside the years before it where they are given."""

from __future__ import annotations

from kmmaturity_report.report.page import render

__all__ = ["render"]
