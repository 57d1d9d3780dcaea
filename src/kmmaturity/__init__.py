"""Knowledge management maturity self-assessment for teams: an aid, not a holding-to-account tool.

>>> import kmmaturity as km
>>> team = km.example()
>>> km.profile(team).whole.lowest
0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmmaturity.api import (
        Loaded,
        Receipt,
        check,
        compare,
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
        save,
        to_dict,
        update,
    )
    from kmmaturity.domain.assessment import Assessment
    from kmmaturity.domain.model import MaturityModel
    from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError

__version__ = "0.1.0"

_HOMES = {
    "kmmaturity.api": (
        "Loaded",
        "Receipt",
        "check",
        "compare",
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
        "save",
        "to_dict",
        "update",
    ),
    "kmmaturity.domain.assessment": ("Assessment",),
    "kmmaturity.domain.model": ("MaturityModel",),
    "kmmaturity.errors": ("CannotRead", "CannotWrite", "KmMaturityError"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Assessment",
    "CannotRead",
    "CannotWrite",
    "KmMaturityError",
    "Loaded",
    "MaturityModel",
    "Receipt",
    "check",
    "compare",
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
    "save",
    "to_dict",
    "update",
]


def __getattr__(name: str) -> object:
    # PEP 562: importing the package costs nothing until a name is used.
    if name not in _HOME:
        raise AttributeError(f"module 'kmmaturity' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
