"""How long it takes to see that no plug-in is installed, which every command that could use one waits for."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest
from tests.benchmarks.measuring import Figures, turn_by_turn

from kmmaturity.hooks.loading import named_in_group
from kmmaturity.registry import Registry

pytestmark = pytest.mark.slow


def test_looking(figures: Figures, tmp_path: Path) -> None:
    """Among all that this environment has, but for our own distributions, no plug-in is found, and soon."""
    for each in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if "kmmaturity" not in each.name:
            (tmp_path / each.name).symlink_to(each)
    assert not named_in_group([str(tmp_path)])
    name = f"among {len(list(tmp_path.glob('*.dist-info')))} distributions"
    taken = turn_by_turn({name: lambda: named_in_group([str(tmp_path)]), "our own joined": Registry.builtin}, each=20)
    figures.timed("Looking for plug-ins where there are none", taken, name, within=0.002)
    figures.timed("Looking for plug-ins where there are none", taken, "our own joined")
