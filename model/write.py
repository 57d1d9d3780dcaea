"""Writes each model that ships as JSON too, which is read sooner than its YAML: `make pages`. Never edit it by hand."""

from __future__ import annotations

from pathlib import Path

from kmmaturity.api import load_model
from kmmaturity.files.writing import dump

FOLDER = Path(__file__).parent / "kmmaturity_model"


def written() -> dict[Path, bytes]:
    """What stands in each of these files."""
    sources = FOLDER.glob("*.kmmodel.yaml")
    return {
        path.with_name(path.name.replace(".kmmodel.yaml", ".json")): dump(load_model(path), "json") for path in sources
    }


if __name__ == "__main__":
    for path, data in written().items():
        path.write_bytes(data)
