"""Writing: a value as plain data, and as the bytes of a file. The same value always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import MaturityModel
from kmmaturity.errors import CannotWrite
from kmmaturity.files.saving import save
from kmmaturity.files.shapes import ASSESSMENT, FORMAT, MODEL, Day, Field, Listing, Record, Shape, Table
from kmmaturity.files.source import Syntax

__all__ = ["assessment_data", "digest", "dump", "encoded", "model_data", "plain", "save"]


def plain(value: Any, shape: Shape) -> Any:
    """`value` as JSON holds it, in the long form and in the order of `shape`; fields at their defaults are left out."""
    match shape:
        case Record(fields=fields):
            return _fields(value, fields.items())
        case Table(value=inner):
            return {str(key): plain(each, inner) for key, each in value.items()}
        case Listing(item):
            return [plain(each, item) for each in value]
        case Day():
            return value.isoformat() if isinstance(value, date) else value
        case _:
            return value if isinstance(value, int) else str(value)


def _fields(value: Any, fields: Iterable[tuple[str, Field]]) -> dict[str, Any]:
    told = ((name, each, getattr(value, name)) for name, each in fields)
    return {name: plain(held, each.shape) for name, each, held in told if each.required or held != each.default}


def assessment_data(assessment: Assessment, *, pinned: bool = False) -> dict[str, Any]:
    """An assessment as its JSON file holds it; `pinned` adds the digest of the model that it was made with."""
    head: dict[str, Any] = {"kmmaturity": FORMAT, "model": assessment.model.reference}
    if pinned:
        head["digest"] = digest(assessment.model)
    own = [item for item in ASSESSMENT.fields.items() if item[0] not in ("kmmaturity", "model", "digest")]
    return head | _fields(assessment, own)


def model_data(model: MaturityModel) -> dict[str, Any]:
    """A model as its JSON file holds it."""
    own = [item for item in MODEL.fields.items() if item[0] != "kmmodel"]
    return {"kmmodel": FORMAT} | _fields(model, own)


@lru_cache(maxsize=32)  # every file that a tool wrote asks for its model's
def digest(model: MaturityModel) -> str:
    """What tells two wordings of a model apart: `sha256:` and the hash of its JSON with sorted keys and no spaces."""
    import hashlib  # 2 ms at import, and YAML has no need of it

    text = json.dumps(model_data(model), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(encoded(text)).hexdigest()}"


def dump(value: Assessment | MaturityModel, syntax: Syntax) -> bytes:
    """The file that `value` is, canonical: YAML as people edit it, or JSON as machines exchange it.

    JSON assessments carry the digest of their model. Raises CannotWrite for text that UTF-8 cannot hold.
    """
    whole = isinstance(value, Assessment)
    data = assessment_data(value, pinned=syntax == "json") if isinstance(value, Assessment) else model_data(value)
    if syntax == "json":
        return encoded(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    from kmmaturity.files.emitter import block  # of no use to JSON

    return encoded("".join(f"{line}\n" for line in block(data, ASSESSMENT if whole else MODEL)))


def encoded(text: str) -> bytes:
    """`text` in UTF-8. Raises CannotWrite for half a character, which that cannot hold."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        around = ascii(text[max(0, error.start - 20) : error.start + 1])
        raise CannotWrite(
            f"{around} ends in half a character (U+{ord(text[error.start]):04X}), which no UTF-8 file can hold: "
            "take it out, or enter the whole character again"
        ) from error
