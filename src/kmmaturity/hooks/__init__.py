"""All that a plug-in author imports: `hookimpl`, the records that hooks hand over, and what these are made of.

A plug-in is a module with functions named after the hooks of `kmmaturity.hooks.specs`, each marked with `@hookimpl`,
and named in the entry-point group `kmmaturity`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmmaturity.domain.assessment import (
        Assessment,
        Benefit,
        Evidence,
        Priority,
        Rate,
        Score,
        State,
        Suppression,
        Target,
    )
    from kmmaturity.domain.findings import Finding, Place, Pointer, Related, Severity
    from kmmaturity.domain.frozen import FrozenMap
    from kmmaturity.domain.model import (
        Figures,
        Level,
        MaturityModel,
        Measure,
        Outcome,
        Requirement,
        Scope,
        Standing,
        SubOutcome,
        Term,
    )
    from kmmaturity.domain.outlook import Outlook
    from kmmaturity.domain.overall import Overall
    from kmmaturity.domain.plan import Action, ActionPlan, Review, Status
    from kmmaturity.domain.profile import Gap, Profile
    from kmmaturity.domain.report import Basis, ModelNote, OutcomeNote, Report, Row
    from kmmaturity.domain.rules import Context, Filed, Rule
    from kmmaturity.domain.several import Several
    from kmmaturity.domain.tally import Tally
    from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile
    from kmmaturity.hooks.chain import ChainedStore
    from kmmaturity.hooks.options import Option
    from kmmaturity.hooks.records import (
        CommandKind,
        Delivered,
        Delivery,
        Destination,
        Exporter,
        File,
        Form,
        Imported,
        Importer,
        ModelFile,
        Opening,
        Receipt,
        StoreKind,
    )
    from kmmaturity.hooks.specs import hookimpl
    from kmmaturity.hooks.store import Break, Conflict, Forgotten, Revision, Store

__all__ = [
    "Action",
    "ActionPlan",
    "Assessment",
    "Basis",
    "Benefit",
    "Break",
    "CannotRead",
    "CannotWrite",
    "ChainedStore",
    "CommandKind",
    "Conflict",
    "Context",
    "Delivered",
    "Delivery",
    "Destination",
    "Evidence",
    "Exporter",
    "Figures",
    "File",
    "Filed",
    "Finding",
    "Forgotten",
    "Form",
    "FrozenMap",
    "Gap",
    "Imported",
    "Importer",
    "KmMaturityError",
    "Level",
    "MaturityModel",
    "Measure",
    "ModelFile",
    "ModelNote",
    "NoSuchFile",
    "Opening",
    "Option",
    "Outcome",
    "OutcomeNote",
    "Outlook",
    "Overall",
    "Place",
    "Pointer",
    "Priority",
    "Profile",
    "Rate",
    "Receipt",
    "Related",
    "Report",
    "Requirement",
    "Review",
    "Revision",
    "Row",
    "Rule",
    "Scope",
    "Score",
    "Several",
    "Severity",
    "Standing",
    "State",
    "Status",
    "Store",
    "StoreKind",
    "SubOutcome",
    "Suppression",
    "Tally",
    "Target",
    "Term",
    "hookimpl",
]

# Where each name lives; all others are records.
_NAMES = {
    "kmmaturity.domain.assessment": "Assessment Benefit Evidence Priority Rate Score State Suppression Target",
    "kmmaturity.domain.findings": "Finding Place Pointer Related Severity",
    "kmmaturity.domain.frozen": "FrozenMap",
    "kmmaturity.domain.model": "Figures Level MaturityModel Measure Outcome Requirement Scope Standing SubOutcome Term",
    "kmmaturity.domain.outlook": "Outlook",
    "kmmaturity.domain.overall": "Overall",
    "kmmaturity.domain.plan": "Action ActionPlan Review Status",
    "kmmaturity.domain.profile": "Gap Profile",
    "kmmaturity.domain.report": "Basis ModelNote OutcomeNote Report Row",
    "kmmaturity.domain.rules": "Context Filed Rule",
    "kmmaturity.domain.several": "Several",
    "kmmaturity.domain.tally": "Tally",
    "kmmaturity.errors": "CannotRead CannotWrite KmMaturityError NoSuchFile",
    "kmmaturity.hooks.chain": "ChainedStore",
    "kmmaturity.hooks.options": "Option",
    "kmmaturity.hooks.specs": "hookimpl",
    "kmmaturity.hooks.store": "Break Conflict Forgotten Revision Store",
}
_ELSEWHERE = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    # Looking for plug-ins must cost nothing where there are none, and pluggy alone costs 10 ms.
    if name not in __all__:
        from kmmaturity.domain.names import closest  # a slip's need only

        near = None if name.startswith("_") else closest(name, __all__)
        raise AttributeError(
            f"module 'kmmaturity.hooks' has no attribute {name!r}" + (f": did you mean {near}?" if near else "")
        )
    return getattr(import_module(_ELSEWHERE.get(name, "kmmaturity.hooks.records")), name)


def __dir__() -> list[str]:
    return __all__
