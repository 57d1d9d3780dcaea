"""What a report is as items of a list: their fields, how SharePoint keeps them, and how they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from kmmaturity.builtin.exporters.csv import BETWEEN_UNITS, neutral
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.report import Report, Row
from kmmaturity.hooks.keys import key_for
from kmmaturity_sharepoint.columns import EVIDENCE, GONE, KEY, OWNERS, SOURCE, TITLE, UNIT, By, Wanted

__all__ = ["Fields", "changed", "fields_of", "line", "unit_of"]

Fields = FrozenMap[str, Any]
LONGEST = 255  # UTF-16 code units of a single line of text
_UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # what XML cannot hold, SharePoint does not keep


def fields_of(report: Report, by: By, columns: tuple[Wanted, ...]) -> tuple[Fields, ...]:
    """The items that `report` is, each with a value for every one of `columns`; empty is None."""
    source = key_for(report)
    shared = {
        SOURCE: source,
        GONE: False,
        UNIT: unit_of(report),
        "KmmAssessed": report.assessed,
        "KmmModel": report.model.reference,
        "KmmStanding": report.standing,
        "KmmMarking": report.marking,
    }
    owners = _owners(report)
    found: Iterable[Mapping[str, Any]] = (
        ({KEY: source, **_whole(report)},)
        if by == "assessment"
        else ({KEY: _key(source, row.sub), **_answer(row, owners.get(row.sub, ()))} for row in report.rows)
    )
    kinds = {TITLE: "text", **{each.name: each.kind for each in columns}}
    return tuple(
        FrozenMap({name: _kept(kind, {**shared, **each}.get(name)) for name, kind in kinds.items()}) for each in found
    )


def unit_of(report: Report) -> str:
    """The whole line of units, as it stands in a list."""
    return line(BETWEEN_UNITS.join(report.unit))


def _key(source: str, sub: str) -> str:
    full = f"{source}/{sub}"
    return full if len(full) <= LONGEST else f"{source}/{sha256(sub.encode()).hexdigest()}"


def _answer(row: Row, owners: Iterable[str]) -> Mapping[str, Any]:
    return {
        TITLE: row.title,
        "KmmOutcome": row.outcome_title,
        "KmmSubOutcome": row.sub,
        "KmmState": str(row.state),
        "KmmScore": row.score,
        "KmmLevel": row.score_title,
        "KmmPrevious": row.previous,
        "KmmTarget": row.target,
        "KmmTargetBy": row.target_by,
        "KmmPriority": row.priority,
        "KmmBenefit": row.benefit.rate if row.benefit else None,
        EVIDENCE: "\n".join(_told(each) for each in row.evidence),
        OWNERS: "\n".join(owners),
    }


def _told(evidence: Any) -> str:
    return " | ".join(filter(None, (evidence.note, evidence.effect, evidence.ref)))


def _whole(report: Report) -> Mapping[str, Any]:
    whole = report.profile.whole
    return {
        TITLE: report.unit[-1],
        "KmmScored": whole.scored,
        "KmmUnassessed": whole.unassessed,
        "KmmInapplicable": whole.inapplicable,
        "KmmLevels": ", ".join(f"level {level}: {count}" for level, count in sorted(whole.counts.items())),
        "KmmPriorities": "\n".join(each.title for each in report.outcomes if each.priority),
    }


def _owners(report: Report) -> Mapping[str, tuple[str, ...]]:
    """The owners of actions towards each sub-outcome, each once, in the plan's order."""
    found: dict[str, dict[str, None]] = {}
    for action in report.plan.actions:
        for sub in action.towards:
            if action.owner:
                found.setdefault(sub, {})[action.owner] = None
    return {sub: tuple(owners) for sub, owners in found.items()}


# How SharePoint keeps values


def _kept(kind: str, value: Any) -> Any:
    match kind:
        case "text" | "choice":
            return line(str(value)) or None if value is not None else None
        case "note":
            return _lines(str(value)) or None if value is not None else None
        case "dateTime":
            # Noon, so that it is the same day in whatever time zone the site is kept.
            return f"{value.isoformat()}T12:00:00Z" if isinstance(value, date) else None
    return value


def line(text: str) -> str:
    """`text` as a single line of text is kept: without line ends, with no formula, cut to what it can hold."""
    plain = neutral(" ".join(_UNKEPT.sub(" ", text).split()))
    units = plain.encode("utf-16-le", errors="replace")
    if len(units) <= 2 * LONGEST:
        return units.decode("utf-16-le")
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", errors="ignore").rstrip() + "\u2026"


def _lines(text: str) -> str:
    whole = _UNKEPT.sub(" ", text).encode(errors="replace").decode()
    return neutral("\n".join(each.rstrip() for each in whole.splitlines()).strip())


def changed(wants: Fields, found: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields `wants` that are not what is `found`."""
    return {name: value for name, value in wants.items() if _compared(value) != _compared(found.get(name))}


def _compared(value: Any) -> Any:
    """A value in the one form in which two of the same are equal."""
    if value is None or value is False or value == "":
        return None  # an empty field is left out of an answer, and a no is what is not a yes
    if isinstance(value, str):
        if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value):
            return _day(value)
        return value.replace("\r\n", "\n")
    return value


def _day(value: str) -> date:
    """The day that is meant: a site keeps midnight of its own time zone, up to twelve hours from ours."""
    instant = datetime.fromisoformat(value).astimezone(UTC)
    return (instant + timedelta(hours=11, minutes=59)).date()
