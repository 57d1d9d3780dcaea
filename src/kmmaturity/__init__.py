"""Knowledge management maturity self-assessment for teams: an aid, not a holding-to-account tool.

>>> import kmmaturity as km
>>> team = km.example()
>>> km.profile(team).whole.lowest
0
"""

from __future__ import annotations

TYPE_CHECKING = False  # what type checkers take for true; importing `typing` for it would take most of the time

if TYPE_CHECKING:
    from kmmaturity.api import (
        Loaded,
        case_for,
        check,
        compare,
        draft_plan,
        example,
        export,
        from_dict,
        load,
        load_all,
        load_model,
        new,
        open_store,
        profile,
        render,
        report,
        roadmap,
        save,
        schema,
        steps_to,
        suggest,
        to_dict,
        to_networkx,
        update,
    )
    from kmmaturity.domain.assessment import Assessment
    from kmmaturity.domain.model import MaturityModel
    from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "CannotRead",
    "CannotWrite",
    "KmMaturityError",
    "Loaded",
    "MaturityModel",
    "case_for",
    "check",
    "compare",
    "draft_plan",
    "example",
    "export",
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

# Where each name lives; all others are functions of `kmmaturity.api`.
_ELSEWHERE = {
    "Assessment": "kmmaturity.domain.assessment",
    "CannotRead": "kmmaturity.errors",
    "CannotWrite": "kmmaturity.errors",
    "KmMaturityError": "kmmaturity.errors",
    "MaturityModel": "kmmaturity.domain.model",
}


def __getattr__(name: str) -> object:
    # PEP 562: importing the package costs nothing until a name is used.
    if name not in __all__:
        raise AttributeError(f"module 'kmmaturity' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_ELSEWHERE.get(name, "kmmaturity.api")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
