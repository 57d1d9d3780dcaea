"""Turn by turn, and medians: how things are measured on a machine that does other work as well.

What runs in one process is timed by the processor time of its thread, since a wait for other programs says nothing of
it. A ratio is the median of the ratios within each round, in which both had the same conditions.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from attrs import asdict, define, field, frozen

__all__ = ["ROUNDS", "Figure", "Figures", "Taken", "turn_by_turn"]

ROUNDS = int(os.environ.get("KMM_BENCH_ROUNDS", "1"))  # `make bench` asks for more; one shows that they still run
PACKAGES = (
    "attrs", "cattrs", "msgspec", "PyYAML", "orjson", "pydantic", "jsonschema-rs", "fastjsonschema", "check-jsonschema",
)  # fmt: skip
UNITS = {"s": ((1, "s"), (1e-3, "ms"), (1e-6, "µs")), "B": ((2**20, "MiB"), (2**10, "KiB"), (1, "B"))}


@frozen
class Figure:
    """One line of a table: what was measured, how much of what unit, its ratio to the table's base, and the aim."""

    table: str
    name: str
    amount: float
    unit: str
    ratio: float | None = None
    aim: str = ""
    holds: bool | None = None

    @property
    def shown(self) -> str:
        """The amount with a unit that suits it."""
        if self.unit not in UNITS:
            return f"{self.amount:,.2f} {self.unit}".strip()
        scale, unit = next((each for each in UNITS[self.unit] if abs(self.amount) >= each[0]), UNITS[self.unit][-1])
        return f"{self.amount / scale:,.{1 if self.amount / scale < 1000 else 0}f} {unit}"


@define
class Figures:
    """All that a run measured, told as tables and kept as JSON."""

    found: list[Figure] = field(factory=list)

    def add(
        self,
        table: str,
        name: str,
        amount: float,
        unit: str = "s",
        *,
        ratio: float | None = None,
        most: float | None = None,
        of: str = "",
        measured: float | None = None,
    ) -> None:
        """Note a figure. It is to be at most `most` `of` something: its ratio is compared, or what is `measured`."""
        compared = measured if measured is not None else ratio if ratio is not None else amount
        aim = "" if most is None else f"at most {most:g}{of}"
        self.found.append(Figure(table, name, amount, unit, ratio, aim, None if most is None else compared <= most))

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
    rows = [
        [
            each.name,
            each.shown,
            "" if each.ratio is None else f"{each.ratio:.2f}",
            each.aim,
            {None: "", True: "yes", False: "no"}[each.holds],
        ]
        for each in figures
    ]
    rows.insert(0, [name, "median", "ratio", "aim", "held"])
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "| "
        + " | ".join(
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    ]
    lines.insert(
        1, "|" + "|".join("-" * (width + 1) + ("-" if not at else ":") for at, width in enumerate(widths)) + "|"
    )
    return "\n".join(lines)


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

    def ratio(self, name: str, base: str) -> float:
        """How many times as long as `base` it took `name`: the median over the rounds."""
        return statistics.median(one / other for one, other in zip(self.rounds[name], self.rounds[base], strict=True))


def turn_by_turn(
    calls: Mapping[str, Callable[[], object]],
    *,
    rounds: int = ROUNDS,
    each: int = 1,
    clock: Callable[[], float] = time.thread_time,
) -> Taken:
    """The seconds that one call of each takes, where every round makes `each` calls of all of them in turn."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()  # whatever is done once is done now
    for _ in range(rounds):
        for name, call in calls.items():
            start = clock()
            for _ in range(each):
                call()
            taken[name].append((clock() - start) / each)
    return Taken({name: tuple(every) for name, every in taken.items()})
