"""`kmmaturity store`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

from kmmaturity import api
from kmmaturity.builtin.picture.layout import tidy
from kmmaturity.checking.formats.text import counted
from kmmaturity.cli.console import data, note, out
from kmmaturity.cli.files import DAY, STDIN, assessment_at, refuse_other_endings
from kmmaturity.domain.names import no_such
from kmmaturity.errors import CannotRead, KmMaturityError
from kmmaturity.files.document import Document
from kmmaturity.files.writing import dump, save
from kmmaturity.hooks.addresses import scheme_of
from kmmaturity.hooks.keys import key_for
from kmmaturity.hooks.seals import record_of
from kmmaturity.hooks.store import Conflict, Revision, Store
from kmmaturity.registry import default

__all__ = ["command"]

Command = TypeVar("Command", bound=Callable[..., Any])

URL = "sqlite:///team.db"

at_store = click.option(
    "--store",
    "url",
    metavar="URL",
    required=True,
    envvar="KMMATURITY_STORE",
    show_envvar=True,
    help=f"Where the store is: {URL}, dir:./store.",
)
creating = click.option("--create", is_flag=True, help="Begin a store where there is none.")
told_as = click.option(
    "--format",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="For people, or one JSON object on each line.",
)


@contextmanager
def _opened(url: str, *, create: bool = False) -> Iterator[Store]:
    """The store at `url`; what a store of a plug-in does wrong is told as the plug-in's."""
    with default().using("store", scheme_of(url) or ""), api.open_store(url, create=create) as store:
        yield store


@click.group("store", epilog=f"Example: kmmaturity store put team.kmm.yaml --store {URL} --create")
def command() -> None:
    """Keep assessments in a folder or a database: every revision of them, who wrote it and when.

    Nothing that is kept is ever changed, and nobody writes over what they have not seen.
    """


@command.command(
    "put",
    short_help="Keep an assessment.",
    epilog=f"Example: kmmaturity store put team.kmm.yaml --expect 1 --store {URL}",
)
@click.argument("file")
@at_store
@click.option("--key", metavar="KEY", help="The name to keep it under.  [default: made from the unit and the date]")
@click.option(
    "--expect", type=click.IntRange(1), metavar="N", help="The revision that this follows; none for the first."
)
@click.option("--actor", metavar="ROLE", help="Who writes; a role says enough, and stays with the revision for good.")
@click.option("--model", metavar="MODEL", help="Read with this model instead: a file, or a name such as starter@1.0.")
@creating
def put(
    file: str, url: str, key: str | None, expect: int | None, actor: str | None, model: str | None, create: bool
) -> int:
    """Keep an assessment, as the first revision of its key or as the one after --expect. Prints its key."""
    assessment = assessment_at(file, model)
    name = key_for(assessment) if key is None else key
    with _opened(url, create=create) as store:
        try:
            kept = store.put(name, dump(assessment, "json"), expect=expect, actor=actor, at=datetime.now(UTC))
        except Conflict as conflict:
            note(f"kmmaturity: {conflict}")
            _advise(conflict)
            return 1
    out(f"{kept.key}\n")
    note(f"Kept as revision {kept.number}{_until(url)}.")
    return 0


def _until(url: str) -> str:
    """What there is to know of how long the store at `url` keeps anything."""
    return ", until this command ends: memory: keeps nothing longer" if scheme_of(url) == "memory" else ""


def _advise(conflict: Conflict) -> None:
    current = conflict.current
    if current is not None:
        note(
            f"`kmmaturity store get {conflict.key}` prints revision {current.number}{_by(current)}. "
            f"To follow it: --expect {current.number}"
        )


@command.command(
    "get",
    short_help="Print an assessment, or write it to a file.",
    epilog=f"Example: kmmaturity store get our-team-5f2c81d0-2026-11-24 --store {URL}",
)
@click.argument("key")
@at_store
@click.option("--revision", type=click.IntRange(1), metavar="N", help="Which revision.  [default: the newest]")
@click.option("--to", "target", metavar="FILE", help="The file to write: .kmm.yaml to edit, .kmm.json as it is kept.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
def get(key: str, url: str, revision: int | None, target: str | None, overwrite: bool) -> None:
    """Print an assessment as it is kept, in JSON, or write it to a file."""
    if target is not None:
        refuse_other_endings(target, ".kmm.yaml")
    with _opened(url) as store:
        found = store.get(key, revision)
        if found is None:
            raise _missing(store, key, revision)
    if found.document is None or found.forgotten is not None:
        raise CannotRead(f"revision {found.number} of {key} is forgotten: {_why(found)}")
    if target is None or target == STDIN:
        data(found.document)
    elif target.lower().endswith(".json"):
        save(target, found.document, overwrite=overwrite)
    else:
        api.save(api.load(Document(f"{key}.kmm.json", found.document)), target, overwrite=overwrite)
    follow = "" if revision else f" To put what follows it: --expect {found.number}"
    note(f"Revision {found.number}, kept {found.at:%Y-%m-%d %H:%M} UTC{_by(found)}.{follow}")


def _missing(store: Store, key: str, revision: int | None) -> KmMaturityError:
    history = store.history(key)
    if history:
        return no_such("revision", str(revision), [str(each.number) for each in history], where=key)
    keys = [each.key for each in store.list()]
    return no_such("key", key, keys, where="the store") if keys else CannotRead("there is nothing in the store yet")


@command.command(
    "history",
    short_help="Tell every revision of an assessment.",
    epilog=f"Example: kmmaturity store history our-team-5f2c81d0-2026-11-24 --store {URL}",
)
@click.argument("key")
@at_store
@told_as
def history(key: str, url: str, format: str) -> None:
    """Tell every revision of an assessment, oldest first: when, by whom, and its digest."""
    with _opened(url) as store:
        found = store.history(key)
        if not found:
            raise _missing(store, key, None)
    for each in found:
        gone = f"forgotten: {_why(each)}" if each.forgotten else ""
        _tell(
            each, format, f"{each.number}", f"{each.at:%Y-%m-%d %H:%M:%S} UTC", each.digest[:15], each.actor or "", gone
        )


@command.command(
    "list",
    short_help="List what is kept.",
    epilog=f"Example: kmmaturity store list --unit 'Science Directorate' --store {URL}",
)
@at_store
@click.option("--unit", metavar="NAME", help="Of this unit, or of one that is part of it.")
@click.option("--model", metavar="MODEL", help="Against this model: starter, or starter@1.0.")
@click.option("--since", type=DAY, metavar="DATE", help="Assessed on this day or later.")
@click.option("--until", type=DAY, metavar="DATE", help="Assessed on this day or earlier.")
@told_as
def list_(url: str, unit: str | None, model: str | None, since: date | None, until: date | None, format: str) -> None:
    """List what is kept, the newest revision of each, in the order of their keys."""
    if since and until and since > until:
        raise click.UsageError(f"No day is from {since} to {until}: give the earlier one to --since.")
    with _opened(url) as store:
        found = store.list(unit, model, since, until)
    for each in found:
        gone = "forgotten" if each.forgotten else ""
        _tell(each, format, each.key, f"revision {each.number}", each.model, ", ".join(each.unit), gone)
    if not found:
        note("Nothing is kept that fits." if any((unit, model, since, until)) else "Nothing is kept yet.")


@command.command(
    "verify",
    short_help="Look whether everything is as it was written.",
    epilog=f"Example: kmmaturity store verify --store {URL}",
)
@at_store
def verify(url: str) -> int:
    """Look whether everything is as it was written, by its digests, and name all that is not."""
    with _opened(url) as store:
        found = store.verify()
    for each in found:
        out(f"{tidy(str(each))}\n")
    damaged = [each for each in found if each.kind == "damage"]
    note(f"Damaged in {counted(len(damaged), 'place')}." if damaged else "Everything is as it was written.")
    return 1 if damaged else 0


@command.command(
    "copy",
    short_help="Copy a store into another.",
    epilog="Example: kmmaturity store copy --store dir:./store --to sqlite:///team.db --create",
)
@at_store
@click.option("--to", "target", metavar="URL", required=True, help="The store to copy to; what it has stays.")
@creating
def copy(url: str, target: str, create: bool) -> None:
    """Copy every revision that another store lacks, with its date, actor and digest; tombstones, too.

    A copy that was cut short goes on where it stopped.
    """
    from kmmaturity.builtin.stores.copying import copied

    with _opened(url) as source, _opened(target, create=create) as other:
        count = sum(1 for _ in copied(source, other))
    note(f"Copied {counted(count, 'revision')}{_until(target)}." if count else "Every revision is there already.")


def _tell(revision: Revision, format: str, *parts: str) -> None:
    told = "  ".join(tidy(part) for part in parts if part)
    out(f"{record_of(revision).decode() if format == 'jsonl' else told}\n")


def _by(revision: Revision) -> str:
    return f" by {revision.actor}" if revision.actor else ""


def _why(revision: Revision) -> str:
    gone = revision.forgotten
    return f"{gone.because} ({gone.at:%Y-%m-%d}{f', {gone.actor}' if gone.actor else ''})" if gone else ""
