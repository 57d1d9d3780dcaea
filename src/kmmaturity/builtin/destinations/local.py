"""Files on this machine's disks, each written whole or not at all, and never over another by surprise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import url2pathname

from kmmaturity.domain.names import listed
from kmmaturity.errors import CannotWrite, KmMaturityError
from kmmaturity.files.saving import save, taken
from kmmaturity.hooks.addresses import scheme_of
from kmmaturity.hooks.records import Delivered, Delivery

__all__ = ["deliver"]


def deliver(delivery: Delivery) -> Iterator[Delivered]:
    """Write the files of `delivery`. Raises CannotWrite, before any is written where one of the names is taken."""
    files = {_path(file.target): file for file in delivery.files}
    there = [path for path in files if os.path.lexists(path)]
    if there and not delivery.overwrite and not delivery.dry_run:
        raise taken(*there)
    written: list[str] = []
    for path, file in files.items():
        if delivery.dry_run:
            size = sum(map(len, file))
        else:
            try:
                size = save(path, file, overwrite=delivery.overwrite)
            except CannotWrite as error:
                if not written:
                    raise
                raise CannotWrite(f"{error}. Written before that: {listed(written, last='and')}") from error
            written.append(path)
        yield Delivered(path, size)


def _path(target: str) -> str:
    if scheme_of(target) != "file":
        return target
    address = urlsplit(target)
    if address.netloc not in ("", "localhost") or not address.path:
        raise KmMaturityError(f"{target} names no file on this machine: write file:///folder/name, or a plain path")
    return url2pathname(address.path)
