"""The library's functions: files and values in, values and findings out.

This is the only place that resolves a model by name.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in kmmaturity/__init__.py

if TYPE_CHECKING:
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

_WHERE = {
    "ahead": ("case_for", "draft_plan", "roadmap", "steps_to", "suggest", "to_networkx"),
    "assessments": ("example", "load", "load_all", "new", "save", "update"),
    "giving": ("export", "form", "open_store", "render"),
    "looking": ("check", "compare", "profile", "report"),
    "models": ("load_model", "schema"),
    "plain": ("Loaded", "from_dict", "to_dict"),
}


def __getattr__(name: str) -> object:
    # A check has no need of plans and pictures, and making their classes takes as long as it does.
    module = next((module for module, names in _WHERE.items() if name in names), None)
    if module is None:
        raise AttributeError(f"module 'kmmaturity.api' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"kmmaturity.api.{module}"), name)
    globals()[name] = value
    return value
