"""What the library reads from: a path, bytes or a document; and what it says when that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kmmaturity.checking import Findings
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.names import closest, typed
from kmmaturity.domain.rules.structure import WRONG_TYPE
from kmmaturity.errors import CannotRead, KmMaturityError, NoSuchFile
from kmmaturity.files.document import Document, read_document
from kmmaturity.files.folder import beside
from kmmaturity.files.source import Kind
from kmmaturity.hooks.addresses import scheme_of

if TYPE_CHECKING:
    from kmmaturity.registry import Registry

__all__ = [
    "PathLike",
    "Source",
    "assessment_of",
    "cannot_read",
    "digest",
    "document_of",
    "earlier_source",
    "no_file",
    "shown",
]

PathLike = str | os.PathLike[str]  # a text may also be an address, see at_address
Source = PathLike | bytes | Document


_OTHER: Mapping[Kind, tuple[str, str]] = {
    "assessment": (
        "is a model, and an assessment is wanted here",
        "`kmmaturity model show {0}` shows it; `kmmaturity new --model {0}` starts an assessment with it.",
    ),
    "model": (
        "is an assessment, and a model is wanted here",
        "`kmmaturity show {0}` shows it and `kmmaturity check {0}` checks it; `kmmaturity model list` names models.",
    ),
}


def document_of(
    source: Source, wanted: Kind | None = None, *, whole: bool = False, registry: Registry | None = None
) -> Document:
    """What `source` holds, not read yet: of a file, no more than one of ours can be long, or the `whole`.

    Raises NoSuchFile, and CannotRead where it is there and cannot be opened, or says that it is not what is `wanted`.
    """
    document = _opened(source, whole, registry)
    if wanted is None or document.claim in (None, wanted):
        return document
    message, help = _OTHER[wanted]
    told = f"{document.path} {message}"
    remedy = help.format(typed(document.path))
    raise CannotRead(f"{told}. {remedy}", [WRONG_TYPE.found(told, help=remedy)])


def earlier_source(assessment: Assessment, path: str) -> PathLike | None:
    """Where last time's assessment is that the file at `path` names; None where opening it would use the network.

    `previous` is a file beside that one, or what a store beside it keeps. Raises NoSuchFile where the store has none.
    """
    named = assessment.previous or ""
    if scheme_of(named):
        from kmmaturity.api.addressed import earlier_in_store  # most name a file

        if address := earlier_in_store(assessment, path):
            return address
    return beside(path, named)


def assessment_of(value: object, argument: str = "assessment") -> Assessment:
    """`value`, which is an assessment. Raises KmMaturityError, which says how to get one, for anything else."""
    if isinstance(value, Assessment):
        return value
    given = type(value).__name__
    raise KmMaturityError(f"`{argument}` is of type {given}: pass an Assessment, such as load() gives for a path")


def _opened(source: object, whole: bool, registry: Registry | None) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, bytes):
        return Document(shown(source), source)
    if isinstance(source, str) and scheme_of(source):
        from kmmaturity.api.addressed import at_address  # files are read without knowing what else can be

        if found := at_address(source, registry):
            return found
    if not isinstance(source, str | os.PathLike):
        remedy = "from_dict() reads it" if isinstance(source, Mapping) else "pass a path, or the bytes of a file"
        raise KmMaturityError(f"nothing can be read from an object of type {type(source).__name__}: {remedy}")
    try:
        read = read_document(source, whole=whole)
    except FileNotFoundError:
        raise no_file(source) from None
    if isinstance(read, Finding):
        raise CannotRead(read.message, [read])
    return read


def no_file(path: PathLike) -> NoSuchFile:
    """The error for a `path` at which there is nothing, with what to type in its place."""
    named = os.fspath(path)
    if "\n" in named or named.lstrip().startswith("{"):
        return NoSuchFile("this is a text, and a path is wanted here: pass what a file holds as bytes, text.encode()")
    if "://" in named and (scheme := scheme_of(named)):
        return NoSuchFile(f"{named} is no file, and nothing reads {scheme}: addresses: download it, and name the file")
    return NoSuchFile(f"there is no file {named}: {_instead(Path(path))}")


def shown(source: Source) -> str:
    """What messages call `source`: its path, or that it is bytes."""
    if isinstance(source, Document):
        return source.path
    return "<bytes>" if isinstance(source, bytes) else os.fspath(source)


def cannot_read(path: str, findings: Findings) -> CannotRead:
    """The error that lists every problem of the file at `path`, with what to do about each."""
    count = len(findings.errors)
    things = "one problem" if count == 1 else f"{count} problems"
    listing = "".join(f"\n  {each.line}" for each in findings.errors)
    return CannotRead(f"{path} cannot be read, for {things}:{listing}", findings.found)


def digest(data: bytes) -> str:
    """The fingerprint of a file's bytes, by which a later change of it is seen."""
    import hashlib  # 2 ms at import, and only reading needs it

    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _instead(missing: Path) -> str:
    """What to type in place of a path at which there is nothing."""
    folder = missing.parent
    if not folder.is_dir():
        return f"there is no folder {folder}"
    # By what comes before the first dot: every assessment ends alike.
    files = sorted(each.name for each in folder.iterdir() if each.is_file())
    names = {name.partition(".")[0]: name for name in reversed(files)}
    near = closest(missing.name.partition(".")[0], names)
    return f"did you mean {folder / names[near]}?" if near else "check the name and the folder"
