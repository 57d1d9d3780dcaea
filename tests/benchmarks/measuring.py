"""Turn by turn, and medians: how things are measured on a machine that does other work as well, and how that is told.

What runs in one process is timed by the processor time of its thread, since a wait for other programs says nothing of
it. A ratio is the median of the ratios within each round, in which both had the same conditions.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from operator import mul
from pathlib import Path
from typing import Any

from attrs import asdict, define, field, frozen

__all__ = ["ROUNDS", "Figure", "Figures", "Taken", "turn_by_turn"]

ROUNDS = int(os.environ.get("KMM_BENCH_ROUNDS", "1"))  # `make bench` asks for more; one shows that they still run
PACKAGES = (
    "attrs", "cattrs", "msgspec", "PyYAML", "orjson", "pydantic", "jsonschema-rs", "fastjsonschema", "check-jsonschema",
    "highspy",
)  # fmt: skip
UNITS = {"s": ((1, "s"), (1e-3, "ms"), (1e-6, "µs")), "B": ((2**20, "MiB"), (2**10, "KiB"), (1, "B"))}


@frozen
class Figure:
    """One line of a table: how much of what unit, its ratio to something, and whether that is what was aimed at.

    `holds` is None where nothing was aimed at, or what it is to be compared with is not installed.
    """

    table: str
    name: str
    amount: float
    unit: str
    least: float | None = None
    ratio: float | None = None
    aim: str = ""
    holds: bool | None = None


@frozen
class Taken:
    """The seconds that each of several calls took, round by round."""

    rounds: Mapping[str, tuple[float, ...]]

    def median(self, name: str) -> float:
        """The median of the seconds of `name`."""
        return statistics.median(self.rounds[name])

    def least(self, name: str) -> float:
        """The least seconds of `name`."""
        return min(self.rounds[name])

    def sum(self, name: str, parts: Mapping[str, int]) -> Taken:
        """The same, and as `name` the sum of some in each round, each so many times."""
        every = zip(*(self.rounds[part] for part in parts), strict=True)
        summed = tuple(sum(map(mul, each, parts.values())) for each in every)
        return Taken({**self.rounds, name: summed})

    def each(self, counts: Mapping[str, int]) -> Taken:
        """The same for each of so many things that the calls did."""
        return Taken({name: tuple(second / counts[name] for second in every) for name, every in self.rounds.items()})

    def ratio(self, name: str, base: str) -> float:
        """How many times as long as `base` it took `name`: the median over the rounds."""
        return statistics.median(one / other for one, other in zip(self.rounds[name], self.rounds[base], strict=True))


@define
class Figures:
    """All that a run measured, told as tables and kept as JSON."""

    found: list[Figure] = field(factory=list)

    def timed(
        self,
        table: str,
        taken: Taken,
        name: str,
        *,
        base: str | None = None,
        per: int = 1,
        most: float | None = None,
        within: float | None = None,
    ) -> None:
        """Note the time of `name` for each of `per` things, and its ratio to `base`, if that was measured.

        The ratio is to be at most `most`; or the least time `within` so many seconds, since a busy machine only adds.
        """
        self._added(table, taken, name, name, base, per, most, within)

    def compared(
        self, table: str, taken: Taken, name: str, peer: str, *, per: int = 1, most: float | None = None
    ) -> None:
        """Note the time of `name` once more, with its ratio to that of a peer, which is to be at most `most`."""
        self._added(table, taken, name, f"{name}, beside {peer}", peer, per, most, None)

    def _added(
        self,
        table: str,
        taken: Taken,
        name: str,
        label: str,
        base: str | None,
        per: int,
        most: float | None,
        within: float | None,
    ) -> None:
        ratio = taken.ratio(name, base) if base in taken.rounds and base is not None else None
        median, least = taken.median(name) / per, taken.least(name) / per
        aim, holds = "", None
        if most is not None and within is not None:
            raise ValueError(f"{label} has two aims, and a line has room for one")
        if most is not None:
            aim, holds = f"ratio {most:.2g}", None if ratio is None else ratio <= most
        elif within is not None:
            aim, holds = shown(within, "s"), least <= within
        self.found.append(Figure(table, label, median, "s", least, ratio, aim, holds))

    def noted(self, table: str, name: str, amount: float, unit: str, *, within: float | None = None) -> None:
        """Note something else than a time; it is to be `within` so much."""
        aim = "" if within is None else shown(within, unit)
        self.found.append(
            Figure(table, name, amount, unit, aim=aim, holds=None if within is None else amount <= within)
        )

    def __str__(self) -> str:
        tables: dict[str, list[Figure]] = {}
        for each in self.found:
            tables.setdefault(each.table, []).append(each)
        return "\n\n".join(_table(name, each) for name, each in tables.items())

    def save(self, path: Path) -> None:
        """Write all figures, with the machine and the versions, as JSON."""
        path.parent.mkdir(exist_ok=True)
        whole = {"machine": machine(), "rounds": ROUNDS, "figures": [asdict(each) for each in self.found]}
        path.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _table(name: str, figures: list[Figure]) -> str:
    rows = [[name, "median", "least", "ratio", "at most", "aim met"]]
    rows += [
        [
            each.name,
            shown(each.amount, each.unit),
            "" if each.least is None else shown(each.least, each.unit),
            "" if each.ratio is None else f"{each.ratio:.2f}",
            each.aim,
            {None: "not measured" if each.aim else "", True: "yes", False: "no"}[each.holds],
        ]
        for each in figures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        f"| {row[0]:{widths[0]}} | "
        + " | ".join(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        + " |"
        for row in rows
    ]
    rules = ["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]
    return "\n".join([lines[0], f"|{'|'.join(rules)}|", *lines[1:]])


def shown(amount: float, unit: str) -> str:
    """The amount with a unit that suits it."""
    if unit not in UNITS:
        return f"{amount:,.2f} {unit}".strip()
    scale, name = next((each for each in UNITS[unit] if abs(amount) >= each[0]), UNITS[unit][-1])
    told = f"{amount / scale:,.{1 if amount / scale < 1000 else 0}f}"
    return f"{told.removesuffix('.0')} {name}"


def machine() -> dict[str, Any]:
    """What it was measured on and with."""
    found: dict[str, Any] = {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "processors": os.cpu_count(),
    }
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists():
        return platform.processor()
    names = [
        line.partition(":")[2].strip()
        for line in cpuinfo.read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    return names[0] if names else platform.processor()


def turn_by_turn(
    calls: Mapping[str, Callable[[], object]],
    *,
    rounds: int = ROUNDS,
    each: int = 1,
    clock: Callable[[], float] = time.thread_time,
    before: Callable[[], object] = lambda: None,
    warm: bool = True,
) -> Taken:
    """The seconds that one call of each takes, where every round makes `each` calls of all of them in turn.

    Each round has another order, the same in every run: who comes after one who leaves the caches cold is 2 % slower.
    What happens `before` is not counted. Unless `warm`, there is no first call in which all is done that is done once.
    """
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values() if warm else ():
        call()
    chance = random.Random(1)  # noqa: S311  # the same orders every time
    for _ in range(rounds):
        for name, call in chance.sample(list(calls.items()), len(calls)):
            before()
            start = clock()
            for _ in range(each):
                call()
            taken[name].append((clock() - start) / each)
    return Taken({name: tuple(every) for name, every in taken.items()})
