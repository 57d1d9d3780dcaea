"""What the library reads from: a path, bytes or a document; and what it says when that cannot be read."""

from __future__ import annotations

import os

from kmmaturity.checking import Findings
from kmmaturity.domain.findings import Finding
from kmmaturity.errors import CannotRead, NoSuchFile
from kmmaturity.files.document import Document, read_document

__all__ = ["PathLike", "Source", "cannot_read", "digest", "document_of"]

PathLike = str | os.PathLike[str]
Source = PathLike | bytes | Document


def document_of(source: Source) -> Document:
    """What `source` holds, not read yet. Raises NoSuchFile, and CannotRead where it is there and cannot be opened."""
    if isinstance(source, Document):
        return source
    if isinstance(source, bytes):
        return Document("<bytes>", source)
    try:
        found = read_document(source)
    except FileNotFoundError:
        raise NoSuchFile(f"there is no file {os.fspath(source)}") from None
    if isinstance(found, Finding):
        raise CannotRead(found.message, [found])
    return found


def cannot_read(path: str, findings: Findings) -> CannotRead:
    """The error that lists every problem of the file at `path`, with what to do about each."""
    count = len(findings.errors)
    things = "one problem" if count == 1 else f"{count} problems"
    listing = "".join(f"\n  {each}. {each.help}" for each in findings.errors)
    return CannotRead(f"{path} cannot be read, for {things}:{listing}", findings.found)


def digest(data: bytes) -> str:
    """The fingerprint of a file's bytes, by which a later change of it is seen."""
    import hashlib  # 2 ms at import, and only reading needs it

    return f"sha256:{hashlib.sha256(data).hexdigest()}"
