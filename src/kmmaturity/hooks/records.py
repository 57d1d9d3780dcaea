"""The records that plug-ins, ours included, hand over. They are compared by identity, never by value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, Protocol

from attrs import field, frozen

from kmmaturity.domain.findings import Pointer
from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.options import Option
from kmmaturity.hooks.store import Store

if TYPE_CHECKING:
    from kmmaturity.domain.report import Report

__all__ = [
    "CommandKind",
    "Delivered",
    "Delivery",
    "Destination",
    "Exporter",
    "File",
    "Form",
    "Imported",
    "Importer",
    "ModelFile",
    "Opening",
    "Receipt",
    "StoreKind",
]


def _several(name: str, values: Any) -> tuple[Any, ...]:
    """`values` as a tuple. Raises KmMaturityError, which names the field, for one thing where several are wanted."""
    if isinstance(values, Iterable) and not isinstance(values, str | bytes):
        return tuple(values)
    shown = repr(values) if isinstance(values, str | bytes) else f"{type(values).__name__}(...)"
    raise KmMaturityError(f"{name} is {shown}, and has to be a tuple: write {name}=({shown},)")


# Typed so that a type checker refuses a lone text, which is an iterable of texts.
def _suffixes(values: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return _several("suffixes", values)


def _schemes(values: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return _several("schemes", values)


def _options(values: Iterable[Option]) -> tuple[Option, ...]:
    return _several("options", values)


def _by_suffix(makers: Mapping[str, Callable[..., bytes]]) -> FrozenMap[str, Callable[..., bytes]]:
    """`makers` frozen. Raises KmMaturityError, which names the field, for what is no mapping."""
    if isinstance(makers, Mapping):
        return freeze(makers)  # type: ignore[no-any-return]  # untyped on purpose
    raise KmMaturityError(
        f"companions_of_several is {type(makers).__name__}, and has to be a dictionary of functions: "
        "write companions_of_several={'.txt': beside}"
    )


@frozen(eq=False)
class Exporter:
    """One way to write a report: `render(report, **options)` turns it into bytes and does nothing else.

    The file carries `report.marking`, where there is one. It carries `report.purpose` and `report.standing`, too, or
    one of its `companions` does where it has no room for a sentence. It tells what is not assessed, what is not
    applicable and 0 apart, and where it can it names what `report.redacted` leaves out.

    `suffixes` are the file endings that choose it. `companions(report, name, **options)`, where there is one, gives
    further files: `name` is the main file's, such as `team.wiki`, and each key is what is added to it, such as `.txt`
    for `team.wiki.txt`; it begins with a dot or a hyphen. `options` are all passed, each as a keyword.

    `stream(reports, **options)`, where there is one, writes many reports as one file, in pieces; of a single report it
    gives the bytes that `render` gives. What has to be carried is carried for each of them: each one's marking by the
    file, and each purpose and standing by it or by one of `companions_of_several`. That has, by what is added to the
    main file's name, a function `(several, name, **options)` that gives a file: which files there will be is known
    before the first report is, and what is in them when the last one has gone by.
    """

    name: str
    suffixes: tuple[str, ...] = field(converter=_suffixes)
    summary: str
    render: Callable[..., bytes]
    companions: Callable[..., Mapping[str, bytes]] | None = None
    stream: Callable[..., Iterable[bytes]] | None = None
    options: tuple[Option, ...] = field(default=(), converter=_options)
    companions_of_several: Mapping[str, Callable[..., bytes]] = field(default=FrozenMap(), converter=_by_suffix)


@frozen(eq=False)
class File:
    """A file to be delivered: where to, and its bytes in `pieces`, which can be gone through once."""

    target: str
    pieces: Iterable[bytes] = field(repr=False)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    def read(self) -> bytes:
        """All the bytes at once."""
        return b"".join(self.pieces)


@frozen(eq=False)
class Delivery:
    """What a destination is to bring to `target`: rendered `files`, the main one first, or the `reports` themselves.

    Files are read in their order: those beside the main one may tell what it was found to hold. Nothing that is there
    already is replaced unless `overwrite`. In a `dry_run` nothing is changed anywhere.
    """

    target: str
    files: tuple[File, ...] = field(default=(), converter=tupled)
    reports: tuple[Report, ...] = field(default=(), converter=tupled, repr=False)
    overwrite: bool = False
    dry_run: bool = False


@frozen
class Delivered:
    """One thing that was brought, or would be: where to, and its size in bytes.

    `address` is where people find it, and `version` what tells it from later ones, where the destination has such.
    """

    target: str
    size: int
    address: str | None = None
    version: str | None = None


@frozen
class Receipt:
    """What an export did, or in a dry run would do: the format, None for rows, and each thing that was delivered."""

    format: str | None
    files: tuple[Delivered, ...] = field(converter=tupled)
    dry_run: bool = False


@frozen(eq=False)
class Destination:
    """One place to bring exports to: `deliver(delivery, **options)` brings them and tells what it brought.

    Addresses that begin with one of `schemes` and a colon choose it. It `takes` files, which an exporter has rendered,
    or reports, from which it makes rows of its own. All of a delivery arrives, or an error says what did.
    `fetch(address)`, where there is one, gives back the bytes that are there.
    """

    schemes: tuple[str, ...] = field(converter=_schemes)
    summary: str
    deliver: Callable[..., Iterable[Delivered]]
    options: tuple[Option, ...] = field(default=(), converter=_options)
    takes: Literal["files", "reports"] = "files"
    fetch: Callable[[str], bytes] | None = None


@frozen(eq=False)
class Imported:
    """One assessment as an importer understood it: `data` in the long form of JSON files, to be checked like any other.

    `places` says where in what was imported a part of `data` came from, such as `cell L4`. `left` tells, a sentence
    each, what was not taken over.
    """

    data: Mapping[str, Any] = field(repr=False)
    places: Mapping[Pointer, str] = field(factory=dict, repr=False)
    left: tuple[str, ...] = field(default=(), converter=tupled)


@frozen(eq=False)
class Importer:
    """One way to read assessments from another format: `read` understands bytes, and checks nothing.

    `suffixes` are the file endings that choose it. `read` raises CannotRead where the bytes are no such format.
    """

    name: str
    suffixes: tuple[str, ...] = field(converter=_suffixes)
    summary: str
    read: Callable[[bytes], Iterable[Imported]]


@frozen(eq=False)
class Form:
    """One way to ask for an assessment: `render(started, previous, **options)` makes the file that a team fills in.

    `started` is the assessment to begin from, and `previous` last time's, or None. Unlike a report they are whole: the
    form stays with the team, and has to hold what the finished file will. `suffixes` are the file endings that choose
    it. `options` are all passed, each as a keyword.
    """

    name: str
    suffixes: tuple[str, ...] = field(converter=_suffixes)
    summary: str
    render: Callable[..., bytes]
    options: tuple[Option, ...] = field(default=(), converter=_options)


class Opening(Protocol):
    """How a store is opened."""

    def __call__(self, url: str, *, create: bool) -> Store:
        """The store at `url`. With `create` one is begun where there is none; without, that raises NoSuchFile.

        An address that was mistyped must never look like a store with nothing in it.
        """
        ...


@frozen(eq=False)
class StoreKind:
    """One way to keep assessments: `open` opens a store whose address begins with one of `schemes` and a colon.

    `beside(url, folder)`, for stores that are files, gives the address with its relative path taken from `folder`: so
    a file can name the store beside it.
    """

    schemes: tuple[str, ...] = field(converter=_schemes)
    summary: str
    open: Opening
    beside: Callable[[str, str], str] | None = None


@frozen(eq=False)
class ModelFile:
    """A model that a package carries: its `reference` (`id@version`), the file's name, and how to read its bytes."""

    reference: str
    name: str
    read: Callable[[], bytes]


@frozen(eq=False)
class CommandKind:
    """A command of the command line: `load` gives the click command, and is called only when it is used."""

    name: str
    summary: str
    load: Callable[[], Any]
