"""Folders: the assessments and models in one, what lies beside a file, and where above it to look for more."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kmmaturity.files.source import Kind

if TYPE_CHECKING:
    from kmmaturity.files.ignoring import Ignored

__all__ = [
    "Passed",
    "beside",
    "files_within",
    "folders_above",
    "models_in",
    "named_like_ours",
    "on_the_network",
    "pass_over",
]

Passed = Callable[[str], None]

HIGHEST = 5  # folders above a file's own: what lies at the root of a shared drive is nobody's
_NETWORK = re.compile(r"[\\/]{2}|[A-Za-z][\w+.-]+://")

_ENDINGS = {
    "assessment": (".kmm.yaml", ".kmm.yml", ".kmm.json"),
    "model": (".kmmodel.yaml", ".kmmodel.yml", ".kmmodel.json"),
}


def named_like_ours(path: str) -> bool:
    """Whether a file is by its name an assessment or a model."""
    return path.lower().endswith(tuple(ending for endings in _ENDINGS.values() for ending in endings))


def pass_over(_: str) -> None:
    """Tells nobody of a file that is left out."""


def files_within(folder: str | os.PathLike[str], *kinds: Kind, passed: Passed = pass_over) -> Iterator[str]:
    """The files of `kinds` in `folder` and below, in order of their names.

    What hides behind a dot is left out, and so is what git ignores there, of which `passed` is told each file.
    """
    from kmmaturity.files.ignoring import Ignored  # a lone file has no need of it

    endings = tuple(ending for kind in kinds for ending in _ENDINGS[kind])
    yield from _within(Path(folder), endings, Ignored.at(Path(folder)), passed)


def _within(folder: Path, endings: tuple[str, ...], ignored: Ignored, passed: Passed) -> Iterator[str]:
    folders: list[str] = []
    try:
        with os.scandir(folder) as entries:
            every = sorted(entries, key=lambda each: each.name)
    except OSError:  # a folder that may not be looked into hides its files, and stops nothing
        return
    for each in every:
        if each.is_dir(follow_symlinks=False):
            if not each.name.startswith(".") and not ignored.has(each.name, folder=True):
                folders.append(each.name)
        elif each.name.lower().endswith(endings):
            path = str(folder / each.name)
            if ignored.has(each.name, folder=False):
                passed(path)
            else:
                yield path
    for name in folders:
        yield from _within(folder / name, endings, ignored.below(name), passed)


def folders_above(path: str | os.PathLike[str]) -> Iterator[Path]:
    """The folder of `path` and those above it, up to the root of its repository or to the user's home folder."""
    own, *above = Path(path).resolve().parents
    home = Path("~").expanduser()
    for folder in (own, *above[:HIGHEST]):
        yield folder
        if folder == home or (folder / ".git").exists():  # a file in a work tree, a folder elsewhere
            return


def models_in(folder: Path) -> list[Path]:
    """The files in `folder` that are models by their names, in order; none where it may not be looked into."""
    try:
        names = os.listdir(folder)  # noqa: PTH208  # many times as quick as Path in a folder of many files
    except OSError:
        return []
    return [
        folder / name for name in sorted(names) if ".kmmodel." in name and name.endswith((".yaml", ".yml", ".json"))
    ]


def on_the_network(name: str) -> bool:
    r"""Whether `name` is the address of something on another machine: `//host/...`, `\\host\...`, `scheme://...`."""
    return _NETWORK.match(name.strip()) is not None


def beside(path: str | os.PathLike[str], named: str) -> Path | None:
    """What the file at `path` means by the file name `named`, or None where opening that would use the network."""
    return None if on_the_network(named) else Path(path).parent / named
