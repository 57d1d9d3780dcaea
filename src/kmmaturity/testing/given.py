"""What the contracts of plug-ins begin with: a record that is fit to be taken, and examples that are drawn."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, ClassVar

from attrs import fields
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kmmaturity.hooks import Option, hookimpl
from kmmaturity.hooks.fitness import unfit
from kmmaturity.registry import Registry
from kmmaturity.registry.asking import overlooked

__all__ = ["WORD", "Given", "choices", "defaults"]

WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_SUMMARY = 100
LONGEST_SHOWN = 2000


class Drawn:
    """A value that is shown no longer than a screen takes: a whole model and a team would hide what is wrong."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        shown = repr(self.value)
        return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"


@st.composite
def drawn(draw: st.DrawFn, strategy: st.SearchStrategy[Any]) -> Drawn:
    """What `strategy` draws, to be shown in short."""
    return Drawn(draw(strategy))


def defaults(options: tuple[Option, ...]) -> dict[str, object]:
    """Every option at its default, as a record's function is called with them."""
    return {each.name: each.default for each in options}


def choices(options: tuple[Option, ...]) -> list[Mapping[str, object]]:
    """The defaults, and beside them each choice of each option."""
    start = defaults(options)
    every = ((each.name, each.choices or ((True, False) if each.type is bool else ())) for each in options)
    return [start, *(start | {name: value} for name, values in every for value in values)]


def forgotten(record: Any) -> list[str]:
    """What was meant to be a hook and is none in the modules of the functions of `record`, and in those around them."""
    functions = (getattr(record, each.name) for each in fields(type(record)))
    modules = [str(each.__module__).split(".") for each in functions if inspect.isfunction(each)]
    around = {".".join(parts[:end]) for parts in modules for end in range(1, len(parts) + 1)}
    found = (overlooked(sys.modules[name]) for name in sorted(around & sys.modules.keys()))
    return [why for each in found for function, why in each if function]


class Given:
    """What is asked of the record of every plug-in, whatever it is a record of."""

    # Whether the record is one that ships with kmmaturity, whose names no other may have.
    ours: ClassVar[bool] = False
    # How many values are drawn for each law, and whether the smallest is looked for that breaks it, which takes longer.
    examples: ClassVar[int] = 40
    smallest: ClassVar[bool] = True

    def for_each(self, strategy: st.SearchStrategy[Any], holds: Callable[[Any], None], *, times: int = 1) -> None:
        """Ask `holds` about drawn values, `times` as many as usual; it raises AssertionError about what is wrong."""
        # Drawn inside of a test, because hypothesis runs a test that is inherited for one class alone.
        runs = settings(
            max_examples=self.examples * times,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            phases=[phase for phase in Phase if self.smallest or phase not in (Phase.shrink, Phase.explain)],
        )

        @runs
        @given(drawn(strategy))
        def each(found: Drawn) -> None:
            holds(found.value)

        each()

    def is_taken(self, hook: str, record: Any) -> None:
        """Fail unless a registry takes `record` from a plug-in that hands it over by `hook`, and by its own endings."""
        if self.ours:
            assert not (told := list(unfit(record))), f"kmmaturity could not use this record: {'; '.join(told)}"
            return
        plugin = ModuleType("yours")
        plugin.hand_over = hookimpl(specname=hook)(lambda: [record])  # type: ignore[attr-defined]  # a module's own
        registry = Registry.of(plugin)
        told = [each.told for each in registry.failures]
        assert not told, f"kmmaturity would not take this record: {'; '.join(told)}"
        assert not (told := forgotten(record)), f"kmmaturity will not find this record: {'; '.join(told)}"
        assert not (shared := list(registry.shared)), f"{'; '.join(shared)}: leave out the ending, or take another"

    @staticmethod
    def is_told(summary: str) -> None:
        """Fail unless `summary` is a line that fits a listing."""
        assert summary.strip(), "summary is empty: say in a line what it is for, as `kmmaturity plugins` shows it"
        assert summary.isprintable(), f"summary has more than one line, or a control character: {summary!r}"
        assert len(summary) <= LONGEST_SUMMARY, (
            f"summary has {len(summary)} characters, and {LONGEST_SUMMARY} are shown: leave the rest to your README"
        )

    @staticmethod
    def is_named(name: str) -> None:
        """Fail unless `name` can be typed."""
        assert WORD.fullmatch(name), (
            f"name is {name!r}: people type it, so use small letters, digits and hyphens, such as wiki"
        )

    @staticmethod
    def has_options(options: tuple[Option, ...]) -> None:
        """Fail unless `options` are told."""
        for each in options:
            assert each.summary.strip(), f"the option {each.name} has no summary: say what it does"
