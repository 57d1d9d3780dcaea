"""Where exporters are found by name or by file ending."""

from __future__ import annotations

from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.domain.names import listed, no_such
from kmmaturity.errors import UnknownName
from kmmaturity.hooks import Exporter

__all__ = ["exporter", "exporter_for"]


def exporter(name: str) -> Exporter:
    """The exporter called `name`. Raises UnknownName."""
    for each in EXPORTERS:
        if each.name == name:
            return each
    raise no_such("format", name, [each.name for each in EXPORTERS], where="export")


def exporter_for(path: str) -> Exporter:
    """The exporter that the ending of `path` chooses; of several that fit, the one with the longest ending."""
    fitting = [(len(suffix), each) for each in EXPORTERS for suffix in each.suffixes if path.lower().endswith(suffix)]
    if not fitting:
        known = listed(suffix for each in EXPORTERS for suffix in each.suffixes)
        raise UnknownName(f"{path}: no exporter for this ending; name the format, or end the file in {known}")
    return max(fitting, key=lambda pair: pair[0])[1]
