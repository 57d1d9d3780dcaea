"""Values from a mirror that the gate let through, by functions generated once from the shapes.

Every value is made by its own class, so what `__init__` refuses is refused here too.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.frozen import FrozenMap
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.gate import mirror
from kmmaturity.files.shapes import ASSESSMENT, MODEL, Listing, Record, Shape, Table

__all__ = ["build_assessment", "build_model"]


def build_assessment(found: Any, model: MaturityModel, origin: str | None = None) -> Assessment:
    """The assessment of an accepted mirror, with its resolved model. Raises ValueError for an impossible one."""
    build = _builder(ASSESSMENT, Assessment, ("kmmaturity", "model", "digest"), "model=model, origin=origin")
    return cast("Assessment", build(found, model, origin))


def build_model(found: Any) -> MaturityModel:
    """The model of an accepted mirror. Raises ValueError for an impossible one."""
    return cast("MaturityModel", _builder(MODEL, MaturityModel, ("kmmodel",), "")(found))


@cache
def _builder(record: Record, kind: type[Any], skip: tuple[str, ...], extra: str) -> Any:
    """The function that makes a `kind` of a mirror of `record`, written out field by field and compiled."""
    lines: list[str] = []
    names: dict[str, Any] = {"FrozenMap": FrozenMap, "Top": kind}
    done: set[Record] = set()

    def define(each: Record) -> str:
        name = each.kind.__name__
        if each not in done:
            done.add(each)
            names[name] = each.kind
            arguments = ", ".join(argument(name, key) for key in each.fields)
            lines.append(f"def make_{name}(m):")
            if each.blank:
                lines.append(f"    if m is None: return blank_{name}")
                names[f"blank_{name}"] = each.kind()
            if each.short is not None:
                lines.append(f"    if type(m) is not mirror_{name}: return {name}({each.short}=m)")
                names[f"mirror_{name}"] = mirror(each)
            lines.append(f"    return {name}({arguments})")
        return f"make_{name}"

    def argument(name: str, key: str) -> str:
        field = records[name].fields[key]
        value = expression(field.shape, "v")
        if value == "v" and (field.required or field.default is None):
            return f"{key}=m.{key}"
        if field.required:
            return f"{key}={expression(field.shape, f'm.{key}')}"
        default = f"default_{name}_{key}"
        names[default] = field.default
        return f"{key}={default} if (v := m.{key}) is None else {value}"

    def expression(shape: Shape, variable: str) -> str:
        match shape:
            case Listing(item):
                inner = expression(item, "i")
                return f"tuple({variable})" if inner == "i" else f"tuple([{inner} for i in {variable}])"
            case Table(_, value):
                inner = expression(value, "x")
                entries = f"{{k: {inner} for k, x in {variable}.items()}}"
                return f"FrozenMap({variable if inner == 'x' else entries})"
            case Record():
                records[shape.kind.__name__] = shape
                return f"{define(shape)}({variable})"
            case _:
                return variable

    records = {"Top": record}
    arguments = ", ".join(argument("Top", key) for key in record.fields if key not in skip)
    head = "def build(m, model=None, origin=None):"
    lines.append(f"{head}\n    return Top({', '.join(filter(None, (arguments, extra)))})")
    exec("\n".join(lines), names)  # noqa: S102  # the text is ours, made of field names
    return names["build"]
