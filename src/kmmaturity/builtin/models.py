"""The models that ship: every published version stays, so that an old assessment always finds its questions."""

from __future__ import annotations

import pkgutil
import re
from functools import cache

from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.names import no_such
from kmmaturity.errors import KmMaturityError
from kmmaturity.files.document import Document
from kmmaturity.files.reading import read_model

__all__ = ["example", "installed", "references"]

PACKAGE = "kmmaturity_model"
SUFFIX = ".kmmodel.yaml"


def references() -> tuple[str, ...]:
    """What ships, as `id@version`, oldest version first."""
    from importlib.resources import files  # imports tempfile, and a file that names its version needs no list

    names = [each.name.removesuffix(SUFFIX) for each in files(PACKAGE).iterdir() if each.name.endswith(SUFFIX)]
    pairs = ((name, version) for name, _, version in (each.rpartition("-") for each in names))
    parts = sorted((name, [int(number) for number in version.split(".")]) for name, version in pairs)
    return tuple(f"{name}@{'.'.join(map(str, version))}" for name, version in parts)


def installed(pin: str) -> MaturityModel:
    """The shipped model `id@version`, or the newest version of `id`. Raises UnknownName."""
    if "@" not in pin:
        pin = next((each for each in reversed(references()) if each.startswith(f"{pin}@")), pin)
    found = _shipped(pin)
    if found is None:
        raise no_such("model", pin, references(), where="this installation")
    return found


@cache
def _shipped(pin: str) -> MaturityModel | None:
    """The shipped model of exactly this reference, read once."""
    if not re.fullmatch(r"[\w-]+@[\w.-]+", pin):
        return None
    name = pin.replace("@", "-")
    document = _data(f"{name}.json") or _data(name + SUFFIX)  # the same twice: JSON takes a tenth of the time
    if document is None:
        return None
    reading = read_model(document)
    if reading.value is None:
        raise KmMaturityError(f"the shipped model {pin} is damaged: install kmmaturity again")
    return reading.value


def example(year: int) -> Document:
    """The example team's file of its first or second year."""
    document = _data(f"example-{year}.kmm.yaml") if year in (1, 2) else None
    if document is None:
        raise KmMaturityError(f"the example has the years 1 and 2, not {year!r}")
    return document


def _data(name: str) -> Document | None:
    try:
        data = pkgutil.get_data(PACKAGE, name)
    except FileNotFoundError:
        return None
    return None if data is None else Document(name, data)
