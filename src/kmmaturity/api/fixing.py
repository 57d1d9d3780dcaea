"""Putting right what a program may put right, in files; every other character stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

from attrs import evolve

from kmmaturity.api.models import AnyModel
from kmmaturity.api.sources import document_of
from kmmaturity.api.subjects import Sources, known_rules, rulebook, subjects_of
from kmmaturity.checking import Findings, Settings
from kmmaturity.checking.check import Subject, check_run
from kmmaturity.checking.fixing import Fixed, fixed
from kmmaturity.errors import CannotWrite
from kmmaturity.files.document import Document
from kmmaturity.registry import Registry

__all__ = ["fixes", "write_fixed"]


def fixes(
    source: Sources,
    *,
    unsafe: bool = False,
    model: AnyModel | None = None,
    settings: Settings | None = None,
    registry: Registry | None = None,
) -> Iterator[Fixed]:
    """Each file of a run that has something to put right, before and after; nothing is written.

    Takes what `check` takes, but for values. What was probably meant is written with `unsafe` alone: a person should
    look at it. Raises NoSuchFile where nothing is there.
    """
    book = rulebook(settings, known_rules(registry))
    read_with = book.settings.model if model is None else model

    for each in subjects_of(source, read_with, None, registry):

        def look(document: Document, each: Subject = each) -> Findings:
            return check_run([evolve(each, content=document)], book, today=date.today())

        content = each.opened()
        if isinstance(content, Document) and (made := fixed(content, look, unsafe=unsafe)).done:
            yield made


def write_fixed(made: Fixed) -> None:
    """Make the file say what it says after its fixes. Raises CannotWrite when it has changed since it was read."""
    from kmmaturity.files.saving import save  # most runs write nothing

    if not os.path.lexists(made.path):
        raise CannotWrite(f"{made.path} is no file: what a store keeps is changed by putting another revision")
    if document_of(made.path).data != made.before.data:
        raise CannotWrite(f"{made.path} has changed since it was read; run the command again")
    save(made.path, made.after.data, overwrite=True)
