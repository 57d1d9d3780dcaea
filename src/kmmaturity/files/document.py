"""One file as it lies on disk or came down a pipe: its bytes, and what they claim to be."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path

from attrs import field, frozen

from kmmaturity.domain.findings import Finding
from kmmaturity.domain.rules import file as rules
from kmmaturity.files.source import BOM, Kind, Source, Syntax

__all__ = ["LARGEST", "Document", "read_document"]

LARGEST = 1024 * 1024
_BOM = BOM.encode()
_MODEL = re.compile(rb'"model"\s*:\s*"([^"\\]+)"')
_FIRST_KEY = re.compile(rb"""(?:^[ \t{]*["']?|[{,]\s*")(kmmodel|kmmaturity)["']?\s*:""", re.MULTILINE)


@frozen(eq=False)
class Document:
    """The bytes of one file. `path` is what messages call it, and where a model beside it is looked for."""

    path: str
    data: bytes = field(repr=False)

    @cached_property
    def syntax(self) -> Syntax:
        """JSON when the name says so or the first character is a brace; else YAML."""
        name = self.path.lower()
        if name.endswith((".yaml", ".yml")):
            return "yaml"
        return "json" if name.endswith(".json") or self.body.lstrip().startswith(b"{") else "yaml"

    @property
    def claim(self) -> Kind | None:
        """What the file says that it is, by its first key, or else by its name; None where neither tells."""
        name = self.path.lower()
        if first := _FIRST_KEY.search(self.body[:4096]):
            return "model" if first[1] == b"kmmodel" else "assessment"
        return "model" if ".kmmodel." in name else "assessment" if ".kmm." in name else None

    @property
    def kind(self) -> Kind:
        """What to read it as: an assessment unless it says that it is a model."""
        return self.claim or "assessment"

    @property
    def model(self) -> str | None:
        """The model that a JSON file seems to name, at its beginning; only reading it tells for sure."""
        found = _MODEL.search(self.data, 0, 4096)
        return None if found is None else found[1].decode(errors="replace")

    @property
    def body(self) -> bytes:
        """The bytes without a byte order mark."""
        return self.data.removeprefix(_BOM)

    @cached_property
    def source(self) -> Source:
        """The decoded text; what is not UTF-8 stands as replacement characters, for showing only."""
        return Source(self.path, self.body.decode(errors="replace"), self.syntax, bom=self.data.startswith(_BOM))

    def trouble(self) -> Finding | None:
        """What keeps the bytes from being looked at, placed; None when nothing does."""
        if len(self.data) > LARGEST:
            return rules.TOO_LARGE_OR_DEEP.found(f"{self.path} is over 1 MiB")
        if not (body := self.body) or body.isspace():
            return rules.UNREADABLE.found(f"{self.path} is empty")
        return None

    def wrong_bytes(self) -> Finding | None:
        """Where the bytes stop being UTF-8 text, placed; None when they are text."""
        try:
            self.body.decode()
        except UnicodeDecodeError as error:
            start = len(self.body[: error.start].decode())
            if self.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return self._utf_16()
            if b"\0" in self.body[:1024]:
                return rules.NOT_UTF_8.found(
                    f"{self.path} is not a text file", help="Name a .kmm.yaml or .kmm.json file, saved as UTF-8."
                ).at(self.source.place((0, 0)))
            byte = self.body[error.start]
            message = f"the byte 0x{byte:02X} here is not UTF-8 text"
            return rules.NOT_UTF_8.found(message).at(self.source.place((start, start + 1)))
        nothing = [not self.body[first:64:2].strip(b"\0") for first in (0, 1)]  # as in UTF-16 without a mark
        return self._utf_16() if any(nothing) and len(self.body) > 1 else None

    def _utf_16(self) -> Finding:
        help = "Save it again as UTF-8; in Notepad, Save As offers it."
        return rules.NOT_UTF_8.found(f"{self.path} is saved as UTF-16", help=help).at(self.source.place((0, 0)))


def read_document(path: str | os.PathLike[str], *, whole: bool = False) -> Document | Finding:
    """The file at `path`, or the finding that says why not. Raises FileNotFoundError for a missing one.

    Of a file over the limit one byte more than that is read, which is how it is told, unless the `whole` is wanted.
    """
    shown = os.fspath(path)
    try:
        with Path(path).open("rb") as file:
            if whole:
                return Document(shown, file.read())
            size = os.fstat(file.fileno()).st_size  # room for the largest file takes longer to get than to fill
            data = file.read(min(size, LARGEST) + 1)
            if len(data) > size:  # a pipe, which does not know
                data += file.read(LARGEST + 1 - len(data))
            return Document(shown, data)
    except FileNotFoundError:
        raise
    except IsADirectoryError:
        return rules.UNREADABLE.found(f"{shown} is a folder", help="Name a file in it.")
    except PermissionError:
        return rules.UNREADABLE.found(f"{shown} may not be read by you", help="Ask for the right to read it.")
    except OSError as error:
        return rules.UNREADABLE.found(f"{shown} cannot be read: {error.strerror or error}")
    except ValueError:  # a null character in it
        return rules.UNREADABLE.found(f"{shown!r} cannot be the name of a file", help="Correct the name.")
