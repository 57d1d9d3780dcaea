"""The library's functions: files and values in, values and findings out.

This is the only place that resolves a model by name.
"""

from __future__ import annotations

from kmmaturity.api.ahead import case_for, draft_plan, roadmap, steps_to, suggest, to_networkx
from kmmaturity.api.assessments import example, load, load_all, new, save, update
from kmmaturity.api.giving import export, form, open_store, render
from kmmaturity.api.looking import check, compare, profile, report
from kmmaturity.api.models import load_model, schema
from kmmaturity.api.plain import Loaded, from_dict, to_dict

__all__ = [
    "Loaded",
    "case_for",
    "check",
    "compare",
    "draft_plan",
    "example",
    "export",
    "form",
    "from_dict",
    "load",
    "load_all",
    "load_model",
    "new",
    "open_store",
    "profile",
    "render",
    "report",
    "roadmap",
    "save",
    "schema",
    "steps_to",
    "suggest",
    "to_dict",
    "to_networkx",
    "update",
]
