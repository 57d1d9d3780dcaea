"""Baselines in files: what is known of files from before, read and written."""

from __future__ import annotations

import os

from kmmaturity.api.sources import PathLike, document_of
from kmmaturity.checking import Findings
from kmmaturity.checking.baseline import Baseline, baseline_in
from kmmaturity.files.source import Source

__all__ = ["baseline_at", "write_baseline"]


def baseline_at(path: Baseline | PathLike, *, new: bool = False) -> Baseline:
    """The baseline in a file, or one that is given; with `new`, an empty one where there is no file yet.

    Raises NoSuchFile, CannotRead, and KmMaturityError for a file that is no baseline.
    """
    if isinstance(path, Baseline):
        return path
    if new and not os.path.lexists(path):
        return Baseline(Source(os.fspath(path), "", "json"))
    document = document_of(path, whole=True)
    return baseline_in(document.path, document.source.text)


def write_baseline(found: Findings, before: Baseline) -> int:
    """Write a baseline of all that was found in place of the one from before; of files not checked now, that stays.

    Gives how many of the findings are new in it. Raises CannotWrite.
    """
    from kmmaturity.files.saving import save  # a run writes none, as a rule

    save(before.source.path, before.renewed(found).encode(), overwrite=True)
    return len(before.parted(found)[0])
