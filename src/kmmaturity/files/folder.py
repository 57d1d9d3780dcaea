"""Finding the assessments and models in a folder by their names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kmmaturity.files.source import Kind

__all__ = ["files_within"]

_ENDINGS = {
    "assessment": (".kmm.yaml", ".kmm.yml", ".kmm.json"),
    "model": (".kmmodel.yaml", ".kmmodel.yml", ".kmmodel.json"),
}


def files_within(folder: str | os.PathLike[str], *kinds: Kind) -> Iterator[str]:
    """The files of `kinds` in `folder` and below, in order of their names, but for what hides behind a dot."""
    endings = tuple(ending for kind in kinds for ending in _ENDINGS[kind])
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (str(Path(here, name)) for name in sorted(names) if name.lower().endswith(endings))
