"""Settings files: finding the one of a run, reading its table, and where in it each setting stands."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from kmmaturity.domain.findings import Finding, Place, Pointer
from kmmaturity.domain.rules.config import UNKNOWN_SETTING
from kmmaturity.errors import NoSuchFile
from kmmaturity.files.document import LARGEST
from kmmaturity.files.folder import folders_above

__all__ = ["SettingsFile", "find", "read"]

OWN, SHARED = "kmmaturity.toml", "pyproject.toml"
TABLE = ("tool", "kmmaturity")
_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_SPOT = re.compile(r" \(at line (\d+), column (\d+)\)")


@frozen(eq=False)
class SettingsFile:
    """A settings file: its path, and the table in it that is ours, which stands `under` these keys of the file."""

    path: str
    text: str = field(repr=False)
    table: Mapping[str, Any]
    under: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that names in the file count from."""
        return str(Path(self.path).parent)

    def place(self, pointer: Pointer) -> Place:
        """Where the setting stands: its key, or the nearest above it that a line begins with."""
        wanted = (*self.under, *map(str, pointer))
        found = dict(reversed([*self._keys()]))
        for length in range(len(wanted), 0, -1):
            if place := found.get(wanted[:length]):
                return place
        return Place(self.path, 1, 1, 1, 1)

    def _keys(self) -> Iterator[tuple[tuple[str, ...], Place]]:
        """Each key that a line begins with, headers of tables among them, with its place; in reading order."""
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := _HEADER.match(line):
                table = _parts(header[1])
                yield table, Place(self.path, number, header.start(1) + 1, number, header.end(1) + 1)
            elif key := _KEY.match(line):
                yield (
                    (*table, *_parts(key[1])),
                    Place(self.path, number, key.start(1) + 1, number, key.end(1) + 1),
                )


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(next(filter(None, match.groups()), "") for match in _PART.finditer(dotted))


def find(folder: str | os.PathLike[str]) -> SettingsFile | Finding | None:
    """The settings file nearest to `folder`, in it or above it; what keeps it from being read; or None.

    In one folder kmmaturity.toml comes before pyproject.toml, which is passed over unless it has the table.
    """
    for each in folders_above(Path(folder, "-")):
        for name in (OWN, SHARED):
            if (each / name).is_file():
                path = os.path.relpath(each / name) if each.is_relative_to(Path.cwd()) else str(each / name)
                found = _taken(path)
                if found is not None:
                    return found
    return None


def read(path: str | os.PathLike[str]) -> SettingsFile | Finding:
    """The settings file at `path`, or what keeps it from being read. Raises NoSuchFile."""
    shown = os.fspath(path)
    if not Path(path).is_file():
        raise NoSuchFile(f"there is no settings file {shown}")
    found = _taken(shown)
    if found is None:
        return UNKNOWN_SETTING.found(
            f"{shown} has no table [tool.kmmaturity]", help="Add it, or name the file that has your settings."
        )
    return found


def _taken(path: str) -> SettingsFile | Finding | None:
    shared = Path(path).name == SHARED
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        return UNKNOWN_SETTING.found(f"{path} cannot be read: {error.strerror}", help="Ask for the right to read it.")
    if shared and b"kmmaturity" not in data:
        return None
    if len(data) > LARGEST:
        return UNKNOWN_SETTING.found(f"{path} is over 1 MiB", help="Name the file that has your settings by --config.")
    import tomllib  # no settings, no need of it

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        whole = tomllib.loads(text)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig").split("\n")
        place = Place(path, len(before), len(before[-1]) + 1, len(before), len(before[-1]) + 2)
        return UNKNOWN_SETTING.found(f"{path} is not UTF-8 text", help="Save it again as UTF-8.").at(place)
    except tomllib.TOMLDecodeError as error:
        return _no_toml(path, str(error))
    tools = whole.get(TABLE[0])
    table = tools.get(TABLE[1]) if isinstance(tools, dict) else None
    if isinstance(table, dict):
        return SettingsFile(path, text, table, TABLE)
    return None if shared else SettingsFile(path, text, whole)


def _no_toml(path: str, told: str) -> Finding:
    spot = _SPOT.search(told)
    line, column = (int(spot[1]), int(spot[2])) if spot else (1, 1)
    reason = _SPOT.sub("", told).removesuffix(".").replace("Invalid", "this is no")
    message = f"{path} is not well-formed TOML: {reason}"
    help = 'Correct the line. Texts stand in quotation marks, as in fail-on = "warning".'
    return UNKNOWN_SETTING.found(message, help=help).at(Place(path, line, column, line, column))
