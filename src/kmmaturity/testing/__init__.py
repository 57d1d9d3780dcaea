"""A kit for those who build on kmmaturity: contracts that a plug-in's tests subclass, and hypothesis strategies.

    from kmmaturity.testing import ExporterContract

Each contract has a fixture or two to override, and its messages say what is wrong and what to do. `installed` takes
what is to be tested from where kmmaturity finds it, so that entry point and hook are tested too. `strategies` draws
models and assessments, and `kinds` has one of each kind that is met sooner or later. It needs the extra `testing`:
`pip install kmmaturity[testing]`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmmaturity.testing.commands import CommandContract
    from kmmaturity.testing.destinations import DestinationContract
    from kmmaturity.testing.exporters import ExporterContract
    from kmmaturity.testing.finding import installed
    from kmmaturity.testing.forms import FormContract
    from kmmaturity.testing.importers import ImporterContract
    from kmmaturity.testing.models import ModelContract
    from kmmaturity.testing.rules import RuleContract
    from kmmaturity.testing.stores import StoreContract, StoreEndurance

__all__ = [
    "CommandContract",
    "DestinationContract",
    "ExporterContract",
    "FormContract",
    "ImporterContract",
    "ModelContract",
    "RuleContract",
    "StoreContract",
    "StoreEndurance",
    "installed",
]

_WHERE = {
    "CommandContract": "commands",
    "DestinationContract": "destinations",
    "ExporterContract": "exporters",
    "FormContract": "forms",
    "ImporterContract": "importers",
    "ModelContract": "models",
    "RuleContract": "rules",
    "StoreContract": "stores",
    "StoreEndurance": "stores",
    "installed": "finding",
}


def __getattr__(name: str) -> object:
    # Writers of a store in other processes import a module of this package, and nothing more than they need.
    if name not in _WHERE:
        raise AttributeError(f"module 'kmmaturity.testing' has no attribute {name!r}")
    return getattr(import_module(f"kmmaturity.testing.{_WHERE[name]}"), name)
