"""What git ignores, read from the files in which repositories say so; git itself is never started."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import frozen

__all__ = ["Ignored"]

GIT = ".git"
_CLASS = re.compile(r"\[[!^]?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]")


@frozen(weakref_slot=False)
class _Pattern:
    """One line: whether it takes back what others ignore, whether it is for folders alone, and what it matches."""

    takes_back: bool
    folders: bool
    matches: re.Pattern[str]


@frozen(eq=False)
class Ignored:
    """What is ignored below one folder, by its own patterns and those of the folders above it in its repository.

    Patterns are in order: the last that matches decides. A file that is tracked all the same counts as ignored here.
    """

    folder: Path
    patterns: tuple[tuple[Path, _Pattern], ...] = ()
    inside: bool = False

    @classmethod
    def at(cls, folder: Path) -> Ignored:
        """What is ignored below `folder`, which is looked at by its whole path."""
        whole = Path(os.path.realpath(folder))
        above = [whole, *whole.parents]
        root = next((number for number, each in enumerate(above) if (each / GIT).exists()), None)
        if root is None:
            return cls(whole)
        top = above[root]
        own = _read(top / GIT / "info" / "exclude")
        here = cls(top, tuple((top, each) for each in (*_read(_everywhere()), *own)), inside=True).with_own()
        for each in reversed(above[:root]):
            here = here.below(each.name)
        return here

    def below(self, name: str) -> Ignored:
        """What is ignored below the folder `name` of this one; a repository of its own begins anew."""
        folder = self.folder / name
        if (folder / GIT).exists():
            return Ignored.at(folder)
        return Ignored(folder, self.patterns, self.inside).with_own() if self.inside else Ignored(folder)

    def has(self, name: str, *, folder: bool) -> bool:
        """Whether the file or folder `name` in this one is ignored."""
        for base, pattern in reversed(self.patterns):
            if pattern.folders and not folder:
                continue
            if pattern.matches.fullmatch((self.folder / name).relative_to(base).as_posix()):
                return not pattern.takes_back
        return False

    def with_own(self) -> Ignored:
        """The same, and what the folder's own `.gitignore` says."""
        own = tuple((self.folder, each) for each in _read(self.folder / ".gitignore"))
        return Ignored(self.folder, (*self.patterns, *own), self.inside) if own else self


def _everywhere() -> Path:
    """Where a person keeps what git ignores in all their repositories, unless their settings name another file."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()) / "git" / "ignore"


def _read(path: Path) -> Iterator[_Pattern]:
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return
    for line in text.removeprefix("\ufeff").split("\n"):
        if (pattern := _pattern(line.removesuffix("\r"))) is not None:
            yield pattern


@cache
def _pattern(line: str) -> _Pattern | None:
    text = re.sub(r"(?<!\\)((?:\\\\)*) +$", r"\1", line)  # spaces at the end count only after a backslash
    if not text or text.startswith("#"):
        return None
    takes_back = text.startswith("!")
    text = text[takes_back:]
    folders = text.endswith("/")
    text = text.removesuffix("/")
    anywhere = "/" not in text
    text = text.removeprefix("/")
    if not text:
        return None
    try:
        matches = re.compile(("(?:.*/)?" if anywhere else "") + _expression(text), re.DOTALL)
    except re.error:
        return None  # git matches nothing with it either
    return _Pattern(takes_back, folders, matches)


def _expression(text: str) -> str:
    """A pattern as a regular expression: `*`, `?` and `[]` stay within a name, `**` between slashes goes over many."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        rest = text[at:]
        first = at == 0 or text[at - 1] == "/"
        if first and rest.startswith("**/"):
            parts.append("(?:.*/)?")
            at += 3
        elif first and rest == "**":
            parts.append(".+")
            at += 2
        elif rest[0] == "*":
            parts.append("[^/]*")
            at += len(rest) - len(rest.lstrip("*"))
        elif rest[0] == "?":
            parts.append("[^/]")
            at += 1
        elif rest[0] == "[" and (found := _CLASS.match(rest)):
            parts.append(f"(?!/){_class(found[0])}")
            at += found.end()
        elif rest[0] == "\\" and len(rest) > 1:
            parts.append(re.escape(rest[1]))
            at += 2
        else:
            parts.append(re.escape(rest[0]))
            at += 1
    return "".join(parts)


def _class(text: str) -> str:
    inner = text[1:-1]
    negated = inner[:1] in ("!", "^")
    inner = re.sub(r"(?<!\\)([\[&~|])", r"\\\1", inner[negated:])
    if inner.startswith("]"):
        inner = "\\" + inner
    return f"[{'^' if negated else ''}{inner}]"
